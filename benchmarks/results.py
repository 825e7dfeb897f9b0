"""What one run of the benchmarks found, as a file; and two of them side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.machine import Machine
from benchmarks.measure import Comparison, from_record

_LAYOUT = 1

Sizes = Literal["full", "small", "other"]
"""``full``: for figures that are published; ``small``: only to see that everything runs; ``other``: as asked."""


class ResultsError(Exception):
    """A file of results cannot be read; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run: the machine, the benchmarks in their order, and why others could not be run or failed."""

    machine: Machine
    sizes: Sizes
    comparisons: tuple[Comparison, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    """Of each benchmark, with all its preparations."""
    unavailable: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One number of two runs: a ratio, or a figure with its unit."""

    benchmark: str
    label: str
    old: float
    new: float
    spreads: float | None
    """Of both, together; None for figures and for what was run once, of which there is no spread."""
    unit: str = ""

    @property
    def percent(self) -> float:
        """By how much the new number is larger."""
        return (self.new / self.old - 1) * 100 if self.old else 0.0

    @property
    def is_beyond_spreads(self) -> bool:
        """Whether the difference is larger than what both runs differ in themselves."""
        return self.spreads is not None and abs(self.new - self.old) > self.spreads


def write_results(results: Results, path: Path) -> None:
    """Write the file, and the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"layout": _LAYOUT, **asdict(results)}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_results(path: Path) -> Results:
    """Read a file that ``write_results`` wrote. Raises ResultsError."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ResultsError(f"{path} cannot be read ({error.strerror}): name a file that make bench wrote.") from error
    except ValueError as error:
        raise ResultsError(f"{path} is no JSON file: name a file that make bench wrote.") from error
    if not isinstance(record, dict) or record.get("layout") != _LAYOUT:
        raise ResultsError(f"{path} holds no results of this layout: run make bench again to write one.")
    try:
        return Results(
            machine=Machine(**record["machine"]),
            sizes=record["sizes"],
            comparisons=tuple(from_record(one) for one in record["comparisons"]),
            seconds=record["seconds"],
            unavailable=record["unavailable"],
            failed=record["failed"],
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{path} is damaged ({error}): run make bench again to write one.") from error


def changes(old: Results, new: Results) -> Iterator[Change]:
    """Ratios and figures that both runs have, in the order of the new one."""
    earlier = {comparison.name: comparison for comparison in old.comparisons}
    for comparison in new.comparisons:
        before = earlier.get(comparison.name)
        if before is None:
            continue
        for label, ratio in comparison.ratios.items():
            if (was := before.ratios.get(label)) is not None:
                yield Change(
                    benchmark=comparison.name,
                    label=label,
                    old=was.median,
                    new=ratio.median,
                    spreads=None if was.spread is None or ratio.spread is None else was.spread + ratio.spread,
                )
        for label, figure in comparison.figures.items():
            if (had := before.figures.get(label)) is not None and had.unit == figure.unit:
                yield Change(
                    benchmark=comparison.name,
                    label=label,
                    old=had.value,
                    new=figure.value,
                    spreads=None,
                    unit=figure.unit,
                )


def only_in_one(old: Results, new: Results) -> list[str]:
    """Benchmarks and ratios that only one of the runs has, as sentences."""
    had, has = _ratios(old), _ratios(new)
    return [
        *(f"Only in the old run: {benchmark}, {label}." for benchmark, label in had if (benchmark, label) not in has),
        *(f"Only in the new run: {benchmark}, {label}." for benchmark, label in has if (benchmark, label) not in had),
    ]


def _ratios(results: Results) -> list[tuple[str, str]]:
    return [(comparison.name, label) for comparison in results.comparisons for label in comparison.ratios]
