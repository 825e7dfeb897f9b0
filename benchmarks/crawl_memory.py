"""Memory of one crawl of many reports: what it takes at half of them, and at the end."""

from __future__ import annotations

import os

from benchmarks.crawl import Load, crawl, served_portals
from benchmarks.measure import Comparison, Timing

_PORTALS = 6
_REPORTS_A_BODY = 7


def run() -> Comparison:
    """Crawl six portals as fast as they answer. The environment variable BENCH_REPORTS says how many reports they
    hold, by default about 2,000.
    """
    reports = int(os.environ.get("BENCH_REPORTS", "2000"))
    bodies = max(1, reports // (_PORTALS * _REPORTS_A_BODY))
    with served_portals(Load("long", portals=_PORTALS, bodies=bodies, delay=0.001)) as served:
        crawled = crawl("whole", served)
    half, end = crawled.resident_mib[4], crawled.resident_mib[-1]
    return Comparison(
        name="memory of a crawl",
        timings={f"a report of {crawled.reports}": Timing(crawled.seconds / crawled.reports, 0.0, end)},
        ratios={"resident memory at the end / at half of the reports": end / half},
        aims={"resident memory at the end / at half of the reports": "at most 1.1"},
    )
