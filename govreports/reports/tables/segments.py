"""Which rows of a document's grids belong to which statutory table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Self

import msgspec

from govreports.documents.model import Block, Cell, Grid, Paragraph
from govreports.issues import Place
from govreports.reports.forms import STATUTORY
from govreports.reports.labels import Reading, only_table, readings
from govreports.reports.model import TableCode
from govreports.reports.numbers import SMALL_NUMBERS, parse_value
from govreports.reports.sections import section_heading

FEWEST_LABELS: dict[TableCode, int] = {"proactive": 3, "requests": 4, "disputes": 4}
"""Different labels that a run of rows must show as the form prints them: with less it is a local table, or quotes the
form (the table of 2014 to 2018 has labels that resemble later ones)."""


_FORM_SHARE = 0.4
"""Share of a grid's filled cells that must be numbers or form labels; a metadata block has next to none."""


class TableCell(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A cell with what its text may mean. ``text`` is cleaned, ``cell.text`` is as printed. Compared by identity."""

    cell: Cell
    text: str
    readings: tuple[Reading, ...]
    is_value: bool
    """A number, a stroke or nothing at all: anything but words."""
    blank: bool
    """Nothing is printed there."""

    @property
    def is_filled(self) -> bool:
        """True for a number or stroke."""
        return self.is_value and not self.blank

    def reading(self, table: TableCode, role: str) -> Reading | None:
        """The meaning of that role in that table."""
        for found in self.readings:
            if found.table == table and found.role == role:
                return found
        return None


class TableRow(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One row of one grid, cells that begin there from left to right."""

    grid: Grid
    number: int
    cells: tuple[TableCell, ...]
    labels: tuple[TableCell, ...]
    """Those that a label of some form stands in."""
    filled: int
    """How many hold a number or stroke."""

    @classmethod
    def of(cls, grid: Grid, number: int, cells: tuple[TableCell, ...]) -> Self:
        """The row with its cells sorted."""
        labels: list[TableCell] = []
        filled = 0
        for cell in cells:
            if cell.readings:
                labels.append(cell)
            elif cell.is_value and not cell.blank:
                filled += 1
        return cls(grid, number, cells, tuple(labels), filled)

    def place(self, cell: TableCell | None = None) -> Place:
        """Where the row, or a cell of it, stands."""
        column = cell.cell.column if cell is not None else None
        return Place(self.grid.number, self.number, column, self.grid.page)

    def printed(self) -> str:
        """The row for people: its cells as printed, strokes between them."""
        return " | ".join(cell.cell.text for cell in self.cells)


@dataclass(slots=True)
class Segment:
    """All rows of one statutory table, in reading order."""

    table: TableCode
    rows: list[TableRow] = field(default_factory=list)


def find_segments(blocks: Sequence[Block], clean: Callable[[str], str]) -> dict[TableCode, Segment]:
    """Sort the rows of all grids to the statutory tables; rows that no label claims follow the rows above them."""
    segments = {table: Segment(table) for table in STATUTORY}
    current: TableCode | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            if current is not None and section_heading(clean(block.text)) is not None:
                current = None
            continue
        rows = [table_row(block, number, row, clean) for number, row in enumerate(block.rows, 1)]
        kinds = [_kind(row) for row in rows] if _speaks_of_forms(rows) else [None] * len(rows)
        # A few labels make a table of the form only where they go on with one; elsewhere they are local figures.
        own = [(kind, row) for kind, row in zip(kinds, rows, strict=True) if kind is not None]
        weak = {
            kind
            for kind in {kind for kind, _ in own} - {current}
            if len(_labels((row for of, row in own if of == kind), kind)) < FEWEST_LABELS[kind]
        }
        kinds = [None if kind in weak else kind for kind in kinds]
        if not any(kinds):
            # The rest of a table that a page break cut off: numbers without a label.
            continues = current is not None and all(cell.is_value for row in rows for cell in row.cells)
            kinds = [current if continues else None] * len(rows)
        following: TableCode | None = next((kind for kind in kinds if kind), None)
        for row, kind in zip(rows, kinds, strict=True):
            following = kind or following
            if following is not None:
                segments[following].rows.append(row)
        current = following
    return {table: segment for table, segment in segments.items() if _is_plausible(segment)}


def _speaks_of_forms(rows: Sequence[TableRow]) -> bool:
    """True when a good part of the grid is numbers and form labels, and not other words that hold one by chance."""
    labels = sum([len(row.labels) for row in rows])
    known = labels + sum([row.filled for row in rows])
    return bool(labels) and known >= _FORM_SHARE * sum([not cell.blank for row in rows for cell in row.cells])


def labels_shown(grid: Grid, clean: Callable[[str], str]) -> dict[TableCode, int]:
    """How many different labels of each table a grid shows as the form prints them; ``FEWEST_LABELS`` are needed."""
    rows = [table_row(grid, number, row, clean) for number, row in enumerate(grid.rows, 1)]
    return {table: len(_labels(rows, table)) for table in STATUTORY}


def table_row(grid: Grid, number: int, cells: Sequence[Cell], clean: Callable[[str], str]) -> TableRow:
    """A grid's row with the meanings of its cells."""
    return TableRow.of(grid, number, tuple([_table_cell(cell, clean) for cell in cells]))


def shows_blanks(grid: Grid) -> bool:
    """False for renderings that may have dropped empty cells: none is left to show that they are kept."""
    return grid.spans_known or any(not cell.text for cell in grid.cells())


def _table_cell(cell: Cell, clean: Callable[[str], str]) -> TableCell:
    text = cell.text
    if not text:
        return TableCell(cell, text, (), True, True)
    if text in SMALL_NUMBERS:
        return TableCell(cell, text, (), True, False)
    text = clean(text).strip()
    if parse_value(text, signed=True, money=True).status != "unreadable":
        return TableCell(cell, text, (), True, not text)
    return TableCell(cell, text, readings(text), False, not text)


def _kind(row: TableRow) -> TableCode | None:
    """The table that most labels of the row belong to, counting only labels that belong to one table."""
    votes: dict[TableCode, int] = {}
    for cell in row.labels:
        if (table := only_table(cell.text)) is not None:
            votes[table] = votes.get(table, 0) + 1
    return max(votes.items(), key=itemgetter(1))[0] if votes else None


def _labels(rows: Iterable[TableRow], table: TableCode) -> set[tuple[str, str]]:
    """The different labels, printed as the form prints them, that the rows show: role and code (or text)."""
    return {
        (reading.role, reading.code or cell.text)
        for row in rows
        for cell in row.labels
        for reading in cell.readings
        if reading.table == table and reading.how == "exact"
    }


def _is_plausible(segment: Segment) -> bool:
    labels = _labels(segment.rows, segment.table)
    return any(role == "row" for role, _ in labels) and len(labels) >= FEWEST_LABELS[segment.table]
