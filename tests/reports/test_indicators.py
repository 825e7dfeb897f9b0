"""Lists of indicators: every figure of every form, and what bodies made of the forms."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from lists import HEAD, REQUEST_VALUES, REQUESTS, codes, grid, read_grids, report_of, split, values

from govreports import documents
from govreports.issues import Place
from govreports.replica.earlier import COLUMNS, LISTS, Dialect, EarlierReport, earlier_report, page, plain_text
from govreports.reports import Report, extract
from govreports.reports.forms import load_forms

DIALECTS: tuple[Dialect, ...] = ("html", "bars", "tabs", "cells")


def distinct(form: str) -> dict[tuple[str, str], str]:
    """A figure of its own for every cell, so that none can take another's place unnoticed."""
    keys = [(line.code, column) for line in LISTS[form] if line.code for column, _ in COLUMNS[form]]
    return {key: str(number) for number, key in enumerate(keys, 1001)}


def printed(report: EarlierReport, dialect: Dialect) -> bytes:
    return page(report) if dialect == "html" else plain_text(report, dialect)


# --- the forms as they were issued ------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("form", LISTS)
def test_every_figure_of_a_form_is_right(form: str, dialect: Dialect) -> None:
    figures = distinct(form)
    report = extract(documents.read(printed(earlier_report(form, figures, year=2016), dialect)))
    found = {(fact.row, fact.column): str(fact.value) for fact in report.facts}
    assert found == figures
    assert len(report.facts) == len(figures)
    assert [issue for issue in report.issues if issue.code != "rows_absent"] == []


@pytest.mark.parametrize("form", LISTS)
def test_the_form_is_judged_from_its_labels(form: str) -> None:
    report = extract(documents.read(page(earlier_report(form, {}, year=2016))))
    assert report.forms == {"proactive": None, "requests": None, "disputes": None, "indicators": form}


@pytest.mark.parametrize("form", LISTS)
def test_units_are_the_forms(form: str) -> None:
    report = extract(documents.read(page(earlier_report(form, {}, year=2016))))
    of_form = {row.code: row.columns[0].unit for row in load_forms()["indicators"].forms[form].rows if row.columns}
    assert {fact.row: fact.unit for fact in report.facts} == of_form


def test_the_national_form_has_58_figures() -> None:
    rows = load_forms()["indicators"].forms["s2014"].rows
    assert (len(rows), sum(bool(row.columns) for row in rows)) == (65, 58)


def test_every_figure_leads_back_to_its_cell() -> None:
    document = documents.read(page(earlier_report("s2008_fujian", distinct("s2008_fujian"), year=2009)))
    (grid,) = document.grids()
    for fact in extract(document).facts:
        assert fact.at is not None
        assert next(c for c in grid.cells() if (c.row, c.column) == (fact.at.row, fact.at.column)).text == fact.raw


def test_sections_of_the_text_are_kept_beside_the_list() -> None:
    report = extract(documents.read(page(earlier_report("s2014", {}, year=2016))))
    assert [section.number for section in report.sections] == [1, 2, 3, 4]
    assert report.candidates == ()


# --- sums ------------------------------------------------------------------------------------------------------------


def checks(report: Report, rule: str) -> dict[tuple[str | None, str | None], str]:
    return {(check.row, check.column): check.status for check in report.checks if check.rule == rule}


def test_a_sum_that_holds_passes_and_one_with_a_gap_is_not_assessable() -> None:
    found = checks(report_of(HEAD, *REQUESTS), "indicators_sum")
    assert found.pop(("requests_received", "value")) == "pass"
    assert set(found.values()) == {"not_assessable"}


def test_a_sum_that_does_not_hold_fails_with_both_figures() -> None:
    report = report_of(HEAD, "（一）收到申请数 | 件 | 7", *REQUESTS[2:])
    (failed,) = [check for check in report.checks if check.status == "fail"]
    assert (failed.rule, failed.row, failed.expected, failed.actual) == ("indicators_sum", "requests_received", 6, 7)


@pytest.mark.parametrize("blank", ["", "/"])
def test_a_blank_is_no_zero_in_a_sum(blank: str) -> None:
    report = report_of(HEAD, *REQUESTS[:3], f"2．传真申请数 | 件 | {blank}", *REQUESTS[4:])
    assert checks(report, "indicators_sum")["requests_received", "value"] == "not_assessable"


@pytest.mark.parametrize(("items", "status"), [("9", "pass"), ("10", "pass"), ("11", "fail")])
def test_an_item_may_count_on_several_channels(items: str, status: str) -> None:
    figures = {("proactive_items", "value"): items, ("channel_website", "value"): "10"}
    report = extract(documents.read(page(earlier_report("s2014", figures, year=2016))))
    assert checks(report, "indicators_at_least") == {("proactive_items", "value"): status}


def test_every_column_of_a_form_is_checked() -> None:
    report = extract(documents.read(page(earlier_report("s2008_fujian", {}, year=2009))))
    assert {column for _, column in checks(report, "indicators_sum")} == {"value", "cumulative"}


def test_a_fraction_is_wrong_but_for_money() -> None:
    figures = {("request_fees", "value"): "0.5", ("meetings", "value"): "1.5"}
    report = extract(documents.read(page(earlier_report("s2014", figures, year=2016))))
    failed = [(check.row, check.actual) for check in report.checks if check.rule == "value_domain"]
    assert failed == [("meetings", Decimal("1.5"))]


# --- what bodies added ------------------------------------------------------------------------------------------------


def test_a_line_of_the_body_s_own_is_kept_under_the_headings_above_it() -> None:
    report = report_of(HEAD, *REQUESTS, "5．短信申请数 | 件 | 4", "（二）补正申请数 | 件 | 1")
    assert values(report) == REQUEST_VALUES | {
        ("依申请公开情况/收到申请数/短信申请数", "value"): 4,
        ("依申请公开情况/补正申请数", "value"): 1,
    }
    assert codes(report) == ["indicator_local"] * 2


