"""Writing what was read from one page: the document, its issues, and the version of the report that it
carries.

All of it happens inside one transaction of the caller, so a page is in the store whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from govreports.archive import Capture
from govreports.issues import Issue
from govreports.items import Page
from govreports.reports.model import Report
from govreports.store import attached, bodies, content, dimensions, history, models
from govreports.store.attached import source_url
from govreports.store.dimensions import Known
from govreports.store.findings import insert_issues, replace_issues
from govreports.store.history import Sight
from govreports.store.reading import Reading, content_hash, normal_publisher, reading_digest, url_digest

News = Literal["new", "changed", "unchanged", "reread", "rendition", "unread"]
"""``new``: a report first seen; ``changed``: a new version of one; ``unchanged``: nothing but ``last_seen``
moved; ``reread``: the same bytes, read otherwise than before; ``rendition``: a further document of a report whose
page, or another attachment of it, is there; ``unread``: a document that gave no report."""

_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one page in the store; the last three are None where no report is tied to the page."""

    news: News
    document_id: int
    issues: int
    report_id: int | None = None
    version_id: int | None = None
    version: int | None = None


def write_page(connection: Connection, known: Known, page: Page, reading: Reading, capture: Capture | None) -> Written:
    """Write one page. ``capture`` is its place in the archive, None where the bytes are not archived."""
    portal = dimensions.known_portal_id(connection, known, page.portal)
    issues = _issues(page, reading)
    digests = _digests(reading, issues)
    attached.lock(connection, portal, page)
    shared = attached.shares_a_report(connection, portal, page)
    earlier = _find_document(connection, portal, page, reading.sha256)
    if earlier is not None and earlier.reading == digests.reading:
        read_by = {"parser_version": reading.parser_version}
        return _seen_again(connection, known, portal, page, earlier, capture, shared=shared, changes=read_by)
    alone = earlier is None and not shared
    before = set() if alone else _publishers(connection, portal, page)
    written = _write_news(connection, known, portal, page, reading, capture, issues, digests, earlier, shared=shared)
    own = [written.document_id] if alone else attached.documents_of(connection, portal, source_url(page))
    bodies.note(connection, before | bodies.publishers_of(connection, own))
    return written


def _publishers(connection: Connection, portal: int, page: Page) -> set[int]:
    """The publishers of all reports that this page's documents carry."""
    return bodies.publishers_of(connection, attached.documents_of(connection, portal, source_url(page)))


def _write_news(
    connection: Connection,
    known: Known,
    portal: int,
    page: Page,
    reading: Reading,
    capture: Capture | None,
    issues: tuple[Issue, ...],
    digests: _Digests,
    earlier: _Row | None,
    *,
    shared: bool,
) -> Written:
    """Write a page that was not read before, or is read otherwise now."""
    document = _put_document(connection, portal, page, reading, digests.reading, capture, earlier)
    if reading.status == "parser_failed" and earlier is not None and earlier.status == "ok":
        # A fault of ours takes nothing away from what an earlier parser read from the same bytes.
        replace_issues(connection, document, issues, only="parser_failed")
        return _tied(connection, document, "unread", len(issues))
    if earlier is None:
        insert_issues(connection, document, issues)
    else:
        replace_issues(connection, document, issues)
    if shared:
        attached.keep(connection, document, page, reading)
        settled = attached.settle(connection, known, portal, page, reread=document)
        news: News = "rendition" if earlier is None else "reread"
        if settled.new or settled.changed:
            news = "new" if settled.new else "changed"
        return _tied(connection, document, "unread" if reading.report is None else news, len(issues))
    sight = _sight(page, earlier)
    if reading.report is None:
        if earlier is not None:
            history.untie(connection, document)
        return Written("unread", document, len(issues))
    publisher, year = _publisher_and_year(page, reading.report)
    report_id, is_new = history.put_report(
        connection, portal, publisher=publisher, year=year, scope=reading.scope, source_url=source_url(page)
    )
    if is_new and earlier is None:
        first = history.add_first_version(
            connection, known, report_id, document, reading.report, digests.content, sight
        )
        return Written("new", document, len(issues), report_id, first.version_id, first.number)
    carried = _Carried(reading.report, digests.content, report_id, is_new)
    return _put_version(connection, known, portal, document, page, carried, sight, len(issues))


