"""Storing reports, against parsing the same pages, and against inserting the same rows into bare tables."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from benchmarks.growth import of_body, reading_to_store
from benchmarks.measure import Comparison, Figure, compare
from govreports.archive import Capture
from govreports.interpretation import judged, reading_of
from govreports.store import Store, models, open_store
from govreports.store import engine as transactions
from govreports.store.store import Entry

SMALL = {"turns": 2, "reports": 10}
_BATCH = 50
"""As ``reparse`` writes."""

_Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Name of a table → rows."""


def run(*, turns: int = 9, reports: int = 100) -> Comparison:
    """Parse ``reports`` pages, store as many reports of other bodies each time, and insert the rows of as many."""
    page, reading = reading_to_store()
    numbers = count()

    def more() -> list[Entry]:
        return [
            (*of_body(page, reading, number), Capture("growing.warc.gz", number * 9000, 9000))
            for number in islice(numbers, reports)
        ]

    with (
        tempfile.TemporaryDirectory(prefix="govreports-store-") as name,
        open_store(f"sqlite:///{name}/govreports.sqlite") as store,
    ):
        before = _rows(store)
        store.write_many(more())
        rows = {table: found[len(before[table]) :] for table, found in _rows(store).items()}
        bare = _bare(Path(name) / "bare.sqlite", rows)
        parsing, one, many = "parsing", "storing, a transaction each", f"storing, {_BATCH} in a transaction"
        inserting = "executemany of the same rows into bare tables"

        def write_each() -> None:
            for entry in more():
                store.write(*entry)

        def write_batches() -> None:
            entries = more()
            for start in range(0, reports, _BATCH):
                store.write_many(entries[start : start + _BATCH])

        rate, batch_rate = (f"rate of storing / of parsing, {how}" for how in ("a transaction each", "in batches"))
        comparison = compare(
            "store",
            {
                parsing: lambda: [judged(page, reading_of(page)) for _ in range(reports)],
                one: write_each,
                many: write_batches,
                inserting: lambda: _insert(bare, rows),
            },
            ratios={
                # A rate is the inverse of a time.
                rate: (parsing, one),
                batch_rate: (parsing, many),
                "storing in batches / executemany": (many, inserting),
            },
            aims={rate: "at least 1", batch_rate: "at least 1"},
            turns=turns,
            # A store waits for the disk.
            clock=time.perf_counter,
        )
        bare.close()
    rates = {
        candidate: Figure(reports / timing.median, "reports a second")
        for candidate, timing in comparison.timings.items()
    }
    return replace(comparison, figures=rates)


def _rows(store: Store) -> _Rows:
    """All rows of all tables, by their key."""

    def ask(connection: Connection) -> _Rows:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in models.Base.metadata.sorted_tables
        }

    return transactions.read(store.engine, ask)


def _bare(file: Path, rows: _Rows) -> sqlite3.Connection:
    """A database with as many columns and no index, that goes as easy on the disk as the store does."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    for table, found in rows.items():
        if found:
            columns = ", ".join(f"c{number}" for number in range(len(found[0])))
            connection.execute(f"CREATE TABLE {table} ({columns})")
    return connection


def _insert(connection: sqlite3.Connection, rows: _Rows) -> None:
    with connection:
        for table, found in rows.items():
            if found:
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