def test_an_own_line_is_named_with_the_heading_above_it() -> None:
    report = report_of(HEAD, *REQUESTS, "5．短信申请数 | 件 | 4", "十、网站数 | 个 | 1")
    assert [issue.message for issue in report.issues if issue.code == "indicator_local"] == [
        "“短信申请数” under “收到申请数” is no indicator of the form s2014; it is kept under its own label.",
        "“网站数” is no indicator of the form s2014; it is kept under its own label.",
    ]


def test_a_label_of_the_form_counts_in_its_own_section_only() -> None:
    report = report_of(
        HEAD, *REQUESTS, "十、网站建设情况 | —— | ——", "（一）召开政府信息公开工作会议或专题会议数 | 次 | 2"
    )
    assert values(report)["网站建设情况/召开政府信息公开工作会议或专题会议数", "value"] == 2
    assert ("meetings", "value") not in values(report)


def test_lines_of_one_label_belong_to_the_heading_above_them() -> None:
    report = report_of(
        HEAD,
        *REQUESTS,
        "四、行政复议数量 | 件 | 3",
        "（二）被依法纠错数 | 件 | 2",
        "五、行政诉讼数量 | 件 | 5",
        "（二）被依法纠错数 | 件 | 4",
    )
    assert (values(report)["review_corrected", "value"], values(report)["litigation_corrected", "value"]) == (2, 4)


def test_a_label_of_two_lines_without_its_heading_is_kept_and_doubted() -> None:
    report = report_of(HEAD, *REQUESTS, "（二）被依法纠错数 | 件 | 2")
    assert values(report)["依申请公开情况/被依法纠错数", "value"] == 2
    assert codes(report) == ["indicator_ambiguous", "indicator_local"]
    (issue,) = [issue for issue in report.issues if issue.code == "indicator_ambiguous"]
    assert "review_corrected, litigation_corrected" in issue.message
    assert issue.at == Place(table=1, row=8, column=1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("45 | 邮寄费 | 元 | 7.5", "fees_on_request_postage"),
        ("045 | 邮寄费 | 元 | 7.5", "fees_on_request_postage"),
        ("40 | 复制费（纸张） | 元 | 7.5", "fees_proactive_copies_paper"),
    ],
)
def test_the_number_of_a_line_decides_between_two_of_one_label(line: str, code: str) -> None:
    lines = ["10 | 申请总数 | 条 | 3", "11 | 当面申请数 | 条 | 3", "17 | 对申请的答复总数 | 条 | 3"]
    lines += ["18 | 同意公开答复数 | 条 | 3", "32 | 行政复议数 | 件 | 0", line]
    report = report_of("代码 | 指标名称 | 计量单位 | 数量", *lines)
    assert values(report)[code, "value"] == Decimal("7.5")


def test_further_figures_of_one_own_label_are_kept_apart_and_repeated_ones_are_not() -> None:
    again = "5．短信申请数 | 件 | 4"
    report = report_of(HEAD, *REQUESTS, again, again, "5．短信申请数 | 件 | 9")
    own = [fact for fact in report.facts if fact.local is not None]
    assert [fact.value for fact in own] == [4, 9]
    assert len({fact.row for fact in report.facts}) == len(report.facts)


def test_a_line_of_the_form_printed_twice_is_compared() -> None:
    report = report_of(HEAD, *REQUESTS, "（一）收到申请数 | 件 | 8")
    assert values(report) == REQUEST_VALUES
    assert codes(report) == ["table_disagrees"]
    (issue,) = [issue for issue in report.issues if issue.code == "table_disagrees"]
    assert "“6” (table 1, row 3) and as “8”" in issue.message
    assert issue.at == Place(table=1, row=8, column=3)


def test_columns_of_the_body_s_own_are_kept_by_their_label() -> None:
    rows = [f"{row} | 9" for row in REQUESTS[1:]]
    report = report_of(f"{HEAD} | 开发区", *rows, "5．短信申请数 | 件 | 4 | 5")
    found = values(report)
    assert (found["requests_received", "value"], found["requests_received", "开发区"]) == (6, 9)
    assert (found["依申请公开情况/收到申请数/短信申请数", "开发区"]) == 5
    assert codes(report) == ["indicator_column", "indicator_local"]
    assert [issue.severity for issue in report.issues if issue.code == "indicator_column"] == ["info"]
    assert {fact.unit for fact in report.facts if fact.local is not None} == {"件"}


def test_quarters_have_codes_and_remarks_are_no_figures() -> None:
    report = report_of(
        "指标 | 单位 | 一季度 | 1季度后 | 合计 | 备注",
        *(f"{row.rpartition('|')[0]} | 1 | 2 | 3 | " for row in REQUESTS[1:-1]),
        "4．信函申请数 | 件 | 1 | 2 | 3 | 含补正",
    )
    found = values(report)
    assert (found["received_fax", "first_quarter"], found["received_fax", "value"]) == (1, 3)
    assert found["received_fax", "1季度后"] == 2
    assert codes(report) == ["indicator_column", "cell_unused"]


def test_of_two_years_neither_is_the_report_s() -> None:
    report = report_of("指标 | 单位 | 2014年 | 2015年", *(f"{row} | 9" for row in REQUESTS[1:]))
    found = values(report)
    assert (found["requests_received", "2014年"], found["requests_received", "2015年"]) == (6, 9)
    assert ("requests_received", "value") not in found
    assert codes(report) == ["indicator_column"] * 2
    assert [issue.severity for issue in report.issues if issue.code == "indicator_column"] == ["warning"] * 2


def test_one_column_may_be_headed_by_its_year() -> None:
    assert values(report_of("指标 | 单位 | 2015年度", *REQUESTS)) == REQUEST_VALUES


