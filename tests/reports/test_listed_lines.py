"""The lines of a list of indicators: which cells are labels, units, numbers of lines and figures."""

from __future__ import annotations

import pytest
from test_indicators import (
    HEAD,
    REQUEST_VALUES,
    REQUESTS,
    SHANGHAI,
    SHANGHAI_HEAD,
    SHANGHAI_VALUES,
    codes,
    grid,
    read_grids,
    report_of,
    split,
    values,
)

from govreports.reports import Report

SENT = "依申请公开情况/收到申请数"
REMARKED = ["指标", "备注", "单位", "数量"]
WIDE_HEAD = "指标 |  |  | 单位 | 数量"
WIDE = [f"{label} |  |  | {unit} | {figure}" for label, unit, figure in split(REQUESTS)]


def remarked(remark: str = "含补正") -> list[list[str]]:
    """The rows of the list with a remark between label and unit."""
    return [[label, remark, unit, figure] for label, unit, figure in split(REQUESTS[1:])]


def paths(report: Report) -> dict[str | None, tuple[str, ...]]:
    """The headings above each line of the body's own."""
    return {fact.local.row: fact.local.path for fact in report.facts if fact.local is not None}


# --- the head ---------------------------------------------------------------------------------------------------------


def test_who_filled_the_table_in_which_year_is_no_head() -> None:
    report = report_of("填报单位 | 青禾县 | 2015年", HEAD, *REQUESTS)
    assert values(report) == REQUEST_VALUES


def test_two_words_of_the_form_make_a_head() -> None:
    rows = [f"{label} | {figure} | 9" for label, _, figure in split(REQUESTS[1:])]
    found = values(report_of("指标 | 数量 | 开发区", *rows))
    assert (found["requests_received", "value"], found["requests_received", "开发区"]) == (6, 9)


def test_an_empty_word_behind_the_one_over_labels_stands_over_labels() -> None:
    rows = [f"{label} |  | {unit} | {figure}" for label, unit, figure in split(REQUESTS)]
    report = report_of("指标 |  | 单位 | 数量", *rows, "十、网站建设情况 | 栏目数 | 个 | 5")
    assert values(report) == REQUEST_VALUES | {("网站建设情况/栏目数", "value"): 5}


def test_of_three_labels_in_a_row_the_word_for_the_total_is_none() -> None:
    report = report_of(WIDE_HEAD, *WIDE, "十、网站建设情况 | 栏目数 | 总数 | 个 | 5")
    assert values(report) == REQUEST_VALUES | {("网站建设情况/栏目数", "value"): 5}
    assert "cell_unused" not in codes(report)


def test_labels_of_three_columns_stand_under_one_another() -> None:
    report = report_of(WIDE_HEAD, *WIDE, "十、网站建设情况 | 栏目数 | 主栏目 | 个 | 5")
    assert values(report) == REQUEST_VALUES | {("网站建设情况/栏目数/主栏目", "value"): 5}


def test_a_list_with_an_unknown_word_over_its_labels_is_read_right_or_not_at_all() -> None:
    report = report_of("类别 | 单位 | 数量", *REQUESTS)
    assert values(report).get(("requests_received", "value")) in (None, 6)


# --- rows whose columns are the head's --------------------------------------------------------------------------------


@pytest.mark.parametrize("spans", [True, False])
def test_a_remark_between_label_and_unit_is_no_label(spans: bool) -> None:
    report = read_grids(grid([REMARKED, *remarked()], spans=spans))
    assert values(report) == REQUEST_VALUES


def test_a_cell_more_in_one_row_changes_nothing_in_the_others() -> None:
    report = read_grids(grid([REMARKED, *remarked(), ["5．短信申请数", "", "件", "4", "注"]]))
    assert {key: values(report)[key] for key in REQUEST_VALUES} == REQUEST_VALUES


def test_a_word_in_the_column_of_units_says_that_a_rendering_moved_the_cells() -> None:
    report = read_grids(grid(split((HEAD, *REQUESTS, "5．短信申请数 | 6．微信申请数 | 5")), spans=False))
    assert values(report)[f"{SENT}/微信申请数", "value"] == 5
    assert (f"{SENT}/短信申请数", "value") not in values(report)


def test_a_word_in_the_column_of_numbers_says_that_a_rendering_moved_the_cells() -> None:
    rows = [f"{number} | {row}" for number, row in enumerate(REQUESTS, 21)]
    report = read_grids(grid(split((f"序号 | {HEAD}", *rows, "5．短信申请数 | 6．微信申请数 | 件 | 5")), spans=False))
    assert values(report)[f"{SENT}/微信申请数", "value"] == 5
    assert "cell_unused" in codes(report)


@pytest.mark.parametrize("behind", [("3", ""), ("3", "4"), ("", "3")])
def test_a_figure_behind_the_last_column_makes_a_line_unreadable(behind: tuple[str, str]) -> None:
    rows = [[*row, "", ""] for row in split(REQUESTS[:-1])]
    report = read_grids(grid([split([HEAD])[0], *rows, ["4．信函申请数", "件", "2", *behind]]))
    assert values(report) == REQUEST_VALUES | {("received_letter", "value"): "unreadable"}
    assert codes(report) == ["row_unplaced"]


