"""The requests table: rows by outcome, columns by kind of applicant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govreports.reports.forms import Form, Row, TableDefinition
from govreports.reports.numbers import parse_value
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.matrix_columns import Columns, columns_of, counts_behind_labels
from govreports.reports.tables.matrix_rows import BodyRow, Part, filled_length, join_split_labels, row_codes
from govreports.reports.tables.order import Mark
from govreports.reports.tables.segments import TableCell, shows_blanks


def place(definition: TableDefinition, form: Form, parts: Sequence[Part], into: Placement) -> None:
    """Place the values of a matrix."""
    columns_of_form = form.rows[0].columns
    body = join_split_labels([row for part in parts for row in part.body], into)
    kept = {id(row) for row in body}
    known_codes = {row.code for row in form.rows}
    for row in body:
        if row.reading is not None and row.reading.code not in known_codes:
            # A label of the other edition: in this one it is a group's title or a row of its own.
            assert row.label is not None
            if row.label.reading(definition.table, "heading") is not None:
                row.headings = (*row.headings, row.label)
            else:
                row.words = (*row.words, row.label)
            row.label, row.reading = None, None
    codes = row_codes(body, form, into)
    counted = counts_behind_labels(body)
    columns: Columns | None = None
    for part in parts:
        rows = [row for row in part.body if id(row) in kept]
        for head in part.head:
            into.use(head, head.cells)
        columns = columns_of(part, rows, columns_of_form, into, columns, counted=counted)
        width = _row_width(rows, columns)
        for row in rows:
            into.use(row.row, row.headings)
            if row.label is not None:
                into.use(row.row, (row.label,))
            code = codes.get(id(row))
            form_row = form.row(code) if code is not None else None
            if form_row is not None:
                _place_row(row, form_row, columns, width, into)
            elif row.words and row.holds_values:
                into.use(row.row, row.row.cells)
                into.say(
                    "local_row",
                    "info",
                    f"“{row.words[0].text}” is no row of the form; its values were left out: {row.row.printed()}",
                    row.row.place(row.words[0]),
                )
            elif row.holds_values:
                into.use(row.row, row.row.cells)
                into.say(
                    "row_unplaced",
                    "warning",
                    f"A row of numbers has lost its label and its place is not certain: {row.row.printed()}",
                    row.row.place(),
                )


def _place_row(row: BodyRow, form_row: Row, columns: Columns | None, width: int | None, into: Placement) -> None:
    """Place one row's values; a row whose cells cannot be told apart is marked and said, never guessed."""
    if not row.values:
        return
    by_code = {column.code: column for column in form_row.columns}
    cells = _aligned(row, columns, width, into) if columns is not None else None
    if cells is None and len(row.values) >= len(by_code) and all(cell.blank for cell in row.values):
        # Which empty cell belongs to which column does not matter.
        columns, cells = Columns(tuple(by_code), None), row.values[: len(by_code)]
    if columns is None or cells is None:
        into.use(row.row, row.row.cells)
        into.mark_unreadable(form_row, form_row.columns, row.row)
        into.say(
            "row_unplaced",
            "warning",
            f"The row {form_row.code} has not as many cells as the table has columns, so its values were left out: "
            f"{row.row.printed()}",
            row.row.place(),
        )
        return
    for code, cell in zip(columns.order, cells, strict=True):
        if isinstance(code, str) and cell is not None:
            into.put(form_row, by_code[code], row.row, cell)
        elif cell is not None and not cell.blank:
            into.use(row.row, (cell,))
            if code is Mark.LOST:
                into.say("surplus_cell", "info", f"“{cell.text}” stands under no column label.", row.row.place(cell))


def _aligned(row: BodyRow, columns: Columns, width: int | None, into: Placement) -> Sequence[TableCell | None] | None:
    """The row's cell for each column, None when that is not certain."""
    if columns.at is None:
        return _by_order(row, len(columns.order), width)
    if width is not None and len(row.row.cells) != width:
        whole = len(row.values) == len(columns.order) and not any(cell.blank for cell in row.values)
        return _by_order(row, len(columns.order), None) if whole else None
    cells = _by_column(row, columns.at, columns.order)
    if cells is None and row.label is not None and row.row.grid.spans_known:
        cells = _by_order(row, len(columns.order), None)
        if cells is not None:
            message = "The row stands aside from the table's columns; its values were read by their order."
            into.say("row_shifted", "info", message, row.row.place())
        return cells
    if cells is None:
        return None
    first = columns.at[0]
    surplus = [cell for cell in row.values if cell.cell.column < first and cell.is_filled]
    if not surplus:
        return cells
    if row.label is not None and {cell.text for cell in (*surplus, *cells) if cell is not None} != {surplus[0].text}:
        return None
    into.use(row.row, surplus)
    message = f"“{surplus[0].text}” stands between the label and the values and was left out."
    into.say("surplus_cell", "info", message, row.row.place(surplus[0]))
    return cells


def _by_column(row: BodyRow, at: Sequence[int], order: Sequence[str | Mark]) -> list[TableCell | None] | None:
    cells = {cell.cell.column: cell for cell in row.row.cells}
    if max(cells) > at[-1] and any(column > at[-1] and not cell.blank for column, cell in cells.items()):
        return None
    label = row.label
    found: list[TableCell | None] = []
    for column, code in zip(at, order, strict=True):
        cell = cells.get(column)
        if cell is None:
            cell = _merged(row, column)
        if (cell is None or cell.readings or cell is label) and isinstance(code, str):
            return None
        found.append(cell)
    return found


def _merged(row: BodyRow, column: int) -> TableCell | None:
    """A cell of this row that was drawn over several columns; only emptiness and strokes can be shared."""
    for cell in row.row.cells:
        if cell.cell.column < column < cell.cell.column + cell.cell.column_span:
            return cell if cell.blank or parse_value(cell.text).status == "not_applicable" else None
    return None


def _by_order(row: BodyRow, count: int, width: int | None) -> list[TableCell | None] | None:
    cells = row.values
    full = filled_length(cells) == count and not any(cell.blank for cell in cells[:count])
    exact = len(cells) == count and not cells[-1].blank
    if width is not None and len(row.row.cells) != width and not (full or exact):
        # Padding would hide that a cell is missing.
        return None
    if row.label is None:
        if not shows_blanks(row.row.grid):
            # What stands where the label was may be the value of an empty cell's neighbour.
            cells = ()
        elif width is None:
            cells = row.row.cells[-count:] if len(row.row.cells) > count else ()
        elif filled_length(cells) == count + 1:
            # The first cell stands where the row's label should: it was emptied or overwritten.
            cells = cells[1 : count + 1]
        else:
            cells = ()
    if len(cells) < count or any(not cell.blank for cell in cells[count:]):
        return None
    if any(cell.readings for cell in cells[:count]):
        return None
    return list(cells[:count])


def _row_width(rows: Sequence[BodyRow], columns: Columns | None) -> int | None:
    """Cells of a row in a rendering that fills rows up with empty cells; None in any other."""
    labelled = [row for row in rows if row.reading is not None]
    if columns is None or not labelled:
        return None
    if columns.at is None:
        filled_up = any(len(row.values) > len(columns.order) for row in labelled)
    else:
        filled_up = not labelled[0].row.grid.spans_known
    return Counter(len(row.row.cells) for row in labelled).most_common(1)[0][0] if filled_up else None
