"""The lines of a list of indicators: label, unit and figures, cut out of grids by their head or by what cells hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govreports.reports.forms import Row
from govreports.reports.indicator_labels import FormLabels, head_role, is_total_word
from govreports.reports.numbers import UNITS, parse_value
from govreports.reports.tables.segments import TableCell, TableRow

_MARGINS = ("label", "unit", "number", "remark", "filling")
"""Roles of a head's words that stand over no figures."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the head and the columns that it stands over (from ``start`` up to ``end``, which is not included)."""

    start: int
    end: int
    role: str
    """``label``, ``unit``, ``number``, the code of a column, or ``local`` for a column of the body's own."""
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a list, the columns of the grid that it reaches over, and the grid's width."""

    places: tuple[Place, ...]
    width: int
    start: int = 1
    end: int = 1 << 12

    @property
    def figures(self) -> tuple[Place, ...]:
        """The columns of figures."""
        return tuple(place for place in self.places if place.role not in _MARGINS)


VALUE = Place(1, 2, "value", "")
"""The column of figures of a list without a head."""


@dataclass(slots=True, eq=False)
class ListLine:
    """One line: its label, unit and figures by column."""

    row: TableRow
    label: TableCell | None
    """None where figures stand alone."""
    unit: TableCell | None = None
    number: TableCell | None = None
    figures: tuple[tuple[Place, TableCell], ...] = ()
    nested: int = 0
    """Columns of labels to the left of its own."""
    surplus: tuple[TableCell, ...] = ()
    """Cells with figures that cannot be told to columns."""
    rows: tuple[Row, ...] = ()
    """The rows of the form that have its label."""
    rest: ListLine | None = None
    """The line that holds the other half of a label which a page break cut in two."""

    @property
    def text(self) -> str:
        """The label, cleaned."""
        upper, rest = self.label, self.rest.label if self.rest is not None else None
        return (upper.text if upper is not None else "") + (rest.text if rest is not None else "")

    @property
    def printed_unit(self) -> str | None:
        """The unit that stands in the line, None where there is none or a stroke."""
        return self.unit.text if self.unit is not None and self.unit.text in UNITS else None

    @property
    def is_empty(self) -> bool:
        """True when nothing but strokes stands where figures should."""
        return not self.surplus and all(cell.blank or is_stroke(cell) for _, cell in self.figures)


@dataclass(slots=True)
class Listing:
    """The lines of one grid."""

    lines: list[ListLine] = field(default_factory=list)
    margins: list[tuple[TableRow, TableCell]] = field(default_factory=list)
    """Cells of the head, above it, and of who filled the table."""
    head: Head | None = None
    loose: list[Place] = field(default_factory=list)
    """Words of a head in the order of reading, where a rendering did not keep them in a row."""


def is_stroke(cell: TableCell) -> bool:
    """True for a stroke and words like it."""
    return parse_value(cell.text).status == "not_applicable"


def read_lines(rows: Sequence[TableRow], labels: FormLabels, head: Head | None) -> Listing:
    """The lines of a grid; ``head`` is that of the grid before, which holds where this one has none."""
    own, above, behind = _head_of(rows, labels)
    listing = Listing(head=own or head)
    listing.margins += [(row, cell) for row in rows[:above] for cell in row.cells if not _is_figure(cell)]
    listing.margins += [(row, cell) for row in rows[above:behind] for cell in row.cells]
    for panel in panels(listing.head):
        for row in rows[behind:]:
            first = next((cell for cell in row.cells if not cell.blank), None)
            if first is None or head_role(first.text) == "filling":
                listing.margins += [(row, cell) for cell in row.cells]
            elif _fits(row, panel):
                _read_by_column(row, panel, listing)
            elif panel.start == 1:
                _read_by_content(row, labels, listing)
    return listing


def _is_figure(cell: TableCell) -> bool:
    """True for what is no word: a figure, a stroke, nothing, the number of a line (01)."""
    return cell.is_value or cell.text.isdigit()


# --- the head --------------------------------------------------------------------------------------------------------


def _head_of(rows: Sequence[TableRow], labels: FormLabels) -> tuple[Head | None, int, int]:
    """The head of a grid, with the numbers of rows above it and up to its end."""
    for index, row in enumerate(rows):
        if any(labels.rows(cell.text) for cell in row.cells):
            break
        roles = {head_role(cell.text) for cell in row.cells if not cell.blank} - {None, "filling"}
        if len(roles) > 1:
            end = index + max(cell.cell.row_span for cell in row.cells)
            return _head(rows[index:end]), index, end
    return None, 0, 0


def _head(rows: Sequence[TableRow]) -> Head:
    """Words over columns; of two, one below the other, the lower one tells more."""
    words: dict[int, TableCell] = {}
    for row in rows:
        for cell in row.cells:
            for column in range(cell.cell.column, cell.cell.column + cell.cell.column_span):
                if not cell.blank or column not in words:
                    words[column] = cell
    places: list[Place] = []
    above: TableCell | None = None
    for column, cell in sorted(words.items()):
        if cell is above:
            places[-1] = replace(places[-1], end=column + 1)
            continue
        above = cell
        # No word stands over a further column of labels.
        role = "label" if cell.blank and (not places or places[-1].role == "label") else head_role(cell.text)
        places.append(Place(column, column + 1, role or "local", cell.text))
    return Head(tuple(places), rows[0].grid.width if rows[0].grid.spans_known else len(words))


