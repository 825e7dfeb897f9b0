"""Whole reports with figures of one's choice in every cell of a form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from govreports.items import Page
from govreports.reports.checks import run_checks
from govreports.reports.forms import load_forms
from govreports.reports.model import Fact, Report, TableCode
from govreports.store import Reading

TABLES: tuple[TableCode, ...] = ("proactive", "requests", "disputes")
Figures = Mapping[tuple[str, str, str], int | Decimal | None]

# Suqian as its reports of 2023 and 2024 have it: all relations hold, within a year and between the two.
_LEAVES = {
    2023: (1191, 328, 0, 27, 6, 38, 20, 9, 21, 21, 1047, 28, 3, 305, 39, 0, 58, 4, 40, 10, 291),
    2024: (1431, 471, 2, 1, 4, 17, 21, 11, 23, 13, 897, 36, 8, 87, 27, 0, 3, 0, 77, 38, 354),
}
_FLOWS = {2023: (3511, 96, 3486, 121), 2024: (3525, 121, 3521, 125)}
_DISPUTES = {
    2023: (309, 17, 88, 26, 440, 1, 1, 16, 6, 24, 13, 0, 67, 9, 89),
    2024: (88, 18, 28, 36, 170, 7, 0, 11, 7, 25, 33, 0, 6, 13, 52),
}
_DOCUMENTS = {2023: (2, 0, 11, 109, 489, 597), 2024: (2, 1, 12, 50, 227, 420)}


def suqian(year: int) -> Figures:
    """The published totals of a year; for kinds of applicants, all requests are those of natural persons."""
    form = {table: load_forms()[table].forms["v2021"] for table in TABLES}
    leaves = [row.code for row in form["requests"].rows if row.kind == "leaf"]
    totals = dict(zip(leaves, _LEAVES[year], strict=True))
    flows = ("new_received", "carried_in", "outcome_total", "carried_out")
    totals |= dict(zip(flows, _FLOWS[year], strict=True))
    figures: dict[tuple[str, str, str], int | Decimal | None] = {}
    for row, value in totals.items():
        figures["requests", row, "natural_person"] = figures["requests", row, "total"] = value
    cells = [("disputes", row.code, column.code) for row in form["disputes"].rows for column in row.columns]
    figures |= dict(zip(cells, _DISPUTES[year], strict=True))
    documents = [
        ("proactive", row, column)
        for row in ("regulation", "normative_document")
        for column in ("issued", "repealed", "in_force")
    ]
    return figures | dict(zip(documents, _DOCUMENTS[year], strict=True))


def full_report(figures: Figures, *, edition: str = "v2021", **changes: Any) -> Report:
    """A report with every cell of an edition; what ``figures`` does not name is 0, and None is a blank cell."""
    facts = []
    for table in TABLES:
        for row in load_forms()[table].forms[edition].rows:
            for column in row.columns:
                value = figures.get((table, row.code, column.code), 0)
                status: Any = "blank" if value is None else "reported"
                raw = "" if value is None else format(Decimal(value), "f")
                facts.append(Fact(table, row.code, column.code, status, value, raw, column.unit))
    forms: dict[TableCode, str | None] = dict.fromkeys(TABLES, edition)
    fields: dict[str, Any] = {
        "title": "港口区人民政府2023年政府信息公开工作年度报告",
        "publisher": "港口区教育局",
        "report_year": 2023,
        "index_number": None,
        "document_number": None,
        "issued_on": None,
        "published_on": None,
        "metadata": (),
        "sections": (),
        "forms": forms,
        "facts": tuple(facts),
        "checks": run_checks(forms, facts),
        "issues": (),
    }
    return Report(**{**fields, **changes})


def entry(
    number: int, report: Report, *, scope: str = "", portal: str = "harbour_district"
) -> tuple[Page, Reading, None]:
    """A page of its own for a report, as ``Store.write_many`` takes it."""
    url, body = f"http://harbour.gov.cn/{number}.html", f"page {number}".encode()
    page = Page(
        portal=portal,
        url=url,
        request_url=url,
        status=200,
        headers=[("Content-Type", "text/html")],
        body=body,
        fetched_at=datetime(2024, 3, 1, 8, 0, 0, tzinfo=UTC),
        list_url="http://harbour.gov.cn/index.html",
        listed_title=report.title,
        listed_on="2024-01-31",
        listed_year=None,
    )
    reading = Reading(
        status="ok",
        sha256=hashlib.sha256(body).hexdigest(),
        parser_version="1",
        media_type="text/html",
        report=report,
        scope=scope,
    )
    return page, reading, None
