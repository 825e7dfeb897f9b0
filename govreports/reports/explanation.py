"""Why a report says what it says: how each cell was used, and which labels gave a fact its row and its column.

All of it is found afterwards, from a document and what was read from it, by the functions that the parser itself asks:
extraction keeps no trace and takes no longer for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from govreports.documents.model import Cell, Document, Grid
from govreports.issues import Issue, Place
from govreports.reports import cleaner_of
from govreports.reports.forms import load_forms
from govreports.reports.labels import Reading, Role, Spelling, nearest_spelling, spelling_of
from govreports.reports.model import Fact, Report, TableCode
from govreports.reports.tables.segments import (
    FEWEST_LABELS,
    Segment,
    TableCell,
    TableRow,
    find_segments,
    labels_shown,
    table_row,
)
from govreports.reports.text import label_key

Use = Literal[
    "figure", "row label", "column label", "heading", "left out", "unplaced", "unused", "metadata", "empty", "other"
]
Axis = Literal["row", "column"]

USES: Final[Mapping[Use, str]] = {
    "figure": "a value of the form",
    "row label": "names the row of figures",
    "column label": "names the column of figures",
    "heading": "words of the table that name no figure: its title, a group, the word above the labels",
    "left out": "belongs to no row or column of the form; an issue says so, or its label's",
    "unplaced": "numbers whose place is not certain; an issue quotes the row",
    "unused": "neither a label nor a value; an issue says so",
    "metadata": "a label or value of the metadata block",
    "empty": "nothing is printed there, and no cell of the form is",
    "other": "stands in a table that is none of the three",
}
"""What may become of a cell, and what that means."""

_LEFT_OUT: Final = frozenset(("local_row", "local_column", "surplus_cell"))
_BY_ORDER: Final[Mapping[Axis, frozenset[str]]] = {
    "row": frozenset(("label_missing", "label_split", "column_label_missing", "column_labels_missing")),
    "column": frozenset(("column_label_missing", "column_labels_missing", "head_shifted", "row_shifted")),
}
"""Issues that say how a fact came to its row, or its column, without a label of its own."""

_NEAREST_SHOWN: Final = 3
_SHORTEST_LISTED: Final = 3
"""Letters of a label in a list; units are shorter."""

Key = tuple[int, int, int]
"""A cell's place: grid, row and column."""

Source = tuple[TableCode, str, str, Axis]
"""A fact (table, row, column) and which of its two labels is meant."""


