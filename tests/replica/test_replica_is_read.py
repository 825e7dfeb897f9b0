"""Every report page of every replica portal is read to exactly the figures that it prints."""

from __future__ import annotations

import gzip

import pytest

from govreports.documents import read
from govreports.replica.catalogue import make_portal, portal_names
from govreports.replica.faults import Ask
from govreports.replica.portal import Item, Portal
from govreports.replica.rendering import Layout, TextStyle, report_html, report_text
from govreports.replica.reports import FigureKey, ReportSpec
from govreports.replica.samples import Publisher, sample_reports
from govreports.reports import extract

BODY = Publisher(name="清岚区人民政府", credit_code="11420191MB0000001A", requests=20)
SAMPLES = sample_reports(7, publishers=[BODY], years=(2019, 2024))
FORMS = [form for report in SAMPLES for form in (report, report.with_blank_zeros())]


def article(portal: Portal, item: Item) -> bytes:
    """An article page, its content encoding undone."""
    path, _, query = portal.article_path(item).partition("?")
    answer = portal.answer(Ask(method="GET", path=path, query=query, base="http://127.0.0.2", headers={}))
    return gzip.decompress(answer.body) if portal.gzip_unasked else answer.body


def figures_read(body: bytes) -> dict[FigureKey, str]:
    """What a reader sees in each cell of the forms, empty for a blank one."""
    return {(fact.table, fact.row, fact.column): fact.raw or "" for fact in extract(read(body)).facts}


@pytest.mark.parametrize("name", portal_names())
def test_every_page_gives_the_figures_body_and_year_that_it_prints(name: str) -> None:
    portal = make_portal(name)
    for item in portal.items:
        if item.report is not None:
            page = article(portal, item)
            read_report = extract(read(page))
            assert (read_report.publisher, read_report.report_year) == item.report.key
            assert figures_read(page) == item.report.figures


@pytest.mark.parametrize("report", FORMS, ids=lambda report: str(report.year))
@pytest.mark.parametrize("layout", [Layout(word_paste=True, split=True), Layout(nested=True, split=True)], ids=str)
def test_every_layout_is_read(report: ReportSpec, layout: Layout) -> None:
    assert figures_read(f"<html><body>{report_html(report, layout)}</body></html>".encode()) == report.figures


@pytest.mark.parametrize("report", FORMS, ids=lambda report: str(report.year))
@pytest.mark.parametrize("style", ["pipes", "lines"])
def test_every_text_rendering_is_read(report: ReportSpec, style: TextStyle) -> None:
    assert figures_read(report_text(report, style).encode()) == report.figures
