"""The proactive table: blocks by clause of article 20, each with a head of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from govreports.reports.forms import Form, Row, TableDefinition
from govreports.reports.labels import Reading, is_cut, label_tails, readings
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.order import Mark, doubt_repeated, fill_by_order
from govreports.reports.tables.segments import Segment, TableCell, TableRow, shows_blanks


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column label of a block's head and the positions that it stands over (see ``_positions``)."""

    cell: TableCell
    code: str | Mark
    start: int
    end: int
    """Behind the last position."""


@dataclass(frozen=True, slots=True)
class Head:
    """The column labels of a block."""

    row: TableRow
    cells: tuple[HeadCell, ...]
    count: int
    """Cells behind the title as printed, empty ones at the end included."""
    edge: int
    """Position behind the last of them."""


@dataclass(slots=True)
class Line:
    """A run of cells that begins with a marker: a clause, a head or a row's label (or anything, when it was lost)."""

    row: TableRow
    kind: str
    """``clause``, ``head``, ``item``, ``lost`` (values without a label) or ``local`` (a label of no form)."""
    label: TableCell
    """The first cell; a head that lost the word above the labels has it among ``cells``, too."""
    reading: Reading | None
    cells: tuple[TableCell, ...]
    head: Head | None = None
    rest: Line | None = None
    """The line without values that holds the other half of a label which a page break cut in two."""

    @property
    def holds_values(self) -> bool:
        """True when a number or stroke stands behind the label."""
        return any(cell.is_filled for cell in self.cells)

    @property
    def is_above_rows(self) -> bool:
        """True for the title of a block and its head."""
        return self.kind in ("clause", "head")


def lines_of(segment: Segment, definition: TableDefinition) -> tuple[list[Line], Counter[str]]:
    """Cut a segment into lines, each item with the head above it; the counter holds what labels say of the edition."""
    votes: Counter[str] = Counter()
    lines: list[Line] = []
    head: Line | None = None
    items: list[Line] = []
    for line in _join_split_labels([line for row in segment.rows for line in _cut(row, definition)], definition):
        lines.append(line)
        if line.is_above_rows:
            _give_head(head, items, definition)
            head, items = (line if line.kind == "head" else None), []
            for cell in line.cells:
                _vote(cell.reading(definition.table, "column"), votes)
        else:
            items.append(line)
            _vote(line.reading, votes)
    _give_head(head, items, definition)
    return lines, votes


