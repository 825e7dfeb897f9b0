"""Where lines of a body's own stand: under which headings, told by their numbering and the columns of labels."""

from __future__ import annotations

import pytest
from lists import HEAD, REQUESTS, codes, grid, read_grids, report_of, split, values

from govreports.reports import Report

FUJIAN = "1x2:指标 | 单位 | 2009年度 | 历年累计"
REVIEWS = "1x2:行政复议数 | 件 | 0 | 1"
TWO_COLUMNS = ["指标", "", "单位", "数量"]


def own(report: Report) -> list[str]:
    """The lines that no form has, each behind the headings above it."""
    return list(dict.fromkeys(row for row, _ in values(report) if not row.isascii()))


# --- by numbering -----------------------------------------------------------------------------------------------------


def test_a_numbering_means_what_it_means_in_the_form_s_line_above() -> None:
    refused = ("4．不同意公开答复数 | 件 | 3", "其中：1．涉及国家秘密 | 件 | 1", "2．涉及商业秘密 | 件 | 1")
    report = report_of(HEAD, *REQUESTS, "（三）申请答复数 | 件 | 9", *refused, "7．涉及工作秘密 | 件 | 1")
    assert own(report) == ["依申请公开情况/申请答复数/不同意公开答复数/涉及工作秘密"]


def test_parts_one_below_the_other_are_parts_of_one_line() -> None:
    report = report_of(HEAD, *REQUESTS, "其中：老年人 | 件 | 1", "其中：残疾人 | 件 | 1")
    path = "依申请公开情况/收到申请数/信函申请数"
    assert own(report) == [f"{path}/老年人", f"{path}/残疾人"]


def test_a_part_stands_beside_one_that_the_form_has() -> None:
    items = ("（一）主动公开政府信息数 | 条 | 9", "其中：主动公开规范性文件数 | 条 | 4")
    report = report_of(HEAD, *REQUESTS, *items, "其中：图解 | 条 | 1")
    assert own(report) == ["主动公开情况/主动公开政府信息数（不同渠道和方式公开相同信息计1条）/图解"]


def test_a_part_may_have_parts() -> None:
    lines = ("（四）补正申请数 | 件 | 5", "其中：重复 | 件 | 3", "（1）当天 | 件 | 1")
    path = "依申请公开情况/补正申请数"
    assert own(report_of(HEAD, *REQUESTS, *lines)) == [path, f"{path}/重复", f"{path}/重复/当天"]


def test_own_lines_in_front_of_the_form_s_stand_under_nothing() -> None:
    report = report_of(HEAD, "网站数 | 个 | 1", "热线数 | 条 | 2", *REQUESTS)
    assert own(report) == ["网站数", "热线数"]


# --- by columns of labels ---------------------------------------------------------------------------------------------


def test_the_first_part_in_a_column_of_its_own_may_be_the_body_s() -> None:
    items = ("3x1:主动公开信息数 | 总数 | 条 | 100 | 1000", "手机报 | 条 | 10 | 100", "政府网站 | 条 | 90 | 900")
    requests = ("2x1:受理依申请公开信息总数 | 总数 | 件 | 3 | 33", "当面 | 件 | 1 | 11")
    report = report_of(FUJIAN, *items, *requests, REVIEWS)
    assert own(report) == ["主动公开信息数/手机报"]
    assert values(report)["channel_website", "value"] == 90


REQUESTS_OF_TWO = ("2x1:受理依申请公开信息总数 | 总数 | 件 | 3 | 33", "当面 | 件 | 1 | 11")
ITEMS_OF_TWO = ("2x1:主动公开信息数 | 总数 | 条 | 100 | 1000", "政府网站 | 条 | 90 | 900")


def test_a_line_over_both_columns_of_labels_stands_under_none_of_the_parts_above() -> None:
    report = report_of(FUJIAN, *ITEMS_OF_TWO, *REQUESTS_OF_TWO, "1x2:咨询总数 | 件 | 5 | 6", REVIEWS)
    assert own(report) == ["咨询总数"]


