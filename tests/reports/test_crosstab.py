"""Tables in a layout of the body's own: which labels a value has, and where they leave a doubt."""

from __future__ import annotations

import pytest
from layouts import APPLICANTS, GROUPS, OUTCOMES, RESULTS
from printing import without_cell
from test_layouts import FIGURES, SHEET, bent, lost, read, texts, unplaced, wrong
from test_tables import Rows, codes, html, markdown, row_of, statuses
from test_tables import read as read_page

from govreports.reports import Report


def disputes(report: Report, group: str) -> list[int | None]:
    return row_of(report, group, "disputes")


# --- tables turned round ----------------------------------------------------------------------------------------------


def turned(outcomes: int, applicants: int) -> Rows:
    head = ("", *list(OUTCOMES.values())[:outcomes])
    rows = [
        (label, *(str(100 * number + place) for place in range(outcomes)))
        for number, label in enumerate(list(APPLICANTS.values())[:applicants], 1)
    ]
    return [head, *rows]


def test_four_outcomes_above_and_four_applicants_beside_are_a_table_turned_round() -> None:
    report = read_page(html(turned(4, 4)))
    assert row_of(report, "new_received") == [100, 200, 300, 400, None, None, None]
    assert row_of(report, list(OUTCOMES)[3]) == [103, 203, 303, 403, None, None, None]
    assert codes(report) == []


@pytest.mark.parametrize("index", [1, 3, 8])
def test_a_number_over_a_label_above_a_table_turned_round_costs_that_row_only(index: int) -> None:
    report = read(bent("applicants as rows", texts(0, index, "0")), "html")
    assert wrong(report) == {}
    assert {row for _, row, _ in lost(report)} == {list(OUTCOMES)[index - 1]}
    assert (2, 1) in unplaced(report)


@pytest.mark.parametrize("index", [1, 2, 4, 13, 20])
def test_a_cell_that_is_missing_above_a_table_turned_round_moves_no_figure(index: int) -> None:
    report = read(bent("applicants as rows", lambda table: without_cell(table, 0, index)), "html")
    assert wrong(report) == {}
    assert unplaced(report)


# --- disputes ---------------------------------------------------------------------------------------------------------


def test_two_groups_as_rows_are_enough() -> None:
    report = read(bent("groups as rows", lambda table: table[:3]), "html")
    assert wrong(report) == {}
    assert {row for _, row, _ in lost(report)} == {"litigation_after_review"}


@pytest.mark.parametrize("dialect", ["html", "markdown"])
def test_numbers_over_labels_in_two_rows_of_the_forms_own_head_are_filled_by_order(dialect: str) -> None:
    (table,) = SHEET.tables["disputes"]
    table = texts(2, 3, "0")(texts(1, 3, "0")(table))
    report = read(SHEET.with_table("disputes", table), dialect)
    assert wrong(report) == {}
    if dialect == "html":
        assert lost(report) == set()


def test_a_number_over_a_title_of_the_forms_own_head_makes_no_rows_of_groups() -> None:
    (table,) = SHEET.tables["disputes"]
    report = read(SHEET.with_table("disputes", texts(0, 1, "0")(table)), "html")
    assert wrong(report) == {}
    assert lost(report) == set()
    assert unplaced(report) == []


def test_two_titles_and_a_label_may_stand_beside_each_value() -> None:
    rows = [
        ("行政诉讼", GROUPS[group], label, str(number))
        for group in ("litigation_direct", "litigation_after_review")
        for number, label in enumerate(RESULTS.values(), 1)
    ]
    report = read_page(html(rows))
    assert disputes(report, "litigation_direct") == [1, 2, 3, 4, 5]
    assert disputes(report, "litigation_after_review") == [1, 2, 3, 4, 5]
    assert codes(report) == []


def test_values_below_the_title_of_both_groups_are_not_those_of_the_group_before() -> None:
    values = [(label, str(number)) for number, label in enumerate(RESULTS.values(), 1)]
    rows = [("行政复议^2",), *values, ("行政诉讼^2",), *((label, "9") for label in RESULTS.values())]
    report = read_page(html(rows))
    assert disputes(report, "review") == [1, 2, 3, 4, 5]
    assert disputes(report, "litigation_direct") == [None] * 5
    assert [(issue.at.row if issue.at else None) for issue in report.issues if issue.code == "row_unplaced"] == [
        8,
        9,
        10,
        11,
        12,
    ]


def test_a_row_that_carries_the_label_of_another_is_unreadable_as_the_first_of_both_prints_it() -> None:
    report = read(bent("groups as rows", texts(2, 0, "行政复议")), "html")
    assert wrong(report) == {}
    doubtful = next(fact for fact in report.facts if (fact.row, fact.column) == ("review", "upheld"))
    first = [FIGURES["disputes", "review", code] for code in RESULTS]
    assert (doubtful.status, doubtful.raw) == ("unreadable", " | ".join(["行政复议", *first]))
    assert unplaced(report) == [(3, 2), (3, 3)]


def test_a_row_alone_behind_a_page_break_has_no_labels_above() -> None:
    (table,) = bent("groups as rows", lambda table: table).tables["disputes"]
    report = read(SHEET.with_table("disputes", table[:3], table[3:]), "html")
    assert wrong(report) == {}
    assert {row for _, row, _ in lost(report)} == {"litigation_after_review"}
    assert unplaced(report) == [(4, 1)]


@pytest.mark.parametrize(
    ("layout", "index"), [*(("groups as rows", index) for index in (0, 2, 5)), ("results as rows", 1)]
)
@pytest.mark.parametrize("dialect", ["markdown", "pipe behind each cell"])
def test_a_head_that_a_rendering_filled_up_to_the_width_is_not_believed(layout: str, index: int, dialect: str) -> None:
    report = read(bent(layout, lambda table: without_cell(table, 0, index)), dialect)
    assert wrong(report) == {}
    assert unplaced(report)


def test_a_head_that_lost_its_first_cell_and_was_filled_up_at_its_end_is_not_believed() -> None:
    figures = ("1", "2", "3", "4", "10")
    rows = [(*RESULTS.values(), ""), *((title, *figures) for title in GROUPS.values())]
    report = read_page(markdown(rows))
    assert all(statuses(report, group, "disputes") <= {"absent", "unreadable"} for group in GROUPS)
    assert codes(report) == ["row_unplaced"] * 3
