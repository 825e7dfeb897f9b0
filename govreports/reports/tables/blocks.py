"""The proactive table: blocks by clause of article 20, each with a head of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreports.reports.forms import Form, Row, TableDefinition
from govreports.reports.labels import Reading, is_cut, label_tails
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.order import Mark, fill_by_order
from govreports.reports.tables.segments import Segment, TableCell, TableRow


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column label of a block's head."""

    row: TableRow
    cell: TableCell
    code: str | Mark


@dataclass(slots=True)
class Line:
    """A run of cells that begins with a marker: a clause, a head or a row's label (or none, when it was lost)."""

    row: TableRow
    kind: str
    """``clause``, ``head``, ``item``, ``lost`` (values without a label) or ``local`` (a label of no form)."""
    label: TableCell | None
    reading: Reading | None
    cells: tuple[TableCell, ...]
    head: tuple[HeadCell, ...] | None = None


def lines_of(segment: Segment, definition: TableDefinition) -> tuple[list[Line], Counter[str]]:
    """Cut a segment into lines, each item with the head above it; the counter holds what labels say of the edition."""
    votes: Counter[str] = Counter()
    lines: list[Line] = []
    head: tuple[HeadCell, ...] | None = None
    for row in segment.rows:
        for line in _cut(row, definition):
            if line.kind == "clause":
                head = None
            elif line.kind == "head":
                head = _head(line, definition)
                for head_cell in head:
                    _vote(head_cell.cell.reading(definition.table, "column"), votes)
            else:
                line.head = head
                _vote(line.reading, votes)
            lines.append(line)
    return lines, votes


def _vote(reading: Reading | None, votes: Counter[str]) -> None:
    if reading is not None and reading.signature:
        for edition in reading.editions:
            votes[edition] += 1


def _cut(row: TableRow, definition: TableDefinition) -> Iterator[Line]:
    """A row of a grid is one line; renderings without row marks may run several together."""
    starts = [index for index, cell in enumerate(row.cells) if _marker(cell, definition) is not None]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    for begin, end in zip(starts, [*starts[1:], len(row.cells)], strict=True):
        cells = row.cells[begin:end]
        if cells:
            yield _line(row, cells, definition)


def _marker(cell: TableCell, definition: TableDefinition) -> Reading | None:
    if cell.is_value:
        return None
    return cell.reading(definition.table, "row") or cell.reading(definition.table, "heading")


def _line(row: TableRow, cells: tuple[TableCell, ...], definition: TableDefinition) -> Line:
    marker = _marker(cells[0], definition)
    if marker is not None and marker.role == "row":
        return Line(row, "item", cells[0], marker, cells[1:])
    if marker is not None:
        return Line(row, marker.code, cells[0], marker, cells[1:])
    columns = sum(cell.reading(definition.table, "column") is not None for cell in cells)
    if columns:
        # The word above the labels was lost or overwritten; what stands there is no column.
        lost_title = cells[0].reading(definition.table, "column") is None
        return Line(row, "head", cells[0] if lost_title else None, None, cells[1:] if lost_title else cells)
    if not any(cell.is_value and not cell.blank for cell in cells[1:]):
        return Line(row, "text", cells[0], None, cells[1:])
    return Line(row, "lost" if cells[0].is_value else "local", cells[0], None, cells[1:])


def _head(line: Line, definition: TableDefinition) -> tuple[HeadCell, ...]:
    cells = list(line.cells)
    while cells and cells[-1].blank:
        cells.pop()
    found: list[HeadCell] = []
    for cell in cells:
        reading = cell.reading(definition.table, "column")
        code: str | Mark = Mark.LOCAL
        if reading is not None:
            code = reading.code
        elif cell.is_value or is_cut(cell.text):
            code = Mark.LOST
        found.append(HeadCell(line.row, cell, code))
    return tuple(found)


def place(lines: Sequence[Line], form: Form, into: Placement) -> None:
    """Place the values of a table of blocks."""
    codes = _row_codes(lines, form, into)
    said: set[int] = set()
    for line in lines:
        if line.kind in ("clause", "head"):
            into.use(line.row, (line.label,) if line.label is not None else ())
            into.use(line.row, line.cells)
            continue
        if line.kind == "text":
            _say_text(line, into)
            continue
        code = codes.get(id(line))
        row = form.row(code) if code is not None else None
        if line.label is not None:
            into.use(line.row, (line.label,))
        if row is None:
            _say_unplaced(line, into)
            continue
        _place_line(line, row, into, said)


def _say_text(line: Line, into: Placement) -> None:
    """A line of words only: the rest of a label, else left for the search of unused cells."""
    if line.label is not None and not line.label.blank and any(label_tails(line.label.text)):
        into.use(line.row, (line.label,))
        into.say("label_split", "info", f"“{line.label.text}” is the rest of a label.", line.row.place(line.label))


