"""Whole documents of the years before 2019, with what must come of each.

``pytest tests/reports/test_earlier_documents.py --regenerate-expected`` writes the expected records anew; look at what
changed before keeping it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govreports import documents
from govreports.reports import Report, extract

FOLDER = Path(__file__).parent / "earlier"
DOCUMENTS = {
    "inserted_lines.html": "lines of a city's own, with lines of their own under them",
    "inserted_lines.txt": "the same as text with bars",
    "inserted_lines_cells.txt": "the same with a cell a line, which loses an empty one",
    "several_columns.html": "three columns of figures, and lines of a province's own",
    "several_columns.txt": "the same as text with tabs",
    "prose.html": "no table; figures in sentences",
    "prose_without_sections.txt": "no table and no numbered section",
}


def compact(report: Report) -> dict[str, Any]:
    """What a reviewer can read: forms, facts with their labels, checks that do not hold, issues, candidates."""
    facts: dict[str, str] = {}
    for fact in report.facts:
        shown = " ".join(filter(None, (str(fact.value), fact.unit))) if fact.value is not None else fact.status
        row, column = fact.row, fact.column
        if fact.local is not None:
            row = " > ".join((*fact.local.path, fact.local.row or row))
            column = fact.local.column or column
        facts[f"{row} | {column}"] = shown
    return {
        "title": report.title,
        "report_year": report.report_year,
        "forms": {table: form for table, form in report.forms.items() if form is not None},
        "sections": [f"{section.number} {section.heading} {len(section.text)}" for section in report.sections],
        "facts": facts,
        "checks": {
            status: [f"{check.rule} {check.row} {check.column}" for check in report.checks if check.status == status]
            for status in ("fail", "not_assessable")
        },
        "issues": [f"{issue.severity} {issue.code}" for issue in report.issues],
        "candidates": [
            f"{one.row} {one.value} {one.unit} § {one.section}: {one.sentence}" for one in report.candidates
        ],
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_gives_the_expected_record(name: str, regenerate_expected: bool) -> None:
    path = FOLDER / name
    record = compact(extract(documents.read(path.read_bytes())))
    expected = path.with_name(f"{path.name}.json")
    if regenerate_expected:
        expected.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert record == json.loads(expected.read_text("utf-8"))


def test_every_document_in_the_folder_is_tested() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.suffix != ".json"} == set(DOCUMENTS)
