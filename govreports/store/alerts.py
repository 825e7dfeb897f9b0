"""What monitors said, changes of state that are to be told, and on which ways they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, insert, or_, select, update

from govreports.store import engine as transactions
from govreports.store.models import Alert, AlertDelivery, AlertSink, MonitorVerdict, Portal
from govreports.store.runs import CrawlRun
from govreports.store.statements import insert_or_ignore
from govreports.store.store import Store

_CLAIM: Final = timedelta(minutes=10)
"""A process that took alerts to tell and has not said for that long what became of them is taken for dead."""
_LONGEST_ERROR: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """What one monitor said in one run; ``value`` is a decimal number as text."""

    monitor: str
    verdict: str
    state: str
    value: str | None
    threshold: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAlert:
    """A change of a portal's state, as it is told. ``change`` is ``turned_bad`` or ``recovered``."""

    id: int
    raised_at: datetime
    portal: str
    portal_name: str | None
    monitor: str
    change: str
    message: str
    threshold: str
    crawl_id: int


def verdict_history(store: Store, portal: str, *, limit: int = 30) -> dict[str, list[VerdictRow]]:
    """The last ``limit`` verdicts of each monitor on a portal, the newest first."""
    table = MonitorVerdict
    place = func.row_number().over(partition_by=table.monitor, order_by=table.crawl_id.desc()).label("place")
    names = list(VerdictRow.__dataclass_fields__)
    ranked = (
        select(table.crawl_id, *(getattr(table, name) for name in names), place)
        .join(Portal, Portal.id == table.portal_id)
        .where(Portal.code == portal)
        .subquery()
    )
    query = select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.monitor, ranked.c.place)
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).mappings().all())
    history: dict[str, list[VerdictRow]] = {}
    for row in rows:
        history.setdefault(row["monitor"], []).append(VerdictRow(**{name: row[name] for name in names}))
    return history


def keep_verdicts(
    store: Store, run: CrawlRun, verdicts: Sequence[VerdictRow], changes: dict[str, str], *, at: datetime
) -> None:
    """Keep what monitors said of a portal in a run, with an alert for each monitor in ``changes``: all, or nothing."""
    place = {"crawl_id": run.crawl_id, "portal_id": run.portal_id}

    def work(connection: Connection) -> None:
        for verdict in verdicts:
            connection.execute(insert(MonitorVerdict), {**place, **asdict(verdict)})
            if verdict.monitor in changes:
                told = {"message": verdict.message, "threshold": verdict.threshold}
                alert = {"monitor": verdict.monitor, "change": changes[verdict.monitor], "raised_at": at, **told}
                connection.execute(insert(Alert), {**place, **alert})

    transactions.write(store.engine, work)


def alerts_of_run(store: Store, crawl_id: int) -> list[ToldAlert]:
    """The changes of state of a run, in the order in which they were seen."""
    return transactions.read(store.engine, lambda connection: _alerts(connection, Alert.crawl_id == crawl_id))


def know_sinks(store: Store, sinks: Iterable[str]) -> None:
    """Note ways that alerts go from now on: what was raised before a way was first known is not told there."""

    def work(connection: Connection) -> None:
        known = set(connection.execute(select(AlertSink.sink)).scalars())
        for sink in sinks:
            if sink not in known:
                newest = connection.execute(select(func.max(Alert.id))).scalar_one() or 0
                insert_or_ignore(connection, AlertSink, {"sink": sink, "after_alert": newest})

    transactions.write(store.engine, work)


def claim(store: Store, sink: str) -> list[ToldAlert]:
    """Take all alerts that are still to be told on a way; no other process gets them until ``settle``.

    Should this process die first, they can be taken again some minutes later.
    """
    now = datetime.now(UTC)
    delivery = AlertDelivery

    def work(connection: Connection) -> list[ToldAlert]:
        after = select(AlertSink.after_alert).where(AlertSink.sink == sink).scalar_subquery()
        taken = select(delivery.alert_id).where(
            delivery.sink == sink, or_(delivery.delivered_at.is_not(None), delivery.claimed_until > now)
        )
        # A row for each alert first, so that two processes meet at it.
        for number in connection.execute(select(Alert.id).where(Alert.id > after, Alert.id.not_in(taken))).scalars():
            insert_or_ignore(connection, delivery, {"alert_id": number, "sink": sink, "attempts": 0})
        free = (
            delivery.sink == sink,
            delivery.delivered_at.is_(None),
            or_(delivery.claimed_until.is_(None), delivery.claimed_until <= now),
        )
        mine = connection.execute(
            update(delivery)
            .where(*free)
            .values(claimed_until=now + _CLAIM, attempts=delivery.attempts + 1)
            .returning(delivery.alert_id)
        ).scalars()
        return _alerts(connection, Alert.id.in_(list(mine)))

    return transactions.write(store.engine, work)


def settle(store: Store, sink: str, alerts: Sequence[ToldAlert], *, error: str | None = None) -> None:
    """Say what became of the alerts that were claimed: told, or still to be told because of ``error``."""
    told = {"delivered_at": datetime.now(UTC), "error": None}
    kept = {"claimed_until": None, "error": None if error is None else error[:_LONGEST_ERROR]}
    query = (
        update(AlertDelivery)
        .where(AlertDelivery.sink == sink, AlertDelivery.alert_id.in_([alert.id for alert in alerts]))
        .values(told if error is None else kept)
    )
    transactions.write(store.engine, lambda connection: connection.execute(query))


def _alerts(connection: Connection, condition: Any) -> list[ToldAlert]:
    query = (
        select(
            Alert.id,
            Alert.raised_at,
            Portal.code.label("portal"),
            Portal.name.label("portal_name"),
            Alert.monitor,
            Alert.change,
            Alert.message,
            Alert.threshold,
            Alert.crawl_id,
        )
        .join(Portal, Portal.id == Alert.portal_id)
        .where(condition)
        .order_by(Alert.id)
    )
    return [ToldAlert(**row) for row in connection.execute(query).mappings()]
