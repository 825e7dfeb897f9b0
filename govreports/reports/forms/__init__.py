"""The editions of the statutory tables, as data.

One TOML file a table holds all its editions: columns, rows, labels, aliases, units. A list of indicators, of which
every province had its own, has a file for each form in a folder beside it. A new edition, alias or label variant is a
change to data files only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from govreports.reports.data import load_folder, load_toml
from govreports.reports.model import TableCode

Layout = Literal["matrix", "blocks", "single_row", "list"]
Wording = Literal["verified", "partly", "memory"]
"""How sure it is that a label is printed like this: read in a source, in a related one, or not seen by anybody."""
TABLES: tuple[TableCode, ...] = get_args(TableCode)
STATUTORY: tuple[TableCode, ...] = ("proactive", "requests", "disputes")
"""The tables that every report has since 2019."""
_MONEY = ("元", "万元")


@dataclass(frozen=True, slots=True)
class Label:
    """How one row, column or heading may be printed."""

    label: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    without: tuple[str, ...]
    editions: frozenset[str]
    signature: bool
    """True when the label occurs in these editions only and so tells them apart."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form."""

    code: str
    label: str
    english: str
    unit: str | None
    """Unit of its values, None where the form prints none."""
    signed: bool
    group: str | None
    names: Label
    optional: bool = False
    """True for a column that a body may add to the form; its cells are not missed where the source has none."""

    @property
    def is_money(self) -> bool:
        """Whether it asks for an amount."""
        return self.code == "amount" or self.unit in _MONEY


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form with the columns that it has there."""

    code: str
    label: str
    english: str
    number: str | None
    kind: str
    """``leaf``, ``total``, ``flow`` (what came in and what went on) or ``heading`` (no figure stands there)."""
    group: str | None
    block: str | None
    legal: str | None
    within: str | None
    """Heading group inside which alone the row's label has this meaning."""
    names: Label
    columns: tuple[Column, ...]
    parent: str | None = None
    """Code of the row that it is a part of, in a list of indicators."""
    wording: Wording = "verified"


@dataclass(frozen=True, slots=True)
class Sum:
    """A relation within one column of a list: the parts add up to the total, or at least to it."""

    total: str
    parts: tuple[str, ...]
    relation: Literal["equal", "at_least"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A label that holds no values: a group title, the note cell, the word above a column of labels."""

    names: Label
    group: str | None
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of one table."""

    table: TableCode
    edition: str
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...] = ()

    def row(self, code: str) -> Row | None:
        """The row of that code, None where this edition has none."""
        return next((row for row in self.rows if row.code == code), None)


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """All editions of one table."""

    table: TableCode
    title: str
    english: str
    layout: Layout
    editions: tuple[str, ...]
    headings: tuple[Heading, ...]
    columns: tuple[tuple[frozenset[str], Column], ...]
    rows: tuple[tuple[frozenset[str], Row], ...]
    forms: dict[str, Form]


def _label(entry: dict[str, Any], editions: frozenset[str]) -> Label:
    labels = entry.get("labels", [])
    return Label(
        label=entry.get("label") or (labels[0] if labels else ""),
        aliases=tuple(entry.get("aliases", [])) + tuple(labels[1:]),
        keywords=tuple(entry.get("keywords", [])),
        without=tuple(entry.get("without", [])),
        editions=frozenset(entry.get("editions", editions)),
        signature=entry.get("signature", False),
    )


def _columns(data: dict[str, Any], editions: frozenset[str]) -> list[Column]:
    return [
        Column(
            code=entry["code"],
            label=entry["label"],
            english=entry["english"],
            unit=entry.get("unit", data.get("unit")) or None,
            signed=entry.get("signed", False),
            group=entry.get("group"),
            names=_label(entry, editions),
        )
        for entry in data["columns"]
    ]


def _headings(data: dict[str, Any], editions: frozenset[str]) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            _label(entry, editions),
            entry.get("group"),
            re.compile(entry["pattern"]) if "pattern" in entry else None,
        )
        for entry in data["headings"]
    )


def _definition(table: TableCode) -> TableDefinition:
    data = load_toml(f"forms/{table}.toml")
    if data["layout"] == "list":
        return _list(table, data)
    editions: list[str] = data["editions"]
    every = frozenset(editions)
    columns = _columns(data, every)
    rows: list[tuple[frozenset[str], Row]] = []
    forms: dict[str, list[Row]] = {edition: [] for edition in editions}
    for entry in data["rows"]:
        names = _label(entry, every)
        for edition in editions:
            if edition not in names.editions:
                continue
            of_edition = {column.code: column for column in columns if edition in column.names.editions}
            codes = entry.get("columns", {}).get(edition, list(of_edition))
            row = Row(
                code=entry["code"],
                label=entry["label"],
                english=entry["english"],
                number=entry.get("number"),
                kind=entry.get("kind", "leaf"),
                group=entry.get("group"),
                block=entry.get("block"),
                legal=entry.get("legal"),
                within=entry.get("within"),
                names=names,
                columns=tuple(of_edition[code] for code in codes),
            )
            forms[edition].append(row)
            rows.append((names.editions, row))
    return TableDefinition(
        table=table,
        title=data["title"],
        english=data["english"],
        layout=data["layout"],
        editions=tuple(editions),
        headings=_headings(data, every),
        columns=tuple((column.names.editions, column) for column in columns),
        rows=tuple(rows),
        forms={edition: Form(table, edition, tuple(found)) for edition, found in forms.items()},
    )


def _list(table: TableCode, data: dict[str, Any]) -> TableDefinition:
    """A list of indicators: what all its forms share, and a file for each of them."""
    files = load_folder(f"forms/{table}")
    every = frozenset(file["edition"] for file in files)
    columns = _columns(data, every)
    forms: dict[str, Form] = {}
    for file in files:
        edition: str = file["edition"]
        rows: list[Row] = []
        for entry in file["rows"]:
            kind = entry.get("kind", "leaf")
            of_row = [
                replace(column, unit=entry["unit"], optional=column.code not in file["columns"])
                for column in columns
                if kind != "heading"
            ]
            row = Row(
                code=entry["code"],
                label=entry["label"],
                english=entry["english"],
                number=entry.get("number"),
                kind=kind,
                group=None,
                block=None,
                legal=None,
                within=None,
                names=_label(entry, frozenset((edition,))),
                columns=tuple(of_row),
                parent=entry.get("parent"),
                wording=entry.get("wording", "verified"),
            )
            rows.append(row)
        sums = [Sum(one["total"], tuple(one["parts"]), one.get("relation", "equal")) for one in file.get("sums", [])]
        forms[edition] = Form(table, edition, tuple(rows), tuple(sums))
    return TableDefinition(
        table=table,
        title=data["title"],
        english=data["english"],
        layout=data["layout"],
        editions=tuple(forms),
        headings=_headings(data, every),
        columns=tuple((every, column) for column in columns),
        rows=tuple((row.names.editions, row) for form in forms.values() for row in form.rows),
        forms=forms,
    )


@lru_cache(maxsize=1)
def load_forms() -> dict[TableCode, TableDefinition]:
    """Every table with all its editions, read once."""
    return {table: _definition(table) for table in TABLES}