def panels(head: Head | None) -> list[Head]:
    """The heads of the lists that stand side by side in a grid: one begins anew behind the figures of another."""
    if head is None:
        return [Head((), 0)]
    parts: list[list[Place]] = [[]]
    for place in head.places:
        if place.role == "label" and any(before.role not in _MARGINS for before in parts[-1]):
            parts.append([])
        parts[-1].append(place)
    starts = [1, *(part[0].start for part in parts[1:])]
    ends = [*starts[1:], head.end]
    return [
        Head(_without_doubtful(part), head.width, start, end)
        for part, start, end in zip(parts, starts, ends, strict=True)
    ]


def _without_doubtful(places: Sequence[Place]) -> tuple[Place, ...]:
    """Two columns of one meaning, as of two years: which is the report's is not said, so both keep their words."""
    counts = Counter(place.role for place in places)
    return tuple(
        replace(place, role="local") if counts[place.role] > 1 and place.role not in _MARGINS else place
        for place in places
    )


# --- the lines below it ----------------------------------------------------------------------------------------------


def _fits(row: TableRow, head: Head) -> bool:
    """Whether the row's columns are the head's: a rendering without spans may have dropped cells or joined lines."""
    if row.grid.spans_known:
        return row.grid.width == head.width
    if len(row.cells) != head.width:
        return False
    roles = {column: place.role for place in head.places for column in range(place.start, place.end)}
    return all(
        cell.text in UNITS or _is_figure(cell)
        for cell in row.cells
        if roles.get(cell.cell.column, "label") in ("unit", "number")
    )


def _read_by_column(row: TableRow, head: Head, into: Listing) -> None:
    line = ListLine(row, None)
    labels: list[TableCell] = []
    figures: list[tuple[Place, TableCell]] = []
    surplus: list[TableCell] = []
    for cell in row.cells:
        if not head.start <= cell.cell.column < head.end:
            continue
        place = next((one for one in head.places if one.start <= cell.cell.column < one.end), None)
        if place is None:
            surplus += () if cell.blank else (cell,)
        elif place.role == "number" or (place.role == "label" and _is_figure(cell) and not cell.blank):
            line.number = cell
        elif place.role == "label":
            labels += () if cell.blank else (cell,)
        elif place.role == "unit":
            line.unit = cell
        elif place.role not in _MARGINS:
            beside = figures[-1][1] if figures and figures[-1][0] is place else None
            if beside is None:
                figures.append((place, cell))
            elif beside.blank:
                figures[-1] = (place, cell)
            elif not cell.blank:
                surplus.append(cell)
    line.figures, line.surplus = tuple(figures), tuple(surplus)
    first = min((place.start for place in head.places if place.role == "label"), default=1)
    _add(line, [(cell, cell.cell.column - first) for cell in labels], into)


def _add(line: ListLine, labels: Sequence[tuple[TableCell, int]], into: Listing) -> None:
    """Add a line; of several labels in a row the last is its own, the others stand above it."""
    if len(labels) > 1 and is_total_word(labels[-1][0].text):
        into.margins.append((line.row, labels[-1][0]))
        labels = labels[:-1]
    for cell, nested in labels[:-1]:
        into.lines.append(ListLine(line.row, cell, nested=nested))
    if labels:
        line.label, line.nested = labels[-1]
    if labels or line.number is not None or line.surplus or any(not cell.blank for _, cell in line.figures):
        into.lines.append(line)


def _read_by_content(row: TableRow, labels: FormLabels, into: Listing) -> None:
    """A row whose columns mean nothing, or several run together: words are labels, what follows is unit and figures."""
    words: list[TableCell] = []
    behind: list[TableCell] = []
    for cell in row.cells:
        is_label = not _is_figure(cell) and cell.text not in UNITS
        if is_label and behind:
            _close(row, words, behind, into)
            words, behind = [], []
        if is_label and head_role(cell.text) is not None and not labels.rows(cell.text):
            _take_head_word(row, cell, into)
        elif is_label:
            words.append(cell)
        elif words or not cell.blank:
            behind.append(cell)
    _close(row, words, behind, into)


def _take_head_word(row: TableRow, cell: TableCell, into: Listing) -> None:
    """A word of the head in a run of cells: the columns of figures follow one another as their words do."""
    into.margins.append((row, cell))
    role = head_role(cell.text) or ""
    if all((place.role, place.text) != (role, cell.text) for place in into.loose):
        into.loose.append(Place(len(into.loose) + 1, len(into.loose) + 2, role, cell.text))
        into.head = Head(tuple(into.loose), len(into.loose))


def _close(row: TableRow, words: Sequence[TableCell], behind: Sequence[TableCell], into: Listing) -> None:
    """The line of some words and what stands behind them, if that can be told to columns."""
    columns = panels(into.head)[0].figures or (VALUE,)
    line = ListLine(row, None)
    figures = list(behind)
    at = next((index for index, cell in enumerate(figures) if cell.text in UNITS), None)
    if at is not None and figures[at + 1 :]:
        # In front of the unit stands the line's number.
        line.unit, line.number = figures[at], figures[at - 1] if at else None
        figures = figures[at + 1 :]
    elif at is not None:
        line.unit, figures = figures[at], figures[:at]
    elif len(figures) == len(columns) + 1 and (figures[0].blank or is_stroke(figures[0])):
        line.unit, figures = figures[0], figures[1:]
    if len(figures) == len(columns) or all(cell.blank or is_stroke(cell) for cell in figures):
        line.figures = tuple(zip(columns, figures, strict=False))
    else:
        line.surplus = tuple(figures)
    _add(line, [(cell, nested) for nested, cell in enumerate(words)], into)