@dataclass(frozen=True, slots=True)
class LabelRule:
    """By which rule a printed label was understood."""

    reading: Reading
    spelling: Spelling
    """What of the forms' data it was compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellUse:
    """One cell of a document and what became of it."""

    cell: Cell
    place: Place
    use: Use
    table: TableCode | None = None
    """The statutory table that its row was counted to."""
    rule: LabelRule | None = None
    facts: tuple[Fact, ...] = ()
    """What was read from it: one fact, or several where the cell spans some."""
    issues: tuple[Issue, ...] = ()
    """What is said of it, or of its row."""

    @property
    def key(self) -> Key:
        """Its place as three numbers."""
        return self.place.table or 0, self.place.row or 0, self.place.column or 0


@dataclass(frozen=True, slots=True)
class Origin:
    """What gave a fact its row or its column: the label's cell, None where order did; ``issues`` say how."""

    label: CellUse | None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried for a row or column whose label was not found.

    ``nearest`` are cells of the table that hold other words, first those that mean nothing, the likest before others,
    each with the spelling that it resembles;
    ``shown`` is, where the whole table was not found, how many of its labels each grid shows, and ``needed`` how many
    it must.
    """

    nearest: tuple[tuple[CellUse, Spelling], ...]
    shown: Mapping[int, int]
    needed: int


class Explanation:
    """How a document was read. Build it with ``explain``."""

    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self._clean = cleaner_of(document).clean
        self._segments = find_segments(document.blocks, self._clean)
        self._of_segment: dict[Key, tuple[TableCode, TableCell]] = {}
        self._labels: dict[tuple[TableCode, Role, str], list[Key]] = defaultdict(list)
        for table, segment in self._segments.items():
            for row in segment.rows:
                self._take_row(table, row)
        self._facts: dict[Key, list[Fact]] = defaultdict(list)
        for fact in report.facts:
            if (key := _key(fact.at)) is not None:
                self._facts[key].append(fact)
        self._used: dict[Key, Axis] = {}
        self._used = _roles(self._sources())
        # 其他 and 总计 name a row as well as a column: each of their cells is what most figures need it for.
        self._sources_of = self._sources()
        self._in_lists: dict[Key, tuple[TableCode, TableCell]] = {}
        self._listed: dict[tuple[Key, Axis], Key] = {}
        tables = {key[0]: facts[0].table for key, facts in self._facts.items() if key not in self._of_segment}
        for grid in document.grids():
            if grid.number in tables:
                self._take_list(grid, tables[grid.number])
        self._named: dict[Key, list[Fact]] = defaultdict(list)
        for fact in report.facts:
            for label in {self._label_key(fact, "row"), self._label_key(fact, "column")} - {None}:
                self._named[label].append(fact)  # type: ignore[index]  # None is taken out
        self._metadata = _metadata_words(report)
        self.cells: tuple[CellUse, ...] = tuple(
            self._use(grid, cell) for grid in document.grids() for cell in grid.cells()
        )
        """Every cell of every table, in reading order."""
        self._by_key = {use.key: use for use in self.cells}

    def at(self, table: int, row: int, column: int) -> CellUse | None:
        """The cell at, or spanning, a place; None where there is none."""
        found = self._by_key.get((table, row, column))
        return found or next((use for use in self.cells if _covers(use, table, row, column)), None)

    def origin(self, fact: Fact, axis: Axis) -> Origin:
        """What gave a fact its row or its column."""
        label = self._label_key(fact, axis)
        return Origin(self._by_key[label] if label is not None else None, self._by_order(fact, axis))

    def _label_key(self, fact: Fact, axis: Axis) -> Key | None:
        at = _key(fact.at)
        listed = self._listed.get((at, axis)) if at is not None else None
        return listed or self._sources_of.get((fact.table, fact.row, fact.column, axis))

    def named_by(self, label: CellUse) -> list[Fact]:
        """The facts that a label gave their row or their column."""
        return self._named.get(label.key, [])

    def labels(self, table: TableCode, role: Role, code: str) -> list[CellUse]:
        """The cells that print a label of this meaning, in reading order."""
        return [self._by_key[key] for key in self._labels[table, role, code]]

    def tried(self, table: TableCode, role: Role, code: str) -> Tried:
        """What was tried for a label that was not found; the code must be one of the forms'."""
        if table not in FEWEST_LABELS:
            # Lists are known by whole labels, not by the rules of the statutory tables.
            return Tried((), {}, 0)
        if table not in self._segments:
            shown = {grid.number: labels_shown(grid, self._clean)[table] for grid in self.document.grids()}
            return Tried((), shown, FEWEST_LABELS[table])
        words = [use for use in self.cells if use.table == table and use.cell.text and not use.facts]
        resembling = [(use, nearest_spelling(use.cell.text, table, role, code)) for use in words]
        likely = [pair for pair in resembling if pair[1].likeness]
        likely.sort(key=lambda pair: (pair[0].rule is not None, -pair[1].likeness))
        return Tried(tuple(likely[:_NEAREST_SHOWN]), {}, FEWEST_LABELS[table])

    def _take_row(self, table: TableCode, row: TableRow) -> None:
        for cell in row.cells:
            key = (row.grid.number, row.number, cell.cell.column)
            self._of_segment[key] = (table, cell)
            for reading in cell.readings:
                if reading.table == table:
                    self._labels[table, reading.role, reading.code].append(key)

    def _take_list(self, grid: Grid, table: TableCode) -> None:
        """A table with figures outside of the statutory rows, as lists of indicators are: a figure's labels are the
        nearest words before it in its line and above it in its column.
        """
        above: dict[int, Key] = {}
        for number, cells in enumerate(grid.rows, 1):
            before: Key | None = None
            for cell in table_row(grid, number, cells, self._clean).cells:
                key = (grid.number, number, cell.cell.column)
                self._in_lists[key] = (table, cell)
                for fact in self._facts.get(key, ()):
                    for axis, code, label in (("row", fact.row, before), ("column", fact.column, above.get(key[2]))):
                        if label is not None:
                            self._name_listed(fact, axis, code, label)  # type: ignore[arg-type]  # both are axes
                if not cell.is_value and len(label_key(cell.text)) >= _SHORTEST_LISTED:
                    before = above[key[2]] = key

    def _name_listed(self, fact: Fact, axis: Axis, code: str, label: Key) -> None:
        at = _key(fact.at)
        assert at is not None
        self._listed[at, axis] = label
        self._used.setdefault(label, axis)
        if label not in self._labels[fact.table, axis, code]:
            self._labels[fact.table, axis, code].append(label)

    def _sources(self) -> dict[Source, Key]:
        axes: tuple[Axis, ...] = ("row", "column")
        found = ((fact, axis, self._label_of(fact, axis)) for fact in self.report.facts for axis in axes)
        sources = {(fact.table, fact.row, fact.column, axis): key for fact, axis, key in found if key is not None}
        for table in self._segments:
            sources |= self._by_group(table, sources)
        return sources

    def _label_of(self, fact: Fact, axis: Axis) -> Key | None:
        """The cell whose label gave a fact its row or column: beside it or above it, the nearest."""
        at = _key(fact.at, whole_row=True)
        if at is None or (axis == "column" and not at[2]):
            return None
        codes = {"row": fact.row, "column": fact.column}
        keys = [
            key
            for key in self._labels[fact.table, axis, codes[axis]]
            if key != at and self._used.get(key, axis) == axis
        ]
        beside = [key for key in keys if self._is_beside(key, at)]
        if axis == "row" and any(issue.code == "label_missing" for issue in self._issues_of_row(at)):
            return max(beside, default=None)
        above = [key for key in keys if self._is_above(key, at)]
        ordered = (beside, above) if axis == "row" else (above, beside)
        if (found := next((keys for keys in ordered if keys), None)) is not None:
            return max(found)
        may_be_anywhere = axis == "column" or load_forms()[fact.table].layout == "single_row"
        return max((key for key in keys if key < at), default=None) if may_be_anywhere else None

    def _by_group(self, table: TableCode, sources: dict[Source, Key]) -> dict[Source, Key]:
        """Sources for labels that are printed once a group, by their order, where places do not tell groups apart."""
        definition = load_forms()[table]
        if definition.layout != "single_row":
            return {}
        form = definition.forms[str(self.report.forms[table])]
        found: dict[Source, Key] = {}
        for column in form.rows[0].columns:
            of_groups: list[Source] = [(table, row.code, column.code, "column") for row in form.rows]
            known = [sources[source] for source in of_groups if source in sources]
            labels = self._labels[table, "column", column.code]
            if len(set(known)) < len(known) == len(labels):
                found.update(zip(of_groups, labels, strict=True))
        return found

    def _is_beside(self, label: Key, at: Key) -> bool:
        cell = self._of_segment[label][1].cell
        before = not at[2] or label[2] < at[2]
        return label[0] == at[0] and label[1] <= at[1] < label[1] + cell.row_span and before

    def _is_above(self, label: Key, at: Key) -> bool:
        cell = self._of_segment[label][1].cell
        return label[0] == at[0] and label[1] < at[1] and label[2] <= at[2] < label[2] + cell.column_span

    def _issues_of_row(self, at: Key) -> list[Issue]:
        return [issue for issue in self.report.issues if issue.at and (issue.at.table, issue.at.row) == at[:2]]

    def _by_order(self, fact: Fact, axis: Axis) -> tuple[Issue, ...]:
        """The issues that say that order decided: those of the fact's own row, else those of its table."""
        at = _key(fact.at, whole_row=True)
        if at is None:
            return ()
        own = tuple(issue for issue in self._issues_of_row(at) if issue.code in _BY_ORDER[axis])
        if own or (fact.table, fact.row, fact.column, axis) in self._sources_of:
            return own
        grids = _grids(self._segments.get(fact.table))
        return tuple(
            issue
            for issue in self.report.issues
            if issue.code in _BY_ORDER[axis] and issue.at is not None and issue.at.table in grids
        )

    def _use(self, grid: Grid, cell: Cell) -> CellUse:
        key = (grid.number, cell.row, cell.column)
        place = Place(*key, grid.page)
        issues = self._issues_at(key)
        found = self._of_segment.get(key) or self._in_lists.get(key)
        if found is None:
            text = _folded(self._clean(cell.text))
            use: Use = "empty" if not text else "metadata" if text in self._metadata else "other"
            return CellUse(cell=cell, place=place, use=use, issues=issues)
        table, inside = found
        facts = tuple(self._facts.get(key, ()))
        rule = self._rule(key, table, inside)
        use = self._use_in_table(key, inside, facts=facts, rule=rule, issues=issues)
        return CellUse(cell=cell, place=place, use=use, table=table, rule=rule, facts=facts, issues=issues)

    def _issues_at(self, key: Key) -> tuple[Issue, ...]:
        """What is said of this cell; of its row, what is said of numbers without a certain place."""
        return tuple(
            issue for issue in self._issues_of_row(key) if issue.at is not None and issue.at.column in (None, key[2])
        )

    def _rule(self, key: Key, table: TableCode, inside: TableCell) -> LabelRule | None:
        """How the label was understood: in the role in which a figure needed it, else as the first that it may have."""
        own = [reading for reading in inside.readings if reading.table == table]
        role = self._used.get(key)
        headings = [reading for reading in own if reading.role == "heading"]
        chosen = next(iter([reading for reading in own if reading.role == role] or headings or own), None)
        return LabelRule(chosen, spelling_of(inside.text, chosen)) if chosen is not None else None

    def _use_in_table(
        self, key: Key, inside: TableCell, *, facts: Sequence[Fact], rule: LabelRule | None, issues: Iterable[Issue]
    ) -> Use:
        codes = {issue.code for issue in issues}
        if facts:
            return "figure"
        if inside.blank:
            return "empty"
        if "cell_unused" in codes:
            return "unused"
        if key in self._used:
            return "row label" if self._used[key] == "row" else "column label"
        if "label_split" in codes:
            return "row label"
        if codes & _LEFT_OUT:
            return "left out"
        if key in self._in_lists and not any(map(str.isdigit, inside.text)):
            # Units, and strokes where a title has no figure.
            return "heading"
        if inside.is_value:
            return "unplaced" if "row_unplaced" in codes else "left out"
        if rule is not None and rule.reading.role != "heading":
            return "row label" if rule.reading.role == "row" else "column label"
        return "heading"


