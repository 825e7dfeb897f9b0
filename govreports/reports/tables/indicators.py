"""Lists of indicators, which reports of the years before 2019 have instead of the statutory tables.

A line is the form's where its label is, as a whole, and where it stands under the form's heading; every other line that
holds a figure is kept under its own label and the headings above it.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, zip_longest

from msgspec import structs

from govreports.documents.model import Block, Grid
from govreports.issues import Issue
from govreports.issues import Place as Where
from govreports.reports.forms import Column, Form, Label, Row, load_forms
from govreports.reports.indicator_labels import FormLabels, form_labels, head_role, numbered, whole_key
from govreports.reports.model import LOCAL_CODE, Fact, FactStatus, LocalLabels
from govreports.reports.numbers import parse_value
from govreports.reports.tables.facts import Placement
from govreports.reports.tables.listed_lines import Head, ListLine, Place, is_stroke, panels, read_lines, unit_of
from govreports.reports.tables.outline import Entry, Outline
from govreports.reports.tables.segments import TableCell, TableRow
from govreports.reports.text import folded

_FEWEST_LINES = 5
"""Different lines of one form, with figures behind them, that make a table a list of indicators."""
_FORM_SHARE = 0.2
"""Share of a grid's labels that must be the form's; bodies added as many lines of their own again, and more."""
_FIRST_COLUMN = "value"
"""Column under which a line is kept whose figures cannot be told to columns."""
Figure = int | Decimal | None
_LOCAL = Label("", (), (), (), frozenset(), False)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The list of indicators of one document."""

    edition: str
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    grids: frozenset[int]
    """Numbers of the grids that hold its lines."""


def read_indicators(blocks: Sequence[Block], clean: Callable[[str], str]) -> Indicators | None:
    """Find the list and read its lines; None where there is none. ``clean`` turns printed text into Simplified text."""
    tables = [_rows(block, clean) for block in blocks if isinstance(block, Grid)]
    votes: Counter[str] = Counter()
    for edition, labels in form_labels().items():
        votes[edition] = len({row.code for rows in tables for row in _rows_of_form(rows, labels)})
    (edition, most), (_, next_most) = votes.most_common(2)
    if most < _FEWEST_LINES:
        return None
    labels = form_labels()[edition]
    chosen = _chosen(tables, labels)
    reader = _Reader(labels)
    head: Head | None = None
    for rows in chosen:
        listing = read_lines(rows, labels, head)
        head = listing.head
        reader.lines += listing.lines
        reader.say_columns(rows[0].grid, panels(listing.head))
        for row, cell in listing.margins:
            reader.into.use(row, (cell,))
    reader.match()
    if sum(bool(line.rows) and bool(line.figures) for line in reader.lines) < _FEWEST_LINES:
        return None
    if most == next_most:
        message = f"The labels of the list are those of several forms; it was read as {edition}."
        reader.into.say("form_undecided", "warning", message, Where(table=chosen[0][0].grid.number))
    reader.place()
    issues = (*reader.into.issues, *reader.absent(), *_unused(chosen, reader.into))
    return Indicators(edition, reader.facts(), issues, frozenset(rows[0].grid.number for rows in chosen))


def _rows(grid: Grid, clean: Callable[[str], str]) -> list[TableRow]:
    found: list[TableRow] = []
    for number, cells in enumerate(grid.rows, 1):
        row: list[TableCell] = []
        for cell in cells:
            text = clean(cell.text).strip()
            is_value = not text or parse_value(text, money=True).status != "unreadable"
            row.append(TableCell(cell, text, (), is_value, not text))
        found.append(TableRow.of(grid, number, tuple(row)))
    return found


def _rows_of_form(rows: Sequence[TableRow], labels: FormLabels) -> Iterator[Row]:
    for row in rows:
        for cell in row.cells:
            if not cell.is_value:
                yield from labels.rows(cell.text)


def _chosen(tables: Sequence[Sequence[TableRow]], labels: FormLabels) -> list[Sequence[TableRow]]:
    """The grids that hold lines of the list: those with the form's labels, and pages between of the same ruling."""
    chosen: list[Sequence[TableRow]] = []
    for rows in tables:
        words = [cell for row in rows for cell in row.cells if not cell.is_value and unit_of(cell) is None]
        known = sum(bool(labels.rows(cell.text)) for cell in words)
        named = [cell for cell in words if head_role(cell.text) is None]
        if known and known >= _FORM_SHARE * len(named):
            chosen.append(rows)
        elif chosen and rows and _goes_on(chosen[-1][0].grid, rows[0].grid):
            chosen.append(rows)
    return chosen


