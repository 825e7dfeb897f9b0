"""What can go wrong with a store, each as one clear sentence."""

from __future__ import annotations

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError


class StoreError(Exception):
    """The store cannot be used; the message says what, where and what to do."""


class StoreBusyError(StoreError):
    """Another process held the store for longer than the patience given."""


class NewerStoreError(StoreError):
    """The store was written by a newer govreports; nothing in it was touched."""


def shown(url: str) -> str:
    """``url`` as it may be printed: without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


def is_busy(error: DBAPIError) -> bool:
    """True where the database only asks to try again: a lock held by others, a deadlock that chose this
    one.
    """
    code = str(getattr(error.orig, "sqlite_errorname", "")) or _sqlstate(error)
    return code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code in ("40001", "40P01", "55P03")


def _sqlstate(error: DBAPIError) -> str:
    """PostgreSQL's own code of an error; empty where there is none."""
    return str(_told(error).get("C", "") or getattr(error.orig, "sqlstate", None) or "")


def _told(error: DBAPIError) -> dict[str, str]:
    """What pg8000 hands on of an error's fields; empty for other drivers and for errors of its own."""
    told = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return told if isinstance(told, dict) else {}


def explain(error: DBAPIError, url: str) -> StoreError:
    """The sentence for a failure that came from the database."""
    code = str(getattr(error.orig, "sqlite_errorname", ""))
    place = shown(url)
    if is_busy(error):
        return StoreBusyError(f"the store {place} is held by another process; try again when it is done")
    if code.startswith("SQLITE_FULL"):
        return StoreError(f"the disk of the store {place} is full; make room and start again")
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return StoreError(f"{place} is no sound SQLite database ({error.orig}); name another file")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return StoreError(
            f"the store {place} cannot be written ({error.orig}); check that its folder exists and is writable"
        )
    return StoreError(f"the store {place} failed: {_told(error).get('M') or error.orig}")