def see_again(connection: Connection, known: Known, page: Page, sha256: str) -> Written | None:
    """Note that a page was seen whose bytes this parser has read before; None where the store does not hold them."""
    portal = dimensions.known_portal_id(connection, known, page.portal)
    attached.lock(connection, portal, page)
    earlier = _find_document(connection, portal, page, sha256)
    if earlier is None:
        return None
    shared = attached.shares_a_report(connection, portal, page)
    return _seen_again(connection, known, portal, page, earlier, None, shared=shared, changes={})


def digest_of(page: Page, reading: Reading) -> str:
    """The digest that the store would keep of a page's reading (``Document.reading``)."""
    return _digests(reading, _issues(page, reading)).reading


@dataclass(frozen=True, slots=True)
class _Digests:
    content: str
    """Of what the report says; empty where there is none."""
    reading: str
    """Of all that is kept of the reading."""


def _digests(reading: Reading, issues: tuple[Issue, ...]) -> _Digests:
    content = "" if reading.report is None else content_hash(reading.report)
    return _Digests(content, reading_digest(reading, issues, content=content))


def _issues(page: Page, reading: Reading) -> tuple[Issue, ...]:
    return (*reading.all_issues(), *_identity_issues(page, reading))


def _identity_issues(page: Page, reading: Reading) -> list[Issue]:
    # An attachment is known by its page.
    if reading.report is None or source_url(page) != page.url:
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


def _find_document(connection: Connection, portal: int, page: Page, sha256: str) -> _Row | None:
    key = {"portal": portal, "url": url_digest(page.url), "sha256": sha256}
    return connection.execute(_DOCUMENT, key).one_or_none()


_DOCUMENT = select(models.Document.__table__).where(
    models.Document.portal_id == bindparam("portal"),
    models.Document.url_digest == bindparam("url"),
    models.Document.sha256 == bindparam("sha256"),
)


def _sight(page: Page, earlier: _Row | None) -> Sight:
    at = page.fetched_at.replace(microsecond=0)
    if earlier is None:
        return Sight(at, at)
    return Sight(min(earlier.fetched_at, at), max(earlier.last_seen, at))


def _seen_again(
    connection: Connection,
    known: Known,
    portal: int,
    page: Page,
    earlier: _Row,
    capture: Capture | None,
    *,
    shared: bool,
    changes: dict[str, Any],
) -> Written:
    """The same bytes, read the same: when and how they were seen moves (and ``changes``, and a lost archive place)."""
    last = _sight(page, earlier).last
    changes = {**changes, **_sighting(page, earlier), **_archive_place(page, capture)}
    connection.execute(update(models.Document).where(models.Document.id == earlier.id).values(changes))
    if shared:
        attached.settle(connection, known, portal, page)
    issues = select(func.count()).where(models.Issue.document_id == earlier.id)
    news: News = "unchanged" if earlier.status == "ok" else "unread"
    written = _tied(connection, earlier.id, news, connection.execute(issues).scalar_one())
    moved = shared
    if written.version_id is not None and not shared:
        history.touch(connection, written.version_id, Sight(earlier.fetched_at, last))
        moved = history.let_lead(
            connection, written.version_id, source_url=source_url(page), fetched_at=page.fetched_at
        )
    if moved:
        bodies.note(connection, _publishers(connection, portal, page))
    return written


def _tied(connection: Connection, document: int, news: News, issues: int) -> Written:
    """What a document says of the version that it carries."""
    tie = history.tie_of(connection, document)
    if tie is None:
        return Written(news, document, issues)
    return Written(news, document, issues, tie.report_id, tie.version_id, tie.number)


