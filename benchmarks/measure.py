"""Measuring on noisy machines: the candidates take turns, and only ratios within one run are compared."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one candidate: median, quartile distance, and peak of traced memory in MiB."""

    median: float
    spread: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One benchmark: its candidates and the ratio of each subject to its baseline."""

    name: str
    timings: dict[str, Timing]
    ratios: dict[str, float]
    """``subject / baseline`` → median of the ratios of neighbouring turns."""
    aims: dict[str, str]

    def as_record(self) -> dict[str, Any]:
        """For the JSON file."""
        return asdict(self)


def compare(
    name: str,
    candidates: Mapping[str, Callable[[], object]],
    *,
    ratios: Mapping[str, tuple[str, str]],
    aims: Mapping[str, str] | None = None,
    turns: int = 40,
    clock: Callable[[], float] = time.process_time,
) -> Comparison:
    """Run the candidates in turns; ``ratios`` maps a name to (subject, baseline).

    The ratio is taken turn by turn, so that a neighbour's load falls on both sides of it. The default ``clock`` counts
    this process's own time; work in other processes or on a network needs ``time.perf_counter``.
    """
    seconds: dict[str, list[float]] = {candidate: [] for candidate in candidates}
    for run in candidates.values():
        run()
    for _ in range(turns):
        for candidate, run in candidates.items():
            gc.collect()
            start = clock()
            run()
            seconds[candidate].append(clock() - start)
    return Comparison(
        name=name,
        timings={
            candidate: Timing(statistics.median(taken), _spread(taken), _peak(candidates[candidate]))
            for candidate, taken in seconds.items()
        },
        ratios={
            label: statistics.median(
                mine / theirs for mine, theirs in zip(seconds[subject], seconds[baseline], strict=True)
            )
            for label, (subject, baseline) in ratios.items()
        },
        aims=dict(aims or {}),
    )


def _spread(taken: list[float]) -> float:
    low, _, high = statistics.quantiles(taken, n=4)
    return high - low


def _peak(run: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
