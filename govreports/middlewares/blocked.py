"""Challenges and refusals of protection products are recognised; the portal is recorded as blocked and left alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from govreports.outcome import Outcome
from govreports.spiders.script_redirect import script_redirect

_STUB_BYTES = 3000
_HIDDEN = re.compile(r"<(script|style|head|noscript)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL)
# What is left of a stub. An element of its own, as the empty one that a script fills, makes a page of it.
_EMPTY = re.compile(r"(?:<!doctype[^<>]*>|</?(?:html|body|br)\b[^<>]*>|&nbsp;|\s)*", re.IGNORECASE)


class Blocked(IgnoreRequest):
    """The answer is a protection's, of this kind."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: str
    statuses: frozenset[int] | None
    body: re.Pattern[str] | None
    cookie: re.Pattern[str] | None
    stub: bool
    max_bytes: int | None


class BlockedMiddleware:
    """Raises Blocked for such an answer; the spider's errback then closes the spider, and nothing of it is stored."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Let ordinary answers pass."""
        # robots.txt is often missing or refused where the pages are not.
        if urlsplit(request.url).path == "/robots.txt":
            return response
        kind = blocked_kind(response, past_end=bool(request.meta.get("govreports_past_end")))
        if kind is None:
            return response
        message = (
            f"{response.url} answers with a protection ({kind}, HTTP {response.status}): "
            "the portal was left alone; try again later, or ask its operator."
        )
        Outcome(self._crawler.stats).blocked(kind, message)
        raise Blocked(kind, message)


def blocked_kind(response: Response, *, past_end: bool = False) -> str | None:
    """The kind of protection that an answer comes from, None for an ordinary one.

    ``past_end`` for list pages that may not exist: sites answer those with empty stubs of their own.
    """
    text = response.text if isinstance(response, TextResponse) else ""
    stub = not past_end and _is_stub(response, text)
    cookies = b"\n".join(response.headers.getlist("Set-Cookie")).decode("latin-1")
    for answer in _answers():
        if answer.statuses is not None and response.status not in answer.statuses:
            continue
        if answer.stub and not stub:
            continue
        if answer.max_bytes is not None and len(response.body) > answer.max_bytes:
            continue
        if answer.body is not None and not answer.body.search(text):
            continue
        if answer.cookie is not None and not answer.cookie.search(cookies):
            continue
        return answer.kind
    return None


def _is_stub(response: Response, text: str) -> bool:
    if not isinstance(response, TextResponse) or len(response.body) >= _STUB_BYTES:
        return False
    if "<script" not in text.lower() or script_redirect(response) is not None:
        return False
    return _EMPTY.fullmatch(_HIDDEN.sub("", text)) is not None


@cache
def _answers() -> tuple[_Answer, ...]:
    return tuple(_read_answers())


def _read_answers() -> Iterator[_Answer]:
    with files("govreports.middlewares").joinpath("blocked.toml").open("rb") as source:
        rows = tomllib.load(source)["answer"]
    for row in rows:
        yield _Answer(
            kind=row["kind"],
            statuses=frozenset(row["statuses"]) if "statuses" in row else None,
            body=re.compile(row["body"], re.IGNORECASE) if "body" in row else None,
            cookie=re.compile(row["cookie"], re.IGNORECASE) if "cookie" in row else None,
            stub=row.get("stub", False),
            max_bytes=row.get("max_bytes"),
        )
