"""Lists of indicators: labels that stand in front of one another, lines that lost a cell, numbers of lines."""

from __future__ import annotations

import pytest
from test_indicators import HEAD, REQUEST_VALUES, REQUESTS, codes, grid, read_grids, report_of, split, values

from govreports.reports import Report

WIDE_HEAD = "指标 |  |  | 单位 | 数量"
WIDE = [f"{label} |  |  | {unit} | {figure}" for label, unit, figure in split(REQUESTS)]


def paths(report: Report) -> dict[str | None, tuple[str, ...]]:
    """The headings above each line of the body's own."""
    return {fact.local.row: fact.local.path for fact in report.facts if fact.local is not None}


# --- labels in front of one another -----------------------------------------------------------------------------------


def test_labels_in_front_of_the_first_line_stand_above_it() -> None:
    report = report_of(WIDE_HEAD, "门户网站 | 专题专栏 | 栏目数 | 个 | 5", *WIDE)
    assert values(report) == REQUEST_VALUES | {("门户网站/专题专栏/栏目数", "value"): 5}
    assert codes(report) == ["indicator_local"]


def test_the_word_for_the_total_behind_two_labels_is_understood() -> None:
    report = report_of(WIDE_HEAD, *WIDE, "十、网站建设情况 | 栏目数 | 总数 | 个 | 5")
    assert values(report) == REQUEST_VALUES | {("网站建设情况/栏目数", "value"): 5}
    assert codes(report) == ["indicator_local"]


# --- lines that lost a cell -------------------------------------------------------------------------------------------


def test_a_line_without_unit_in_a_rendering_without_spans_is_no_part_of_the_one_above() -> None:
    report = read_grids(grid(split((HEAD, *REQUESTS, "短信申请数 | 件 | 4", "微信申请数 | 5")), spans=False))
    own = paths(report)
    assert list(own) == ["短信申请数", "微信申请数"]
    assert own["微信申请数"] == own["短信申请数"]


def test_a_line_below_one_that_lost_its_figure_is_no_part_of_it() -> None:
    report = report_of(HEAD, *REQUESTS, "十、网站建设情况 | 栏目数", "访问量 | 次 | 5")
    assert paths(report)["访问量"] == ()


def test_a_page_with_numbers_of_lines_but_no_labels_is_said_line_by_line() -> None:
    report = read_grids(
        grid(split((HEAD, *REQUESTS)), page=1),
        grid(split(("代码 | 单位 | 数量", "21 | 件 | 3", "22 | 件 | 4")), number=2, page=2),
    )
    assert values(report) == REQUEST_VALUES
    assert codes(report) == ["row_unplaced"] * 2


# --- figures and numbers of lines -------------------------------------------------------------------------------------


def test_two_figures_behind_a_heading_are_both_said() -> None:
    rows = [f"{row} | " for row in REQUESTS[1:]]
    report = report_of("指标 | 单位 | 1x2:数量", "三、依申请公开情况 | —— | 12 | 13", *rows)
    assert values(report) == REQUEST_VALUES
    said = [(issue.code, issue.at.column) for issue in report.issues if issue.at is not None and issue.at.column]
    assert said == [("surplus_cell", 3), ("surplus_cell", 4)]


@pytest.mark.parametrize("spans", [True, False])
def test_a_number_between_label_and_unit_is_that_of_the_line_where_no_head_says_otherwise(spans: bool) -> None:
    rows = [[label, str(number), unit, figure] for number, (label, unit, figure) in enumerate(split(REQUESTS[1:]), 21)]
    report = read_grids(grid(rows, spans=spans))
    assert values(report) == REQUEST_VALUES
    assert codes(report) == []


def test_a_number_between_label_and_unit_is_doubted_where_the_head_has_no_word_for_it() -> None:
    report = read_grids(grid(split((HEAD, *REQUESTS[:-1], "4．信函申请数 | 24 | 件 | 2")), spans=False))
    assert values(report) == REQUEST_VALUES | {("received_letter", "value"): "unreadable"}
    assert codes(report) == ["row_unplaced"]
