"""What ``doctor`` asks of the store, and the few things that it may change there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from govreports.archive import Capture
from govreports.store import engine as transactions
from govreports.store import models
from govreports.store.reading import url_digest
from govreports.store.store import Store


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One document's place in the archive."""

    document_id: int
    portal: str
    url: str
    sha256: str
    offset: int


def database_file(url: str) -> Path | None:
    """The file of an SQLite store; None for a store that is no file."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def damage(store: Store) -> list[str]:
    """What an SQLite file itself says is wrong with it, as clauses; nothing elsewhere."""
    if store.engine.dialect.name != "sqlite":
        return []

    def work(connection: Connection) -> list[str]:
        said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(5)")]
        found = [] if said == ["ok"] else said
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        return found + [f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there" for row in loose]

    return transactions.read(store.engine, work)


def archive_files(store: Store) -> list[str]:
    """The archive files that documents lie in, by name."""
    query = select(models.Document.archive_file).where(models.Document.archive_file.is_not(None)).distinct()
    return sorted(str(name) for name in transactions.read(store.engine, lambda c: c.execute(query).scalars().all()))


def index_of(store: Store, file: str) -> Iterator[IndexRow]:
    """The documents that lie in an archive file, by place."""
    table = models.Document
    query = (
        select(table.id, models.Portal.code, table.url, table.sha256, table.archive_offset)
        .join(models.Portal, models.Portal.id == table.portal_id)
        .where(table.archive_file == file)
        .order_by(table.archive_offset)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    return (IndexRow(row.id, row.code, row.url, row.sha256, row.archive_offset or 0) for row in rows)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document of the store, and whether it says where in the archive its bytes lie."""

    document_id: int
    has_place: bool


def find_indexed(store: Store, portal: str, url: str, sha256: str) -> Indexed | None:
    """The document of these bytes from this address; None where the store has none."""
    table = models.Document
    query = (
        select(table.id, table.archive_file)
        .join(models.Portal, models.Portal.id == table.portal_id)
        .where(models.Portal.code == portal, table.url_digest == url_digest(url), table.sha256 == sha256)
    )
    row = transactions.read(store.engine, lambda connection: connection.execute(query).one_or_none())
    return None if row is None else Indexed(row.id, row.archive_file is not None)


def may_have_other_archives(store: Store) -> bool:
    """Whether several machines may write into the store, each with an archive of its own."""
    return store.engine.dialect.name == "postgresql"


def set_place(store: Store, document_id: int, capture: Capture | None, *, fetched_at: datetime | None = None) -> None:
    """Point a document to where its bytes lie; None where they are lost."""
    values = {
        "archive_file": capture.file if capture else None,
        "archive_offset": capture.offset if capture else None,
        "archive_length": capture.length if capture else None,
    }
    moment = {"fetched_at": fetched_at} if fetched_at is not None else {}
    table = models.Document
    transactions.write(
        store.engine,
        lambda connection: connection.execute(update(table).where(table.id == document_id).values(**values, **moment)),
    )


def unended_runs(store: Store, *, before: datetime) -> list[tuple[int, str]]:
    """Crawls (run, portal) that began before ``before`` and never ended: their process was killed."""
    table = models.CrawlPortal
    query = (
        select(table.crawl_id, models.Portal.code)
        .join(models.Portal, models.Portal.id == table.portal_id)
        .where(table.finished_at.is_(None), table.started_at < before)
        .order_by(table.crawl_id)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    return [(row.crawl_id, row.code) for row in rows]


def end_runs(store: Store, runs: Sequence[tuple[int, str]], *, at: datetime) -> None:
    """Note that these crawls were killed; they end with the last sign of them, which is their beginning."""
    table = models.CrawlPortal

    def work(connection: Connection) -> None:
        for crawl_id, code in runs:
            portal = select(models.Portal.id).where(models.Portal.code == code).scalar_subquery()
            connection.execute(
                update(table)
                .where(table.crawl_id == crawl_id, table.portal_id == portal)
                .values(
                    state="failed:killed",
                    finish_reason="killed",
                    finished_at=at,
                    message="The process was killed before its end.",
                )
            )
        ended = (models.Crawl.id.in_([crawl_id for crawl_id, _ in runs]), models.Crawl.finished_at.is_(None))
        connection.execute(update(models.Crawl).where(*ended).values(finished_at=at, reason="killed"))

    transactions.write(store.engine, work)
