"""What the store holds beside what was read: bodies, totals of versions and the meanings of codes.

All of it follows from the rest and from the package's data. It is written along with each page; here it is completed
when a store is opened that an earlier program wrote, and made anew after a correction in the data.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from govreports.store import bodies, codes, content, models
from govreports.store.summary import layout, summary_of

_NAME: Final = "summary"
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Matched:
    """How many names and bodies there are, how many bodies have several names, and how many are doubtful."""

    names: int
    bodies: int
    of_several_names: int
    doubtful: int


def are_current(connection: Connection) -> bool:
    """Whether what follows from the rest was made by the package's present data; the newest pages of a crawl that goes
    on may still lack their bodies.
    """
    return codes.are_filled(connection) and _are_summed(connection) and bodies.are_matched(connection)


def are_complete(connection: Connection) -> bool:
    """Whether all that follows from the rest is there, and made by the package's present data."""
    return are_current(connection) and bodies.are_settled(connection)


def complete(connection: Connection) -> None:
    """Make what is missing, or was made by other data."""
    if not codes.are_filled(connection):
        codes.fill(connection)
    if not _are_summed(connection):
        _sum_all(connection)
    if not bodies.are_matched(connection):
        bodies.match_all(connection)
    bodies.settle(connection)


def match_bodies(connection: Connection) -> Matched:
    """Match all bodies anew."""
    bodies.match_all(connection)
    publisher, body = models.Publisher, models.Body
    names = select(publisher.body_id, func.count().label("names")).where(publisher.body_id.is_not(None))
    of_bodies = names.group_by(publisher.body_id).subquery()
    return Matched(
        names=connection.execute(select(func.coalesce(func.sum(of_bodies.c.names), 0))).scalar_one(),
        bodies=connection.execute(select(func.count()).select_from(body)).scalar_one(),
        of_several_names=connection.execute(select(func.count()).where(of_bodies.c.names > 1)).scalar_one(),
        doubtful=connection.execute(select(func.count()).where(body.doubts.is_not(None))).scalar_one(),
    )


def _are_summed(connection: Connection) -> bool:
    table = models.Derived
    return connection.execute(select(table.digest).where(table.name == _NAME)).scalar_one_or_none() == _digest()


def _sum_all(connection: Connection) -> None:
    summary, version = models.version_summary, models.ReportVersion
    connection.execute(delete(summary))
    after = 0
    query = select(version.id).order_by(version.id).limit(_CHUNK)
    while versions := list(connection.execute(query.where(version.id > after)).scalars()):
        rows = [{"version_id": one, **summary_of(content.read_report(connection, one)[0])} for one in versions]
        connection.execute(insert(summary), rows)
        after = versions[-1]
    connection.execute(delete(models.Derived).where(models.Derived.name == _NAME))
    connection.execute(insert(models.Derived), {"name": _NAME, "digest": _digest()})


def _digest() -> str:
    return hashlib.blake2b(repr(layout()).encode(), digest_size=16).hexdigest()