def test_parts_of_a_district_stand_under_a_head_of_two_rows() -> None:
    report = report_of(
        "1x5:政府信息公开情况统计表",
        "2x1:统计指标 | 2x1:单位 | 1x3:统计数",
        "区政府统计数 | 区直单位统计数 | 乡镇街道统计数",
        *(f"{row.rpartition('|')[0]} | 1 | 2 | " for row in REQUESTS[1:]),
    )
    found = values(report)
    assert found["received_letter", "district_government"] == 1
    assert found["received_letter", "district_departments"] == 2
    assert found["received_letter", "townships"] == "blank"
    assert codes(report) == []


# --- layouts ----------------------------------------------------------------------------------------------------------


def test_two_lists_side_by_side_are_read_one_after_the_other() -> None:
    head = "指标 | 单位 | 数量"
    right = ("四、行政复议数量 | 件 | 3", "（一）维持具体行政行为数 | 件 | 2", "（二）被依法纠错数 | 件 | 1")
    right += ("五、行政诉讼数量 | 件 | 9", "（二）被依法纠错数 | 件 | 5", " | | ")
    report = report_of(f"{head} | {head}", *(f"{one} | {other}" for one, other in zip(REQUESTS, right, strict=True)))
    assert values(report) == REQUEST_VALUES | {
        ("review_total", "value"): 3,
        ("review_upheld", "value"): 2,
        ("review_corrected", "value"): 1,
        ("litigation_total", "value"): 9,
        ("litigation_corrected", "value"): 5,
    }
    assert codes(report) == []


def test_parts_in_a_column_of_their_own_stand_under_the_line_that_spans_them() -> None:
    report = report_of(
        "1x2:指标 | 单位 | 2009年度 | 历年累计",
        "3x1:主动公开信息数 | 总数 | 条 | 100 | 1000",
        "政府网站 | 条 | 90 | 900",
        "手机报 | 条 | 10 | 100",
        "3x1:受理依申请公开信息总数 | 总数 | 件 | 3 | 33",
        "当面 | 件 | 1 | 11",
        "传真 | 件 | 2 | 22",
        "1x2:行政复议数 | 件 | 0 | 1",
    )
    assert values(report) == {
        ("proactive_items", "value"): 100,
        ("proactive_items", "cumulative"): 1000,
        ("channel_website", "value"): 90,
        ("channel_website", "cumulative"): 900,
        ("主动公开信息数/手机报", "value"): 10,
        ("主动公开信息数/手机报", "cumulative"): 100,
        ("requests_received", "value"): 3,
        ("requests_received", "cumulative"): 33,
        ("received_in_person", "value"): 1,
        ("received_in_person", "cumulative"): 11,
        ("received_fax", "value"): 2,
        ("received_fax", "cumulative"): 22,
        ("review_total", "value"): 0,
        ("review_total", "cumulative"): 1,
    }
    assert codes(report) == ["indicator_local"]


def test_a_list_without_head_is_read_by_what_its_cells_hold() -> None:
    assert values(report_of(*REQUESTS)) == REQUEST_VALUES


def test_numbers_of_lines_and_an_empty_unit_are_no_figures() -> None:
    report = report_of(*(f"{number} | {row}" for number, row in enumerate(REQUESTS, 21)))
    assert values(report) == REQUEST_VALUES
    report = report_of("三、依申请公开情况 | | ", *(row.replace("件", "") for row in REQUESTS[1:]))
    assert values(report) == REQUEST_VALUES


def test_a_unit_behind_the_figure_and_inside_of_it() -> None:
    report = report_of(*(row.replace(" | 件", "") + " | 件" for row in REQUESTS[1:]))
    assert values(report) == REQUEST_VALUES
    report = report_of("指标 | 数量", *(row.replace(" | 件", "") + "件" for row in REQUESTS[1:]))
    assert values(report) == REQUEST_VALUES


def test_who_filled_the_table_is_no_indicator() -> None:
    report = report_of(
        "1x3:填报单位：青禾县",
        HEAD,
        *REQUESTS,
        "填报人：王某 | 联系电话 | 8123456",
        " | | ",
    )
    assert values(report) == REQUEST_VALUES
    assert codes(report) == []


def test_a_figure_above_the_head_is_said() -> None:
    report = report_of("统计年度 | | 2015", HEAD, *REQUESTS)
    assert (values(report), codes(report)) == (REQUEST_VALUES, ["cell_unused"])


def test_columns_of_labels_without_a_word_above() -> None:
    report = report_of(
        " | 指标 |  | 单位 | 数量",
        *(f"{number} |  | {row}" for number, row in enumerate(REQUESTS[1:], 1)),
    )
    assert values(report) == REQUEST_VALUES


def test_a_word_of_the_head_may_stand_over_two_columns_of_which_one_is_filled() -> None:
    rows = [f"{row} | " for row in REQUESTS[:-2]] + ["3．网络申请数 | 件 |  | 3", "4．信函申请数 | 件 | 2 | 2"]
    report = report_of("指标 | 单位 | 1x2:数量", *rows)
    assert values(report) == REQUEST_VALUES | {("received_letter", "value"): "unreadable"}
    assert codes(report) == ["row_unplaced"]


def test_a_row_with_a_number_only_is_said() -> None:
    report = report_of("序号 | 指标 | 单位 | 数量", *(f"1 | {row}" for row in REQUESTS), "22 |  |  | ")
    assert values(report) == REQUEST_VALUES
    assert codes(report) == ["row_unplaced"]


def test_a_head_of_two_rows_may_leave_the_lower_one_empty() -> None:
    report = report_of("1x1:指标 | 单位 | 2x1:数量", " | ", *REQUESTS)
    assert values(report) == REQUEST_VALUES


def test_indicators_that_begin_like_words_of_who_filled_the_table() -> None:
    report = report_of(HEAD, *REQUESTS, "领导信箱来信数 | 件 | 4", "电话咨询数 | 次 | 7")
    assert [value for (row, _), value in values(report).items() if "/" in row] == [4, 7]


