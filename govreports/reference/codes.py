"""The page on codes: editions, rows and columns of the statutory tables, and the smaller sets of codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from govreports.browse.texts import plain
from govreports.markdown import code, table
from govreports.reports.forms import TableDefinition, load_forms
from govreports.reports.model import FactStatus
from govreports.store.codes import load_codes

_HEAD = """\
# Codes

This page is made by `python -m govreports.reference docs/reference` from `govreports/reports/forms` and
`govreports/store/labels/codes.toml`.

Codes never change their meaning; only what two editions both have may be compared. In the store they are explained by
`code_table`, `code_form`, `code_row`, `code_column`, `code_name` and `fact_status`.
"""
_SETS = {"level": "Levels of bodies", "doubt": "Doubts about a body", "scope": "Scopes of reports"}


def page() -> str:
    """The whole page, as Markdown."""
    codes = load_codes()
    text = _HEAD + "\n## What stands in a cell\n\n" + table(("status", "meaning"), _statuses())
    rows = [
        (code(form), "–".join(str(year) for year in entry["years"]), entry["label"], entry["label_en"])
        for form, entry in codes["forms"].items()
    ]
    text += "\n## Editions\n\n" + table(("edition", "report years", "名称", "name"), rows)
    for definition in load_forms().values():
        text += _statutory(definition)
    for kind, title in _SETS.items():
        named = [(code(name), entry["label"], entry["label_en"]) for name, entry in codes[kind].items()]
        text += f"\n## {title}\n\n" + table(("code", "含义", "meaning"), named)
    return text


def _statuses() -> Iterator[tuple[str, str]]:
    for status in get_args(FactStatus):
        yield code(status), "a number" if status == "reported" else plain(f"legend_{status}")


def _statutory(definition: TableDefinition) -> str:
    text = f"\n## {definition.table}\n\n{definition.title} · {definition.english}\n\n"
    text += table(("row", "行名", "meaning", "editions", "columns", "legal basis"), _rows(definition))
    columns = [
        (code(column.code), column.label, column.english, column.unit or "", _editions(definition, editions))
        for editions, column in definition.columns
    ]
    return f"{text}\n" + table(("column", "列名", "meaning", "unit", "editions"), columns)


def _rows(definition: TableDefinition) -> Iterator[tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for edition, form in definition.forms.items():
        whole = sum(edition in editions for editions, _ in definition.columns)
        for row in form.rows:
            # Most rows of a table have all columns of it.
            columns = "all" if len(row.columns) == whole else " ".join(code(column.code) for column in row.columns)
            key = (code(row.code), row.label, row.english, columns, row.legal or "")
            found.setdefault(key, []).append(edition)
    for (name, label, english, columns, legal), editions in found.items():
        yield name, label, english, _editions(definition, editions), columns, legal


def _editions(definition: TableDefinition, editions: Iterable[str]) -> str:
    found = [edition for edition in definition.editions if edition in editions]
    return "all" if len(found) == len(definition.editions) else ", ".join(found)
