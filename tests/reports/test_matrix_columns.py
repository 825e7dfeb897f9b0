"""The requests table's columns: what its head says where labels are lost, local or in other lines, and what rows align.

The small tables here are printed so that one thing at a time is amiss; ``test_tables.py`` has the plain ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from layouts import OUTCOMES
from printing import keys_of, with_text, without_cell
from test_tables import (
    BODY,
    EDITIONS,
    HEAD,
    MORE,
    SEVEN,
    SURE,
    Rows,
    codes,
    damaged,
    html,
    markdown,
    part,
    place_of,
    read,
    right,
    row_of,
    statuses,
    without_spans,
)

from govreports.documents.model import Cell, Document, Grid
from govreports.reports import Report, extract

LABELS = list(OUTCOMES.values())
ASIDE: Rows = (
    ("一、本年新收政府信息公开申请数量",),
    ("二、上年结转政府信息公开申请数量",),
    ("三、本年度办理结果", "（一）予以公开"),
    ("（二）部分公开",),
    ("（三）不予公开", "1.属于国家秘密"),
    ("2.其他法律行政法规禁止公开",),
)
"""Labels of a rendering that dropped its spans: the titles of groups stand before some of them."""

SIX = ("自然人", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计")


def tabs(*rows: Sequence[str]) -> bytes:
    """A row a line, its cells set apart by tabs, and only their order counts."""
    return ("\n".join("\t".join(row) for row in rows) + "\n").encode()


def aside(*values: str, blank: Sequence[str] = ()) -> Rows:
    """Rows whose labels stand in different columns, these values behind each; the last row may have others."""
    return [*((*labels, *values) for labels in ASIDE[:-1]), (*ASIDE[-1], *(blank or values))]


def places(report: Report, code: str) -> list[dict[str, int]]:
    """Where the issues of this code stand."""
    return [issue.at.to_record() for issue in report.issues if issue.code == code and issue.at is not None]


# --- heads of renderings in which only the order of cells counts ------------------------------------------------------


def test_a_head_of_one_line_is_read_behind_its_title() -> None:
    report = read(tabs(*HEAD, *aside(*SEVEN)))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == []


def test_a_first_label_lost_in_a_line_is_known_by_the_ones_behind_it() -> None:
    report = read(tabs(("项目", "", *HEAD[0][2:]), *aside(*SEVEN)))
    assert row_of(report, "granted") == SURE
    assert places(report, "column_label_missing") == [{"table": 1, "row": 1, "column": 2}]
    assert codes(report) == ["column_label_missing"]


@pytest.mark.parametrize("title", [(), ("项目",)])
def test_a_column_that_was_left_out_is_not_missed_where_empty_cells_are_shown(title: Sequence[str]) -> None:
    local = ("本级自定的事项", "1", "2")
    report = read(tabs((*title, *SIX), *aside(*SEVEN[:6], blank=("1", "", "3", "4", "5", "6")), local))
    assert row_of(report, "granted") == [1, 2, None, 3, 4, 5, 6]
    assert row_of(report, "refused_prohibited_by_law") == [1, None, None, 3, 4, 5, 6]
    assert statuses(report, "granted") == {"reported", "absent"}
    assert codes(report) == ["local_row"]


def test_the_only_row_of_a_table_may_leave_a_column_out() -> None:
    report = read(tabs(SIX, (LABELS[0], "1", "2", "3", "", "5", "6"), ("本级自定的事项", *SEVEN[:6])))
    assert row_of(report, "new_received") == [1, 2, None, 3, None, 5, 6]


def test_rows_of_the_bodys_own_do_not_say_how_many_columns_there_are() -> None:
    local = [(f"本级事项{name}", *SEVEN, "8") for name in "甲乙丙丁戊己庚辛"]
    report = read(tabs(*HEAD, *aside(*SEVEN), *local))
    assert row_of(report, "granted") == SURE
    assert set(codes(report)) == {"local_row"}


def test_the_sum_of_a_group_in_a_line_of_labels_is_no_column_of_the_form() -> None:
    head = (*HEAD[0][:7], "合计", "总计")
    eight = (*SEVEN[:6], "9", "7")
    report = read(tabs(head, *aside(*eight, blank=("", *eight[1:]))))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["local_column"]
    assert places(report, "local_column") == [{"table": 1, "row": 1, "column": 8}]


def test_another_word_for_the_total_is_the_total() -> None:
    assert row_of(read(html([(*HEAD[0][:7], "合计"), *BODY])), "granted") == SURE
    report = read(tabs((*HEAD[0][:7], "合计"), *aside(*SEVEN)))
    assert row_of(report, "granted") == SURE
    assert codes(report) == []


GROUP = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


@pytest.mark.parametrize(
    ("upper", "lower", "at"),
    [
        (("自然人", "个体工商户", "法人或其他组织", "总计"), GROUP, 1),
        (("自然人", "法人或其他组织", "总计"), ("个体工商户", *GROUP), 1),
        (("自然人", "法人或其他组织", "总计"), (*GROUP, "合计"), 6),
        (("自然人", "法人或其他组织", "总计", "备注"), GROUP, 7),
        (("自然人", "法人或其他组织", *GROUP, "总计", "备注"), (), 7),
        (("自然人", "法人或其他组织", *GROUP, "小计", "总计"), (), 6),
    ],
)
def test_a_local_column_stands_beside_the_label_that_it_was_printed_with(
    upper: Sequence[str], lower: Sequence[str], at: int
) -> None:
    values = (*SEVEN[:at], "99", *SEVEN[at:])
    head = [("申请人情况",), upper, *([lower] if lower else [])]
    report = read(tabs(*head, *aside(*values, blank=(*values[:2], "", *values[3:]))))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["local_column"]
    (place,) = places(report, "local_column")
    assert place["row"] in (2, 3)
    assert (
        place["column"]
        == [*(lower if place["row"] == 3 else upper)].index(
            next(text for text in (*upper, *lower) if text in ("个体工商户", "合计", "备注", "小计"))
        )
        + 1
    )


@pytest.mark.parametrize(
    "lines",
    [[("自然人", "法人或其他组织", "总计", "备注", *GROUP)], [("自然人", "个体工商户", "总计"), GROUP]],
    ids=["levels run together", "title lost"],
)
def test_a_local_column_that_may_stand_on_either_side_of_the_group_is_not_guessed(lines: Rows) -> None:
    report = read(tabs(("申请人情况",), *lines, *aside(*SEVEN, "99", blank=("1", "", *SEVEN[2:], "99"))))
    assert statuses(report, "granted") == {"unreadable"}
    assert set(codes(report)) == {"row_unplaced"}


def test_a_total_that_lost_its_label_is_not_guessed_where_levels_run_together() -> None:
    head = ("自然人", "法人或其他组织", "其他方面", *GROUP)
    report = read(tabs(("申请人情况",), head, *aside(*SEVEN, blank=("1", "", *SEVEN[2:]))))
    assert statuses(report, "granted") == {"unreadable"}


def test_a_group_whose_title_was_lost_stands_where_the_form_has_it() -> None:
    report = read(tabs(("申请人情况",), ("自然人", "总计"), GROUP, *aside(*SEVEN)))
    assert row_of(report, "granted") == SURE
    assert codes(report) == []


def test_a_head_of_two_lines_without_the_columns_of_the_group_names_the_others() -> None:
    report = read(tabs(("申请人情况",), ("自然人",), ("总计",), *aside("1", "7", blank=("", "7"))))
    assert row_of(report, "granted") == [1, None, None, None, None, None, 7]
    assert codes(report) == []
    local = read(
        tabs(("申请人情况",), ("自然人", "个体工商户"), ("总计",), *aside("1", "99", "7", blank=("", "9", "7")))
    )
    assert row_of(local, "granted") == [1, None, None, None, None, None, 7]
    assert codes(local) == ["local_column"]


def test_a_row_without_label_is_placed_by_order_only_where_its_own_cell_was_kept() -> None:
    rows = aside(*SEVEN, blank=("1", "", *SEVEN[2:]))
    kept = read(tabs(*HEAD, *rows[:-1], ("", *SEVEN), (LABELS[6], *SEVEN[:1], "", *SEVEN[2:])))
    assert row_of(kept, "refused_prohibited_by_law") == SURE
    gone = read(tabs(*HEAD, *rows[:-1], SEVEN, (LABELS[6], *SEVEN[:1], "", *SEVEN[2:])))
    assert statuses(gone, "refused_prohibited_by_law") == {"unreadable"}


def test_an_empty_row_is_blank_where_only_the_order_of_cells_counts() -> None:
    report = read(tabs(*HEAD, *aside(*SEVEN, blank=[""] * 7)))
    assert statuses(report, "refused_prohibited_by_law") == {"blank"}
    assert codes(report) == []


# --- rows that a rendering fills up with empty cells ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("1", "", "3", "4", "5", "", "7"), [1, None, 3, 4, 5, None, 7]),
        ((*SEVEN, ""), SURE),
        (("1", "", *SEVEN[2:], ""), None),
        ((*SEVEN[:6], ""), None),
        ((*SEVEN[:6],), None),
    ],
)
def test_a_row_that_was_not_filled_up_is_read_where_none_of_its_cells_can_be_missing(
    values: Sequence[str], expected: Sequence[int | None] | None
) -> None:
    filled = [(*labels, *SEVEN, *[""] * (3 - len(labels)), "") for labels in ASIDE[:-1]]
    report = read(tabs(HEAD[0], *filled, (*ASIDE[-1], *values), (LABELS[7], *SEVEN, "", "", "")))
    assert row_of(report, "granted") == SURE
    if expected is None:
        assert statuses(report, "refused_prohibited_by_law") == {"unreadable"}
    else:
        assert row_of(report, "refused_prohibited_by_law") == expected


# --- where values begin -----------------------------------------------------------------------------------------------


def test_labels_in_several_columns_of_markup_leave_only_the_order_of_cells() -> None:
    report = read(html([*HEAD, *aside(*SEVEN)]))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == []


def shifted(short: int) -> Rows:
    """Labels behind an empty cell but for three, as many cells behind each but for one row."""
    rows: list[Sequence[str]] = [
        (label, *SEVEN) if number in (0, 1, 24) else ("", label, *SEVEN) for number, label in enumerate(LABELS)
    ]
    rows[1] = (LABELS[1], "1", "", *SEVEN[2:])
    rows[short] = rows[short][:-1]
    return rows


def test_rows_that_stand_aside_with_as_many_cells_are_read_by_their_order() -> None:
    report = read(markdown([("", *HEAD[0][1:]), *shifted(short=9)]))
    assert row_of(report, "carried_in") == [1, None, 3, 4, 5, 6, 7]
    assert row_of(report, "granted") == SURE
    assert statuses(report, "refused_deliberative_process") == {"unreadable"}
    assert codes(report) == ["row_unplaced"]


def test_a_few_rows_that_lost_a_cell_do_not_undo_the_columns_of_the_others() -> None:
    head = ("", "", *HEAD[0][1:])
    leaves = [("", label, *SEVEN) for label in LABELS[5:17]]
    wide = [(label, "", *SEVEN) for label in LABELS[:5]]
    lost = [(label, *SEVEN) for label in LABELS[17:20]]
    report = read(markdown([head, *wide, *leaves, *lost]))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "not_processed_duplicate") == SURE


def test_rows_filled_up_at_either_end_are_read_by_their_order() -> None:
    behind = [("", label, *SEVEN) for label in LABELS[2:4]]
    before = [(label, *SEVEN, "") for label in LABELS[4:6]]
    report = read(markdown([("", *HEAD[0][1:], ""), *behind, *before]))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "refused_state_secret") == SURE


def test_a_table_of_one_row_is_read() -> None:
    assert row_of(read(markdown([*HEAD, BODY[0]])), "new_received") == SURE
    assert row_of(read(html([*HEAD, BODY[0]])), "new_received") == SURE


def test_a_head_alone_has_nothing_to_place() -> None:
    report = read(html(HEAD))
    assert {fact.status for fact in report.facts if fact.table == "requests"} == {"absent"}
    assert codes(report) == []


# --- heads above their columns ----------------------------------------------------------------------------------------


def test_a_label_lost_below_the_title_of_its_group_is_filled_by_order() -> None:
    table = part("requests")
    report = damaged("requests", "html", with_text(table, *place_of(table, "科研机构"), ""))
    assert right(report, keys_of(EDITIONS)) == keys_of(EDITIONS)
    assert codes(report) == ["column_label_missing"]


def test_a_sum_that_resembles_the_title_of_its_group_is_a_local_column() -> None:
    head = (*HEAD[0][:7], "法人或其他组织小计", "总计")
    report = read(html([head, *((*row[:7], "9", row[7]) for row in BODY)]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["local_column"]


def test_an_empty_column_below_the_last_label_is_blank() -> None:
    report = read(html([*HEAD, *((*row[:7], "") for row in BODY)]))
    assert row_of(report, "granted") == [1, 2, 3, 4, 5, 6, None]
    assert statuses(report, "granted") == {"reported", "blank"}
    assert codes(report) == []


def test_a_head_with_figures_over_some_labels_is_one_still() -> None:
    report = read(html([("项目", "自然人", "0", "0", "社会公益组织", "0", "其他", "总计"), *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_label_missing"] * 3


def test_a_head_that_lost_its_first_cell_is_said_at_its_first_label() -> None:
    table = part("requests")
    report = damaged("requests", "html", without_cell(table, 0, 0))
    assert right(report, keys_of(EDITIONS)) == keys_of(EDITIONS)
    assert codes(report) == ["head_shifted"]
    assert places(report, "head_shifted") == [{"table": 2, "row": 2, "column": 1}]


def test_what_is_said_of_a_column_names_the_page() -> None:
    texts = ("项目", "自然人", "商业企业", "", *HEAD[0][4:])
    rows = tuple(
        tuple(Cell(text, row, column) for column, text in enumerate(cells, 1))
        for row, cells in enumerate((texts, *BODY), 1)
    )
    document = Document(
        media_type="application/pdf", sha256="0" * 64, encoding=None, blocks=(Grid(1, rows, 8, page=3),)
    )
    report = extract(document)
    assert row_of(report, "granted") == SURE
    assert places(report, "column_label_missing") == [{"table": 1, "row": 1, "column": 4, "page": 3}]


# --- parts without a head ---------------------------------------------------------------------------------------------


def test_a_part_with_fewer_columns_than_the_one_before_has_those_of_the_form() -> None:
    local = [(*HEAD[0][:-1], "小计", "总计"), *((*row[:-1], "9", row[-1]) for row in BODY)]
    report = read(html(local, [(LABELS[4], *SEVEN), (LABELS[5], *SEVEN)]))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == ["local_column", "column_labels_missing"]


def test_rows_without_any_head_are_read_in_the_order_of_the_form_where_they_have_as_many_cells() -> None:
    report = read(tabs(*aside(*SEVEN)))
    assert row_of(report, "granted") == SURE
    assert codes(report) == ["column_labels_missing"]


def test_a_part_in_text_goes_on_as_the_part_before() -> None:
    rest = [(label, *SEVEN) for label in LABELS[6:9]] + [("（四）无法提供", LABELS[12], *SEVEN)]
    report = read(tabs(*HEAD, *aside(*SEVEN)) + "以下为续表，数据口径与上表相同。\n".encode() + tabs(*rest))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "unavailable_not_held") == SURE
    assert codes(report) == []


# --- rows under their columns -----------------------------------------------------------------------------------------


def test_an_empty_row_as_long_as_the_form_is_blank_where_columns_cannot_be_told() -> None:
    report = read(html([*(row[:7] for row in BODY), (LABELS[4], *[""] * 7)]))
    assert statuses(report, "refused_state_secret") == {"blank"}


def test_a_label_of_the_form_among_values_makes_the_row_unreadable() -> None:
    report = read(html([*HEAD, *BODY, (LABELS[4], "1", "自然人", *SEVEN[2:])]))
    assert statuses(report, "refused_state_secret") == {"unreadable"}
    assert codes(report) == ["row_unplaced"]


def test_the_rest_of_a_label_in_the_place_of_a_value_makes_the_row_unreadable() -> None:
    split = [("4.保护第三方合法权", *[""] * 7), ("", "益", *SEVEN[1:])]
    report = read(html([*HEAD, *BODY, *split, ("5.属于三类内部事务信息", *SEVEN)]))
    assert statuses(report, "refused_third_party_rights") == {"unreadable"}
    assert codes(report) == ["label_split", "row_unplaced"]


def test_a_stroke_over_all_columns_but_one_says_nothing_of_that() -> None:
    report = read(html([*HEAD, *BODY, (LABELS[4], "/^6")]))
    assert statuses(report, "refused_state_secret") == {"unreadable"}


def test_what_belongs_to_no_column_is_said_where_it_stands() -> None:
    beyond = read(html([*HEAD, *BODY, (LABELS[4], *SEVEN, "8")]))
    assert places(beyond, "surplus_cell") == [{"table": 1, "row": 6, "column": 9}]
    head = ("", "", *HEAD[0][1:])
    leaves = [("", label, *SEVEN) for label, *_ in (*BODY, *MORE)]
    before = read(markdown([head, *leaves, ("（六）其他处理", "0", *["0"] * 7)]))
    assert places(before, "surplus_cell") == [{"table": 1, "row": 13, "column": 2}]


def test_spans_that_an_editor_dropped_are_not_said_of_every_row() -> None:
    report = damaged("requests", "html", without_spans(part("requests")))
    assert codes(report) == []
