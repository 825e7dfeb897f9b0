"""Crawls run as a user runs them: the ``govreports`` command in a process of its own, over real HTTP on loopback."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forked import run

from govreports.outcome import crawl_message, crawl_state

_TESTS = Path(__file__).parent
QUICK = {
    "DOWNLOAD_DELAY": "0.002",
    "AUTOTHROTTLE_ENABLED": "False",
    "DOWNLOAD_TIMEOUT": "5",
    "RETRY_TIMES": "1",
    "EXTENSIONS": "{}",
    "ITEM_PIPELINES": '{"crawling_pipeline.KeepPages": 100}',
}


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl left: exit code, what it printed, the pages it yielded, its stats."""

    code: int
    stderr: str
    stdout: str
    pages: list[dict[str, Any]]
    stats: dict[str, Any]

    @property
    def titles(self) -> list[str]:
        return sorted(str(page["listed_title"]) for page in self.pages)

    @property
    def last_line(self) -> str:
        return self.stderr.strip().splitlines()[-1]


def govreports(
    *arguments: str,
    folder: Path,
    portals: Path | None = None,
    hosts: Iterable[str] = ("127.0.0.1",),
    settings: dict[str, str] | None = None,
) -> Crawled:
    """Run ``govreports ARGUMENTS`` in ``folder`` and wait for it."""
    options: list[str] = []
    if arguments[0] == "crawl":
        chosen = {**QUICK, **(settings or {})}
        options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
    done = _run("govreports.cli", *arguments, *options, folder=folder, portals=portals, hosts=hosts)
    pages, stats = _kept(folder / f"{arguments[1]}.jsonl") if len(arguments) > 1 else ([], {})
    return Crawled(done.returncode, done.stderr, done.stdout, pages, stats)


def crawl_many(
    names: Sequence[str],
    *,
    folder: Path,
    portals: Path,
    hosts: Iterable[str],
    settings: dict[str, Any] | None = None,
) -> tuple[dict[str, Crawled], str]:
    """Crawl several portals of a registry in one process; what each left, and what the process printed.

    ``code`` is the one that ``govreports crawl`` gives for the state, ``stderr`` its last line.
    """
    done = _run("crawl_many", *names, folder=folder, portals=portals, hosts=hosts, settings=settings)
    crawled = {}
    for name in names:
        pages, stats = _kept(folder / f"{name}.jsonl")
        state = crawl_state(stats)
        crawled[name] = Crawled(int(state != "complete"), f"{state} {crawl_message(stats)}", "", pages, stats)
    return crawled, done.stderr


def _run(
    module: str,
    *arguments: str,
    folder: Path,
    portals: Path | None,
    hosts: Iterable[str],
    settings: dict[str, Any] | None = None,
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        # Before, not in place of, what is there: it may name the tree that is under test.
        "PYTHONPATH": os.pathsep.join(part for part in (str(_TESTS), os.environ.get("PYTHONPATH")) if part),
        "GOVREPORTS_ALLOWED_HOSTS": ",".join(hosts),
        "GOVREPORTS_PORTALS": str(portals or ""),
        "KEPT_PAGES": str(folder),
        "CRAWL_SETTINGS": json.dumps(settings or {}),
        "NO_PROXY": "*",
    }
    return run(module, *arguments, folder=folder, environment=environment)


def _kept(file: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    if not file.exists():
        return [], {}
    *pages, stats = (json.loads(line) for line in file.read_text("utf-8").split("\n") if line)
    return pages, stats


def write_registry(folder: Path, *entries: dict[str, Any], prefix: str = "37") -> Path:
    """A registry folder with one file that holds ``entries``, completed with what they leave out."""
    folder.mkdir(exist_ok=True)
    lines = ['province = "试验省"', f'division_prefix = "{prefix}"']
    for entry in entries:
        whole = {
            "name": "Trial",
            "division_code": f"{prefix}0100",
            "url_confidence": "seen",
            "checked": "never",
            **entry,
        }
        lines += ["", "[[portal]]", *(f"{key} = {_toml(value)}" for key, value in whole.items())]
    (folder / "trial.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _toml(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_toml(part) for part in value)}]"
    return json.dumps(value, ensure_ascii=False)
