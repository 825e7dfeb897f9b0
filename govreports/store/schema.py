"""Bringing a store to the schema of this program, on opening; a newer one is left alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from govreports.store import derived
from govreports.store.engine import read, use_write_ahead_log, write
from govreports.store.errors import NewerStoreError, StoreError, shown

if TYPE_CHECKING:
    # Imported where a schema is changed, which few runs do: it takes longer than most of what they do.
    from alembic.config import Config

# Any number, the same in every process: the name under which PostgreSQL serialises migrations.
_MIGRATION_LOCK: Final = 20_190_515


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema known here, creating it where it is empty.

    Several processes may do so at once. NewerStoreError where the schema is not known here, StoreError where
    an SQLite file belongs to another program; both leave the database as it was.
    """
    known = revisions()
    url = engine.url.render_as_string()
    found = read(engine, lambda connection: _revision(connection, url))
    if found is not None and found not in known:
        raise NewerStoreError(
            f"the store {shown(url)} has schema {found}, which this govreports ({known[-1]}) does not know: "
            "it was written by a newer one. Update govreports; nothing was touched"
        )
    use_write_ahead_log(engine)
    if found != known[-1]:
        write(engine, _upgrade)
    if not read(engine, derived.are_complete):
        write(engine, _complete)


def revisions() -> list[str]:
    """The revisions of the schema that are known here, oldest first: the numbers in the names of their files."""
    names = (entry.name for entry in files("govreports.store").joinpath("migrations", "versions").iterdir())
    return sorted(name[1:5] for name in names if name.startswith("r") and name.endswith(".py"))


def _complete(connection: Connection) -> None:
    _lock(connection)
    derived.complete(connection)


def _lock(connection: Connection) -> None:
    """Let one process at a time change the schema or what follows from it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def require_current(engine: Engine) -> None:
    """Refuse, with a StoreError, a database that a reader cannot use as it stands; nothing is written."""
    url = engine.url.render_as_string()
    found = read(engine, lambda connection: _revision(connection, url))
    if found is None:
        raise StoreError(f"the store {shown(url)} is empty; crawl first, or set GOVREPORTS_DATABASE_URL")
    if found != revisions()[-1] or not read(engine, derived.are_current):
        raise StoreError(
            f"the store {shown(url)} was written by another version of govreports; run 'govreports bodies' once, "
            "which brings it up to date"
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command

    _lock(connection)
    with _scripts() as config:
        # On a retried transaction, or after waiting for another process, alembic reads the revision afresh.
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection, url: str) -> str | None:
    """The revision that a database says it has; None for one without tables."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        revisions = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
        return revisions[0] if revisions else None
    if tables and connection.dialect.name == "sqlite":
        raise StoreError(
            f"{shown(url)} holds tables of another program ({', '.join(sorted(tables)[:3])}); name another file"
        )
    return None


@contextmanager
def _scripts() -> Iterator[Config]:
    """An alembic configuration whose scripts are on disk, also where the package runs from a zip."""
    package = files("govreports.store").joinpath("migrations")
    if isinstance(package, Path):
        yield _config(package)
        return
    with tempfile.TemporaryDirectory(prefix="govreports-migrations-") as folder:
        _copy(package, Path(folder))
        yield _config(Path(folder))


def _config(folder: Path) -> Config:
    from alembic.config import Config

    config = Config()
    # A percent sign would begin an interpolation.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        elif entry.name.endswith(".py"):
            (target / entry.name).write_bytes(entry.read_bytes())
