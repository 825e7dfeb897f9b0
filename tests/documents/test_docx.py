"""DOCX: made with python-docx, and saved by LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from made_documents import REPORTS, converted, misread, needs_libreoffice, page

from govreports.documents import Grid, Paragraph, read
from govreports.replica.reports import (
    PrintedTable,
    ReportSpec,
    dispute_table,
    proactive_blocks,
    request_table,
    sections,
)
from govreports.reports import extract


def saved(build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_table(container: Any, printed: PrintedTable) -> None:
    """A table with real merged cells."""
    width = sum(cell.column_span for cell in printed[0])
    table = container.add_table(rows=len(printed), cols=width)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(printed):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            last = number + cell.row_span - 1, column + cell.column_span - 1
            first = table.cell(number, column)
            if (cell.row_span, cell.column_span) != (1, 1):
                first = first.merge(table.cell(*last))
            first.text = cell.text
            taken |= {(down, right) for down in range(number, last[0] + 1) for right in range(column, last[1] + 1)}


def written(report: ReportSpec) -> bytes:
    def build(document: Any) -> None:
        tables = {
            "二": [tuple(row for block in proactive_blocks(report) for row in block)],
            "三": [request_table(report)],
            "四": [dispute_table(report)],
        }
        document.add_heading(report.title, 0)
        for heading, sentences in sections(report):
            document.add_heading(heading, 1)
            for sentence in sentences:
                document.add_paragraph(sentence)
            for table in tables.get(heading[0], ()):
                add_table(document, table)

    return saved(build)


def test_every_cell_behind_merged_cells_is_right() -> None:
    assert misread(read(written(REPORTS[2023])), REPORTS[2023]) == []


@needs_libreoffice
def test_every_cell_of_a_document_by_another_program_is_right(made: Path) -> None:
    body = converted(page(REPORTS[2020]), made, "writer.docx", to="docx:MS Word 2007 XML")
    assert misread(read(body), REPORTS[2020]) == []


def test_headings_title_and_sections_are_found() -> None:
    document = read(written(REPORTS[2023]))
    report = extract(document)
    assert report.title == REPORTS[2023].title
    assert len(report.sections) == 6
    assert next(document.paragraphs()).heading


def test_merged_cells_keep_their_spans() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=2, cols=3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "both rows"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "both columns"

    (grid,) = read(saved(build)).grids()
    spans = [(cell.text, cell.row_span, cell.column_span) for cell in grid.rows[0]]
    assert spans == [("both rows", 2, 1), ("both columns", 1, 2)]
    assert [cell.column for cell in grid.rows[1]] == [2, 3]


def test_a_table_that_only_arranges_another_is_no_table() -> None:
    def build(document: Any) -> None:
        frame = document.add_table(rows=1, cols=1)
        add_table(frame.cell(0, 0), dispute_table(REPORTS[2023]))

    (grid,) = read(saved(build)).grids()
    assert grid.width == 15


def test_automatic_numbers_are_part_of_the_text() -> None:
    def build(document: Any) -> None:
        level = document.part.numbering_part.element.findall(f".//{qn('w:lvl')}")[0]
        level.find(qn("w:numFmt")).set(qn("w:val"), "chineseCounting")
        level.find(qn("w:lvlText")).set(qn("w:val"), "%1、")
        abstract = level.getparent().get(qn("w:abstractNumId"))
        number = next(
            item.get(qn("w:numId"))
            for item in document.part.numbering_part.element.findall(qn("w:num"))
            if item.find(qn("w:abstractNumId")).get(qn("w:val")) == abstract
        )
        for text in ("总体情况", "主动公开政府信息情况"):
            properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = int(number)
            properties.get_or_add_ilvl().val = 0

    assert [block.text for block in read(saved(build)).paragraphs()] == ["一、总体情况", "二、主动公开政府信息情况"]


def test_deleted_text_is_left_out_and_inserted_text_is_read() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("新收")
        for mark, tag, text in (("w:del", "w:delText", "12"), ("w:ins", "w:t", "21")):
            change, run, content = OxmlElement(mark), OxmlElement("w:r"), OxmlElement(tag)
            content.text = text
            run.append(content)
            change.append(run)
            paragraph._p.append(change)

    assert [block.text for block in read(saved(build)).paragraphs()] == ["新收21"]


def test_blocks_come_in_reading_order() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("before")
        document.add_table(rows=1, cols=2).cell(0, 0).text = "inside"
        document.add_paragraph("behind")

    kinds = [type(block) for block in read(saved(build)).blocks]
    assert kinds == [Paragraph, Grid, Paragraph]
