"""Memory of a reparse of many pages with two processes: of the one that writes and of those it started."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Comparison, Figure, Ratio, Timing
from benchmarks.memory import resident, watched
from benchmarks.reparse import collect, reparse
from govreports.store import open_store

SMALL = {"pages": 100}
_JOBS = 2
_STEPS = 10


@dataclass(slots=True)
class _Watch:
    """Looks once in each tenth of the pages, while they are read."""

    looks: dict[int, list[float]] = field(default_factory=dict)

    def look(self, done: int, total: int) -> None:
        """Keep what each process holds. The writing, which comes after the reading, passes all tenths once more."""
        step = done * _STEPS // total
        if step and step not in self.looks:
            self.looks[step] = resident()


def run(*, pages: int = 10_000) -> Comparison:
    """Compare what the processes hold at a tenth of the reading with what they hold at its end."""
    watch = _Watch()
    with tempfile.TemporaryDirectory(prefix="govreports-reparse-") as name:
        folder = Path(name)
        with open_store(f"sqlite:///{folder}/govreports.sqlite") as store:
            collect(store, folder, pages)
            begun = time.perf_counter()
            with watched() as peak:
                reparse(store, folder, jobs=_JOBS, documents=pages, progress=watch.look)
            seconds = time.perf_counter() - begun
    tenth, end = watch.looks[min(watch.looks)], watch.looks[max(watch.looks)]
    figures = {}
    for when, looked in ((f"at {pages // _STEPS:,} pages", tenth), (f"at {pages:,} pages", end)):
        figures[f"writing process, {when}"] = Figure(looked[0], "MiB")
        figures[f"largest other process, {when}"] = Figure(max(looked[1:], default=0.0), "MiB")
    label = f"resident memory at {pages:,} pages / at {pages // _STEPS:,}, all processes"
    return Comparison(
        name="reparse_memory",
        timings={f"a page of {pages:,}, {_JOBS} processes": Timing(seconds / pages, None, peak.mib, "resident")},
        ratios={label: Ratio(sum(end) / sum(tenth), None, "at most 1.1")},
        figures=figures,
    )
