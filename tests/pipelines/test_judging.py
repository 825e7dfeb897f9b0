"""Reading and judging one page, without a crawl around it."""

from __future__ import annotations

import logging
from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs
from yielded_pages import made_page

from govreports import reports
from govreports.documents.model import Document
from govreports.interpretation import judged, reading_of, why_not_a_report
from govreports.issues import Place
from govreports.reports.model import Fact, Report, Section, TableCode
from govreports.store import Reading

BARE = Report(
    title=None,
    publisher=None,
    report_year=None,
    index_number=None,
    document_number=None,
    issued_on=None,
    published_on=None,
    metadata=(),
    sections=(),
    forms={"proactive": None, "requests": None, "disputes": None},
    facts=(),
    checks=(),
    issues=(),
)
LISTED: dict[TableCode, str | None] = {**BARE.forms, "indicators": "s2014"}
TITLE = "港口区2023年政府信息公开工作年度报告"
SECTION = Section(1, "一、总体情况", "……")
CELL = Fact("requests", "new_received", "total", "reported", 1, "1", "件")


def read(report: Report) -> Reading:
    return Reading(status="ok", sha256="0" * 64, parser_version="1", report=report)


@pytest.mark.parametrize(
    ("report", "listed"),
    [
        (replace(BARE, title=TITLE), None),
        (BARE, TITLE),
        (replace(BARE, title="工作动态", sections=(SECTION,)), None),
        (replace(BARE, title="港口区政府信息公开指南", forms={**BARE.forms, "requests": "v2021"}), None),
        (replace(BARE, title="港口区2016年政府信息公开情况统计表", forms=LISTED), None),
        (replace(BARE, title="2015年1月—12月政府信息公开情况统计表", forms=LISTED), None),
        (replace(BARE, title="港口区2016年政府信息公开工作年度报告（2017年3月）", forms=LISTED), None),
        (replace(BARE, forms=LISTED), None),
    ],
)
def test_a_title_sections_or_a_table_make_a_report(report: Report, listed: str | None) -> None:
    assert why_not_a_report(report, listed) is None


@pytest.mark.parametrize(
    ("report", "listed"),
    [
        (BARE, None),
        (replace(BARE, title="机构职能"), "机构职能"),
        (replace(BARE, title="港口区政府信息公开指南", sections=(SECTION,)), TITLE),
        (replace(BARE, title="2010年3月政府信息公开情况统计表", forms=LISTED), None),
        (replace(BARE, title="港口区2016年第一季度政府信息公开情况统计表", forms=LISTED), None),
    ],
)
def test_a_page_with_nothing_of_a_report_is_none(report: Report, listed: str | None) -> None:
    assert why_not_a_report(report, listed) is not None


def test_a_page_that_is_no_report_keeps_its_reason_and_loses_its_report() -> None:
    reading = judged(made_page("x"), read(BARE))
    assert (reading.status, reading.report, [issue.code for issue in reading.issues]) == (
        "not_a_report",
        None,
        ["not_a_report"],
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((CELL, CELL), "read twice"),
        ((structs.replace(CELL, value=Decimal("NaN")),), "no figure"),
        ((structs.replace(CELL, at=Place(table=1, row=2_000_000)),), "does not fit"),
        ((structs.replace(CELL, status="blank"),), "is blank with value 1"),
    ],
)
def test_what_the_store_cannot_hold_is_a_fault_of_the_parser(
    facts: tuple[Fact, ...], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = made_page("x", url="http://harbour.gov.cn/faulty")
    reading = judged(page, read(replace(BARE, title=TITLE, facts=facts)))
    assert (reading.status, said in reading.issues[-1].message) == ("parser_failed", True)
    assert "http://harbour.gov.cn/faulty" in caplog.text


def test_a_programming_error_costs_one_page_and_is_logged_with_its_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(document: Document) -> Report:
        raise KeyError("total")

    monkeypatch.setattr(reports, "extract", broken)
    with caplog.at_level(logging.ERROR):
        reading = reading_of(made_page("<p>x</p>", url="http://harbour.gov.cn/faulty"))
    assert (reading.status, [issue.code for issue in reading.issues]) == ("parser_failed", ["parser_failed"])
    assert "http://harbour.gov.cn/faulty" in caplog.text
    assert "Traceback" in caplog.text


def test_an_unreadable_page_says_why() -> None:
    reading = reading_of(made_page(b""))
    assert (reading.status, reading.issues[0].code, reading.issues[0].severity) == ("unreadable", "empty", "error")


def test_the_charset_of_the_answer_is_heeded_whatever_the_letters_of_its_name() -> None:
    page = made_page(
        "<html><title>港口區2023年政府信息公開工作年度報告</title></html>".encode("big5"),
        headers=[("CONTENT-TYPE", "text/html; charset=big5")],
    )
    reading = reading_of(page)
    assert reading.report is not None
    assert reading.report.report_year == 2023


def test_a_reading_has_a_report_exactly_when_it_is_ok() -> None:
    with pytest.raises(ValueError, match="lacks a report"):
        Reading(status="ok", sha256="", parser_version="1")
