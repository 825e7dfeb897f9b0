"""Why a page is read as it is, in words: of a label, a figure, a cell, the metadata block, the CMS family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from govreports.issues import Issue, Place
from govreports.reports.explanation import USES, Axis, CellUse, Explanation, LabelRule, Origin
from govreports.reports.forms import load_forms
from govreports.reports.labels import CLOSE_MARGIN, CLOSE_RATIO, Role, readings
from govreports.reports.metadata import is_weak, label_field, labels_of_field
from govreports.reports.model import Fact, MetadataEntry, Report, TableCode
from govreports.reports.text import folded
from govreports.spiders.detection import Verdict
from govreports.spiders.traits import known_families

Meaning = tuple[TableCode, Role, str]
"""A row, column or heading of one of the forms."""

_HOW: Final[Mapping[str, str]] = {
    "exact": "as the forms' data spells it",
    "keyword": "because it holds the keyword “{}”",
    "prefix": "as the beginning of “{}”, the only label that begins like that",
    "close": "as a misprint of “{}” (likeness {:.2f})",
}
_FIELDS: Final = ("title", "publisher", "report_year", "index_number", "document_number", "issued_on", "published_on")


def place_in_words(place: Place | None) -> str:
    """``table 2, row 4, column 3``, with the page where there are pages."""
    if place is None:
        return "no place"
    parts = {"page": place.page, "table": place.table, "row": place.row, "column": place.column}
    return ", ".join(f"{name} {number}" for name, number in parts.items() if number is not None)


def rule_in_words(rule: LabelRule) -> str:
    """By which rule a label was understood."""
    return _HOW[rule.reading.how].format(rule.spelling.text, rule.spelling.likeness)


def value_in_words(fact: Fact) -> str:
    """A fact's value, or what stands in its place."""
    if fact.value is not None:
        printed = f" (printed “{fact.raw}”)" if fact.raw is not None and fact.raw != str(fact.value) else ""
        return f"{fact.value} {fact.unit or ''}".rstrip() + printed
    return f"{fact.status} (printed “{fact.raw}”)" if fact.raw else fact.status


def origin_in_words(axis: Axis, code: str, origin: Origin) -> Iterator[str]:
    """What gave a figure its row or column, a line each."""
    if origin.label is not None:
        label = origin.label
        how = f", read {rule_in_words(label.rule)}" if label.rule is not None else ""
        yield f"{axis} {code}: “{label.cell.text}” at {place_in_words(label.place)}{how}"
    else:
        yield f"{axis} {code}: no label of its own; its place was told otherwise"
    for issue in origin.issues:
        yield f"  {issue.code}: {issue.message}"


def tell_fact(explanation: Explanation, fact: Fact) -> Iterator[str]:
    """One figure: its value, where it stands, and why it is that row and column."""
    yield f"{fact.table}.{fact.row}.{fact.column} = {value_in_words(fact)}, at {place_in_words(fact.at)}"
    if fact.at is None:
        yield "  The document has no cell for it."
        return
    for axis, code in (("row", fact.row), ("column", fact.column)):
        if axis == "column" and fact.at.column is None:
            yield "  column: the cells of this row could not be told apart"
            continue
        for line in origin_in_words(axis, code, explanation.origin(fact, axis)):  # type: ignore[arg-type]  # both are
            yield f"  {line}"


def tell_cell(explanation: Explanation, use: CellUse) -> Iterator[str]:
    """One cell: what is printed, what became of it, and why."""
    yield f"{place_in_words(use.place)}: “{use.cell.text}” is {_article(use.use)} ({USES[use.use]})"
    if use.rule is not None:
        reading = use.rule.reading
        meaning = " ".join(part for part in (reading.table, reading.role, reading.code) if part)
        yield f"  understood as {meaning}, {rule_in_words(use.rule)}"
    for fact in explanation.named_by(use) if use.use in ("row label", "column label") else ():
        yield f"  names {fact.table}.{fact.row}.{fact.column} = {value_in_words(fact)}, at {place_in_words(fact.at)}"
    for fact in use.facts:
        for line in tell_fact(explanation, fact):
            yield f"  {line}"
    for issue in use.issues:
        yield f"  {issue.severity} {issue.code}: {issue.message}"


def _article(use: str) -> str:
    return use if use in ("metadata", "empty", "other", "unplaced", "unused", "left out") else f"a {use}"


