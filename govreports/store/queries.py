"""The canned queries, read from their data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A question to the views; the SQL runs on SQLite and PostgreSQL."""

    name: str
    title: str
    title_en: str
    sql: str


@lru_cache(maxsize=1)
def canned_queries() -> tuple[CannedQuery, ...]:
    """All of them, in the order in which they are offered."""
    data = tomllib.loads((files("govreports.store") / "queries.toml").read_text("utf-8"))
    return tuple(
        CannedQuery(entry["name"], entry["title"], entry["title_en"], entry["sql"].strip()) for entry in data["query"]
    )
