"""The lines of a list of indicators: label, unit and figures, cut out of grids by their head or by what cells hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govreports.reports.forms import Form, Row
from govreports.reports.indicator_labels import FormLabels, head_role, is_total_word
from govreports.reports.numbers import UNITS, parse_value
from govreports.reports.tables.segments import TableCell, TableRow
from govreports.reports.text import folded

_LINE_NUMBER = 3
"""Digits that the number of a line may have."""
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
    def last(self) -> int:
        """The last column that a word stands over; 0 without words."""
        return max((place.end - 1 for place in self.places), default=0)

    @property
    def has_numbers(self) -> bool:
        """Whether a word stands over the numbers of lines."""
        return any(place.role == "number" for place in self.places)

    @property
    def has_units(self) -> bool:
        """Whether a word stands over the units."""
        return any(place.role == "unit" for place in self.places)

    @property
    def unit_is_first(self) -> bool:
        """Whether units stand in front of figures, so that a number in front of one is none."""
        roles = [place.role for place in self.places]
        return "unit" in roles and any(role not in _MARGINS for role in roles[roles.index("unit") :])

    @property
    def figures(self) -> tuple[Place, ...]:
        """The columns of figures."""
        return tuple(place for place in self.places if place.role not in _MARGINS)


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
        """The unit that the line prints, as it stands where it is none of the known; None for a stroke or nothing."""
        if self.unit is None or self.unit.blank or is_stroke(self.unit):
            return None
        return unit_of(self.unit) or self.unit.text

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


def unit_of(cell: TableCell) -> str | None:
    """The unit that a cell names, with or without brackets; None for any other text."""
    text = cell.text if cell.text in UNITS or cell.is_value else folded(cell.text).strip("()[]")
    return text if text in UNITS else None


def is_stroke(cell: TableCell) -> bool:
    """True for a stroke and words like it."""
    return parse_value(cell.text).status == "not_applicable"


def read_lines(rows: Sequence[TableRow], labels: FormLabels, head: Head | None) -> Listing:
    """The lines of a grid; ``head`` is that of the grid before, which holds where this one has none."""
    own, behind = _head_of(rows, labels)
    margins = [(row, cell) for row in rows[:behind] for cell in row.cells if not _is_figure(cell)]
    listing = Listing(margins=margins, head=own or head)
    for panel in panels(listing.head):
        for row in rows[behind:]:
            first = next((cell for cell in row.cells if not cell.blank), None)
            if first is None or head_role(first.text) == "filling":
                listing.margins += [(row, cell) for cell in row.cells]
            elif _fits(row, panel, labels.form):
                _read_by_column(row, panel, listing)
            elif panel.start == 1:
                _read_by_content(row, labels, listing)
    return listing


def _holds_figure(cell: TableCell) -> bool:
    return _is_figure(cell) and not cell.blank and not is_stroke(cell)


def _is_figure(cell: TableCell) -> bool:
    """True for what is no word: a figure, a stroke, nothing, the number of a line (01)."""
    return cell.is_value or cell.text.isdigit()


# --- the head --------------------------------------------------------------------------------------------------------


def _head_of(rows: Sequence[TableRow], labels: FormLabels) -> tuple[Head | None, int]:
    """The head of a grid, and how many rows it and what stands above it take."""
    for index, row in enumerate(rows):
        if any(labels.rows(cell.text) for cell in row.cells):
            break
        roles = {head_role(cell.text) for cell in row.cells if not cell.blank} - {None, "filling"}
        if len(roles) > 1:
            end = index + max(cell.cell.row_span for cell in row.cells)
            return _head(rows[index:end]), end
    return None, 0


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


def _fits(row: TableRow, head: Head, form: Form) -> bool:
    """Whether the row's columns are the head's: a rendering without spans may have dropped cells or joined lines."""
    if row.grid.spans_known:
        # A row that ends too early has lost a cell somewhere, and those behind it have moved.
        edge = max(cell.cell.column + cell.cell.column_span for cell in row.cells)
        whole = len(head.figures) >= len(_columns_of(form))
        return row.grid.width == head.width and edge > (head.last if whole else row.grid.width)
    if len(row.cells) != head.width:
        return False
    roles = {column: place.role for place in head.places for column in range(place.start, place.end)}
    return all(
        unit_of(cell) is not None or _is_figure(cell)
        for cell in row.cells
        if roles.get(cell.cell.column) in ("unit", "number")
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
        elif place.role == "number" or (place.role == "label" and _is_line_number(cell)):
            line.number = cell
        elif (place.role == "label" and _is_figure(cell)) or (place.role == "unit" and _holds_figure(cell)):
            surplus += () if cell.blank else (cell,)
        elif place.role == "label":
            labels.append(cell)
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
        is_label = not _is_figure(cell) and unit_of(cell) is None
        if is_label and behind:
            _close(row, words, behind, labels, into)
            words, behind = [], []
        if is_label and not labels.rows(cell.text) and _is_head_word(cell, into):
            _take_head_word(row, cell, into)
        elif is_label:
            words.append(cell)
        elif words or not cell.blank:
            behind.append(cell)
    _close(row, words, behind, labels, into)


def _is_head_word(cell: TableCell, into: Listing) -> bool:
    """True for a word of the head in front of all figures, or one that is printed again: 合计 may be a line, too."""
    role = head_role(cell.text)
    known = any((place.role, place.text) == (role, cell.text) for place in into.loose)
    return role is not None and (known or not any(line.figures or line.surplus for line in into.lines))


def _take_head_word(row: TableRow, cell: TableCell, into: Listing) -> None:
    """A word of the head in a run of cells: the columns of figures follow one another as their words do."""
    into.margins.append((row, cell))
    role = head_role(cell.text) or ""
    if all((place.role, place.text) != (role, cell.text) for place in into.loose):
        into.loose.append(Place(len(into.loose) + 1, len(into.loose) + 2, role, cell.text))
        into.head = Head(tuple(into.loose), len(into.loose))


def _close(
    row: TableRow, words: Sequence[TableCell], behind: Sequence[TableCell], labels: FormLabels, into: Listing
) -> None:
    """The line of some words and what stands behind them, if that can be told to columns."""
    head = panels(into.head)[0]
    asked = _columns_of(labels.form)
    columns = head.figures or asked
    numbered = head.has_numbers or _is_numbered(labels.form)
    line = ListLine(row, None)
    figures = list(behind)
    at = next((index for index, cell in enumerate(figures) if unit_of(cell) is not None), None)
    if at is not None and (figures[at + 1 :] or head.unit_is_first):
        line.unit, before, figures = figures[at], figures[:at], figures[at + 1 :]
        # In front of the unit may stand the line's number, and nothing else.
        if len(before) == 1 and _is_line_number(before[0]) and (numbered or not head.places):
            line.number = before[0]
        elif any(not cell.blank for cell in before):
            columns, figures = (), [*before, *figures]
    elif at is not None:
        line.unit, figures = figures[at], figures[:at]
        if numbered:
            # A figure in front of its unit, or the line's number in front of a figure that is lost.
            columns = ()
    else:
        if numbered and len(figures) > len(columns) and _is_line_number(figures[0]):
            line.number, figures = figures[0], figures[1:]
        elif numbered and figures and _is_line_number(figures[0]):
            columns = ()
        if figures and (figures[0].blank or is_stroke(figures[0])) and (head.has_units or not head.places):
            # The place of the unit, if none of the figures is lost.
            if len(figures) == len(columns) + 1:
                line.unit, figures = figures[0], figures[1:]
            elif any(_holds_figure(cell) for cell in figures):
                columns = ()
    whole = len(columns) >= len(asked) and len(figures) == len(columns)
    if whole or all(cell.blank or is_stroke(cell) for cell in figures):
        line.figures = tuple(zip(columns, figures, strict=False))
    else:
        # A word of the head is lost, or a cell: which figure is whose cannot be told.
        line.surplus = tuple(figures)
    # Only where spans are known does a word stand over the one behind it.
    nested = range(len(words)) if row.grid.spans_known else [0] * len(words)
    _add(line, list(zip(words, nested, strict=True)), into)


def _is_numbered(form: Form) -> bool:
    """Whether the form prints a number of two digits in every line."""
    return any(row.number is not None and row.number.isdigit() and len(row.number) > 1 for row in form.rows)


def _columns_of(form: Form) -> tuple[Place, ...]:
    """The columns of figures that every row of a form has."""
    columns = next(row.columns for row in form.rows if row.columns)
    codes = [column.code for column in columns if not column.optional]
    return tuple(Place(number, number + 1, code, "") for number, code in enumerate(codes, 1))


def _is_line_number(cell: TableCell) -> bool:
    return cell.text.isdigit() and len(cell.text) <= _LINE_NUMBER
