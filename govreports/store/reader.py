"""A store opened for reading alone: what the browser works on while crawls may go on writing.

The file is opened with ``mode=ro`` and ``query_only``. It is not called immutable: a crawl may add to it at any time.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from govreports.store.engine import read
from govreports.store.errors import StoreError, shown
from govreports.store.inspection import database_file
from govreports.store.schema import require_current
from govreports.store.store import Store

_LONGEST: Final = 100_000_000
"""Bytes of one value or row."""
_PATIENCE: Final = 10.0
"""Seconds that a reader waits for a lock; with a write-ahead log it hardly ever meets one."""


def open_reader(url: str) -> Store:
    """The SQLite store at a database URL, for reading. StoreError with one sentence where there is none, where it holds
    no report, or where it has to be brought up to date first.
    """
    file = database_file(url)
    if file is None:
        raise StoreError(_why_no_file(url))
    if not file.is_file():
        raise StoreError(f"there is no store at {file}; crawl first, or set GOVREPORTS_DATABASE_URL")
    engine = create_engine(make_url(url), creator=partial(connect_reader, file))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        require_current(engine)
        if not read(engine, lambda connection: connection.execute(text("SELECT 1 FROM report LIMIT 1")).first()):
            raise StoreError(f"the store {shown(url)} holds no report yet; crawl first")
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def connect_reader(file: Path) -> sqlite3.Connection:
    """A connection to an SQLite file that cannot write; threads may hand it on."""
    connection = sqlite3.connect(
        f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, check_same_thread=False, isolation_level=None
    )
    connection.execute("PRAGMA query_only = ON")
    # A question may name no further file, and no text of gigabytes: both are made faster than a time limit strikes.
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    return connection


def _why_no_file(url: str) -> str:
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend == "postgresql":
        return (
            f"{shown(url)} is PostgreSQL, and only SQLite stores can be browsed; write one with "
            "'govreports export --to DIR --format sqlite' and name it in GOVREPORTS_DATABASE_URL"
        )
    return f"{shown(url)} names no SQLite file; use sqlite:///folder/name.sqlite"
