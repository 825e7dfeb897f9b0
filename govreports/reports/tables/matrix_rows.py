"""The requests table: its rows, which of them are head, and which row of the form each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from govreports.reports.forms import Form, TableDefinition
from govreports.reports.labels import Reading, label_tails, readings
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.order import Mark, doubt_repeated, fill_by_order
from govreports.reports.tables.segments import Segment, TableCell, TableRow

_FEWEST_TOGETHER = 3
"""Columns that stand before the label of a row before they count as a head in the same line."""


@dataclass(slots=True)
class BodyRow:
    """A row below the head: what its label says and the cells behind the label."""

    row: TableRow
    label: TableCell | None
    reading: Reading | None
    values: tuple[TableCell, ...]
    words: tuple[TableCell, ...]
    """Cells with words that are no label of the form."""
    headings: tuple[TableCell, ...]

    @property
    def holds_values(self) -> bool:
        """True when a number or stroke stands behind the label."""
        return any(cell.is_filled for cell in self.values)


@dataclass(slots=True)
class Part:
    """The rows of the table in one grid: head and body."""

    head: list[TableRow] = field(default_factory=list)
    body: list[BodyRow] = field(default_factory=list)


def body_labels(segment: Segment, definition: TableDefinition) -> tuple[list[Part], Counter[str]]:
    """Split a segment into parts and read its row labels; the counter holds editions that labels speak for."""
    parts: list[Part] = []
    group = ""
    last_grid = None
    for row in [piece for printed in segment.rows for piece in _cut_head(printed, definition)]:
        if row.grid is not last_grid:
            parts.append(Part())
            last_grid = row.grid
        part = parts[-1]
        if _is_head(row, definition, in_body=bool(part.body)):
            if part.body:
                # The head printed again on a new page.
                part = Part()
                parts.append(part)
            part.head.append(row)
            continue
        body, group = _body_row(row, definition, group)
        part.body.append(body)
    bodies = [body for part in parts for body in part.body]
    for body, below in pairwise(bodies):
        _doubt_group_title(body, below, definition)
    return parts, _votes(bodies, definition)


def _cut_head(row: TableRow, definition: TableDefinition) -> Iterator[TableRow]:
    """A head and the first row below it, where a rendering without row marks ran them together."""
    first = 0
    if len(row.labels) > _FEWEST_TOGETHER:
        first = next((index for index, cell in enumerate(row.cells) if _sure_row(cell, definition)), 0)
    columns = {column.code for cell in row.cells[:first] if (column := cell.reading(definition.table, "column"))}
    if len(columns) >= _FEWEST_TOGETHER:
        yield TableRow.of(row.grid, row.number, row.cells[:first])
        yield TableRow.of(row.grid, row.number, row.cells[first:])
    else:
        yield row


def _doubt_group_title(row: BodyRow, below: BodyRow, definition: TableDefinition) -> None:
    """A title with a row of numbers below it that has no label is the title of a group whose labels were lost."""
    title = row.label is not None and row.label.reading(definition.table, "heading") is not None
    if title and row.label is not None and below.holds_values and below.label is None and not below.words:
        row.headings, row.label, row.reading = (*row.headings, row.label), None, None


def _votes(rows: Sequence[BodyRow], definition: TableDefinition) -> Counter[str]:
    votes: Counter[str] = Counter()
    for row in rows:
        if row.reading is not None and row.reading.editions != frozenset(definition.editions):
            for edition in row.reading.editions:
                votes[edition] += 2 if row.reading.signature else 1
    return votes


def _is_head(row: TableRow, definition: TableDefinition, *, in_body: bool) -> bool:
    table = definition.table
    # A label printed again in every column that it spans is one label.
    columns = len({reading.code for cell in row.labels if (reading := cell.reading(table, "column")) is not None})
    if any(_sure_row(cell, definition) for cell in row.labels):
        return False
    if columns >= 2:
        return row.filled <= columns
    if in_body:
        return False
    words = [cell for cell in row.cells if not cell.is_value]
    title = any(cell.reading(table, "heading") for cell in words)
    return (title and row.filled < 2) or columns > row.filled


def _sure_row(cell: TableCell, definition: TableDefinition) -> bool:
    """A label that can be a row of this table and no column: one of the body, not of the head."""
    return cell.reading(definition.table, "row") is not None and cell.reading(definition.table, "column") is None


def _body_row(row: TableRow, definition: TableDefinition, group: str) -> tuple[BodyRow, str]:
    """Find the row's own label: the last one before its values that can be a row here."""
    table = definition.table
    label: TableCell | None = None
    reading: Reading | None = None
    headings: list[TableCell] = []
    words: list[TableCell] = []
    for cell in row.cells:
        if cell.is_value:
            continue
        found = cell.reading(table, "row")
        heading = cell.reading(table, "heading")
        if heading is not None:
            group = heading.code
            headings.append(cell)
        if found is not None and found.within is not None and found.within != group:
            found = None
        if found is not None:
            label, reading = cell, found
        elif heading is None:
            words.append(cell)
    if label is not None and label in headings:
        # A group's title is a row of its own only where nothing stands between it and its values.
        if label.cell.row_span == 1 and not words:
            headings.remove(label)
        else:
            label, reading = None, None
    if reading is not None:
        # Rows tell their group, too, where its title was lost.
        group = "" if reading.code == "outcome_total" else _group_of(reading, definition) or group
    if words and label is not None:
        words = [cell for cell in words if cell.cell.column > label.cell.column]
    start = row.cells.index(label) + 1 if label is not None else _first_after(row, headings)
    return BodyRow(row, label, reading, row.cells[start:], tuple(words), tuple(headings)), group


