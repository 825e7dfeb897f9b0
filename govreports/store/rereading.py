"""What ``reparse`` asks of the store: which archived documents to read again, and what was read from them before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

from govreports.store import engine as transactions
from govreports.store import models
from govreports.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which documents to read again: by default all that another parser read, or that waited for an extra.

    ``years`` are report years; a document that gave no report counts by the title under which it was listed.
    ``everything`` takes in what this parser has read already.
    """

    portal: str | None = None
    years: frozenset[int] | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """A document, the place of its bytes in the archive, and how it was listed last.

    ``reading`` is the digest of what was read last.
    """

    document_id: int
    file: str
    offset: int
    length: int
    reading: str
    listed_title: str | None
    listed_on: str | None


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """What the store holds of a document's last reading; ``version_id`` is None where it carries no report."""

    document_id: int
    reading: str
    status: str
    version_id: int | None
    publisher: str | None
    report_year: int | None
    scope: str | None


def archived_documents(
    store: Store, selection: Selection, *, parser_version: str, after: int, limit: int
) -> list[ArchivedDocument]:
    """The next ``limit`` selected documents whose number is greater than ``after``, by number."""
    table = models.Document
    query = (
        select(
            table.id,
            table.archive_file,
            table.archive_offset,
            table.archive_length,
            table.reading,
            table.listed_title,
            table.listed_on,
        )
        .where(table.id > after, table.archive_file.is_not(None), *_conditions(selection, parser_version))
        .order_by(table.id)
        .limit(limit)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    return [
        ArchivedDocument(
            row.id,
            str(row.archive_file),
            row.archive_offset or 0,
            row.archive_length or 0,
            row.reading,
            row.listed_title,
            row.listed_on,
        )
        for row in rows
    ]


def count_archived(store: Store, selection: Selection, *, parser_version: str, after: int) -> int:
    """How many documents ``archived_documents`` would give in all."""
    table = models.Document
    query = select(func.count()).where(
        table.id > after, table.archive_file.is_not(None), *_conditions(selection, parser_version)
    )
    return transactions.read(store.engine, lambda connection: connection.execute(query).scalar_one())


def portals_of_documents(store: Store) -> frozenset[str]:
    """The ids of all portals that a crawl or an import knew, also of those that the registry does not have."""
    query = select(models.Portal.code)
    return frozenset(transactions.read(store.engine, lambda connection: connection.execute(query).scalars().all()))


def earlier_readings(store: Store, documents: Sequence[int]) -> dict[int, EarlierReading]:
    """What is stored of these documents, by number."""
    table, version, report = models.Document, models.ReportVersion, models.Report
    query = (
        select(
            table.id,
            table.reading,
            table.status,
            version.id,
            models.Publisher.name,
            report.report_year,
            report.scope,
        )
        .outerjoin(models.Rendition, models.Rendition.document_id == table.id)
        .outerjoin(version, version.id == models.Rendition.version_id)
        .outerjoin(report, report.id == version.report_id)
        .outerjoin(models.Publisher, models.Publisher.id == report.publisher_id)
        .where(table.id.in_(documents))
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    return {row[0]: EarlierReading(*row) for row in rows}


def mark_read(store: Store, readings: Sequence[tuple[int, str]], *, parser_version: str) -> None:
    """Note that this parser reads in each document (number, digest) what was read before.

    A document that a crawl has read otherwise in between is left as it is.
    """
    table = models.Document

    def work(connection: Connection) -> None:
        for document, digest in readings:
            unchanged = update(table).where(table.id == document, table.reading == digest)
            connection.execute(unchanged.values(parser_version=parser_version))

    transactions.write(store.engine, work)


def _conditions(selection: Selection, parser_version: str) -> list[ColumnElement[bool]]:
    table, issue = models.Document, models.Issue
    conditions: list[ColumnElement[bool]] = []
    if not selection.everything:
        waits = exists().where(issue.document_id == table.id, issue.code.like("needs:%"))
        conditions.append(or_(table.parser_version != parser_version, waits))
    if selection.portal is not None:
        portal = select(models.Portal.id).where(models.Portal.code == selection.portal)
        conditions.append(table.portal_id == portal.scalar_subquery())
    if selection.years is not None:
        conditions.append(_of_years(selection.years))
    return conditions


def _of_years(years: frozenset[int]) -> ColumnElement[bool]:
    table, rendition, version = models.Document, models.Rendition, models.ReportVersion
    carries = exists().where(rendition.document_id == table.id)
    of_year = exists().where(
        rendition.document_id == table.id,
        version.id == rendition.version_id,
        models.Report.id == version.report_id,
        models.Report.report_year.in_(sorted(years)),
    )
    named = or_(*(table.listed_title.contains(str(year)) for year in sorted(years)))
    return or_(of_year, and_(~carries, named))
