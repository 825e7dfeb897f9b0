"""The parts of docs/performance.md and docs/scaling.md that are made from docs/benchmarks.json and docs/growth.json."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.growth import Growth, Size, plot, read_growth
from benchmarks.limits import limits
from benchmarks.measure import Figure, Ratio
from benchmarks.results import Results, read_results

DOCS: Final = Path(__file__).parents[1] / "docs"
RESULTS: Final = DOCS / "benchmarks.json"
GROWTH: Final = DOCS / "growth.json"
PLOT: Final = DOCS / "images" / "growth.svg"
_PAGES: Final = ("performance.md", "scaling.md")
_SAID_OF_SIZES: Final = {
    "small": "small, only to see that everything runs: these figures say nothing",
    "other": "as asked",
}


def write_pages() -> list[Path]:
    """Write the made parts anew, and the plot; what was written."""
    results, growth = read_results(RESULTS), read_growth(GROWTH)
    pages = [DOCS / name for name in _PAGES]
    for page in pages:
        page.write_text(with_parts(page.read_text("utf-8"), results, growth), "utf-8")
    plot(growth.sizes, PLOT)
    return [*pages, PLOT]


def with_parts(text: str, results: Results, growth: Growth) -> str:
    """A page with each part between its marks as it is made from these results. Raises ValueError where none is."""
    made: dict[str, Callable[[], Iterable[str]]] = {
        "ratios": lambda: _ratios(results),
        "figures": lambda: _figures(results),
        "times": lambda: _times(results),
        "store": lambda: _store(growth),
        "growth": lambda: _growth(growth),
        "limits": lambda: _limits(results, growth),
    }

    def part(found: re.Match[str]) -> str:
        lines = "\n".join(made[found["name"]]())
        return f"{found['begin']}\n\n{lines}\n\n{found['end']}"

    text, count = re.subn(
        r"(?P<begin><!-- (?P<name>\w+): made by python -m benchmarks publish -->).*?(?P<end><!-- end -->)",
        part,
        text,
        flags=re.DOTALL,
    )
    if not count:
        raise ValueError("the page has no marks between which anything could be written")
    return text


def aim_in_words(number: Ratio | Figure) -> str:
    """The aim, and whether it is met."""
    if number.is_met is None:
        return ""
    return f"{number.aim}: {'met' if number.is_met else 'not met'}"


def _ratios(results: Results) -> Iterator[str]:
    minutes = sum(results.seconds.values()) / 60
    yield f"{results.machine.sentence()} The run took {minutes:.0f} minutes."
    if results.sizes in _SAID_OF_SIZES:
        yield ""
        yield f"Sizes: {_SAID_OF_SIZES[results.sizes]}."
    yield ""
    yield from _table(
        ("benchmark", "ratio", "median", "spread", "aim"),
        (
            (f"`{comparison.name}`", label, _number(ratio.median), _spread(ratio.spread), aim_in_words(ratio))
            for comparison in results.comparisons
            for label, ratio in comparison.ratios.items()
        ),
    )


def _figures(results: Results) -> Iterator[str]:
    yield from _table(
        ("benchmark", "what", "measured", "aim"),
        (
            (f"`{comparison.name}`", label, f"{_number(figure.value)} {figure.unit}", aim_in_words(figure))
            for comparison in results.comparisons
            for label, figure in comparison.figures.items()
        ),
    )


def _times(results: Results) -> Iterator[str]:
    yield from _table(
        ("benchmark", "what", "median, ms", "spread, ms", "peak, MiB", "memory"),
        (
            (
                *(f"`{comparison.name}`", label, _number(timing.median * 1000), _spread(timing.spread, 1000)),
                *(_number(timing.peak_mib), timing.memory),
            )
            for comparison in results.comparisons
            for label, timing in comparison.timings.items()
        ),
    )


def _store(growth: Growth) -> Iterator[str]:
    size = growth.sizes[-1]
    yield f"{size.reports:,} reports, {size.facts:,} facts. {growth.machine.sentence()}"
    yield ""
    yield from _table(
        ("what", "measured"),
        [
            ("size", f"{size.megabytes:,.0f} MB, {size.megabytes * 1e6 / size.facts:.1f} bytes a fact all told"),
            ("one body's panel", f"{_number(size.panel_ms)} ms"),
            ("a search in the full text", f"{_number(size.search_ms)} ms"),
            *((f"canned query `{name}`", f"{_number(taken)} ms") for name, taken in size.queries.items()),
        ],
    )
    yield ""
    yield from _table(
        ("of the file", "MB"), ((f"`{name}`", _number(megabytes)) for name, megabytes in size.by_table.items())
    )


def _growth(growth: Growth) -> Iterator[str]:
    """One column a size."""
    rows: tuple[tuple[str, Callable[[Size], float]], ...] = (
        ("filling the store, ms a report", lambda size: size.fill_ms_a_report),
        ("one further report, ms", lambda size: size.write_ms),
        ("the end of a crawl, ms", lambda size: size.settle_ms),
        ("ten canned queries, ms", lambda size: size.queries_ms),
        ("the slowest of them, ms", lambda size: max(size.queries.values())),
        ("one body's panel, ms", lambda size: size.panel_ms),
        ("reading every fact once, ms", lambda size: size.pass_ms),
        ("choosing what to read again, ms a document", lambda size: size.select_ms_a_document),
        ("making the search index, ms a report", lambda size: size.index_ms_a_report),
        ("one search, ms", lambda size: size.search_ms),
        ("export as Parquet, ms a report", lambda size: size.export_ms_a_report),
        ("store, MB", lambda size: size.megabytes),
        ("search index, MB", lambda size: size.index_megabytes),
        ("export as Parquet, MB", lambda size: size.exported_megabytes),
        ("peak of memory when filled, MiB", lambda size: size.filled_mib),
        ("peak of memory when exported, MiB", lambda size: size.exported_mib),
    )
    yield growth.machine.sentence()
    yield ""
    yield from _table(
        ("reports", *(f"{size.reports:,}" for size in growth.sizes)),
        ((label, *(_number(value(size)) for size in growth.sizes)) for label, value in rows),
    )


def _limits(results: Results, growth: Growth) -> Iterator[str]:
    yield from _table(
        ("what", "the limit", "reached at", "how it is reckoned"),
        ((limit.what, limit.limit, _rounded(limit.reports), limit.reckoning) for limit in limits(results, growth)),
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _number(value: float) -> str:
    """Three digits, or all before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def _spread(spread: float | None, factor: float = 1) -> str:
    return "one run" if spread is None else _number(spread * factor)


def _rounded(reports: float) -> str:
    """Two digits: what is reckoned from a curve has no more."""
    digits = len(str(int(reports)))
    return f"{round(reports, 2 - digits):,.0f} reports"
