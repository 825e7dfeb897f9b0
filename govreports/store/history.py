"""Reports and their versions: found or made, tied to the documents that carry them, one of them current."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from govreports.reports.model import Report
from govreports.store import content, dimensions, models, replacements
from govreports.store.dimensions import Known
from govreports.store.reading import report_identity
from govreports.store.statements import insert_or_ignore

_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Sight:
    """When a content was seen: first and last capture known of the document."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Tie:
    """The version that a document carries."""

    report_id: int
    version_id: int
    number: int


def put_report(
    connection: Connection, portal: int, *, publisher: str | None, year: int | None, scope: str, source_url: str
) -> tuple[int, bool]:
    """The number of a report, and whether it was not there before. ``publisher`` is normal."""
    identity = report_identity(publisher=publisher, year=year, scope=scope, url=source_url)
    key = {"portal": portal, "identity": identity}
    number = connection.execute(_REPORT, key).scalar_one_or_none()
    if number is not None:
        return number, False
    values = {
        "portal_id": portal,
        "identity": identity,
        "publisher_id": (None if publisher is None else dimensions.publisher_id(connection, publisher, portal)),
        "report_year": year,
        "scope": scope,
    }
    made = insert_or_ignore(connection, models.Report, values, returning=models.Report.id)
    if made is not None:
        return int(made), True
    # Another worker was quicker.
    return connection.execute(_REPORT, key).scalar_one(), False


_REPORT = (
    select(models.Report.id)
    .where(models.Report.portal_id == bindparam("portal"), models.Report.identity == bindparam("identity"))
    # Two workers on PostgreSQL must not both count the next version.
    .with_for_update()
)


def add_version(
    connection: Connection, known: Known, report_id: int, document: int, report: Report, digest: str, sight: Sight
) -> Tie:
    """Write the next version of a report; nothing is tied to it yet, and it is not current."""
    version = models.ReportVersion
    highest = select(func.coalesce(func.max(version.number), 0)).where(version.report_id == report_id)
    number = 1 + connection.execute(highest).scalar_one()
    return _insert_version(connection, known, (report_id, number), document, report, digest, sight, current=False)


def add_first_version(
    connection: Connection, known: Known, report_id: int, document: int, report: Report, digest: str, sight: Sight
) -> Tie:
    """Write what a document that is new, too, says of a report that has no version yet; they are tied, and it is
    current.
    """
    added = _insert_version(connection, known, (report_id, 1), document, report, digest, sight, current=True)
    tie(connection, document, added.version_id)
    return added


def _insert_version(
    connection: Connection,
    known: Known,
    numbered: tuple[int, int],
    document: int,
    report: Report,
    digest: str,
    sight: Sight,
    *,
    current: bool,
) -> Tie:
    version = models.ReportVersion
    report_id, number = numbered
    values = {
        "report_id": report_id,
        "number": number,
        "content_hash": digest,
        "document_id": document,
        "is_current": current,
        "first_seen": sight.first,
        "last_seen": sight.last,
        **content.heading(report),
    }
    version_id = int(connection.execute(insert(version).returning(version.id), values).scalar_one())
    content.write(connection, known, version_id, report)
    return Tie(report_id, version_id, number)


def tie_of(connection: Connection, document: int) -> Tie | None:
    """The version that a document carries; None for one that carries none."""
    version = models.ReportVersion
    row = connection.execute(
        select(version.report_id, version.id, version.number)
        .join(models.Rendition, models.Rendition.version_id == version.id)
        .where(models.Rendition.document_id == document)
    ).one_or_none()
    return None if row is None else Tie(row.report_id, row.id, row.number)


def hand_over(connection: Connection, version: int, document: int) -> None:
    """Let another document show a version; its figures are to be written anew, with their places in it."""
    table = models.ReportVersion
    connection.execute(update(table).where(table.id == version).values(document_id=document))


def tie(connection: Connection, document: int, version: int) -> None:
    """Say that a document, tied to nothing so far, carries a version."""
    connection.execute(insert(models.Rendition), {"document_id": document, "version_id": version})


