"""The disputes table: one row of values below a head of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreports.reports.forms import Form, TableDefinition
from govreports.reports.labels import is_cut
from govreports.reports.tables import crosstab
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.order import Mark, agrees, fill_by_order
from govreports.reports.tables.segments import Segment, TableCell, TableRow


@dataclass(slots=True)
class Leaf:
    """A column: its own label, the group above it if that is known, and its grid column (0 where only order counts)."""

    code: str | Mark
    group: str | None
    column: int
    row: TableRow
    cell: TableCell | None


def place(segment: Segment, definition: TableDefinition, form: Form, into: Placement) -> None:
    """Place the values of a table whose rows are groups of the head."""
    if crosstab.has_labelled_rows(segment.rows):
        # The groups, or the columns, stand beside the values instead.
        crosstab.place(segment.rows, definition, form, into)
        return
    tables = [(rows, *_split(rows, definition)) for rows in _tables(segment.rows, definition)]
    if not any(head and values for _, head, values in tables):
        # A page break between the head and its values.
        tables = [(segment.rows, *_split(segment.rows, definition))]
    for rows, head, values in tables:
        _place_table(rows, head, values, definition, form, into)


def _tables(rows: Sequence[TableRow], definition: TableDefinition) -> Iterator[list[TableRow]]:
    """The rows by table: one ends with its grid, or where no more values than labels stand below values."""
    table: list[TableRow] = []
    valued = False
    for row in rows:
        labels = sum(_is_label(cell, definition) for cell in row.cells)
        if table and (row.grid is not table[-1].grid or (valued and labels >= row.filled)):
            yield table
            table, valued = [], False
        table.append(row)
        valued = valued or row.filled > labels
    yield table


def _place_table(
    rows: Sequence[TableRow],
    head: Sequence[TableRow],
    values: Sequence[TableRow],
    definition: TableDefinition,
    form: Form,
    into: Placement,
) -> None:
    for row in head:
        into.use(row, (cell for cell in row.cells if not cell.is_value))
    if not values:
        return
    placed = _placed(head, values, definition, form, into) or _as_form(rows, definition, form, into)
    if placed is None:
        if not all(cell.blank for cell in values[0].cells):
            for row in values:
                _say_unplaced(row, form, into)
        return
    for row, (group, code), cell in placed:
        form_row = form.row(group) if group is not None else None
        if form_row is not None and isinstance(code, str):
            column = next(column for column in form_row.columns if column.code == code)
            into.put(form_row, column, row, cell)
        elif not cell.blank:
            into.use(row, (cell,))
            into.say("surplus_cell", "info", f"“{cell.text}” stands under no column label.", row.place(cell))


_Placed = list[tuple[TableRow, tuple[str | None, str | Mark], TableCell]]
"""Each cell with its row, and the group and column that it belongs to."""


def _placed(
    head: Sequence[TableRow],
    values: Sequence[TableRow],
    definition: TableDefinition,
    form: Form,
    into: Placement,
) -> _Placed | None:
    """The cells by the labels above them; None where some cannot be told apart."""
    by_column = _by_column(head, definition, form, values[0])
    cells_of = [
        _cells_by_column(row, by_column) if by_column is not None else _cells_by_order(row, head, _cell_count(form))
        for row in values
    ]
    if any(cells is None for cells in cells_of):
        return None
    if by_column is not None:
        runs = _runs(by_column, form, into)
    else:
        runs = _in_order(_by_order(head, definition, form), form, into) if _titles_in_order(head, definition) else None
    if runs is None:
        return None
    return [
        (row, place, cell)
        for row, cells in zip(values, cells_of, strict=True)
        for place, cell in zip(runs, cells or (), strict=True)
        if cell is not None
    ]


_FEWEST_LABELS = 12
"""Column labels of the 15 that must be there, in the form's order, before a full row is read in that order."""


