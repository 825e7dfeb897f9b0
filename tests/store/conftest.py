"""A fresh store: in a real SQLite file, and in a database of a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from collected import put_empty_store
from sqlalchemy import text

from govreports.store import Store, open_store

Query = Callable[[str], list[dict[str, Any]]]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only: about SQLite files themselves, which PostgreSQL does not have")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    alone = metafunc.definition.get_closest_marker("sqlite_only") is not None
    for name in ("url", "empty_url"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, ["sqlite"] if alone else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the store of this test lies."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return put_empty_store(tmp_path / "data" / "reports.sqlite")


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store may be made: nothing is there yet."""
    if request.param == "postgresql":
        with request.getfixturevalue("postgresql").empty() as address:
            yield address
    else:
        yield f"sqlite:///{tmp_path}/data/reports.sqlite"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def query(store: Store) -> Query:
    """Rows of a query on the store, as dictionaries: with moments and numbers as SQLite gives them."""

    def ask(sql: str) -> list[dict[str, Any]]:
        with store.engine.connect() as connection:
            rows = connection.execute(text(sql)).mappings()
            return [{name: _plain(value) for name, value in row.items()} for row in rows]

    return ask


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return float(value) if isinstance(value, Decimal) else value