def test_a_list_goes_on_over_pages_and_a_page_of_own_lines_between() -> None:
    report = read_grids(
        grid(split((HEAD, *REQUESTS[:3])), page=1),
        grid(split(("5．短信申请数 | 件 | 4", "6．微信申请数 | 件 | 5")), number=2, page=2),
        grid(split(REQUESTS[3:]), number=3, page=3),
        grid([["字号", "大", "小"]], number=4, page=3),
    )
    assert values(report) == REQUEST_VALUES | {
        ("依申请公开情况/收到申请数/短信申请数", "value"): 4,
        ("依申请公开情况/收到申请数/微信申请数", "value"): 5,
    }
    assert codes(report) == ["indicator_local"] * 2


def test_the_columns_of_another_ruling_are_told_by_what_they_hold() -> None:
    report = read_grids(grid(split((HEAD, *REQUESTS[:3]))), grid([["", *row] for row in split(REQUESTS[3:])], number=2))
    assert values(report) == REQUEST_VALUES


@pytest.mark.parametrize("first_half_has_figures", [True, False])
def test_a_label_that_a_page_break_cut_in_two_is_joined(first_half_has_figures: bool) -> None:
    behind, empty = ["次", "2"], ["", ""]
    upper, lower = (behind, empty) if first_half_has_figures else (empty, behind)
    rows = [*split((HEAD, *REQUESTS)), ["九、政府信息公开会议和培训情况", "——", "——"]]
    report = read_grids(
        grid([*rows, ["（一）召开政府信息公开工", *upper]], page=1),
        grid([["作会议或专题会议数", *lower]], number=2, page=2),
    )
    assert values(report) == REQUEST_VALUES | {("meetings", "value"): 2}
    assert codes(report) == ["label_split"] * 2


def cut_meetings(upper: list[str], lower: list[str]) -> Report:
    """A list whose last label stands on two pages, each half with cells behind it."""
    rows = [*split((HEAD, *REQUESTS)), ["九、政府信息公开会议和培训情况", "——", "——"]]
    return read_grids(
        grid([*rows, ["（一）召开政府信息公开工", *upper]], page=1, spans=False),
        grid([["作会议或专题会议数", *lower]], number=2, page=2, spans=False),
    )


@pytest.mark.parametrize(
    ("upper", "lower", "value"),
    [
        (["次", "/"], ["", ""], "not_applicable"),
        (["", ""], ["次", "/"], "not_applicable"),
        (["次", "2"], ["", "/"], 2),
        (["", ""], ["2", ""], "unreadable"),
    ],
)
def test_the_half_of_a_label_counts_that_something_stands_beside(
    upper: list[str], lower: list[str], value: int | str
) -> None:
    assert values(cut_meetings(upper, lower)) == REQUEST_VALUES | {("meetings", "value"): value}


def test_halves_of_a_label_with_a_figure_each_are_two_lines() -> None:
    report = cut_meetings(["次", "2"], ["次", "3"])
    assert ("meetings", "value") not in values(report)
    assert sum(fact.local is not None for fact in report.facts) == 2


@pytest.mark.parametrize("first_half_has_figures", [True, False])
def test_a_label_may_be_cut_in_front_of_its_note(first_half_has_figures: bool) -> None:
    upper, lower = (["条", "7"], ["", ""]) if first_half_has_figures else (["", ""], ["条", "7"])
    report = read_grids(
        grid([*split((HEAD, *REQUESTS)), ["（一）主动公开政府信息数", *upper]], page=1),
        grid([["（不同渠道和方式公开相同信息计1条）", *lower], ["五、行政诉讼数量", "件", "1"]], number=2, page=2),
    )
    assert values(report) == REQUEST_VALUES | {("proactive_items", "value"): 7, ("litigation_total", "value"): 1}
    assert codes(report) == ["label_split"] * 2


@pytest.mark.parametrize("first_half_has_figures", [True, False])
def test_the_rest_of_a_cut_label_is_not_another_row_of_the_form(first_half_has_figures: bool) -> None:
    upper, lower = (["件", "7"], ["", ""]) if first_half_has_figures else (["", ""], ["件", "7"])
    report = read_grids(
        grid([*split((HEAD, *REQUESTS)), ["（三）申请答复数", "件", "7"], ["4．不", *upper]], page=1),
        grid([["同意公开答复数", *lower]], number=2, page=2),
    )
    assert values(report) == REQUEST_VALUES | {("replies", "value"): 7, ("reply_refused", "value"): 7}
    assert codes(report) == ["label_split"] * 2


@pytest.mark.parametrize("line", ["行政复议数量 |  | ", " | 件 | 9", "—— | | ", "（仅供参考） | | "])
def test_a_line_of_the_form_is_not_joined_with_what_is_no_part_of_its_label(line: str) -> None:
    report = report_of(HEAD, *REQUESTS, "五、行政诉讼数量 | 件 | ", line)
    assert values(report)["litigation_total", "value"] == "blank"
    assert "label_split" not in codes(report)


@pytest.mark.parametrize("first_half_has_figures", [True, False])
def test_a_cut_label_under_an_own_heading_is_the_body_s_as_a_whole(first_half_has_figures: bool) -> None:
    upper, lower = (["次", "2"], ["", ""]) if first_half_has_figures else (["", ""], ["次", "2"])
    report = read_grids(
        grid(
            [*split((HEAD, *REQUESTS)), ["十、网站建设情况", "——", "——"], ["（一）召开政府信息公开工", *upper]], page=1
        ),
        grid([["作会议或专题会议数", *lower]], number=2, page=2),
    )
    assert values(report)["网站建设情况/召开政府信息公开工作会议或专题会议数", "value"] == 2


