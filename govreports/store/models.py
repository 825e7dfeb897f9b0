"""The tables. Analysts read the views (``store/views``); these are laid out for size and for honest history.

A *report* is what a publisher owes for a year on a portal; a *version* is one content of it; a *document* is
one set of bytes from one address; a *rendition* ties a document to the version that it carries. A version's
figures were read from one document (``report_version.document_id``), others may carry the same content; a page and
its attachments carry one version together, each table read from the best of them (``table_source``).
Facts point to a *cell* of a form, so that a fact row holds numbers only: about 25 bytes each.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from govreports.store.columns import Figure, Moment, WebText
from govreports.store.summary import FIGURES, FORMS, LONG


class Base(DeclarativeBase):
    """Names for every constraint, so that a migration can name what it changes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: WebText}  # noqa: RUF012  # read by SQLAlchemy as it stands


class Portal(Base):
    """One portal of the registry; ``code`` is its id there (and the spider's name)."""

    __tablename__ = "portal"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str | None]
    division_code: Mapped[str | None] = mapped_column(String(12))


class Publisher(Base):
    """One body by its name within a division; ``division_code`` is empty where it is not known."""

    __tablename__ = "publisher"
    __table_args__ = (
        UniqueConstraint("name", "division_code"),
        Index("ix_publisher_home", "home_code", "short_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str]
    home_code: Mapped[str | None] = mapped_column(String(12))
    """The division that the name says the body belongs to: on a city's site, perhaps one of its counties."""
    short_name: Mapped[str | None]
    """The name inside of that division, in the one form that all its spellings share."""
    level: Mapped[str | None] = mapped_column(String(16))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)


class UnmatchedPublisher(Base):
    """A publisher of whom a report came, went or changed since it was last matched with the others."""

    __tablename__ = "unmatched_publisher"

    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id", ondelete="CASCADE"), primary_key=True)


class Body(Base):
    """One publisher over years, names and sites (``govreports.bodies``); its names are rows of ``publisher``."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(WebText, unique=True)
    name: Mapped[str]
    level: Mapped[str | None] = mapped_column(String(16))
    division_code: Mapped[str] = mapped_column(String(12), index=True)
    organisation_code: Mapped[str | None] = mapped_column(String(9))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    matched_by: Mapped[str] = mapped_column(String(16))
    """``code``, ``name`` or ``correction``."""
    doubts: Mapped[str | None] = mapped_column(Text)
    """Codes of what is uncertain about it, with a space between; None where nothing is."""


class Division(Base):
    """A division of GB/T 2260 down to the county (filled from the package's list)."""

    __tablename__ = "division"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    tier: Mapped[str] = mapped_column(String(16))
    authority: Mapped[str] = mapped_column(String(32))
    year: Mapped[int] = mapped_column(SmallInteger)
    """The last year in which the authority's list had it."""


class Document(Base):
    """The bytes of one address, and the index into the archive: one row a distinct (portal, url, sha256).

    ``reading`` is a digest of all that was read from it (None: never), so that the same reading again is seen
    at once. ``fetched_at`` is the moment of the capture that the archive columns point to.
    """

    __tablename__ = "document"
    __table_args__ = (
        # The digest stands for the URL: a URL has no length limit, an index entry has.
        UniqueConstraint("portal_id", "url_digest", "sha256"),
        Index(
            "ix_document_page",
            "portal_id",
            "page_digest",
            sqlite_where=text("page_digest IS NOT NULL"),
            postgresql_where=text("page_digest IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("portal.id"))
    url: Mapped[str]
    url_digest: Mapped[str] = mapped_column(String(32))
    sha256: Mapped[str] = mapped_column(String(64))
    source_url: Mapped[str]
    list_url: Mapped[str | None]
    page_digest: Mapped[str | None] = mapped_column(String(32))
    """Digest of ``source_url`` where that is another address than ``url``: the page that this is attached to."""
    listed_title: Mapped[str | None]
    listed_on: Mapped[str | None] = mapped_column(WebText)
    http_status: Mapped[int] = mapped_column(SmallInteger)
    media_type: Mapped[str | None]
    archive_file: Mapped[str | None] = mapped_column(Text)
    archive_offset: Mapped[int | None] = mapped_column(BigInteger)
    archive_length: Mapped[int | None] = mapped_column(BigInteger)
    fetched_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(16), index=True)
    """``ok``, ``unreadable``, ``not_a_report`` or ``parser_failed``."""
    parser_version: Mapped[str] = mapped_column(String(64))
    reading: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(16), server_default="crawl")
    """How the page came in at first: ``crawl`` or ``import``."""
    vanished_at: Mapped[datetime | None]
    """When a whole list of the portal first lacked the page; None while it is listed."""


class Report(Base):
    """One publisher's report for a year on a portal.

    ``identity`` is a digest of what makes it one: publisher, year and scope, or the address where a part of
    that is not known. ``scope`` tells reports of one publisher and year apart that are to stay two.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("portal_id", "identity"),
        Index(None, "publisher_id", "report_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("portal.id"))
    identity: Mapped[str] = mapped_column(String(32))
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("publisher.id"))
    report_year: Mapped[int | None] = mapped_column(SmallInteger)
    scope: Mapped[str] = mapped_column(String(32))


class ReportVersion(Base):
    """One content of a report; ``number`` counts from 1 in the order in which contents were first seen."""

    __tablename__ = "report_version"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        UniqueConstraint("report_id", "content_hash"),
        Index(
            "ix_report_version_current",
            "report_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int] = mapped_column(Integer)
    content_hash: Mapped[str] = mapped_column(String(32))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    is_current: Mapped[bool]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    title: Mapped[str | None]
    index_number: Mapped[str | None]
    organisation_code: Mapped[str | None] = mapped_column(String(9), index=True)
    """Of the body that the index number begins with, where its check digit holds."""
    document_number: Mapped[str | None]
    issued_on: Mapped[str | None] = mapped_column(String(10))
    published_on: Mapped[str | None] = mapped_column(String(10))


class Rendition(Base):
    """A document that carries a version's content."""

    __tablename__ = "rendition"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), index=True)


class Replacement(Base):
    """The version in whose place another one was published."""

    __tablename__ = "replacement"

    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True)
    replaces_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), index=True)
    change: Mapped[str] = mapped_column(String(16))
    """``correction``, ``new_index_number``, ``republished`` or ``edited``."""


