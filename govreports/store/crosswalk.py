"""The long panel: which figures of which form stand for one concept, read from ``labels/crosswalk.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from govreports.reports.model import TableCode

STATUTORY_FORM: Final = "statutory"
"""The tables since 2019, whatever their edition."""


@dataclass(frozen=True, slots=True)
class Term:
    """A figure that is added (or taken off): a cell, or a group of rows of the requests table (``column`` is None)."""

    table: TableCode
    row: str
    column: str | None
    sign: int


@dataclass(frozen=True, slots=True)
class Concept:
    """One column of the long panel, and how each form gives it."""

    name: str
    label: str
    label_en: str
    forms: dict[str, tuple[Term, ...]]


@lru_cache(maxsize=1)
def load_crosswalk() -> tuple[Concept, ...]:
    """The concepts in the order of their columns."""
    data = tomllib.loads((files("govreports.store.labels") / "crosswalk.toml").read_text("utf-8"))
    return tuple(
        Concept(
            name,
            entry["zh"],
            entry["en"],
            {form: tuple(_term(form, text) for text in terms) for form, terms in entry["forms"].items()},
        )
        for name, entry in data["concepts"].items()
    )


def _term(form: str, text: str) -> Term:
    sign, path = (-1, text[1:]) if text.startswith("-") else (1, text)
    if form != STATUTORY_FORM:
        return Term("indicators", path, "value", sign)
    table, row, *column = path.split("/")
    return Term(table, row, column[0] if column else None, sign)  # type: ignore[arg-type]  # held to the forms by a test
