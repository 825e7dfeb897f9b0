"""Connections and transactions: one writer at a time on SQLite, patience instead of an error on a lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from govreports.store.errors import StoreError, explain, is_busy, shown

PATIENCE: Final = 60.0
"""Seconds that a connection waits for a lock before it counts as an attempt that failed."""
_ATTEMPTS: Final = 3
_DRIVER: Final = "pg8000"
"""Of a URL that names none. The extra ``postgresql`` has it."""

T = TypeVar("T")


def make_engine(url: str, *, patience: float = PATIENCE) -> Engine:
    """An engine for the store at ``url``; nothing is opened or created yet. StoreError for a URL of no
    use.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database in (None, "", ":memory:"):
                raise StoreError(f"{shown(url)} names no file; use sqlite:///folder/name.sqlite")
            engine = create_engine(parsed, connect_args={"timeout": patience})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        if parsed.get_backend_name() == "postgresql":
            return _postgresql(parsed)
    except ArgumentError as error:
        raise StoreError(
            f"{url!r} is no database URL; write sqlite:///folder/name.sqlite or postgresql://user@host/name"
        ) from error
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            f"the driver for {shown(url)} is not installed ({error}); "
            "for PostgreSQL: pip install 'govreports[postgresql]'"
        ) from error
    raise StoreError(
        f"{shown(url)} is neither SQLite nor PostgreSQL; write sqlite:///folder/name.sqlite or postgresql://user@host/name"
    )


def _postgresql(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername=f"postgresql+{_DRIVER}")
    engine = create_engine(url)
    # Without it the driver sends the rows of an INSERT one by one: a report has some three hundred.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


def make_folder(engine: Engine) -> None:
    """Create the folder of an SQLite file. StoreError where that is not possible."""
    if engine.dialect.name != "sqlite" or engine.url.database is None:
        return
    folder = Path(engine.url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {folder} of the store cannot be made: {error.strerror}; name another one"
        ) from error


def read(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run ``work`` in one reading transaction. StoreError when the database fails."""
    return _patiently(engine, lambda: _run(engine, work, writing=False))


def write(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run ``work`` in one writing transaction: all of it is kept, or nothing.

    ``work`` is run again when a lock held by others, or a deadlock, undid it. StoreBusyError when that did
    not help, StoreError when the database fails in another way.
    """
    return _patiently(engine, lambda: _run(engine, work, writing=True))


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers and the writer of an SQLite file work at the same time; the setting stays with the file."""
    if engine.dialect.name != "sqlite":
        return

    def switch() -> None:
        connection = engine.raw_connection()
        try:
            if connection.cursor().execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.cursor().execute("PRAGMA journal_mode = WAL")
        except engine.dialect.loaded_dbapi.Error as error:
            raise DBAPIError("PRAGMA journal_mode = WAL", None, error) from error
        finally:
            connection.close()

    # SQLite answers this one at once when the file is in use, whatever the patience: so more and quicker
    # attempts.
    _patiently(engine, switch, attempts=200, pause=0.05)


def _run(engine: Engine, work: Callable[[Connection], T], *, writing: bool) -> T:
    with engine.connect().execution_options(govreports_writing=writing) as connection, connection.begin():
        return work(connection)


def _patiently(engine: Engine, attempt: Callable[[], T], *, attempts: int = _ATTEMPTS, pause: float = 0.2) -> T:
    for number in range(1, attempts + 1):
        try:
            return attempt()
        except DBAPIError as error:
            if number == attempts or not is_busy(error):
                raise explain(error, engine.url.render_as_string()) from error
            time.sleep(pause)
    raise AssertionError("the last attempt either returns or raises")


def _prepare_sqlite(connection: Any, record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them without the write lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # With WAL this loses no committed page when a process dies, only the newest when the machine does.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at the start, where waiting is possible; a reader that becomes a writer
    # later can be refused without any wait.
    writing = connection.get_execution_options().get("govreports_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
