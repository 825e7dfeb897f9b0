"""The proactive table: what its labels, heads and clauses say where they are not as the form prints them."""

from __future__ import annotations

import pytest
from test_tables import BLOCK, CLAUSE, ISSUED, Rows, codes, html, proactive, read, statuses

from govreports.issues import Issue
from govreports.reports import Report

OLDER = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
LICENCES: Rows = (("第二十条第（五）项^4",), ("信息内容", "本年处理决定数量"))
PENALTIES: Rows = (("第二十条第（六）项^4",), ("信息内容", "本年处理决定数量"))
FEES: Rows = (("第二十条第（八）项^4",), ("信息内容", "本年收费金额（单位：万元）"))
REGULATIONS = [1, 2, 3]
NORMATIVE = [4, 5, 6]


def said(report: Report, code: str) -> Issue:
    """The only issue with that code."""
    (issue,) = [issue for issue in report.issues if issue.code == code]
    return issue


def place(report: Report, code: str) -> dict[str, int]:
    at = said(report, code).at
    assert at is not None
    return at.to_record()


# --- the edition ------------------------------------------------------------------------------------------------------


def test_a_row_that_only_one_edition_has_tells_it_where_heads_are_lost() -> None:
    rows = [
        ("第二十条第（五）项^4",),
        ("行政许可", "1", "2", "3"),
        ("其他对外管理服务事项", "4", "5", "6"),
        ("第二十条第（六）项^4",),
        ("行政处罚", "7", "-8", "9"),
        ("行政强制", "10", "11", "12"),
    ]
    report = read(html(rows))
    assert report.forms["proactive"] == "v2019"
    assert proactive(report, "other_external_service") == [4, 5, 6]
    assert proactive(report, "administrative_penalty") == [7, -8, 9]


def test_the_edition_is_that_of_most_labels() -> None:
    older = ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")
    report = read(html([CLAUSE, older, *BLOCK[2:], *FEES, ("行政事业性收费", "7")]))
    assert report.forms["proactive"] == "v2019"
    assert (proactive(report, "regulation"), proactive(report, "normative_document")) == (REGULATIONS, NORMATIVE)


def test_a_row_of_the_other_edition_never_stands_for_a_missing_one() -> None:
    licences = [*LICENCES, ("行政许可", "7"), ("其他对外管理服务事项", "8"), ("行政强制", "9")]
    report = read(html([*BLOCK, *licences]))
    assert report.forms["proactive"] == "v2021"
    assert statuses(report, "administrative_penalty", "proactive") == {"absent"}
    assert proactive(report, "administrative_compulsion") == [9]
    assert codes(report) == ["row_unplaced"]


# --- labels cut in two ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("beside", ["upper", "rest", "neither"])
@pytest.mark.parametrize(("upper", "rest"), [("行政", "许可"), ("行政许", "可")])
def test_the_halves_of_a_label_make_a_row_even_where_neither_resembles_one(upper: str, rest: str, beside: str) -> None:
    blank = ("", "", "")
    first = (upper, *(("1", "2", "30") if beside == "upper" else blank))
    second = (rest, *(("1", "2", "30") if beside == "rest" else blank))
    report = read(html([LICENCES[0], OLDER, first, second, ("行政处罚", "4", "5", "60")]))
    if beside == "neither":
        assert statuses(report, "administrative_licence", "proactive") == {"blank"}
    else:
        assert proactive(report, "administrative_licence") == [1, 2, 30]
    assert proactive(report, "administrative_penalty") == [4, 5, 60]
    assert codes(report) == ["label_split"]


def test_the_rest_of_a_label_may_hold_its_keyword() -> None:
    report = read(html([*BLOCK, *FEES, ("行政", "7"), ("事业性收费", "")]))
    assert proactive(report, "administrative_fee") == [7]
    assert codes(report) == ["label_split"]


def test_a_whole_label_is_never_the_rest_of_one() -> None:
    report = read(html([CLAUSE, ISSUED, ("政府", "7", "8", "9"), ("规章", "", "", ""), BLOCK[3]]))
    assert statuses(report, "regulation", "proactive") == {"blank"}
    assert proactive(report, "normative_document") == NORMATIVE
    assert codes(report) == ["local_row"]
    assert "“政府”" in said(report, "local_row").message