def tell(explanation: Explanation, query: str) -> str:
    """All there is to say of a printed label, a code (``granted``, ``requests.granted.total``) or a cell's text."""
    lines: list[str] = []
    meanings = _meanings(query)
    for meaning in meanings:
        lines += [*_tell_meaning(explanation, *meaning), ""]
    fact = _named_fact(explanation.report, query)
    if fact is not None:
        lines += [*tell_fact(explanation, fact), ""]
    field = query if query in _FIELDS else label_field(query)
    if field is not None:
        lines += [*_tell_field(explanation.report, field), ""]
    if not lines:
        for use in _printing(explanation, query):
            lines += [*tell_cell(explanation, use), ""]
    if not lines:
        lines = [*_tell_unknown(query)]
    return "\n".join(lines).rstrip("\n")


def cells_named(explanation: Explanation, query: str) -> list[CellUse]:
    """The cells that a label, code or text names: where its label is printed, else its figures, else that text."""
    found = [use for meaning in _meanings(query) for use in explanation.labels(*meaning)]
    if (fact := _named_fact(explanation.report, query)) is not None:
        found = [use for use in explanation.cells if fact in use.facts]
    for table, role, code in _meanings(query) if not found else ():
        found += [
            use
            for use in explanation.cells
            if any(one.table == table and code in ((one.row,) if role == "row" else (one.column,)) for one in use.facts)
        ]
    return found or _printing(explanation, query)


def _meanings(query: str) -> list[Meaning]:
    """What a person may mean: a code as it stands in records, else a label as it is printed."""
    table, _, code = query.partition(".")
    by_code: list[Meaning] = []
    for name, definition in load_forms().items():
        if code and name != table:
            continue
        wanted = code or table
        if any(row.code == wanted for _, row in definition.rows):
            by_code.append((name, "row", wanted))
        if any(column.code == wanted for _, column in definition.columns):
            by_code.append((name, "column", wanted))
    return by_code or list(dict.fromkeys((found.table, found.role, found.code) for found in readings(query)))


def _named_fact(report: Report, query: str) -> Fact | None:
    return next((fact for fact in report.facts if query == f"{fact.table}.{fact.row}.{fact.column}"), None)


def _printing(explanation: Explanation, text: str) -> list[CellUse]:
    wanted = folded(text)
    same = [use for use in explanation.cells if wanted and folded(use.cell.text) == wanted]
    return same or [use for use in explanation.cells if wanted and wanted in folded(use.cell.text)]


def _tell_meaning(explanation: Explanation, table: TableCode, role: Role, code: str) -> Iterator[str]:
    definition = load_forms()[table]
    edition = explanation.report.forms.get(table)
    name = f"{table} {role} {code}".rstrip()
    if edition is None:
        yield f"{name}: the document has no table {table} ({definition.title})"
        yield from _tell_tried(explanation, table, role, code)
        return
    yield f"{name}, form {edition}"
    form = definition.forms[edition]
    columns = {column.code for row in form.rows for column in row.columns}
    if role != "heading" and code not in (columns if role == "column" else {row.code for row in form.rows}):
        yield f"  The form {edition} has no such {role}; {', '.join(sorted(_editions(table, role, code)))} has."
        return
    labels = explanation.labels(table, role, code)
    for use in labels:
        # Several meanings share a spelling: what the cell was taken for is said where it is another.
        rule = use.rule
        other = rule is not None and (rule.reading.role, rule.reading.code) != (role, code)
        taken = f", but taken for {rule.reading.role} {rule.reading.code}" if rule is not None and other else ""
        how = f", read {rule_in_words(rule)}" if rule is not None and not other else ""
        yield f"  printed at {place_in_words(use.place)}: “{use.cell.text}”{how}{taken}"
    if role == "heading":
        return
    facts = [fact for fact in explanation.report.facts if fact.table == table and _code(fact, role) == code]
    if not labels:
        yield "  No cell prints a label that is read so."
        yield from _tell_tried(explanation, table, role, code)
    yield from _tell_facts(explanation, facts, role)


def _code(fact: Fact, role: Role) -> str:
    return fact.row if role == "row" else fact.column


def _editions(table: TableCode, role: Role, code: str) -> set[str]:
    definition = load_forms()[table]
    if role == "row":
        return {edition for editions, row in definition.rows for edition in editions if row.code == code}
    return {edition for editions, column in definition.columns for edition in editions if column.code == code}


