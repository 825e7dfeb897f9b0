"""The code tables: what the codes in the store mean, filled from the package's data files."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from govreports.bodies.divisions import AUTHORITY, load_divisions, tier_of
from govreports.reports.forms import TABLES, load_forms
from govreports.store import models

KINDS: Final = ("check", "issue", "level", "doubt", "scope")
"""Kinds of codes that ``code_name`` explains."""
_SOURCES: Final = (
    ("govreports.store.labels", "codes.toml"),
    ("govreports.bodies", "divisions.tsv"),
    *(("govreports.reports.forms", f"{table}.toml") for table in TABLES),
)
_FOLDER: Final = ("govreports.reports.forms", "indicators")
"""A folder of which every file is one."""
_NAME: Final = "codes"


@lru_cache(maxsize=1)
def load_codes() -> dict[str, Any]:
    """The data file of code meanings, as it stands."""
    return tomllib.loads((files("govreports.store.labels") / "codes.toml").read_text("utf-8"))


def are_filled(connection: Connection) -> bool:
    """Whether the code tables hold what the package's data files say now."""
    table = models.Derived
    return connection.execute(select(table.digest).where(table.name == _NAME)).scalar_one_or_none() == _digest()


def fill(connection: Connection) -> None:
    """Put the package's meanings in the place of those of an earlier package."""
    for model, rows in (
        (models.TableName, _tables()),
        (models.FormName, _forms()),
        (models.RowName, _rows()),
        (models.ColumnName, _columns()),
        (models.CodeName, _names()),
        (models.Division, _divisions()),
        (models.Derived, [{"name": _NAME, "digest": _digest()}]),
    ):
        old = delete(model)
        connection.execute(old.where(models.Derived.name == _NAME) if model is models.Derived else old)
        connection.execute(insert(model), list(rows))


@lru_cache(maxsize=1)
def _digest() -> str:
    digest = hashlib.blake2b(digest_size=16)
    for package, name in _SOURCES:
        digest.update((files(package) / name).read_bytes().replace(b"\r\n", b"\n"))
    package, folder = _FOLDER
    for file in sorted((files(package) / folder).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _tables() -> Iterator[dict[str, Any]]:
    for position, (code, table) in enumerate(load_forms().items(), 1):
        yield {"table_code": code, "position": position, "label": table.title, "label_en": table.english}


def _forms() -> Iterator[dict[str, Any]]:
    for form, entry in load_codes()["forms"].items():
        first, *last = entry["years"]
        yield {
            "form": form,
            "first_year": first,
            "last_year": last[0] if last else None,
            **{name: entry[name] for name in ("label", "label_en", "legal_basis", "legal_basis_en")},
        }


def _rows() -> Iterator[dict[str, Any]]:
    chinese = load_codes()["legal"]
    for table, definition in load_forms().items():
        for edition, form in definition.forms.items():
            for position, row in enumerate(form.rows, 1):
                yield {
                    "table_code": table,
                    "form": edition,
                    "row_code": row.code,
                    "position": position,
                    "number": row.number,
                    "label": row.label,
                    "label_en": row.english,
                    "kind": row.kind,
                    "group_code": row.group,
                    "legal_basis": None if row.legal is None else chinese.get(row.legal, row.legal),
                    "legal_basis_en": row.legal,
                }


def _columns() -> Iterator[dict[str, Any]]:
    for table, definition in load_forms().items():
        for edition, form in definition.forms.items():
            for row in form.rows:
                for position, column in enumerate(row.columns, 1):
                    yield {
                        "table_code": table,
                        "form": edition,
                        "row_code": row.code,
                        "column_code": column.code,
                        "position": position,
                        "label": column.label,
                        "label_en": column.english,
                        "unit": column.unit,
                    }


def _names() -> Iterator[dict[str, Any]]:
    optional = ("severity", "number", "legal_basis", "legal_basis_en")
    for kind in KINDS:
        for position, (code, entry) in enumerate(load_codes()[kind].items(), 1):
            yield {
                "kind": kind,
                "code": code,
                "position": position,
                "label": entry["label"],
                "label_en": entry["label_en"],
                **{name: entry.get(name) for name in optional},
            }


def _divisions() -> Iterable[dict[str, Any]]:
    for division in load_divisions():
        yield {
            "code": division.code,
            "name": division.name,
            "tier": tier_of(division.code),
            "authority": AUTHORITY,
            "year": division.year,
        }
