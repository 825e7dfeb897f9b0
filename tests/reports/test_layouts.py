"""Tables in a layout of the body's own: read where labels leave no doubt, else left out and said."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import LAYOUTS, REARRANGED, laid_out
from printing import BY_NAME, TABLES, Sheet, keys_of, owners, sheet_of, with_text, without_cell, without_column

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


def _bent(table: PrintedTable, chance: random.Random) -> PrintedTable:
    row = chance.choice([number for number, cells in enumerate(table) if cells])
    index = chance.randrange(len(table[row]))
    damage = chance.choice(("cell", "column", "", "0", "其他"))
    if damage == "cell":
        return without_cell(table, row, index)
    if damage == "column":
        return without_column(table, chance.randrange(len(owners(table)[0])))
    labels = [(number, at) for number, cells in enumerate(table) for at, cell in enumerate(cells) if cell.key is None]
    return with_text(table, *chance.choice(labels), damage)


@given(st.sampled_from(sorted(LAYOUTS)), st.sampled_from(sorted(BY_NAME)), st.integers(0, 100_000))
def test_damage_in_another_layout_never_moves_a_figure(layout: str, dialect: str, seed: int) -> None:
    sheet = laid_out(SHEET, layout)
    name = LAYOUTS[layout][0]
    (table,) = sheet.tables[name]
    report = read(sheet.with_table(name, _bent(table, random.Random(seed))), dialect)
    assert wrong(report) == {}
