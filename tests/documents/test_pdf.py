"""PDF with a text layer: printed by Chromium, exported by LibreOffice, and pages drawn by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_documents import NARROW, REPORTS, WIDE, converted, misread, needs_chromium, needs_libreoffice, page, printed

from govreports.documents import Grid, Paragraph, read
from govreports.replica.rendering import PLAIN, Layout
from govreports.reports import extract

LAYOUTS = {"plain": PLAIN, "split": Layout(split=True), "word": Layout(word_paste=True)}


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(
    ("year", "css", "layout"),
    [(2020, WIDE, "plain"), (2023, NARROW, "plain"), (2023, WIDE, "split"), (2020, NARROW, "word")],
    ids=["v2019", "narrow", "abutting-tables", "cut-labels"],
)
def test_every_cell_of_a_printed_page_is_right(made: Path, year: int, css: str, layout: str) -> None:
    name = f"{year}-{layout}-{'narrow' if css is NARROW else 'wide'}.pdf"
    body = printed(page(REPORTS[year], css=css, layout=LAYOUTS[layout]), made, name)
    assert misread(read(body), REPORTS[year]) == []


@pytest.mark.slow
@needs_libreoffice
def test_every_cell_of_an_exported_document_is_right(made: Path) -> None:
    body = converted(page(REPORTS[2023]), made, "writer.pdf", to="pdf:writer_pdf_Export")
    assert misread(read(body), REPORTS[2023]) == []


@pytest.mark.slow
@needs_chromium
def test_title_and_sections_come_from_the_text_around_the_tables(made: Path) -> None:
    report = extract(read(printed(page(REPORTS[2023]), made, "2023-plain-wide.pdf")))
    assert report.title == REPORTS[2023].title
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.slow
@needs_chromium
def test_a_table_broken_over_pages_knows_its_pages(made: Path) -> None:
    document = read(printed(page(REPORTS[2023]), made, "2023-plain-wide.pdf"))
    facts = {(fact.table, fact.row): fact.at for fact in extract(document).facts}
    pages = [place.page for place in facts.values() if place is not None]
    assert pages == sorted(pages, key=lambda number: number or 0)
    assert set(pages) >= {1, 2}


def drawn(content: str, *, pages: int = 1) -> bytes:
    """A PDF of pages with these drawing instructions, in Helvetica; y grows upwards from 0 to 842."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{' '.join(f'{5 + n} 0 R' for n in range(pages))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    parts += [
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    ] * pages
    body, offsets = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def text_at(x: float, y: float, text: str, *, size: int = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def ruled(xs: list[int], ys: list[int]) -> str:
    lines = [f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs] + [f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys]
    return "".join(lines)


def only_grid(body: bytes) -> list[list[str]]:
    (grid,) = read(body).grids()
    return [[cell.text for cell in row] for row in grid.rows]


TWO_BY_TWO = ruled([100, 200, 300], [600, 630, 660])


def test_text_stands_in_the_cell_that_encloses_it() -> None:
    body = drawn(TWO_BY_TWO + text_at(110, 640, "a") + text_at(210, 640, "1") + text_at(110, 610, "b"))
    assert only_grid(body) == [["a", "1"], ["b", ""]]


def test_a_cell_without_a_wall_spans_columns() -> None:
    lines = ruled([100, 300], [600, 630, 660]) + "200 600 m 200 630 l S\n"
    (grid,) = read(drawn(lines + text_at(110, 640, "head") + text_at(110, 610, "1") + text_at(210, 610, "2"))).grids()
    assert [(cell.text, cell.column, cell.column_span) for cell in grid.cells()] == [
        ("head", 1, 2),
        ("1", 1, 1),
        ("2", 2, 1),
    ]


def test_shading_behind_lines_of_text_is_no_table() -> None:
    shades = "".join(f"1 1 1 rg 70 {y} 400 20 re f 0 g\n" for y in (600, 620, 640))
    document = read(drawn(shades + text_at(80, 645, "first line of a page") + text_at(80, 605, "and the last one")))
    assert not list(document.grids())


def test_a_page_number_is_no_text() -> None:
    body = drawn(TWO_BY_TWO + text_at(110, 640, "a") + text_at(280, 30, "- 3 -"))
    assert not list(read(body).paragraphs())


def test_a_dashed_page_number_inside_a_table_is_no_value() -> None:
    lines = ruled([100, 200, 300], [20, 60, 100])
    body = drawn(lines + text_at(110, 75, "a") + text_at(210, 75, "7") + text_at(210, 30, "- 3 -"))
    assert only_grid(body) == [["a", "7"], ["", ""]]


def test_a_bare_number_at_the_page_end_inside_a_table_is_a_value() -> None:
    lines = ruled([100, 200, 300], [20, 60, 100])
    body = drawn(lines + text_at(110, 30, "a") + text_at(210, 30, "7") + text_at(110, 75, "b"))
    assert only_grid(body) == [["b", ""], ["a", "7"]]


def test_a_number_wrapped_in_a_full_cell_goes_on() -> None:
    lines = ruled([100, 130, 300], [600, 660])
    body = drawn(lines + text_at(106, 640, "123") + text_at(106, 628, "45") + text_at(200, 640, "x"))
    assert only_grid(body)[0][0] == "12345"


def test_two_numbers_below_each_other_stay_two() -> None:
    lines = ruled([100, 200, 300], [600, 660])
    body = drawn(lines + text_at(110, 640, "12") + text_at(110, 628, "34") + text_at(210, 640, "x"))
    assert only_grid(body)[0][0] == "12 34"


def test_a_number_wider_than_its_cell_stays_whole() -> None:
    lines = ruled([100, 120, 300], [600, 660])
    body = drawn(lines + text_at(101, 640, "13579") + text_at(210, 640, "8"))
    assert only_grid(body) == [["13579", "8"]]


def test_bold_that_was_printed_twice_is_one_character() -> None:
    body = drawn(TWO_BY_TWO + text_at(110, 640, "11") + text_at(110.4, 640, "11") + text_at(210, 640, "x"))
    assert only_grid(body)[0][0] == "11"


def test_the_border_that_a_page_break_left_open_is_closed() -> None:
    lines = ruled([100, 200, 300], [600, 630]) + "".join(f"{x} 630 m {x} 660 l S\n" for x in (100, 200, 300))
    body = drawn(lines + text_at(110, 640, "a") + text_at(210, 640, "1") + text_at(110, 610, "b"))
    assert only_grid(body) == [["a", "1"], ["b", ""]]


def test_an_underlined_number_stays_in_one_cell() -> None:
    body = drawn(TWO_BY_TWO + text_at(110, 640, "a") + text_at(230, 640, "25") + "228 638 m 245 638 l S\n")
    assert only_grid(body)[0] == ["a", "25"]


def test_lines_that_fill_the_width_are_one_paragraph() -> None:
    text = text_at(80, 700, "a line of text that reaches far to the right margin") + text_at(60, 685, "and goes on.")
    text += text_at(80, 670, "The next one is indented.")
    body = drawn(text)
    assert [block.text for block in read(body).blocks if isinstance(block, Paragraph)] == [
        "a line of text that reaches far to the right margin and goes on.",
        "The next one is indented.",
    ]


def test_columns_without_ruled_lines_are_found_by_their_gaps() -> None:
    rows = [("alpha", 1, 2, 3), ("beta", 4, 5, 6), ("gamma", 7, 8, 9)]
    text = "".join(
        text_at(60 + 120 * column, 700 - 20 * index, str(cell))
        for index, row in enumerate(rows)
        for column, cell in enumerate(row)
    )
    (grid,) = [block for block in read(drawn(text)).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows] == [list(map(str, row)) for row in rows]


def test_only_the_first_pages_of_a_very_long_document_are_read() -> None:
    document = read(drawn(text_at(60, 700, "a page"), pages=500))
    assert [issue.code for issue in document.issues] == ["document_cut"]
    assert len(list(document.paragraphs())) < 500
