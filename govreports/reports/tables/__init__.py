"""Grids → facts of the three statutory tables, or of the list of indicators that earlier reports have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from govreports.documents.model import Block, Grid
from govreports.issues import Issue, Place
from govreports.reports.forms import STATUTORY, Form, TableDefinition, load_forms
from govreports.reports.model import Fact, TableCode
from govreports.reports.tables import blocks as blocks_layout
from govreports.reports.tables import crosstab, matrix, single_row
from govreports.reports.tables.facts import Placement, complete
from govreports.reports.tables.indicators import read_indicators
from govreports.reports.tables.matrix_rows import Part, body_labels
from govreports.reports.tables.segments import Segment, find_segments

__all__ = ["Tables", "read_tables"]


@dataclass(frozen=True, slots=True)
class Tables:
    """The statutory tables of one document."""

    forms: dict[TableCode, str | None]
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    grids: frozenset[int]
    """Numbers of the grids that hold statutory rows."""


def read_tables(blocks: Sequence[Block], clean: Callable[[str], str]) -> Tables:
    """Find the statutory tables and place their values. ``clean`` turns printed text into Simplified text."""
    segments = find_segments(blocks, clean)
    # Reports have one or the other; what is not missing is not looked for.
    listed = read_indicators(blocks, clean) if len(segments) < len(STATUTORY) else None
    if listed is not None:
        left = [block for block in blocks if not isinstance(block, Grid) or block.number not in listed.grids]
        segments = find_segments(left, clean)
    definitions = load_forms()
    forms: dict[TableCode, str | None] = dict.fromkeys(STATUTORY)
    facts: list[Fact] = []
    issues: list[Issue] = []
    undecided: list[TableCode] = []
    prepared: dict[TableCode, tuple[list[Part], list[blocks_layout.Line]]] = {}
    for table, segment in segments.items():
        definition = definitions[table]
        parts: list[Part] = []
        lines: list[blocks_layout.Line] = []
        votes: Counter[str] = Counter()
        if definition.layout == "matrix":
            parts, votes = body_labels(segment, definition)
        elif definition.layout == "blocks":
            lines, votes = blocks_layout.lines_of(segment, definition)
        prepared[table] = (parts, lines)
        forms[table] = _edition(votes)
        if forms[table] is None:
            undecided.append(table)
    for table in undecided:
        forms[table] = _edition_of_neighbours(forms, definitions[table])
        if definitions[table].layout != "single_row":
            issues.append(
                Issue(
                    "form_undecided",
                    "warning",
                    f"No label of the table {table} tells its edition; it was read as {forms[table]}.",
                    Place(table=segments[table].rows[0].grid.number),
                )
            )
    for table, segment in segments.items():
        edition = forms[table]
        assert edition is not None
        form = definitions[table].forms[edition]
        placement = Placement(table)
        _place(segment, definitions[table], form, *prepared[table], placement)
        placed = complete(form, placement)
        facts.extend(placed)
        issues.extend(placement.issues)
        issues.extend(_absent(form, placed, segment))
        issues.extend(_unused(segment, placement))
    grids = frozenset(row.grid.number for segment in segments.values() for row in segment.rows)
    if listed is not None:
        forms["indicators"] = listed.edition
        facts.extend(listed.facts)
        issues.extend(listed.issues)
        grids |= listed.grids
    return Tables(forms, tuple(facts), tuple(issues), grids)


def _place(
    segment: Segment,
    definition: TableDefinition,
    form: Form,
    parts: list[Part],
    lines: list[blocks_layout.Line],
    into: Placement,
) -> None:
    if definition.layout != "single_row" and crosstab.is_turned(segment.rows, definition):
        crosstab.place(segment.rows, definition, form, into, turned=True)
    elif definition.layout == "matrix":
        matrix.place(definition, form, parts, into)
    elif definition.layout == "blocks":
        blocks_layout.place(lines, form, into)
    else:
        single_row.place(segment, definition, form, into)


def _edition(votes: Counter[str]) -> str | None:
    """The edition that most labels speak for; None when they are silent or at odds."""
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _edition_of_neighbours(forms: dict[TableCode, str | None], definition: TableDefinition) -> str:
    """Bodies copy a whole form: a table that does not tell its edition has that of the others, else the newest."""
    for other in ("requests", "proactive"):
        edition = forms[other]
        if edition in definition.forms:
            return str(edition)
    return definition.editions[-1]


def _absent(form: Form, facts: Sequence[Fact], segment: Segment) -> Iterator[Issue]:
    """Say which rows of the form the source does not have: a page lost, a block left out, a line not seen."""
    present = {fact.row for fact in facts if fact.status != "absent"}
    missing = [row.code for row in form.rows if row.code not in present]
    if missing:
        message = f"The table “{form.table}” has no values for {len(missing)} of {len(form.rows)} rows: "
        place = Place(table=segment.rows[0].grid.number)
        yield Issue("rows_absent", "warning", message + ", ".join(missing), place)


def _unused(segment: Segment, placement: Placement) -> list[Issue]:
    """Strictness: every cell in a statutory table is a value, a label or an issue."""
    return [
        Issue("cell_unused", "warning", f"“{cell.text}” was neither a label nor a value of the form.", row.place(cell))
        for row in segment.rows
        for cell in row.cells
        if not cell.blank and (row.grid.number, row.number, cell.cell.column) not in placement.used
    ]