@pytest.mark.parametrize("title", ["信息内容", "项目名称"])
def test_a_bracket_that_is_never_closed_does_not_swallow_the_head_below(title: str) -> None:
    fees = [(title, "本年收费金额（单位：万元）"), ("行政事业性收费", "8")]
    report = read(html([*BLOCK, *LICENCES, ("行政许可（含委托实施", "7"), *fees]))
    assert proactive(report, "administrative_licence") == [7]
    assert proactive(report, "administrative_fee") == [8]
    assert codes(report) == []


def test_a_label_that_lost_its_end_is_read_and_said() -> None:
    report = read(html([*BLOCK, *PENALTIES, ("行政处", "7"), ("行政强制", "8")]))
    assert proactive(report, "administrative_penalty") == [7]
    assert codes(report) == ["label_inexact"]
    assert place(report, "label_inexact") == {"table": 1, "row": 7, "column": 1}
    assert "“行政处”" in said(report, "label_inexact").message


def test_words_between_the_rows_are_not_passed_over() -> None:
    report = read(html([*BLOCK, ("以上数据截至年底", "", "", "")]))
    assert codes(report) == ["cell_unused"]


# --- heads ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figures", [(0, 0, 0), (1, 2, 3)])
def test_a_label_in_the_place_of_another_leaves_no_figure_unsaid(figures: tuple[int, ...]) -> None:
    rows = [CLAUSE, (*ISSUED[:2], ISSUED[1], ISSUED[3]), ("规章", *map(str, figures)), *BLOCK[3:]]
    report = read(html(rows))
    assert proactive(report, "regulation") == list(figures)
    assert codes(report) == ["column_labels_missing"] * 2


@pytest.mark.parametrize("title", ["0", "", "项目名称"])
def test_columns_are_those_of_the_labels_whatever_stands_before_them(title: str) -> None:
    report = read(html([CLAUSE, (title, ISSUED[3], ISSUED[1], ISSUED[2]), *BLOCK[2:]]))
    assert proactive(report, "regulation") == [2, 3, 1]
    assert codes(report) == []


def test_a_head_that_stands_aside_because_its_first_cell_is_missing_is_read_in_its_order() -> None:
    report = read(html([CLAUSE, (ISSUED[3], ISSUED[1], ISSUED[2]), *BLOCK[2:]]))
    assert proactive(report, "regulation") == [2, 3, 1]
    assert proactive(report, "normative_document") == [5, 6, 4]
    assert codes(report) == []


def test_a_head_that_lost_its_only_label_is_filled_by_order() -> None:
    report = read(
        html([*BLOCK, LICENCES[0], ("信息内容", "", "", ""), ("行政许可", "7"), *PENALTIES, ("行政处罚", "8")])
    )
    assert proactive(report, "administrative_licence") == [7]
    assert proactive(report, "administrative_penalty") == [8]


def test_a_head_that_lost_its_cells_costs_no_other_block() -> None:
    report = read(html([*BLOCK, LICENCES[0], ("信息内容",), ("行政许可", "7"), *PENALTIES, ("行政处罚", "8")]))
    assert proactive(report, "regulation") == REGULATIONS
    assert proactive(report, "administrative_penalty") == [8]


def test_a_head_without_labels_over_empty_cells_says_nothing() -> None:
    report = read(html([*BLOCK, LICENCES[0], ("信息内容", ""), ("行政许可", ""), *PENALTIES, ("行政处罚", "8")]))
    assert statuses(report, "administrative_licence", "proactive") == {"blank"}
    assert codes(report) == []


def test_a_last_column_without_any_value_is_empty() -> None:
    report = read(html([CLAUSE, ISSUED, ("规章", "1", "2", ""), ("行政规范性文件", "4", "5", "")]))
    assert proactive(report, "regulation") == [1, 2, None]
    assert statuses(report, "regulation", "proactive") == {"reported", "blank"}
    assert codes(report) == []


def test_a_label_printed_again_over_each_column_that_it_covers_is_one() -> None:
    head = ("信息内容", *["本年处理决定数量"] * 3)
    report = read(html([*BLOCK, LICENCES[0], head, ("行政许可", "", "", "7"), ("行政处罚", "8", "8", "8")]))
    assert proactive(report, "administrative_licence") == [7]
    assert proactive(report, "administrative_penalty") == [8]
    assert codes(report) == []


