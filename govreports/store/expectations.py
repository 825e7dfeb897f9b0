"""What was ever seen of each portal, what is expected of it, and the two side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection, Text, case, cast, column, delete, distinct, exists, func, insert, select, table

from govreports.store import engine as transactions
from govreports.store import models
from govreports.store.dimensions import PortalFacts, portal_id
from govreports.store.store import Store

STATUSES: Final = (
    "stored",
    "late",
    "checks_failed",
    "withdrawn",
    "needs_ocr",
    "needs_extra",
    "missing",
    "not_yet_due",
)
"""What the view ``coverage`` says of an expected report."""


@dataclass(frozen=True, slots=True)
class SeenPublisher:
    """A body that published on a portal, the years of its reports, and whether one of them is of its whole area."""

    publisher_id: int
    name: str
    division_code: str | None
    years: frozenset[int]
    speaks_for_area: bool


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document that came and cannot be read with what is installed.

    ``report_of`` is publisher and year where it hangs on a page that gave them without figures; else only the list's
    title speaks for it.
    """

    url: str
    waits_for: str
    listed_title: str | None
    report_of: tuple[int | None, int | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A report that a portal should hold. ``publisher_id`` is None for a body of which nothing was seen yet."""

    publisher_id: int | None
    report_year: int
    publisher_kind: str
    deadline: str
    waits_for: str | None = None
    waiting_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A row of the view ``coverage``; the fields are its columns, in their order."""

    portal: str
    publisher: str | None
    division_code: str | None
    report_year: int
    publisher_kind: str
    deadline: str
    status: str
    published_on: str | None
    punctuality: str | None
    checks_failed: int | None
    versions: int | None
    first_seen: str | None
    last_seen: str | None
    vanished_at: str | None
    report_id: int | None
    source_url: str | None
    waits_for: str | None
    waiting_url: str | None
    as_of: str


def seen_publishers(store: Store, portal: str) -> list[SeenPublisher]:
    """The bodies whose reports a portal was seen to hold, by name."""
    report, publisher = models.Report, models.Publisher
    area = func.max(case((report.scope == "area_rollup", 1), else_=0))
    years = (
        select(publisher.id, publisher.name, publisher.division_code, report.report_year, area)
        .join(report, report.publisher_id == publisher.id)
        .join(models.Portal, models.Portal.id == report.portal_id)
        .where(models.Portal.code == portal, report.report_year.is_not(None))
        .group_by(publisher.id, publisher.name, publisher.division_code, report.report_year)
        .order_by(publisher.name, publisher.id)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(years).all())
    bodies: dict[int, list[tuple[str, str, int, int]]] = {}
    for number, name, division, year, of_area in rows:
        bodies.setdefault(number, []).append((name, division, year, of_area))
    return [
        SeenPublisher(
            publisher_id=number,
            name=held[0][0],
            division_code=held[0][1] or None,
            years=frozenset(year for _, _, year, _ in held),
            speaks_for_area=any(of_area for *_, of_area in held),
        )
        for number, held in bodies.items()
    ]


def waiting_documents(store: Store, portal: str) -> list[WaitingDocument]:
    """Documents of a portal that wait for an extra, and are listed still; not those whose report has its figures."""
    document, issue = models.Document, models.Issue
    page = document.__table__.alias("page")
    version, report = models.ReportVersion, models.Report
    figures = exists().where(models.Fact.version_id == version.id, models.Fact.value.is_not(None))
    query = (
        select(
            document.url,
            func.min(issue.code).label("waits_for"),
            document.listed_title,
            report.id.label("report_id"),
            report.publisher_id,
            report.report_year,
            figures.label("has_figures"),
        )
        .join(models.Portal, models.Portal.id == document.portal_id)
        .join(issue, issue.document_id == document.id)
        .outerjoin(page, (page.c.portal_id == document.portal_id) & (page.c.url == document.source_url))
        .outerjoin(models.Rendition, models.Rendition.document_id == page.c.id)
        .outerjoin(version, (version.id == models.Rendition.version_id) & version.is_current)
        .outerjoin(report, report.id == version.report_id)
        .where(
            models.Portal.code == portal,
            document.status == "unreadable",
            document.vanished_at.is_(None),
            issue.code.like("needs:%"),
        )
        .group_by(document.id, report.id, version.id)
        .order_by(document.id)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    return [
        WaitingDocument(
            row.url,
            row.waits_for,
            row.listed_title,
            None if row.report_id is None else (row.publisher_id, row.report_year),
        )
        for row in rows
        if not row.has_figures
    ]


def replace_expectations(store: Store, portal: PortalFacts, expected: Sequence[Expected], *, as_of: str) -> None:
    """Put what is expected of a portal, as reckoned on the day ``as_of``, in the place of an earlier reckoning."""
    table = models.Expectation

    def work(connection: Connection) -> None:
        number = portal_id(connection, portal)
        connection.execute(delete(table).where(table.portal_id == number))
        if expected:
            rows = [{"portal_id": number, "as_of": as_of, **asdict(one)} for one in expected]
            connection.execute(insert(table), rows)

    transactions.write(store.engine, work)


def portals_of(store: Store) -> list[PortalFacts]:
    """All portals that the store knows, by code."""
    query = select(models.Portal.code, models.Portal.name, models.Portal.division_code).order_by(models.Portal.code)
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).all())
    return [PortalFacts(*row) for row in rows]


def portals_crawled(store: Store) -> set[str]:
    """Portals that were crawled at least once."""
    query = select(distinct(models.Portal.code)).join(
        models.CrawlPortal, models.CrawlPortal.portal_id == models.Portal.id
    )
    return set(transactions.read(store.engine, lambda connection: connection.execute(query).scalars().all()))


def read_coverage(store: Store, *, statuses: Iterable[str] | None = None) -> list[CoverageRow]:
    """The view ``coverage``, by portal, publisher and year; moments as text."""
    names = list(CoverageRow.__dataclass_fields__)
    view = table("coverage", *(column(name) for name in names))
    moments = {"first_seen", "last_seen", "vanished_at"}
    shown = [cast(view.c[name], Text).label(name) if name in moments else view.c[name] for name in names]
    query = select(*shown).order_by(view.c.portal, view.c.publisher, view.c.report_year)
    if statuses is not None:
        query = query.where(view.c.status.in_(list(statuses)))
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).mappings().all())
    return [CoverageRow(**row) for row in rows]


def without_place(store: Store) -> int:
    """Reports that are in no row of the coverage, because their publisher or year is not known."""
    report = models.Report
    query = select(func.count()).where(report.publisher_id.is_(None) | report.report_year.is_(None))
    return transactions.read(store.engine, lambda connection: connection.execute(query).scalar_one())
