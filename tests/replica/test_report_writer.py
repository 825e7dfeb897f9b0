"""The replica's reports: complete forms whose figures agree, printed with the official spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import html

from govreports.replica.rendering import Layout, report_html, report_text, with_glosses
from govreports.replica.reports import (
    APPLICANTS,
    DISPUTES,
    PrintedTable,
    ReportSpec,
    dispute_table,
    outcome_leaves,
    proactive_blocks,
    request_rows,
    request_table,
)
from govreports.replica.samples import Publisher, sample_reports

BODY = Publisher(name="清岚区人民政府", credit_code="11420191MB0000001A", requests=20, document_prefix="清岚政")


@pytest.fixture(scope="module")
def reports() -> list[ReportSpec]:
    return sample_reports(7, publishers=[BODY], years=range(2019, 2026))


def number(report: ReportSpec, table: str, row: str, column: str) -> int:
    return int(report.figures[table, row, column])


def test_the_same_seed_gives_the_same_reports(reports: list[ReportSpec]) -> None:
    assert sample_reports(7, publishers=[BODY], years=range(2019, 2026)) == reports


def test_requests_received_and_carried_in_equal_concluded_and_carried_out(reports: list[ReportSpec]) -> None:
    for report in reports:
        for column, _ in APPLICANTS:
            new, old, done, left = (
                number(report, "requests", row, column)
                for row in ("new_received", "carried_in", "outcome_total", "carried_out")
            )
            assert new + old == done + left, (report.title, column)


def test_outcome_total_is_the_sum_of_the_leaves(reports: list[ReportSpec]) -> None:
    for report in reports:
        for column, _ in APPLICANTS:
            leaves = sum(number(report, "requests", row, column) for row in outcome_leaves(report.edition))
            assert leaves == number(report, "requests", "outcome_total", column)


def test_the_total_column_is_the_sum_of_the_applicants(reports: list[ReportSpec]) -> None:
    for report in reports:
        for row in request_rows(report.edition):
            *applicants, total = (number(report, "requests", row, column) for column, _ in APPLICANTS)
            assert sum(applicants) == total


def test_dispute_totals_are_sums(reports: list[ReportSpec]) -> None:
    for report in reports:
        for row, _ in DISPUTES:
            parts = [number(report, "disputes", row, c) for c in ("upheld", "corrected", "other", "pending")]
            assert sum(parts) == number(report, "disputes", row, "total")


def test_a_year_begins_with_what_the_last_one_left(reports: list[ReportSpec]) -> None:
    for earlier, later in pairwise(reports):
        for column, _ in APPLICANTS:
            assert number(later, "requests", "carried_in", column) == number(earlier, "requests", "carried_out", column)


def test_a_spec_with_a_missing_cell_is_refused(reports: list[ReportSpec]) -> None:
    figures = dict(reports[0].figures)
    del figures["requests", "granted", "total"]
    with pytest.raises(ValueError, match="granted"):
        ReportSpec(
            publisher="清岚区人民政府",
            year=2019,
            edition="v2019",
            figures=figures,
            index_number="",
            document_number="",
            issued_on="2020-01-10",
            published_on="2020-01-10",
        )


def places(table: PrintedTable) -> set[tuple[int, int]]:
    """Every place that a cell covers; fails where two cells cover the same."""
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(table):
        column = 0
        for cell in row:
            while (row_number, column) in taken:
                column += 1
            covered = {
                (row_number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            assert not covered & taken
            taken |= covered
    return taken


@pytest.mark.parametrize(("year", "rows", "result_span"), [(2020, 26, 20), (2021, 28, 22)])
def test_the_requests_table_is_a_full_rectangle_with_the_official_spans(
    reports: list[ReportSpec], year: int, rows: int, result_span: int
) -> None:
    table = request_table(next(report for report in reports if report.year == year))
    assert places(table) == {(row, column) for row in range(rows) for column in range(10)}
    spans = [cell.row_span for row in table for cell in row if cell.text == "三、本年度办理结果"]
    assert spans == [result_span]


def test_the_other_tables_are_full_rectangles(reports: list[ReportSpec]) -> None:
    for report in (reports[0], reports[-1]):
        for table in (dispute_table(report), *proactive_blocks(report)):
            width = sum(cell.column_span for cell in table[0])
            assert places(table) == {(row, column) for row in range(len(table)) for column in range(width)}


@pytest.mark.parametrize(
    "layout", [Layout(), Layout(word_paste=True), Layout(nested=True), Layout(split=True)], ids=str
)
def test_every_layout_prints_every_figure_once(reports: list[ReportSpec], layout: Layout) -> None:
    marked = reports[-1].with_figures({key: f"F{place}F" for place, key in enumerate(reports[-1].figures)})
    text = html.fromstring(f"<div>{report_html(marked, layout)}</div>").text_content()
    # The prose quotes one figure besides.
    quoted = marked.figures["requests", "new_received", "total"]
    for figure in marked.figures.values():
        assert text.count(figure) == (2 if figure == quoted else 1)


@pytest.mark.parametrize("style", ["pipes", "lines"])
def test_text_renderings_keep_every_figure(reports: list[ReportSpec], style: str) -> None:
    marked = reports[0].with_figures({key: f"F{place}F" for place, key in enumerate(reports[0].figures)})
    text = report_text(marked, "pipes" if style == "pipes" else "lines")
    assert all(figure in text for figure in marked.figures.values())


def test_blank_zeros_leaves_no_zero_and_no_other_figure_changed(reports: list[ReportSpec]) -> None:
    before, after = reports[-1].figures, reports[-1].with_blank_zeros().figures
    assert {key for key in before if before[key] != after[key]} == {key for key, text in before.items() if text == "0"}


def test_glosses_stand_in_text_and_never_in_an_attribute() -> None:
    page = with_glosses('<a title="公开年报" href="/x">政府信息公开年报</a>')
    assert page == '<a title="公開年報" href="/x">政府信息公開(kāi)年報</a>'
