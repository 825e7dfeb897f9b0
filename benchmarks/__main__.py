"""Run the benchmarks, compare two runs, publish one.

python -m benchmarks [NAME…] [--small] [--size NAME.KEY=NUMBER] [--json FILE]
python -m benchmarks compare OLD.json NEW.json
python -m benchmarks publish [RESULTS.json]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks import pages_of_docs
from benchmarks.machine import this_machine
from benchmarks.measure import Comparison, Unavailable
from benchmarks.results import Results, ResultsError, Sizes, changes, only_in_one, read_results, write_results
from benchmarks.running import NAMES, in_a_process, sizes_of

RESULTS: Final = Path("build/benchmarks.json")
_WIDTH: Final = 140


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands: dict[str, Callable[[list[str]], int]] = {"compare": _compare, "publish": _publish}
    try:
        if given and given[0] in commands:
            return commands[given[0]](given[1:])
        return _run(given)
    except ResultsError as error:
        print(error, file=sys.stderr)
        return 1


def _run(given: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all, when none is named: {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="a minute or two, only to see that everything runs")
    parser.add_argument(
        "--size", action="append", default=[], metavar="NAME.KEY=NUMBER", help="as reparse.pages=6000; may be repeated"
    )
    parser.add_argument("--json", type=Path, default=RESULTS, help=f"file for the results (default: {RESULTS})")
    options = parser.parse_args(given)
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    names = options.names or NAMES
    try:
        sizes = sizes_of(names, small=options.small, asked=options.size)
    except ValueError as error:
        parser.error(str(error))
    kind: Sizes = "other" if options.size else "small" if options.small else "full"
    console = _console()
    results = Results(machine=this_machine(), sizes=kind)
    console.print(results.machine.sentence(), markup=False)
    for name in names:
        begun = time.perf_counter()
        try:
            comparison = in_a_process(name, sizes[name])
        except Unavailable as error:
            console.print(f"{name} was left out: {error}.", markup=False)
            results = replace(results, unavailable={**results.unavailable, name: str(error)})
        except RuntimeError as error:
            console.print(f"{name} failed: {error}", markup=False)
            results = replace(results, failed={**results.failed, name: str(error)})
        else:
            _print(comparison, console)
            results = replace(
                results,
                comparisons=(*results.comparisons, comparison),
                seconds={**results.seconds, name: round(time.perf_counter() - begun, 1)},
            )
        # After each, so that a run that is stopped has not been for nothing.
        write_results(results, options.json)
    minutes = sum(results.seconds.values()) / 60
    console.print(f"{len(results.comparisons)} benchmarks in {minutes:.1f} minutes: {options.json}", markup=False)
    return 1 if results.failed else 0


def _print(comparison: Comparison, console: Console) -> None:
    timings = Table("", "median ms", "spread ms", "peak MiB", title=comparison.name)
    for candidate, timing in comparison.timings.items():
        peak = f"{timing.peak_mib:.1f} {timing.memory}"
        timings.add_row(candidate, f"{timing.median * 1000:.2f}", _spread(timing.spread, 1000), peak)
    console.print(timings)
    numbers = Table("", "measured", "spread", "aim")
    rows: list[tuple[Any, ...]] = [
        *((label, f"{one.median:.2f}", _spread(one.spread), one) for label, one in comparison.ratios.items()),
        *((label, f"{one.value:.1f} {one.unit}", "", one) for label, one in comparison.figures.items()),
    ]
    for label, measured, spread, one in rows:
        numbers.add_row(label, measured, spread, pages_of_docs.aim_in_words(one))
    if rows:
        console.print(numbers)


def _console() -> Console:
    """As wide as the terminal; in a file, wide enough for most labels."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH)


def _spread(spread: float | None, factor: float = 1) -> str:
    return "one run" if spread is None else f"{spread * factor:.2f}"


def _compare(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks compare", description=changes.__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    options = parser.parse_args(given)
    old, new = read_results(options.old), read_results(options.new)
    console = _console()
    for which, results in (("old", old), ("new", new)):
        console.print(f"{which}: {results.machine.sentence()} Sizes: {results.sizes}.", markup=False)
    table = Table("benchmark", "ratio or figure", "old", "new", "change", "beyond both spreads")
    for change in changes(old, new):
        unit = f" {change.unit}" if change.unit else ""
        table.add_row(
            *(change.benchmark, change.label, f"{change.old:.2f}{unit}", f"{change.new:.2f}{unit}"),
            *(f"{change.percent:+.0f} %", "yes" if change.is_beyond_spreads else ""),
        )
    console.print(table)
    for sentence in only_in_one(old, new):
        console.print(sentence, markup=False)
    return 0


def _publish(given: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks publish",
        description="Keep a run in docs/ and write its tables, and those of docs/growth.json, into the pages.",
    )
    parser.add_argument("results", nargs="?", type=Path, help="of the run to keep; without it the pages alone are made")
    options = parser.parse_args(given)
    if options.results is not None:
        results = read_results(options.results)
        missing = [name for name in NAMES if name not in {one.name for one in results.comparisons}]
        if missing:
            raise ResultsError(f"{options.results} lacks {', '.join(missing)}: only a run of everything is published.")
        shutil.copyfile(options.results, pages_of_docs.RESULTS)
    for page in pages_of_docs.write_pages():
        print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
