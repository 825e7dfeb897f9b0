"""The canned queries over an export in Parquet, asked of DuckDB, against the same queries asked of the store."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.measure import Comparison, Unavailable, compare
from benchmarks.simulated_store import fill_apart
from govreports.exports import export
from govreports.store import Store, open_store
from govreports.store import engine as transactions
from govreports.store.queries import canned_queries

SMALL = {"turns": 1, "reports": 50}
OVER_FACTS = """
SELECT report_year, row_code, COUNT(value) AS reported, SUM(value) AS total
FROM report_facts
WHERE table_code = 'requests' AND column_code = 'total'
GROUP BY report_year, row_code
ORDER BY report_year, row_code
"""
"""A question that no canned query and no total answers: every row of the requests table, by year."""


def run(*, turns: int = 7, reports: int = 10_000) -> Comparison:
    """Ask both, each query word for word the same, and compare the answers before the times."""
    try:
        import duckdb
    except ModuleNotFoundError as error:
        message = "it asks DuckDB, which is not installed: pip install 'govreports[bench]'"
        raise Unavailable(message) from error
    queries = {query.name: query.sql for query in canned_queries()}
    with tempfile.TemporaryDirectory(prefix="govreports-parquet-") as name, ExitStack() as opened:
        folder = Path(name)
        url = f"sqlite:///{folder}/govreports.sqlite"
        fill_apart(url, reports)
        # In a process of its own, too: what an export takes is measured elsewhere.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            pool.submit(_export, url, folder).result()
        store = opened.enter_context(open_store(url))
        duck = opened.enter_context(duckdb.connect())
        for file in sorted(folder.glob("exports/*/parquet/*.parquet")):
            duck.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM read_parquet('{file}')")
        for label, sql in {**queries, "the question over facts": OVER_FACTS}.items():
            if _same(_ask(store, sql)) != _same(duck.execute(sql).fetchall()):
                raise RuntimeError(f"{label} has another answer over Parquet than in the store")
        canned = f"{len(queries)} canned queries"
        return compare(
            "parquet",
            {
                f"{canned}, SQLite, {reports:,} reports": lambda: [_ask(store, sql) for sql in queries.values()],
                f"{canned}, DuckDB over Parquet": lambda: [duck.execute(sql).fetchall() for sql in queries.values()],
                "every fact, SQLite": lambda: _ask(store, OVER_FACTS),
                "every fact, DuckDB over Parquet": lambda: duck.execute(OVER_FACTS).fetchall(),
            },
            ratios={
                f"DuckDB over Parquet / SQLite, {canned}": (
                    f"{canned}, DuckDB over Parquet",
                    f"{canned}, SQLite, {reports:,} reports",
                ),
                "DuckDB over Parquet / SQLite, every fact": ("every fact, DuckDB over Parquet", "every fact, SQLite"),
            },
            turns=turns,
            # DuckDB works on all cores.
            clock=time.perf_counter,
            memory="resident",
        )


def _export(url: str, folder: Path) -> None:
    with open_store(url) as store:
        export(store, folder / "exports", formats=["parquet"])


def _ask(store: Store, sql: str) -> Sequence[Any]:
    return transactions.read(store.engine, lambda connection: connection.execute(text(sql)).all())


def _same(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows whose numbers are equal where they are equal to nine digits."""
    return [tuple(_number(value) for value in row) for row in rows]


def _number(value: object) -> object:
    if isinstance(value, int | float | Decimal):
        return float(f"{float(value):.9g}")
    return value
