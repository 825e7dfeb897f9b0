"""HTML pages: broken, nested, pasted from Word."""

from __future__ import annotations

import pytest

from govreports import documents
from govreports.documents.model import Document, Grid


def read(markup: str) -> Document:
    return documents.read(f'<html><head><meta charset="utf-8"></head><body>{markup}</body></html>'.encode())


def texts(document: Document) -> list[list[str]]:
    (grid,) = document.grids()
    return [[cell.text for cell in row] for row in grid.rows]


def only_grid(markup: str) -> Grid:
    (grid,) = read(markup).grids()
    return grid


def test_spans_are_expanded_and_cells_keep_their_origin() -> None:
    grid = only_grid(
        "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>"
        "<tr><td>d</td><td>e</td><td>f</td></tr></table>"
    )
    places = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells()}
    assert places == {
        "a": (1, 1, 2, 2),
        "b": (1, 3, 1, 1),
        "c": (2, 3, 1, 1),
        "d": (3, 1, 1, 1),
        "e": (3, 2, 1, 1),
        "f": (3, 3, 1, 1),
    }
    assert [[cell.text if cell else None for cell in row] for row in grid.expanded()] == [
        ["a", "a", "b"],
        ["a", "a", "c"],
        ["d", "e", "f"],
    ]


@pytest.mark.parametrize(("span", "covered"), [("0", 1), ("-3", 1), ("x", 1), ("100%", 100), ("²", 1), (" 2 ", 2)])
def test_odd_spans_are_read_as_browsers_do(span: str, covered: int) -> None:
    cell = next(only_grid(f"<table><tr><td colspan='{span}'>a</td><td>b</td></tr></table>").cells())
    assert cell.column_span == covered


def test_a_row_span_ends_with_the_table() -> None:
    grid = only_grid("<table><tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr></table>")
    assert next(grid.cells()).row_span == 2


def test_a_table_of_absurd_size_is_cut_and_said() -> None:
    document = read("<table>" + "<tr><td colspan=1000>a</td></tr>" * 120 + "</table><p>b</p>")
    assert [issue.code for issue in document.issues] == ["table_too_large"]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["b"]


def test_word_markup_is_joined_inside_a_cell() -> None:
    document = read(
        '<table><tr><td><p class="MsoNormal"><span>本年新<br></span><span>制作数量</span><o:p></o:p></p></td>'
        '<td><p><span lang="EN-US">12</span></p></td></tr></table>'
    )
    assert texts(document) == [["本年新 制作数量", "12"]]


@pytest.mark.parametrize(
    "inner", ["12<br>34", "<p>12</p><p>34</p>", "<div>12</div>34", "12<sup>34</sup>", "<ul><li>12<li>34</ul>"]
)
def test_two_numbers_in_a_cell_never_become_one(inner: str) -> None:
    assert texts(read(f"<table><tr><td>a</td><td>{inner}</td></tr></table>")) == [["a", "12\n34"]]


def test_spans_inside_a_number_do_not_break_it() -> None:
    assert texts(read("<table><tr><td>a</td><td><span>12</span><font>34</font></td></tr></table>")) == [["a", "1234"]]


def test_entities_and_blanks_are_text() -> None:
    assert texts(read("<table><tr><td>&nbsp;</td><td>5&nbsp;</td><td>a&amp;b</td></tr></table>")) == [["", "5", "a&b"]]


def test_unclosed_cells_and_rows_are_closed() -> None:
    assert texts(read("<table><tr><td>a<td>b<tr><td>c<td>d</table>")) == [["a", "b"], ["c", "d"]]


def test_cells_outside_any_row_form_one() -> None:
    assert texts(read("<table><td>x</td><td>y</td></table>")) == [["x", "y"]]


def test_row_groups_keep_their_order() -> None:
    rows = "<thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot>"
    assert texts(read(f"<table>{rows}</table>")) == [["a"], ["b"], ["c"]]


def test_a_layout_table_is_walked_and_its_data_table_read() -> None:
    document = read(
        "<table><tr><td><p>云台镇年报</p><table><tr><td>a</td><td>1</td></tr><tr><td>规章和文件的件数</td><td>2</td></tr></table>"
        "</td></tr></table>"
    )
    assert [paragraph.text for paragraph in document.paragraphs()] == ["云台镇年报"]
    assert texts(document) == [["a", "1"], ["规章和文件的件数", "2"]]


def test_a_table_inside_a_data_cell_belongs_to_the_cell() -> None:
    document = read(
        "<table><tr><td>a long label of the outer table</td><td><table><tr><td>1</td></tr></table></td></tr>"
        "<tr><td>another long label</td><td>2</td></tr></table>"
    )
    assert texts(document) == [["a long label of the outer table", "1"], ["another long label", "2"]]


def test_blocks_keep_their_order_and_tables_their_numbers() -> None:
    document = read("<p>a</p><table><tr><td>b</td></tr></table>c<table><tr><td>d</td></tr></table><h2>e</h2>")
    assert [grid.number for grid in document.grids()] == [1, 2]
    kinds = [block.text if hasattr(block, "text") else f"table {block.number}" for block in document.blocks]
    assert kinds == ["a", "table 1", "c", "table 2", "e"]


