"""Run records: one row a crawl, and one a portal in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from govreports.store.dimensions import PortalFacts, portal_id
from govreports.store.models import Crawl, CrawlPortal


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """A portal's place in a run, to be handed back when it ends."""

    crawl_id: int
    portal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlCounters:
    """What a run counted on one portal. ``items_claimed`` is None where the portal claims no number."""

    items_claimed: int | None = None
    items_seen: int = 0
    reports_seen: int = 0
    new: int = 0
    changed: int = 0
    unread: int = 0
    requests: int = 0
    bytes: int = 0


def start_crawl(
    connection: Connection, portal: PortalFacts, *, at: datetime, software: str, crawl_id: int | None
) -> CrawlRun:
    """Begin a portal's row, in a new run or in the one given."""
    if crawl_id is None:
        values = {"started_at": at, "software": software}
        crawl_id = connection.execute(insert(Crawl).returning(Crawl.id), values).scalar_one()
    run = CrawlRun(crawl_id, portal_id(connection, portal))
    row = {"crawl_id": run.crawl_id, "portal_id": run.portal_id, "started_at": at}
    connection.execute(insert(CrawlPortal), row | asdict(CrawlCounters()))
    return run


def finish_crawl_portal(
    connection: Connection,
    run: CrawlRun,
    *,
    at: datetime,
    state: str,
    counters: CrawlCounters,
    message: str | None,
) -> None:
    """End a portal's row; the run ends with the last of its portals."""
    connection.execute(
        update(CrawlPortal)
        .where(CrawlPortal.crawl_id == run.crawl_id, CrawlPortal.portal_id == run.portal_id)
        .values(finished_at=at, state=state, message=message, **asdict(counters))
    )
    open_rows = (
        select(func.count())
        .where(CrawlPortal.crawl_id == run.crawl_id, CrawlPortal.finished_at.is_(None))
        .scalar_subquery()
    )
    connection.execute(update(Crawl).where(Crawl.id == run.crawl_id, open_rows == 0).values(finished_at=at))
