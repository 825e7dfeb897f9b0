"""A report's tables as its form prints them: heads, labels, figures in order, with what is to be said of each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from govreports.issues import Place
from govreports.reports.forms import STATUTORY, Form, Row, TableDefinition, load_forms
from govreports.reports.model import Check, Fact, LocalLabels, Report, TableCode
from govreports.store.codes import load_codes
from govreports.store.columns import to_text

_NUMBER: Final = re.compile(r"(.*?)(\d*)")
_BALANCED: Final = ("new_received", "carried_in", "outcome_total", "carried_out")
"""Rows that R1 is about."""
_SUMMED: Final = {"outcomes_sum": ("outcome_total", None), "applicants_sum": (None, "total")}
"""Where the sum stands that a relation is about: row and column, None for the relation's own."""

CellKey = tuple[TableCode, str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """A label of a table."""

    text: str
    english: str = ""
    scope: str = "col"
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, or what stands in its place."""

    text: str
    status: str
    tooltip: str
    href: str | None = None
    failed: bool = False
    changed: bool = False
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One statutory table. ``rows`` are in the order of print; ``edition`` is None where it was not found."""

    code: TableCode
    title: str
    english: str
    edition: str | None = None
    rows: tuple[tuple[Head | Value, ...], ...] = ()


class _Cells:
    """The cells of one report, ready to be placed."""

    def __init__(
        self, report: Report, documents: Mapping[TableCode, int], failing: Iterable[CellKey], changed: Iterable[CellKey]
    ) -> None:
        self._facts = {(fact.table, fact.row, fact.column): fact for fact in report.facts}
        self._documents = documents
        self._failing = frozenset(failing)
        self._changed = frozenset(changed)

    def of_row(self, table: TableCode, row: Row) -> Iterator[Value]:
        for column in row.columns:
            meaning = f"{row.label} / {column.label} · {row.english} / {column.english}"
            yield self.of_cell((table, row.code, column.code), meaning)

    def of_cell(self, key: CellKey, meaning: str) -> Value:
        fact = self._facts.get(key) or Fact(*key, status="absent")
        return Value(
            text=shown(fact),
            status=fact.status,
            tooltip=_tooltip(fact, meaning),
            href=archived_href(self._documents[key[0]], fact.at),
            failed=key in self._failing,
            changed=key in self._changed,
        )

    def columns_of(self, form: Form) -> dict[str, tuple[str, str]]:
        """The columns that a list of indicators has in this report: those of its form, then the body's own."""
        shown = {column: fact for (table, _, column), fact in self._facts.items() if table == form.table}
        of_form = {
            column.code: (column.label, column.english)
            for row in form.rows
            for column in row.columns
            if column.code in shown
        }
        own = {
            code: (fact.local.column, fact.local.column)
            for code, fact in shown.items()
            if fact.local is not None and fact.local.column is not None
        }
        return {**of_form, **own}

    def own_rows(self, form: Form) -> dict[str, LocalLabels]:
        """The rows that the body added to a list of indicators."""
        return {
            row: fact.local
            for (table, row, _), fact in self._facts.items()
            if table == form.table and fact.local is not None and fact.local.row is not None
        }


def print_tables(
    report: Report,
    documents: Mapping[TableCode, int],
    *,
    failing: Iterable[CellKey] = (),
    changed: Iterable[CellKey] = (),
) -> list[PrintedTable]:
    """The statutory tables, and the list of indicators that an earlier report has instead.

    ``documents`` says from which document each was read, ``failing`` and ``changed`` which cells are to be marked.
    """
    cells = _Cells(report, documents, failing, changed)
    return [_print(definition, report.forms.get(table), cells) for table, definition in load_forms().items()]


def owed(tables: Iterable[PrintedTable]) -> list[PrintedTable]:
    """Those tables that a report has or should have: an earlier one its list, a later one the statutory tables."""
    shown = list(tables)
    listed = any(table.code == "indicators" and table.edition is not None for table in shown)
    return [table for table in shown if table.edition is not None or (table.code in STATUTORY and not listed)]


def failing_cells(checks: Iterable[Check]) -> set[CellKey]:
    """The cells that failed checks are about."""
    found: set[CellKey] = set()
    for check in checks:
        if check.status != "fail":
            continue
        if check.rule == "requests_balance" and check.column is not None:
            found |= {(check.table, row, check.column) for row in _BALANCED}
            continue
        row, column = _SUMMED.get(check.rule, (None, "total" if check.rule == "disputes_sum" else None))
        row, column = row or check.row, column or check.column
        if row is not None and column is not None:
            found.add((check.table, row, column))
    return found


def archived_href(document: int, place: Place | None) -> str | None:
    """The address of a place in an archived document; None where no place is known."""
    if place is None:
        return None
    return f"/-/archived/{document}#{anchor(place) or ''}".rstrip("#")


def anchor(place: Place) -> str | None:
    """The name of a place within the page that shows the document."""
    if place.table is None:
        return None
    if place.row is None:
        return f"t{place.table}"
    return f"t{place.table}r{place.row}c{place.column or 1}"


def shown(fact: Fact) -> str:
    """What stands in a cell: a figure digit for digit, else what was printed; empty for a blank or an absent one."""
    if fact.value is not None:
        return to_text(fact.value)
    return fact.raw or ""


def labels(table: TableCode, edition: str | None, row_code: str | None, column_code: str | None) -> tuple[str, str]:
    """Row and column of a place in words, Chinese and English; what a relation leaves open is left out."""
    form = load_forms()[table].forms.get(edition or "")
    if form is None:
        known = " / ".join(code for code in (row_code, column_code) if code)
        return known, known
    row = form.row(row_code) if row_code else None
    columns = row.columns if row is not None else form.rows[0].columns
    column = next((column for column in columns if column.code == column_code), None)
    parts = [part for part in (row, column) if part is not None]
    return " / ".join(part.label for part in parts), " / ".join(part.english for part in parts)


def _tooltip(fact: Fact, meaning: str) -> str:
    printed = shown(fact)
    said = [meaning]
    if fact.unit:
        said.append(fact.unit)
    if fact.raw and fact.raw != printed:
        said.append(f"原文 · printed: {fact.raw}")
    if fact.confidence is not None:
        said.append(f"识别置信度 · confidence: {fact.confidence:.2f}")
    return "；".join(said)


def _print(definition: TableDefinition, edition: str | None, cells: _Cells) -> PrintedTable:
    form = definition.forms.get(edition or "")
    if form is None:
        return PrintedTable(definition.table, definition.title, definition.english)
    layouts = {"matrix": _matrix, "blocks": _blocks, "single_row": _single_row, "list": _list}
    rows = tuple(tuple(row) for row in layouts[definition.layout](definition, form, cells))
    return PrintedTable(definition.table, definition.title, definition.english, edition, rows)


def _matrix(definition: TableDefinition, form: Form, cells: _Cells) -> Iterator[list[Head | Value]]:
    columns = form.rows[0].columns
    first: list[Head | Value] = [Head("项目", "item", rowspan=2)]
    second: list[Head | Value] = []
    last = None
    for column in columns:
        if column.group is None:
            first.append(Head(column.label, column.english, rowspan=2))
            continue
        if column.group != last:
            width = sum(other.group == column.group for other in columns)
            first.append(Head(_heading(definition, column.group), scope="colgroup", colspan=width))
        second.append(Head(column.label, column.english))
        last = column.group
    yield first
    yield second
    group = None
    for row in form.rows:
        number, own = _split(row.number)
        if row.group is not None and row.group != group:
            entry = load_codes()["group"][row.group]
            title = f"{number} {entry['label'].partition('（')[0]}"
            yield [Head(title, entry["label_en"].partition(":")[0], scope="rowgroup", colspan=len(columns) + 1)]
        group = row.group
        label = f"{own if row.group is not None else row.number or ''} {row.label}".strip()
        yield [Head(label, row.english, scope="row"), *cells.of_row(form.table, row)]


def _blocks(definition: TableDefinition, form: Form, cells: _Cells) -> Iterator[list[Head | Value]]:
    width = max(len(row.columns) for row in form.rows)
    block = None
    for row in form.rows:
        if row.block != block:
            block = row.block
            law = load_codes()["legal"].get(row.legal, row.legal or "")
            yield [Head(law.rpartition("》")[2], row.legal or "", scope="rowgroup", colspan=width + 1)]
            yield [Head("信息内容", "kind of information"), *_widened_heads(row, width)]
        values = list(cells.of_row(form.table, row))
        last = values.pop()
        wide = Value(
            last.text, last.status, last.tooltip, last.href, last.failed, last.changed, colspan=width - len(values)
        )
        yield [Head(row.label, row.english, scope="row"), *values, wide]


def _widened_heads(row: Row, width: int) -> Iterator[Head]:
    for place, column in enumerate(row.columns, 1):
        span = width - place + 1 if place == len(row.columns) else 1
        yield Head(column.label, column.english, colspan=span)


def _single_row(definition: TableDefinition, form: Form, cells: _Cells) -> Iterator[list[Head | Value]]:
    first: list[Head | Value] = []
    second: list[Head | Value] = []
    groups = [heading.group for heading in definition.headings if heading.group]
    told: set[str] = set()
    for row in form.rows:
        group = next((group for group in groups if row.code.startswith(group)), None)
        if group is None:
            first.append(Head(row.label, row.english, scope="colgroup", colspan=len(row.columns), rowspan=2))
            continue
        if group not in told:
            width = sum(len(other.columns) for other in form.rows if other.code.startswith(group))
            first.append(Head(_heading(definition, group), scope="colgroup", colspan=width))
            told.add(group)
        second.append(Head(row.label, row.english, scope="colgroup", colspan=len(row.columns)))
    yield first
    yield second
    yield [Head(column.label, column.english) for row in form.rows for column in row.columns]
    yield [value for row in form.rows for value in cells.of_row(form.table, row)]


def _list(_definition: TableDefinition, form: Form, cells: _Cells) -> Iterator[list[Head | Value]]:
    columns = cells.columns_of(form)
    yield [Head("统计指标", "indicator"), *(Head(label, english) for label, english in columns.values())]
    for row in form.rows:
        label = f"{row.number or ''} {row.label}".strip()
        if not row.columns:
            yield [Head(label, row.english, scope="rowgroup", colspan=len(columns) + 1)]
            continue
        unit = row.columns[0].unit
        meaning = f"{row.label}（{unit}） · {row.english}"
        values = [cells.of_cell((form.table, row.code, code), meaning) for code in columns]
        yield [Head(f"{label}（{unit}）", row.english, scope="row"), *values]
    own = cells.own_rows(form)
    if own:
        title = Head("自行增设的指标", "indicators of the body's own", scope="rowgroup", colspan=len(columns) + 1)
        yield [title]
    for row_code, labels in own.items():
        label = " › ".join((*labels.path, labels.row or ""))
        values = [cells.of_cell((form.table, row_code, code), label) for code in columns]
        yield [Head(label, scope="row"), *values]


def _heading(definition: TableDefinition, group: str) -> str:
    return next(heading.names.label for heading in definition.headings if heading.group == group)


def _split(number: str | None) -> tuple[str, str]:
    """``三（三）1`` → the group's number and the row's own."""
    found = _NUMBER.fullmatch(number or "")
    return (found[1], found[2]) if found is not None else ("", "")
