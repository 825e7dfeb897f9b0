"""The requests table: rows by outcome, columns by kind of applicant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from govreports.issues import Place
from govreports.reports.forms import Column, Form, Row, TableDefinition
from govreports.reports.labels import Reading, is_cut, label_tails, readings
from govreports.reports.model import TableCode
from govreports.reports.numbers import parse_value
from govreports.reports.tables.facts import LEAST_CONFIDENCE, Placement
from govreports.reports.tables.order import Filled, Mark, agrees, doubt_repeated, fill_by_order
from govreports.reports.tables.segments import Segment, TableCell, TableRow, shows_blanks

_GEOMETRY_SHARE = 0.8
"""Share of labelled rows whose values must begin in the same column for columns to mean anything."""

_FEWEST_COUNTED = 3
"""Rows whose label stands aside from most others and that still have as many cells behind it."""

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
    joined: bool = False

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


def place(definition: TableDefinition, form: Form, parts: Sequence[Part], into: Placement) -> None:
    """Place the values of a matrix."""
    columns_of_form = form.rows[0].columns
    body = _join_split_labels([row for part in parts for row in part.body], into)
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
    codes = _row_codes(body, form, into)
    counted = _counts_behind_labels(body)
    columns: Columns | None = None
    for part in parts:
        rows = [row for row in part.body if id(row) in kept]
        for head in part.head:
            into.use(head, head.cells)
        columns = _columns(part, rows, columns_of_form, into, columns, counted=counted)
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


def _join_split_labels(rows: list[BodyRow], into: Placement) -> list[BodyRow]:
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


def _row_codes(body: Sequence[BodyRow], form: Form, into: Placement) -> dict[int, str]:
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


@dataclass(slots=True)
class Columns:
    """How the values of a part stand."""

    order: tuple[str | Mark, ...]
    """Code per value column from left to right."""
    at: tuple[int, ...] | None
    """Grid column per value column, None where only the order of cells counts."""


def _columns(
    part: Part,
    rows: Sequence[BodyRow],
    columns: Sequence[Column],
    into: Placement,
    inherited: Columns | None,
    *,
    counted: bool,
) -> Columns | None:
    """Find out how a part's values stand, from its head, its labelled rows or the part before it."""
    start = _value_start(rows, part.head, into.table, counted=counted)
    order = [column.code for column in columns]
    by_order = _head_by_order(part, columns, into.table)
    if not any(isinstance(code, str) for _, code in by_order):
        return _columns_without_head(rows, order, start, into, inherited)
    if start is None and _is_ragged(rows, {len(by_order), len(order)}):
        return None
    if start is None:
        return _named(by_order, _usual_length(rows), order, rows, into)
    found = _head_by_column(part, into.table, start)
    labelled = (row for row in rows if row.reading is not None)
    edge = max(cell.cell.column + cell.cell.column_span for row in labelled for cell in row.row.cells)
    filled = fill_by_order(doubt_repeated([code for _, code in found], order), order)
    aside = any(cell.cell.column < start for row in part.head for cell in row.cells if _is_label(cell, into.table))
    if not aside and (
        _is_complete(filled.codes, order)
        or _is_whole(part, filled.codes, order, into.table, start=start, edge=edge)
        or (_is_rearranged(found, order) and _is_nested(part, columns, into.table))
    ):
        _say_columns(found, filled, into)
        codes = _or_marks(filled, found)
        return Columns(codes, tuple(range(start, start + len(codes))))
    # The head stands aside from the values below it: a cell of it was lost, or its spans were.
    complete = [code for _, code in by_order] == order
    if not complete or edge - start != len(order):
        counted_alike = _has_as_many(rows, len(order)) and (complete or agrees([code for _, code in found], order))
        return _named(by_order, _usual_length(rows), order, rows, into) if counted_alike else None
    message = "The head stands aside from the columns below it; its labels were read in their order."
    into.say("head_shifted", "warning", message, by_order[0][0])
    return Columns(tuple(order), tuple(range(start, edge)))


def _is_ragged(rows: Sequence[BodyRow], counts: Collection[int]) -> bool:
    """True when empty cells before labels stand for spans, but those behind labels do not show how many."""
    labelled = [row for row in rows if row.reading is not None]
    # One or two such rows are the first ones behind a page break.
    spans_shown = sum(row.row.cells[0].blank for row in labelled) > 2
    counted = max(sum(len(row.values) == count for row in labelled) for count in counts)
    return spans_shown and counted < _GEOMETRY_SHARE * len(labelled)


