"""Two readings of a report, cell by cell: what ``diff`` prints and what ``reparse`` counts.

One module beside the rooms: it compares reports and knows neither where they came from nor where they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from govreports.reports.forms import load_forms
from govreports.reports.model import Fact, Report, TableCode

CellKey = tuple[TableCode, str, str]
"""Table, row, column in the codes of the forms."""

_HEAD: Final = (
    "title",
    "publisher",
    "report_year",
    "index_number",
    "document_number",
    "issued_on",
    "published_on",
)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A field of the metadata, or a section's text; None where one side has none."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that holds something else; None where a side's form has no such cell."""

    key: CellKey
    row_label: str
    column_label: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All in which two readings of a report differ; places, checks and issues are not compared."""

    metadata: tuple[TextChange, ...]
    sections: tuple[TextChange, ...]
    cells: tuple[CellChange, ...]

    def __bool__(self) -> bool:
        return bool(self.metadata or self.sections or self.cells)


def compare(before: Report, after: Report) -> Difference:
    """What ``after`` says otherwise than ``before``, in the order in which it is printed."""
    return Difference(
        metadata=_changed_texts(_heads(before), _heads(after)),
        sections=_changed_texts(_sections(before), _sections(after)),
        cells=_changed_cells(before, after),
    )


def changed_numbers(before: Iterable[Fact], after: Iterable[Fact]) -> tuple[int, int, int]:
    """How many numbers came, became others, and went; a cell without a number counts as one that has none."""
    old = {_key(fact): fact.value for fact in before if fact.value is not None}
    new = {_key(fact): fact.value for fact in after if fact.value is not None}
    changed = sum(new[cell] != old[cell] for cell in new.keys() & old.keys())
    return len(new.keys() - old.keys()), changed, len(old.keys() - new.keys())


def to_record(difference: Difference) -> dict[str, Any]:
    """``difference`` as JSON takes it."""
    return {
        "metadata": [_text_record(change, "field") for change in difference.metadata],
        "sections": [_text_record(change, "heading") for change in difference.sections],
        "cells": [
            {
                **dict(zip(("table", "row", "column"), change.key, strict=True)),
                "row_label": change.row_label,
                "column_label": change.column_label,
                "before": _cell_record(change.before),
                "after": _cell_record(change.after),
            }
            for change in difference.cells
        ],
    }


def _heads(report: Report) -> dict[str, str]:
    """Fields and what they say; labels that mean nothing here (visit counters) are left out."""
    said = {name: str(value) for name in _HEAD if (value := getattr(report, name)) is not None}
    for entry in report.metadata:
        if entry.field is not None and entry.value and entry.field not in said:
            said[entry.field] = entry.value
    forms = {f"form of {table}": form for table, form in report.forms.items() if form is not None}
    return {**said, **forms}


def _sections(report: Report) -> dict[str, str]:
    return {section.heading: section.text for section in report.sections}


def _changed_texts(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[TextChange, ...]:
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        TextChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def _changed_cells(before: Report, after: Report) -> tuple[CellChange, ...]:
    old = {_key(fact): fact for fact in before.facts}
    new = {_key(fact): fact for fact in after.facts}
    changes = []
    for key in [*old, *(key for key in new if key not in old)]:
        one, other = old.get(key), new.get(key)
        if one is None or other is None or _said(one) != _said(other):
            row, column = _labels(key, after.forms.get(key[0]) or before.forms.get(key[0]), one or other)
            changes.append(CellChange(key, row, column, one, other))
    return tuple(changes)


def _key(fact: Fact) -> CellKey:
    return fact.table, fact.row, fact.column


def _said(fact: Fact) -> tuple[object, ...]:
    return fact.status, fact.value, fact.raw, fact.unit


def _labels(key: CellKey, edition: str | None, fact: Fact | None) -> tuple[str, str]:
    table, row_code, column_code = key
    local = fact.local if fact is not None else None
    form = load_forms()[table].forms.get(edition or "")
    row = form.row(row_code) if form is not None else None
    column = next((column for column in row.columns if column.code == column_code), None) if row is not None else None
    own_row = " › ".join((*local.path, local.row)) if local is not None and local.row is not None else row_code
    own_column = local.column if local is not None and local.column is not None else column_code
    return row.label if row is not None else own_row, column.label if column is not None else own_column


def _text_record(change: TextChange, name: str) -> dict[str, Any]:
    return {name: change.name, "before": change.before, "after": change.after}


def _cell_record(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"status": fact.status, "value": fact.value, "raw": fact.raw, "unit": fact.unit}
