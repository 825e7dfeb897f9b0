"""Cost against size: a store of 1, 10 and 100 thousand reports, and what it costs there.

``python -m benchmarks.growth [REPORTS…] [--json FILE] [--plot FILE]`` fills a store of each size in a process of its
own, then writes further reports as a crawl does, asks, searches, selects and exports. Sizes that FILE holds already
are not measured again, so a run that was stopped goes on. Run by ``python -m benchmarks``, it compares two small sizes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.machine import Machine, this_machine
from benchmarks.measure import Comparison, compare
from benchmarks.pages import page as report_page
from benchmarks.results import ResultsError
from benchmarks.simulated_store import fill
from govreports.archive import Capture
from govreports.exports import export
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.store import Reading, Store, open_store
from govreports.store import engine as transactions
from govreports.store.queries import canned_queries
from govreports.store.rereading import Selection, archived_documents
from govreports.store.search import Search, open_index

SMALL = {"turns": 2, "reports": 50}
_MORE = 200
"""Reports written one by one into the filled store."""
_TURNS = 3
_SELECTED = 500
"""Documents that ``reparse`` asks for at once."""
PANELS = (
    ("write_ms", "one more report, ms"),
    ("settle_ms", "end of a crawl, ms"),
    ("queries_ms", "ten queries, ms"),
    ("export_ms_a_report", "export, ms a report"),
    ("megabytes", "store, MB"),
    ("filled_mib", "memory, MiB"),
)
"""What is drawn: a field of ``Size`` and its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What a store of ``reports`` costs. Times are those of the processor, memory is the peak so far."""

    reports: int
    facts: int
    seconds: float
    """All of this measuring, on the clock."""
    fill_ms_a_report: float
    """Written in batches of a thousand."""
    write_ms: float
    """One further report, in a transaction of its own."""
    settle_ms: float
    """What the end of a crawl does with all publishers."""
    queries: dict[str, float]
    """Milliseconds of each canned query."""
    panel_ms: float
    """All years of one body."""
    pass_ms: float
    """Reading every fact once."""
    select_ms_a_document: float
    """Choosing what to read again."""
    index_ms_a_report: float
    """Making the index of the full-text search."""
    search_ms: float
    export_ms_a_report: float
    """As Parquet."""
    megabytes: float
    index_megabytes: float
    exported_megabytes: float
    by_table: dict[str, float]
    """Megabytes of the largest tables and indices."""
    filled_mib: float
    asked_mib: float
    exported_mib: float

    @property
    def queries_ms(self) -> float:
        """All canned queries, one after the other."""
        return sum(self.queries.values())


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured, and where."""

    machine: Machine
    sizes: tuple[Size, ...]


def run(*, turns: int = 5, reports: int = 500) -> Comparison:
    """One more report in a store of some size, and in one four times as large."""
    few, many = f"20 more reports beside {reports}", f"20 more reports beside {4 * reports}"
    with tempfile.TemporaryDirectory(prefix="govreports-growth-") as name, ExitStack() as opened:
        small = opened.enter_context(open_store(f"sqlite:///{name}/small.sqlite"))
        large = opened.enter_context(open_store(f"sqlite:///{name}/large.sqlite"))
        fill(small, reports)
        fill(large, 4 * reports)
        numbers = count()
        label = "one more report in a store / in one of a quarter of its size"
        return compare(
            "growth",
            {few: lambda: _write(small, numbers, 20), many: lambda: _write(large, numbers, 20)},
            ratios={label: (many, few)},
            aims={label: "at most 1.3"},
            turns=turns,
        )


