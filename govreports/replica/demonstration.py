"""What ``govreports demo`` does: portals of our own, crawled over HTTP on loopback, and what was stored."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from govreports.outcome import crawl_message, crawl_state
from govreports.replica.portal import Portal
from govreports.replica.registry_folder import write_registry
from govreports.replica.server import ReplicaServer
from govreports.store import StoreError, open_store
from govreports.store.errors import shown
from govreports.store.overview import StoredReport, stored_reports

PORTALS = (
    "trs_plain",
    "trs_offset",
    "trs_years",
    "trs_script",
    "gongkai_district",
    "gongkai_traditional",
)
_USUAL_PORT = 8471
"""The same at every run where it is free, so that a report keeps its address from one demo to the next."""
_SHOWN_NAMES = 3


def demonstrate(settings: Settings, *, serve: bool, quiet: bool) -> list[str]:
    """Serve the replica portals, crawl them into the store and print what was stored; with ``serve`` only serve.

    ``quiet`` keeps the crawl's log to errors. Returns a sentence for each thing that went wrong: none when every report
    that the portals publish is in the store.
    """
    console = Console()
    try:
        with _served() as server:
            registry = write_registry(server, Path(settings["GOVREPORTS_DATA_DIR"]) / "demo-portals")
            if serve:
                _wait(console, server, registry)
                return []
            return _crawl(console, server, registry, settings, quiet=quiet)
    except (OSError, StoreError) as error:
        return [str(error)]


def _crawl(console: Console, server: ReplicaServer, registry: Path, settings: Settings, *, quiet: bool) -> list[str]:
    """Crawl and print; one sentence for each thing that went wrong."""
    settings = settings.copy()
    settings.setdict(_crawl_settings(server, registry), priority="cmdline")
    if quiet:
        # A line a page would drown the progress bar.
        settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
    # Opened first: a store that cannot be written is known before anything is crawled.
    with open_store(settings["GOVREPORTS_DATABASE_URL"]) as store:
        crawlers = _run_crawl(console, server, settings)
        stored = stored_reports(store, list(server.portals))
    console.print(_result_table(stored))
    for portal, crawler in crawlers.items():
        stats = crawler.stats.get_stats()
        line = f"{portal}: {crawl_state(stats)}. {crawl_message(stats) or ''}"
        console.print(line.rstrip(), highlight=False, soft_wrap=True)
    _print_next_steps(console, settings)
    return [*_unhealthy(crawlers), *missing_reports(server.portals.values(), stored)]


@contextmanager
def _served() -> Iterator[ReplicaServer]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(ReplicaServer(PORTALS, port=_USUAL_PORT))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            server = stack.enter_context(ReplicaServer(PORTALS))
        yield server


def _crawl_settings(server: ReplicaServer, registry: Path) -> dict[str, Any]:
    return {
        "GOVREPORTS_PORTALS": str(registry),
        "GOVREPORTS_ALLOWED_HOSTS": ",".join(server.hosts),
        # Our own portals need no pause between two requests; a delay of 0 would lift the limit per host.
        "DOWNLOAD_DELAY": 0.02,
        "AUTOTHROTTLE_ENABLED": False,
        # Nobody is to be told how invented portals are.
        "GOVREPORTS_MONITORS": False,
    }


def _run_crawl(console: Console, server: ReplicaServer, settings: Settings) -> dict[str, Crawler]:
    expected = sum(len(portal.reports) for portal in server.portals.values())
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("reports"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(f"Crawling {len(server.portals)} portals", total=expected)
        # Made while the bar is on the screen, so that log lines go above it.
        process = AsyncCrawlerProcess(settings)
        crawlers = {}
        for portal in server.portals:
            crawler = process.create_crawler(portal)
            crawler.signals.connect(lambda: progress.advance(task), signal=signals.item_scraped, weak=False)
            process.crawl(crawler)
            crawlers[portal] = crawler
        process.start()
    return crawlers


def _result_table(stored: Iterable[StoredReport]) -> Table:
    table = Table(title="Stored reports")
    for heading in ("portal", "publisher"):
        table.add_column(heading, no_wrap=True)
    for heading in ("year", "requests received", "checks failed"):
        table.add_column(heading, justify="right")
    for report in stored:
        table.add_row(
            report.portal,
            report.publisher or "?",
            str(report.report_year or "?"),
            report.requests_received or f"({report.requests_status or 'absent'})",
            str(report.checks_failed),
        )
    return table


def _unhealthy(crawlers: dict[str, Crawler]) -> Iterator[str]:
    for portal, crawler in crawlers.items():
        stats = crawler.stats.get_stats()
        state = crawl_state(stats)
        # Without a browser a list that is drawn by script leaves a crawl partial, however much it finds.
        if state not in ("complete", "partial"):
            yield f"{portal} ended {state}: {crawl_message(stats)}"


def missing_reports(portals: Iterable[Portal], stored: Iterable[StoredReport]) -> Iterator[str]:
    """One sentence for each portal of which a published report is not in the store."""
    found = {(report.portal, report.publisher, report.report_year) for report in stored}
    for portal in portals:
        missing = [report for report in portal.reports if (portal.id, *report.key) not in found]
        if missing:
            names = ", ".join(report.title for report in missing[:_SHOWN_NAMES])
            yield f"{portal.id}: {len(missing)} of {len(portal.reports)} reports are not in the store: {names}"


def _print_next_steps(console: Console, settings: Settings) -> None:
    program = _program()
    url = shown(settings["GOVREPORTS_DATABASE_URL"])
    look = (
        f'sqlite3 {url.removeprefix("sqlite:///")} "SELECT publisher, report_year, title FROM report_list"'
        if url.startswith("sqlite:///")
        else f'psql {url} -c "SELECT publisher, report_year, title FROM report_list"'
    )
    console.print("\nNext, try:")
    for command in (
        look,
        f"{program} list            # the real portals of the registry",
        f"{program} demo --serve    # the replica portals again, for a browser or: {program} shell URL",
    ):
        console.print(f"  {command}", highlight=False, markup=False, soft_wrap=True)


def _program() -> str:
    """How this command can be called again: its bare name where the shell finds it, else its path."""
    if shutil.which("govreports"):
        return "govreports"
    return min(os.path.relpath(sys.argv[0]), str(Path(sys.argv[0]).absolute()), key=len)


def _wait(console: Console, server: ReplicaServer, registry: Path) -> None:
    for portal in server.portals:
        console.print(f"{portal}: {server.url(portal)}", highlight=False, soft_wrap=True)
    hosts = ",".join(server.hosts)
    console.print(
        f"\nIn another terminal:\n  export GOVREPORTS_PORTALS={registry} GOVREPORTS_ALLOWED_HOSTS={hosts}"
        f"\n  {_program()} shell {server.url(PORTALS[0])}\n\nServing until Ctrl-C.",
        highlight=False,
        soft_wrap=True,
    )
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        console.print("Stopped.")
