"""Tables laid out in a way of the body's own: each value is found by the nearest labels beside and above it.

Bodies turn tables round, or print the groups of the disputes table as rows. The labels say as much there as in the
form's own layout, if the grid's places can be relied on. Nothing is filled by order here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from govreports.reports.forms import Form, TableDefinition
from govreports.reports.labels import Reading, Role
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.segments import TableCell, TableRow

_FEWEST_TURNED = 4
"""Columns beside values, and rows above them, that a table must show before it counts as turned round."""

_MOST_BESIDE = 3
"""Labels that may stand beside the values of one row: two titles of groups, a column's label."""


def is_turned(rows: Sequence[TableRow], definition: TableDefinition) -> bool:
    """True when the form's columns stand beside the values and its rows above them."""
    heads = [row for row in rows if len(row.labels) >= _FEWEST_TURNED]
    above = {code for row in heads for code in _codes(row.cells, definition, "row")}
    if len(above) < _FEWEST_TURNED:
        return False
    last_labels = ([cell for cell in row.cells if not cell.is_value][-1:] for row in rows if row.filled)
    beside = {code for labels in last_labels for code in _codes(labels, definition, "column")}
    return len(beside) >= _FEWEST_TURNED


def has_labelled_rows(rows: Sequence[TableRow]) -> bool:
    """True when values stand behind labels in several rows, as they never do in a table of one row of values."""
    labelled = 0
    for row in rows:
        if 0 < len(row.labels) <= _MOST_BESIDE:
            behind = row.cells.index(row.labels[0])
            labelled += any(cell.is_filled for cell in row.cells[behind:])
    return labelled > 1


def place(
    rows: Sequence[TableRow], definition: TableDefinition, form: Form, into: Placement, *, turned: bool = False
) -> None:
    """Place every value that has a row's and a column's label beside or above it; say which have not.

    In a ``turned`` table a label beside a value is a column's and one above it a row's, whatever else it may mean.
    """
    for _, group in groupby(rows, key=lambda row: row.grid.number):
        _place_grid(list(group), definition, form, into, turned=turned)


def _place_grid(
    rows: Sequence[TableRow], definition: TableDefinition, form: Form, into: Placement, *, turned: bool
) -> None:
    places = _places(rows)
    heads = {id(cell) for row in rows if _is_head(row) for cell in row.cells}
    claims: dict[tuple[str, str], list[tuple[TableRow, TableCell]]] = {}
    unplaced: dict[int, TableRow] = {}
    for row in rows:
        into.use(row, (cell for cell in row.cells if any(found.table == into.table for found in cell.readings)))
        for cell in row.cells:
            if not cell.is_value:
                continue
            labels = _Labels(places, row, cell, definition, heads)
            row_code = labels.above("row") if turned else labels.code("row")
            column_code = labels.beside("column") if turned else labels.code("column")
            form_row = form.row(row_code) if row_code is not None else None
            if form_row is not None and column_code in {column.code for column in form_row.columns}:
                claims.setdefault((form_row.code, str(column_code)), []).append((row, cell))
            elif not cell.blank:
                unplaced[row.number] = row
    for (row_code, column_code), cells in claims.items():
        form_row = form.row(row_code)
        assert form_row is not None
        column = next(column for column in form_row.columns if column.code == column_code)
        if len({cell.text for _, cell in cells}) > 1:
            # A label stands twice, so that one of the places carries the label of another.
            unplaced.update((row.number, row) for row, _ in cells)
            into.mark_unreadable(form_row, (column,), cells[0][0])
            continue
        for row, cell in cells:
            into.put(form_row, column, row, cell)
    for row in unplaced.values():
        into.use(row, row.cells)
        message = f"The labels do not tell what these numbers are: {row.printed()}"
        into.say("row_unplaced", "warning", message, row.place())


def _is_head(row: TableRow) -> bool:
    filled = row.filled
    words = sum(not cell.is_value for cell in row.cells)
    return not filled or words > max(filled, _MOST_BESIDE)


