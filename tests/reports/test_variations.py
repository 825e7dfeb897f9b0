"""The variations of real reports, a whole document each, with the record that must come of it.

``pytest tests/reports/test_variations.py --regenerate-expected`` writes the expected records anew; look at what
changed before keeping it. An expected record leaves out the cells in which a plain 0 stands.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govreports import documents
from govreports.issues import Place
from govreports.reports import Report, extract

FOLDER = Path(__file__).parent / "variations"

VARIATIONS = {
    "00_columns_in_another_order.html": "the total before its parts; disputes with a row a group",
    "00_tables_turned_round.html": "requests turned round; disputes as a list",
    "00_spans_dropped.html": "an editor dropped every span",
    "00_figures_not_alone_in_their_cell.html": "hidden and struck figures, fields, notes, units, two numbers in a cell",
    "01_blank_for_zero.html": "zero is an empty cell",
    "02_stroke_for_not_applicable.html": "a stroke where nothing applies",
    "03_dash_as_value.txt": "a dash as value is no minus sign",
    "04_stray_question_mark.html": "a question mark left by a broken no-break space",
    "05_signed_changes.html": "signs and words for increase and decrease",
    "06_unit_in_cell.html": "the unit is printed with the number",
    "07_decimal_amounts.html": "amounts are exact decimals",
    "08_long_counts.html": "long, grouped, full-width counts",
    "09_wrapped_labels.html": "labels broken by the editor",
    "10_cut_column_labels.txt": "column labels cut to the same word",
    "11_lost_value_cells.txt": "values lost behind the first",
    "12_column_label_overwritten.txt": "a column label overwritten by a figure",
    "12_labels_lost_in_full_rows.txt": "labels overwritten or lost above and before rows that are all there",
    "13_row_labels_lost.txt": "rows that lost their label and kept their figures",
    "14_page_lost.txt": "a page lost between two tables",
    "15_label_split_by_page.txt": "a label split by a page break",
    "15_halves_that_resemble_other_labels.html": "labels split by a page break, each half like another label",
    "16_sixteen_cells.txt": "a cell more than the form has columns",
    "17_short_labels.html": "shortened labels",
    "18_filling_hints.html": "labels lengthened by filling hints with digits",
    "19_punctuation.html": "other numbering and punctuation",
    "20_traditional_with_readings.html": "Traditional text with readings in parentheses",
    "21_other_region_vocabulary.html": "Traditional text in the words of another region",
    "22_one_block_only.html": "one block of the first table printed",
    "23_tables_as_pictures.html": "tables as pictures",
    "24_head_on_every_page.txt": "the head repeated behind a page number",
    "25_local_row_and_column.html": "a row and a column of the body's own",
    "25_sum_of_a_group.html": "a sum of one group beside the total",
    "26_form_of_another_year.html": "the form of another year, another document cited",
    "27_wrong_year_in_text.html": "another year in the text",
    "28_title_over_lines.txt": "the title over two lines, with a bookmark left behind",
    "28_title_without_year.html": "a title without year",
    "29_blank_in_prose.html": "a figure left blank in prose",
}
"""File name, which begins with the variation's number (00: of our own) → what is unusual there.

Not here: 30 (the same report year after year), 31 (several publishers side by side), 32 (renditions), 33 (corrections)
and 34 (mirrors), which no single document shows: they concern crawling and the store.
"""


def _place(place: Place | None) -> str:
    """Table, row and column (0 where there is none)."""
    return f"{place.table or 0}/{place.row or 0}/{place.column or 0}" if place is not None else ""


def compact(report: Report) -> dict[str, Any]:
    """What a reviewer can read: fields, facts that are not a plain 0, checks that fail, issues with their places."""
    facts: dict[str, str] = {}
    for fact in report.facts:
        if fact.status != "reported":
            facts[f"{fact.table}.{fact.row}.{fact.column}"] = fact.status
        elif fact.value != 0:
            facts[f"{fact.table}.{fact.row}.{fact.column}"] = " ".join(filter(None, (str(fact.value), fact.unit)))
    return {
        "title": report.title,
        "publisher": report.publisher,
        "report_year": report.report_year,
        "index_number": report.index_number,
        "document_number": report.document_number,
        "issued_on": report.issued_on,
        "published_on": report.published_on,
        "sections": [f"{section.number} {section.heading}" for section in report.sections],
        "forms": dict(report.forms),
        "cells": len(report.facts),
        "facts": facts,
        "failing_checks": [
            ".".join(filter(None, (check.rule, check.row, check.column)))
            for check in report.checks
            if check.status == "fail"
        ],
        "issues": [" ".join(filter(None, (issue.severity, issue.code, _place(issue.at)))) for issue in report.issues],
    }


@pytest.mark.parametrize("name", VARIATIONS)
def test_variation_gives_the_expected_record(name: str, regenerate_expected: bool) -> None:
    path = FOLDER / name
    record = compact(extract(documents.read(path.read_bytes())))
    expected = path.with_suffix(".json")
    if regenerate_expected:
        expected.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert record == json.loads(expected.read_text("utf-8"))


def test_every_variation_in_the_folder_is_tested() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.suffix != ".json"} == set(VARIATIONS)