def _group_of(reading: Reading, definition: TableDefinition) -> str | None:
    return next(row.group for _, row in definition.rows if row.code == reading.code)


def _first_after(row: TableRow, cells: Sequence[TableCell]) -> int:
    return max((row.cells.index(cell) + 1 for cell in cells), default=0)


def join_split_labels(rows: list[BodyRow], into: Placement) -> list[BodyRow]:
    """Undo labels that a page break cut in two; rows that hold only the rest of a label are dropped.

    Halves that make a label of the form are that label, whatever one of them resembles alone.
    """
    kept: list[BodyRow] = []
    for row in rows:
        rest = _inexact_label(row)
        above = kept[-1] if kept else None
        if rest is not None and above is not None and not (row.holds_values and above.holds_values):
            upper = above.label or next(iter((*reversed(above.words), *reversed(above.headings))), None)
            whole = _whole_label(upper, rest) if upper is not None else None
            if upper is not None and whole is not None:
                into.use(row.row, (rest,))
                into.say(
                    "label_split", "info", f"The label “{upper.text}” goes on in the next row.", row.row.place(rest)
                )
                if row.holds_values:
                    row.label, row.reading, row.words, row.headings = rest, whole, (), ()
                    row.values = row.row.cells[row.row.cells.index(rest) + 1 :]
                    into.use(above.row, above.row.cells)
                    kept.pop()
                    kept.append(row)
                else:
                    above.label, above.reading, above.words = upper, whole, ()
                continue
        if rest is not None and row.reading is None and not row.holds_values and any(label_tails(rest.text)):
            into.use(row.row, row.row.cells)
            into.say(
                "label_split",
                "warning",
                f"“{rest.text}” is the end of a label whose beginning and values are missing here.",
                row.row.place(rest),
            )
            continue
        kept.append(row)
    return kept


def _inexact_label(row: BodyRow) -> TableCell | None:
    """The row's only words that are no label as the form prints it."""
    words = [
        cell for cell in row.row.cells if not cell.is_value and not any(found.how == "exact" for found in cell.readings)
    ]
    return words[0] if len(words) == 1 and (row.label is None or row.label is words[0]) else None


def _whole_label(upper: TableCell, rest: TableCell) -> Reading | None:
    """The row whose label the two halves make."""
    return next(
        (found for found in readings(upper.text + rest.text) if found.role == "row" and found.how == "exact"), None
    )


def row_codes(body: Sequence[BodyRow], form: Form, into: Placement) -> dict[int, str]:
    """The form's row for each body row, by label, else by order between labelled rows."""
    order = [row.code for row in form.rows]
    candidates: list[BodyRow] = []
    found: list[str | Mark] = []
    seen: set[str] = set()
    for _, group in groupby(body, key=lambda row: row.row.grid.number):
        rows = [row for row in group if row.reading is not None or row.holds_values]
        marks = doubt_repeated([_row_mark(row) for row in _without_repeated(rows)], order)
        for row, mark in zip(_without_repeated(rows), marks, strict=True):
            candidates.append(row)
            # A later grid that prints rows again is compared with the first; it says nothing of the order here.
            found.append(Mark.LOCAL if mark in seen else mark)
            if mark is Mark.LOST:
                row.reading = None
        seen.update(mark for mark in marks if isinstance(mark, str))
    filled = fill_by_order(found, order)
    codes = {id(row): row.reading.code for row in body if row.reading is not None}
    for index, row in enumerate(candidates):
        code = filled.codes[index]
        if row.reading is not None:
            if row.reading.how in ("close", "prefix") and row.label is not None:
                into.say(
                    "label_inexact",
                    "info",
                    f"“{row.label.text}” was read as {row.reading.code}.",
                    row.row.place(row.label),
                )
        elif code is not None:
            codes[id(row)] = code
            into.use(row.row, row.row.cells)
            into.say(
                "label_missing",
                "warning",
                f"The row has lost its label; it stands where the form has {code} and was read as that.",
                row.row.place(),
            )
    return codes


def _row_mark(row: BodyRow) -> str | Mark:
    if row.reading is not None:
        return row.reading.code
    return Mark.LOCAL if row.words else Mark.LOST


def _without_repeated(rows: Sequence[BodyRow]) -> list[BodyRow]:
    """The rows without those that print the row above them once more, as page breaks do."""
    kept: list[BodyRow] = []
    for row in rows:
        above = kept[-1] if kept else None
        if (
            above is None
            or row.reading is None
            or above.reading is None
            or row.reading.code != above.reading.code
            or [cell.text for cell in row.values] != [cell.text for cell in above.values]
        ):
            kept.append(row)
    return kept


def filled_length(cells: Sequence[TableCell]) -> int:
    """How many cells there are without the empty ones at the end."""
    return max((index for index, cell in enumerate(cells, 1) if not cell.blank), default=0)
