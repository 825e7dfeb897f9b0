"""From placed cells to facts: what is shared by the three table layouts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govreports.issues import Issue, Place
from govreports.reports.forms import Column, Form, Row
from govreports.reports.model import Fact, TableCode
from govreports.reports.numbers import SMALL_NUMBERS, CellValue, parse_value
from govreports.reports.tables.segments import TableCell, TableRow

LEAST_CONFIDENCE = 0.8
"""A number read from a picture with less confidence than this is no number for us; every misreading seen in the tests'
scans lay below it."""


@dataclass(slots=True)
class Placement:
    """What was placed of one table so far, and what there is to say about it."""

    table: TableCode
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    used: set[tuple[int, int, int]] = field(default_factory=set)
    """(grid, row, column) of every cell that was taken as value or label."""

    def use(self, row: TableRow, cells: Iterable[TableCell]) -> None:
        """Mark cells as understood."""
        self.used.update([(row.grid.number, row.number, cell.cell.column) for cell in cells])

    def say(self, code: str, severity: str, message: str, at: Place) -> None:
        """Raise an issue at a place."""
        assert severity in ("info", "warning", "error")
        self.issues.append(Issue(code, severity, message, at))  # type: ignore[arg-type]  # checked above

    def put(self, row: Row, column: Column, source: TableRow, cell: TableCell) -> None:
        """Place a cell's content; a second printing of the same cell is compared, not taken."""
        printed = cell.cell
        grid = source.grid
        value = _value(column, cell)
        status = value.status
        at = Place(grid.number, source.number, printed.column, grid.page)
        unit = (value.unit or column.unit) if status == "reported" else None
        fact = Fact(self.table, row.code, column.code, status, value.value, printed.text, unit, at, printed.confidence)
        self.used.add((grid.number, source.number, printed.column))
        known = self.facts.setdefault((row.code, column.code), fact)
        if known is fact:
            if value.note is not None:
                self.say("note_in_cell", "info", f"The number has a note behind it: “{cell.cell.text}”.", at)
            if fact.status == "unreadable":
                self.say(
                    "value_unreadable",
                    "warning",
                    f"“{cell.cell.text}” stands where {row.code}.{column.code} should be a number: look at the source.",
                    at,
                )
        elif (known.status, known.value, known.unit) != (fact.status, fact.value, fact.unit):
            first = known.at or at
            self.say(
                "table_disagrees",
                "error",
                f"{row.code}.{column.code} is printed twice, as “{known.raw}” (table {first.table}, row {first.row}) "
                f"and as “{fact.raw}”; the first was kept.",
                at,
            )

    def mark_unreadable(self, row: Row, columns: Sequence[Column], source: TableRow) -> None:
        """Record that something stands in a row whose cells could not be told apart."""
        for column in columns:
            self.facts.setdefault(
                (row.code, column.code),
                Fact(self.table, row.code, column.code, "unreadable", None, source.printed(), None, source.place()),
            )


def _value(column: Column, cell: TableCell) -> CellValue:
    confidence = cell.cell.confidence
    if confidence is not None and confidence < LEAST_CONFIDENCE and not cell.blank:
        return CellValue("unreadable")
    return SMALL_NUMBERS.get(cell.text) or parse_value(cell.text, signed=column.signed, money=column.is_money)


def complete(form: Form, placement: Placement) -> tuple[Fact, ...]:
    """Every cell of the form once, in the form's order; cells that the source does not have are ``absent``."""
    found = placement.facts
    return tuple(
        [
            found.get((row.code, column.code)) or Fact(form.table, row.code, column.code, "absent")
            for row in form.rows
            for column in row.columns
        ]
    )
