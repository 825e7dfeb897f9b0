"""Statements that SQLite and PostgreSQL word alike and SQLAlchemy keeps apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert_or_ignore(connection: Connection, model: type[Any], values: dict[str, Any], *, returning: Any = None) -> Any:
    """Insert a row unless a row with the same unique key is there; the column ``returning`` of the row made, if any."""
    made = inserting(connection, model).values(values).on_conflict_do_nothing()
    if returning is None:
        connection.execute(made)
        return None
    return connection.execute(made.returning(returning)).scalar_one_or_none()


def inserting(connection: Connection, model: type[Any]) -> sqlite.Insert | postgresql.Insert:
    table: Table = model.__table__
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)