def grow(reports: int) -> Size:
    """Fill a store and measure it; in a process of its own, the peak of memory is this size's alone."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="govreports-growth-") as name:
        folder = Path(name)
        with open_store(f"sqlite:///{folder}/govreports.sqlite") as store:
            filled = _processor_ms(lambda: fill(store, reports))
            filled_mib = _peak_mib()
            queries = {query.name: _median_ms(store, query.sql) for query in canned_queries()}
            panel = _median_ms(store, "SELECT * FROM panel WHERE body_id = 7")
            once = _median_ms(store, "SELECT SUM(LENGTH(value)) FROM fact")
            asked_mib = _peak_mib()
            with open_index(store) as index:
                indexed = _processor_ms(index.refresh)
                searched = statistics.median(
                    _processor_ms(lambda: index.search(Search(query="教育局"))) for _ in range(_TURNS)
                )
                index_bytes = sum(file.stat().st_size for file in folder.glob(f"{index.file.name}*"))
            selected = _processor_ms(lambda: _select(store))
            exported = _processor_ms(lambda: export(store, folder / "exports", formats=["parquet"]))
            exported_mib = _peak_mib()
            exported_bytes = sum(file.stat().st_size for file in folder.glob("exports/*/parquet/*"))
            facts = _ask(store, "SELECT COUNT(*) FROM fact")[0][0]
            size = _ask(store, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0][0]
            by_table = {row[0]: row[1] / 1e6 for row in _ask(store, _BY_TABLE)}
            numbers = count()
            # The first transaction learns what the store knows.
            _write(store, numbers, 1)
            written = _processor_ms(lambda: _write(store, numbers, _MORE))
            settled = _processor_ms(store.settle_bodies)
    return Size(
        reports=reports,
        facts=facts,
        seconds=time.perf_counter() - begun,
        fill_ms_a_report=filled / reports,
        write_ms=written / _MORE,
        settle_ms=settled,
        queries=queries,
        panel_ms=panel,
        pass_ms=once,
        select_ms_a_document=selected / reports,
        index_ms_a_report=indexed / reports,
        search_ms=searched,
        export_ms_a_report=exported / reports,
        megabytes=size / 1e6,
        index_megabytes=index_bytes / 1e6,
        exported_megabytes=exported_bytes / 1e6,
        by_table=by_table,
        filled_mib=filled_mib,
        asked_mib=asked_mib,
        exported_mib=exported_mib,
    )


_BY_TABLE = "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 8"


def _select(store: Store) -> None:
    """Go through all documents as ``reparse`` does."""
    after = 0
    while found := archived_documents(
        store, Selection(everything=True), parser_version="", after=after, limit=_SELECTED
    ):
        after = found[-1].document_id


def _ask(store: Store, sql: str) -> list[Any]:
    return transactions.read(store.engine, lambda connection: list(connection.execute(text(sql)).all()))


def _median_ms(store: Store, sql: str) -> float:
    return statistics.median(_processor_ms(lambda: _ask(store, sql)) for _ in range(_TURNS))


def _processor_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _peak_mib() -> float:
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def reading_to_store() -> tuple[Page, Reading]:
    """A page and what is read from it."""
    page = Page(
        portal="growing",
        url="http://www.growing.gov.cn/",
        request_url="http://www.growing.gov.cn/",
        status=200,
        headers=[("Content-Type", "text/html; charset=utf-8")],
        body=report_page(),
        fetched_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    return page, judged(page, reading_of(page))


_reading: list[tuple[Page, Reading]] = []


def _write(store: Store, numbers: Iterator[int], times: int) -> None:
    """Write ``times`` reports of new bodies, as the pipeline does."""
    if not _reading:
        _reading.append(reading_to_store())
    for number in islice(numbers, times):
        page, reading = of_body(*_reading[0], number)
        store.write(page, reading, Capture("growing.warc.gz", number * 9000, 9000))


def of_body(page: Page, reading: Reading, number: int) -> tuple[Page, Reading]:
    """The same report as another body's, on a page of its own."""
    assert reading.report is not None
    url = f"http://www.growing.gov.cn/{number}.html"
    body = f"青石县第{number}局"
    report = replace(reading.report, publisher=body, title=f"{body}2023年政府信息公开工作年度报告")
    return replace(page, url=url, request_url=url), replace(reading, report=report)


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Small pictures over the number of reports, both axes logarithmic: a flat line costs the same at every size."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "govreports"
    # Letters as text: the file is a quarter as large.
    matplotlib.rcParams["svg.fonttype"] = "none"
    from matplotlib import pyplot
    from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

    figure, axes = pyplot.subplots(2, 3, figsize=(9, 5), layout="constrained")
    for axis, (name, title) in zip(axes.flat, PANELS, strict=True):
        values = [getattr(size, name) for size in sizes]
        axis.plot([size.reports for size in sizes], values, "o-", color="#00695c")
        axis.set(xscale="log", yscale="log", title=title, xlabel="reports")
        # At least a decade, so that a flat line looks flat.
        middle = (min(values) * max(values)) ** 0.5
        axis.set_ylim(min(min(values) / 1.5, middle / 3.2), max(max(values) * 1.5, middle * 3.2))
        axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
        axis.yaxis.set_minor_locator(NullLocator())
        axis.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
        axis.title.set_fontsize(10)
        axis.grid(visible=True, which="major", alpha=0.3)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def read_growth(path: Path) -> Growth:
    """What a run kept. Raises ResultsError."""
    try:
        record = json.loads(path.read_text("utf-8"))
        return Growth(Machine(**record["machine"]), tuple(Size(**size) for size in record["sizes"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} holds no sizes that this program measured ({error}): name another file, or take it away."
        raise ResultsError(message) from error


def write_growth(growth: Growth, path: Path) -> None:
    """Keep what was measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(growth), ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Grow to each size and print, keep and draw what it cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("reports", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--json", type=Path, help="keep the sizes in this file; those that it holds are not run again")
    parser.add_argument("--plot", type=Path, help="draw all sizes into this SVG file")
    given = parser.parse_args(arguments)
    try:
        kept = read_growth(given.json).sizes if given.json and given.json.exists() else ()
    except ResultsError as error:
        parser.exit(1, f"{error}\n")
    sizes = {size.reports: size for size in kept}
    for reports in given.reports:
        if reports in sizes:
            continue
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            sizes[reports] = pool.apply(grow, (reports,))
        print(json.dumps(asdict(sizes[reports])), flush=True)
        if given.json:
            write_growth(Growth(this_machine(), tuple(sizes[key] for key in sorted(sizes))), given.json)
    if given.plot:
        given.plot.parent.mkdir(parents=True, exist_ok=True)
        plot([sizes[key] for key in sorted(sizes)], given.plot)


if __name__ == "__main__":
    main()
