"""Writing what was read from one page: the document, its issues, and the version of the report that it
carries.

All of it happens inside one transaction of the caller, so a page is in the store whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from govreports.archive import Capture
from govreports.issues import Issue
from govreports.items import Page
from govreports.reports.model import Fact, FactStatus, Report
from govreports.store import dimensions, models
from govreports.store.columns import from_text, pack_place, to_text, unpack_place
from govreports.store.dimensions import Known, PortalFacts
from govreports.store.reading import (
    Reading,
    content_hash,
    normal_publisher,
    reading_digest,
    report_identity,
    url_digest,
)

News = Literal["new", "changed", "unchanged", "reread", "unread"]
"""``new``: a report first seen; ``changed``: a new version of one; ``unchanged``: nothing but ``last_seen``
moved; ``reread``: the same bytes, read otherwise than before; ``unread``: a document that gave no report."""

STATUS_IDS: dict[FactStatus, int] = {
    "reported": 0,
    "blank": 1,
    "not_applicable": 2,
    "absent": 3,
    "unreadable": 4,
}
_Row = Row[*tuple[Any, ...]]
_STATUSES: dict[int, FactStatus] = {number: status for status, number in STATUS_IDS.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one page in the store; the last three are None where no report is tied to the page."""

    news: News
    document_id: int
    issues: int
    report_id: int | None = None
    version_id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class _Sight:
    """When a content was seen: first and last capture known of the document."""

    first: datetime
    last: datetime


def write_page(connection: Connection, known: Known, page: Page, reading: Reading, capture: Capture | None) -> Written:
    """Write one page. ``capture`` is its place in the archive, None where the bytes are not archived."""
    portal = dimensions.portal_id(connection, PortalFacts(page.portal))
    issues = (*reading.all_issues(), *_identity_issues(page, reading))
    digest = reading_digest(reading, issues)
    earlier = _find_document(connection, portal, page, reading.sha256)
    if earlier is not None and earlier.reading == digest:
        return _seen_again(connection, page, reading, earlier, capture)
    document = _put_document(connection, portal, page, reading, digest, capture, earlier)
    if reading.status == "parser_failed" and earlier is not None and earlier.status == "ok":
        # A fault of ours takes nothing away from what an earlier parser read from the same bytes.
        _replace_issues(connection, document, issues, only="parser_failed")
        return _tied(connection, document, "unread", len(issues))
    _replace_issues(connection, document, issues)
    sight = _sight(page, earlier)
    if reading.report is None:
        _untie(connection, document)
        return Written("unread", document, len(issues))
    return _put_report(connection, known, portal, document, page, reading.report, reading.scope, sight, issues)


def read_facts(connection: Connection, version: int) -> list[Fact]:
    """The facts of a version as they were written, in the order of printing; a unit left open is the form's."""
    cell, fact = models.Cell, models.Fact
    rows = connection.execute(
        select(fact.__table__, cell.table_code, cell.row_code, cell.column_code, cell.unit.label("cell_unit"))
        .join(cell, cell.id == fact.cell_id)
        .where(fact.version_id == version)
        .order_by(cell.table_code, cell.position, cell.id)
    )
    return [_fact(row) for row in rows]


def _identity_issues(page: Page, reading: Reading) -> list[Issue]:
    if reading.report is None:
        return []
    publisher, year = _publisher_and_year(page, reading.report)
    missing = [name for name, known in (("publisher", publisher), ("report year", year)) if known is None]
    found: list[Issue] = []
    if missing:
        found.append(
            Issue(
                "identity_by_url",
                "warning",
                f"the {' and the '.join(missing)} could not be read, so the report is known by its address "
                "only: under another address it will count as another report",
            )
        )
    if reading.report.report_year is None and year is not None:
        found.append(Issue("year_from_list", "info", f"the report year {year} was taken from the title in the list"))
    return found


def _publisher_and_year(page: Page, report: Report) -> tuple[str | None, int | None]:
    year = report.report_year if report.report_year is not None else page.listed_year
    return normal_publisher(report.publisher), year


def _source_url(page: Page) -> str:
    return page.report_url or page.url


def _find_document(connection: Connection, portal: int, page: Page, sha256: str) -> _Row | None:
    return connection.execute(
        select(models.Document.__table__).where(
            models.Document.portal_id == portal,
            models.Document.url_digest == url_digest(page.url),
            models.Document.sha256 == sha256,
        )
    ).one_or_none()


