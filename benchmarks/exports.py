"""Exporting a store in each format, against writing its facts into a CSV file with the standard library."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.measure import Comparison, Figure, compare
from benchmarks.simulated_store import fill_apart
from govreports.exports import Format, export
from govreports.store import Store, open_store

SMALL = {"turns": 1, "reports": 14}
_FORMATS: tuple[Format, ...] = ("sqlite", "csv", "jsonl", "parquet")


def run(*, turns: int = 3, reports: int = 1000) -> Comparison:
    """Write all views of ``reports`` simulated reports, and their facts alone."""
    with tempfile.TemporaryDirectory(prefix="govreports-exports-") as name, ExitStack() as opened:
        folder = Path(name)
        url = f"sqlite:///{folder}/govreports.sqlite"
        fill_apart(url, reports)
        store = opened.enter_context(open_store(url))
        facts = _write_plainly(folder)
        baseline = "csv.writer, facts alone"
        comparison = compare(
            "exports",
            {
                baseline: partial(_write_plainly, folder),
                **{one: partial(_export, store, folder, one) for one in _FORMATS},
            },
            ratios={f"{one}, all views / csv.writer, facts alone": (one, baseline) for one in _FORMATS},
            turns=turns,
            memory="resident",
        )
    figures = {
        candidate: Figure(timing.median / facts * 1e6, "microseconds a fact")
        for candidate, timing in comparison.timings.items()
    }
    return replace(comparison, figures=figures)


def _export(store: Store, folder: Path, wanted: Format) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as to:
        done = export(store, Path(to), formats=[wanted])
        if done.left_out:
            raise RuntimeError(done.left_out[0])


def _write_plainly(folder: Path) -> int:
    """What an analyst would write in five lines; how many facts there are."""
    connection = sqlite3.connect(folder / "govreports.sqlite")
    with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = connection.execute("SELECT * FROM report_facts")
        writer = csv.writer(file)
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
    connection.close()
    return count
