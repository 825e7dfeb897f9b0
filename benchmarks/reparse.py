"""Archive → records: pages a second with one process and with two, and the memory of the process that writes."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from benchmarks.extract import page as report_page
from benchmarks.measure import Comparison, compare
from govreports.archive import ArchiveWriter
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.reparsing.run import fill, open_spool, write
from govreports.store import Store, open_store
from govreports.store import engine as transactions
from govreports.store.models import Document
from govreports.store.rereading import Selection

_OLDER = "older"


def run(*, turns: int = 3, pages: int = 1200) -> Comparison:
    """Read the same archive again and again, each time as if another parser had read it before."""
    with tempfile.TemporaryDirectory(prefix="govreports-reparse-") as name:
        folder = Path(name)
        with open_store(f"sqlite:///{folder}/govreports.sqlite") as store:
            _collect(store, folder, pages)
            few = pages // 4
            one, two = f"1 process, {pages} pages", f"2 processes, {pages} pages"
            return compare(
                "reparse",
                {
                    one: lambda: _reparse(store, folder, jobs=1, documents=pages),
                    two: lambda: _reparse(store, folder, jobs=2, documents=pages),
                    f"2 processes, {few} pages": lambda: _reparse(store, folder, jobs=2, documents=few),
                },
                ratios={"1 process / 2 processes": (one, two)},
                aims={"1 process / 2 processes": "at least 1.8"},
                turns=turns,
                # The work is done in other processes.
                clock=time.perf_counter,
            )


def _collect(store: Store, folder: Path, pages: int) -> None:
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


def _reparse(store: Store, folder: Path, *, jobs: int, documents: int) -> None:
    aged = update(Document).where(Document.id <= documents).values(parser_version=_OLDER)
    transactions.write(store.engine, lambda connection: connection.execute(aged))
    selection = Selection()
    with open_spool(store, folder, selection) as spool:
        fill(store, folder / "archive", selection, spool, jobs=jobs, progress=_silent)
        write(store, spool, progress=_silent)


def _silent(done: int, total: int) -> None:
    """No progress is shown."""