def touch(connection: Connection, version: int, sight: Sight) -> None:
    """Widen the time over which a version was seen."""
    seen = models.ReportVersion
    row = connection.execute(select(seen.first_seen, seen.last_seen).where(seen.id == version)).one()
    first, last = min(row.first_seen, sight.first), max(row.last_seen, sight.last)
    if (first, last) != tuple(row):
        connection.execute(update(seen).where(seen.id == version).values(first_seen=first, last_seen=last))


def untie(connection: Connection, document: int) -> None:
    """Take a document away from the version that it carried; a version that nothing carries any more goes."""
    tied = connection.execute(
        select(models.Rendition.version_id).where(models.Rendition.document_id == document)
    ).scalar_one_or_none()
    if tied is None:
        return
    connection.execute(delete(models.Rendition).where(models.Rendition.document_id == document))
    other = connection.execute(
        select(func.min(models.Rendition.document_id)).where(models.Rendition.version_id == tied)
    ).scalar_one()
    if other is None:
        drop_version(connection, tied)
        return
    version = models.ReportVersion
    connection.execute(
        update(version).where(version.id == tied, version.document_id == document).values(document_id=other)
    )


def drop_version(connection: Connection, version: int) -> None:
    """Take a version away; the one seen last becomes current in its place, and a report without any goes."""
    table = models.ReportVersion
    row = connection.execute(select(table.report_id, table.is_current).where(table.id == version)).one()
    connection.execute(delete(table).where(table.id == version))
    heir = connection.execute(
        select(table.id)
        .where(table.report_id == row.report_id)
        .order_by(table.last_seen.desc(), table.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    if heir is None:
        connection.execute(delete(models.Report).where(models.Report.id == row.report_id))
    elif row.is_current:
        connection.execute(update(table).where(table.id == heir).values(is_current=True))


def let_lead(connection: Connection, version: int, *, source_url: str, fetched_at: datetime) -> bool:
    """Make a version that was just seen at an address the current one, where it has the better claim. Whether another
    one was that before.
    """
    table = models.ReportVersion
    report = connection.execute(select(table.report_id).where(table.id == version)).scalar_one()
    current = connection.execute(
        select(table.id).where(table.report_id == report, table.is_current)
    ).scalar_one_or_none()
    if current == version or (current is not None and not _leads(connection, version, current, source_url, fetched_at)):
        return False
    make_current(connection, version, instead_of=current)
    return True


def make_current(connection: Connection, version: int, *, instead_of: int | None) -> None:
    """Make a version the current one of its report."""
    table = models.ReportVersion
    if instead_of is not None:
        connection.execute(update(table).where(table.id == instead_of).values(is_current=False))
        replacements.note(connection, version, instead_of)
    connection.execute(update(table).where(table.id == version).values(is_current=True))


def _leads(connection: Connection, version: int, current: int, source_url: str, fetched_at: datetime) -> bool:
    """Whether the version just seen should stand before the current one.

    At one address the newest capture counts. Of two addresses, the one with figures; then the one published
    later; then, published on one day, the greater address, so that the order of arrival does not matter.
    Where no date tells, the version that was first seen later.
    """
    here, there = _claim(connection, version), _claim(connection, current)
    if there.source_url == source_url:
        return bool(fetched_at.replace(microsecond=0) >= there.last_seen)
    if here.has_figures != there.has_figures:
        return bool(here.has_figures)
    if here.published is not None and there.published is not None:
        return (here.published, here.source_url) > (there.published, there.source_url)
    return bool(here.number > there.number)


def _claim(connection: Connection, version: int) -> _Row:
    table, document, fact = models.ReportVersion, models.Document, models.Fact
    figures = select(fact.cell_id).where(fact.version_id == table.id, fact.value.is_not(None)).exists()
    return connection.execute(
        select(
            document.source_url,
            table.number,
            table.last_seen,
            func.coalesce(table.published_on, document.listed_on, table.issued_on).label("published"),
            figures.label("has_figures"),
        )
        .join(document, document.id == table.document_id)
        .where(table.id == version)
    ).one()
