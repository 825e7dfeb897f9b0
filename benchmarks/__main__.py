"""``python -m benchmarks [NAME…] [--json FILE] [--compare OLD.json]``: run, print, keep and compare."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Comparison

NAMES = tuple(
    path.stem
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "__main__", "measure")
)


def main() -> None:
    """Run the named benchmarks (all, when none is named)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", type=Path, help="write the results to this file")
    parser.add_argument("--compare", type=Path, help="print the ratios of an earlier file beside the new ones")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(NAMES)
    if unknown:
        parser.error(f"unknown benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    earlier = _ratios(json.loads(arguments.compare.read_text("utf-8"))) if arguments.compare else {}
    console = Console()
    console.print(_machine())
    results: list[dict[str, Any]] = []
    for name in arguments.names or NAMES:
        run: Callable[[], Comparison] = import_module(f"benchmarks.{name}").run
        comparison = run()
        results.append(comparison.as_record())
        _print(comparison, earlier, console)
    if arguments.json:
        text = json.dumps({"machine": _machine(), "results": results}, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", "utf-8")


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _ratios(record: dict[str, Any]) -> dict[str, float]:
    return {label: ratio for result in record["results"] for label, ratio in result["ratios"].items()}


def _print(comparison: Comparison, earlier: dict[str, float], console: Console) -> None:
    timings = Table("", "median ms", "spread ms", "peak MiB", title=comparison.name)
    for candidate, timing in comparison.timings.items():
        numbers = (f"{timing.median * 1000:.2f}", f"{timing.spread * 1000:.2f}", f"{timing.peak_mib:.1f}")
        timings.add_row(candidate, *numbers)
    console.print(timings)
    ratios = Table("ratio", "now", "aim", "earlier")
    for label, ratio in comparison.ratios.items():
        before = earlier.get(label)
        ratios.add_row(label, f"{ratio:.2f}", comparison.aims.get(label, ""), f"{before:.2f}" if before else "")
    console.print(ratios)


if __name__ == "__main__":
    main()
