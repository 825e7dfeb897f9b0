"""Runs over many portals: begun, ended, found again to be continued."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from govreports.store import engine as transactions
from govreports.store import models
from govreports.store.models import Crawl, CrawlPortal
from govreports.store.runs import RunFacts
from govreports.store.store import Store

CUT_SHORT: Final = ("time_budget", "shutdown", "killed", "lock_lost", "queue_lost", "failed")
"""Reasons for which a portal's crawl, or a run, ends from outside; what it did not do is to be done again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRun:
    """A run over many portals. ``done`` are the portals in it that came to their own end."""

    crawl_id: int
    started_at: datetime
    reason: str | None
    done: frozenset[str]


def start_run(store: Store, facts: RunFacts, *, at: datetime) -> int:
    """Begin a run over many portals, which ends by ``finish_run``; its number."""
    query = insert(Crawl).returning(Crawl.id)
    return transactions.write(
        store.engine, lambda connection: connection.execute(query, {"started_at": at, **asdict(facts)}).scalar_one()
    )


def finish_run(store: Store, crawl_id: int, *, at: datetime, reason: str) -> None:
    """End a run over many portals."""
    query = update(Crawl).where(Crawl.id == crawl_id).values(finished_at=at, reason=reason)
    transactions.write(store.engine, lambda connection: connection.execute(query))


def end_killed_run(store: Store, crawl_id: int, *, at: datetime) -> None:
    """Note that a run's process died: what it had not ended, ends as ``failed:killed``."""

    def work(connection: Connection) -> None:
        left = (CrawlPortal.crawl_id == crawl_id, CrawlPortal.finished_at.is_(None))
        message = "The process was killed before its end."
        values = {"state": "failed:killed", "finish_reason": "killed", "finished_at": at, "message": message}
        connection.execute(update(CrawlPortal).where(*left).values(values))
        still_open = (Crawl.id == crawl_id, Crawl.finished_at.is_(None))
        connection.execute(update(Crawl).where(*still_open).values(finished_at=at, reason="killed"))

    transactions.write(store.engine, work)


def runs_of(store: Store, selection: str, *, limit: int) -> list[EarlierRun]:
    """The last ``limit`` runs of a selection, the newest first."""
    runs = (
        select(Crawl.id, Crawl.started_at, Crawl.reason)
        .where(Crawl.selection == selection)
        .order_by(Crawl.id.desc())
        .limit(limit)
    )

    def work(connection: Connection) -> list[EarlierRun]:
        found = connection.execute(runs).all()
        portals = connection.execute(
            select(CrawlPortal.crawl_id, models.Portal.code)
            .join(models.Portal, models.Portal.id == CrawlPortal.portal_id)
            .where(CrawlPortal.crawl_id.in_([row.id for row in found]))
            .where(CrawlPortal.state.is_not(None), CrawlPortal.finish_reason.not_in(CUT_SHORT))
        ).all()
        return [
            EarlierRun(
                crawl_id=row.id,
                started_at=row.started_at,
                reason=row.reason,
                done=frozenset(code for crawl_id, code in portals if crawl_id == row.id),
            )
            for row in found
        ]

    return transactions.read(store.engine, work)
