"""Placing values where labels, cells or columns are not what the form has; single cases, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from printing import BY_NAME, TABLES, Sheet, keys_of, sheet_of, with_text, without_cell, without_column, without_row

from govreports import documents
from govreports.documents.model import Cell, Document, Grid
from govreports.replica.reports import Edition, FigureKey, PrintedCell, PrintedTable
from govreports.reports import Report, extract
from govreports.reports.model import Fact

Rows = Sequence[Sequence[str]]

HEAD: Rows = (("项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),)
SEVEN = ("1", "2", "3", "4", "5", "6", "7")
BODY: Rows = (
    ("一、本年新收政府信息公开申请数量", *SEVEN),
    ("二、上年结转政府信息公开申请数量", *SEVEN),
    ("（一）予以公开", *SEVEN),
    ("（二）部分公开", *SEVEN),
)

MORE: Rows = tuple(
    (label, *SEVEN)
    for label in (
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
    )
)


def html(*tables: Rows) -> bytes:
    """Tables without spans; a cell ``text^3`` covers three columns."""

    def cell(text: str) -> str:
        text, _, span = text.partition("^")
        return f'<td colspan="{span or 1}">{text}</td>'

    markup = "".join(
        "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>" for rows in tables
    )
    return f'<html><head><meta charset="utf-8"></head><body>{markup}</body></html>'.encode()


def markdown(rows: Rows) -> bytes:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:], ""]).encode()


def read(body: bytes) -> Report:
    return extract(documents.read(body))


def row_of(report: Report, code: str, table: str = "requests") -> list[int | None]:
    return [fact.value for fact in report.facts if fact.table == table and fact.row == code]  # type: ignore[misc]


def statuses(report: Report, code: str, table: str = "requests") -> set[str]:
    return {fact.status for fact in report.facts if fact.table == table and fact.row == code}


def codes(report: Report) -> list[str]:
    """Issue codes but for those that the small tables here raise anyway."""
    usual = ("table_missing", "rows_absent", "title_missing", "year_missing", "form_undecided")
    unusual = [issue for issue in report.issues if issue.code not in usual]
    assert all(issue.at is not None and issue.at.table and issue.at.row for issue in unusual), unusual
    assert all(issue.severity in ("info", "warning", "error") and issue.message for issue in unusual)
    return [issue.code for issue in unusual]


SURE = list(range(1, 8))


def test_a_plain_matrix_is_read() -> None:
    report = read(html([*HEAD, *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == []


# --- the requests table -----------------------------------------------------------------------------------------------


def test_the_first_half_of_a_label_goes_on_in_the_next_row() -> None:
    rows = [*HEAD, *BODY, ("4.保护第三方合法权", *SEVEN), ("益", *[""] * 7), ("5.属于三类内部事务信息", *SEVEN)]
    report = read(html(rows))
    assert row_of(report, "refused_third_party_rights") == SURE
    assert codes(report) == ["label_split"]


def test_the_values_may_stand_beside_the_second_half() -> None:
    rows = [*HEAD, *BODY, ("4.保护第三方合法权", *[""] * 7), ("益", *SEVEN), ("5.属于三类内部事务信息", *SEVEN)]
    report = read(html(rows))
    assert row_of(report, "refused_third_party_rights") == SURE
    assert row_of(report, "refused_internal_affairs") == SURE
    assert codes(report) == ["label_split"]


@pytest.mark.parametrize(
    ("upper", "rest", "code"),
    [
        ("5.要求行政机关确认或", "重新出具已获取信息", "not_processed_reconfirmation"),
        ("2.其他法律行政", "法规禁止公开", "refused_prohibited_by_law"),
        ("2.没有现成信息", "需要另行制作", "unavailable_requires_creation"),
        ("1.申请人无正当理由逾期", "不补正、行政机关不再处理其政府信息公开申请", "other_correction_overdue"),
    ],
)
@pytest.mark.parametrize("beside", ["upper", "rest"])
def test_halves_that_make_a_label_are_that_label_whatever_each_resembles(
    upper: str, rest: str, code: str, beside: str
) -> None:
    blank = [""] * 7
    split = [(upper, *(SEVEN if beside == "upper" else blank)), (rest, *(SEVEN if beside == "rest" else blank))]
    report = read(html([*HEAD, *BODY, *split, ("（七）总计", *SEVEN)]))
    assert row_of(report, code) == SURE
    assert codes(report) == ["label_split"]


def test_the_end_of_a_label_alone_is_dropped_and_said() -> None:
    report = read(html([*HEAD, ("益", *[""] * 7), *BODY]))
    assert row_of(report, "new_received") == SURE
    assert codes(report) == ["label_split"]


def test_two_rows_with_values_are_never_joined() -> None:
    rows = [*HEAD, *BODY, ("4.保护第三方合法权", *SEVEN), ("益", *SEVEN)]
    report = read(html(rows))
    assert row_of(report, "refused_third_party_rights") == SURE
    assert "local_row" in codes(report)


def test_a_row_of_numbers_between_rows_that_leave_no_place_is_not_placed() -> None:
    rows = [*HEAD, *BODY[:2], ("", *SEVEN), *BODY[2:]]
    report = read(html(rows))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["row_unplaced"]


def test_a_row_below_the_total_without_label_is_the_last_of_the_form() -> None:
    rows = [*HEAD, *BODY, ("（七）总计", *SEVEN), ("", *SEVEN)]
    report = read(html(rows))
    assert row_of(report, "carried_out") == SURE
    assert codes(report) == ["label_missing"]


def test_a_row_printed_again_by_a_page_break_is_one() -> None:
    report = read(html([*HEAD, *BODY, BODY[-1], ("1.属于国家秘密", *SEVEN)]))
    assert row_of(report, "partially_granted") == SURE
    assert codes(report) == []


def test_a_table_printed_twice_is_compared() -> None:
    other = [*BODY[:-1], ("（二）部分公开", "1", "2", "3", "4", "5", "6", "8")]
    same = read(html([*HEAD, *BODY], [*HEAD, *BODY]))
    assert codes(same) == []
    report = read(html([*HEAD, *BODY], [*HEAD, *other]))
    assert row_of(report, "partially_granted") == SURE
    assert codes(report) == ["table_disagrees"]


def test_words_where_a_number_should_be_are_unreadable() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", "见附件", *SEVEN[1:])]))
    assert row_of(report, "refused_state_secret") == [None, 2, 3, 4, 5, 6, 7]
    assert codes(report) == ["value_unreadable"]


def test_a_row_with_a_cell_missing_is_unreadable() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", *SEVEN[1:])]))
    assert statuses(report, "refused_state_secret") == {"unreadable"}
    assert codes(report) == ["row_unplaced"]
    fact = next(fact for fact in report.facts if fact.row == "refused_state_secret")
    assert fact.raw == "1.属于国家秘密 | 2 | 3 | 4 | 5 | 6 | 7"
    assert fact.at is not None
    assert fact.at.to_record() == {"table": 1, "row": 6}


def test_a_cell_more_than_the_head_has_stands_under_no_label() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", *SEVEN, "8")]))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == ["surplus_cell"]


def test_a_row_that_stands_aside_is_read_by_its_order() -> None:
    rows = [("项目^2", *HEAD[0][1:]), *((f"{label}^2", *values) for label, *values in (*BODY, *MORE))]
    report = read(html([*rows, ("1.属于国家秘密", *SEVEN)]))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == ["row_shifted"]


def test_one_stroke_over_all_columns_stands_in_each() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", "/^7"), ("2.其他法律行政法规禁止公开", "^7")]))
    assert statuses(report, "refused_state_secret") == {"not_applicable"}
    assert statuses(report, "refused_prohibited_by_law") == {"blank"}
    assert {fact.unit for fact in report.facts if fact.status != "reported"} == {None}
    assert codes(report) == []


def test_one_number_over_all_columns_belongs_to_none() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", "5^7")]))
    assert statuses(report, "refused_state_secret") == {"unreadable"}


def test_a_number_beyond_the_columns_stands_under_no_label() -> None:
    rows = [(*HEAD[0], ""), *((*row, "") for row in BODY), ("1.属于国家秘密", *SEVEN, "9")]
    report = read(html(rows))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == ["surplus_cell"]


def test_a_label_that_stands_alone_has_no_cells() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密",)]))
    assert statuses(report, "refused_state_secret") == {"absent"}


def test_empty_cells_are_blank_in_whatever_number() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", *[""] * 9)]))
    assert statuses(report, "refused_state_secret") == {"blank"}


def test_columns_without_labels_are_read_in_the_order_of_the_form() -> None:
    report = read(html(BODY))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_labels_missing"]
    fewer = read(html([row[:7] for row in BODY]))
    assert statuses(fewer, "granted") == {"unreadable"}


def test_a_part_without_labels_goes_on_as_the_part_before() -> None:
    local = [(*HEAD[0][:-1], "小计", "总计"), *((*row[:-1], "9", row[-1]) for row in BODY)]
    rest = [("1.属于国家秘密", *SEVEN[:-1], "9", "7"), ("2.其他法律行政法规禁止公开", *SEVEN[:-1], "", "7")]
    report = read(html(local, rest))
    assert row_of(report, "refused_state_secret") == SURE
    assert row_of(report, "refused_prohibited_by_law") == SURE
    assert codes(report) == ["local_column"]


def test_a_head_alone_is_followed_by_its_rows_in_the_next_part() -> None:
    report = read(html(HEAD, BODY))
    assert row_of(report, "granted") == SURE


def test_a_head_that_lost_its_first_labels_is_filled_from_the_left() -> None:
    report = read(html([("项目", "", "0", *HEAD[0][3:]), *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_label_missing", "column_label_missing"]


def test_a_head_in_another_order_is_read_by_its_labels() -> None:
    report = read(html([("项目", "总计", "自然人", *HEAD[0][2:7]), *BODY]))
    assert row_of(report, "granted") == [2, 3, 4, 5, 6, 7, 1]
    assert codes(report) == []


def without_spans(table: PrintedTable) -> PrintedTable:
    return tuple(tuple(replace(cell, row_span=1, column_span=1) for cell in row) for row in table)


@pytest.mark.parametrize("name", TABLES)
def test_spans_that_an_editor_dropped_are_not_missed(name: str) -> None:
    report = damaged(name, "html", without_spans(part(name)))
    assert right(report, keys_of(EDITIONS)) == keys_of(EDITIONS)


def test_a_group_too_narrow_for_its_columns_moves_no_figure() -> None:
    """The last column of the group then stands beyond that of the total."""
    table = part("requests")
    row, index = place_of(table, "法人或其他组织")
    cells = list(table[row])
    cells[index] = replace(cells[index], column_span=4)
    report = damaged("requests", "html", (*table[:row], tuple(cells), *table[row + 1 :]))
    assert right(report, keys_of(EDITIONS)) == keys_of(EDITIONS)


def test_a_head_in_another_order_that_lost_its_first_cell_is_not_believed() -> None:
    report = read(html([("总计", *HEAD[0][1:7]), *BODY]))
    assert statuses(report, "granted") == {"unreadable"}


def test_the_sum_of_a_group_is_no_column_of_the_form() -> None:
    head = (*HEAD[0][:7], "合计", "总计")
    report = read(html([head, *((*row[:7], "9", row[7]) for row in BODY)]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["local_column"]


def test_the_last_outcome_is_known_by_its_neighbours_where_the_title_of_its_group_was_lost() -> None:
    overdue = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *SEVEN)
    other = ("3.其他", *SEVEN)
    assert row_of(read(html([*HEAD, *BODY, overdue, other])), "other_other") == SURE
    unknown = read(html([*HEAD, other, *BODY, overdue]))
    assert statuses(unknown, "other_other") == {"absent"}
    assert codes(unknown) == ["local_row"]


def test_a_head_run_together_with_the_first_row_is_told_from_it() -> None:
    cells = [("项目", "总计", *HEAD[0][1:7]), *BODY]
    text = "\n\n".join(cell for row in cells for cell in row)
    assert statuses(read(f"\n{text}\n".encode()), "granted") == {"unreadable"}


def test_a_head_that_stands_aside_is_read_in_its_order() -> None:
    report = read(html([HEAD[0][1:], *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["head_shifted"]


def test_a_group_title_above_lost_labels_is_no_row() -> None:
    rows = [*HEAD, *BODY, ("（六）其他处理", *SEVEN), ("", *SEVEN), ("", *SEVEN), ("（七）总计", *SEVEN)]
    report = read(html(rows))
    assert statuses(report, "other_handling") <= {"absent"}
    assert row_of(report, "outcome_total") == SURE


def test_a_row_of_the_other_edition_is_left_out() -> None:
    other = ("（六）其他处理", *SEVEN)
    overdue = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *SEVEN)
    older = read(html([*HEAD, *BODY, other], [*HEAD, *BODY, other], [*HEAD, *BODY, other, overdue]))
    assert older.forms["requests"] == "v2019"
    assert row_of(older, "other_handling") == SURE
    assert codes(older) == ["local_row"]
    newer = read(html([*HEAD, *BODY, overdue, other]))
    assert newer.forms["requests"] == "v2021"
    assert row_of(newer, "other_correction_overdue") == SURE


def test_a_total_relabelled_like_a_row_of_the_other_edition_stays_out_of_it() -> None:
    report = read(
        html([*HEAD, *BODY, ("（六）其他处理", *SEVEN), ("其他", *SEVEN), ("三、结转下年度继续办理", *SEVEN)])
    )
    assert report.forms["requests"] == "v2019"
    assert row_of(report, "other_handling") == SURE
    assert statuses(report, "outcome_total") == {"absent"}
    assert codes(report) == ["local_row"]


def test_a_misprinted_label_is_read_and_said() -> None:
    report = read(html([*HEAD, *BODY, ("2.其他法律行政止公开", *SEVEN)]))
    assert row_of(report, "refused_prohibited_by_law") == SURE
    assert codes(report) == ["label_inexact"]


def test_a_note_behind_a_number_is_said() -> None:
    report = read(html([*HEAD, *BODY, ("1.属于国家秘密", "22（其中上年2件）", *SEVEN[1:])]))
    assert row_of(report, "refused_state_secret") == [22, 2, 3, 4, 5, 6, 7]
    assert codes(report) == ["note_in_cell"]


def test_words_in_a_statutory_table_are_never_passed_over() -> None:
    report = read(html([*HEAD, *BODY, ("注：以上数据截至年底", *[""] * 7)]))
    assert codes(report) == ["cell_unused"]


def test_a_row_without_its_label_cell_cannot_be_placed_by_columns() -> None:
    rows = [*HEAD, *BODY, MORE[0], SEVEN, *MORE[2:]]
    report = read(html(rows))
    assert statuses(report, "refused_security_stability") == {"unreadable"}
    assert codes(report) == ["label_missing", "row_unplaced"]


@pytest.mark.parametrize("first", [True, False])
def test_a_title_alone_in_a_table_has_nothing_to_place(first: bool) -> None:
    title: Rows = [("申请人情况^8",)]
    table: Rows = [*HEAD, *BODY]
    report = read(html(title, table) if first else html(table, title))
    assert row_of(report, "granted") == SURE
    assert codes(report) == []


def test_an_empty_row_is_blank_even_where_columns_cannot_be_told() -> None:
    report = read(html([*(row[:7] for row in BODY), ("1.属于国家秘密", *[""] * 9)]))
    assert statuses(report, "refused_state_secret") == {"blank"}
    assert statuses(report, "granted") == {"unreadable"}


def test_a_lost_row_wider_than_a_shifted_head_is_not_placed() -> None:
    report = read(html([HEAD[0][1:], *BODY, ("（七）总计", *SEVEN), ("", *SEVEN, "8")]))
    assert row_of(report, "outcome_total") == SURE
    assert statuses(report, "carried_out") == {"unreadable"}


def test_a_group_title_with_a_label_of_the_body_is_no_row() -> None:
    rows = [("项目^2", *HEAD[0][1:]), *((f"{label}^2", *values) for label, *values in BODY)]
    report = read(html([*rows, ("（六）其他处理", "本级", *SEVEN)]))
    assert statuses(report, "other_handling") == set()
    assert codes(report) == ["local_row"]


# --- the requests table in text ---------------------------------------------------------------------------------------


def test_a_number_between_label_and_values_is_left_out_where_all_are_alike() -> None:
    zeros = ["0"] * 7
    head = ("", "", *HEAD[0][1:])
    leaves = [("", label, *values) for label, *values in (*BODY, *MORE)]
    report = read(markdown([head, *leaves, ("（六）其他处理", "0", *zeros)]))
    assert row_of(report, "other_handling") == [0] * 7
    assert codes(report) == ["surplus_cell"]
    doubtful = read(markdown([head, *leaves, ("（六）其他处理", "5", *zeros)]))
    assert statuses(doubtful, "other_handling") == {"unreadable"}


def test_more_numbers_than_the_head_has_columns_are_not_placed() -> None:
    lines = ["\t".join(row) for row in (HEAD[0], *((*row, "8") for row in BODY))]
    report = read(("\n".join(lines) + "\n").encode())
    assert statuses(report, "granted") == {"unreadable"}


def test_a_row_of_another_width_is_read_only_when_it_is_whole() -> None:
    head = ("", "", *HEAD[0][1:])
    leaves = [("", label, *values) for label, *values in (*BODY, *MORE)]
    text = markdown([head, *leaves]).decode()
    whole = read((text + "| 1.属于国家秘密 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n").encode())
    assert row_of(whole, "refused_state_secret") == SURE
    short = read((text + "| 1.属于国家秘密 |  | 2 | 3 | 4 | 5 | 6 | 7 |\n").encode())
    assert statuses(short, "refused_state_secret") == {"unreadable"}


def test_cells_are_not_counted_where_empty_ones_stand_for_spans_only_sometimes() -> None:
    head = ("", *HEAD[0][1:])
    shown = [("", label, *SEVEN[:count]) for (label, *_), count in zip(BODY, (7, 6, 5, 6), strict=True)]
    report = read(markdown([head, *shown]))
    assert statuses(report, "granted") == {"unreadable"}
    assert set(codes(report)) == {"row_unplaced"}


EDITIONS: dict[str, Edition] = dict.fromkeys(TABLES, "v2021")


def sheet() -> Sheet:
    return sheet_of({key: str(number) for number, key in enumerate(keys_of(EDITIONS), 1001)}, EDITIONS)


def damaged(name: str, dialect: str, table: PrintedTable) -> Report:
    return read(BY_NAME[dialect].body(sheet().with_table(name, table)))


def part(name: str) -> PrintedTable:
    (table,) = sheet().tables[name]
    return table


def place_of(table: PrintedTable, text: str) -> tuple[int, int]:
    return next(
        (number, index) for number, row in enumerate(table) for index, cell in enumerate(row) if text in cell.text
    )


def right(report: Report, keys: Sequence[FigureKey]) -> list[FigureKey]:
    """Those of the figures that came back."""
    found = {(fact.table, fact.row, fact.column): fact for fact in report.facts}
    wanted = dict(zip(keys_of(EDITIONS), range(1001, 1201), strict=True))
    assert all(fact.value in (None, wanted.get(key)) for key, fact in found.items())
    return [key for key in keys if key in found and found[key].value is not None]


ROW = [key for key in keys_of(EDITIONS) if key[1] == "not_processed_duplicate"]
DISPUTES = [key for key in keys_of(EDITIONS) if key[0] == "disputes"]


@pytest.mark.parametrize(
    ("dialect", "text", "count"),
    [
        ("html", "", 7),
        ("html", "0", 7),
        ("markdown", "", 7),
        ("pipe behind each cell", "", 7),
        ("pipe behind each cell", "0", 7),
        ("tab before each cell", "0", 7),
        ("tabs between cells", "0", 0),
        ("cells set apart by empty lines", "0", 0),
    ],
)
def test_a_lost_row_label_is_placed_only_where_cells_can_be_counted(dialect: str, text: str, count: int) -> None:
    table = part("requests")
    report = damaged("requests", dialect, with_text(table, *place_of(table, "重复申请"), text))
    assert len(right(report, ROW)) == count
    assert codes(report)


def test_a_row_without_label_and_with_a_cell_missing_is_not_placed() -> None:
    table = part("requests")
    row, index = place_of(table, "重复申请")
    bent = without_cell(with_text(table, row, index, ""), row, index + 3)
    report = damaged("requests", "pipe behind each cell", bent)
    assert right(report, ROW) == []
    assert codes(report)


def test_a_label_among_the_values_makes_a_row_unreadable() -> None:
    table = part("requests")
    row, index = place_of(table, "重复申请")
    report = damaged("requests", "tab before each cell", with_text(table, row, index + 2, "自然人"))
    assert right(report, ROW) == []
    assert "row_unplaced" in codes(report)


def test_a_row_without_label_and_total_is_not_placed_where_rows_are_padded() -> None:
    table = part("requests")
    row, index = place_of(table, "重复申请")
    bent = with_text(with_text(table, row, index, ""), row, index + 7, "")
    report = damaged("requests", "pipe behind each cell", bent)
    assert right(report, ROW) == []
    assert "row_unplaced" in codes(report)


@pytest.mark.parametrize("dialect", ["tabs between cells", "pipe before each row", "cells set apart by empty lines"])
def test_other_words_before_the_labels_are_no_column(dialect: str) -> None:
    report = damaged("requests", dialect, with_text(part("requests"), 0, 0, "统计口径"))
    assert right(report, keys_of(EDITIONS)) == keys_of(EDITIONS)


@pytest.mark.parametrize("dialect", [*BY_NAME])
def test_a_deleted_value_makes_its_row_unreadable(dialect: str) -> None:
    table = part("requests")
    row, index = place_of(table, "1130")
    report = damaged("requests", dialect, without_cell(table, row, index))
    key = next(key for key, value in zip(keys_of(EDITIONS), range(1001, 1201), strict=True) if value == 1130)
    assert right(report, [other for other in keys_of(EDITIONS) if other[:2] == key[:2]]) == []
    assert len(right(report, keys_of(EDITIONS))) == 193


@pytest.mark.parametrize("dialect", ["html", "markdown", "markdown, labels repeated", "html in one table"])
def test_a_deleted_column_leaves_the_others(dialect: str) -> None:
    report = damaged("requests", dialect, without_column(part("requests"), 5))
    missing = [key for key in keys_of(EDITIONS) if key[0] == "requests" and key[2] == "research_institution"]
    assert set(right(report, keys_of(EDITIONS))) == set(keys_of(EDITIONS)) - set(missing)


def test_a_deleted_column_is_not_believed_where_padding_hides_it() -> None:
    report = damaged("requests", "pipe behind each cell", without_column(part("requests"), 5))
    assert right(report, [key for key in keys_of(EDITIONS) if key[0] == "requests"]) == []


# --- the disputes table -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "row", "count"),
    [("html", 0, 15), ("html", 2, 15), ("markdown", 2, 0), ("pipe behind each cell", 2, 0)],
)
def test_disputes_without_a_row_of_the_head(dialect: str, row: int, count: int) -> None:
    report = damaged("disputes", dialect, without_row(part("disputes"), row))
    assert len(right(report, DISPUTES)) == count
    assert codes(report) or row == 0


def test_disputes_without_values_are_absent() -> None:
    report = damaged("disputes", "html", without_row(part("disputes"), 3))
    assert {fact.status for fact in report.facts if fact.table == "disputes"} == {"absent"}


@pytest.mark.parametrize("text", ["", "0", "其他"])
def test_a_lost_group_title_is_filled_by_order(text: str) -> None:
    table = part("disputes")
    report = damaged("disputes", "html", with_text(table, *place_of(table, "未经复议"), text))
    assert right(report, DISPUTES) == DISPUTES
    assert "column_label_missing" in codes(report)


@pytest.mark.parametrize("dialect", ["html", "markdown"])
def test_a_lost_column_label_of_disputes_is_filled_by_order(dialect: str) -> None:
    table = part("disputes")
    report = damaged("disputes", dialect, with_text(table, 2, 3, "0"))
    assert right(report, DISPUTES) == DISPUTES
    assert codes(report) == ["column_label_missing"]


def test_a_label_in_the_wrong_place_of_disputes_is_not_believed() -> None:
    report = damaged("disputes", "pipe behind each cell", with_text(part("disputes"), 1, 0, "总计"))
    assert right(report, DISPUTES) == []
    assert codes(report) == ["row_unplaced"]


def test_a_value_under_no_label_of_disputes_is_said() -> None:
    table = tuple((*row, PrintedCell("8" if number == 3 else "")) for number, row in enumerate(part("disputes")))
    report = damaged("disputes", "html", table)
    assert codes(report)
    right(report, DISPUTES)


def test_one_number_over_two_columns_of_disputes_belongs_to_neither() -> None:
    table = part("disputes")
    wide = PrintedCell("5", column_span=2)
    report = damaged("disputes", "html", (*table[:3], (wide, *table[3][2:])))
    assert {fact.status for fact in report.facts if fact.table == "disputes"} == {"unreadable"}


def test_disputes_cut_behind_the_head_are_read_by_order() -> None:
    table = part("disputes")
    report = read(BY_NAME["html"].body(sheet().with_table("disputes", table[:3], table[3:])))
    assert right(report, DISPUTES) == DISPUTES


def test_words_before_the_values_of_disputes_are_no_value() -> None:
    table = part("disputes")
    report = damaged("disputes", "tabs between cells", (*table[:3], (PrintedCell("件数"), *table[3])))
    assert right(report, DISPUTES) == DISPUTES


def test_empty_disputes_that_cannot_be_told_apart_are_absent() -> None:
    table = part("disputes")
    report = damaged("disputes", "html", (*table[:3], (PrintedCell("", column_span=3),)))
    assert {fact.status for fact in report.facts if fact.table == "disputes"} == {"absent"}
    assert "rows_absent" in {issue.code for issue in report.issues}


def test_disputes_without_any_column_label_are_unreadable() -> None:
    table = part("disputes")
    for row, index in [(1, index) for index in range(5)] + [(2, index) for index in range(10)]:
        table = with_text(table, row, index, "件数")
    report = damaged("disputes", "html", table)
    assert {fact.status for fact in report.facts if fact.table == "disputes"} == {"unreadable"}


def test_an_empty_column_inside_a_group_of_disputes_is_passed_over() -> None:
    titles, labels, lower, values = part("disputes")
    table = (
        (replace(titles[0], column_span=6), *titles[1:]),
        (*labels[:5], PrintedCell("", row_span=2), *labels[5:]),
        (*lower[:-1], PrintedCell("")),
        (*values[:5], PrintedCell(""), *values[5:-1], PrintedCell("")),
    )
    report = damaged("disputes", "html", table)
    assert right(report, DISPUTES) == DISPUTES[:-1]


def test_disputes_with_a_cell_of_the_head_missing_are_read_where_no_value_is_missing() -> None:
    report = damaged("disputes", "html", without_cell(part("disputes"), 1, 0))
    assert right(report, DISPUTES) == DISPUTES
    assert codes(report) == ["column_labels_missing"]


def test_a_cut_column_label_of_disputes_is_filled_by_order() -> None:
    report = damaged("disputes", "pipe behind each cell", with_text(part("disputes"), 2, 0, "结果"))
    assert right(report, DISPUTES) == DISPUTES
    assert codes(report) == ["column_label_missing"]


def test_a_group_title_printed_twice_is_not_believed() -> None:
    report = damaged("disputes", "html", with_text(part("disputes"), 0, 0, "复议后起诉"))
    assert right(report, DISPUTES) == []


def test_a_missing_value_hidden_by_an_empty_one_makes_disputes_unreadable() -> None:
    table = part("disputes")
    emptied = with_text(table, 3, 14, "")
    report = damaged("disputes", "pipe before each row", without_cell(emptied, 3, 0))
    assert right(report, DISPUTES) == []


def test_empty_columns_and_rows_of_disputes_say_nothing() -> None:
    table = tuple((*row, PrintedCell("")) for row in part("disputes"))
    report = damaged("disputes", "markdown", ((PrintedCell("", column_span=16),), *table))
    assert right(report, DISPUTES) == DISPUTES
    assert codes(report) == []


# --- the proactive table ----------------------------------------------------------------------------------------------

CLAUSE = ("第二十条第（一）项^4",)
ISSUED = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
BLOCK: Rows = (CLAUSE, ISSUED, ("规章", "1", "2", "3"), ("行政规范性文件", "4", "5", "6"))


def proactive(report: Report, code: str) -> list[int | None]:
    return row_of(report, code, "proactive")


def test_a_block_is_read() -> None:
    report = read(html(BLOCK))
    assert (proactive(report, "regulation"), proactive(report, "normative_document")) == ([1, 2, 3], [4, 5, 6])
    assert codes(report) == []


def test_a_block_without_head_is_read_where_it_has_as_many_cells() -> None:
    report = read(
        html(
            [
                *BLOCK,
                ("第二十条第（五）项^4",),
                ("行政许可", "7"),
                ("第二十条第（八）项^4",),
                ("行政事业性收费", "8", "9"),
            ]
        )
    )
    assert proactive(report, "administrative_licence") == [7]
    assert proactive(report, "administrative_fee") == [None]
    assert codes(report) == ["column_labels_missing", "row_unplaced"]


def test_a_column_more_is_surplus() -> None:
    report = read(
        html([CLAUSE, (*ISSUED, "备注件数"), ("规章", "1", "2", "3", "9"), ("行政规范性文件", "4", "5", "6", "")])
    )
    assert proactive(report, "regulation") == [1, 2, 3]
    assert codes(report) == ["surplus_cell"]


def test_two_numbers_under_one_label_belong_to_neither() -> None:
    rows = [*BLOCK, ("第二十条第（五）项^4",), ("信息内容", "本年处理决定数量^3"), ("行政许可", "7", "8", "")]
    report = read(html(rows))
    assert proactive(report, "administrative_licence") == [None]
    assert codes(report) == ["row_unplaced"]


def test_one_number_under_a_wide_label_is_its_value() -> None:
    rows = [*BLOCK, ("第二十条第（五）项^4",), ("信息内容", "本年处理决定数量^3"), ("行政许可", "", "8", "")]
    report = read(html(rows))
    assert proactive(report, "administrative_licence") == [8]
    assert codes(report) == []


def test_a_label_that_vanished_is_not_missed_where_the_numbers_are_all_there() -> None:
    report = read(html([CLAUSE, ("信息内容", "本年制发件数", "现行有效件数"), *BLOCK[2:]]))
    assert (proactive(report, "regulation"), proactive(report, "normative_document")) == ([1, 2, 3], [4, 5, 6])
    assert codes(report) == ["column_labels_missing", "column_labels_missing"]


def test_an_amount_in_ten_thousands_is_one_of_yuan() -> None:
    fee = ("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费", "0.5万")
    report = read(html([*BLOCK, *fee, ("信息内容", "本年处理决定数量"), ("行政许可", "5万")]))
    assert [str(value) for value in proactive(report, "administrative_fee")] == ["0.5"]
    assert statuses(report, "administrative_licence", "proactive") == {"unreadable"}


def test_a_number_beside_the_only_label_is_surplus() -> None:
    rows = [*BLOCK, ("第二十条第（五）项^4",), ("信息内容", "本年处理决定数量", ""), ("行政许可", "7", "8")]
    report = read(html(rows))
    assert proactive(report, "administrative_licence") == [7]
    assert codes(report) == ["surplus_cell"]


def test_a_number_between_label_and_columns_makes_the_row_unreadable() -> None:
    rows = [CLAUSE, ("信息内容^2", *ISSUED[1:]), ("规章", "9", "1", "2", "3"), ("行政规范性文件^2", *"456")]
    report = read(html(rows))
    assert proactive(report, "regulation") == [None] * 3
    assert proactive(report, "normative_document") == [4, 5, 6]
    assert codes(report) == ["row_unplaced"]


@pytest.mark.parametrize("overwritten", ["0", "项目名称"])
def test_the_word_above_the_labels_may_be_overwritten(overwritten: str) -> None:
    report = read(html([CLAUSE, (overwritten, *ISSUED[1:]), *BLOCK[2:]]))
    assert (proactive(report, "regulation"), proactive(report, "normative_document")) == ([1, 2, 3], [4, 5, 6])


def test_a_row_that_only_spanned_cells_cross_is_passed_over() -> None:
    markup = html(BLOCK).decode().replace('<tr><td colspan="1">规章', '<tr></tr><tr><td colspan="1">规章')
    assert proactive(read(markup.encode()), "regulation") == [1, 2, 3]


def test_a_row_of_numbers_without_label_is_not_guessed() -> None:
    report = read(html([*BLOCK, ("", "7", "8", "9")]))
    assert codes(report) == ["row_unplaced"]


def test_a_lost_label_between_two_others_is_filled_by_order() -> None:
    penalties = [("第二十条第（六）项^4",), ("信息内容", "本年处理决定数量^3"), ("行政处罚", "7^3"), ("", "8^3")]
    fees = [("第二十条第（八）项^4",), ("信息内容", "本年收费金额（单位：万元）^3"), ("行政事业性收费", "9^3")]
    report = read(html([*BLOCK, *penalties, *fees]))
    assert proactive(report, "administrative_compulsion") == [8]
    assert codes(report) == ["label_missing"]


def test_a_misprinted_label_of_a_block_is_said() -> None:
    report = read(
        html([*BLOCK, ("第二十条第（五）项^4",), ("信息内容", "本年处理决定数量^3"), ("行政事业性收弗", "7^3")])
    )
    assert proactive(report, "administrative_fee") == [None]
    assert "label_inexact" in codes(report)


def test_a_head_with_a_label_too_few_is_not_believed_where_empty_cells_are_dropped() -> None:
    lines = ["信息内容\t本年制发件数\t本年废止件数", "规章\t1\t2", "行政规范性文件\t4\t5", "行政许可\t6\t7"]
    report = read(("\n".join(lines) + "\n").encode())
    assert proactive(report, "regulation") == [None] * 3


def test_a_row_that_carries_the_label_of_another_is_not_believed() -> None:
    report = read(
        html([*BLOCK[:2], ("行政规范性文件", "1", "2", "3"), ("规章", "4", "5", "6"), ("规章", "7", "8", "9")])
    )
    assert "row_unplaced" in codes(report)
    assert proactive(report, "regulation") != [7, 8, 9]


def test_an_empty_row_with_the_label_of_another_says_nothing() -> None:
    report = read(html([*BLOCK, ("行政规范性文件", "", "", "")]))
    assert proactive(report, "regulation") == [1, 2, 3]


def test_a_label_split_by_a_page_break_is_said() -> None:
    report = read(html([*BLOCK, ("件", "", "", "")]))
    assert codes(report) == ["label_split"]


@pytest.mark.parametrize("beside", ["upper", "rest"])
def test_a_label_of_a_block_that_a_page_break_cut_is_one(beside: str) -> None:
    values, blank = ("4", "5", "6"), ("", "", "")
    upper = ("行政规范性", *(values if beside == "upper" else blank))
    rest = ("文件", *(values if beside == "rest" else blank))
    report = read(html([*BLOCK[:3], upper, rest]))
    assert proactive(report, "normative_document") == [4, 5, 6]
    assert codes(report) == ["label_split"]


def test_empty_cells_of_a_block_are_blank_and_missing_ones_absent() -> None:
    report = read(html([CLAUSE, ISSUED, ("规章", *[""] * 5), ("行政规范性文件", "")]))
    assert statuses(report, "regulation", "proactive") == {"blank"}
    assert statuses(report, "normative_document", "proactive") == {"absent"}
    assert codes(report) == ["row_short"]


def test_labels_of_other_rows_that_lost_their_values_stay_words() -> None:
    report = read(html([*BLOCK, ("", "", "", "")]))
    assert codes(report) == []


# --- figures that a machine read from a picture -----------------------------------------------------------------------


def scanned(confidences: dict[str, float], head: Sequence[str] = HEAD[0]) -> Report:
    """A matrix whose cells carry what a machine was sure of."""
    rows = tuple(
        tuple(Cell(text, row, column, confidence=confidences.get(text, 0.99)) for column, text in enumerate(texts, 1))
        for row, texts in enumerate((head, *BODY, ("1.属于国家秘密", "11", "12", "13", "14", "15", "16", "17")), 1)
    )
    grid = Grid(1, rows, 8, page=3)
    return extract(Document(media_type="image/png", sha256="0" * 64, encoding=None, blocks=(grid,)))


def test_a_figure_that_the_machine_was_not_sure_of_is_unreadable() -> None:
    report = scanned({"12": 0.5, "13": 0.8})
    assert row_of(report, "refused_state_secret") == [11, None, 13, 14, 15, 16, 17]
    assert codes(report) == ["value_unreadable"]


def test_a_figure_from_a_picture_carries_its_page_and_how_sure_the_machine_was() -> None:
    fact = next(fact for fact in scanned({"11": 0.9}).facts if fact.row == "refused_state_secret")
    assert (fact.raw, fact.confidence) == ("11", 0.9)
    assert fact.at is not None
    assert fact.at.to_record() == {"table": 1, "row": 6, "column": 2, "page": 3}


def test_a_column_label_that_the_machine_was_not_sure_of_is_placed_by_order() -> None:
    report = scanned({"种砑札构": 0.5}, [text.replace("科研机构", "种砑札构") for text in HEAD[0]])
    assert row_of(report, "granted") == SURE
    assert "column_label_missing" in codes(report)


# --- editions ---------------------------------------------------------------------------------------------------------


def test_each_table_is_of_its_own_edition() -> None:
    editions: dict[str, Edition] = {"proactive": "v2019", "requests": "v2021", "disputes": "v2021"}
    figures = {key: str(number) for number, key in enumerate(keys_of(editions), 1001)}
    report = read(BY_NAME["html"].body(sheet_of(figures, editions)))
    assert report.forms == {"proactive": "v2019", "requests": "v2021", "disputes": "v2021"}


def test_an_undecided_table_is_of_the_edition_of_its_neighbours() -> None:
    older = [CLAUSE, ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "1", "2", "3")]
    report = read(html(older, [*HEAD, *BODY]))
    assert report.forms["requests"] == "v2019"
    assert "form_undecided" in {issue.code for issue in report.issues}


def test_an_undecided_table_alone_is_of_the_newest_edition() -> None:
    report = read(html([*HEAD, *BODY]))
    assert report.forms["requests"] == "v2021"


LOCAL_FIGURES: Rows = (
    ("权力事项", "数量"),
    ("行政许可", "91"),
    ("行政处罚", "92"),
    ("行政复议", "93"),
    ("行政诉讼", "94"),
)


@pytest.mark.parametrize("before", ["一、", "二、", "三、", "四、", "五、"])
def test_figures_of_the_bodys_own_are_not_taken_for_those_of_the_form(before: str) -> None:
    page = BY_NAME["html"].body(sheet()).decode()
    local = html(LOCAL_FIGURES).decode().partition("<body>")[2].partition("</body>")[0]
    heading = re.search(rf"<p>{before}[^<]*</p>", page)
    assert heading is not None
    report = read(page.replace(heading[0], heading[0] + local).encode())
    assert right(report, keys_of(EDITIONS)) == keys_of(EDITIONS)


def test_a_list_of_matters_is_no_table_of_the_form() -> None:
    matters = [
        ("公开事项", "公开依据", "公开时限", "公开主体"),
        *((matter, "法规", "二十日内", "县局") for matter in ("规章", "行政许可", "行政处罚", "行政强制")),
    ]
    report = read(html(matters))
    assert report.forms["proactive"] is None
    assert codes(report) == []


@pytest.mark.parametrize("words", ["减3", "0.5万"])
def test_numbers_with_words_are_figures_of_a_local_row(words: str) -> None:
    head = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
    rows = [("第二十条第（五）项^4",), head, ("行政许可", "1", "2", "9"), ("其他事项", "", words, "")]
    assert codes(read(html(rows))) == ["local_row"]


def test_tables_that_only_resemble_the_forms_are_left_alone() -> None:
    report = read(html([("行政许可", "12"), ("行政处罚", "3")], [("自然人", "总计"), ("1", "2")]))
    assert report.facts == ()
    assert set(report.forms.values()) == {None}


def test_facts_lead_back_to_their_cells() -> None:
    report = read(html([*HEAD, *BODY]))
    fact = next(fact for fact in report.facts if isinstance(fact, Fact) and fact.row == "granted")
    assert fact.at is not None
    assert fact.at.to_record() == {"table": 1, "row": 4, "column": 2}
