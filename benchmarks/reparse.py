"""Archive → records: pages a second with one process and with two, and the memory of the process that writes."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from benchmarks.measure import Comparison, Figure, compare
from benchmarks.pages import page as report_page
from govreports.archive import ArchiveWriter
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.reparsing.run import Progress, fill, open_spool, write
from govreports.store import Store, open_store
from govreports.store import engine as transactions
from govreports.store.models import Document
from govreports.store.rereading import Selection

SMALL = {"turns": 1, "pages": 40}
_OLDER = "older"


def run(*, turns: int = 3, pages: int = 4000) -> Comparison:
    """Read the same archive again and again, each time as if another parser had read it before."""
    with tempfile.TemporaryDirectory(prefix="govreports-reparse-") as name:
        folder = Path(name)
        with open_store(f"sqlite:///{folder}/govreports.sqlite") as store:
            collect(store, folder, pages)
            one, two = f"1 process, {pages:,} pages", f"2 processes, {pages:,} pages"
            label = "pages a second, 2 processes / 1 process"
            comparison = compare(
                "reparse",
                {
                    one: lambda: reparse(store, folder, jobs=1, documents=pages),
                    two: lambda: reparse(store, folder, jobs=2, documents=pages),
                },
                ratios={label: (one, two)},
                aims={label: "at least 1.8"},
                turns=turns,
                # The work is done in other processes.
                clock=time.perf_counter,
                memory="resident",
            )
    rates = {candidate: pages / timing.median for candidate, timing in comparison.timings.items()}
    figures = {
        "1 process": Figure(rates[one], "pages a second"),
        "2 processes": Figure(rates[two], "pages a second", "at least 200"),
    }
    return replace(comparison, figures=figures)


def collect(store: Store, folder: Path, pages: int) -> None:
    """An archive of ``pages`` pages and its index. They carry one report, so that making it does not take long."""
    body = report_page()
    with ArchiveWriter(folder / "archive", name="bench", software="benchmarks") as writer:
        for number in range(pages):
            url = f"http://portal.gov.cn/{number}.html"
            page = Page(
                portal="portal",
                url=url,
                request_url=url,
                status=200,
                headers=[("Content-Type", "text/html; charset=utf-8")],
                body=body,
                fetched_at=datetime(2024, 3, 1, tzinfo=UTC),
            )
            if number == 0:
                reading = judged(page, reading_of(page))
            store.write(page, reading, writer.write(page))


def reparse(store: Store, folder: Path, *, jobs: int, documents: int, progress: Progress = lambda *_: None) -> None:
    """Read the first ``documents`` again and write what was read, by ``jobs`` processes in all."""
    aged = update(Document).where(Document.id <= documents).values(parser_version=_OLDER)
    transactions.write(store.engine, lambda connection: connection.execute(aged))
    selection = Selection()
    with open_spool(store, folder, selection) as spool:
        fill(store, folder / "archive", selection, spool, jobs=jobs, progress=progress)
        write(store, spool, progress=progress)