def test_a_head_holds_for_the_pages_behind_it() -> None:
    rows = [f"{row} | 9" for row in REQUESTS[1:]]
    report = read_grids(
        grid(split((f"{HEAD} | 开发区", *rows[:2])), page=1),
        grid(split(rows[2:4]), number=2, page=2),
        grid(split((f"{HEAD} | 开发区", *rows[4:])), number=3, page=3),
    )
    assert {row: found for (row, column), found in values(report).items() if column == "开发区"} == dict.fromkeys(
        (row for row, _ in REQUEST_VALUES), 9
    )
    assert codes(report) == ["indicator_column"]
    assert [issue.at for issue in report.issues if issue.code == "indicator_column"] == [Place(table=1)]


def test_a_list_may_begin_with_one_line_on_a_page() -> None:
    lines = ["传真申请数 | 件 | 0 | 2", "信函申请数 | 件 | 2 | 9", "同意公开答复数 | 件 | 3 | 5"]
    lines += ["同意部分公开答复数 | 件 | 0 | 0"]
    report = read_grids(
        grid([["当面申请数", "件", "1", "11"]], page=1),
        grid([["短信申请数", "件", "4", "5"]], number=2, page=2),
        grid(split(lines), number=3, page=3),
    )
    assert sum(fact.status == "reported" for fact in report.facts) == 12
    assert codes(report) == ["form_undecided", "indicator_local"]
    places = {issue.code: issue.at for issue in report.issues}
    assert (places["form_undecided"], places["rows_absent"]) == (Place(table=1), Place(table=1))


def test_another_table_with_a_label_of_the_form_is_no_part_of_the_list() -> None:
    own = [[f"第{number}项工作", "件", "1"] for number in "一二三四五六七八九"]
    other = grid([["项目", "单位", "数量"], *own, ["被依法纠错数", "件", "8"]], number=2)
    report = read_grids(grid(split((HEAD, *REQUESTS))), other, grid([["2014", "2015"], ["1", "2"]], number=3))
    assert (values(report), codes(report)) == (REQUEST_VALUES, [])


def test_rows_of_a_rendering_that_dropped_cells() -> None:
    rows = [["统计指标", "单位", "统计数"], *split(REQUESTS), ["五、行政诉讼数量", "件"], ["六、举报投诉数量", "1"]]
    report = read_grids(grid(rows, spans=False))
    assert values(report) == REQUEST_VALUES | {("complaints_total", "value"): 1}
    assert codes(report) == ["row_short"]
    head = ["指标", "单位", "数量"]
    report = read_grids(grid([[*head, *head], *([*row, *row] for row in split(REQUESTS)), ["6", "7"]], spans=False))
    assert values(report) == REQUEST_VALUES
    assert codes(report) == ["row_unplaced"]


def test_words_of_the_head_in_a_run_of_cells() -> None:
    run = ["指标", "单位", "2009年度", "历年累计", "指标", "主动公开信息数", "条", "5", "50"]
    rows = [run, ["政府网站", "条", "4", "40", "政府公报", "条", "1", "10"], ["行政复议数", "件", "0", "1"]]
    rows += [["行政诉讼数", "件", "0", "2", "行政申诉数", "件", "0", "3", "单独"], ["其他投诉数", "件", "7"]]
    report = read_grids(grid(rows, spans=False))
    found = values(report)
    assert [found["channel_gazette", column] for column in ("value", "cumulative")] == [1, 10]
    assert found["complaints_total", "cumulative"] == 3
    assert found["其他投诉数", "value"] == "unreadable"
    assert codes(report) == ["indicator_local", "row_unplaced", "cell_unused"]


SHANGHAI = (
    "申请总数 | 10 | 条 | 6",
    "1．当面申请数 | 11 | 条 | 1",
    "2．传真申请数 | 12 | 条 | 0",
    "对申请的答复总数 | 17 | 条 | 6",
    "1．同意公开答复数 | 18 | 条 | 5",
    "行政复议数 | 32 | 件 | 2",
)
SHANGHAI_VALUES = {
    ("requests_received", "value"): 6,
    ("received_in_person", "value"): 1,
    ("received_fax", "value"): 0,
    ("replies", "value"): 6,
    ("reply_granted", "value"): 5,
    ("review_total", "value"): 2,
}
SHANGHAI_HEAD = "指标名称 | 代码 | 计量单位 | 数量"


@pytest.mark.parametrize("head", [(SHANGHAI_HEAD,), ()], ids=["head", "no head"])
@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        ("行政诉讼数 | 33 | 件 | 3", 3, []),
        ("行政诉讼数 | 33 | 件 | 3 | ", "unreadable", ["row_unplaced"]),  # a cell more than columns
        ("行政诉讼数 | 33 | 3", 3, []),  # the unit is lost
        ("行政诉讼数 | 33", "unreadable", ["row_unplaced"]),
        ("行政诉讼数 | 33 |  | 3", 3, []),
    ],
)
def test_the_number_of_a_line_is_never_its_figure(
    head: tuple[str, ...], line: str, value: Any, said: list[str]
) -> None:
    report = read_grids(grid(split((*head, *SHANGHAI, line)), spans=False))
    found = values(report)
    assert found.get(("litigation_total", "value")) == value
    assert {key: found[key] for key in SHANGHAI_VALUES} == SHANGHAI_VALUES
    assert codes(report) == said


def test_a_line_that_lost_its_figure_has_none() -> None:
    line = "行政诉讼数 | 33 | 件"
    report = read_grids(grid(split((SHANGHAI_HEAD, *SHANGHAI, line)), spans=False))
    assert (values(report), codes(report)) == (SHANGHAI_VALUES, ["row_short"])
    report = read_grids(grid(split((*SHANGHAI, line)), spans=False))
    assert values(report) == SHANGHAI_VALUES | {("litigation_total", "value"): "unreadable"}