def _tell_facts(explanation: Explanation, facts: Sequence[Fact], role: Role) -> Iterator[str]:
    """The figures of a row or column, a line each, with the other label of each."""
    said: set[Issue] = set()
    axis: Axis = "row" if role == "row" else "column"
    other: Axis = "column" if role == "row" else "row"
    for fact in facts:
        name = fact.column if role == "row" else fact.row
        yield f"  {name}: {value_in_words(fact)}{_under(explanation, fact, other)}"
        for issue in (*explanation.origin(fact, axis).issues, *explanation.origin(fact, other).issues):
            if issue not in said:
                said.add(issue)
                yield f"    {issue.code}: {issue.message}"


def _under(explanation: Explanation, fact: Fact, other: Axis) -> str:
    if fact.at is None:
        return ""
    label = explanation.origin(fact, other).label
    if label is None:
        return f", at {place_in_words(fact.at)}"
    way = "under" if other == "column" else "beside"
    how = f" ({rule_in_words(label.rule)})" if label.rule is not None and label.rule.reading.how != "exact" else ""
    return f", at {place_in_words(fact.at)}, {way} “{label.cell.text}”{how}"


def _tell_tried(explanation: Explanation, table: TableCode, role: Role, code: str) -> Iterator[str]:
    tried = explanation.tried(table, role, code)
    if not tried.needed:
        return
    if explanation.report.forms.get(table) is None:
        if not tried.shown:
            yield "  The document has no table at all."
        for grid, labels in tried.shown.items():
            yield f"  table {grid} shows {labels} labels of it as the form prints them; {tried.needed} must be there"
        return
    yield (
        "  Tried for each cell, in this order: the spellings of the form's data, its keywords, the beginning of one "
        f"label only, a misprint (likeness of {CLOSE_RATIO} at least, and {CLOSE_MARGIN} more than to any other label)."
    )
    for use, spelling in tried.nearest:
        what = f"{_article(use.use)}"
        yield (
            f"  nearest: “{use.cell.text}” at {place_in_words(use.place)}, {what}; "
            f"likeness {spelling.likeness:.2f} to “{spelling.text}”"
        )


def _tell_unknown(query: str) -> Iterator[str]:
    yield f"“{query}” is no label that the forms or the metadata block know, and no cell prints it."
    yield "Give a label as printed (予以公开), a code (granted, requests.granted.total), or a field (published_on)."


def _tell_field(report: Report, field: str) -> Iterator[str]:
    value = getattr(report, field)
    yield f"{field} = {value if value is not None else 'nothing'}"
    entries = [entry for entry in report.metadata if entry.field == field]
    for entry in entries:
        weak = ", counts only where nothing better names the field" if is_weak(entry) else ""
        read = f"read as {entry.value}" if entry.value else "nothing that could be read"
        yield f"  the label “{entry.label}” has “{entry.raw}”: {read}{weak}"
    labels = labels_of_field(field)
    if not entries and labels:
        yield f"  No label of the metadata block names it; known are {', '.join(labels)}."
    if value is not None and not any(entry.value == value for entry in entries):
        yield "  It comes from the title, the text or the page's meta tags."


def tell_metadata(report: Report) -> str:
    """What the metadata block says, and what was made of it."""
    lines = [line for field in _FIELDS for line in _tell_field(report, field)]
    unused = [entry for entry in report.metadata if entry.field is None]
    lines += [f"no field is made of “{entry.label}”: “{_short(entry)}”" for entry in unused]
    return "\n".join(lines)


def _short(entry: MetadataEntry) -> str:
    return entry.raw if len(entry.raw) <= 60 else f"{entry.raw[:59]}…"


def tell_family(verdict: Verdict) -> str:
    """Which CMS family an address and its page are of, with what speaks for it."""
    families = known_families()
    lines = (
        [f"Family: {verdict.family}, {families[verdict.family].title}."] if verdict.family else ["Family: undecided."]
    )
    for guess in verdict.guesses:
        lines.append(f"  {guess.family}, score {guess.score}")
        lines += [f"    {piece}" for piece in guess.evidence]
    if verdict.doubt is not None:
        lines.append(f"  in doubt: {verdict.doubt}")
    return "\n".join(lines)
