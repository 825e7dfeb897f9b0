"""The tables of a page as they were understood, drawn with letters: for a terminal of any kind."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rich.cells import cell_len, set_cell_size

from govreports.debugging.specimen import Specimen
from govreports.debugging.telling import place_in_words
from govreports.documents import Cell, Grid
from govreports.issues import Issue
from govreports.reports.checks import RELATIONS
from govreports.reports.explanation import CellUse, Explanation, Key
from govreports.reports.model import Report

_NARROWEST: Final = 100
_WIDTHS: Final = ((40, 40), (40, 16), (30, 12), (24, 9), (18, 9), (12, 9), (9, 6))
"""How wide a column of words and one of figures may be: the first pair with which the table fits."""
_SMALLEST: Final = 3
_BETWEEN: Final = " │ "
_MOST_ROWS: Final = 300

_MARKS: Final = {
    "row label": "→",
    "column label": "↓",
    "heading": "§",
    "left out": "×",
    "unplaced": "?",
    "unused": "!",
    "metadata": "@",
}
_STATUSES: Final = {"blank": "□", "not_applicable": "∅", "unreadable": "⁇"}
LEGEND: Final = (
    "→ label of a row, ↓ of a column; § heading; × left out; ? numbers without a certain place; ! unused; @ metadata; "
    "□ blank, ∅ not applicable, ⁇ unreadable, = what was read where it is not as printed; · covered by another cell"
)


def draw_tables(explanation: Explanation, *, width: int | None = None) -> str:
    """Every table of the document, each with its coordinates, and what the marks mean."""
    grids = list(explanation.document.grids())
    if not grids:
        return "The document has no table."
    return "\n".join([*(draw_table(explanation, grid, width=width) for grid in grids), LEGEND])


def draw_table(explanation: Explanation, grid: Grid, *, width: int | None = None) -> str:
    """One table, rows and columns numbered as in ``at``, with what all figures of a row or column have in common.

    A line a row; what does not fit into ``width`` columns of a terminal is cut, and ends with an ellipsis.
    """
    uses = {use.key: use for use in explanation.cells if use.place.table == grid.number}
    columns = {
        column: _common(use for use in uses.values() if use.key[2] == column) for column in range(1, grid.width + 1)
    }
    rows = {row: _common(use for use in uses.values() if use.key[1] == row) for row in range(1, len(grid.rows) + 1)}
    of_columns = {part for name in columns.values() for part in name.split(".")}
    lines: list[_Line] = [_Line("", [(str(column), 1) for column in columns])]
    for number, row in enumerate(grid.expanded()[:_MOST_ROWS], 1):
        told = of_columns | set(rows[number].split("."))
        lines.append(_Line(f"{number} {rows[number]}".rstrip(), list(_pieces(uses, grid.number, number, row, told))))
    named = ", ".join(f"{column} {name}" for column, name in columns.items() if name)
    of_figures = {use.key[2] for use in uses.values() if use.facts}
    said = [_title(explanation, grid, uses.values()), *_drawn(lines, grid.width, width, of_figures)]
    said += [f"columns: {named}"] if named else []
    said += [f"({len(grid.rows) - _MOST_ROWS} further rows are not drawn)"] if len(grid.rows) > _MOST_ROWS else []
    return "\n".join(said) + "\n"


@dataclass(frozen=True, slots=True)
class _Line:
    margin: str
    pieces: list[tuple[str, int]]
    """Text and how many columns it stands over."""


def _pieces(
    uses: Mapping[Key, CellUse], table: int, number: int, row: Sequence[Cell | None], told: Collection[str]
) -> Iterator[tuple[str, int]]:
    for cell, group in groupby(enumerate(row, 1), key=lambda place: place[1]):
        places = [column for column, _ in group]
        if cell is None:
            yield from (("", 1) for _ in places)
        elif (cell.row, cell.column) == (number, places[0]):
            yield _shown(uses[table, cell.row, cell.column], told), len(places)
        else:
            yield "·", len(places)


def _drawn(lines: Sequence[_Line], columns: int, width: int | None, of_figures: Collection[int]) -> Iterator[str]:
    """The lines, columns as wide as their texts, or as the terminal allows."""
    margin = max(cell_len(line.margin) for line in lines)
    room = (width or max(shutil.get_terminal_size().columns, _NARROWEST)) - margin
    widths: list[int] = []
    for words, figures in _WIDTHS:
        widths = [_SMALLEST] * columns
        for line in lines:
            column = 0
            for text, span in line.pieces:
                if span == 1:
                    most = figures if column + 1 in of_figures else words
                    widths[column] = max(widths[column], min(cell_len(text), most))
                column += span
        if sum(widths) + len(_BETWEEN) * columns <= room:
            break
    for line in lines:
        column = 0
        shown = [set_cell_size(line.margin, margin)]
        for text, span in line.pieces:
            whole = sum(widths[column : column + span]) + len(_BETWEEN) * (span - 1)
            shown.append(
                set_cell_size(text if cell_len(text) <= whole else f"{set_cell_size(text, whole - 1)}…", whole)
            )
            column += span
        yield _BETWEEN.join(shown).rstrip()


def _title(explanation: Explanation, grid: Grid, uses: Iterable[CellUse]) -> str:
    tables = sorted({use.table for use in uses if use.table})
    named = ", ".join(f"{table} ({explanation.report.forms[table]})" for table in tables) or "none of the three"
    page = f", page {grid.page}" if grid.page else ""
    spans = "" if grid.spans_known else " (spans unknown: a column is a cell's place in its row)"
    return f"table {grid.number}{page}: {named}{spans}"


def _common(uses: Iterable[CellUse]) -> str:
    """The row and the column of the form that all figures here are of, as far as they are one."""
    facts = [fact for use in uses for fact in use.facts]
    rows, columns = {fact.row for fact in facts}, {fact.column for fact in facts}
    return ".".join(found.pop() for found in (rows, columns) if len(found) == 1)


def _shown(use: CellUse, told: Collection[str]) -> str:
    """A cell's text with its mark; what a label was read as only where the margins do not tell it."""
    text = " ".join(use.cell.text.split())
    if use.facts:
        fact = use.facts[0]
        if fact.value is None:
            return f"{_STATUSES[fact.status]} {text}".strip()
        return text if str(fact.value) == fact.raw else f"= {fact.value} ({text})"
    # The mark first: a cut text must not lose it.
    said = [_MARKS.get(use.use, ""), text]
    if use.rule is not None and use.use in ("row label", "column label"):
        code, how = use.rule.reading.code, use.rule.reading.how
        said += [code] if code not in told else []
        said += [f"({how})"] if how != "exact" else []
    return " ".join(part for part in said if part)


