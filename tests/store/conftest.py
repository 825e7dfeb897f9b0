"""A fresh store in a real SQLite file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from govreports.store import Store, open_store

Query = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where the store of this test lies."""
    return f"sqlite:///{tmp_path}/data/reports.sqlite"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def query(store: Store) -> Query:
    """Rows of a query on the store, as dictionaries."""

    def ask(sql: str) -> list[dict[str, Any]]:
        with store.engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(sql)).mappings()]

    return ask