def _is_complete(codes: Sequence[str | None], order: Sequence[str]) -> bool:
    """True for all columns of the form in its order; others may stand between them."""
    return [code for code in codes if code is not None] == list(order)


def _is_rearranged(found: Sequence[tuple[Place, str | Mark]], order: Sequence[str]) -> bool:
    """True for a head with each label of the form over a column of its own, in the body's own order."""
    return sorted(str(code) for _, code in found) == sorted(order)


def _is_nested(part: Part, columns: Sequence[Column], table: TableCode) -> bool:
    """True when the columns of a group, and no others, stand below the group's title.

    Where no title is printed, none was lost only if all labels stand in one row: else those beside a lost title have
    moved to its place.
    """
    group_of = {column.code: column.group for column in columns}
    titles = [
        (cell.cell, heading.code)
        for row in part.head
        for cell in row.cells
        if (heading := cell.reading(table, "heading")) is not None and heading.code in group_of.values()
    ]
    labels = [
        (row.number, cell.cell.column, reading.code)
        for row in part.head
        for cell in row.cells
        if (reading := cell.reading(table, "column")) is not None
    ]
    if not titles:
        return len({row for row, _, _ in labels}) == 1
    return all(
        (title.column <= column < title.column + title.column_span) == (group_of[code] == group)
        for title, group in titles
        for _, column, code in labels
    )


def _has_as_many(rows: Sequence[BodyRow], count: int) -> bool:
    """True when nearly all labelled rows have that many cells behind the label, wherever it stands."""
    labelled = [row for row in rows if row.reading is not None]
    return sum(len(row.values) == count for row in labelled) >= _GEOMETRY_SHARE * len(labelled)


def _is_whole(
    part: Part, codes: Sequence[str | None], order: Sequence[str], table: TableCode, *, start: int, edge: int
) -> bool:
    """True when a head without some of the form's columns stands exactly above the values: the columns were left out.

    Otherwise a cell of the head may have been lost and its labels have moved.
    """
    labels = [cell.cell for row in part.head for cell in row.cells if _is_label(cell, table)]
    return (
        list(codes) == [code for code in order if code in codes]
        and min(cell.column for cell in labels) == start
        and max(cell.column + cell.column_span for cell in labels) == edge
    )


def _say_columns(found: Sequence[tuple[Place, str | Mark]], filled: Filled, into: Placement) -> None:
    for index, (at, code) in enumerate(found):
        if index in filled.by_order:
            message = (
                f"A column has lost its label; it stands where the form has {filled.codes[index]} and was read as that."
            )
            into.say("column_label_missing", "warning", message, at)
        elif code is Mark.LOCAL:
            into.say("local_column", "info", "A column that is not the form's was left out.", at)


def _or_marks(filled: Filled, found: Sequence[tuple[Place, str | Mark]]) -> tuple[str | Mark, ...]:
    """The codes; where there is none, what stands there instead."""
    return tuple(
        code if code is not None else (Mark.LOST if isinstance(mark, str) else mark)
        for code, (_, mark) in zip(filled.codes, found, strict=True)
    )


def _named(
    found: Sequence[tuple[Place, str | Mark]],
    usual: int,
    order: Sequence[str],
    rows: Sequence[BodyRow],
    into: Placement,
) -> Columns | None:
    """Columns of a rendering in which only the order of cells counts."""
    settled = doubt_repeated([code for _, code in found], order)
    filled = fill_by_order(settled, order)
    codes = _or_marks(filled, found)
    certain = _is_complete(filled.codes, order) and len(found) == len(order)
    known = [code for code in codes if isinstance(code, str)]
    left_out = Mark.LOST not in codes and known == [code for code in order if code in known]
    if certain or (left_out and _has_one_length(rows, len(found))):
        if usual > len(found):
            return None
        _say_columns(found, filled, into)
        return Columns(codes, None)
    if usual == len(order) and (agrees(settled, order) or _is_complete(filled.codes, order)):
        message = (
            f"The head's {len(found)} labels are not the form's {len(order)}; the values were read in the form's order."
        )
        into.say("column_label_missing", "warning", message, rows[0].row.place())
        return Columns(tuple(order), None)
    return None


def _has_one_length(rows: Sequence[BodyRow], count: int) -> bool:
    """True when rows leave no doubt that columns were left out: exactly that many cells, empty ones shown."""
    valued = [row for row in rows if row.reading is not None and row.values]
    return bool(valued) and shows_blanks(valued[0].row.grid) and all(len(row.values) == count for row in valued)


