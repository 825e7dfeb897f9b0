"""The disputes table: figures are told by the labels above them; what bends its head moves none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from layouts import laid_out
from printing import (
    BY_NAME,
    TABLES,
    Sheet,
    keys_of,
    sheet_of,
    with_note_row,
    with_text,
    without_cell,
    without_column,
    without_row,
)

from govreports import documents
from govreports.replica.reports import Edition, FigureKey, PrintedCell, PrintedTable
from govreports.reports import Report, extract

EDITIONS: Mapping[str, Edition] = dict.fromkeys(TABLES, "v2021")
FIGURES: Mapping[FigureKey, int] = {key: number for number, key in enumerate(keys_of(EDITIONS), 1001)}
SHEET = sheet_of({key: str(number) for key, number in FIGURES.items()}, EDITIONS)
WHOLE = {key[1:]: number for key, number in FIGURES.items() if key[0] == "disputes"}
TITLES, LABELS, LOWER, VALUES = SHEET.tables["disputes"][0]
FORM: PrintedTable = (TITLES, LABELS, LOWER, VALUES)

Said = list[tuple[str, int | None, int | None, int | None]]


def read(*parts: PrintedTable, dialect: str = "html") -> Report:
    """A report that has nothing but the disputes table, in one or more parts."""
    return extract(documents.read(BY_NAME[dialect].body(alone(*parts))))


def alone(*parts: PrintedTable) -> Sheet:
    return Sheet(
        title="桃源县人民政府2023年政府信息公开工作年度报告", tables={**dict.fromkeys(TABLES, ()), "disputes": parts}
    )


def other(layout: str) -> PrintedTable:
    """The table in another layout."""
    return laid_out(SHEET, layout).tables["disputes"][0]


def values(report: Report) -> dict[tuple[str, str], object]:
    return {(fact.row, fact.column): fact.value for fact in report.facts if fact.value is not None}


def statuses(report: Report) -> set[str]:
    return {fact.status for fact in report.facts}


def said(report: Report) -> Said:
    """Issues of the table: code, and table, row and column of the place."""
    return [
        (issue.code, issue.at.table, issue.at.row, issue.at.column)
        for issue in report.issues
        if issue.at is not None and issue.code != "rows_absent"
    ]


def messages(report: Report, code: str) -> list[str]:
    return [issue.message for issue in report.issues if issue.code == code]


def with_column(table: PrintedTable, texts: Sequence[str]) -> PrintedTable:
    """One cell more at the end of each row."""
    return tuple((*row, PrintedCell(text)) for row, text in zip(table, texts, strict=True))


def with_span(table: PrintedTable, row: int, index: int, *, rows: int = 1, columns: int = 1) -> PrintedTable:
    cells = list(table[row])
    cells[index] = replace(cells[index], row_span=rows, column_span=columns)
    return (*table[:row], tuple(cells), *table[row + 1 :])


def with_cell(table: PrintedTable, row: int, index: int, cell: PrintedCell) -> PrintedTable:
    """One cell more inside a row."""
    return (*table[:row], (*table[row][:index], cell, *table[row][index:]), *table[row + 1 :])


def assert_unreadable(report: Report, place: tuple[int, int]) -> None:
    """No figure was read, and the row of values is said to be unread."""
    assert statuses(report) == {"unreadable"}
    assert ("row_unplaced", *place, None) in said(report)


# --- figures under no label -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", ["html", "markdown"])
def test_a_figure_under_no_label_is_said_at_its_place(dialect: str) -> None:
    report = read(with_column(FORM, ["", "", "", "5"]), dialect=dialect)
    assert values(report) == WHOLE
    assert said(report) == [("surplus_cell", 1, 4, 16)]
    assert messages(report, "surplus_cell") == ["“5” stands under no column label."]


def test_a_number_beside_the_titles_is_no_figure() -> None:
    report = read(with_column(FORM, ["5", "", "", "5"]))
    assert values(report) == WHOLE
    assert said(report) == [("surplus_cell", 1, 4, 16), ("cell_unused", 1, 1, 16)]


def test_an_empty_column_beside_groups_below_each_other_says_nothing() -> None:
    report = read(with_column(other("groups below each other"), [""] * 9))
    assert values(report) == WHOLE
    assert said(report) == []


def test_words_beside_the_figures_of_groups_below_each_other_are_surplus() -> None:
    report = read(with_column(other("groups below each other"), ["", "", "件数"] * 3))
    assert values(report) == WHOLE
    assert said(report) == [("surplus_cell", 1, row, 6) for row in (3, 6, 9)]


def test_numbers_alone_in_a_table_behind_are_not_placed() -> None:
    report = read(FORM, (tuple(map(PrintedCell, "123")),))
    assert values(report) == WHOLE
    assert said(report) == [("row_unplaced", 2, 1, None)]


# --- labels that are missing ------------------------------------------------------------------------------------------


def test_twelve_labels_in_the_forms_order_are_enough_for_fifteen_figures_and_eleven_are_not() -> None:
    table = without_cell(without_cell(without_cell(FORM, 1, 0), 2, 9), 2, 4)
    report = read(table)
    assert values(report) == WHOLE
    assert said(report) == [("column_labels_missing", 1, 4, None)]
    assert_unreadable(read(without_cell(table, 2, 2)), (1, 4))


def test_a_number_over_a_label_of_a_head_with_a_cell_missing_is_part_of_the_head() -> None:
    report = read(with_text(without_cell(FORM, 1, 0), 2, 8, "0"))
    assert values(report) == WHOLE
    assert said(report) == [("column_labels_missing", 1, 4, None)]


def test_a_foreign_word_in_a_head_with_a_cell_missing_leaves_it_unread() -> None:
    assert_unreadable(read(with_text(without_cell(FORM, 1, 0), 2, 6, "件数")), (1, 4))


def test_a_head_with_a_cell_missing_is_not_believed_where_a_column_is_empty() -> None:
    assert_unreadable(read(with_column(without_cell(FORM, 2, 7), [""] * 4)), (1, 4))


def test_a_head_with_a_cell_missing_is_not_believed_where_a_figure_may_be_empty() -> None:
    assert_unreadable(read(with_cell(without_cell(FORM, 0, 1), 3, 5, PrintedCell(""))), (1, 4))


def test_missing_labels_are_said_where_the_figures_begin() -> None:
    report = read(without_cell(FORM, 2, 3), dialect="pipe before each row")
    assert values(report) == WHOLE
    assert said(report) == [("column_labels_missing", 1, 3, None)]


# --- groups that are out of order -------------------------------------------------------------------------------------


def test_groups_in_another_order_are_not_read_in_the_forms() -> None:
    swapped = with_text(with_text(FORM, 1, 5, "复议后起诉"), 1, 6, "未经复议直接起诉")
    assert_unreadable(read(swapped, dialect="wide gaps between cells"), (1, 4))


def test_litigation_before_reconsideration_is_not_read_in_the_forms_order() -> None:
    swapped = with_text(with_text(FORM, 0, 0, "行政诉讼"), 0, 1, "行政复议")
    assert_unreadable(read(swapped, dialect="wide gaps between cells"), (1, 4))


def test_the_title_of_a_later_group_before_all_columns_is_not_believed() -> None:
    table = with_text(FORM, 0, 1, "未经复议直接起诉")
    assert_unreadable(read(table, dialect="pipe before each row"), (1, 4))


@pytest.mark.parametrize("dialect", ["html", "markdown"])
def test_groups_in_another_order_are_read_by_their_titles(dialect: str) -> None:
    report = read(with_column(other("the totals of disputes first"), [""] * 4), dialect=dialect)
    assert values(report) == WHOLE
    assert said(report) == []


def test_columns_in_another_order_are_not_believed_where_one_is_missing() -> None:
    assert_unreadable(read(without_column(other("the totals of disputes first"), 4)), (1, 4))


def test_columns_in_another_order_that_a_page_break_cut_from_their_figures_are_not_believed() -> None:
    table = other("the totals of disputes first")
    assert_unreadable(read(table[:3], table[3:]), (2, 1))


def test_a_title_that_lost_its_span_leaves_the_others_over_wrong_columns_and_is_not_believed() -> None:
    assert_unreadable(read(with_span(other("litigation first"), 0, 0)), (1, 4))


def test_a_label_missing_from_groups_in_another_order_moves_no_figure() -> None:
    assert_unreadable(read(without_cell(other("litigation first"), 2, 5)), (1, 4))


# --- renderings without spans -----------------------------------------------------------------------------------------


def test_labels_and_figures_in_one_run_are_told_apart() -> None:
    report = read(FORM, dialect="cells set apart by empty lines")
    assert values(report) == WHOLE
    assert said(report) == []


def test_a_head_padded_by_pipes_without_its_first_row_is_whole() -> None:
    report = read(without_row(FORM, 0), dialect="pipe behind each cell")
    assert values(report) == WHOLE
    assert said(report) == []


@pytest.mark.parametrize("layout", ["litigation first", "the totals of disputes first"])
def test_labels_printed_again_for_spanned_places_tell_groups_in_any_order(layout: str) -> None:
    for table in (FORM, other(layout)):
        report = read(table, dialect="markdown, labels repeated")
        assert values(report) == WHOLE
        assert said(report) == []


def test_an_empty_cell_below_a_title_belongs_to_its_group() -> None:
    report = read(with_text(other("litigation first"), 2, 0, ""), dialect="markdown")
    assert values(report) == WHOLE
    assert said(report) == [("column_label_missing", 1, 3, None)]


@pytest.mark.parametrize("dialect", ["html", "tab before each cell"])
def test_an_empty_row_inside_the_head_is_passed_over(dialect: str) -> None:
    empty = tuple(replace(cell, text="") for cell in TITLES)
    report = read((TITLES, empty, LABELS, LOWER, VALUES), dialect=dialect)
    assert values(report) == WHOLE
    assert said(report) == []


def test_half_a_label_too_many_is_passed_over_where_all_fifteen_are_there() -> None:
    report = read(with_cell(FORM, 1, 1, PrintedCell("结果")), dialect="tab before each cell")
    assert values(report) == WHOLE
    assert said(report) == []


def test_an_empty_cell_at_the_end_is_the_last_figure_where_rows_are_not_padded() -> None:
    report = read(with_text(FORM, 3, 14, ""), dialect="tabs between cells")
    assert values(report) == {place: number for place, number in WHOLE.items() if number != 1200}
    assert statuses(report) == {"reported", "blank"}
    assert said(report) == []


def test_a_figure_missing_from_a_padded_row_leaves_it_unread() -> None:
    assert_unreadable(read(without_cell(FORM, 3, 6), dialect="pipe before each row"), (1, 4))


@pytest.mark.parametrize("dialect", ["html", "tabs between cells"])
def test_a_head_without_the_title_of_litigation_is_whole(dialect: str) -> None:
    report = read(without_cell(FORM, 0, 1), dialect=dialect)
    assert values(report) == WHOLE
    assert said(report) == []


# --- lost labels and titles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "row", "index", "column", "code"),
    [
        ("html", 1, 4, 5, "review.total"),
        ("html", 2, 5, 11, "litigation_after_review.upheld"),
        ("pipe before each row", 1, 4, 5, "review.total"),
        ("pipe before each row", 2, 5, 6, "litigation_after_review.upheld"),
    ],
)
def test_a_column_whose_label_is_lost_is_said_at_the_place_of_the_label(
    dialect: str, row: int, index: int, column: int, code: str
) -> None:
    report = read(with_text(FORM, row, index, "0"), dialect=dialect)
    assert values(report) == WHOLE
    assert said(report) == [("column_label_missing", 1, row + 1, column)]
    assert messages(report, "column_label_missing") == [
        f"A column has lost its label; it stands where the form has {code}."
    ]


def test_the_first_label_of_the_table_may_be_lost() -> None:
    report = read(with_text(FORM, 1, 0, ""))
    assert values(report) == WHOLE
    assert [code for code, *_ in said(report)] == ["column_label_missing"]


def test_groups_without_titles_are_told_by_their_columns_and_said_where_they_begin() -> None:
    table = (TITLES, tuple(cell for cell in LABELS if cell.column_span == 1), LOWER, VALUES)
    bare = (TITLES, (*(replace(cell, row_span=1) for cell in table[1]), *LOWER), VALUES)
    report = read(bare)
    assert values(report) == WHOLE
    assert said(report) == [("column_label_missing", 1, 2, 6), ("column_label_missing", 1, 2, 11)]


def test_a_group_of_one_column_that_has_lost_its_title_is_the_last_of_the_form() -> None:
    table = FORM
    for _ in range(4):
        table = without_column(table, 10)
    report = read(with_text(table, 1, 6, ""))
    assert values(report) == {
        place: number for place, number in WHOLE.items() if place[0] != "litigation_after_review" or number == 1200
    }
    assert said(report) == [("column_label_missing", 1, 3, 11)]


def test_a_group_of_one_column_may_be_the_first() -> None:
    table = FORM
    for _ in range(4):
        table = without_column(table, 0)
    report = read(table)
    assert values(report) == {place: number for place, number in WHOLE.items() if number >= 1190}
    assert said(report) == []


def test_a_group_that_has_lost_its_title_is_said_though_a_figure_stands_beside_it() -> None:
    report = read(with_column(with_text(FORM, 1, 6, ""), ["", "", "", "8"]))
    assert values(report) == WHOLE
    assert said(report) == [("column_label_missing", 1, 3, 11), ("surplus_cell", 1, 4, 16)]


@pytest.mark.parametrize("before", [0, 5])
def test_a_figure_without_label_in_front_of_a_groups_first_column_leaves_the_table_unread(before: int) -> None:
    titles = [replace(cell, column_span=cell.column_span + (cell is TITLES[before > 0])) for cell in TITLES]
    labels = [replace(cell, column_span=6) if before and cell is LABELS[before] else cell for cell in LABELS]
    empty = PrintedCell("", row_span=1 if before else 2)
    head = (titles, labels, [empty, *LOWER]) if before else (titles, [empty, *labels], LOWER)
    assert_unreadable(read((*map(tuple, head), (*VALUES[:before], PrintedCell("7"), *VALUES[before:]))), (1, 4))


def test_a_group_below_others_that_has_lost_its_title_is_not_guessed() -> None:
    table = other("groups below each other")
    report = read(with_text(table, 6, 0, ""))
    assert values(report) == {place: number for place, number in WHOLE.items() if number <= 1195}
    assert said(report) == [("row_unplaced", 1, 9, None)]


@pytest.mark.parametrize(("row", "index", "text"), [(1, 3, "合计"), (2, 0, "总计"), (0, 1, "合计")])
def test_a_label_that_stands_twice_is_not_believed(row: int, index: int, text: str) -> None:
    """In its group, or over the labels of another group."""
    assert_unreadable(read(with_text(FORM, row, index, text)), (1, 4))


def test_words_in_a_column_beyond_the_form_are_surplus_where_a_label_is_lost() -> None:
    report = read(with_column(with_text(FORM, 2, 6, "其他"), ["", "", "", "件数"]))
    assert values(report) == WHOLE
    assert said(report) == [("column_label_missing", 1, 3, 12), ("surplus_cell", 1, 4, 16)]


# --- rows of values ---------------------------------------------------------------------------------------------------


def test_a_figure_missing_from_the_last_of_groups_below_each_other_leaves_that_group_unread() -> None:
    report = read(without_cell(other("groups below each other"), 8, 4))
    assert values(report) == {place: number for place, number in WHOLE.items() if number <= 1195}
    assert said(report) == [("row_unplaced", 1, 9, None)]


def test_a_figure_over_a_column_with_a_label_and_one_without_belongs_to_neither() -> None:
    head = (
        (replace(TITLES[0], column_span=6), TITLES[1]),
        (*LABELS[:5], PrintedCell("", row_span=2), *LABELS[5:]),
        LOWER,
    )
    wide = (*VALUES[:4], replace(VALUES[4], column_span=2), *VALUES[5:])
    assert_unreadable(read((*head, wide)), (1, 4))


@pytest.mark.parametrize("note", ["注：以上为本机关数据", ""])
def test_what_stands_below_the_figures_costs_none_where_a_label_is_missing(note: str) -> None:
    report = read(with_note_row(without_cell(FORM, 1, 0), note))
    assert values(report) == WHOLE
    assert [code for code, *_ in said(report)] == ["column_labels_missing", *(["cell_unused"] if note else [])]


def test_empty_figures_above_an_empty_row_are_blank() -> None:
    empty = tuple(PrintedCell("") for _ in VALUES)
    report = read(with_note_row((TITLES, LABELS, LOWER, empty), ""))
    assert statuses(report) == {"blank"}
    assert said(report) == []


def test_a_title_above_a_table_without_figures_is_no_row_of_figures() -> None:
    title = (PrintedCell("单位：件", column_span=15),)
    report = read((title, TITLES, LABELS, LOWER))
    assert statuses(report) == {"absent"}
    assert said(report) == [("cell_unused", 1, 1, 1)]
