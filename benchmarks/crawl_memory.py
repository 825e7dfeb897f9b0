"""Memory of one crawl of many reports: what it takes at half of them, and at the end."""

from __future__ import annotations

from benchmarks.crawl import Load, crawl, served_portals
from benchmarks.measure import Comparison, Ratio, Timing

SMALL = {"reports": 84}
_PORTALS = 6
_REPORTS_A_BODY = 7


def run(*, reports: int = 5000) -> Comparison:
    """Crawl six portals that hold about so many reports, as fast as they answer."""
    bodies = max(1, reports // (_PORTALS * _REPORTS_A_BODY))
    with served_portals(Load("long", portals=_PORTALS, bodies=bodies, delay=0.001)) as served:
        crawled = crawl("whole", served)
    half, end = crawled.resident_mib[4], crawled.resident_mib[-1]
    return Comparison(
        name="crawl_memory",
        timings={
            f"a report of {crawled.reports:,}": Timing(crawled.seconds / crawled.reports, None, end, "resident"),
        },
        ratios={"resident memory at the end / at half of the reports": Ratio(end / half, None, "at most 1.1")},
    )