def test_own_parts_stand_under_an_own_line_that_spans_them() -> None:
    lines = ("2x1:咨询总数 | 总数 | 件 | 5 | 6", "热线 | 件 | 4 | 5")
    report = report_of(FUJIAN, *ITEMS_OF_TWO, *REQUESTS_OF_TWO, *lines, REVIEWS)
    assert own(report) == ["咨询总数", "咨询总数/热线"]


def test_a_part_of_the_form_s_under_an_own_line_with_a_figure_is_doubted() -> None:
    requests = ("2x1:受理依申请公开信息总数 | 总数 | 件 | 3 | 33", "网上 | 件 | 1 | 11")
    lines = ("2x1:咨询总数 | 总数 | 件 | 5 | 6", "当面 | 件 | 4 | 5")
    report = report_of(FUJIAN, *ITEMS_OF_TWO, *requests, *lines, REVIEWS)
    assert codes(report) == ["indicator_local", "indicator_elsewhere"]
    (doubt,) = [issue for issue in report.issues if issue.code == "indicator_elsewhere"]
    assert (doubt.at.row if doubt.at else None, "“咨询总数”" in doubt.message) == (7, True)


def test_lines_of_the_form_whose_heading_is_not_printed_are_not_doubted() -> None:
    report = report_of(HEAD, "一、主动公开情况 | —— | ——", "（一）主动公开政府信息数 | 条 | 9", *REQUESTS[1:])
    assert own(report) == []
    assert codes(report) == []


def test_the_form_s_labels_under_an_own_heading_are_the_body_s() -> None:
    lines = ("2x1:来访情况 | 当面 | 件 | 5 | 6", "网上 | 件 | 1 | 1")
    report = report_of(FUJIAN, *ITEMS_OF_TWO, *REQUESTS_OF_TWO, *lines, REVIEWS)
    assert own(report) == ["来访情况/当面", "来访情况/网上"]
    found = values(report)
    assert (found["received_in_person", "value"], found["review_total", "cumulative"]) == (1, 1)
    assert codes(report) == ["indicator_local"] * 2


def test_parts_beside_an_own_numbered_line_stand_under_it() -> None:
    rows = [
        [label, "", *rest] for label, *rest in split((*REQUESTS, "（三）申请答复数 | 件 | 9", "1．补正数 | 件 | 2"))
    ]
    report = read_grids(grid([TWO_COLUMNS, *rows, ["", "再次补正", "件", "1"]]))
    path = "依申请公开情况/申请答复数/补正数"
    assert own(report) == [path, f"{path}/再次补正"]


def test_an_own_heading_is_told_by_the_line_beside_it() -> None:
    rows = [[label, "", figure] for label, _, figure in split(REQUESTS)]
    report = read_grids(grid([["指标", "", "数量"], *rows, ["十、咨询情况", "", ""], ["", "热线", "7"]]))
    assert own(report) == ["咨询情况/热线"]
    assert codes(report) == ["indicator_local"]


def test_a_column_of_labels_that_is_always_empty_tells_nothing() -> None:
    rows = (*REQUESTS[1:], "短信申请数 | 件 | 4")
    report = report_of(" | 指标 |  | 单位 | 数量", *(f"{number} |  | {row}" for number, row in enumerate(rows, 1)))
    assert own(report) == ["依申请公开情况/收到申请数/短信申请数"]


@pytest.mark.parametrize("figure", ["2", ""])
def test_parts_stand_beside_a_label_that_a_page_break_cut_in_two(figure: str) -> None:
    rows = [[label, "", *rest] for label, *rest in split((*REQUESTS, "九、政府信息公开会议和培训情况 | |"))]
    report = read_grids(
        grid([TWO_COLUMNS, *rows, ["（一）召开政府信息公开工", "", "次", figure]], page=1),
        grid([["作会议或专题会议数", "", "", ""], ["", "视频会议", "次", "1"]], number=2, page=2),
    )
    path = "政府信息公开会议和培训情况/召开政府信息公开工作会议或专题会议数"
    assert own(report) == [f"{path}/视频会议"]
    assert values(report)["meetings", "value"] == (int(figure) if figure else "blank")
