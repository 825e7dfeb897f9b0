"""Tables in a layout of the body's own: read where labels leave no doubt, else left out and said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from layouts import LAYOUTS, REARRANGED, laid_out
from printing import BY_NAME, TABLES, Sheet, keys_of, sheet_of, with_text

from govreports import documents
from govreports.replica.reports import Edition, FigureKey
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


def test_a_label_that_stands_twice_leaves_both_places_unread() -> None:
    sheet = laid_out(SHEET, "groups as rows")
    (table,) = sheet.tables["disputes"]
    report = read(sheet.with_table("disputes", with_text(table, 0, 1, "总计")), "html")
    assert wrong(report) == {}
    assert {column for _, _, column in lost(report)} == {"upheld", "total"}


def test_a_row_whose_label_is_only_the_title_of_its_group_is_not_placed() -> None:
    sheet = laid_out(SHEET, "groups as rows with titles")
    (table,) = sheet.tables["disputes"]
    report = read(sheet.with_table("disputes", with_text(table, 2, 1, "")), "html")
    assert wrong(report) == {}
    assert {row for _, row, _ in lost(report)} == {"litigation_direct"}
    assert "row_unplaced" in {issue.code for issue in report.issues}
