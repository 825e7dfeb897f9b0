"""Portals that break in every way that a network can: each crawl ends in a named state, the next one completes it."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import hostile
import pytest
from collected import Collection, run_govreports
from crawling import write_registry
from hostile import Answer, answer, article, column, redirect, reports, title

YEARS = (2022, 2023)
SETTINGS = {
    "DOWNLOAD_DELAY": "0.002",
    "AUTOTHROTTLE_ENABLED": "False",
    "DOWNLOAD_TIMEOUT": "1.5",
    "DNS_TIMEOUT": "2",
    "RETRY_TIMES": "1",
    "GOVREPORTS_MAX_LIST_BYTES": "200000",
    "GOVREPORTS_MAX_ATTACHMENT_BYTES": "100000",
    "GOVREPORTS_MAX_REPORTS": "2",
    "DOWNLOAD_MAXSIZE": "2000000",
}
GONE = "http://no-such-portal.invalid"


def _cut(connection: socket.socket) -> None:
    connection.sendall(answer(b"<html><body>" + b"x" * 1000, length=50_000))


def _reset(connection: socket.socket) -> None:
    # A zero linger time makes the close a reset.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _drip(connection: socket.socket) -> None:
    """A byte now and then, without end."""
    connection.sendall(answer(b"", length=10**9))
    connection.settimeout(0.05)
    while True:
        connection.sendall(b" ")
        try:
            if not connection.recv(1):
                return
        except TimeoutError:
            continue


def _flood(connection: socket.socket) -> None:
    """As many bytes as are taken, without a length."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"<p>x</p>" * 8192)


def _packed(body: bytes) -> bytes:
    return answer(body, "Content-Encoding: gzip")


LIST = column(*YEARS)
PAGE = hostile.REPORT.format(title(2022)).encode()
ENTRY, REPORT = "/zfxxgknb/", article(2022)
FILE = REPORT.rpartition("/")[0] + "/x.pdf"
BROKEN = gzip.compress(bytes(range(256)) * 40)[:60] + gzip.compress(PAGE)[20:]
CROWDED = answer("<p " + " ".join(f"a{number}" for number in range(20_000)) + ">")
LINKED = f'<h1>{title(2022)}</h1><a href="x.pdf">{title(2022)}.pdf</a>'

FAULTS: Mapping[str, tuple[Mapping[str, Answer], str]] = {
    # What is answered by path in place of the truth, and the state that it makes.
    "list_cut": ({ENTRY: _cut}, "failed:unreachable"),
    "list_reset": ({ENTRY: _reset}, "failed:unreachable"),
    "list_too_slow": ({ENTRY: _drip}, "failed:unreachable"),
    "list_without_end": ({ENTRY: _flood}, "failed:unreachable"),
    "list_no_http": ({ENTRY: b"220 mail.gov.cn ESMTP\r\n"}, "failed:unreachable"),
    "list_endless_header": ({ENTRY: b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"}, "failed:unreachable"),
    "list_length_no_number": ({ENTRY: LIST.replace(b"Content-Length: ", b"Content-Length: x")}, "failed:unreachable"),
    "list_503": ({path: answer("", status="503 Busy") for path in (ENTRY, REPORT)}, "failed:http_503"),
    "list_unpacks_to_gigabytes": ({ENTRY: _packed(gzip.compress(bytes(30_000_000)))}, "failed:unreachable"),
    "list_gzip_that_is_none": ({ENTRY: _packed(LIST.partition(b"\r\n\r\n")[2])}, "failed:unreachable"),
    "list_empty": ({ENTRY: answer("")}, "failed:empty_column"),
    "list_crowded_tag": ({ENTRY: CROWDED}, "failed:unreachable"),
    "list_too_long": ({ENTRY: column(*YEARS, 2021)}, "partial"),
    "report_cut": ({REPORT: _cut}, "partial"),
    "report_too_slow": ({REPORT: _drip}, "partial"),
    "report_gzip_cut": ({REPORT: _packed(gzip.compress(PAGE)[:-12])}, "partial"),
    "report_503": ({REPORT: answer("", status="503 Busy")}, "partial"),
    "report_loops": ({REPORT: redirect(REPORT)}, "blocked:redirect_loop"),
    "report_gzip_broken": ({REPORT: _packed(BROKEN)}, "partial"),
    "report_crowded_tag": ({REPORT: CROWDED}, "partial"),
    "attachment_without_end": ({REPORT: answer(LINKED), FILE: _flood}, "partial"),
}
NAMES = (*FAULTS, "no_such_name")
STATES = {name: state for name, (_, state) in FAULTS.items()} | {"no_such_name": "failed:unreachable"}


@dataclass(frozen=True)
class Twice:
    """State, message and reports of each portal after the crawl with faults and after the one without."""

    broken: dict[str, tuple[str, str]]
    mended: dict[str, tuple[str, str]]
    reports: dict[str, list[int]]
    logs: str


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "data").mkdir()
    collection = Collection(folder / "data")
    with ExitStack() as open_sites:
        sites = {
            name: open_sites.enter_context(
                hostile.site({**reports(*YEARS), **FAULTS.get(name, ({}, ""))[0]}, address=f"127.0.0.{place}")
            )
            for place, name in enumerate(NAMES, 10)
        }
        bases = {name: site.base for name, site in sites.items()}
        first, log = _crawl_all(collection, folder, bases | {"no_such_name": GONE})
        for site in sites.values():
            site.pages.update(reports(*YEARS))
        second, later = _crawl_all(collection, folder, bases, full=True)
    stored: dict[str, list[int]] = {name: [] for name in NAMES}
    for name, year in collection.ask("SELECT portal, report_year FROM report_list ORDER BY 1, 2"):
        stored[name].append(year)
    collection.assert_whole()
    return Twice(first, second, stored, log + later)


def _crawl_all(
    collection: Collection, folder: Path, bases: Mapping[str, str], *, full: bool = False
) -> tuple[dict[str, tuple[str, str]], str]:
    entries = [{"id": name, "family": "trs", "start_urls": [base + ENTRY]} for name, base in bases.items()]
    registry = write_registry(folder / "portals", *entries)
    hosts = [base.split("/")[2].split(":")[0] for base in bases.values()]
    options = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
    environment = {"GOVREPORTS_PORTALS": str(registry), "GOVREPORTS_ALLOWED_HOSTS": ",".join(hosts), "NO_PROXY": "*"}
    options += ["-s", f"GOVREPORTS_PARALLEL_PORTALS={len(bases)}", "-s", f"GOVREPORTS_FULL={full}"]
    done = run_govreports(collection, "crawlall", *options, environment=environment)
    rows = collection.ask(
        "SELECT portal, state, message FROM crawl_list WHERE crawl_id = (SELECT MAX(crawl_id) FROM crawl_list)"
    )
    return {name: (state, message or "") for name, state, message in rows}, done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_crawl_that_meets_a_fault_ends_in_its_state_and_says_what_it_was(twice: Twice, name: str) -> None:
    state, message = twice.broken[name]
    assert (state, bool(message)) == (STATES[name], True), message


@pytest.mark.parametrize("name", NAMES)
def test_the_next_crawl_has_every_report_once(twice: Twice, name: str) -> None:
    assert twice.mended[name][0] == "complete", twice.mended[name]
    assert twice.reports[name] == list(YEARS)


def test_no_fault_is_told_as_a_traceback(twice: Twice) -> None:
    assert "Traceback" not in twice.logs