def _value_start(rows: Sequence[BodyRow], head: Sequence[TableRow], table: TableCode, *, counted: bool) -> int | None:
    """The grid column in which the values of (nearly) all labelled rows begin, None when they differ.

    ``counted`` is what ``_counts_behind_labels`` says of the whole table.
    """
    labelled = [row for row in rows if row.reading is not None]
    starts = Counter(row.label.cell.column + row.label.cell.column_span for row in labelled if row.label is not None)
    if not starts:
        return None
    start = starts.most_common(1)[0][0]
    agreeing = sum(_leads_to(row, start) for row in labelled)
    if labelled[0].row.grid.spans_known:
        return start if agreeing >= _GEOMETRY_SHARE * len(labelled) else None
    if counted:
        return None
    if _keeps_columns(rows) and agreeing >= _GEOMETRY_SHARE * len(labelled):
        return start
    below = min((cell.cell.column for row in head for cell in row.cells if _is_label(cell, table)), default=0)
    one_width = len({len(row.cells) for row in (*head, *(row.row for row in rows))}) == 1
    return below if below and one_width and all(_leads_to(row, below) for row in labelled) else None


def _leads_to(row: BodyRow, start: int) -> bool:
    """True when nothing is printed between the row's label and the column in which values begin."""
    assert row.label is not None
    own = row.label.cell.column
    return own < start and all(cell.blank for cell in row.values if cell.cell.column < start)


def _counts_behind_labels(rows: Sequence[BodyRow]) -> bool:
    """True when labels stand in several columns and the same number of cells behind each: no cell is there for a span.

    Where spans leave empty cells, a label further left has more cells behind it.
    """
    labelled = [row for row in rows if row.reading is not None]
    if not labelled or any(row.row.grid.spans_known for row in labelled):
        return False
    usual, share = Counter(len(row.values) for row in labelled).most_common(1)[0]
    columns = Counter(row.label.cell.column for row in labelled if row.label is not None and len(row.values) == usual)
    return share >= _GEOMETRY_SHARE * len(labelled) and share - columns.most_common(1)[0][1] >= _FEWEST_COUNTED


def _keeps_columns(rows: Sequence[BodyRow]) -> bool:
    """True for renderings that print an empty cell wherever a span covers one, so that columns stay columns."""
    lengths = Counter(len(row.row.cells) for row in rows)
    usual = lengths.most_common(1)[0][1]
    return usual >= _GEOMETRY_SHARE * len(rows) and 2 * sum(row.row.cells[0].blank for row in rows) >= len(rows)


def _usual_length(rows: Sequence[BodyRow]) -> int:
    lengths = Counter(_filled_length(row.values) for row in rows if row.reading is not None and row.holds_values)
    return lengths.most_common(1)[0][0] if lengths else 0


def _filled_length(cells: Sequence[TableCell]) -> int:
    return max((index for index, cell in enumerate(cells, 1) if not cell.blank), default=0)


def _in_own_words(part: Part, table: TableCode) -> frozenset[str]:
    """Columns that the head prints in the form's own words: 合计 beside 总计 is then a sum of its own."""
    return frozenset(
        column.code
        for row in part.head
        for cell in row.cells
        if (column := cell.reading(table, "column")) is not None and column.how == "exact" and not column.alias
    )


def _head_code(cell: TableCell | None, table: TableCode, own_words: Collection[str]) -> str | Mark:
    """What a cell of the head says of its column; ``own_words`` is what ``_in_own_words`` found."""
    if cell is None or cell.is_value:
        return Mark.LOST
    column = cell.reading(table, "column")
    if column is not None:
        return Mark.LOCAL if column.alias and column.code in own_words else column.code
    if cell.cell.confidence is not None and cell.cell.confidence < LEAST_CONFIDENCE:
        return Mark.LOST
    heading = cell.reading(table, "heading")
    return Mark.LOST if (heading is not None and heading.how != "close") or is_cut(cell.text) else Mark.LOCAL


def _head_by_column(part: Part, table: TableCode, start: int) -> list[tuple[Place, str | Mark]]:
    """Per grid column from ``start``: the lowest label of the head above it."""
    lowest: dict[int, tuple[TableRow, TableCell]] = {}
    for row in part.head:
        for cell in row.cells:
            if cell.blank:
                continue
            for column in range(cell.cell.column, cell.cell.column + cell.cell.column_span):
                lowest[column] = (row, cell)
    width = part.head[0].grid.width
    used = [cell.cell.column for row in part.body for cell in row.row.cells if not cell.blank]
    last = max((*used, *(column for column, (_, cell) in lowest.items() if _is_label(cell, table))))
    own_words = _in_own_words(part, table)
    found: list[tuple[Place, str | Mark]] = []
    for column in range(start, min(last, width) + 1):
        label = lowest.get(column)
        row = label[0] if label is not None else part.head[-1]
        at = Place(row.grid.number, row.number, column, row.grid.page)
        found.append((at, _head_code(label[1] if label is not None else None, table, own_words)))
    return found