class TableSource(Base):
    """The document that one table of a version was taken from, where that is not the version's own."""

    __tablename__ = "table_source"

    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True)
    table_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class KeptReading(Base):
    """What was read from one of several documents of a report (a page with attachments), as packed JSON: their
    versions are composed from it.
    """

    __tablename__ = "kept_reading"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Cell(Base):
    """One cell of a form; labels are those of the form's data, or those that a body printed for a row or column of its
    own (whose code begins with ``local.``).
    """

    __tablename__ = "cell"
    __table_args__ = (UniqueConstraint("table_code", "form", "row_code", "column_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_code: Mapped[str] = mapped_column(String(32))
    form: Mapped[str] = mapped_column(String(32))
    row_code: Mapped[str] = mapped_column(String(64))
    column_code: Mapped[str] = mapped_column(String(64))
    position: Mapped[int | None]
    """Order of printing within the form, from 1."""
    row_label: Mapped[str | None]
    row_label_en: Mapped[str | None]
    column_label: Mapped[str | None]
    column_label_en: Mapped[str | None]
    unit: Mapped[str | None]
    section_path: Mapped[str | None]
    """In a list of indicators, the labels above the row's, outermost first, with `` / `` between."""


class FactStatus(Base):
    """What can stand in a cell (filled by a migration)."""

    __tablename__ = "fact_status"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    meaning: Mapped[str] = mapped_column(Text)
    meaning_zh: Mapped[str] = mapped_column(Text)


class Fact(Base):
    """One cell of one version.

    ``value`` is exact decimal text; ``raw`` is what was printed where that is not the plain value (or, for a
    blank cell, nothing); ``unit`` only where it is not the cell's; ``place`` is packed as in ``columns``.
    """

    __tablename__ = "fact"
    __table_args__ = (
        # One cell over all reports, answered from the index alone.
        Index("ix_fact_cell", "cell_id", "version_id", "status_id", "value"),
        {"sqlite_with_rowid": False},
    )

    version_id: Mapped[int] = mapped_column(
        ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    cell_id: Mapped[int] = mapped_column(ForeignKey("cell.id"), primary_key=True, autoincrement=False)
    status_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey("fact_status.id"))
    value: Mapped[str | None] = mapped_column(Text)
    raw: Mapped[str | None]
    unit: Mapped[str | None]
    place: Mapped[int | None] = mapped_column(BigInteger)
    confidence: Mapped[float | None] = mapped_column(Float)
    """0 to 1 where a machine read a picture."""


version_summary = Table(
    "version_summary",
    Base.metadata,
    Column(
        "version_id",
        Integer,
        ForeignKey("report_version.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    *(Column(name, String(16)) for name in FORMS),
    *(Column(name, Figure) for name in (*FIGURES, *LONG)),
)
"""The totals of a version, as ``summary`` describes them: what the views for analysts are quick by."""


class Section(Base):
    """One numbered section of a version's text."""

    __tablename__ = "section"

    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger)
    heading: Mapped[str]
    text: Mapped[str]


class Candidate(Base):
    """A number in the prose of a version without tables, and the indicator that its sentence may speak of."""

    __tablename__ = "candidate"

    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    row_code: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(Text)
    raw: Mapped[str]
    unit: Mapped[str | None]
    section: Mapped[int] = mapped_column(SmallInteger)
    sentence: Mapped[str]


class MetadataEntry(Base):
    """One label and value of a version's metadata block, as printed and as understood."""

    __tablename__ = "metadata_entry"

    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    label: Mapped[str]
    field: Mapped[str | None] = mapped_column(String(64))
    value: Mapped[str | None]
    raw: Mapped[str]


class CheckRule(Base):
    """One arithmetic relation at one place of the forms; a code is empty where the relation has none."""

    __tablename__ = "check_rule"
    __table_args__ = (UniqueConstraint("rule", "table_code", "row_code", "column_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(64))
    table_code: Mapped[str] = mapped_column(String(32))
    row_code: Mapped[str] = mapped_column(String(64))
    column_code: Mapped[str] = mapped_column(String(64))


class CheckResult(Base):
    """One relation assessed on one version; figures are exact decimal text."""

    __tablename__ = "check_result"
    __table_args__ = (
        Index(
            "ix_check_result_failed",
            "rule_id",
            "version_id",
            sqlite_where=text("status = 'fail'"),
            postgresql_where=text("status = 'fail'"),
        ),
        {"sqlite_with_rowid": False},
    )

    version_id: Mapped[int] = mapped_column(
        ForeignKey("report_version.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rule_id: Mapped[int] = mapped_column(ForeignKey("check_rule.id"), primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(16))
    """``pass``, ``fail`` or ``not_assessable``."""
    expected: Mapped[str | None] = mapped_column(Text)
    actual: Mapped[str | None] = mapped_column(Text)


class Issue(Base):
    """One thing to know about a document, from whatever was read (or could not be read) there."""

    __tablename__ = "issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(64))
    severity: Mapped[str] = mapped_column(String(16))
    message: Mapped[str]
    at_table: Mapped[int | None]
    at_row: Mapped[int | None]
    at_column: Mapped[int | None]
    at_page: Mapped[int | None]


class Crawl(Base):
    """One run of the program, over one portal or many."""

    __tablename__ = "crawl"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    software: Mapped[str] = mapped_column(String(64))
    command: Mapped[str] = mapped_column(String(16), server_default="crawl")
    selection: Mapped[str | None]
    """What ``crawlall`` was asked for, as JSON: two runs of one selection continue each other."""
    reason: Mapped[str | None] = mapped_column(String(64))
    """Why the run ended: ``finished``, ``time_budget``, ``shutdown``, …; None while it runs, or when it was killed."""
    portals_planned: Mapped[int | None]
    parser_version: Mapped[str | None] = mapped_column(String(64))
    host: Mapped[str | None]
    pid: Mapped[int | None]


class CrawlPortal(Base):
    """One portal within a run. ``state`` is None while it runs, and stays so when the process was killed.

    ``reports_read`` and what follows it measure what the parser read in this run; pages that had not changed were
    not read again. ``scope`` is empty for a crawl of the whole portal, else what it was narrowed to.
    """

    __tablename__ = "crawl_portal"

    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("portal.id"), primary_key=True, index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    state: Mapped[str | None] = mapped_column(String(64))
    items_claimed: Mapped[int | None]
    items_seen: Mapped[int]
    reports_seen: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    unread: Mapped[int]
    requests: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[str | None]
    finish_reason: Mapped[str | None] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(WebText, server_default="")
    lists_whole: Mapped[bool | None]
    blocked: Mapped[int] = mapped_column(server_default="0")
    issues: Mapped[int] = mapped_column(server_default="0")
    vanished: Mapped[int] = mapped_column(server_default="0")
    lost: Mapped[int] = mapped_column(server_default="0")
    """Pages that were received and could not be stored."""
    reports_read: Mapped[int] = mapped_column(server_default="0")
    labels_unknown: Mapped[int] = mapped_column(server_default="0")
    checks_passed: Mapped[int] = mapped_column(server_default="0")
    checks_failed: Mapped[int] = mapped_column(server_default="0")
    cells_read: Mapped[int] = mapped_column(server_default="0")
    """Cells of the forms found, those left out that say of themselves that they do not apply."""
    cells_reported: Mapped[int] = mapped_column(server_default="0")


class RunLock(Base):
    """A ``crawlall`` that works on the store now. Moments are those of the holder's real clock."""

    __tablename__ = "run_lock"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    shard: Mapped[str] = mapped_column(String(32))
    """``1/3``; empty for a run that is not one of several."""
    host: Mapped[str]
    pid: Mapped[int]
    process: Mapped[str]
    """What tells the process from a later one of the same number; empty where the system does not say."""
    crawl_id: Mapped[int | None]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Expectation(Base):
    """A report that a portal should hold: who owes it for which year, and until when it is to be published.

    ``publisher_id`` is None for the body of a portal of which nothing was seen yet. ``waits_for`` names what is
    missing to read a document that came in its place (``needs:ocr``). ``as_of`` is the day of the reckoning.
    """

    __tablename__ = "expectation"
    __table_args__ = (Index("ix_expectation_portal_id", "portal_id", "publisher_id", "report_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("portal.id"))
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("publisher.id"))
    report_year: Mapped[int] = mapped_column(SmallInteger)
    publisher_kind: Mapped[str] = mapped_column(String(16))
    deadline: Mapped[str] = mapped_column(String(10))
    waits_for: Mapped[str | None] = mapped_column(String(32))
    waiting_url: Mapped[str | None]
    as_of: Mapped[str] = mapped_column(String(10))


class MonitorVerdict(Base):
    """What one monitor said of one portal in one run; no row where it had nothing to judge.

    ``verdict`` is this run's, ``state`` what holds after it (a monitor may ask for several bad runs in a row).
    """

    __tablename__ = "monitor_verdict"
    __table_args__ = (Index("ix_monitor_verdict_portal_id", "portal_id", "monitor", "crawl_id"),)

    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"), primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("portal.id"), primary_key=True)
    monitor: Mapped[str] = mapped_column(String(32), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    value: Mapped[str | None] = mapped_column(Text)
    threshold: Mapped[str]
    message: Mapped[str]


class Alert(Base):
    """A change of a portal's state: ``turned_bad`` or ``recovered``."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("crawl_id", "portal_id", "monitor", name="uq_alert_crawl_id_portal_id_monitor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawl.id"))
    portal_id: Mapped[int] = mapped_column(ForeignKey("portal.id"))
    monitor: Mapped[str] = mapped_column(String(32))
    change: Mapped[str] = mapped_column(String(16))
    raised_at: Mapped[datetime]
    message: Mapped[str]
    threshold: Mapped[str]


class AlertSink(Base):
    """A way that alerts go, and the last alert from before it was set up: those are not told there any more."""

    __tablename__ = "alert_sink"

    sink: Mapped[str] = mapped_column(String(16), primary_key=True)
    after_alert: Mapped[int]


class AlertDelivery(Base):
    """What became of an alert on one way. ``delivered_at`` is None while it is still to be told there."""

    __tablename__ = "alert_delivery"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    sink: Mapped[str] = mapped_column(String(16), primary_key=True)
    attempts: Mapped[int]
    claimed_until: Mapped[datetime | None]
    """Until when a process is telling it."""
    delivered_at: Mapped[datetime | None]
    error: Mapped[str | None]


class TableName(Base):
    """A statutory table by its code (filled from the package's forms, as are the code tables below)."""

    __tablename__ = "code_table"

    table_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    label: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)


class FormName(Base):
    """An edition of the forms and the notice that prescribed it."""

    __tablename__ = "code_form"

    form: Mapped[str] = mapped_column(String(32), primary_key=True)
    first_year: Mapped[int | None] = mapped_column(SmallInteger)
    last_year: Mapped[int | None] = mapped_column(SmallInteger)
    label: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str | None] = mapped_column(Text)
    legal_basis_en: Mapped[str | None] = mapped_column(Text)


class RowName(Base):
    """A row of an edition of a table."""

    __tablename__ = "code_row"

    table_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(32), primary_key=True)
    row_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[str | None] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    group_code: Mapped[str | None] = mapped_column(String(64))
    legal_basis: Mapped[str | None] = mapped_column(Text)
    legal_basis_en: Mapped[str | None] = mapped_column(Text)


class ColumnName(Base):
    """A column of an edition of a table, for one of its rows: blocks of a table differ in columns and units."""

    __tablename__ = "code_column"

    table_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(32), primary_key=True)
    row_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    column_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    label: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Text)


class CodeName(Base):
    """What other codes mean: checks, issues, levels, doubts, states. ``kind`` says which column has the code."""

    __tablename__ = "code_name"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    label: Mapped[str] = mapped_column(Text)
    label_en: Mapped[str] = mapped_column(Text)
    severity: Mapped[str | None] = mapped_column(String(16))
    number: Mapped[str | None] = mapped_column(String(16))
    legal_basis: Mapped[str | None] = mapped_column(Text)
    legal_basis_en: Mapped[str | None] = mapped_column(Text)


class Derived(Base):
    """Which package data the rows that come from it were filled from: a digest by name."""

    __tablename__ = "derived"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32))