def test_a_figure_in_front_of_the_unit_is_no_number_of_a_line() -> None:
    report = read_grids(grid(split((*SHANGHAI, "行政诉讼数 | 1033 | 件 | 3")), spans=False))
    assert values(report) == SHANGHAI_VALUES | {("litigation_total", "value"): "unreadable"}


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("行政诉讼数 | 件 | 3 | 30", (3, 30)),
        ("行政诉讼数 | 件 |  | 30", ("blank", 30)),
        ("行政诉讼数 |  | 3 | 30", (3, 30)),
        ("行政诉讼数 | 3 | 30", (3, 30)),
        ("行政诉讼数 | 件 | 30", ("unreadable", "unreadable")),
        ("行政诉讼数 |  | 30", ("unreadable", "unreadable")),  # the unit's place, or an empty figure
        ("行政诉讼数 | 30", ("unreadable", "unreadable")),
        ("行政诉讼数 | 件 | / | /", ("not_applicable", "not_applicable")),
    ],
)
def test_of_two_columns_a_lone_figure_belongs_to_neither(line: str, cells: tuple[Any, Any]) -> None:
    rows = ["主动公开信息数 | 条 | 5 | 50", "政府网站 | 条 | 4 | 40", "政府公报 | 条 | 1 | 10"]
    rows += ["答复总数 | 件 | 2 | 20", "行政复议数 | 件 | 1 | 10"]
    heads = (("指标 | 单位 | 2009年度 | 历年累计",), ())
    for head, spans in product(heads, (True, False)):
        found = values(read_grids(grid(split((*head, *rows, line)), spans=spans)))
        assert (found["litigation_total", "value"], found["litigation_total", "cumulative"]) == cells
        assert found["review_total", "cumulative"] == 10


def test_a_row_that_ends_early_under_a_head_that_lost_a_word() -> None:
    rows = ["主动公开信息数 | 条 | 5 | 50", "政府网站 | 条 | 4 | 40", "政府公报 | 条 | 1 | 10"]
    rows += ["答复总数 | 件 | 2 | 20", "行政复议数 | 件 | 1 | 10", "行政诉讼数 | 件 | 3"]
    found = values(read_grids(grid(split(("指标 | 单位 | 2009年度", *rows)))))
    assert found["litigation_total", "value"] == "unreadable"


def test_empty_cells_are_blank_even_where_some_are_missing() -> None:
    rows = ["指标 | 单位 | 数量", *REQUESTS, "行政复议数量 |  |  | ", "行政诉讼数量 | "]
    found = values(read_grids(grid(split(rows), spans=False)))
    assert (found["review_total", "value"], found["litigation_total", "value"]) == ("blank", "blank")


def test_heading_and_number_of_a_line_must_not_speak_against_each_other() -> None:
    lines = [*SHANGHAI, "1．主动公开信息收费数 | 37 | 元 | 9", "（1）邮寄费 | 45 | 元 | 9"]
    report = report_of(SHANGHAI_HEAD, *lines)
    assert values(report)["收费总数/主动公开信息收费数/邮寄费", "value"] == 9
    assert "indicator_ambiguous" in codes(report)


def test_a_line_named_like_a_word_of_the_head_is_a_line() -> None:
    run = ["指标", "单位", "数量", *(cell for row in split(REQUESTS[1:4]) for cell in row)]
    rows = [run, ["合计", "件", "8"], *split(REQUESTS[4:])]
    report = read_grids(grid(rows, spans=False))
    assert values(report) == REQUEST_VALUES | {("依申请公开情况/收到申请数/合计", "value"): 8}


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_a_label_that_nobody_saw_printed_may_differ_a_little() -> None:
    report = report_of(HEAD, *REQUESTS, "（二）申请办结总数 | 件 | 5", "（三）申请答复数 | 件 | 5")
    assert values(report)["requests_concluded", "value"] == 5
    assert codes(report) == ["label_inexact"]


@pytest.mark.parametrize(
    "line",
    [
        "（二）申请办结总数 | 次 | 5",  # another unit
        "（二）主动公开政府信息总数 | 条 | 5",  # like a label that is sure, and out of its place
        "（二）申请补正数 | 件 | 5",  # not like any
    ],
)
def test_a_label_that_differs_more_is_kept_as_it_is(line: str) -> None:
    report = report_of(HEAD, *REQUESTS, line, "（三）申请答复数 | 件 | 5")
    label = line.partition("）")[2].partition(" ")[0]
    assert values(report)[f"依申请公开情况/{label}", "value"] == 5
    assert codes(report)[-1] == "indicator_local"


UNSEEN = ("（二）申请办结总数 | 件 | 5", "1．按时办结件数 | 件 | 4", "（三）申请答复数 | 件 | 5")
"""Two lines of the form that are printed a little otherwise, and one behind them."""


def test_several_labels_in_a_row_may_differ_a_little() -> None:
    report = report_of(HEAD, *REQUESTS, *UNSEEN)
    found = values(report)
    assert (found["requests_concluded", "value"], found["concluded_on_time", "value"]) == (5, 4)
    assert codes(report) == ["label_inexact"] * 2


def test_the_first_label_of_a_list_may_differ_a_little() -> None:
    lines = ["政府网站公开条数 | 条 | 9 | 90", "政府公报 | 条 | 1 | 10", "受理依申请公开信息总数 | 件 | 3 | 33"]
    lines += ["当面申请数 | 件 | 1 | 11", "传真申请数 | 件 | 2 | 22", "行政复议数 | 件 | 0 | 1"]
    report = report_of("指标 | 单位 | 2009年度 | 历年累计", *lines)
    assert values(report)["channel_website", "cumulative"] == 90
    assert codes(report) == ["label_inexact"]


def test_a_label_that_differs_a_little_may_stand_beside_an_empty_cell() -> None:
    report = report_of(HEAD, *REQUESTS, "（二）申请办结总数 | 件 | ", UNSEEN[2])
    assert values(report)["requests_concluded", "value"] == "blank"
    assert codes(report) == ["label_inexact"]