def test_lost_labels_are_counted_on_both_sides_of_a_column_of_the_bodys_own() -> None:
    report = read(
        html(
            [
                CLAUSE,
                ("信息内容", "0", "备注件数", "0", ISSUED[3]),
                ("规章", "1", "9", "2", "3"),
                ("行政规范性文件", "4", "", "5", "6"),
            ]
        )
    )
    assert proactive(report, "regulation") == REGULATIONS
    assert proactive(report, "normative_document") == NORMATIVE
    assert codes(report) == ["column_label_missing", "column_label_missing", "surplus_cell"]
    assert place(report, "surplus_cell") == {"table": 1, "row": 3, "column": 3}


def test_a_head_in_another_order_that_lost_a_label_is_not_believed() -> None:
    report = read(html([CLAUSE, ("信息内容", ISSUED[3], ISSUED[1]), *BLOCK[2:]]))
    assert statuses(report, "regulation", "proactive") == {"unreadable"}
    assert codes(report) == ["row_unplaced", "row_unplaced"]


def test_a_number_beside_the_title_of_a_clause_is_of_no_row() -> None:
    report = read(html([("第二十条第（一）项", "", "9", ""), *BLOCK[1:]]))
    assert proactive(report, "regulation") == REGULATIONS
    assert codes(report) == ["cell_unused"]


# --- blocks without a head --------------------------------------------------------------------------------------------


def test_values_without_a_head_are_in_the_order_of_the_form() -> None:
    report = read(html([CLAUSE, ISSUED, BLOCK[2], LICENCES[0], ("行政规范性文件", "4", "", "6")]))
    assert proactive(report, "normative_document") == [4, None, 6]
    assert codes(report) == ["column_labels_missing"]


def test_an_empty_last_cell_is_blank_without_a_head() -> None:
    report = read(html([CLAUSE, ISSUED, BLOCK[2], LICENCES[0], ("行政规范性文件", "4", "5", "")]))
    assert proactive(report, "normative_document") == [4, 5, None]
    assert codes(report) == ["column_labels_missing"]


def test_an_empty_cell_behind_the_values_is_none_of_them_without_a_head() -> None:
    report = read(html([CLAUSE, ISSUED, BLOCK[2], LICENCES[0], ("行政规范性文件", "4", "5", "6", "")]))
    assert proactive(report, "normative_document") == NORMATIVE
    assert codes(report) == ["column_labels_missing"]


def test_an_empty_row_without_a_head_says_nothing_in_whatever_number_of_cells() -> None:
    report = read(html([*BLOCK, LICENCES[0], ("行政许可", "", "", "")]))
    assert statuses(report, "administrative_licence", "proactive") == {"blank"}
    assert codes(report) == []


# --- page breaks ------------------------------------------------------------------------------------------------------


def test_the_rest_of_a_block_on_the_next_page_has_the_head_of_the_page_before() -> None:
    report = read(html(BLOCK[:3], [("行政规范性文件", "4", "5", "")]))
    assert proactive(report, "normative_document") == [4, 5, None]
    assert codes(report) == []


def test_a_row_with_a_cell_missing_under_a_head_with_a_label_missing_is_not_placed_on_the_next_page() -> None:
    report = read(html([CLAUSE, ("信息内容", ISSUED[1], ISSUED[3]), BLOCK[2]], [("行政规范性文件", "4", "6")]))
    assert proactive(report, "regulation") == REGULATIONS
    assert statuses(report, "normative_document", "proactive") == {"unreadable"}
    assert codes(report) == ["column_labels_missing", "row_unplaced"]


def test_a_table_of_blocks_printed_again_agrees_with_itself() -> None:
    report = read(html(BLOCK, BLOCK))
    assert (proactive(report, "regulation"), proactive(report, "normative_document")) == (REGULATIONS, NORMATIVE)
    assert codes(report) == []


def test_a_row_with_fewer_cells_and_nothing_in_them_is_said_at_its_label() -> None:
    report = read(html([CLAUSE, ISSUED, BLOCK[2], ("行政规范性文件", "")]))
    assert place(report, "row_short") == {"table": 1, "row": 4, "column": 1}
