"""docs/formats.md is true: every format that is read is in it with its extra, and every limit as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreports import documents
from govreports.documents import apart, crowded, docx, html, ocr, pdf, spreadsheet, zipped
from govreports.reports.tables.facts import LEAST_CONFIDENCE

PAGE = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]


def test_every_format_stands_beside_its_extra() -> None:
    described = {
        kind: row[2].strip("`") for row in ROWS if len(row) == 4 for kind in re.findall(r"`([^`]+/[^`]+)`", row[1])
    }
    extras = {kind: extra for kind, (_, extra) in documents._EXTRAS.items()}
    assert {kind: extra for kind, extra in described.items() if extra} == extras


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("bytes of a document", documents.SIZE_LIMIT),
        ("bytes of a page or text", documents.TEXT_LIMIT),
        ("tables of a document", documents.TABLE_LIMIT),
        ("places in all tables of a document", documents.PLACE_LIMIT),
        ("tags of a page", crowded.TAG_LIMIT),
        ("attributes of one tag", crowded.ATTRIBUTE_LIMIT),
        ("attributes of a page", 2 * crowded.TAG_LIMIT),
        ("cells of one table in HTML or Word", docx.CELL_LIMIT),
        ("cells of one table in HTML or Word", html.CELL_LIMIT),
        ("pages of a PDF", pdf.PAGE_LIMIT),
        ("drawing instructions of a PDF page, bytes", pdf.CONTENT_LIMIT),
        ("bytes that a PDF stream inflates to", pdf.STREAM_LIMIT),
        ("pages read by OCR", ocr.PAGE_LIMIT),
        ("pixels of a picture", ocr.PIXEL_LIMIT),
        ("sheets of a workbook", spreadsheet.SHEET_LIMIT),
        ("cells of a sheet", spreadsheet.CELL_LIMIT),
        ("entries of an archive", zipped.ENTRY_LIMIT),
        ("bytes that an archive inflates to", zipped.SIZE_LIMIT),
        ("ratio of inflation of an archive", zipped.RATIO_LIMIT),
        ("processor seconds for a DOC or workbook", apart.CPU_SECONDS),
    ],
)
def test_every_limit_is_the_reader_s(what: str, limit: int) -> None:
    assert [what, f"{limit:,}"] in ROWS


def test_the_confidence_is_the_one_that_counts() -> None:
    assert f"below {LEAST_CONFIDENCE} is `unreadable`" in PAGE
