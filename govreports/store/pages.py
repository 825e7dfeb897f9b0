"""What the browser shows of one report and of one archived document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, text

from govreports.issues import Issue, Place
from govreports.reports.model import Report, TableCode
from govreports.store import content, models
from govreports.store import engine as transactions
from govreports.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One document, and where its bytes lie."""

    document_id: int
    portal: str
    url: str
    source_url: str
    media_type: str | None
    sha256: str
    fetched_at: datetime
    status: str
    archive_file: str | None
    archive_offset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """What a report is, whatever its version."""

    report_id: int
    portal: str
    portal_name: str | None
    publisher: str | None
    report_year: int | None
    scope: str
    body_id: int | None
    body: str | None
    level: str | None
    division_code: str | None


@dataclass(frozen=True, slots=True)
class Relative:
    """Another report of the same body."""

    report_id: int
    report_year: int | None
    scope: str


@dataclass(frozen=True, slots=True)
class CrossYearFailure:
    """A relation to the year before that does not hold; figures as text."""

    rule: str
    table: str
    row: str
    column: str
    expected: str
    actual: str
    previous_report_id: int


@dataclass(frozen=True, slots=True)
class DocumentIssue:
    """An issue and the document that it is about."""

    document_id: int
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionContent:
    """What one version says, and from which documents."""

    report: Report
    document: SourceDocument
    table_documents: dict[TableCode, int]
    """The document that each table was read from."""
    documents: tuple[SourceDocument, ...]
    """All that carry it, its own first."""
    issues: tuple[DocumentIssue, ...]
    """Of the documents that the figures came from."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A version of a report that a document carries."""

    report_id: int
    number: int
    is_current: bool
    title: str | None


def report_head(store: Store, report_id: int) -> ReportHead | None:
    """What a report is; None where there is none of that number."""
    report, portal, publisher, body = models.Report, models.Portal, models.Publisher, models.Body
    query = (
        select(
            report.id.label("report_id"),
            portal.code.label("portal"),
            portal.name.label("portal_name"),
            publisher.name.label("publisher"),
            report.report_year,
            report.scope,
            body.id.label("body_id"),
            body.name.label("body"),
            body.level,
            body.division_code,
            publisher.division_code.label("publisher_division"),
            portal.division_code.label("portal_division"),
        )
        .join(portal, portal.id == report.portal_id)
        .outerjoin(publisher, publisher.id == report.publisher_id)
        .outerjoin(body, body.id == publisher.body_id)
        .where(report.id == report_id)
    )
    row = transactions.read(store.engine, lambda connection: connection.execute(query).mappings().one_or_none())
    if row is None:
        return None
    values = dict(row)
    others = (values.pop("publisher_division"), values.pop("portal_division"))
    values["division_code"] = next((code for code in (values["division_code"], *others) if code), None)
    return ReportHead(**values)


def version_content(store: Store, version_id: int) -> VersionContent:
    """What a version says. LookupError where there is no such version."""
    return transactions.read(store.engine, lambda connection: _version_content(connection, version_id))


def relatives(store: Store, body_id: int) -> list[Relative]:
    """All reports of a body by year."""
    report, publisher = models.Report, models.Publisher
    query = (
        select(report.id, report.report_year, report.scope)
        .join(publisher, publisher.id == report.publisher_id)
        .where(publisher.body_id == body_id)
        .order_by(report.report_year, report.scope, report.id)
    )
    return [Relative(*row) for row in transactions.read(store.engine, lambda c: c.execute(query).all())]


def cross_year_failures(store: Store, report_id: int) -> list[CrossYearFailure]:
    """The relations between a report and its body's report of the year before that do not hold."""
    query = text(
        "SELECT rule, table_code, row_code, column_code, CAST(expected AS TEXT), CAST(actual AS TEXT),"
        " previous_report_id FROM cross_year_checks WHERE report_id = :report AND status = 'fail'"
        " ORDER BY rule, row_code, column_code"
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query, {"report": report_id}).all())
    return [CrossYearFailure(*row) for row in rows]


def archived_document(store: Store, document_id: int) -> SourceDocument | None:
    """A document of the store; None where there is none of that number."""
    query = _documents().where(models.Document.id == document_id)
    row = transactions.read(store.engine, lambda connection: connection.execute(query).mappings().one_or_none())
    return None if row is None else SourceDocument(**row)


def carried_by(store: Store, document_id: int) -> list[Carried]:
    """The versions that a document carries, or that a table was taken from it for."""
    version = models.ReportVersion
    tied = select(models.Rendition.version_id).where(models.Rendition.document_id == document_id)
    taken = select(models.TableSource.version_id).where(models.TableSource.document_id == document_id)
    query = (
        select(version.report_id, version.number, version.is_current, version.title)
        .where(version.id.in_(tied.union(taken)) | (version.document_id == document_id))
        .order_by(version.report_id, version.number)
    )
    return [Carried(*row) for row in transactions.read(store.engine, lambda c: c.execute(query).all())]


def _version_content(connection: Connection, version_id: int) -> VersionContent:
    own = connection.execute(
        select(models.ReportVersion.document_id).where(models.ReportVersion.id == version_id)
    ).scalar_one_or_none()
    if own is None:
        raise LookupError(f"there is no version {version_id}")
    report, _ = content.read_report(connection, version_id)
    source = models.TableSource
    taken: dict[TableCode, int] = {
        row.table_code: row.document_id
        for row in connection.execute(
            select(source.table_code, source.document_id).where(source.version_id == version_id)
        )
    }
    tied = select(models.Rendition.document_id).where(models.Rendition.version_id == version_id)
    numbers = [own, *taken.values(), *connection.execute(tied).scalars()]
    rows = connection.execute(_documents().where(models.Document.id.in_(numbers))).mappings()
    documents = {row["document_id"]: SourceDocument(**row) for row in rows}
    return VersionContent(
        report=report,
        document=documents[own],
        table_documents={table: taken.get(table, own) for table in report.forms},
        documents=tuple(sorted(documents.values(), key=lambda one: (one.document_id != own, one.document_id))),
        issues=tuple(_issues(connection, {own, *taken.values()})),
    )


def _issues(connection: Connection, documents: Iterable[int]) -> Iterable[DocumentIssue]:
    issue = models.Issue
    query = select(issue.__table__).where(issue.document_id.in_(sorted(documents))).order_by(issue.id)
    for row in connection.execute(query):
        place: Any = Place(row.at_table, row.at_row, row.at_column, row.at_page)
        place = None if place == Place() else place
        yield DocumentIssue(row.document_id, Issue(row.code, row.severity, row.message, place))


def _documents() -> Select[*tuple[Any, ...]]:
    document, portal = models.Document, models.Portal
    return select(
        document.id.label("document_id"),
        portal.code.label("portal"),
        *(document.url, document.source_url, document.media_type, document.sha256, document.fetched_at),
        *(document.status, document.archive_file, document.archive_offset),
    ).join(portal, portal.id == document.portal_id)