def _sight(page: Page, earlier: _Row | None) -> _Sight:
    at = page.fetched_at.replace(microsecond=0)
    if earlier is None:
        return _Sight(at, at)
    return _Sight(min(earlier.fetched_at, at), max(earlier.last_seen, at))


def _seen_again(
    connection: Connection, page: Page, reading: Reading, earlier: _Row, capture: Capture | None
) -> Written:
    """The same bytes, read the same: only ``last_seen`` moves (and who read it, and a lost archive place)."""
    last = _sight(page, earlier).last
    changes: dict[str, Any] = {"last_seen": last, "parser_version": reading.parser_version}
    changes |= _archive_place(page, capture)
    connection.execute(update(models.Document).where(models.Document.id == earlier.id).values(changes))
    issues = select(func.count()).where(models.Issue.document_id == earlier.id)
    news: News = "unread" if reading.report is None else "unchanged"
    written = _tied(connection, earlier.id, news, connection.execute(issues).scalar_one())
    if written.version_id is not None:
        _touch(connection, written.version_id, _Sight(earlier.fetched_at, last))
        _let_lead(connection, written.version_id, page)
    return written


def _tied(connection: Connection, document: int, news: News, issues: int) -> Written:
    """What a document says of the version that it carries."""
    version = connection.execute(
        select(models.ReportVersion.id, models.ReportVersion.report_id, models.ReportVersion.number)
        .join(models.Rendition, models.Rendition.version_id == models.ReportVersion.id)
        .where(models.Rendition.document_id == document)
    ).one_or_none()
    if version is None:
        return Written(news, document, issues)
    return Written(news, document, issues, version.report_id, version.id, version.number)


def _archive_place(page: Page, capture: Capture | None) -> dict[str, Any]:
    """The columns that point to a capture; none for a revisit, which only points to an earlier one itself."""
    if capture is None or capture.revisit:
        return {}
    return {
        "archive_file": capture.file,
        "archive_offset": capture.offset,
        "archive_length": capture.length,
        "fetched_at": page.fetched_at,
    }


def _put_document(
    connection: Connection,
    portal: int,
    page: Page,
    reading: Reading,
    digest: str,
    capture: Capture | None,
    earlier: _Row | None,
) -> int:
    values: dict[str, Any] = {
        "media_type": reading.media_type,
        "parser_version": reading.parser_version,
        "reading": digest,
        "last_seen": _sight(page, earlier).last,
        **_archive_place(page, capture),
    }
    if earlier is not None:
        if reading.status != "parser_failed" or earlier.status != "ok":
            values["status"] = reading.status
        connection.execute(update(models.Document).where(models.Document.id == earlier.id).values(values))
        return int(earlier.id)
    values |= {
        "portal_id": portal,
        "url": page.url,
        "url_digest": url_digest(page.url),
        "sha256": reading.sha256,
        "source_url": _source_url(page),
        "list_url": page.list_url,
        "listed_title": page.listed_title,
        "listed_on": page.listed_on,
        "http_status": page.status,
        "fetched_at": page.fetched_at,
        "status": reading.status,
    }
    return int(connection.execute(insert(models.Document).returning(models.Document.id), values).scalar_one())


def _replace_issues(connection: Connection, document: int, issues: Iterable[Issue], *, only: str | None = None) -> None:
    old = delete(models.Issue).where(models.Issue.document_id == document)
    connection.execute(old if only is None else old.where(models.Issue.code == only))
    rows = [
        {
            "document_id": document,
            "code": issue.code,
            "severity": issue.severity,
            "message": issue.message,
            "at_table": issue.at.table if issue.at else None,
            "at_row": issue.at.row if issue.at else None,
            "at_column": issue.at.column if issue.at else None,
            "at_page": issue.at.page if issue.at else None,
        }
        for issue in issues
    ]
    if rows:
        connection.execute(insert(models.Issue), rows)


