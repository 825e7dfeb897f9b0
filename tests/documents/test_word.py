"""DOC, which WPS writes too, and RTF."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_documents import REPORTS, converted, misread, needs_libreoffice, page

from govreports.documents import Grid, UnreadableDocument, read
from govreports.reports import extract

pytestmark = pytest.mark.slow


@needs_libreoffice
@pytest.mark.parametrize("year", [2020, 2023])
def test_every_cell_of_a_doc_is_right(made: Path, year: int) -> None:
    body = converted(page(REPORTS[year]), made, f"{year}.doc", to="doc:MS Word 97")
    document = read(body)
    assert document.media_type == "application/msword"
    assert misread(document, REPORTS[year]) == []


@needs_libreoffice
@pytest.mark.parametrize("year", [2020, 2023])
def test_every_cell_of_an_rtf_is_right(made: Path, year: int) -> None:
    document = read(converted(page(REPORTS[year]), made, f"{year}.rtf", to="rtf:Rich Text Format"))
    assert misread(document, REPORTS[year]) == []
    assert extract(document).title == REPORTS[year].title


def test_rtf_in_gbk_bytes_is_decoded() -> None:
    text = "".join(f"\\'{byte:02x}" for byte in "政府信息公开".encode("gb18030"))
    body = rf"{{\rtf1\ansi\ansicpg936{{\fonttbl{{\f0\fcharset134 SimSun;}}}}\f0 {text}\par}}".encode()
    assert [block.text for block in read(body).paragraphs()] == ["政府信息公开"]


def test_rtf_in_unicode_skips_its_replacement_characters() -> None:
    body = rb"{\rtf1\ansi\uc1 \u25919?\u24220?\uc2\u20449\'d0\'c5\u24687\'cf\'a22023\par}"
    assert [block.text for block in read(body).paragraphs()] == ["政府信息2023"]


def test_rtf_cells_merged_downwards_keep_their_span() -> None:
    row = r"\trowd{}\cellx1000\cellx2000\pard\intbl {}\cell {}\cell\row "
    body = "{\\rtf1 " + row.format(r"\clvmgf", "both", "1") + row.format(r"\clvmrg", "", "2") + r"\pard end\par}"
    grid = next(block for block in read(body.encode()).blocks if isinstance(block, Grid))
    assert [(cell.text, cell.row_span) for cell in grid.cells()] == [("both", 2), ("1", 1), ("2", 1)]


def test_rtf_edges_give_the_columns_that_a_wide_cell_spans() -> None:
    body = (
        rb"{\rtf1 \trowd\cellx2000\pard\intbl head\cell\row"
        rb"\trowd\cellx1010\cellx2000\pard\intbl 1\cell 2\cell\row\pard end\par}"
    )
    grid = next(block for block in read(body).blocks if isinstance(block, Grid))
    assert [(cell.text, cell.column_span) for cell in grid.cells()] == [("head", 2), ("1", 1), ("2", 1)]


def test_a_broken_doc_is_said_to_be_broken() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument\0".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnreadableDocument, match="broken") as caught:
        read(body)
    assert caught.value.code == "damaged"
