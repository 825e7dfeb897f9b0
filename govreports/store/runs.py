"""Run records: one row a run, and one a portal in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from govreports.store.dimensions import PortalFacts, portal_id
from govreports.store.models import Crawl, CrawlPortal


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What makes a run: the command, and for one over many portals what was asked for (``selection``, JSON)."""

    software: str
    command: str = "crawl"
    selection: str | None = None
    portals_planned: int | None = None
    parser_version: str | None = None
    host: str | None = None
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """A portal's place in a run, to be handed back when it ends."""

    crawl_id: int
    portal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlCounters:
    """What a run counted on one portal. ``items_claimed`` is None where the portal claims no number.

    From ``reports_read`` on: what the parser found in the pages that it read in this run.
    """

    items_claimed: int | None = None
    items_seen: int = 0
    reports_seen: int = 0
    new: int = 0
    changed: int = 0
    unread: int = 0
    requests: int = 0
    bytes: int = 0
    blocked: int = 0
    issues: int = 0
    vanished: int = 0
    lost: int = 0
    reports_read: int = 0
    labels_unknown: int = 0
    checks_passed: int = 0
    checks_failed: int = 0
    cells_read: int = 0
    cells_reported: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlEnd:
    """How a portal's crawl ended: a state of the contract, Scrapy's reason, and whether all lists were seen."""

    state: str
    finish_reason: str | None = None
    lists_whole: bool | None = None
    message: str | None = None


def start_crawl(
    connection: Connection, portal: PortalFacts, facts: RunFacts, *, at: datetime, crawl_id: int | None, scope: str
) -> CrawlRun:
    """Begin a portal's row, in a new run or in the one given."""
    if crawl_id is None:
        values = {"started_at": at, **asdict(facts)}
        crawl_id = connection.execute(insert(Crawl).returning(Crawl.id), values).scalar_one()
    run = CrawlRun(crawl_id, portal_id(connection, portal))
    row = {"crawl_id": run.crawl_id, "portal_id": run.portal_id, "started_at": at, "scope": scope}
    connection.execute(insert(CrawlPortal), row | asdict(CrawlCounters()))
    return run


def finish_crawl_portal(
    connection: Connection, run: CrawlRun, end: CrawlEnd, *, at: datetime, counters: CrawlCounters
) -> None:
    """End a portal's row; a run that is not one of ``crawlall`` ends with the last of its portals."""
    connection.execute(
        update(CrawlPortal)
        .where(CrawlPortal.crawl_id == run.crawl_id, CrawlPortal.portal_id == run.portal_id)
        .values(finished_at=at, **asdict(end), **asdict(counters))
    )
    open_rows = (
        select(func.count())
        .where(CrawlPortal.crawl_id == run.crawl_id, CrawlPortal.finished_at.is_(None))
        .scalar_subquery()
    )
    connection.execute(
        update(Crawl)
        .where(Crawl.id == run.crawl_id, Crawl.command != "crawlall", open_rows == 0)
        .values(finished_at=at, reason=end.finish_reason)
    )