def test_a_label_that_differs_a_little_needs_a_cell_for_its_figure() -> None:
    report = read_grids(grid([*split((HEAD, *REQUESTS)), ["（二）申请办结总数"], *split(UNSEEN[2:])], spans=False))
    assert ("requests_concluded", "value") not in values(report)
    assert codes(report) == ["cell_unused"]


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (
            (*REQUESTS, "（一）召开政府信息公开工作会议或专题会议总数 | 次 | 2"),
            "召开政府信息公开工作会议或专题会议总数",
        ),
        ((*REQUESTS[:4], REQUESTS[5], "5．网络上申请数 | 件 | 2"), "网络上申请数"),
        ((*REQUESTS[:4], REQUESTS[5], "四、行政复议数量 | 件 | 1", "1．网络上申请数 | 件 | 2"), "网络上申请数"),
    ],
    ids=["of a line below", "of the line above", "of a line far above"],
)
def test_a_label_like_one_of_another_place_is_the_body_s(lines: tuple[str, ...], label: str) -> None:
    report = report_of(HEAD, *lines, "五、行政诉讼数量 | 件 | 1")
    assert [fact.local.row for fact in report.facts if fact.local is not None] == [label]
    assert "label_inexact" not in codes(report)


def test_a_label_of_the_form_is_never_taken_for_one_like_it() -> None:
    lines = ("2．同意公开答复数 | 件 | 4", "4．不同意公开答复数 | 件 | 1")
    report = report_of(HEAD, *REQUESTS, UNSEEN[2], *lines)
    assert values(report)["reply_granted", "value"] == 4
    assert codes(report) == []


def test_a_list_printed_twice_is_compared_in_labels_that_differ_a_little_too() -> None:
    report = report_of(HEAD, *REQUESTS, *UNSEEN, *REQUESTS, *UNSEEN)
    assert values(report)["requests_concluded", "value"] == 5
    assert not [fact for fact in report.facts if fact.local is not None]
    assert codes(report) == ["label_inexact"] * 4


def test_a_label_like_two_that_nobody_saw_printed_is_neither() -> None:
    report = report_of(HEAD, *REQUESTS, "5．全部微信微博回应事件数 | 次 | 5", "四、行政复议数量 | 件 | 0")
    assert codes(report)[-1] == "indicator_local"


def test_a_figure_behind_a_heading_is_said() -> None:
    report = report_of(HEAD, "三、依申请公开情况 | —— | 12", *REQUESTS[1:])
    assert (values(report), codes(report)) == (REQUEST_VALUES, ["surplus_cell"])


def test_a_row_of_figures_without_label_is_quoted() -> None:
    report = report_of(HEAD, *REQUESTS, " | 件 | 9")
    assert (values(report), codes(report)) == (REQUEST_VALUES, ["row_unplaced"])
    message = next(issue.message for issue in report.issues if issue.code == "row_unplaced")
    assert message == "A row of figures has lost its label, so its figures were left out:  | 件 | 9"


def test_more_figures_than_columns_are_never_placed() -> None:
    report = report_of(HEAD, *REQUESTS[:-1], "4．信函申请数 | 件 | 2 | 3")
    found = values(report)
    assert found["received_letter", "value"] == "unreadable"
    assert "row_unplaced" in codes(report)


def test_own_lines_whose_figures_cannot_be_told_are_kept_unreadable() -> None:
    report = report_of(HEAD, *REQUESTS, "5．短信申请数 | 件 | 4 | 5", "5． | 件 | 7")
    found = values(report)
    assert found["依申请公开情况/收到申请数/短信申请数", "value"] == "unreadable"
    assert found["依申请公开情况/收到申请数/5.", "value"] == 7


def own_rows(report: Report) -> list[tuple[str, str, str | None]]:
    return [(fact.row, fact.status, fact.raw) for fact in report.facts if fact.local is not None]


def test_an_own_line_whose_figures_cannot_be_told_is_quoted() -> None:
    report = report_of(HEAD, *REQUESTS, *["5．短信申请数 | 件 | 4 | 5"] * 2)
    ((row, status, raw),) = own_rows(report)
    assert row.startswith("local.")
    assert (status, raw) == ("unreadable", "5．短信申请数 | 件 | 4 | 5")


def test_an_own_line_without_a_cell_for_its_figure_is_kept_apart_from_one_that_cannot_be_read() -> None:
    rows = [*split((HEAD, *REQUESTS)), *[["5．短信申请数", "件"]] * 2, ["5．短信申请数", "件", "4", "5"]]
    report = read_grids(grid(rows, spans=False))
    (first, second) = own_rows(report)
    assert first[1:] == ("absent", None)
    assert second == (f"{first[0]}.2", "unreadable", "5．短信申请数 | 件 | 4 | 5")
    assert codes(report) == [*["indicator_local", "row_short"] * 2, "indicator_local", "row_unplaced"]


def test_codes_of_own_lines_stay_the_same() -> None:
    """Stores compare reports by them."""
    report = report_of(HEAD, *REQUESTS, *(f"5．短信申请数 | 件 | {figure}" for figure in (4, 9, 5)))
    code = "local.d9125d3555d4"
    assert [row for row, _, _ in own_rows(report)] == [code, f"{code}.2", f"{code}.3"]


def test_own_lines_of_one_figure_have_codes_of_their_labels_and_headings() -> None:
    sites = ("十、网站情况 | —— | ——", "（一）访问量 | 次 | 7", "（二）留言数 | 次 | 7")
    report = report_of(HEAD, *REQUESTS, *sites, "十一、热线情况 | —— | ——", "（一）访问量 | 次 | 7")
    assert len({row for row, _, _ in own_rows(report)}) == 3
    assert [row for row, _ in values(report) if "/" in row] == [
        "网站情况/访问量",
        "网站情况/留言数",
        "热线情况/访问量",
    ]


def test_amounts_of_one_own_label_are_kept_apart() -> None:
    report = report_of(HEAD, *REQUESTS, "八、培训费 | 万元 | 3万", "九、培训费 | 万元 | 4万")
    assert [(fact.value, fact.unit) for fact in report.facts if fact.local is not None] == [(3, "万元"), (4, "万元")]
    assert codes(report) == ["indicator_local"] * 2