def _places(rows: Sequence[TableRow]) -> Mapping[tuple[int, int], TableCell]:
    """Which cell covers a place (row and column of the grid); nothing where columns mean nothing."""
    grid = rows[0].grid
    if not grid.spans_known and not _is_aligned(rows):
        return {}
    places: dict[tuple[int, int], TableCell] = {}
    for row in rows:
        behind = False
        for cell in row.cells:
            behind = behind or cell.is_filled
            above = places.get((row.number - 1, cell.cell.column))
            if not grid.spans_known and cell.blank and not behind and above is not None and not above.is_value:
                # Left of the values, such a rendering leaves places empty that a label above spans.
                cell = above
                places[row.number, cell.cell.column] = above
                continue
            for number in range(row.number, row.number + cell.cell.row_span):
                for column in range(cell.cell.column, cell.cell.column + cell.cell.column_span):
                    places[number, column] = cell
    last = max(column for _, column in places)
    # A line of one cell is the title of the table.
    lines = [row.number for row in rows if len(row.cells) != 1]
    whole = all((number, column) in places for number in lines for column in range(1, last + 1))
    # Where a cell is missing, those behind it have moved.
    return places if whole else {}


def _is_aligned(rows: Sequence[TableRow]) -> bool:
    """True for rows of one length whose values begin in one column and whose heads are not padded to that length."""
    starts = {next(cell.cell.column for cell in row.cells if cell.is_filled) for row in rows if not _is_head(row)}
    padded = any(row.cells[-1].blank for row in rows if _is_head(row))
    return len({len(row.cells) for row in rows}) == 1 and len(starts) == 1 and not padded


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels beside and above a value."""

    places: Mapping[tuple[int, int], TableCell]
    row: TableRow
    cell: TableCell
    definition: TableDefinition
    heads: Collection[int]
    """Identities of the cells in rows that hold no values, or hardly any."""

    def code(self, role: Role) -> str | None:
        """The code that the nearest label of that role stands for, beside the value before above it."""
        return self.beside(role) if _nearest(self._left(), self.definition, role) is not None else self.above(role)

    def beside(self, role: Role) -> str | None:
        """The same for labels to the left."""
        found = _nearest(self._left(), self.definition, role)
        return found.code if found is not None and found.role == role else None

    def above(self, role: Role) -> str | None:
        """The same for labels above, which must be one where the value covers several columns.

        A label with a value beside it belongs to its own row.
        """
        found = {
            reading.code if reading is not None and reading.role == role else None
            for column in range(self.cell.cell.column, self.cell.cell.column + self.cell.cell.column_span)
            for reading in (_nearest(self._over(column), self.definition, role),)
        }
        return found.pop() if len(found) == 1 else None

    def _left(self) -> list[TableCell]:
        places = ((self.row.number, column) for column in range(self.cell.cell.column - 1, 0, -1))
        return [self.places[place] for place in places if place in self.places]

    def _over(self, column: int) -> list[TableCell]:
        places = ((number, column) for number in range(self.row.number - 1, 0, -1))
        cells = (self.places[place] for place in places if place in self.places)
        return [cell for cell in cells if id(cell) in self.heads]


def _nearest(cells: Sequence[TableCell], definition: TableDefinition, role: Role) -> Reading | None:
    """The first reading of that role, or a group's title that comes before it."""
    for index, cell in enumerate(cells):
        found = cell.reading(definition.table, role)
        groups = {
            heading.code
            for other in cells[index:]
            if (heading := other.reading(definition.table, "heading")) is not None
        }
        if found is not None and (found.within is None or found.within in groups):
            return found
        heading = cell.reading(definition.table, "heading")
        if heading is not None and role == "row":
            return heading
    return None


def _codes(cells: Iterable[TableCell], definition: TableDefinition, role: Role) -> Iterator[str]:
    for cell in cells:
        if (found := cell.reading(definition.table, role)) is not None and found.how == "exact":
            yield found.code
