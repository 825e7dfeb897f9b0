"""Pages that the store knows by their address, and those that a portal no longer lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select, update

from govreports.items import Page
from govreports.store import engine as transactions
from govreports.store import models
from govreports.store.reading import url_digest
from govreports.store.store import Store


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What an address gave when it was last seen: where that lies in the archive, and how it was listed."""

    file: str
    offset: int
    length: int
    sha256: str
    listed_title: str | None
    listed_on: str | None


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """A page of a portal that was seen before a certain moment and not since."""

    document_id: int
    url: str
    source_url: str


def find_known(store: Store, portal: str, url: str) -> KnownPage | None:
    """What an address gave last; None for one never archived, or whose bytes may have been broken on the way."""
    key = {"portal": portal, "url": url_digest(url)}
    row = transactions.read(store.engine, lambda connection: connection.execute(_LAST_SEEN, key).one_or_none())
    if row is None or not row.sound or row.archive_file is None:
        return None
    return KnownPage(
        row.archive_file,
        row.archive_offset or 0,
        row.archive_length or 0,
        row.sha256,
        row.listed_title,
        row.listed_on,
    )


def _last_seen() -> Select[*tuple[Any, ...]]:
    table, issue = models.Document, models.Issue
    needs_more = exists().where(issue.document_id == table.id, issue.code.like("needs:%"))
    return (
        select(
            table.archive_file,
            table.archive_offset,
            table.archive_length,
            table.sha256,
            table.listed_title,
            table.listed_on,
            or_(table.status != "unreadable", needs_more).label("sound"),
        )
        .join(models.Portal, models.Portal.id == table.portal_id)
        .where(models.Portal.code == bindparam("portal"), table.url_digest == bindparam("url"))
        .order_by(table.last_seen.desc(), table.id.desc())
        .limit(1)
    )


_LAST_SEEN = _last_seen()


def is_read(store: Store, page: Page, sha256: str, *, parser_version: str) -> bool:
    """Whether this parser has read these bytes of the page already, listed as they are now."""
    table, issue = models.Document, models.Issue
    unfinished = or_(issue.code.like("needs:%"), issue.code == "parser_failed")
    again = exists().where(issue.document_id == table.id, unfinished)
    query = (
        select(table.id)
        .join(models.Portal, models.Portal.id == table.portal_id)
        .where(
            models.Portal.code == page.portal,
            table.url_digest == url_digest(page.url),
            table.sha256 == sha256,
            table.parser_version == parser_version,
            table.listed_title.is_not_distinct_from(page.listed_title),
            table.listed_on.is_not_distinct_from(page.listed_on),
            ~again,
        )
    )
    return transactions.read(store.engine, lambda connection: connection.execute(query).one_or_none()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store holds of a document and of the report that it carries, in short."""

    status: str
    publisher: str | None
    report_year: int | None
    title: str | None
    facts: int
    checks_failed: int


def describe(store: Store, document_id: int) -> Held:
    """What the store holds of a document."""
    table, version, report, fact, check = (
        models.Document,
        models.ReportVersion,
        models.Report,
        models.Fact,
        models.CheckResult,
    )
    numbers = select(func.count()).where(fact.version_id == version.id, fact.value.is_not(None))
    failed = select(func.count()).where(check.version_id == version.id, check.status == "fail")
    query = (
        select(
            table.status,
            models.Publisher.name.label("publisher"),
            report.report_year,
            version.title,
            numbers.scalar_subquery().label("facts"),
            failed.scalar_subquery().label("checks_failed"),
        )
        .outerjoin(models.Rendition, models.Rendition.document_id == table.id)
        .outerjoin(version, version.id == models.Rendition.version_id)
        .outerjoin(report, report.id == version.report_id)
        .outerjoin(models.Publisher, models.Publisher.id == report.publisher_id)
        .where(table.id == document_id)
    )
    row = transactions.read(store.engine, lambda connection: connection.execute(query).mappings().one())
    return Held(**row)


def not_seen_since(store: Store, portal: str, moment: datetime) -> tuple[list[SeenBefore], set[str]]:
    """The portal's crawled pages that were seen before ``moment`` only, and the addresses of pages seen since."""
    table = models.Document
    query = (
        select(table.id, table.url, table.source_url, table.last_seen)
        .join(models.Portal, models.Portal.id == table.portal_id)
        .where(models.Portal.code == portal, table.origin == "crawl", table.vanished_at.is_(None))
        .order_by(table.id)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    since = moment.replace(microsecond=0)
    seen = {row.url for row in rows if row.last_seen >= since}
    # An address whose content changed has a page for each: it has not vanished while one of them is seen.
    before = [SeenBefore(row.id, row.url, row.source_url) for row in rows if row.url not in seen]
    return before, seen


def mark_vanished(store: Store, documents: Sequence[int], *, at: datetime) -> None:
    """Note that these pages are listed no more. They, and what was read from them, stay."""
    table = models.Document
    transactions.write(
        store.engine,
        lambda connection: connection.execute(
            update(table).where(table.id.in_(documents), table.vanished_at.is_(None)).values(vanished_at=at)
        ),
    )