def _is_label(cell: TableCell, table: TableCode) -> bool:
    return cell.reading(table, "column") is not None


def _head_by_order(part: Part, columns: Sequence[Column], table: TableCode) -> list[tuple[Place, str | Mark]]:
    """The head's labels in the order of their columns, where a rendering dropped the spans.

    Such a head is printed level by level: the labels of a group stand in a later row than the group's title.
    """
    group_of = {column.code: column.group for column in columns}
    groups = {column.group for column in columns if column.group}
    if (one_line := _head_of_one_line(part, groups, table)) is not None:
        return one_line
    upper: list[tuple[Place, str | Mark]] = []
    lower: list[tuple[Place, str | Mark]] = []
    level = upper
    insert_at: int | None = None
    own_words = _in_own_words(part, table)
    for row in part.head:
        pending: list[tuple[Place, str | Mark]] = []
        behind: list[tuple[Place, str | Mark]] | None = None
        for cell in row.cells:
            heading = cell.reading(table, "heading")
            if cell.blank or (heading is not None and heading.code not in groups):
                continue
            if heading is not None:
                upper.extend(pending)
                pending = []
                insert_at = len(upper)
                continue
            code = _head_code(cell, table, own_words)
            if isinstance(code, str):
                level = lower if group_of.get(code) else upper
                if behind is upper and level is lower:
                    # Levels run together: whether a column between them is of the upper or the lower one is lost.
                    pending = [(at, Mark.LOST) for at, _ in pending]
                behind = level
                level.extend((*pending, (row.place(cell), code)))
                pending = []
            elif upper or lower:
                pending.append((row.place(cell), code))
        # What stands behind the last label of a line is of its level.
        level.extend(pending)
    if insert_at is None:
        order = list(group_of)
        first = min((order.index(code) for _, code in lower if isinstance(code, str)), default=0)
        insert_at = sum(isinstance(code, str) and order.index(code) < first for _, code in upper)
        if insert_at < len(upper) and isinstance(upper[insert_at][1], Mark):
            # The group may stand on either side of such a column.
            upper[insert_at] = (upper[insert_at][0], Mark.LOST)
    return [*upper[:insert_at], *lower, *upper[insert_at:]]


def _head_of_one_line(part: Part, groups: Collection[str], table: TableCode) -> list[tuple[Place, str | Mark]] | None:
    """The labels as printed behind the line's title, where all stand in one line without the title of a group."""
    rows = [row for row in part.head if any(_is_label(cell, table) for cell in row.cells)]
    headings = (cell.reading(table, "heading") for row in part.head for cell in row.cells)
    if len(rows) != 1 or any(heading is not None and heading.code in groups for heading in headings):
        return None
    (row,) = rows
    own_words = _in_own_words(part, table)
    first = next(index for index, cell in enumerate(row.cells) if _is_label(cell, table))
    return [
        (row.place(cell), _head_code(cell, table, own_words))
        for index, cell in enumerate(row.cells)
        if index >= min(first, 1) and (index < first or not cell.blank)
    ]


def _columns_without_head(
    rows: Sequence[BodyRow], order: Sequence[str], start: int | None, into: Placement, inherited: Columns | None
) -> Columns | None:
    """A part without column labels goes on as the part before it, else it must have the form's number of columns."""
    if not rows:
        return inherited
    if start is None:
        count = most = _usual_length(rows)
    else:
        cells = [cell.cell for row in rows for cell in row.row.cells]
        count = max(cell.column for cell in cells if cell.text) - start + 1
        most = max(cell.column + cell.column_span for cell in cells) - start
    if inherited is not None and (count <= len(inherited.order) <= most or (start is None and count)):
        at = None if start is None else tuple(range(start, start + len(inherited.order)))
        return Columns(inherited.order, at)
    if count != len(order):
        return None
    message = "The columns have no labels here; their number is the form's, so they were read in its order."
    into.say("column_labels_missing", "warning", message, rows[0].row.place())
    return Columns(tuple(order), None if start is None else tuple(range(start, start + count)))


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
    full = _filled_length(cells) == count and not any(cell.blank for cell in cells[:count])
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
        elif _filled_length(cells) == count + 1:
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
