"""A store as it stands at one moment, read from end to end: view by view in parts, or copied into a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.schema import CreateIndex

from govreports.store import models
from govreports.store.columns import from_text, to_text
from govreports.store.dictionary import Column, View
from govreports.store.engine import make_engine
from govreports.store.errors import explain
from govreports.store.schema import migrate
from govreports.store.store import Store
from govreports.store.wide import wide_select

Rows = list[tuple[Any, ...]]
"""Values by the type of their column: int, float, exact int or Decimal, str, bool; moments as ISO text in UTC."""

_PART: Final = 500
"""Reports, bodies or documents that are read at a time: what holds memory flat whatever the store's size."""
_ROWS: Final = 20_000
_CUTS: Final = {"report_id": "report", "body_id": "body", "document_id": "document"}
"""Columns by which a view is read in parts, where its rows are in that order, and the table whose key each is."""
_NOT_COPIED: Final = ("kept_reading", "derived")
"""Readings of single files, of use to crawls only; and what a fresh store has of its own."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is: for the account that goes with an export."""

    reports: int
    bodies: int
    portals: int
    facts: int
    first_year: int | None
    last_year: int | None
    years: dict[int, int]
    """Reports by report year."""


class Snapshot:
    """Reads one moment of a store, whatever is written meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def overview(self) -> Overview:
        """Counts of the whole."""
        ask = self._connection.exec_driver_sql
        reports, bodies, portals = ask(
            "SELECT (SELECT COUNT(*) FROM report), (SELECT COUNT(*) FROM body),"
            " (SELECT COUNT(DISTINCT portal_id) FROM report)"
        ).one()
        facts = ask(
            "SELECT COUNT(*) FROM fact JOIN report_version ON report_version.id = fact.version_id"
            " WHERE report_version.is_current"
        ).scalar_one()
        rows = ask("SELECT report_year, COUNT(*) FROM report WHERE report_year IS NOT NULL GROUP BY 1 ORDER BY 1").all()
        years = {row[0]: row[1] for row in rows}
        return Overview(
            *(reports, bodies, portals, facts),
            first_year=min(years, default=None),
            last_year=max(years, default=None),
            years=years,
        )

    def count(self, view: View) -> int:
        """How many rows a view has."""
        return int(self._connection.exec_driver_sql(f"SELECT COUNT(*) FROM {view.name}").scalar_one())

    def rows(self, view: View) -> Iterator[Rows]:
        """The rows of a view in parts, in the order of its key, figures exact to the last digit."""
        order = ", ".join(self._order(view))
        selected = ", ".join(_exact(column, view) for column in view.columns)
        query = f"SELECT {selected} FROM {_source(view)} AS rows_of_view"
        takes = [_take(column) for column in view.columns]
        cut = view.order[0]
        if cut not in _CUTS:
            yield from self._parts(f"{query} ORDER BY {order}", {}, takes)
            return
        first, last = self._connection.exec_driver_sql(f"SELECT MIN(id), MAX(id) FROM {_CUTS[cut]}").one()
        sql = f"{query} WHERE {cut} BETWEEN :first AND :last ORDER BY {order}"
        for start in range(first or 0, (last or -1) + 1, _PART):
            yield from self._parts(sql, {"first": start, "last": start + _PART - 1}, takes)

    def _order(self, view: View) -> Iterator[str]:
        """The key of a view, so sorted that both engines give the same file: text by its bytes, NULL first."""
        if self._connection.dialect.name == "sqlite":
            yield from view.order
            return
        types = {column.name: column.type for column in view.columns}
        for name in view.order:
            yield f'{name} COLLATE "C" NULLS FIRST' if types[name] == "string" else f"{name} NULLS FIRST"

    def copy_to(self, file: Path) -> None:
        """Write everything but single readings into a new SQLite store, with all views."""
        engine = make_engine(f"sqlite:///{file}")
        try:
            migrate(engine)
            with closing(engine.raw_connection()) as target:
                # Nobody reads the file before it is whole, and it is thrown away when it does not become so.
                for setting in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
                    target.cursor().execute(f"PRAGMA {setting}")
                indices = [index for table in _copied() for index in table.indexes]
                for index in indices:
                    target.cursor().execute(f"DROP INDEX {index.name}")
                target.cursor().execute("BEGIN")
                for table in _copied():
                    self._copy(table, target)
                target.cursor().execute("COMMIT")
                # Sorting once is much faster than finding the place of each row.
                for index in indices:
                    target.cursor().execute(str(CreateIndex(index).compile(dialect=engine.dialect)))
                target.cursor().execute("ANALYZE")
        finally:
            engine.dispose()

    def _copy(self, table: Table, target: PoolProxiedConnection) -> None:
        names = ", ".join(column.name for column in table.columns)
        marks = ", ".join("?" * len(table.columns))
        rows = self._connection.execution_options(yield_per=_ROWS).exec_driver_sql(f"SELECT {names} FROM {table.name}")
        as_stored = self._connection.dialect.name == "sqlite"
        target.cursor().execute(f"DELETE FROM {table.name}")
        for part in rows.partitions(_ROWS):
            found = [tuple(row if as_stored else map(_in_sqlite, row)) for row in part]
            target.cursor().executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", found)

    def _parts(self, sql: str, values: dict[str, int], takes: list[Callable[[Any], Any] | None]) -> Iterator[Rows]:
        result = self._connection.execution_options(yield_per=_ROWS).execute(text(sql), values)
        changed = [(place, take) for place, take in enumerate(takes) if take is not None]
        for part in result.partitions(_ROWS):
            rows = []
            for found in part:
                row = list(found)
                for place, take in changed:
                    if row[place] is not None:
                        row[place] = take(row[place])
                rows.append(tuple(row))
            yield rows


@contextmanager
def snapshot(store: Store) -> Iterator[Snapshot]:
    """One moment of a store. StoreError when the database fails."""
    engine = store.engine
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    try:
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield Snapshot(connection)
    except DBAPIError as error:
        raise explain(error, engine.url.render_as_string()) from error


def _source(view: View) -> str:
    return view.name if view.wide is None else f"({wide_select(view.wide, exact=True)})"


def _exact(column: Column, view: View) -> str:
    return "value_text AS value" if (view.name, column.name) == ("report_facts", "value") else column.name


def _take(column: Column) -> Callable[[Any], Any] | None:
    """How a value of a column is made what its type says; None where it is that already."""
    if column.type == "figure":
        return _figure
    if column.type == "number":
        return float
    if column.type == "boolean":
        return bool
    return _moment if column.type == "datetime" else None


def _figure(value: Any) -> int | Decimal:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return from_text(value)
    # A double of SQLite, whose shortest text is what was stored; or PostgreSQL's decimal.
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return int(exact) if exact == exact.to_integral_value() else exact


def _moment(value: Any) -> str:
    return value if isinstance(value, str) else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _copied() -> list[Table]:
    return [table for table in models.Base.metadata.sorted_tables if table.name not in _NOT_COPIED]


def _in_sqlite(value: Any) -> Any:
    """A value of PostgreSQL as an SQLite store holds it."""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, Decimal):
        return to_text(value)
    return int(value) if isinstance(value, bool) else value
