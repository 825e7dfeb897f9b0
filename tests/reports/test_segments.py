"""Which rows of a document's grids are taken for a statutory table, and which are left alone."""

from __future__ import annotations

from test_tables import BODY, HEAD, SEVEN, SURE, Rows, codes, html, read, row_of, statuses

from govreports import documents
from govreports.documents.model import Cell, Document, Grid
from govreports.reports import extract
from govreports.reports.explanation import explain

REST: Rows = (("", *SEVEN), ("", *SEVEN))
"""Rows of numbers that have no label, as a page break leaves them."""


def between(words: str, *tables: Rows) -> bytes:
    """Tables with a paragraph between each two."""
    pages = [html(table).decode().partition("<body>")[2].partition("</body>")[0] for table in tables]
    return f'<html><head><meta charset="utf-8"></head><body>{f"<p>{words}</p>".join(pages)}</body></html>'.encode()


# --- what goes on -----------------------------------------------------------------------------------------------------

TOTALLED: Rows = (*HEAD, *BODY, ("（七）总计", *SEVEN))


def test_numbers_without_labels_go_on_with_the_table_before_them() -> None:
    report = read(between("（续上表）", TOTALLED, REST[:1]))
    assert row_of(report, "outcome_total") == SURE
    assert statuses(report, "carried_out") == {"unreadable"}
    assert codes(report) == ["label_missing", "row_unplaced"]


def test_a_few_labels_go_on_with_the_table_before_them_across_other_words() -> None:
    report = read(between("（续上表）", [*HEAD, *BODY], [("1.属于国家秘密", *SEVEN)]))
    assert row_of(report, "refused_state_secret") == SURE
    assert codes(report) == []


def test_nothing_goes_on_behind_the_heading_of_a_section() -> None:
    heading = "五、存在的主要问题及改进情况"
    assert codes(read(between(heading, TOTALLED, REST))) == []
    report = read(between(heading, [*HEAD, *BODY], [("1.属于国家秘密", *SEVEN)]))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "refused_state_secret") == [None] * 7
    assert codes(report) == []


def test_a_table_of_other_words_behind_the_form_is_left_alone() -> None:
    local = [("培训班次", "参加人数"), ("3", "120")]
    assert codes(read(html([*HEAD, *BODY], local))) == []
    assert codes(read(html(local, [*HEAD, *BODY]))) == []


def test_numbers_before_any_table_are_left_alone() -> None:
    report = read(html(REST, [*HEAD, *BODY]))
    assert row_of(report, "granted") == SURE
    assert codes(report) == []


# --- what is enough for a table ---------------------------------------------------------------------------------------


def test_labels_that_only_resemble_the_forms_make_no_table() -> None:
    local = [("涉及国家秘密的", "1"), ("涉及第三方的", "2"), ("作部分公开答复的", "3"), ("转信访部门的", "4")]
    report = read(html(local))
    assert report.forms["requests"] is None


def test_one_label_in_several_words_counts_once() -> None:
    local = [("办事群众", "件数"), ("个人", "1"), ("公民", "2"), ("自然人", "3"), ("其他", "4")]
    report = read(html(local))
    assert report.forms["requests"] is None


def test_titles_of_different_groups_are_labels_like_others() -> None:
    rows = [("（三）不予公开", "1.属于国家秘密", *SEVEN), ("（四）无法提供", "本级", *SEVEN)]
    named = [*rows, ("（五）不予处理", "2.重复申请", *SEVEN)]
    assert read(html(named)).forms["requests"] == "v2021"


def test_column_labels_without_any_row_of_the_form_make_no_table() -> None:
    local = [("文件类别", "本年制发件数", "本年废止件数", "现行有效件数"), ("本级发文", "1", "2", "3")]
    report = read(html(local))
    assert report.forms["proactive"] is None
    assert codes(report) == []


def test_each_grid_says_how_many_labels_of_a_lost_table_it_shows() -> None:
    page = html([*HEAD, *BODY], [("行政许可", "1"), ("行政处罚", "2"), ("行政许可", "3")], [("人数", "4")])
    document = documents.read(page)
    tried = explain(document, extract(document)).tried("proactive", "row", "regulation")
    assert dict(tried.shown) == {1: 0, 2: 2, 3: 0}
    assert tried.needed == 3


# --- cells ------------------------------------------------------------------------------------------------------------


def test_a_cell_that_holds_only_characters_without_width_is_empty() -> None:
    report = read(html([*HEAD, *BODY, ("", *["\u200b"] * 7)]))
    assert codes(report) == []


def test_what_is_said_of_a_cell_names_the_page() -> None:
    rows = tuple(
        tuple(Cell(text, row, column) for column, text in enumerate(cells, 1))
        for row, cells in enumerate([*HEAD, *BODY, ("2.其他法律行政止公开", *SEVEN)], 1)
    )
    grid = Grid(1, rows, 8, page=3)
    report = extract(Document(media_type="application/pdf", sha256="0" * 64, encoding=None, blocks=(grid,)))
    (issue,) = (issue for issue in report.issues if issue.code == "label_inexact")
    assert issue.at is not None
    assert issue.at.to_record() == {"table": 1, "row": 6, "column": 1, "page": 3}