def _sighting(page: Page, earlier: _Row) -> dict[str, Any]:
    """The columns that say when and how a known document was seen; an old capture read again moves none of them."""
    changes: dict[str, Any] = {"last_seen": _sight(page, earlier).last}
    if page.fetched_at.replace(microsecond=0) < earlier.last_seen:
        return changes
    if page.list_url is not None:
        changes |= {"list_url": page.list_url, "listed_title": page.listed_title, "listed_on": page.listed_on}
    if earlier.vanished_at is not None and page.fetched_at.replace(microsecond=0) >= earlier.vanished_at:
        changes["vanished_at"] = None
    return changes


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
        **_archive_place(page, capture),
    }
    if earlier is not None:
        values |= _sighting(page, earlier)
        if reading.status != "parser_failed" or earlier.status != "ok":
            values["status"] = reading.status
        connection.execute(update(models.Document).where(models.Document.id == earlier.id).values(values))
        return int(earlier.id)
    values |= {
        "portal_id": portal,
        "url": page.url,
        "url_digest": url_digest(page.url),
        "sha256": reading.sha256,
        "source_url": source_url(page),
        "page_digest": None if source_url(page) == page.url else url_digest(source_url(page)),
        "list_url": page.list_url,
        "listed_title": page.listed_title,
        "listed_on": page.listed_on,
        "http_status": page.status,
        "fetched_at": page.fetched_at,
        "last_seen": page.fetched_at,
        "status": reading.status,
        "origin": page.origin,
    }
    return int(connection.execute(insert(models.Document).returning(models.Document.id), values).scalar_one())


@dataclass(frozen=True, slots=True)
class _Carried:
    """A report that a document carries, and the row that it belongs to."""

    report: Report
    digest: str
    report_id: int
    is_new: bool


def _put_version(
    connection: Connection,
    known: Known,
    portal: int,
    document: int,
    page: Page,
    carried: _Carried,
    sight: Sight,
    issues: int,
) -> Written:
    report, digest, report_id, is_new = carried.report, carried.digest, carried.report_id, carried.is_new
    version = models.ReportVersion
    same = connection.execute(
        select(version.id, version.number, version.document_id).where(
            version.report_id == report_id, version.content_hash == digest
        )
    ).one_or_none()
    before = connection.execute(
        select(version.id, version.number, version.report_id, version.document_id)
        .join(models.Rendition, models.Rendition.version_id == version.id)
        .where(models.Rendition.document_id == document)
    ).one_or_none()
    if before is not None and before.report_id == report_id and (same is None or same.id == before.id):
        if before.document_id == document:
            content.rewrite(connection, known, before.id, report, digest)
        if same is not None or before.document_id == document:
            history.touch(connection, before.id, sight)
            return Written("reread", document, issues, report_id, before.id, before.number)
    history.untie(connection, document)
    news: News = "reread" if before is not None else "new" if is_new else "changed"
    if same is None:
        added = history.add_version(connection, known, report_id, document, report, digest, sight)
        version_id, number = added.version_id, added.number
    else:
        version_id, number = same.id, same.number
        history.touch(connection, version_id, sight)
        news = "reread" if before is not None else "unchanged"
        if _carries_better(connection, portal, document, same.document_id):
            history.hand_over(connection, version_id, document)
            content.rewrite(connection, known, version_id, report, digest)
    history.tie(connection, document, version_id)
    history.let_lead(connection, version_id, source_url=source_url(page), fetched_at=page.fetched_at)
    return Written(news, document, issues, report_id, version_id, number)


def _carries_better(connection: Connection, portal: int, document: int, carrier: int) -> bool:
    """Whether a document that brings known content should show it in the place of the one that does.

    Of two addresses the one listed later, then the greater one, so that the order of arrival does not matter: it is
    the new address of what was published again. What a page and its attachments carry together stays there.
    """
    table = models.Document
    rows = connection.execute(select(table.__table__).where(table.id.in_([document, carrier]))).all()
    here, there = sorted(rows, key=lambda row: row.id != document)
    if here.url == there.url or there.page_digest is not None:
        return False
    if attached.has_attachments(connection, portal, there.url):
        return False
    return (here.listed_on or "", here.url) > (there.listed_on or "", there.url)


def _publisher_and_year(page: Page, report: Report) -> tuple[str | None, int | None]:
    year = report.report_year if report.report_year is not None else page.listed_year
    return normal_publisher(report.publisher), year