def _join_split_labels(lines: Sequence[Line], definition: TableDefinition) -> list[Line]:
    """Undo row labels that a page break cut in two, whatever one of the halves resembles alone."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        whole = _whole_label(above, line, definition) if above is not None else None
        if above is None or whole is None:
            kept.append(line)
            continue
        kept.pop()
        valued, rest = (line, above) if line.holds_values else (above, line)
        kept.append(replace(valued, kind="item", reading=whole, rest=rest))
    return kept


def _whole_label(above: Line, line: Line, definition: TableDefinition) -> Reading | None:
    """The row whose label the labels of two lines make."""
    exact = line.reading is not None and line.reading.how == "exact"
    if above.is_above_rows or line.is_above_rows or above.label.is_value or line.label.is_value or exact:
        return None
    if above.holds_values and line.holds_values:
        return None
    for found in readings(above.label.text + line.label.text):
        if (found.table, found.role, found.how) == (definition.table, "row", "exact"):
            return found
    return None


def _give_head(line: Line | None, items: Sequence[Line], definition: TableDefinition) -> None:
    """Give the lines below a head its columns; empty cells at its end are columns where values stand below."""
    if line is None:
        return
    filled = max((index for item in items for index, cell in enumerate(item.cells, 1) if not cell.blank), default=0)
    head = _head(line, definition, at_least=filled)
    for item in items:
        item.head = head


def _vote(reading: Reading | None, votes: Counter[str]) -> None:
    if reading is not None and reading.signature:
        for edition in reading.editions:
            votes[edition] += 1


def _cut(row: TableRow, definition: TableDefinition) -> Iterator[Line]:
    """A row of a grid is one line; renderings without row marks may run several together."""
    starts = [index for index, cell in enumerate(row.cells) if index == 0 or _marker(cell, definition) is not None]
    for begin, end in pairwise((*starts, len(row.cells))):
        yield _line(row, row.cells[begin:end], definition)


def _marker(cell: TableCell, definition: TableDefinition) -> Reading | None:
    if cell.is_value:
        return None
    return cell.reading(definition.table, "row") or cell.reading(definition.table, "heading")


def _line(row: TableRow, cells: tuple[TableCell, ...], definition: TableDefinition) -> Line:
    marker = _marker(cells[0], definition)
    if marker is not None:
        return Line(row, "item" if marker.role == "row" else marker.code, cells[0], marker, cells[1:])
    columns = [cell.reading(definition.table, "column") is not None for cell in cells]
    if any(columns):
        # The word above the labels was overwritten, or its cell was lost.
        return Line(row, "head", cells[0], None, cells if columns[0] else cells[1:])
    if not any(cell.is_filled for cell in cells[1:]):
        return Line(row, "text", cells[0], None, cells[1:])
    return Line(row, "lost" if cells[0].is_value else "local", cells[0], None, cells[1:])


def _positions(row: TableRow, cells: Sequence[TableCell]) -> list[tuple[int, int]]:
    """Where cells stand, first position and the one behind the last.

    Positions are columns of the grid; where those mean nothing, places in the line.
    """
    if row.grid.spans_known:
        return [(cell.cell.column, cell.cell.column + cell.cell.column_span) for cell in cells]
    return [(index, index + 1) for index in range(len(cells))]


def _head(line: Line, definition: TableDefinition, *, at_least: int) -> Head:
    positions = _positions(line.row, line.cells)
    last = max((index for index, cell in enumerate(line.cells, 1) if not cell.blank), default=0)
    found: list[HeadCell] = []
    for cell, (start, end) in list(zip(line.cells, positions, strict=True))[: max(last, at_least)]:
        reading = cell.reading(definition.table, "column")
        code: str | Mark = Mark.LOCAL
        if reading is not None:
            code = reading.code
        elif cell.is_value or is_cut(cell.text):
            code = Mark.LOST
        if isinstance(code, str) and found and found[-1].code == code:
            # Renderings that dropped the spans may print a label again in every column that it covers.
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(HeadCell(cell, code, start, end))
    return Head(line.row, tuple(found), len(line.cells), max((end for _, end in positions), default=0))


def place(lines: Sequence[Line], form: Form, into: Placement) -> None:
    """Place the values of a table of blocks."""
    codes = _row_codes(lines, form, into)
    said: set[int] = set()
    for line in lines:
        if line.is_above_rows:
            into.use(line.row, (line.label,))
            into.use(line.row, (cell for cell in line.cells if not cell.is_value))
            continue
        if line.kind == "text":
            _say_text(line, into)
            continue
        code = codes.get(id(line))
        row = form.row(code) if code is not None else None
        into.use(line.row, (line.label,))
        if line.rest is not None:
            _say_rest(line.rest, into)
        if row is None:
            _say_unplaced(line, into)
            continue
        _place_line(line, row, into, said)


def _say_text(line: Line, into: Placement) -> None:
    """A line of words only: the rest of a label, else left for the search of unused cells."""
    if any(label_tails(line.label.text)):
        _say_rest(line, into)


def _say_rest(line: Line, into: Placement) -> None:
    into.use(line.row, (line.label,))
    into.say("label_split", "info", f"“{line.label.text}” is a part of a label.", line.row.place(line.label))


def _say_unplaced(line: Line, into: Placement) -> None:
    into.use(line.row, line.cells)
    if not line.holds_values:
        return
    if line.kind != "local":
        into.say(
            "row_unplaced",
            "warning",
            f"A row of numbers has lost its label, or carries that of another row: {line.row.printed()}",
            line.row.place(),
        )
        return
    into.say(
        "local_row",
        "info",
        f"“{line.label.text}” is no row of the form; its values were left out: {line.row.printed()}",
        line.row.place(line.label),
    )


def _row_codes(lines: Sequence[Line], form: Form, into: Placement) -> dict[int, str]:
    items = [line for line in lines if line.kind in ("item", "lost")]
    known = {row.code for row in form.rows}
    found: list[str | Mark] = []
    for line in items:
        if line.reading is not None and line.reading.code in known:
            found.append(line.reading.code)
        else:
            found.append(Mark.LOST if line.kind == "lost" else Mark.LOCAL)
    order = [row.code for row in form.rows]
    filled = fill_by_order(_settled(items, found, order), order)
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
        elif line.reading is not None and line.reading.how in ("close", "prefix"):
            into.say("label_inexact", "info", f"“{line.label.text}” was read as {code}.", line.row.place(line.label))
    return codes


def _settled(items: Sequence[Line], found: Sequence[str | Mark], order: Sequence[str]) -> list[str | Mark]:
    """The labels without those that are contradicted inside their own grid; later grids may repeat the table."""
    settled: list[str | Mark] = []
    for _, group in groupby(range(len(items)), key=lambda index: items[index].row.grid.number):
        settled.extend(doubt_repeated([found[index] for index in group], order))
    return settled


def _place_line(line: Line, row: Row, into: Placement, said: set[int]) -> None:
    columns = {column.code: column for column in row.columns}
    order = list(columns)
    if all(cell.blank for cell in line.cells) and len(line.cells) < len(order):
        into.use(line.row, line.cells)
        into.say(
            "row_short",
            "warning",
            f"The row {row.code} has {len(line.cells)} of {len(order)} cells and nothing in them.",
            line.row.place(line.label),
        )
        return
    if line.head is None:
        cells = _as_many(line.cells, len(order), len(order))
        codes: Sequence[str | None] = order
        if cells is not None:
            _say_unlabelled(line, row, into)
    else:
        filled = fill_by_order(doubt_repeated([cell.code for cell in line.head.cells], order), order)
        codes = filled.codes
        cells = _under_head(line, line.head, complete=set(order) <= set(codes))
        if cells is not None:
            _say_filled(line.head, filled.by_order, codes, into, said)
        elif _is_part_of(line.head, order) and all(not cell.blank for cell in line.cells[: len(order)]):
            codes, cells = order, _as_many(line.cells, len(order), len(order))
            if cells is not None:
                _say_unlabelled(line, row, into)
    if cells is None and all(cell.blank for cell in line.cells):
        # Which empty cell belongs to which column does not matter.
        codes, cells = order, line.cells[: len(order)]
    if cells is None:
        _say_short(line, row, into)
        return
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


def _is_part_of(head: Head, order: Sequence[str]) -> bool:
    """True when all that the head shows are some of the form's columns in the form's order."""
    rest = iter(order)
    codes = [cell.code for cell in head.cells if cell.code is not Mark.LOST]
    return bool(codes) and all(isinstance(code, str) and code in rest for code in codes)


def _say_unlabelled(line: Line, row: Row, into: Placement) -> None:
    into.say(
        "column_labels_missing",
        "warning",
        f"Not every column of {row.code} has a label here; their number is the form's, so its order was taken.",
        line.row.place(),
    )


def _say_filled(
    head: Head, by_order: frozenset[int], codes: Sequence[str | None], into: Placement, said: set[int]
) -> None:
    """Say once per head cell that its label was lost."""
    for index in sorted(by_order):
        cell = head.cells[index]
        if id(cell) not in said:
            said.add(id(cell))
            into.use(head.row, (cell.cell,))
            into.say(
                "column_label_missing",
                "warning",
                f"A column has lost its label; it stands where the form has {codes[index]} and was read as that.",
                head.row.place(cell.cell),
            )


def _under_head(line: Line, head: Head, *, complete: bool) -> Sequence[TableCell] | None:
    """The line's value for each cell of the head; None when they cannot be told apart.

    ``complete`` says that the head has all columns of the form; only then may the line be wider or narrower.
    """
    positions = _positions(line.row, line.cells)
    edge = max(end for _, end in positions)
    if line.row.grid is not head.row.grid or edge != head.edge:
        return _as_many(line.cells, len(head.cells), head.count) if complete else None
    if not complete and not shows_blanks(head.row.grid):
        return None
    chosen: list[TableCell] = []
    below: list[TableCell] = []
    for head_cell in head.cells:
        under = [
            cell
            for cell, (start, _) in zip(line.cells, positions, strict=True)
            if head_cell.start <= start < head_cell.end
        ]
        filled = [cell for cell in under if not cell.blank]
        # One label over equal figures spans them, unless a label of the form is missing: then it may stand for that.
        alike = len({cell.text for cell in filled} if complete else filled) <= 1
        if not (under and alike):
            return None
        chosen.append(filled[0] if filled else under[0])
        below += under
    beside = [cell for cell in line.cells if cell not in below]
    if any(not cell.blank for cell in beside) or (beside and not complete):
        return None
    return chosen


def _as_many(cells: Sequence[TableCell], count: int, printed: int) -> Sequence[TableCell] | None:
    """The cells if there are as many as column labels: either all are filled, or all that are printed count."""
    last = max((index for index, cell in enumerate(cells, 1) if not cell.blank), default=0)
    return cells[:count] if last == count or (last < count and len(cells) == printed) else None


def _say_short(line: Line, row: Row, into: Placement) -> None:
    into.use(line.row, line.cells)
    into.mark_unreadable(row, row.columns, line.row)
    into.say(
        "row_unplaced",
        "warning",
        f"The row {row.code} has not as many cells as its block has columns, so its values were left out: "
        f"{line.row.printed()}",
        line.row.place(),
    )
