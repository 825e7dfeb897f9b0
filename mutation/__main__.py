"""``python -m mutation [--enter]``: what the last ``mutmut run`` came to.

Prints the table of the documentation and, as entries of ``explained.toml``, every change that no test noticed and that
is not explained; the exit code is 1 where there is one. ``--enter`` puts the table into docs/mutation.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from mutation.explained import Change, Explanations, read_explained
from mutation.results import NotRun, Tried, read_results

PAGE = Path(__file__).parents[1] / "docs" / "mutation.md"
_MARK = "<!-- run -->\n"
_END = "<!-- /run -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the run with what is explained."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("--mutants", type=Path, default=Path("mutants"), help="the folder that mutmut wrote")
    parser.add_argument("--enter", action="store_true", help="put the table into docs/mutation.md")
    given = parser.parse_args(arguments)
    explained = read_explained()
    try:
        tried = read_results(given.mutants)
    except NotRun as error:
        print(f"mutation: {error}.", file=sys.stderr)
        return 2
    table = as_table(tried, explained)
    if given.enter:
        before, mark, rest = PAGE.read_text("utf-8").partition(_MARK)
        PAGE.write_text(before + mark + table + "\n" + _END + rest.partition(_END)[2], "utf-8")
    print(table)
    open_ones = [change for one in tried for change in one.unnoticed if change not in explained.changes]
    print("\n".join(as_entries(open_ones)))
    return int(bool(open_ones))


def as_table(tried: Sequence[Tried], explained: Explanations) -> str:
    """Changes by module, and below them the explained ones by reason, in Markdown."""
    lines = ["| module | changes | noticed | explained | open |", "|---|---|---|---|---|"]
    known = [sum(change in explained.changes for change in one.unnoticed) for one in tried]
    for one, count in zip(tried, known, strict=True):
        lines.append(_row(f"`{one.module.removeprefix('govreports/')}`", one.changes, one.noticed, count))
    lines.append(_row("all", sum(one.changes for one in tried), sum(one.noticed for one in tried), sum(known)))
    reasons = Counter(
        explained.changes[change].reason for one in tried for change in one.unnoticed if change in explained.changes
    )
    lines += ["", "| not noticed because | changes |", "|---|---|"]
    lines += [f"| {meaning} | {reasons[reason]:,} |" for reason, meaning in explained.reasons.items()]
    return "\n".join(lines)


def _row(name: str, changes: int, noticed: int, explained: int) -> str:
    return f"| {name} | {changes:,} | {noticed:,} | {explained:,} | {changes - noticed - explained:,} |"


def as_entries(changes: Iterable[Change]) -> list[str]:
    """Entries of ``explained.toml`` whose reason and note are still to be written, a line each."""
    lines: list[str] = []
    for (module, function, was), alike in groupby(
        sorted(set(changes)), key=lambda change: (change.module, change.function, change.was)
    ):
        lines += ["", "[[explained]]"]
        for key, value in (("module", module), ("function", function), ("reason", ""), ("note", ""), ("was", was)):
            lines.append(f"{key} = {_quoted(value)}")
        lines += ["now = [", *(f"    {_quoted(change.now)}," for change in alike), "]"]
    return lines


def _quoted(text: str) -> str:
    # TOML's basic strings are those of JSON.
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