def test_headings_are_marked() -> None:
    document = read("<h1>云台镇年报</h1><p>正文</p><div><h3> </h3></div>")
    assert [(paragraph.text, paragraph.heading) for paragraph in document.paragraphs()] == [
        ("云台镇年报", True),
        ("正文", False),
    ]


def test_what_nobody_sees_is_not_read() -> None:
    document = read(
        "<script>var a = 1;</script><style>p {}</style><select><option>请选择</select><!-- c --><p>正文</p>"
    )
    assert [paragraph.text for paragraph in document.paragraphs()] == ["正文"]


def test_an_empty_table_is_none() -> None:
    assert list(read("<table></table><p>a</p>").grids()) == []


def test_page_title_and_metas_are_kept() -> None:
    head = '<title> 年报 - 网站 </title><meta name="PubDate" content=" 2024-01-22 "><meta content="x">'
    document = documents.read(f"<html><head>{head}</head><p>a</p></html>".encode())
    assert document.page_title == "年报 - 网站"
    assert document.metas == (("PubDate", "2024-01-22"),)


def test_a_page_without_content_has_no_blocks() -> None:
    assert documents.read(b"<html></html>").blocks == ()


def test_a_table_written_as_text_is_found_in_a_page() -> None:
    rows = "".join(f"<p>| 行{number} | {number} | {number} |</p>" for number in range(9))
    document = read(f"<p>前言。</p><p>| 项 | 一 | 二 |</p><p>|---|---|---|</p>{rows}<p>后记。</p>")
    (grid,) = document.grids()
    assert len(grid.rows) == 10
    assert not grid.spans_known


@pytest.mark.parametrize(
    "cell",
    [
        '<td>7<span style="display: none">9</span></td>',
        '<td>7<span style="color:red;DISPLAY :  none">9</span></td>',
        '<td>7<span style="display:\tnone">9</span></td>',
        '<td><span style="mso-hide:all">9</span>7</td>',
        "<td><del>9</del>7</td>",
        "<td><s>9</s>7</td>",
        '<td style="DISPLAY:NONE">9</td><td>7</td>',
        '<td><p style="display:none">9</p>7</td>',
    ],
)
def test_what_a_reader_does_not_see_is_no_figure(cell: str) -> None:
    assert texts(read(f"<table><tr><td>a</td>{cell}</tr></table>")) == [["a", "7"]]


@pytest.mark.parametrize(
    "cells",
    [
        '<td class="x style="width:9px">7</td><td class="y">8</td>',
        "<td style='font-family:\"宋体\"'>7</td><td>8</td>",
        '<td width="9" style="">7</td><td style="a"style="b">8</td>',
        '<!-- <td style="width:9px> --><td class="x">7</td><td style="color:red">8</td>',
        '<td title="1" style="a">7<p style="b"></p></td><td title=" style=">8</td>',
        '<td><span style="a:>x</span><span style="b:">7</span></td><td>8</td>',
        '<!-- <td>5</td><p style="a-->:9em"><td>7</td><td>8</td>',
    ],
)
def test_no_cell_is_lost_to_a_style_with_odd_quotes(cells: str) -> None:
    assert texts(read(f"<table><tr><td>a</td>{cells}</tr></table>")) == [["a", "7", "8"]]


def test_a_style_that_stands_in_the_text_is_text() -> None:
    assert texts(read('<table><tr><td>写作 style="1"</td></tr></table>')) == [['写作 style="1"']]


def test_a_hidden_row_is_no_row() -> None:
    rows = '<tr><td>a</td><td>1</td></tr><tr style="display:none"><td>a</td><td>2</td></tr>'
    assert texts(read(f"<table>{rows}</table>")) == [["a", "1"]]


def test_a_hidden_part_of_a_layout_table_keeps_the_tables_in_it() -> None:
    inner = "<table><tr><td>a</td><td>1</td></tr></table>"
    document = read(f'<table><tr><td style="display:none">{inner}</td></tr></table><p><s>b</s></p>')
    assert texts(document) == [["a", "1"]]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["b"]


def test_a_figure_in_a_text_field_is_one_of_the_cell() -> None:
    fields = '<input value=" 7 "><input type="hidden" value="8"><INPUT type="text" value="search here">'
    assert texts(read(f"<table><tr><td>a</td><td>{fields}</td></tr></table>")) == [["a", "7"]]


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\x0c", "&#27;", "&#x1B;", "&#0;", "&#65535;", "\ufffe", "&#12;"])
def test_control_characters_are_no_text_wherever_they_stand(control: str) -> None:
    odd = f"a{control}b"
    page = f"<title>{odd}</title><h1>{odd}</h1><p>{odd}</p><table><tr><td>{odd}</td><td>3</td></tr></table>"
    document = documents.read(page.encode())
    (grid,) = document.grids()
    texts = [document.page_title, *(line.text for line in document.paragraphs()), grid.rows[0][0].text]
    assert {(text or "").replace(" ", "") for text in texts} == {"ab"}