def _goes_on(above: Grid, below: Grid) -> bool:
    """True for a table on the page behind, of as many columns."""
    return (
        above.page is not None
        and below.page == above.page + 1
        and below.number == above.number + 1
        and below.width == above.width
    )


@dataclass(slots=True)
class _Reader:
    """The lines of one list on their way to facts."""

    labels: FormLabels
    lines: list[ListLine] = field(default_factory=list)
    into: Placement = field(default_factory=lambda: Placement("indicators"))
    local: dict[tuple[str, str], LocalLabels] = field(default_factory=dict)
    own: dict[str, dict[str, tuple[FactStatus, Figure]]] = field(default_factory=dict)
    """What was printed in rows of the body's own, by row and column."""
    columns: set[str] = field(default_factory=set)
    """Columns of the body's own of which was spoken."""

    @property
    def form(self) -> Form:
        return self.labels.form

    def say_columns(self, grid: Grid, heads: Sequence[Head]) -> None:
        """Say once which columns are none of the form's, and which are headed alike."""
        for place in (place for head in heads for place in head.figures):
            if place.role != "local" or place.text in self.columns:
                continue
            self.columns.add(place.text)
            if head_role(place.text) is None:
                message = f"The column “{place.text}” is none of the form's; it is kept under its own label."
                self.into.say("indicator_column", "info", message, Where(table=grid.number))
            else:
                message = f"“{place.text}” is one of several columns of one meaning: which is the report's is not said."
                self.into.say("indicator_column", "warning", message, Where(table=grid.number))

    # --- labels ------------------------------------------------------------------------------------------------------

    def match(self) -> None:
        """Find the form's rows that each line may be: by its whole label, else by one that only resembles it."""
        for line in self.lines:
            line.rows = self.labels.rows(line.text)
        self.lines = list(self._joined())
        order = {row.code: index for index, row in enumerate(self.form.rows)}
        known = [order[line.rows[0].code] if len(line.rows) == 1 else None for line in self.lines]
        behind = list(accumulate(reversed(known), lambda last, at: last if at is None else at, initial=len(order)))
        taken = {row.code for line in self.lines for row in line.rows}
        before = -1
        for line, at, after in zip(self.lines, known, reversed(behind[:-1]), strict=True):
            before = before if at is None else at
            if line.rows or line.label is None or (line.is_empty and not line.figures):
                continue
            among = [row for row in self.form.rows[before + 1 : after or 0] if row.code not in taken]
            row = self.labels.close(line.text, line.printed_unit, among)
            if row is not None:
                line.rows = (row,)
                before = order[row.code]
                message = f"“{line.text}” was read as {row.code}, whose label was never seen printed: compare them."
                self.into.say("label_inexact", "warning", message, line.row.place(line.label))

    def _joined(self) -> Iterator[ListLine]:
        """The lines, with labels joined that a page break cut in two."""
        waiting = deque(self.lines)
        while waiting:
            line = waiting.popleft()
            below = waiting[0] if waiting else None
            rows = self._whole(line, below) if below is not None else ()
            if below is not None and rows:
                waiting.popleft()
                for half in (line, below):
                    self.into.use(half.row, (cell for cell in (half.label,) if cell is not None))
                    message = f"“{half.text}” is a part of a label."
                    self.into.say("label_split", "info", message, half.row.place(half.label))
                # A stroke in one half says more than nothing in the other.
                filled = bool(below.surplus) or any(not cell.blank for _, cell in below.figures)
                valued = below if line.is_empty and filled else line
                line = replace(valued, label=line.label, nested=line.nested, rest=below, rows=rows)
            yield line

    def _whole(self, line: ListLine, below: ListLine) -> tuple[Row, ...]:
        if not (line.is_empty or below.is_empty):
            return ()
        text = line.text + below.text
        if not line.rows and not below.rows:
            return self.labels.rows(text)
        # A half may be a label, too: one known without its note in brackets, or 同意公开答复数 behind a 不.
        halves = whole_key(line.text) and whole_key(below.text)
        return self.labels.whole.get(whole_key(text), ()) if halves else ()

    # --- figures -----------------------------------------------------------------------------------------------------

    def place(self) -> None:
        """Go through the lines from top to bottom and place their figures."""
        outline = Outline(self.form)
        hidden: dict[Entry, ListLine] = {}
        for line, following in zip_longest(self.lines, self.lines[1:]):
            self.into.use(line.row, (cell for cell in (line.unit, line.number) if cell is not None))
            self.into.use(line.row, (cell for _, cell in line.figures if cell.blank))
            if line.label is None:
                self._say_unplaced(line, "A row of figures has lost its label")
                continue
            row = self._row_of(line, outline)
            if row is not None:
                outline.enter_known(row, line.text, line.nested)
                self.into.use(line.row, (line.label,))
                self._place_known(line, row)
                continue
            above = outline.above(line.text, line.nested)
            entry = outline.enter_local(line.text, line.nested)
            entry.is_heading = _is_heading(line, following, entry, outline)
            if entry.is_heading:
                # A heading counts as understood once something stands under it.
                hidden[entry] = line
                continue
            for one in above:
                if (heading := hidden.pop(one, None)) is not None and heading.label is not None:
                    self.into.use(heading.row, (heading.label, *(cell for _, cell in heading.figures)))
            self.into.use(line.row, (line.label,))
            self._place_local(line, tuple(one.label for one in above))

    def _row_of(self, line: ListLine, outline: Outline) -> Row | None:
        """The form's row that a line is; None for a line of the body's own, or one that may be several rows."""
        above = outline.above(line.text, line.nested)
        if not line.rows or (above and above[-1].is_heading):
            return None
        if len(line.rows) == 1:
            self._doubt_place(line, line.rows[0], above, outline)
            return line.rows[0]
        under = [row.code for row in line.rows if row.parent in outline.codes]
        printed = line.number.text.lstrip("0") if line.number is not None else None
        numbered = [row.code for row in line.rows if row.number is not None and row.number.lstrip("0") == printed]
        # The heading above and the line's number must not speak against each other.
        told = {codes[0] for codes in (under, numbered) if len(codes) == 1}
        if len(told) == 1:
            return next(row for row in line.rows if row.code in told)
        codes = ", ".join(row.code for row in line.rows)
        message = f"“{line.text}” may be any of {codes}: nothing above it tells which."
        self.into.say("indicator_ambiguous", "warning", message, line.row.place(line.label))
        return None

    def _doubt_place(self, line: ListLine, row: Row, above: Sequence[Entry], outline: Outline) -> None:
        """A part of a line that the body added may have the words of a part of another one."""
        if above and above[-1].code is None and row.parent is not None and row.parent not in outline.codes:
            message = f"“{line.text}” was read as {row.code}, but stands under “{above[-1].label}”: compare them."
            self.into.say("indicator_elsewhere", "warning", message, line.row.place(line.label))

    def _place_known(self, line: ListLine, row: Row) -> None:
        if row.kind == "heading":
            self.into.use(line.row, (cell for _, cell in line.figures if is_stroke(cell)))
            for cell in (*(cell for _, cell in line.figures if not is_stroke(cell)), *line.surplus):
                if not cell.blank:
                    self.into.use(line.row, (cell,))
                    message = f"“{cell.text}” stands behind the heading {row.code}, where the form has no figure."
                    self.into.say("surplus_cell", "warning", message, line.row.place(cell))
            return
        asked = tuple(column for column in row.columns if not column.optional)
        if line.surplus:
            self._say_unplaced(line, f"The row {row.code} has not as many figures as the list has columns")
            self.into.mark_unreadable(row, asked, line.row)
            return
        if not line.figures:
            message = f"The row {row.code} has no cell for a figure."
            self.into.say("row_short", "warning", message, line.row.place(line.label))
        wanted = asked[0].unit
        if line.printed_unit not in (None, wanted):
            message = f"{row.code} is printed in {line.printed_unit}, the form asks for {wanted}; kept as printed."
            self.into.say("unit_differs", "warning", message, line.row.place(line.unit))
        for place, cell in line.figures:
            self._put(row, _column(place, row.columns, line.printed_unit), line, cell, place)

    def _place_local(self, line: ListLine, path: tuple[str, ...]) -> None:
        _, label = numbered(line.text)
        under = f" under “{path[-1]}”" if path else ""
        message = f"“{label}”{under} is no indicator of the form {self.form.edition}; it is kept under its own label."
        self.into.say("indicator_local", "info", message, line.row.place(line.label))
        if line.surplus:
            self._say_unplaced(line, f"The row “{label}” has not as many figures as the list has columns")
            self._keep_without_figure(label, path, "unreadable", line.row.printed())
            return
        if not line.figures:
            message = f"The row “{label}” has no cell for a figure."
            self.into.say("row_short", "warning", message, line.row.place(line.label))
            self._keep_without_figure(label, path, "absent", None)
            return
        columns = [(place, _column(place, _columns(), line.printed_unit), cell) for place, cell in line.figures]
        read = [(column, parse_value(cell.text, money=column.is_money)) for _, column, cell in columns]
        code = self._free_code(label, path, {column.code: (value.status, value.value) for column, value in read})
        row = Row(code, label, label, None, "leaf", None, None, None, None, _LOCAL, ())
        self.own[code] = {column.code: (value.status, value.value) for column, value in read}
        for place, column, cell in columns:
            self._put(row, column, line, cell, place)
            own_column = column.label if column.code.startswith(LOCAL_CODE) else None
            self.local[code, column.code] = LocalLabels(label, own_column, path)

    def _keep_without_figure(self, label: str, path: tuple[str, ...], status: FactStatus, raw: str | None) -> None:
        read: dict[str, tuple[FactStatus, Figure]] = {_FIRST_COLUMN: (status, None)}
        code = self._free_code(label, path, read)
        self.own[code] = read
        self.into.facts[code, _FIRST_COLUMN] = Fact("indicators", code, _FIRST_COLUMN, status, None, raw)
        self.local[code, _FIRST_COLUMN] = LocalLabels(label, None, path)

    def _free_code(self, label: str, path: tuple[str, ...], read: dict[str, tuple[FactStatus, Figure]]) -> str:
        """A code for a row of the body's own: that of an earlier printing only where it printed the same figures."""
        first = code = _local_code(*path, label)
        number = 1
        while self.own.get(code, read) != read:
            number += 1
            code = f"{first}.{number}"
        return code

    def _put(self, row: Row, column: Column, line: ListLine, cell: TableCell, place: Place) -> None:
        self.into.put(row, column, line.row, cell)
        if column.code.startswith(LOCAL_CODE):
            self.local.setdefault((row.code, column.code), LocalLabels(None, folded(place.text)))

    def _say_unplaced(self, line: ListLine, what: str) -> None:
        self.into.use(line.row, line.row.cells)
        message = f"{what}, so its figures were left out: {line.row.printed()}"
        self.into.say("row_unplaced", "warning", message, line.row.place())

    # --- what came of it ---------------------------------------------------------------------------------------------

    def facts(self) -> tuple[Fact, ...]:
        """Every cell of the form once, in its order, then those of the body's own rows and columns."""
        found = {
            key: structs.replace(fact, local=self.local[key]) if key in self.local else fact
            for key, fact in self.into.facts.items()
        }
        shown = {column for _, column in found}
        of_form = [
            found.pop((row.code, column.code), Fact("indicators", row.code, column.code, "absent"))
            for row in self.form.rows
            for column in row.columns
            if not column.optional or column.code in shown
        ]
        return (*of_form, *found.values())

    def absent(self) -> Iterator[Issue]:
        """Say which rows of the form the source does not have."""
        present = {row for row, _ in self.into.facts}
        asked = [row.code for row in self.form.rows if row.columns]
        missing = [code for code in asked if code not in present]
        if missing:
            message = f"The list has no figures for {len(missing)} of {len(asked)} rows of the form: "
            place = Where(table=self.lines[0].row.grid.number)
            yield Issue("rows_absent", "warning", message + ", ".join(missing), place)