def _put_report(
    connection: Connection,
    known: Known,
    portal: int,
    document: int,
    page: Page,
    report: Report,
    scope: str,
    sight: _Sight,
    issues: tuple[Issue, ...],
) -> Written:
    report_id, is_new = _report(connection, portal, page, report, scope)
    content = content_hash(report)
    version = models.ReportVersion
    same = connection.execute(
        select(version.id, version.number, version.document_id).where(
            version.report_id == report_id, version.content_hash == content
        )
    ).one_or_none()
    before = connection.execute(
        select(version.id, version.number, version.report_id, version.document_id)
        .join(models.Rendition, models.Rendition.version_id == version.id)
        .where(models.Rendition.document_id == document)
    ).one_or_none()
    if before is not None and before.report_id == report_id and (same is None or same.id == before.id):
        if before.document_id == document:
            _rewrite(connection, known, before.id, report, content)
        if same is not None or before.document_id == document:
            _touch(connection, before.id, sight)
            return Written("reread", document, len(issues), report_id, before.id, before.number)
    _untie(connection, document)
    news: News = "reread" if before is not None else "new" if is_new else "changed"
    if same is None:
        number = (
            1
            + connection.execute(
                select(func.coalesce(func.max(version.number), 0)).where(version.report_id == report_id)
            ).scalar_one()
        )
        values = {
            "report_id": report_id,
            "number": number,
            "content_hash": content,
            "document_id": document,
            "is_current": False,
            "first_seen": sight.first,
            "last_seen": sight.last,
            **_heading(report),
        }
        version_id = int(connection.execute(insert(version).returning(version.id), values).scalar_one())
        _write_content(connection, known, version_id, report)
    else:
        version_id, number = same.id, same.number
        _touch(connection, version_id, sight)
        news = "reread" if before is not None else "unchanged"
    connection.execute(insert(models.Rendition), {"document_id": document, "version_id": version_id})
    _let_lead(connection, version_id, page)
    return Written(news, document, len(issues), report_id, version_id, number)


def _report(connection: Connection, portal: int, page: Page, report: Report, scope: str) -> tuple[int, bool]:
    """The number of the page's report, and whether it was not there before."""
    publisher, year = _publisher_and_year(page, report)
    identity = report_identity(publisher=publisher, year=year, scope=scope, url=_source_url(page))
    query = (
        select(models.Report.id)
        .where(models.Report.portal_id == portal, models.Report.identity == identity)
        # Two workers on PostgreSQL must not both count the next version.
        .with_for_update()
    )
    number = connection.execute(query).scalar_one_or_none()
    if number is not None:
        return number, False
    values = {
        "portal_id": portal,
        "identity": identity,
        "publisher_id": (None if publisher is None else dimensions.publisher_id(connection, publisher, portal)),
        "report_year": year,
        "scope": scope,
    }
    dimensions.insert_or_ignore(connection, models.Report, values)
    return connection.execute(query).scalar_one(), True


def _heading(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "index_number": report.index_number,
        "document_number": report.document_number,
        "issued_on": report.issued_on,
        "published_on": report.published_on,
    }


def _rewrite(connection: Connection, known: Known, version: int, report: Report, content: str) -> None:
    """Put another reading of the same bytes in the place of the one before."""
    for child in (models.Fact, models.Section, models.MetadataEntry, models.CheckResult):
        connection.execute(delete(child).where(child.version_id == version))
    connection.execute(
        update(models.ReportVersion)
        .where(models.ReportVersion.id == version)
        .values(content_hash=content, **_heading(report))
    )
    _write_content(connection, known, version, report)


def _write_content(connection: Connection, known: Known, version: int, report: Report) -> None:
    for model, rows in (
        (models.Fact, _fact_rows(connection, known, version, report)),
        (models.CheckResult, _check_rows(connection, known, version, report)),
        (
            models.Section,
            [
                {
                    "version_id": version,
                    "position": position,
                    "number": section.number,
                    "heading": section.heading,
                    "text": section.text,
                }
                for position, section in enumerate(report.sections, 1)
            ],
        ),
        (
            models.MetadataEntry,
            [
                {
                    "version_id": version,
                    "position": position,
                    "label": entry.label,
                    "field": entry.field,
                    "value": entry.value,
                    "raw": entry.raw,
                }
                for position, entry in enumerate(report.metadata, 1)
            ],
        ),
    ):
        if rows:
            connection.execute(insert(model), rows)


def _fact_rows(connection: Connection, known: Known, version: int, report: Report) -> list[dict[str, Any]]:
    keyed = [((fact.table, report.forms.get(fact.table) or "", fact.row, fact.column), fact) for fact in report.facts]
    cells = dimensions.cells(connection, known, [(key, fact.unit) for key, fact in keyed])
    rows = []
    for key, fact in keyed:
        number, unit = cells[key]
        value = None if fact.value is None else to_text(fact.value)
        plain = "" if fact.status == "blank" else value
        rows.append(
            {
                "version_id": version,
                "cell_id": number,
                "status_id": STATUS_IDS[fact.status],
                "value": value,
                "raw": None if fact.raw == plain else fact.raw,
                "unit": None if fact.unit == unit else fact.unit,
                "place": pack_place(fact.at),
            }
        )
    # In the order of the key, which is the order in which they lie on disk.
    return sorted(rows, key=lambda row: row["cell_id"])


