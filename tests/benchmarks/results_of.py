"""Results of runs that were never made."""

from __future__ import annotations

from benchmarks.machine import Machine
from benchmarks.measure import Comparison, Figure, Ratio, Timing
from benchmarks.results import Results

MACHINE = Machine(
    cores=2,
    processor="Some CPU",
    memory_gib=8.0,
    system="Linux x86_64",
    python="3.11.9",
    libraries={"lxml": "6.0.0"},
    date="2026-03-01",
    commit="0123456789ab",
)


def comparison(
    name: str = "extract",
    *,
    ratio: float = 3.0,
    spread: float | None = 0.1,
    aim: str = "at most 4",
    figure: float = 5.0,
) -> Comparison:
    """One benchmark with one of everything."""
    return Comparison(
        name=name,
        timings={"ours": Timing(0.03, 0.001, 1.5), "theirs": Timing(0.01, None, 120.0, "resident")},
        ratios={"ours / theirs": Ratio(ratio, spread, aim)},
        figures={"pages": Figure(figure, "pages a second")},
    )


def results(*comparisons: Comparison) -> Results:
    """One full run."""
    return Results(machine=MACHINE, sizes="full", comparisons=comparisons)