def _is_heading(line: ListLine, following: ListLine | None, entry: Entry, outline: Outline) -> bool:
    """Whether a line of a body's own stands above others and holds no figure itself."""
    if not line.is_empty or line.printed_unit is not None:
        return False
    if line.unit is not None or not line.figures:
        return True
    return following is not None and not following.rows and entry in outline.above(following.text, following.nested)


@lru_cache(maxsize=1)
def _columns() -> tuple[Column, ...]:
    return tuple(column for _, column in load_forms()["indicators"].columns)


def _column(place: Place, columns: Sequence[Column], unit: str | None) -> Column:
    """The column of figures under a word of the head, in the unit that the line prints."""
    for column in columns:
        if column.code == place.role:
            return replace(column, unit=unit) if unit is not None else column
    text = folded(place.text)
    beside = columns[0].unit
    return Column(_local_code(text), text, text, unit or beside, False, None, _LOCAL)


def _local_code(*labels: str) -> str:
    """A code for what no form has: the same for the same labels under the same headings."""
    return LOCAL_CODE + hashlib.blake2b("\n".join(labels).encode(), digest_size=6).hexdigest()


def _unused(chosen: Sequence[Sequence[TableRow]], into: Placement) -> Iterator[Issue]:
    """Strictness: every cell of the list is a value, a label or an issue."""
    for rows in chosen:
        for row in rows:
            for cell in row.cells:
                if not cell.blank and (row.grid.number, row.number, cell.cell.column) not in into.used:
                    message = f"“{cell.text}” was neither a label nor a value of the form."
                    yield Issue("cell_unused", "warning", message, row.place(cell))
