"""Which ``crawlall`` works on the store, so that a second one does not do the same at the same time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, text, update

from govreports.process import ProcessId, is_dead, this_process
from govreports.store import engine as transactions
from govreports.store.models import RunLock
from govreports.store.store import Store

SILENCE: Final = timedelta(hours=1)
"""A holder on another host that has given no sign for that long is taken for dead. It gives one every minute."""
# Any number, the same in every process: the name under which PostgreSQL serialises the taking of locks.
_TAKING: Final = 20_190_516


@dataclass(frozen=True, slots=True)
class Holder:
    """A run that holds the store. ``crawl_id`` is None in its first moments."""

    process: ProcessId
    shard: str
    started_at: datetime
    crawl_id: int | None

    def __str__(self) -> str:
        shard = f" (shard {self.shard})" if self.shard else ""
        return (
            f"process {self.process.pid} on {self.process.host}{shard}, since {self.started_at:%Y-%m-%d %H:%M:%S} UTC"
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A lock that was taken; ``left_behind`` are runs whose dead holders it was taken from."""

    token: str
    left_behind: tuple[int, ...] = ()


def take(store: Store, *, shard: str) -> Taken | Holder:
    """Take the lock for a run, or say who holds it.

    Runs of different shards of one division (``1/3`` and ``2/3``) hold it together; every other two exclude each
    other. The lock of a process that has died is taken over: at once where it ran on this host, else after an hour
    without a sign of it. Moments are those of the machine's clock, whatever day a rehearsal has.
    """
    process = this_process()
    at = datetime.now(UTC)
    token = secrets.token_hex(16)

    def work(connection: Connection) -> Taken | Holder:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TAKING})
        left_behind = []
        for row in connection.execute(select(RunLock.__table__).order_by(RunLock.started_at)).all():
            holder = Holder(ProcessId(row.host, row.pid, row.process), row.shard, row.started_at, row.crawl_id)
            if is_dead(holder.process) or at - row.seen_at > SILENCE:
                connection.execute(delete(RunLock).where(RunLock.token == row.token))
                left_behind += [] if row.crawl_id is None else [row.crawl_id]
            elif _exclude_each_other(row.shard, shard):
                return holder
        values = {"token": token, "shard": shard, "started_at": at, "seen_at": at}
        who = {"host": process.host, "pid": process.pid, "process": process.start}
        connection.execute(insert(RunLock), values | who)
        return Taken(token, tuple(left_behind))

    return transactions.write(store.engine, work)


def give_sign(store: Store, token: str, *, crawl_id: int) -> bool:
    """Say that the holder lives; False where the lock is not its own any more, so that it must stop."""
    query = update(RunLock).where(RunLock.token == token).values(seen_at=datetime.now(UTC), crawl_id=crawl_id)
    return transactions.write(store.engine, lambda connection: connection.execute(query).rowcount) == 1


def give_back(store: Store, token: str) -> None:
    """End the hold on the store."""
    query = delete(RunLock).where(RunLock.token == token)
    transactions.write(store.engine, lambda connection: connection.execute(query))


def _exclude_each_other(one: str, other: str) -> bool:
    if not one or not other or one == other:
        return True
    return one.partition("/")[2] != other.partition("/")[2]
