"""Lists of indicators printed to PDF by Chromium: every figure, over as many pages as they take."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_documents import needs_chromium, printed

from govreports.documents import read
from govreports.replica.earlier import COLUMNS, LISTS, earlier_report, page
from govreports.reports import extract

pytestmark = pytest.mark.slow


@needs_chromium
@pytest.mark.parametrize("form", LISTS)
def test_every_figure_of_a_printed_list_is_right(made: Path, form: str) -> None:
    keys = [(line.code, column) for line in LISTS[form] if line.code for column, _ in COLUMNS[form]]
    figures = {key: str(number) for number, key in enumerate(keys, 1001)}
    html = page(earlier_report(form, figures, year=2016)).decode()
    report = extract(read(printed(html, made, f"{form}.pdf")))
    assert {(fact.row, fact.column): str(fact.value) for fact in report.facts} == figures
    assert report.issues == ()


@needs_chromium
@pytest.mark.parametrize("name", ["inserted_lines.html", "several_columns.html"])
def test_lines_and_columns_of_a_body_s_own_are_the_same_in_print(made: Path, name: str) -> None:
    html = (Path(__file__).parents[1] / "reports" / "earlier" / name).read_text("utf-8")
    of_page = extract(read(html.encode()))
    of_print = extract(read(printed(html, made, f"{name}.pdf")))
    assert [(fact.row, fact.column, fact.value, fact.unit, fact.local) for fact in of_print.facts] == [
        (fact.row, fact.column, fact.value, fact.unit, fact.local) for fact in of_page.facts
    ]
