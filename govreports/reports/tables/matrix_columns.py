"""The requests table: which column of the form each column of values is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from govreports.issues import Place
from govreports.reports.forms import Column
from govreports.reports.labels import is_cut
from govreports.reports.model import TableCode
from govreports.reports.tables.facts import LEAST_CONFIDENCE, Placement
from govreports.reports.tables.matrix_rows import BodyRow, Part, filled_length
from govreports.reports.tables.order import Filled, Mark, agrees, doubt_repeated, fill_by_order
from govreports.reports.tables.segments import TableCell, TableRow, shows_blanks

_GEOMETRY_SHARE = 0.8
"""Share of labelled rows whose values must begin in the same column for columns to mean anything."""

_FEWEST_COUNTED = 3
"""Rows whose label stands aside from most others and that still have as many cells behind it."""


@dataclass(slots=True)
class Columns:
    """How the values of a part stand."""

    order: tuple[str | Mark, ...]
    """Code per value column from left to right."""
    at: tuple[int, ...] | None
    """Grid column per value column, None where only the order of cells counts."""


def columns_of(
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

    ``counted`` is what ``counts_behind_labels`` says of the whole table.
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


def counts_behind_labels(rows: Sequence[BodyRow]) -> bool:
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
    lengths = Counter(filled_length(row.values) for row in rows if row.reading is not None and row.holds_values)
    return lengths.most_common(1)[0][0] if lengths else 0


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
