"""Tables in a layout of the body's own: read where labels leave no doubt, else left out and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from layouts import LAYOUTS, REARRANGED, laid_out
from printing import BY_NAME, TABLES, Sheet, keys_of, sheet_of, with_text, without_cell

from govreports import documents
from govreports.replica.reports import Edition, FigureKey, PrintedTable
from govreports.reports import Report, extract

EDITIONS: Mapping[str, Edition] = dict.fromkeys(TABLES, "v2021")
FIGURES: Mapping[FigureKey, str] = {key: str(number) for number, key in enumerate(keys_of(EDITIONS), 1001)}
SHEET = sheet_of(FIGURES, EDITIONS)


def read(sheet: Sheet, dialect: str) -> Report:
    return extract(documents.read(BY_NAME[dialect].body(sheet)))


def wrong(report: Report) -> dict[FigureKey, int | Decimal]:
    """Values that are not what was printed for their row and column."""
    return {
        (fact.table, fact.row, fact.column): fact.value
        for fact in report.facts
        if fact.value is not None and str(fact.value) != FIGURES.get((fact.table, fact.row, fact.column))
    }


def lost(report: Report) -> set[FigureKey]:
    return set(FIGURES) - {(fact.table, fact.row, fact.column) for fact in report.facts if fact.value is not None}


@pytest.mark.parametrize("layout", [*LAYOUTS, *REARRANGED])
@pytest.mark.parametrize("dialect", ["html", "html pasted from Word", "html in one table"])
def test_markup_in_another_layout_is_read_whole(layout: str, dialect: str) -> None:
    report = read(laid_out(SHEET, layout), dialect)
    assert wrong(report) == {}
    assert lost(report) == set()


@pytest.mark.parametrize(
    ("layout", "dialects"),
    [
        ("one line of labels", ["markdown", "tabs between cells", "pipe behind each cell", "pipe before each row"]),
        ("groups as rows", ["markdown", "tabs between cells", "tab before each cell"]),
        ("groups as rows with titles", ["markdown, labels repeated"]),
        ("results as rows", ["markdown", "tabs between cells", "tab before each cell", "pipe behind each cell"]),
        ("results as a list", ["markdown", "markdown, labels repeated", "tab before each cell"]),
    ],
)
def test_text_in_another_layout_is_read_where_its_columns_are_kept(layout: str, dialects: list[str]) -> None:
    for dialect in dialects:
        report = read(laid_out(SHEET, layout), dialect)
        assert (dialect, wrong(report), lost(report)) == (dialect, {}, set())


@pytest.mark.parametrize("layout", [*LAYOUTS, *REARRANGED])
@pytest.mark.parametrize("dialect", [*BY_NAME])
def test_no_dialect_moves_a_figure(layout: str, dialect: str) -> None:
    report = read(laid_out(SHEET, layout), dialect)
    assert wrong(report) == {}
    assert report.issues or not lost(report)


def bent(layout: str, change: Callable[[PrintedTable], PrintedTable]) -> Sheet:
    """The sheet with the table of this layout changed."""
    name, _ = {**LAYOUTS, **REARRANGED}[layout]
    sheet = laid_out(SHEET, layout)
    return sheet.with_table(name, change(sheet.tables[name][0]))


def texts(row: int, index: int, text: str) -> Callable[[PrintedTable], PrintedTable]:
    return lambda table: with_text(table, row, index, text)


def unplaced(report: Report) -> list[tuple[int | None, int | None]]:
    """Table and row of what could not be placed."""
    found = [issue for issue in report.issues if issue.code == "row_unplaced"]
    assert all(issue.message and issue.severity == "warning" for issue in found)
    return [(issue.at.table, issue.at.row) if issue.at is not None else (None, None) for issue in found]


def test_a_label_that_stands_twice_leaves_both_places_unread() -> None:
    report = read(bent("groups as rows", texts(0, 1, "总计")), "html")
    assert wrong(report) == {}
    assert {column for _, _, column in lost(report)} == {"upheld", "total"}
    assert unplaced(report) == [(3, 2), (3, 3), (3, 4)]
    doubtful = next(fact for fact in report.facts if (fact.row, fact.column) == ("review", "total"))
    assert (doubtful.status, doubtful.raw) == ("unreadable", "行政复议 | 1186 | 1187 | 1188 | 1189 | 1190")


@pytest.mark.parametrize("text", ["", "其他方面"])
def test_a_row_whose_label_is_only_the_title_of_its_group_is_not_placed(text: str) -> None:
    report = read(bent("groups as rows with titles", texts(2, 1, text)), "html")
    assert wrong(report) == {}
    assert {row for _, row, _ in lost(report)} == {"litigation_direct"}
    assert unplaced(report) == [(3, 3)]


def test_a_number_over_a_label_of_the_head_costs_its_column_only() -> None:
    report = read(bent("groups as rows", texts(0, 2, "0")), "html")
    assert wrong(report) == {}
    assert {column for _, _, column in lost(report)} == {"corrected"}
    narrow = read(bent("results as rows", texts(0, 2, "0")), "html")
    assert wrong(narrow) == {}


def test_an_applicant_without_label_is_not_placed_in_a_table_turned_round() -> None:
    report = read(bent("applicants as rows", texts(3, 0, "")), "html")
    assert wrong(report) == {}
    assert {column for _, _, column in lost(report)} == {"commercial_enterprise"}


@pytest.mark.parametrize("dialect", ["html", "markdown", "tabs between cells"])
def test_an_empty_cell_among_values_moves_no_figure(dialect: str) -> None:
    report = read(bent("groups as rows", texts(1, 2, "")), dialect)
    assert wrong(report) == {}
    assert lost(report) == {("disputes", "review", "corrected")}


@pytest.mark.parametrize("dialect", ["tabs between cells", "wide gaps between cells"])
def test_rows_that_are_as_long_by_chance_only_are_not_believed(dialect: str) -> None:
    report = read(bent("groups as rows with titles", lambda table: without_cell(table, 2, 3)), dialect)
    assert wrong(report) == {}
    assert {row for _, row, _ in lost(report)} >= {"litigation_direct"}


def test_a_value_over_two_columns_belongs_to_neither() -> None:
    def wide(table: PrintedTable) -> PrintedTable:
        row = list(table[1])
        row[1:3] = [replace(row[1], column_span=2)]
        return (table[0], tuple(row), *table[2:])

    report = read(bent("groups as rows", wide), "html")
    assert wrong(report) == {}
    assert {(row, column) for _, row, column in lost(report)} == {("review", "upheld"), ("review", "corrected")}


def test_a_table_of_a_layout_of_its_own_may_go_on_in_the_next() -> None:
    sheet = laid_out(SHEET, "groups as rows")
    (table,) = sheet.tables["disputes"]
    report = read(sheet.with_table("disputes", table[:3], (table[0], *table[3:])), "html")
    assert wrong(report) == {}
    assert lost(report) == set()
