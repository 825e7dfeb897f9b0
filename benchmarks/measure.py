"""Measuring on noisy machines: the candidates take turns, and only ratios within one run are compared."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from benchmarks.memory import watched

Memory = Literal["traced", "resident"]
"""``traced``: what Python allocates while it runs; ``resident``: all memory of the process and of those it starts."""

_AIMS: Final[dict[str, Callable[[float, float], bool]]] = {
    "at least": float.__ge__,
    "at most": float.__le__,
    "below": float.__lt__,
}


class Unavailable(Exception):
    """A benchmark cannot be run here; the message says what is missing and how to get it."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one candidate: median, distance of the quartiles (None for one run), and peak of memory in MiB."""

    median: float
    spread: float | None
    peak_mib: float
    memory: Memory = "traced"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Of a subject to its baseline: median of the turns and distance of the quartiles (None for one run)."""

    median: float
    spread: float | None
    aim: str = ""
    """``at least 0.8``, ``at most 4``, ``below 1``, or nothing."""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return meets(self.median, self.aim)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is no ratio, with its unit."""

    value: float
    unit: str
    aim: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return meets(self.value, self.aim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One benchmark: its candidates, the ratio of each subject to its baseline, and other figures."""

    name: str
    timings: dict[str, Timing]
    ratios: dict[str, Ratio]
    """``subject / baseline`` → ratio."""
    figures: dict[str, Figure] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """For the JSON file."""
        return asdict(self)


def from_record(record: Mapping[str, Any]) -> Comparison:
    """What ``as_record`` gave. Raises KeyError and TypeError for anything else."""
    return Comparison(
        name=record["name"],
        timings={label: Timing(**timing) for label, timing in record["timings"].items()},
        ratios={label: Ratio(**ratio) for label, ratio in record["ratios"].items()},
        figures={label: Figure(**figure) for label, figure in record["figures"].items()},
    )


def meets(value: float, aim: str) -> bool | None:
    """Whether ``value`` is what ``aim`` asks for; None for an empty aim."""
    if not aim:
        return None
    word, _, limit = aim.rpartition(" ")
    return _AIMS[word](float(value), float(limit))


def compare(
    name: str,
    candidates: Mapping[str, Callable[[], object]],
    *,
    ratios: Mapping[str, tuple[str, str]],
    aims: Mapping[str, str] | None = None,
    turns: int = 40,
    clock: Callable[[], float] = time.process_time,
    memory: Memory = "traced",
) -> Comparison:
    """Run the candidates in turns; ``ratios`` maps a name to (subject, baseline).

    The ratio is taken turn by turn, so that a neighbour's load falls on both sides of it. The default ``clock`` counts
    this process's own time; work in other processes or on a network needs ``time.perf_counter``, and its ``memory`` is
    ``resident``. Memory is taken in a run of its own, because looking at it takes time.
    """
    seconds: dict[str, list[float]] = {candidate: [] for candidate in candidates}
    peaks = {candidate: _peak(run, memory) for candidate, run in candidates.items()}
    for _ in range(turns):
        for candidate, run in candidates.items():
            gc.collect()
            start = clock()
            run()
            seconds[candidate].append(clock() - start)
    return Comparison(
        name=name,
        timings={
            candidate: Timing(statistics.median(taken), spread(taken), peaks[candidate], memory)
            for candidate, taken in seconds.items()
        },
        ratios={
            label: ratio_of(seconds[subject], seconds[baseline], aim=(aims or {}).get(label, ""))
            for label, (subject, baseline) in ratios.items()
        },
    )


def ratio_of(subject: Iterable[float], baseline: Iterable[float], *, aim: str = "") -> Ratio:
    """Of what both took, turn by turn."""
    ratios = [mine / theirs for mine, theirs in zip(subject, baseline, strict=True)]
    return Ratio(statistics.median(ratios), spread(ratios), aim)


def spread(taken: Sequence[float]) -> float | None:
    """Distance of the quartiles; None for a single number."""
    if len(taken) < 2:
        return None
    low, _, high = statistics.quantiles(taken, n=4)
    return high - low


def _peak(run: Callable[[], object], memory: Memory) -> float:
    if memory == "resident":
        with watched() as peak:
            run()
        return peak.mib
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
