"""Pages and reports made by hand, for tests of the store."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from govreports.issues import Issue, Place
from govreports.items import Page
from govreports.reports.model import Check, Fact, MetadataEntry, Report, Section
from govreports.store import Reading

MORNING = datetime(2024, 3, 1, 8, 0, 0, tzinfo=UTC)
PORTAL = "harbour_district"
URL = "http://harbour.gov.cn/xxgk/202401/t20240131_1.html"


def days(count: int) -> datetime:
    """That many days after the first morning."""
    return MORNING + timedelta(days=count)


def made_page(body: bytes = b"<html>first</html>", **changes: Any) -> Page:
    """A page of one portal, as its spider would yield it."""
    fields: dict[str, Any] = {
        "portal": PORTAL,
        "url": URL,
        "request_url": URL,
        "status": 200,
        "headers": [("Content-Type", "text/html")],
        "body": body,
        "fetched_at": MORNING,
        "list_url": "http://harbour.gov.cn/xxgk/index.html",
        "listed_title": "港口区2023年政府信息公开工作年度报告",
        "listed_on": "2024-01-31",
        "listed_year": 2023,
    }
    return Page(**{**fields, **changes})


def made_report(new_received: int = 3, **changes: Any) -> Report:
    """A small report with a fact of every status, a failing check and an issue."""
    report = Report(
        title="港口区教育局2023年政府信息公开工作年度报告",
        publisher="港口区教育局",
        report_year=2023,
        index_number="11370303/2024-001",
        document_number=None,
        issued_on="2024-01-18",
        published_on=None,
        metadata=(
            MetadataEntry("索引号", "index_number", "11370303/2024-001", "11370303/2024-001"),
            MetadataEntry("浏览次数", None, "17", "17"),
        ),
        sections=(Section(1, "一、总体情况", "本年度共收到申请。"), Section(2, "二、主动公开", "见表。")),
        forms={"proactive": "v2021", "requests": "v2021", "disputes": None},
        facts=(
            fact("requests", "new_received", "natural_person", new_received, at=Place(table=2, row=4, column=3)),
            fact("requests", "new_received", "commercial_enterprise", None, status="blank", raw=""),
            fact("requests", "new_received", "research_institution", None, status="not_applicable", raw="/"),
            fact("requests", "new_received", "legal_service_organisation", None, status="absent", raw=None),
            fact("requests", "new_received", "other_organisation", None, status="unreadable", raw="若干"),
            fact("requests", "new_received", "total", 1234, raw="1,234"),
            fact("proactive", "administrative_fee", "amount", Decimal("59237.2449"), unit="万元"),
        ),
        checks=(
            Check("requests_row_total", "fail", "requests", "new_received", None, expected=4, actual=3),
            Check("requests_balance", "pass", "requests", None, "natural_person", expected=3, actual=3),
            Check("disputes_total", "not_assessable", "disputes", "review"),
        ),
        issues=(Issue("label_missing", "warning", "the label of a row is missing", Place(table=2, row=6)),),
    )
    return replace(report, **changes)


def fact(
    table: Any,
    row: str,
    column: str,
    value: int | Decimal | None,
    *,
    status: Any = "reported",
    raw: str | None = "as the value",
    unit: str | None = "件",
    at: Place | None = None,
) -> Fact:
    """One fact; ``raw`` is by default the plain value."""
    if raw == "as the value":
        raw = None if value is None else format(Decimal(value), "f")
    return Fact(table, row, column, status, value, raw, unit, at)


def made_reading(page: Page, report: Report | None, **changes: Any) -> Reading:
    """What a parser made of ``page``."""
    fields: dict[str, Any] = {
        "status": "ok" if report is not None else "unreadable",
        "sha256": hashlib.sha256(page.body).hexdigest(),
        "parser_version": "1",
        "media_type": "text/html",
        "report": report,
        "issues": () if report is not None else (Issue("empty", "error", "The document has no content."),),
    }
    return Reading(**{**fields, **changes})