def test_empty_cells_behind_the_last_column_are_nothing() -> None:
    report = read_grids(grid([split([HEAD])[0], *([*row, "", ""] for row in split(REQUESTS))]))
    assert values(report) == REQUEST_VALUES
    assert codes(report) == []


def test_a_figure_in_the_place_of_a_label_is_none() -> None:
    report = report_of(HEAD, *REQUESTS, "2015 | 件 | 9")
    assert values(report) == REQUEST_VALUES
    assert codes(report) == ["row_unplaced"]


def test_a_figure_in_the_place_of_a_unit_makes_a_line_unreadable() -> None:
    report = report_of(HEAD, *REQUESTS[:-1], "4．信函申请数 | 12 | 2")
    assert values(report) == REQUEST_VALUES | {("received_letter", "value"): "unreadable"}
    assert codes(report) == ["row_unplaced"]


def test_of_two_figures_under_one_word_neither_is_taken() -> None:
    rows = [f"{row} | " for row in REQUESTS[:-1]]
    report = report_of("指标 | 单位 | 1x2:数量", *rows, "4．信函申请数 | 件 | 2 | 3")
    assert values(report) == REQUEST_VALUES | {("received_letter", "value"): "unreadable"}
    assert codes(report) == ["row_unplaced"]


def test_two_figures_behind_a_heading_are_both_said() -> None:
    rows = [f"{row} | " for row in REQUESTS[1:]]
    report = report_of("指标 | 单位 | 1x2:数量", "三、依申请公开情况 | —— | 12 | 13", *rows)
    assert values(report) == REQUEST_VALUES
    said = [(issue.code, issue.at.column) for issue in report.issues if issue.at is not None and issue.at.column]
    assert said == [("surplus_cell", 3), ("surplus_cell", 4)]


def test_a_figure_alone_in_the_place_of_a_label_is_quoted() -> None:
    rows = [f"{label} |  | {unit} | {figure}" for label, unit, figure in split(REQUESTS)]
    report = report_of("指标 |  | 单位 | 数量", *rows, "2015 |  | 件 | ")
    assert values(report) == REQUEST_VALUES
    assert codes(report) == ["row_unplaced"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_line_that_lost_its_number_and_one_beside_it_are_no_parts_of_one_another(order: int) -> None:
    rows = [f"{number} | {row}" for number, row in enumerate(REQUESTS, 21)]
    added = ["短信申请数 | 件 | 4", "28 | 微信申请数 | 件 | 5"][::order]
    report = read_grids(grid(split((f"序号 | {HEAD}", *rows, *added)), spans=False))
    own = paths(report)
    assert own["微信申请数"] == own["短信申请数"]


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


# --- rows that are read by what they hold -----------------------------------------------------------------------------


def test_without_a_head_a_label_stands_under_the_one_in_front_of_it() -> None:
    report = report_of(*REQUESTS, "十、网站建设情况 | 栏目数 | 个 | 5")
    assert values(report) == REQUEST_VALUES | {("网站建设情况/栏目数", "value"): 5}


def test_without_a_head_the_number_of_a_line_may_stand_in_front_of_its_unit() -> None:
    rows = [[label, f"{number}", unit, figure] for number, (label, unit, figure) in enumerate(split(REQUESTS[1:]), 21)]
    report = read_grids(grid(rows, spans=False))
    assert values(report) == REQUEST_VALUES
    assert codes(report) == []


def test_words_run_together_are_no_parts_of_one_another() -> None:
    report = read_grids(grid(split((*REQUESTS, "短信申请数 | 微信申请数 | 件 | 5")), spans=False))
    (local,) = [fact.local for fact in report.facts if fact.local is not None]
    assert local.row == "微信申请数"
    assert "短信申请数" not in local.path


def test_words_of_the_head_that_a_run_prints_again_are_no_labels() -> None:
    first, second = ([cell for row in split(rows) for cell in row] for rows in (REQUESTS[1:4], REQUESTS[4:]))
    head = split([HEAD])[0]
    report = read_grids(grid([[*head, *first, *head, *second]], spans=False))
    assert values(report) == REQUEST_VALUES
    assert codes(report) == []


def test_the_head_of_a_run_of_cells_holds_on_the_next_page() -> None:
    run = [*REMARKED, *(cell for row in remarked("")[:3] for cell in row if cell)]
    report = read_grids(grid([run], spans=False, page=1), grid(remarked()[3:], number=2, spans=False, page=2))
    assert values(report) == REQUEST_VALUES
    moved = read_grids(
        grid([run], spans=False, page=1),
        grid(
            [*remarked()[3:], ["5．短信申请数", "6．微信申请数", "7．邮件申请数", "5"]], number=2, spans=False, page=2
        ),
    )
    assert values(moved)[f"{SENT}/邮件申请数", "value"] == 5


@pytest.mark.parametrize("head", [(SHANGHAI_HEAD,), ()])
@pytest.mark.parametrize("spans", [True, False])
def test_the_number_of_a_line_may_have_three_digits(head: tuple[str, ...], spans: bool) -> None:
    rows = [" | ".join([label, f"1{number}", *rest]) for label, number, *rest in split(SHANGHAI)]
    report = read_grids(grid(split((*head, *rows)), spans=spans))
    assert values(report) == SHANGHAI_VALUES


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