def explain(document: Document, report: Report) -> Explanation:
    """How a document was read, from the document and what ``extract`` made of it."""
    return Explanation(document, report)


def _roles(sources: Mapping[Source, Key]) -> dict[Key, Axis]:
    """What most figures that a label gave a row or column to had of it."""
    votes = Counter((key, axis) for (*_, axis), key in sources.items())
    return {key: axis for (key, axis), _ in reversed(votes.most_common())}


def _key(place: Place | None, *, whole_row: bool = False) -> Key | None:
    """A place as three numbers; where a whole row is meant, only when that is asked for, with 0 for the column."""
    if place is None or place.table is None or place.row is None or (place.column is None and not whole_row):
        return None
    return place.table, place.row, place.column or 0


def _covers(use: CellUse, table: int, row: int, column: int) -> bool:
    cell = use.cell
    return (
        use.place.table == table
        and cell.row <= row < cell.row + cell.row_span
        and cell.column <= column < cell.column + cell.column_span
    )


def _grids(segment: Segment | None) -> set[int]:
    return {row.grid.number for row in segment.rows} if segment is not None else set()


def _folded(text: str) -> str:
    return "".join(text.split()).rstrip("：:").lower()


def _metadata_words(report: Report) -> set[str]:
    """Labels and values of the metadata block, and both together, as cells print them."""
    words: set[str] = set()
    for entry in report.metadata:
        label, value = _folded(entry.label), _folded(entry.raw)
        words |= {label, value, f"{label}：{value}", f"{label}:{value}"}
    return words - {""}
