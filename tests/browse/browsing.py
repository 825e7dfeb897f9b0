"""A served store as tests ask it, and what is odd in it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from collected import Collection, start_govreports

NAME = "trs_plain"
HOSTILE = '<img src="http://evil.example/x.png" onerror="alert(1)"><script>alert(2)</script>'
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLANK = ("requests", "granted", "natural_person")
STROKE = ("requests", "partially_granted", "natural_person")
UNREADABLE = ("requests", "refused_state_secret", "natural_person")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Browsed:
    """A served store."""

    url: str
    collection: Collection

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.collection.ask(sql)

    def get(self, path: str, **headers: str) -> Answer:
        """An answer as it comes, whatever its status."""
        request = Request(self.url.rstrip("/") + path, headers=headers)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
                return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
        except HTTPError as error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())

    def report_id(self, year: int, portal: str = NAME) -> int:
        """The government's report of a year."""
        ((number,),) = self.ask(
            f"SELECT MIN(report_id) FROM report_list WHERE portal = '{portal}' AND report_year = {year}"
        )
        return int(number)


def start_browse(collection: Collection, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Begin to serve a collection; the process and its address."""
    process = start_govreports(collection, "browse", "--port", "0", "--no-open", *options)
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("The store can be browsed at http://"):
        raise AssertionError(f"{line}{process.communicate(timeout=20)}")
    return process, line.split()[6]
