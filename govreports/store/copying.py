"""A whole store moved to another database: from SQLite to PostgreSQL, or back. All of it arrives, or nothing.

Rows keep their numbers, so that what refers to them from outside (notes, exports, addresses of the browser) stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Column, Connection, Select, String, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from govreports.store import models
from govreports.store.columns import Figure
from govreports.store.engine import make_engine, make_folder, read
from govreports.store.errors import StoreError, explain, shown
from govreports.store.schema import migrate
from govreports.store.store import Store

_BATCH: Final = 2_000
"""Rows on their way at a time: what holds memory flat."""
_IN_BATCHES: Final = {"yield_per": _BATCH}
_FILLED_ON_OPENING: Final = frozenset({"cell", "code_name", "derived", "division", "fact_status"})
"""Tables, beside those named ``code_…``, that an empty store has rows in."""
_NOT_COPIED: Final = frozenset({"run_lock"})
"""Of processes that work on the one store, not on the other."""
_SHOWN: Final = 5

Told = Callable[[str, int], None]
"""Called with each table's name and its number of rows."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied, table by table, and compared again row by row."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


class CopyDiffersError(StoreError):
    """What the target gives back is not what the store holds; the target was left empty."""


def copy_store(store: Store, url: str, *, told: Told = lambda table, rows: None) -> Copied:
    """Copy a store, as it stands at one moment, into the database at ``url``, which is migrated.

    One transaction: after an error or a difference the target is empty as before. StoreError where the target is not
    empty, is the store itself, or fails; CopyDiffersError where a row did not arrive as it is.
    """
    target = make_engine(url)
    if _place(target.url) == _place(store.engine.url):
        raise StoreError(f"{shown(url)} is the store that is to be copied; name another one")
    make_folder(target)
    try:
        migrate(target)
        found = read(target, _first_rows)
        if found is not None:
            raise StoreError(f"the store {shown(url)} is not empty ({found}); name an empty database or a new file")
        options = {"isolation_level": "REPEATABLE READ"} if store.engine.dialect.name == "postgresql" else {}
        with store.engine.connect().execution_options(**options) as source, source.begin():
            place = shown(url)
            try:
                with target.connect().execution_options(govreports_writing=True) as made, made.begin():
                    return _copy_all(source, made, place, told)
            except DBAPIError as error:
                raise explain(error, target.url.render_as_string()) from error
    except DBAPIError as error:
        raise explain(error, store.engine.url.render_as_string()) from error
    finally:
        target.dispose()


def _place(url: URL) -> tuple[object, ...]:
    """What two URLs of one store have in common, however they are written."""
    if url.get_backend_name() == "sqlite":
        return (Path(url.database or "").resolve(),)
    return (url.host, url.port, url.database)


def _tables() -> list[Table]:
    """In the order in which rows may be written: what is referred to comes first."""
    return [table for table in models.Base.metadata.sorted_tables if table.name not in _NOT_COPIED]


def _first_rows(connection: Connection) -> str | None:
    """What a database holds that is no part of an empty store; None where there is nothing."""
    for table in models.Base.metadata.sorted_tables:
        if table.name in _FILLED_ON_OPENING or table.name.startswith("code_"):
            continue
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if count:
            return f"{count} rows in {table.name}"
    return None


def _copy_all(source: Connection, target: Connection, place: str, told: Told) -> Copied:
    tables = _tables()
    for table in reversed(tables):
        target.execute(delete(table))
    for table in tables:
        _copy(source, target, table)
    if target.dialect.name == "postgresql":
        for table in tables:
            _set_sequence(target, table)
    rows = {}
    for table in tables:
        rows[table.name] = _compare(source, target, table, place)
        told(table.name, rows[table.name])
    return Copied(rows)


def _copy(source: Connection, target: Connection, table: Table) -> None:
    figures = [column.name for column in table.columns if isinstance(column.type, Figure)]
    found = source.execute(select(table), execution_options=_IN_BATCHES)
    for part in found.mappings().partitions(_BATCH):
        rows = [dict(row) for row in part]
        for row in rows:
            row |= {name: _exact(row[name]) for name in figures}
        target.execute(insert(table), rows)


def _exact(value: Any) -> Any:
    # SQLite gives a double, whose shortest text is what was stored.
    return Decimal(repr(value)) if isinstance(value, float) else value


def _set_sequence(target: Connection, table: Table) -> None:
    """Let the next row get a number that no copied row has."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    last = target.execute(select(func.max(column))).scalar_one()
    target.execute(select(func.setval(sequence, last or 1, last is not None)))


def _compare(source: Connection, target: Connection, table: Table, place: str) -> int:
    """How many rows there are on both sides, all alike. CopyDiffersError names those that are not."""
    count = 0
    differences = []
    for one, other in zip_longest(_rows(source, table), _rows(target, table)):
        count += 1
        if one != other:
            differences.append(one or other)
            if len(differences) == _SHOWN:
                break
    if differences:
        keys = "; ".join(_key(table, row) for row in differences)
        raise CopyDiffersError(
            f"{table.name} did not arrive in {place} as it is (rows {keys}); nothing was kept there, and the store "
            "is as it was"
        )
    return count


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    for row in connection.execute(_in_order(connection, table), execution_options=_IN_BATCHES):
        yield tuple(_exact(value) for value in row)


def _in_order(connection: Connection, table: Table) -> Select[Any]:
    # SQLite sorts text by its bytes; PostgreSQL as the language of the database does, unless told.
    by_bytes = connection.dialect.name == "postgresql"

    def key(column: Column[Any]) -> Any:
        return column.collate("C") if by_bytes and isinstance(column.type, String) else column

    return select(table).order_by(*(key(column) for column in table.primary_key.columns))


def _key(table: Table, row: tuple[Any, ...] | None) -> str:
    named = dict(zip(table.columns.keys(), row or (), strict=True))
    return ", ".join(f"{column.name} {named[column.name]}" for column in table.primary_key.columns)
