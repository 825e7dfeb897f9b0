"""What breaks first, and at what size: the measured costs, drawn out in a straight line up to a named limit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.growth import Growth, Size
from benchmarks.results import Results

_MEMORY_GIB: Final = 16
_QUERY_MS: Final = 1000
_NIGHT_HOURS: Final = 12
_PAUSE_SECONDS: Final = 1.0
"""Between two requests to one host, as the project's settings have it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, and the number of reports at which it is reached."""

    what: str
    limit: str
    reports: float
    reckoning: str


def limits(results: Results, growth: Growth) -> list[Limit]:
    """All limits that follow from what was measured, the first to be reached first; none where a cost is flat."""
    found = (*_of_growth(growth), *_of_results(results))
    return sorted((limit for limit in found if math.isfinite(limit.reports)), key=lambda limit: limit.reports)


def _of_growth(growth: Growth) -> Iterator[Limit]:
    last = growth.sizes[-1]
    slowest = max(last.queries, key=lambda name: last.queries[name])
    yield Limit(
        f"the slowest canned query, `{slowest}`",
        "one second",
        reached(growth, lambda size: size.queries[slowest], _QUERY_MS),
        f"{last.queries[slowest]:,.0f} ms at {last.reports:,} reports, by the row",
    )
    yield Limit(
        "one search in the full text",
        "one second",
        reached(growth, lambda size: size.search_ms, _QUERY_MS),
        f"{last.search_ms:,.0f} ms at {last.reports:,} reports for a word that every eighth has",
    )
    yield Limit(
        "the whole store in memory",
        f"{_MEMORY_GIB} GiB: from there on a query over all facts waits for the disk",
        _MEMORY_GIB * 2**30 / (last.megabytes * 1e6) * last.reports,
        f"{last.megabytes * 1e3 / last.reports:.1f} KB a report",
    )
    yield Limit(
        "one writer of SQLite, a report a transaction",
        f"a night of {_NIGHT_HOURS} hours",
        _NIGHT_HOURS * 3_600_000 / last.write_ms,
        f"{last.write_ms:.1f} ms a report",
    )
    yield Limit(
        "one export as Parquet",
        f"a night of {_NIGHT_HOURS} hours",
        _NIGHT_HOURS * 3_600_000 / last.export_ms_a_report,
        f"{last.export_ms_a_report:.1f} ms a report",
    )
    yield Limit(
        "the end of each crawl",
        "ten seconds",
        reached(growth, lambda size: size.settle_ms, 10_000),
        f"{last.settle_ms:,.0f} ms at {last.reports:,} reports",
    )


def _of_results(results: Results) -> Iterator[Limit]:
    found = {
        (comparison.name, label): figure.value
        for comparison in results.comparisons
        for label, figure in comparison.figures.items()
    }
    night = _NIGHT_HOURS * 3600
    if (rate := found.get(("reparse", "2 processes"))) is not None:
        yield Limit(
            "reading the archive again, two processes",
            f"a night of {_NIGHT_HOURS} hours",
            rate * night,
            f"{rate:,.0f} pages a second",
        )
    if (busy := found.get(("crawl", "processor, whole pipeline, no delay"))) is not None:
        hosts = _PAUSE_SECONDS * 1000 / busy
        yield Limit(
            "one process that crawls",
            f"a night of {_NIGHT_HOURS} hours with its core busy",
            night * 1000 / busy,
            f"{busy:.1f} ms of the processor a report, so {hosts:.0f} hosts at a request a second keep it busy",
        )
    yield Limit(
        "one host, at a request a second",
        f"a night of {_NIGHT_HOURS} hours",
        night / _PAUSE_SECONDS,
        "the pause between two requests; no machine changes it, and most portals hold fewer",
    )


def reached(growth: Growth, cost: Callable[[Size], float], limit: float) -> float:
    """The number of reports at which ``cost`` is ``limit``, on the line through the two largest sizes.

    Infinity where that line does not rise.
    """
    before, last = growth.sizes[-2:]
    slope = (cost(last) - cost(before)) / (last.reports - before.reports)
    if slope <= 0:
        return math.inf
    return last.reports + (limit - cost(last)) / slope
