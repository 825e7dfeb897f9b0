"""The walls between the rooms of the house: who may import what."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import govreports

ROOT = Path(govreports.__file__).parent
MODULES = sorted(module.name for module in pkgutil.walk_packages([str(ROOT)], "govreports."))

PURE = ("govreports.documents", "govreports.reports", "govreports.issues")
NOT_PURE = {
    "scrapy": "the crawler",
    "sqlalchemy": "the store",
    "alembic": "the store",
    "twisted": "the crawler",
    "time": "a clock",
    "socket": "the network",
    "urllib.request": "the network",
    "http": "the network",
    "requests": "the network",
    "os": "the machine's settings",
    "govreports.settings": "settings",
    "govreports.store": "the store",
    "govreports.spiders": "the crawler",
    "govreports.pipelines": "the crawler",
}
SQL = ("sqlalchemy", "alembic", "sqlite3")


def imports_of(module: str) -> Iterator[str]:
    """Every module that a module's source imports, wherever in the file."""
    path = ROOT.parent / Path(*module.split("."))
    source = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(room + ".") for room in rooms)


ALEMBIC_ONLY = {"govreports.store.migrations.env"}
"""Alembic runs this script with a context of its own; it is no module to import."""


@pytest.mark.parametrize("module", [name for name in MODULES if name not in ALEMBIC_ONLY])
def test_every_module_imports(module: str) -> None:
    importlib.import_module(module)


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, PURE)])
def test_documents_and_reports_are_pure(module: str) -> None:
    found = {f"{name} ({NOT_PURE[bad]})" for name in imports_of(module) for bad in NOT_PURE if within(name, (bad,))}
    assert not found


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, PURE)])
def test_pure_rooms_do_not_ask_the_clock(module: str) -> None:
    source = ROOT.parent / Path(*module.split("."))
    path = source.with_suffix(".py") if source.with_suffix(".py").exists() else source / "__init__.py"
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not {call for call in calls if call.endswith((".now", ".today", ".utcnow"))}


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, ("govreports.spiders",))])
def test_spiders_know_of_reports_only_the_title_rule(module: str) -> None:
    rooms = {
        name
        for name in imports_of(module)
        if within(name, ("govreports.reports",)) and not within(name, ("govreports.reports.titles",))
    }
    assert rooms <= {"govreports.reports"}


@pytest.mark.parametrize("module", [name for name in MODULES if not within(name, ("govreports.store",))])
def test_only_the_store_knows_sql(module: str) -> None:
    assert not {name for name in imports_of(module) if within(name, SQL)}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = {part for module in MODULES for part in module.split(".")}
    assert not names & {"utils", "helpers", "common", "manager", "misc"}
