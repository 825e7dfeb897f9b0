"""Text renderings: the dialects in which converters write tables down."""

from __future__ import annotations

import pytest

from govreports.documents.model import Grid, Paragraph
from govreports.documents.plain import is_value, parse, tables_in_paragraphs


def rows_of(text: str) -> list[list[list[str]]]:
    """The texts of every grid, row by row."""
    return [
        [[cell.text for cell in row] for row in block.rows] for block in parse(text).blocks if isinstance(block, Grid)
    ]


def paragraphs_of(text: str) -> list[str]:
    return [block.text for block in parse(text).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "12",
        "1,204",
        "１２",
        "+5",
        "-3",
        "−35",
        "? 0",
        "11.8",
        "517200元",
        "3萬元",
        "22（其中修订16件）",
        "/",
        "--",
        "无",
        "無",
    ],
)
def test_what_stands_where_a_number_is_expected_is_a_value(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize("text", ["", "规章", "（一）", "12 a", "见附件", "第1项"])
def test_words_are_no_values(text: str) -> None:
    assert not is_value(text)


def test_markdown_rows_are_rows_and_the_rule_is_none() -> None:
    text = "前言\n| a | b |\n|---|:-:|\n| 规章 | 1 |\n| 其他<br>文件 | 2\\|3 |\n后记"
    assert rows_of(text) == [[["a", "b"], ["规章", "1"], ["其他 文件", "2｜3"]]]
    assert paragraphs_of(text) == ["前言", "后记"]


def test_a_row_of_dashes_below_other_rows_is_one_of_values() -> None:
    text = "| a | b |\n|---|---|\n| 规章 | 1 |\n| - | -- |\n"
    assert rows_of(text) == [[["a", "b"], ["规章", "1"], ["-", "--"]]]


def test_rows_between_pipes_need_no_rule() -> None:
    assert rows_of("| a | b | c |\n| 规章 | 1 | 2 |\n") == [[["a", "b", "c"], ["规章", "1", "2"]]]


def test_cells_ended_by_pipes_are_cut_into_rows() -> None:
    text = "规章 |\n1 |\n2 |\n3 |\n文件 |\n4 |\n5 |\n6 |\n许可 |\n7 | ||\n"
    assert rows_of(text) == [[["规章", "1", "2", "3"], ["文件", "4", "5", "6"], ["许可", "7", "", ""]]]


def test_a_row_that_lost_its_label_is_cut_by_the_usual_width() -> None:
    text = "规章 |\n1 |\n2 |\n3 |\n文件 |\n4 |\n5 |\n6 |\n0 |\n7 |\n8 |\n9 |\n许可 |\n1 |\n2 |\n3 |\n"
    assert rows_of(text)[0][2] == ["0", "7", "8", "9"]


def test_rows_begun_by_a_pipe_are_all_of_one_width() -> None:
    text = "|\n规章 |\n1 |\n2 |\n|\n文件 |\n3 |\n4 |\n|\n许可 |\n5 |\n6 |\n后记"
    assert rows_of(text) == [[["规章", "1", "2", ""], ["文件", "3", "4", ""], ["许可", "5", "6", ""]]]


def test_rows_that_begin_with_an_empty_cell_are_kept_whole() -> None:
    text = "a |\nb |\n1 |\n2 |\n|\nc |\n3 |\n4 |\nd |\ne |\n5 |\n6 |\nf |\ng |\n7 |\n8 |\n"
    assert rows_of(text) == [[["a", "b", "1", "2"], ["", "c", "3", "4"], ["d", "e", "5", "6"], ["f", "g", "7", "8"]]]


def test_a_label_broken_over_lines_is_one_cell() -> None:
    text = "规章 |\n1 |\n2 |\n3 |\n行政规范\n性文件 |\n4 |\n5 |\n6 |\n"
    assert rows_of(text)[0][1][0] == "行政规范 性文件"


def test_wide_pipes_are_pipes() -> None:
    assert rows_of("规章｜1｜2｜3｜\n文件｜4｜5｜6｜\n") == [[["规章", "1", "2", "3"], ["文件", "4", "5", "6"]]]


def test_a_single_pipe_in_prose_is_no_table() -> None:
    assert rows_of("首页 | 年报\n") == []
    assert paragraphs_of("首页 | 年报\n") == ["首页 | 年报"]


def test_a_page_number_between_cells_is_left_out() -> None:
    text = "规章 |\n1 |\n2 |\n3 |\n- 3 -\n文件 |\n4 |\n5 |\n6 |\n第 2 页 共 5 页\n许可 |\n7 |\n8 |\n9 |\n"
    assert rows_of(text) == [[["规章", "1", "2", "3"], ["文件", "4", "5", "6"], ["许可", "7", "8", "9"]]]


def test_cells_behind_tabs_keep_empty_ones() -> None:
    text = "\t规章\n\t1\n\t\n\t3\n\n\t文件\n\t4\n\t5\n\t6\n\n后记\n"
    assert rows_of(text) == [[["规章", "1", "", "3"], ["文件", "4", "5", "6"]]]
    assert paragraphs_of(text) == ["后记"]


def test_a_line_without_tab_continues_the_cell() -> None:
    text = "\t本年新\n制作数量\n\t1\n\t2\n\n- 3 -\n\n\t文件\n\t4\n- 4 -\n\t6\n"
    assert rows_of(text) == [[["本年新 制作数量", "1", "2"], ["文件", "4", "6"]]]


def test_a_few_indented_lines_are_no_table() -> None:
    assert rows_of("\t一\n\t二\n正文\n") == []


def test_rows_of_tabs_keep_empty_cells() -> None:
    text = "信息内容\t本年制发件数\t现行有效件数\n规章\t1\t\n行政许可\t5\n行政处罚\t\n文件\t3\t4\n"
    assert rows_of(text) == [
        [
            ["信息内容", "本年制发件数", "现行有效件数"],
            ["规章", "1", ""],
            ["行政许可", "5"],
            ["行政处罚", ""],
            ["文件", "3", "4"],
        ]
    ]


def test_rows_of_wide_gaps_are_rows() -> None:
    text = "信息内容   制发   有效\n规章   1   2\n文件　3　4\n行政许可   5\n三、收到和处理政府信息公开申请情况\n"
    assert rows_of(text) == [[["信息内容", "制发", "有效"], ["规章", "1", "2"], ["文件", "3", "4"], ["行政许可", "5"]]]
    assert paragraphs_of(text) == ["三、收到和处理政府信息公开申请情况"]


def test_a_line_of_numbers_behind_a_label_is_a_row() -> None:
    text = "规章 1 2 3\n文件 4 5 6\n许可 7 8 9\n0 0 0 0 0 0 0\n"
    assert rows_of(text)[0][-1] == ["0"] * 7
    assert rows_of(text)[0][0] == ["规章", "1", "2", "3"]


def test_one_long_row_of_numbers_is_enough() -> None:
    text = "行政复议   行政诉讼\n" + "   ".join("123456789") + "\n"
    assert rows_of(text) == [[["行政复议", "行政诉讼"], list("123456789")]]


def test_prose_with_a_few_numbers_is_no_table() -> None:
    text = "全年   公开   12   条。\n正文。\n"
    assert rows_of(text) == []


def test_a_long_gap_ends_the_rows() -> None:
    rows = "规章   1   2\n文件   3   4\n许可   5   6\n"
    assert len(rows_of(rows + "\n" * 5 + "后记")) == 1
    assert paragraphs_of(rows + "\n" * 5 + "后记") == ["后记"]


def test_a_sentence_ends_the_rows() -> None:
    assert paragraphs_of("规章   1   2\n文件   3   4\n许可   5   6\n注；截至年底\n") == ["注；截至年底"]


def stream(*cells: str) -> str:
    return "\n\n".join(cells) + "\n"


def test_cells_set_apart_by_empty_lines_are_cut_at_labels() -> None:
    text = stream("规章", *"123", "文件", *"456", "许可", *"789")
    assert rows_of(text) == [[["规章", *"123"], ["文件", *"456"], ["许可", *"789"]]]


def test_an_empty_cell_shows_as_a_double_gap() -> None:
    text = "规章\n1\n\n\n3\n文件\n4\n5\n6\n许可\n7\n8\n9\n"
    assert rows_of(text) == [[["规章", "1", "", "", "3"], ["文件", *"456"], ["许可", *"789"]]]


def test_few_numbers_are_no_stream() -> None:
    assert rows_of(stream("规章", "1", "2", "文件", "3")) == []


def test_headings_and_sentences_end_a_stream() -> None:
    cells = stream("规章", *"123", "文件", *"456", "许可", *"789")
    assert paragraphs_of(cells + "四、政府信息公开行政复议、行政诉讼情况\n") == [
        "四、政府信息公开行政复议、行政诉讼情况"
    ]
    assert paragraphs_of(cells + "正文到此为止。\n") == ["正文到此为止。"]


def test_a_heading_with_a_stroke_behind_it_is_a_row_of_a_list() -> None:
    lines = [f"{number}．第{number}项\n件\n{number}" for number in range(1, 10)]
    text = "\n".join((*lines[:4], "二、主动公开情况", "——", "——", *lines[4:]))
    (rows,) = rows_of(text)
    assert rows[4] == ["二、主动公开情况", "——", "——"]
    assert len(rows) == 10


def test_a_unit_begins_no_row() -> None:
    text = "\n".join(f"指标{number}\n0{number}\n人次\n{number}" for number in range(1, 9))
    assert rows_of(text) == [[[f"指标{number}", f"0{number}", "人次", str(number)] for number in range(1, 9)]]


def test_line_ends_of_every_system_are_read() -> None:
    assert rows_of("| a | b | c |\r\n| 规章 | 1 | 2 |\r| 文件 | 3 | 4 |\f") == [
        [["a", "b", "c"], ["规章", "1", "2"], ["文件", "3", "4"]]
    ]


def test_paragraphs_of_a_page_that_hold_a_table_become_one() -> None:
    lines = [f"| 行{number} | {number} | {number} |" for number in range(9)]
    grid = Grid(1, (), 0)
    blocks = tables_in_paragraphs([Paragraph("题", heading=True), *map(Paragraph, lines), grid, Paragraph("后")])
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Grid", "Grid", "Paragraph"]
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].heading
    assert [block.number for block in blocks if isinstance(block, Grid)] == [1, 2]


def test_paragraphs_without_tables_stay_as_they_are() -> None:
    blocks = [Paragraph("a"), Paragraph("12"), Paragraph("| b |")]
    assert tables_in_paragraphs(blocks) == tuple(blocks)
    assert tables_in_paragraphs([Paragraph("a")]) == (Paragraph("a"),)
