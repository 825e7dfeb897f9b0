"""The requests table: which rows are head and which are body, what row labels mean, how a head names its columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_tables import BODY, HEAD, MORE, SEVEN, SURE, codes, html, markdown, read, row_of, statuses

from govreports.issues import Issue, Place
from govreports.reports import Report

LABELS = HEAD[0][1:]
SECRET = ("1.属于国家秘密", *SEVEN)
OVERDUE = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *SEVEN)
FEE = ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *SEVEN)
TOTAL = ("（七）总计", *SEVEN)
CARRIED_OUT = ("三、结转下年度继续办理", *SEVEN)
BLANKS = [""] * 7


def tabs(*rows: Sequence[str]) -> bytes:
    """A row a line, a tab between cells."""
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def lines(*rows: Sequence[str]) -> bytes:
    """A cell a line, an empty line between cells; two more stand for an empty cell."""
    return ("\n" + "\n\n".join(cell for row in rows for cell in row) + "\n").encode()


def issue_of(report: Report, code: str) -> Issue:
    """The only issue of that code."""
    (found,) = [issue for issue in report.issues if issue.code == code]
    return found


# --- head and body ----------------------------------------------------------------------------------------------------


def three(row: Sequence[str]) -> list[str]:
    """The row in a table of a body that prints three kinds of applicants only."""
    return [row[0], row[1], row[2], row[7]]


THREE = [three(row) for row in (*BODY, ("1.属于国家秘密", "", *SEVEN[1:]))]


@pytest.mark.parametrize(
    "body",
    [
        markdown([three(HEAD[0]), *THREE]),
        markdown([three(("", *LABELS)), *THREE]),
        tabs(three(HEAD[0])[1:], *THREE),
    ],
    ids=["below a title", "below an empty corner", "without a corner"],
)
def test_a_table_with_three_of_the_columns_is_read(body: bytes) -> None:
    report = read(body)
    assert row_of(report, "granted") == [1, 2, None, None, None, None, 7]
    assert row_of(report, "refused_state_secret") == [None, 2, None, None, None, None, 7]
    assert codes(report) == []


@pytest.mark.parametrize("count", [3, 7])
def test_a_head_run_together_with_the_first_row_stands_in_that_row(count: int) -> None:
    every = (*HEAD, *BODY, ("1.属于国家秘密", "1", "", *SEVEN[2:]))
    rows = [three(row) if count == 3 else row for row in every]
    report = read(lines(*rows))
    assert len([value for value in row_of(report, "new_received") if value is not None]) == count
    assert {fact.at.row for fact in report.facts if fact.row == "new_received" and fact.at is not None} == {1}
    assert codes(report) == []


def test_a_local_column_of_a_head_run_together_with_the_first_row_is_said_where_it_stands() -> None:
    more = [(*row[:-1], "9", row[-1]) for row in (*BODY, ("1.属于国家秘密", "1", "", *SEVEN[2:]))]
    report = read(lines((*HEAD[0][:-1], "小计", "总计"), *more))
    assert row_of(report, "granted") == SURE
    assert issue_of(report, "local_column").at == Place(1, 1, 8)


def test_a_head_half_of_which_was_overwritten_is_still_the_head() -> None:
    head = ["0" if index % 2 == 0 else label for index, label in enumerate(HEAD[0])]
    report = read(html([head, *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_label_missing"] * 3


def test_a_row_of_the_older_form_that_begins_a_page_is_a_row_however_empty() -> None:
    report = read(html([*HEAD, *BODY], [("（六）其他处理", *BLANKS), TOTAL]))
    assert report.forms["requests"] == "v2019"
    assert statuses(report, "other_handling") == {"blank"}
    assert codes(report) == []


def test_the_title_of_a_group_in_a_line_of_its_own_belongs_to_the_head() -> None:
    def table(first: str, then: str) -> bytes:
        return html([("项目", first, then), ("", "总计", *LABELS[1:6], "自然人"), *BODY])

    report = read(table("", "法人或其他组织^5"))
    assert row_of(report, "granted") == [7, *range(2, 7), 1]
    assert codes(report) == []
    doubtful = read(table("法人或其他组织^5", ""))
    assert statuses(doubtful, "granted") == {"unreadable"}


def test_columns_in_another_order_are_read_where_the_title_of_the_group_stands_over_them() -> None:
    title, upper = ("项目", "申请人情况^7"), ("", "总计", "法人或其他组织^5", "自然人")
    report = read(html([title, upper, ("", "", *LABELS[1:6], ""), *BODY]))
    assert row_of(report, "granted") == [7, *range(2, 7), 1]
    assert codes(report) == []


# --- groups of rows ---------------------------------------------------------------------------------------------------


def test_another_row_below_the_total_is_the_bodys_own() -> None:
    rows = [*HEAD, *BODY, OVERDUE, FEE, ("3.其他", *SEVEN), TOTAL, ("其他", *"8888888"), CARRIED_OUT]
    report = read(html(rows))
    assert row_of(report, "other_other") == SURE
    assert row_of(report, "outcome_total") == SURE
    assert codes(report) == ["local_row"]
    assert issue_of(report, "local_row").at == Place(1, 10, 1)


@pytest.mark.parametrize("begins_a_page", [False, True])
@pytest.mark.parametrize("title", [("（六）其他处理^8",), ("（六）其他处理", *BLANKS)])
def test_the_title_of_a_group_is_understood_though_the_older_form_has_a_row_of_its_name(
    title: Sequence[str], *, begins_a_page: bool
) -> None:
    above, below = [*HEAD, *BODY], [title, OVERDUE, FEE, ("3.其他", *SEVEN), TOTAL]
    report = read(html(above, below) if begins_a_page else html([*above, *below]))
    assert report.forms["requests"] == "v2021"
    assert row_of(report, "other_other") == SURE
    assert codes(report) == []


# --- labels in two rows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("upper", "rest", "code"),
    [("1.属于", "国家秘密", "refused_state_secret"), ("本年度办理结", "果总计", "outcome_total")],
)
def test_a_first_half_that_is_no_label_of_a_row_goes_on_in_the_next(upper: str, rest: str, code: str) -> None:
    report = read(html([*HEAD, *BODY, (upper, *BLANKS), (rest, *SEVEN)]))
    assert row_of(report, code) == SURE
    assert codes(report) == ["label_split"]


def test_values_beside_the_second_half_are_read_by_their_order() -> None:
    split = [("4.保护第三方合法权", *BLANKS), ("益", *SEVEN)]
    report = read(tabs(LABELS, *BODY, *split, ("5.属于三类内部事务信息", *SEVEN)))
    assert row_of(report, "refused_third_party_rights") == SURE
    assert codes(report) == ["label_split"]


def test_the_end_of_a_label_below_an_empty_row_has_no_beginning() -> None:
    report = read(html([*HEAD, *BODY, ("", *BLANKS), ("益", *BLANKS)]))
    assert issue_of(report, "label_split").at == Place(1, 7, 1)
    assert codes(report) == ["label_split"]


def test_a_title_above_a_row_is_no_first_half_of_its_label() -> None:
    report = read(html([*HEAD, *BODY[:2], ("三、本年度办理结果^8",), ("总计", *SEVEN), *BODY[2:]]))
    assert row_of(report, "outcome_total") == SURE
    assert codes(report) == []


# --- rows without a label of their own --------------------------------------------------------------------------------


def test_a_row_that_carries_the_label_of_another_is_the_one_between_its_neighbours() -> None:
    report = read(html([*HEAD, *BODY, SECRET, ("（七）总计", *"8888888"), *MORE[1:], TOTAL]))
    assert row_of(report, "refused_prohibited_by_law") == [8] * 7
    assert row_of(report, "outcome_total") == SURE
    assert codes(report) == ["label_missing"]


def test_a_row_that_carries_the_label_of_another_is_said_whatever_words_stand_before_it() -> None:
    rows = [("项目^2", *LABELS), *((f"{label}^2", *values) for label, *values in (*BODY[:2], TOTAL))]
    rows[2:2] = [("本级", "（七）总计", *"8888888")]
    report = read(html(rows))
    assert row_of(report, "outcome_total") == SURE
    assert codes(report) == ["row_unplaced"]


def test_an_empty_row_is_none_that_lost_its_label() -> None:
    report = read(html([*HEAD, *BODY, SECRET, ("", *BLANKS), *MORE[1:]]))
    assert statuses(report, "refused_prohibited_by_law") == {"absent"}
    assert codes(report) == []


def test_rows_printed_again_on_the_next_page_say_nothing_of_the_order() -> None:
    report = read(html([*HEAD, *BODY, SECRET, ("", *"8888888")], [*HEAD, *BODY, *MORE[1:]]))
    assert row_of(report, "refused_prohibited_by_law") == [8] * 7
    assert codes(report) == ["label_missing"]


@pytest.mark.parametrize(
    ("label", "code"), [("（二）部分公", "partially_granted"), ("2.其他法律行政止公开", "refused_prohibited_by_law")]
)
def test_a_label_that_is_not_quite_the_forms_is_said_where_it_stands(label: str, code: str) -> None:
    report = read(html([*HEAD, *BODY[:3], (label, *SEVEN), *MORE[1:]]))
    assert row_of(report, code) == SURE
    assert codes(report) == ["label_inexact"]
    assert issue_of(report, "label_inexact").at == Place(1, 5, 1)


# --- columns ----------------------------------------------------------------------------------------------------------


def test_cells_are_counted_where_labels_stand_in_several_columns() -> None:
    leaves = [("", label, *SEVEN) for label, *_ in (*BODY[:2], *MORE, ("8.信访举报投诉类申请", ""), ("重复申请", ""))]
    leaves += [("", "要求提供公开出版物", *SEVEN)]
    left = [(label, "", *SEVEN[1:]) for label in ("（一）予以公开", "（二）部分公开", "（七）总计")]
    report = read(markdown([("", *LABELS), *leaves[:2], *left[:2], *leaves[2:], left[2]]))
    assert row_of(report, "granted") == [None, *SURE[1:]]
    assert row_of(report, "refused_third_party_rights") == SURE
    assert codes(report) == []


def test_a_shifted_head_is_not_believed_where_rows_have_more_cells() -> None:
    rows = [(*row, "") for row in BODY[:3]]
    report = read(html([LABELS, *rows, BODY[3]]))
    assert statuses(report, "granted") == {"unreadable"}
    assert set(codes(report)) == {"row_unplaced"}


def test_a_shifted_head_is_read_in_its_order_where_one_row_in_five_is_longer() -> None:
    report = read(html([LABELS, *BODY, (*SECRET, "")]))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "refused_state_secret") == SURE


def test_a_shifted_head_is_said_where_it_begins() -> None:
    report = read(html([LABELS, *BODY]))
    assert issue_of(report, "head_shifted").at == Place(1, 1, 1)


def test_a_corner_overwritten_by_the_label_of_a_column_moves_none() -> None:
    report = read(html([("总计", *LABELS), *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_label_missing"]


def test_a_column_that_carries_the_label_of_another_is_left_out() -> None:
    rows = [("项目", "自然人", "总计", *LABELS[1:]), *((*row[:2], "9", *row[2:]) for row in BODY)]
    report = read(html(rows))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["surplus_cell"] * 4


def pushed(rows: Sequence[Sequence[str]], counts: Sequence[int]) -> list[Sequence[str]]:
    """Rows behind an empty cell, with so many values each."""
    return [("", label, *values[:count]) for (label, *values), count in zip(rows, counts, strict=True)]


def test_no_row_is_believed_where_empty_cells_stand_for_spans_only_sometimes() -> None:
    report = read(markdown([("", *LABELS), *pushed(BODY[:3], (7, 6, 6)), BODY[3][:7]]))
    assert {fact.status for fact in report.facts if fact.row in ("new_received", "carried_in", "granted")} == {
        "unreadable"
    }


def test_two_rows_behind_an_empty_cell_leave_the_others_to_be_counted() -> None:
    report = read(markdown([("", *LABELS), *pushed(BODY[:2], (7, 7)), BODY[2], BODY[3][:7], SECRET[:7]]))
    assert row_of(report, "new_received") == SURE
    assert row_of(report, "granted") == SURE
    assert statuses(report, "refused_state_secret") == {"unreadable"}


def test_four_rows_of_five_are_read_where_the_fifth_lacks_a_cell() -> None:
    report = read(markdown([("", *LABELS), *pushed(BODY[:3], (7, 7, 7)), BODY[3], SECRET[:7]]))
    assert row_of(report, "granted") == SURE
    assert statuses(report, "refused_state_secret") == {"unreadable"}


def test_a_local_column_of_a_text_table_is_said_and_left_out() -> None:
    more = [(*row[:-1], "9", row[-1]) for row in (*BODY, ("1.属于国家秘密", "", *SEVEN[1:]))]
    report = read(tabs((*HEAD[0][:-1], "小计", "总计"), *more))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "refused_state_secret") == [None, *SURE[1:]]
    assert codes(report) == ["local_column"]


def test_a_text_table_that_prints_a_label_too_few_is_read_where_its_rows_are_whole() -> None:
    report = read(tabs((*HEAD[0][:3], *HEAD[0][4:]), *BODY))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_label_missing"]
    assert issue_of(report, "column_label_missing").at == Place(1, 2)
