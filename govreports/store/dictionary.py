"""What the views and code tables hold, as data: one description for exports, the data dictionary and the browser."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from govreports.reports.forms import load_forms
from govreports.reports.model import TableCode
from govreports.store.codes import load_codes
from govreports.store.crosswalk import load_crosswalk
from govreports.store.summary import CELLS, FIGURES
from govreports.store.wide import wide_columns

Type = Literal["integer", "number", "figure", "string", "boolean", "datetime"]
"""``figure`` is exact: a count or an amount as printed or added up; ``number`` is a quotient."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, explained in both languages."""

    name: str
    type: Type
    label: str
    label_en: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A view, or a code table, of the store."""

    name: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    wide: TableCode | None = None
    """The statutory table that a wide view shows."""


@lru_cache(maxsize=1)
def load_views() -> dict[str, View]:
    """Every view and code table by name, in the order in which they are offered."""
    data = tomllib.loads((files("govreports.store.labels") / "views.toml").read_text("utf-8"))
    return {name: _view(name, entry, data["columns"]) for name, entry in data["views"].items()}


def _view(name: str, entry: dict[str, Any], shared: dict[str, Any]) -> View:
    own = entry.get("own", {})
    columns = [_column(column, own.get(column) or shared[column]) for column in entry["columns"]]
    if "wide" in entry:
        columns += _cells(entry["wide"])
    figures = FIGURES if entry.get("totals") else entry.get("figures", ())
    columns += [_total(figure) for figure in figures]
    if entry.get("crosswalk"):
        columns += [Column(one.name, "figure", one.label, one.label_en, "件") for one in load_crosswalk()]
    return View(name, entry["title"], entry["title_en"], tuple(columns), tuple(entry["order"]), entry.get("wide"))


def _column(name: str, entry: dict[str, str]) -> Column:
    return Column(name, entry["type"], entry["zh"], entry["en"], entry.get("unit"))  # type: ignore[arg-type]  # tested


def _cells(table: Any) -> list[Column]:
    return [
        Column(column.name, "string" if column.shows_unit else "figure", column.label, column.label_en, column.unit)
        for column in wide_columns(table)
    ]


def _total(name: str) -> Column:
    if name not in CELLS:
        entry = load_codes()["group"][name]
        return Column(name, "figure", entry["label"], entry["label_en"], "件")
    table, row_code, column_code = CELLS[name]
    for form in reversed(load_forms()[table].forms.values()):
        row = form.row(row_code)
        if row is not None:
            column = next((column for column in row.columns if column.code == column_code), None)
            if column is not None:
                label, english = f"{row.label}：{column.label}", f"{row.english}: {column.english}"
                return Column(name, "figure", label, english, column.unit)
    raise LookupError(f"no form has the cell {table}/{row_code}/{column_code}")
