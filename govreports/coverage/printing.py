"""The coverage as a matrix on a terminal, and as CSV."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Final, TextIO

from rich.table import Table

from govreports.store.expectations import STATUSES, CoverageRow

WORDS: Final = {
    "stored": "ok",
    "late": "late",
    "checks_failed": "checks",
    "withdrawn": "withdrawn",
    "needs_ocr": "OCR",
    "needs_extra": "extra",
    "missing": "MISSING",
    "not_yet_due": "not due",
}
"""What stands in a cell of the matrix for each status."""
_STYLES: Final = {"missing": "red", "late": "yellow", "checks_failed": "yellow", "withdrawn": "magenta"}
_MEANINGS: Final = {
    "stored": "stored",
    "late": "stored, published after its deadline",
    "checks_failed": "stored, sums do not add up",
    "withdrawn": "stored, listed no more",
    "needs_ocr": "a scan came, install the extra ocr",
    "needs_extra": "a file came, install the extra documents",
    "missing": "not there, and its deadline is over",
    "not_yet_due": "not there yet",
}


def matrix(rows: Sequence[CoverageRow]) -> Table:
    """One line a portal and publisher, one column a year."""
    years = sorted({row.report_year for row in rows})
    of_day = max((row.as_of for row in rows), default="")
    table = Table(title=f"Coverage on {of_day}" if of_day else "Coverage")
    table.add_column("portal", no_wrap=True)
    table.add_column("publisher", no_wrap=True)
    for year in years:
        table.add_column(str(year), justify="center", no_wrap=True)
    lines: dict[tuple[str, str | None], dict[int, str]] = {}
    for row in rows:
        lines.setdefault((row.portal, row.publisher), {})[row.report_year] = row.status
    for (portal, publisher), cells in lines.items():
        table.add_row(portal, publisher or "(nothing seen yet)", *(_cell(cells.get(year)) for year in years))
    return table


def totals(rows: Iterable[CoverageRow]) -> list[str]:
    """One line a status that occurs: the word of the matrix, how often, what it means."""
    counts = Counter(row.status for row in rows)
    return [f"{WORDS[status]:>9} {counts[status]:>6}  {_MEANINGS[status]}" for status in STATUSES if counts[status]]


def write_csv(rows: Iterable[CoverageRow], target: TextIO) -> None:
    """All columns of the view, one line an expected report."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(CoverageRow.__dataclass_fields__)
    writer.writerows(astuple(row) for row in rows)


def _cell(status: str | None) -> str:
    if status is None:
        return ""
    style = _STYLES.get(status)
    return f"[{style}]{WORDS[status]}[/{style}]" if style else WORDS[status]