def test_an_amount_may_have_its_unit_cut_short() -> None:
    report = report_of(*REQUESTS, "七、依申请公开信息收取的费用 | 万元 | 3万")
    assert values(report)["request_fees", "value"] == 3


@pytest.mark.parametrize(("printed", "unit"), [("元", "元"), ("", "万元")])
def test_a_column_of_the_body_s_own_has_the_unit_of_its_line(printed: str, unit: str) -> None:
    rows = [f"{row} | 9" for row in REQUESTS[1:]]
    report = report_of(f"{HEAD} | 开发区", *rows, f"七、依申请公开信息收取的费用 | {printed} | 215 | 9")
    (fact,) = [fact for fact in report.facts if fact.row == "request_fees" and fact.local is not None]
    assert (fact.value, fact.unit) == (9, unit)


def test_words_for_an_increase_are_no_figure_of_a_list() -> None:
    rows = [f"{row} | 增3" for row in REQUESTS[1:]]
    report = report_of(f"{HEAD} | 比上年", *rows)
    assert values(report)["requests_received", "比上年"] == "unreadable"


def test_what_a_list_leaves_out_is_said_once_of_its_table() -> None:
    report = report_of(HEAD, *REQUESTS)
    (issue,) = report.issues
    form = load_forms()["indicators"].forms["s2014"]
    missing = [row.code for row in form.rows if row.columns and (row.code, "value") not in REQUEST_VALUES]
    assert (issue.code, issue.severity, issue.at) == ("rows_absent", "warning", Place(table=1))
    assert issue.message.endswith(f"53 of 58 rows of the form: {', '.join(missing)}")


def test_a_cell_that_says_nothing_is_named_with_its_place() -> None:
    report = report_of("统计年度 | | 2015", HEAD, *REQUESTS)
    (issue,) = [issue for issue in report.issues if issue.code == "cell_unused"]
    assert (issue.severity, issue.at) == ("warning", Place(table=1, row=1, column=3))
    assert "2015" in issue.message


def test_words_instead_of_a_figure_are_unreadable() -> None:
    report = report_of(HEAD, *REQUESTS[:-1], "4．信函申请数 | 件 | 若干")
    assert values(report)["received_letter", "value"] == "unreadable"
    assert codes(report) == ["value_unreadable"]


def test_a_printed_unit_counts_and_is_said_where_it_is_another() -> None:
    report = report_of(HEAD, *REQUESTS, "七、依申请公开信息收取的费用 | 元 | 215.5")
    (fact,) = [fact for fact in report.facts if fact.row == "request_fees"]
    assert (fact.value, fact.unit) == (Decimal("215.5"), "元")
    assert codes(report) == ["unit_differs"]


@pytest.mark.parametrize(
    ("printed", "unit"), [("（元）", "元"), ("人民币元", "人民币元"), ("（万元）", "万元"), ("", "万元")]
)
def test_an_amount_is_never_taken_for_one_in_another_unit(printed: str, unit: str) -> None:
    report = report_of(HEAD, *REQUESTS, f"七、依申请公开信息收取的费用 | {printed} | 215.5")
    (fact,) = [fact for fact in report.facts if fact.row == "request_fees"]
    assert (fact.value, fact.unit) == (Decimal("215.5"), unit)
    assert codes(report) == ([] if unit == "万元" else ["unit_differs"])


def test_a_heading_under_which_nothing_stands_is_said() -> None:
    report = report_of(HEAD, *REQUESTS, "以上数字仅供参考 | | ")
    assert codes(report) == ["cell_unused"]


def test_own_headings_without_unit_are_told_by_what_stands_under_them() -> None:
    report = report_of(
        "指标 | 数量",
        *(row.replace(" | 件", "") for row in REQUESTS[1:]),
        "十、网站情况 | ",
        "（一）专栏数 | ",
        "（二）访问量 | 7",
    )
    assert values(report) == REQUEST_VALUES | {("网站情况/专栏数", "value"): "blank", ("网站情况/访问量", "value"): 7}
    assert codes(report) == ["indicator_local"] * 2


def test_an_own_heading_may_have_one_line_under_it() -> None:
    lines = (
        *(row.replace(" | 件", "") for row in REQUESTS[1:]),
        "十、网站情况 | ",
        "（一）访问量 | 7",
        "十一、热线数 | 3",
    )
    report = report_of("指标 | 数量", *lines)
    assert values(report) == REQUEST_VALUES | {("网站情况/访问量", "value"): 7, ("热线数", "value"): 3}
    assert codes(report) == ["indicator_local"] * 2


def test_a_few_labels_make_no_list() -> None:
    report = report_of(HEAD, *REQUESTS[1:4], "四、行政复议数量 | 件 | 1")
    assert "indicators" not in report.forms
    assert report.facts == ()


def test_labels_without_figures_make_no_list() -> None:
    report = report_of("收到申请数 | 当面申请数 | 传真申请数 | 网络申请数 | 信函申请数", "6 | 1 | 0 | 3 | 2")
    assert "indicators" not in report.forms


def test_a_list_that_may_be_of_two_forms_says_so() -> None:
    report = report_of(
        HEAD,
        "当面申请数 | 件 | 1",
        "传真申请数 | 件 | 0",
        "信函申请数 | 件 | 2",
        "同意公开答复数 | 件 | 3",
        "同意部分公开答复数 | 件 | 0",
    )
    assert "form_undecided" in codes(report)
    assert sum(fact.status == "reported" for fact in report.facts) == 5


def test_every_table_but_the_list_is_read_as_before() -> None:
    report = report_of(*REQUESTS, title="青禾县人民政府2020年政府信息公开工作年度报告")
    assert report.forms["indicators"] == "s2014"
    assert [issue.code for issue in report.issues] == ["rows_absent"]