def _check_rows(connection: Connection, known: Known, version: int, report: Report) -> list[dict[str, Any]]:
    keyed = [((check.rule, str(check.table), check.row or "", check.column or ""), check) for check in report.checks]
    rules = dimensions.rules(connection, known, [key for key, _ in keyed])
    return [
        {
            "version_id": version,
            "rule_id": rules[key],
            "status": check.status,
            "expected": None if check.expected is None else to_text(check.expected),
            "actual": None if check.actual is None else to_text(check.actual),
        }
        for key, check in keyed
    ]


def _fact(row: _Row) -> Fact:
    status = _STATUSES[row.status_id]
    raw = row.raw if row.raw is not None else "" if status == "blank" else row.value
    return Fact(
        table=row.table_code,
        row=row.row_code,
        column=row.column_code,
        status=status,
        value=None if row.value is None else from_text(row.value),
        raw=raw,
        unit=row.unit if row.unit is not None else row.cell_unit,
        at=unpack_place(row.place),
    )


def _touch(connection: Connection, version: int, sight: _Sight) -> None:
    """Widen the time over which a version was seen."""
    seen = models.ReportVersion
    row = connection.execute(select(seen.first_seen, seen.last_seen).where(seen.id == version)).one()
    first, last = min(row.first_seen, sight.first), max(row.last_seen, sight.last)
    if (first, last) != tuple(row):
        connection.execute(update(seen).where(seen.id == version).values(first_seen=first, last_seen=last))


def _untie(connection: Connection, document: int) -> None:
    """Take a document away from the version that it carried; a version that nothing carries any more goes."""
    tied = connection.execute(
        select(models.Rendition.version_id).where(models.Rendition.document_id == document)
    ).scalar_one_or_none()
    if tied is None:
        return
    connection.execute(delete(models.Rendition).where(models.Rendition.document_id == document))
    version = models.ReportVersion
    row = connection.execute(
        select(version.id, version.report_id, version.document_id, version.is_current).where(version.id == tied)
    ).one()
    other = connection.execute(
        select(func.min(models.Rendition.document_id)).where(models.Rendition.version_id == tied)
    ).scalar_one()
    if other is not None:
        if row.document_id == document:
            connection.execute(update(version).where(version.id == tied).values(document_id=other))
        return
    connection.execute(delete(version).where(version.id == tied))
    heir = connection.execute(
        select(version.id)
        .where(version.report_id == row.report_id)
        .order_by(version.last_seen.desc(), version.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    if heir is None:
        connection.execute(delete(models.Report).where(models.Report.id == row.report_id))
    elif row.is_current:
        connection.execute(update(version).where(version.id == heir).values(is_current=True))


def _let_lead(connection: Connection, version: int, page: Page) -> None:
    """Make a version that was just seen the current one, where it has the better claim."""
    table = models.ReportVersion
    report = connection.execute(select(table.report_id).where(table.id == version)).scalar_one()
    current = connection.execute(
        select(table.id).where(table.report_id == report, table.is_current)
    ).scalar_one_or_none()
    if current == version:
        return
    if current is not None:
        if not _leads(connection, version, current, page):
            return
        connection.execute(update(table).where(table.id == current).values(is_current=False))
    connection.execute(update(table).where(table.id == version).values(is_current=True))


def _leads(connection: Connection, version: int, current: int, page: Page) -> bool:
    """Whether the version just seen on ``page`` should stand before the current one.

    At one address the newest capture counts. Of two addresses, the one with figures; then the one published
    later; then, published on one day, the greater address, so that the order of arrival does not matter.
    Where no date tells, the version that was first seen later.
    """
    here, there = _claim(connection, version), _claim(connection, current)
    if there.url == page.url:
        return bool(page.fetched_at.replace(microsecond=0) >= there.last_seen)
    if here.has_figures != there.has_figures:
        return bool(here.has_figures)
    if here.published is not None and there.published is not None:
        return (here.published, here.url) > (there.published, there.url)
    return bool(here.number > there.number)


def _claim(connection: Connection, version: int) -> _Row:
    table, document, fact = models.ReportVersion, models.Document, models.Fact
    figures = select(fact.cell_id).where(fact.version_id == table.id, fact.value.is_not(None)).exists()
    return connection.execute(
        select(
            document.url,
            table.number,
            table.last_seen,
            func.coalesce(table.published_on, document.listed_on, table.issued_on).label("published"),
            figures.label("has_figures"),
        )
        .join(document, document.id == table.document_id)
        .where(table.id == version)
    ).one()
