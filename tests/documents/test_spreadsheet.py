"""XLS and XLSX: sheets as people type the tables into them."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_documents import REPORTS, converted, misread, needs_libreoffice, page

from fuzz.targets import SHEET_DATA, packed
from govreports.documents import Grid, UnreadableDocument, read
from govreports.reports import extract

pytestmark = pytest.mark.slow

FILTERS = {"xls": "xls:MS Excel 97", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


@needs_libreoffice
@pytest.mark.parametrize("year", [2020, 2023])
@pytest.mark.parametrize("kind", ["xls", "xlsx"])
def test_every_cell_of_a_workbook_is_right(made: Path, kind: str, year: int) -> None:
    body = converted(page(REPORTS[year]), made, f"{year}.{kind}", to=FILTERS[kind], program="Calc")
    assert misread(read(body), REPORTS[year]) == []


@needs_libreoffice
def test_title_and_sections_are_found_between_the_tables(made: Path) -> None:
    report = extract(read(converted(page(REPORTS[2023]), made, "2023.xlsx", to=FILTERS["xlsx"], program="Calc")))
    assert report.title == REPORTS[2023].title
    assert len(report.sections) == 6


@needs_libreoffice
def test_numbers_are_printed_as_a_person_sees_them(made: Path) -> None:
    cells = "<table><tr><td>甲</td><td>3</td><td>13.5602</td><td>0.3</td><td>-12</td></tr></table>"
    body = converted(f"<html><body>{cells}</body></html>", made, "numbers.xlsx", to=FILTERS["xlsx"], program="Calc")
    (grid,) = [block for block in read(body).blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.rows[0]] == ["甲", "3", "13.5602", "0.3", "-12"]


def test_a_cell_that_lies_far_away_takes_no_other_process_down() -> None:
    rows = b'<row r="1"><c r="A1"><v>3</v></c></row><row r="999999"><c r="XFD999999"><v>4</v></c></row>'
    cells = b"<sheetData>" + rows + b"</sheetData>"
    with pytest.raises(UnreadableDocument) as caught:
        read(packed("xlsx", "xl/worksheets/sheet1.xml", cells.join(SHEET_DATA)))
    assert caught.value.code == "too_large"
    assert "cells very far apart" in caught.value.message