def _as_form(rows: Sequence[TableRow], definition: TableDefinition, form: Form, into: Placement) -> _Placed | None:
    """The numbers behind the last label in the form's order, if they are as many and no label speaks against it."""
    cells = [(row, cell) for row in rows for cell in row.cells if not cell.blank]
    last = max((index for index, (_, cell) in enumerate(cells) if not cell.is_value), default=-1)
    head, filled = cells[: last + 1], cells[last + 1 :]
    words = [cell for _, cell in head if not cell.is_value]
    if any(not _is_label(cell, definition) and not is_cut(cell.text) for cell in words):
        return None
    places = _places_of(form)
    printed: list[str | Mark] = []
    values = {id(cell) for _, cell in filled}
    for row in rows:
        for cell in row.cells:
            if id(cell) in values:
                continue
            code = _leaf_code(cell, definition)
            if cell.blank and row.grid.spans_known:
                code = Mark.LOST
            if code is not None:
                printed.append(code)
    in_order = agrees(printed, [str(code) for _, code in places]) and _titles_in_order(rows, definition)
    known = sum(isinstance(code, str) for code in printed)
    if len(filled) != len(places) or known < _FEWEST_LABELS or not in_order:
        return None
    for row, cell in head:
        into.use(row, (cell,))
    message = "Some column labels are missing; the values are as many as the form has, so its order was taken."
    into.say("column_labels_missing", "warning", message, filled[0][0].place())
    return [(row, place, cell) for (row, cell), place in zip(filled, places, strict=True)]


def _titles_in_order(head: Sequence[TableRow], definition: TableDefinition) -> bool:
    """True when the titles of the groups stand in the form's order, the first group's columns before later titles.

    The labels of the columns are the same in every group, so that their own order says nothing of the groups'.
    """
    order = list(dict.fromkeys(row.code for _, row in definition.rows))
    titles: list[int] = []
    columns = False
    for cell in (cell for line in head for cell in line.cells):
        title = cell.reading(definition.table, "row") or cell.reading(definition.table, "heading")
        if title is not None:
            # 行政诉讼 is the title of all groups but the first.
            titles.append(order.index(title.code) if title.role == "row" else 1)
            if title.role == "row" and title.code != order[0] and not columns:
                return False
        columns = columns or cell.reading(definition.table, "column") is not None
    return titles == sorted(titles)


def _places_of(form: Form) -> list[tuple[str | None, str | Mark]]:
    return [(row.code, column.code) for row in form.rows for column in row.columns]


def _split(rows: Sequence[TableRow], definition: TableDefinition) -> tuple[list[TableRow], list[TableRow]]:
    """The rows of the head, and the rows below it that hold values."""
    head: list[TableRow] = []
    values: list[TableRow] = []
    empty: list[TableRow] = []
    for row in rows:
        labels = [index for index, cell in enumerate(row.cells) if _is_label(cell, definition)]
        if labels and (row.filled <= len(labels) or not values):
            last = labels[-1] + 1
            if sum(cell.is_filled for cell in row.cells[last:]) > len(labels) // 2 >= 1:
                # A rendering without row marks ran the last line of the head and the values together.
                head.append(TableRow.of(row.grid, row.number, row.cells[:last]))
                values.append(TableRow.of(row.grid, row.number, _without_padding(row.cells[last:])))
            else:
                head.append(row)
        elif row.filled:
            values.append(row)
        elif head and row.cells:
            empty.append(row)
    return head, values or empty[:1]


