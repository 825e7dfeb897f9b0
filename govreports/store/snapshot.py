"""A store as it stands at one moment, read from end to end: view by view in parts, or copied into a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from govreports.store import models
from govreports.store.columns import from_text
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
_CUTS: Final = (("report_id", "report"), ("body_id", "body"), ("document_id", "document"))
"""Columns by which a view is read in parts, and the table whose key each is."""
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
        names = [column.name for column in view.columns]
        order = ", ".join(view.order)
        selected = ", ".join(_exact(column, view) for column in view.columns)
        query = f"SELECT {selected} FROM {_source(view)} AS rows_of_view"
        takes = [_take(column) for column in view.columns]
        cut = next(((name, table) for name, table in _CUTS if name in names), None)
        if cut is None:
            yield from self._parts(f"{query} ORDER BY {order}", {}, takes)
            return
        column, table = cut
        first, last = self._connection.exec_driver_sql(f"SELECT MIN(id), MAX(id) FROM {table}").one()
        sql = f"{query} WHERE {column} BETWEEN :first AND :last ORDER BY {order}"
        for start in range(first or 0, (last or -1) + 1, _PART):
            yield from self._parts(sql, {"first": start, "last": start + _PART - 1}, takes)

    def copy_to(self, file: Path) -> None:
        """Write everything but single readings into a new SQLite store, with all views."""
        target = make_engine(f"sqlite:///{file}")
        try:
            migrate(target)
            with target.connect() as connection:
                self._copy(connection)
                connection.exec_driver_sql("ANALYZE")
                connection.commit()
        finally:
            target.dispose()
        _make_one_file(file)

    def _copy(self, target: Connection) -> None:
        for table in models.Base.metadata.sorted_tables:
            if table.name in _NOT_COPIED:
                continue
            target.execute(table.delete())
            result = self._connection.execution_options(yield_per=_ROWS).execute(select(table))
            for part in result.mappings().partitions(_ROWS):
                target.execute(insert(table), [dict(row) for row in part])
            target.commit()

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
    return value if isinstance(value, str) else value.strftime("%Y-%m-%dT%H:%M:%SZ")


def _make_one_file(file: Path) -> None:
    """Leave nothing beside the file: readers may open it where nothing can be written."""
    engine: Engine = create_engine(f"sqlite:///{file}", isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