def draw_summary(specimen: Specimen) -> str:
    """What was read, in a few lines; why nothing was, where that is so."""
    lines = [f"Page: {specimen.received.source}", *specimen.received.notes]
    report, document = specimen.report, specimen.document
    if report is None or document is None:
        return "\n".join([*lines, f"Nothing could be read: {specimen.problem}"])
    lines += [
        f"Report: {report.title or 'no title'}; year {report.report_year}, publisher {report.publisher}",
        f"Document: {document.media_type}, {document.encoding or 'no encoding'}, {len(list(document.grids()))} tables",
        *_tables_in_words(report),
        f"Issues: {_count(issue.code for issue in report.issues) or 'none'}",
        f"Checks: {_count(check.status for check in report.checks) or 'none'}",
    ]
    return "\n".join(lines)


def _tables_in_words(report: Report) -> Iterator[str]:
    for table, edition in report.forms.items():
        statuses = _count(fact.status for fact in report.facts if fact.table == table)
        yield f"Table {table}: {f'form {edition}, {statuses}' if edition else 'not found'}"


def _count(words: Iterable[str]) -> str:
    found = list(words)
    return ", ".join(f"{found.count(word)} {word}" for word in dict.fromkeys(found))


def draw_issues(report: Report) -> str:
    """Issues and failing checks, a line each."""
    return (
        "\n".join([*map(issue_in_words, report.issues), *failed_in_words(report)]) or "No issue, and no failing check."
    )


def issue_in_words(issue: Issue) -> str:
    """An issue with its place."""
    where = f" at {place_in_words(issue.at)}" if issue.at is not None else ""
    return f"{issue.severity} {issue.code}{where}: {issue.message}"


def failed_in_words(report: Report) -> Sequence[str]:
    """The checks that fail, each with what it expects."""
    return [
        f"check {check.rule} ({RELATIONS[check.rule]}) fails for "
        f"{'.'.join(part for part in (check.table, check.row, check.column) if part)}: "
        f"expected {check.expected}, found {check.actual}"
        for check in report.checks
        if check.status == "fail"
    ]