def _say_unplaced(line: Line, into: Placement) -> None:
    into.use(line.row, line.cells)
    if not any(cell.is_value and not cell.blank for cell in line.cells):
        return
    if line.kind == "lost":
        into.say(
            "row_unplaced",
            "warning",
            f"A row of numbers has lost its label and its place is not certain: {line.row.printed()}",
            line.row.place(),
        )
        return
    name = line.label.text if line.label is not None else ""
    into.say(
        "local_row",
        "info",
        f"“{name}” is no row of the form; its values were left out: {line.row.printed()}",
        line.row.place(line.label),
    )


def _row_codes(lines: Sequence[Line], form: Form, into: Placement) -> dict[int, str]:
    items = [line for line in lines if line.kind in ("item", "lost", "local")]
    known = {row.code for row in form.rows}
    found: list[str | Mark] = []
    for line in items:
        if line.reading is not None and line.reading.code in known:
            found.append(line.reading.code)
        else:
            found.append(Mark.LOST if line.kind == "lost" else Mark.LOCAL)
    filled = fill_by_order(found, [row.code for row in form.rows])
    codes: dict[int, str] = {}
    for index, line in enumerate(items):
        code = filled.codes[index]
        if code is None:
            continue
        codes[id(line)] = code
        if index in filled.by_order:
            into.say(
                "label_missing",
                "warning",
                f"The row has lost its label; it stands where the form has {code} and was read as that.",
                line.row.place(),
            )
        elif line.reading is not None and line.reading.how in ("close", "prefix") and line.label is not None:
            into.say("label_inexact", "info", f"“{line.label.text}” was read as {code}.", line.row.place(line.label))
    return codes


def _place_line(line: Line, row: Row, into: Placement, said: set[int]) -> None:
    columns = {column.code: column for column in row.columns}
    order = list(columns)
    cells = _values(line, len(line.head) if line.head is not None else len(order))
    if not any(not cell.blank for cell in line.cells) and not line.cells:
        return
    if line.head is None:
        if len(cells) != len(order):
            _say_short(line, row, into)
            return
        into.say(
            "column_labels_missing",
            "warning",
            f"The columns of {row.code} have no labels here; their number is the form's, so its order was taken.",
            line.row.place(),
        )
        codes: list[str | None] = list(order)
    else:
        if len(cells) != len(line.head):
            _say_short(line, row, into)
            return
        filled = fill_by_order([head.code for head in line.head], order)
        codes = list(filled.codes)
        _say_filled(line.head, filled.by_order, codes, into, said)
    for code, cell in zip(codes, cells, strict=True):
        column = columns.get(code) if code is not None else None
        if column is not None:
            into.put(row, column, line.row, cell)
        elif not cell.blank:
            into.use(line.row, (cell,))
            into.say(
                "surplus_cell",
                "warning",
                f"“{cell.text}” stands in a column that {row.code} does not have in the form {into.table}.",
                line.row.place(cell),
            )
    into.use(line.row, line.cells)


def _say_filled(
    head: Sequence[HeadCell], by_order: frozenset[int], codes: Sequence[str | None], into: Placement, said: set[int]
) -> None:
    """Say once per head cell that its label was lost."""
    for index in by_order:
        cell = head[index]
        if id(cell) not in said:
            said.add(id(cell))
            into.say(
                "column_label_missing",
                "warning",
                f"A column has lost its label; it stands where the form has {codes[index]} and was read as that.",
                cell.row.place(cell.cell),
            )


def _values(line: Line, count: int) -> Sequence[TableCell]:
    """The line's value cells: empty ones behind the last column are padding."""
    cells = list(line.cells)
    while len(cells) > count and cells[-1].blank:
        cells.pop()
    if line.head is not None and len(cells) > count:
        return _under_wide_heads(line, cells)
    return cells


def _under_wide_heads(line: Line, cells: Sequence[TableCell]) -> Sequence[TableCell]:
    """One value per head cell where a head cell spans several columns, of which only one is filled."""
    chosen: list[TableCell] = []
    for head in line.head or ():
        span = range(head.cell.cell.column, head.cell.cell.column + head.cell.cell.column_span)
        under = [cell for cell in cells if cell.cell.column in span]
        filled = [cell for cell in under if not cell.blank]
        if len(filled) > 1 or not under:
            return cells
        chosen.append(filled[0] if filled else under[0])
    return chosen


def _say_short(line: Line, row: Row, into: Placement) -> None:
    into.use(line.row, line.cells)
    if not any(not cell.blank for cell in line.cells):
        return
    into.mark_unreadable(row, row.columns, line.row)
    into.say(
        "row_unplaced",
        "warning",
        f"The row {row.code} has not as many cells as its block has columns, so its values were left out: "
        f"{line.row.printed()}",
        line.row.place(),
    )
