"""Cost against size: a store of 1, 10 and 100 thousand reports, and what one more report costs there.

``python -m benchmarks.growth [REPORTS…] [--json FILE] [--plot FILE]`` fills a store of each size in a process of its
own, then writes further reports as a crawl does, asks the canned queries and takes the file's size and the process's
peak of resident memory. Run by ``python -m benchmarks``, it compares two small sizes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from benchmarks.extract import page as report_page
from benchmarks.measure import Comparison, compare
from benchmarks.store_size import fill, measure
from govreports.archive import Capture
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.store import Reading, Store, open_store

_MORE = 200
"""Reports written one by one into the filled store."""
_LAYOUT = (("write_ms", "one more report, ms"), ("queries_ms", "ten queries, ms"))
_SIZES = (("megabytes", "store, MB"), ("peak_mib", "memory, MiB"))


@dataclass(frozen=True, slots=True)
class Size:
    """What a store of ``reports`` costs; times are those of the processor."""

    reports: int
    fill_ms: float
    """Milliseconds a report, written in batches of a thousand."""
    write_ms: float
    """Milliseconds a further report, each in its own transaction."""
    queries_ms: float
    """All canned queries together."""
    panel_ms: float
    megabytes: float
    peak_mib: float


def run(*, turns: int = 5, reports: int = 500) -> Comparison:
    """One more report in a store of some size, and in one four times as large."""
    few, many = f"one more beside {reports}", f"one more beside {4 * reports}"
    with tempfile.TemporaryDirectory(prefix="govreports-growth-") as name, ExitStack() as opened:
        small = opened.enter_context(open_store(f"sqlite:///{name}/small.sqlite"))
        large = opened.enter_context(open_store(f"sqlite:///{name}/large.sqlite"))
        fill(small, reports)
        fill(large, 4 * reports)
        numbers = count()
        return compare(
            "growth",
            {few: lambda: _write(small, numbers, 20), many: lambda: _write(large, numbers, 20)},
            ratios={"large / small": (many, few)},
            aims={"large / small": "at most 1.3"},
            turns=turns,
        )


def grow(reports: int) -> Size:
    """Fill a store and measure it; in a process of its own, the peak of memory is this size's alone."""
    with (
        tempfile.TemporaryDirectory(prefix="govreports-growth-") as name,
        open_store(f"sqlite:///{name}/govreports.sqlite") as store,
    ):
        begun = time.process_time()
        fill(store, reports)
        filled = time.process_time() - begun
        account = measure(store, turns=3)
        begun = time.process_time()
        _write(store, count(), _MORE)
        written = time.process_time() - begun
    return Size(
        reports=reports,
        fill_ms=filled / reports * 1000,
        write_ms=written / _MORE * 1000,
        queries_ms=sum(taken.processor for taken in account.queries.values()) * 1000,
        panel_ms=account.panel.processor * 1000,
        megabytes=account.bytes / 1e6,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


_reading: list[tuple[Page, Reading]] = []


def _write(store: Store, numbers: Iterator[int], times: int) -> None:
    """Write ``times`` reports of new bodies, as the pipeline does."""
    if not _reading:
        page = Page(
            portal="growing",
            url="http://www.growing.gov.cn/",
            request_url="http://www.growing.gov.cn/",
            status=200,
            headers=[("Content-Type", "text/html; charset=utf-8")],
            body=report_page(),
            fetched_at=datetime(2024, 3, 1, tzinfo=UTC),
        )
        _reading.append((page, judged(page, reading_of(page))))
    page, reading = _reading[0]
    assert reading.report is not None
    for number in islice(numbers, times):
        url = f"http://www.growing.gov.cn/{number}.html"
        body = f"青石县第{number}局"
        report = replace(reading.report, publisher=body, title=f"{body}2023年政府信息公开工作年度报告")
        store.write(
            replace(page, url=url, request_url=url),
            replace(reading, report=report),
            Capture("growing.warc.gz", number * 9000, 9000),
        )


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Four small pictures over the number of reports, both axes logarithmic."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "govreports"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 4, figsize=(11, 2.6), layout="constrained")
    for axis, (name, title) in zip(axes, (*_LAYOUT, *_SIZES), strict=True):
        axis.plot([size.reports for size in sizes], [getattr(size, name) for size in sizes], "o-", color="#00695c")
        axis.set(xscale="log", yscale="log", title=title, xlabel="reports")
        axis.title.set_fontsize(10)
        axis.grid(visible=True, which="major", alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Grow to each size and print, keep and draw what it cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("reports", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    sizes = []
    for reports in arguments.reports:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            sizes.append(pool.apply(grow, (reports,)))
        print(json.dumps(asdict(sizes[-1])))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(size) for size in sizes], indent=1) + "\n", "utf-8")
    if arguments.plot:
        plot(sizes, arguments.plot)


if __name__ == "__main__":
    main()