def _without_padding(cells: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
    first = next(index for index, cell in enumerate(cells) if not cell.blank)
    return cells[first:]


def _is_label(cell: TableCell, definition: TableDefinition) -> bool:
    return any(reading.table == definition.table for reading in cell.readings)


def _leaf_code(cell: TableCell, definition: TableDefinition) -> str | Mark | None:
    """A column's code; None for a group's title or an empty cell."""
    if cell.blank:
        return None
    column = cell.reading(definition.table, "column")
    if column is not None:
        return column.code
    if cell.is_value or is_cut(cell.text):
        return Mark.LOST
    return None


def _by_column(
    head: Sequence[TableRow], definition: TableDefinition, form: Form, values: TableRow
) -> list[Leaf] | None:
    """The columns as the grid has them; None where a rendering without spans put the labels anywhere."""
    grids = {row.grid.number for row in (*head, values)}
    if len(grids) > 1 or not head:
        return None
    spans = values.grid.spans_known
    own: dict[int, list[tuple[int, str | Mark, TableCell]]] = {}
    groups: list[dict[int, str]] = []
    for level, row in enumerate(head):
        level_groups: dict[int, str] = {}
        running: str | None = None
        for cell in row.cells:
            title = cell.reading(definition.table, "row")
            if title is not None:
                running = title.code
            elif not cell.blank:
                running = None
            covered = range(cell.cell.column, cell.cell.column + cell.cell.column_span)
            for column in covered:
                # Without spans an empty cell to the right of a group's title belongs to the group.
                if running is not None and (spans is False or title is not None):
                    level_groups[column] = running
            code = _leaf_code(cell, definition)
            if code is not None:
                own.setdefault(cell.cell.column, []).append((level, code, cell))
        groups.append(level_groups)
    labelled = [column for column, found in own.items() if any(isinstance(code, str) for _, code, _ in found)]
    if not labelled:
        return None
    # Two labels in one column: either the label of a spanned cell was printed again, or columns mean nothing.
    repeated = any(sum(isinstance(code, str) for _, code, _ in found) > 1 for found in own.values())
    if repeated and (
        any(cell.blank for row in head for cell in row.cells)
        or any(len({code for _, code, _ in found}) > 1 for found in own.values())
    ):
        return None
    if not spans and len({len(row.cells) for row in (*head, values)}) > 1:
        return None
    blank = any(cell.blank for row in head for cell in row.cells)
    if not spans and blank and not any(row.cells[0].blank for row in head):
        # The empty cells are padding, not places that a cell above spans.
        return None
    filled = [cell.cell.column for cell in values.cells if cell.is_filled]
    first, last = min((*labelled, *filled)), max((*labelled, *filled))
    if len(labelled) < _cell_count(form):
        last = max(last, *(cell.cell.column + cell.cell.column_span - 1 for cell in values.cells))
    if spans and _has_holes(head, first, last):
        # A cell of the head is missing, so that its labels have moved.
        return None
    leaves: list[Leaf] = []
    for column in range(first, last + 1):
        level, code, label = own[column][-1] if column in own else (len(head), Mark.LOST, None)
        above = [level_groups[column] for level_groups in groups[:level] if column in level_groups]
        row = head[min(level, len(head) - 1)]
        leaves.append(Leaf(code, above[-1] if above else None, column, row, label))
    return leaves


def _has_holes(head: Sequence[TableRow], first: int, last: int) -> bool:
    """True when some place of the head between these columns is covered by no cell."""
    covered = {
        (row, column)
        for line in head
        for cell in line.cells
        for row in range(line.number, line.number + cell.cell.row_span)
        for column in range(cell.cell.column, cell.cell.column + cell.cell.column_span)
    }
    return any((line.number, column) not in covered for line in head for column in range(first, last + 1))


def _by_order(head: Sequence[TableRow], definition: TableDefinition, form: Form) -> list[Leaf]:
    """The columns by the order of their labels: such heads print every group's columns together."""
    leaves: list[Leaf] = []
    for row in head:
        for cell in row.cells:
            code = _leaf_code(cell, definition)
            if isinstance(code, str) or (code is Mark.LOST and cell.text):
                leaves.append(Leaf(code, None, 0, row, cell))
    named = [leaf for leaf in leaves if isinstance(leaf.code, str)]
    return named if len(named) == _cell_count(form) else leaves


def _in_order(leaves: Sequence[Leaf], form: Form, into: Placement) -> list[tuple[str | None, str | Mark]] | None:
    """Group and column code for each leaf of a head of which only the order is known; it must be the whole form's."""
    places = _places_of(form)
    if len(leaves) != len(places):
        return None
    if any(isinstance(leaf.code, str) and leaf.code != code for leaf, (_, code) in zip(leaves, places, strict=True)):
        return None
    for leaf, (group, code) in zip(leaves, places, strict=True):
        if leaf.code is Mark.LOST:
            _say_lost_column(leaf, f"{group}.{code}", into)
    return places


def _say_lost_column(leaf: Leaf, code: str, into: Placement) -> None:
    if leaf.cell is not None:
        into.use(leaf.row, (leaf.cell,))
    message = f"A column has lost its label; it stands where the form has {code}."
    into.say("column_label_missing", "warning", message, leaf.row.place(leaf.cell))


def _cell_count(form: Form) -> int:
    return sum(len(row.columns) for row in form.rows)


def _runs(leaves: Sequence[Leaf], form: Form, into: Placement) -> list[tuple[str | None, str | Mark]] | None:
    """Group and column code for each leaf; None when the groups cannot be told apart."""
    named_all = [(leaf.group, leaf.code) for leaf in leaves]
    if Counter(named_all) == Counter(_places_of(form)):
        # Every column says itself what it is, in whatever order they stand.
        return named_all
    order = [column.code for column in form.rows[0].columns]
    position = {code: index for index, code in enumerate(order)}
    runs: list[list[int]] = [[]]
    highest, group = -1, leaves[0].group
    for index, leaf in enumerate(leaves):
        at = position[leaf.code] if isinstance(leaf.code, str) else None
        if leaf.group != group or (at is not None and at <= highest):
            runs.append([])
            highest = -1
        runs[-1].append(index)
        highest, group = highest + 1 if at is None else at, leaf.group
    named: list[str | Mark] = [leaves[run[0]].group or Mark.LOST for run in runs]
    groups = fill_by_order(named, [row.code for row in form.rows])
    if len({code for code in groups.codes if code}) < len([code for code in groups.codes if code]):
        return None
    result: list[tuple[str | None, str | Mark]] = [(None, Mark.LOST)] * len(leaves)
    for number, run in enumerate(runs):
        filled = fill_by_order([leaves[index].code for index in run], order)
        code_of_group = groups.codes[number]
        if number in groups.by_order and any(filled.codes):
            message = f"A group of columns has lost its title; it stands where the form has {code_of_group}."
            into.say("column_label_missing", "warning", message, leaves[run[0]].row.place(leaves[run[0]].cell))
        for place_in_run, index in enumerate(run):
            code = filled.codes[place_in_run]
            result[index] = (code_of_group, code if code is not None else Mark.LOST)
            if place_in_run in filled.by_order:
                _say_lost_column(leaves[index], f"{code_of_group}.{code}", into)
    return result if any(code is not None for code, _ in result) else None


def _cells_by_column(row: TableRow, leaves: Sequence[Leaf]) -> list[TableCell | None] | None:
    cells = {cell.cell.column: cell for cell in row.cells}
    found = [cells.get(leaf.column) for leaf in leaves]
    missing = any(cell is None and isinstance(leaf.code, str) for cell, leaf in zip(found, leaves, strict=True))
    if missing or any(cell is not None and cell.cell.column_span > 1 and not cell.blank for cell in found):
        return None
    return found


def _cells_by_order(row: TableRow, head: Sequence[TableRow], count: int) -> list[TableCell | None] | None:
    """The first ``count`` cells of the row, None where an empty one at the end may hide that one is missing."""
    cells = list(row.cells)
    while cells and not cells[0].is_value:
        cells.pop(0)
    if len(cells) < count or any(not cell.blank for cell in cells[count:]):
        return None
    padded = any(line.cells[-1].blank for line in head)
    whole = len(cells) in {len(line.cells) for line in head} if padded else len(row.cells) == count
    # The end of a line that the head's last line was cut from may begin with padding of that line.
    if cells[count - 1].blank and not (whole and row.cells[0].cell.column == 1):
        return None
    return list(cells[:count])


def _say_unplaced(row: TableRow, form: Form, into: Placement) -> None:
    into.use(row, row.cells)
    for form_row in form.rows:
        into.mark_unreadable(form_row, form_row.columns, row)
    into.say(
        "row_unplaced",
        "warning",
        f"The values cannot be told apart, because the head has not as many columns: {row.printed()}",
        row.place(),
    )
