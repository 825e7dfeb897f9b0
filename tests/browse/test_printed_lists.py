"""A list of indicators on the page of its report: as the form prints it, with what the body added."""

from __future__ import annotations

from pathlib import Path

from govreports import documents
from govreports.browse.printed import Head, PrintedTable, Value, failing_cells, owed, print_tables
from govreports.replica.earlier import earlier_report, page
from govreports.reports import Report, extract
from govreports.reports.forms import TABLES

EARLIER = Path(__file__).parents[1] / "reports" / "earlier"
DOCUMENTS = dict.fromkeys(TABLES, 1)


def printed(report: Report) -> PrintedTable:
    (table,) = owed(print_tables(report, DOCUMENTS, failing=failing_cells(report.checks)))
    return table


def of_document(name: str) -> Report:
    return extract(documents.read((EARLIER / name).read_bytes()))


def row(table: PrintedTable, label: str) -> list[str]:
    (found,) = [row for row in table.rows if label in row[0].text]
    return [cell.text for cell in found[1:]]


def test_a_report_with_a_list_shows_it_and_no_other_table() -> None:
    table = printed(of_document("inserted_lines.html"))
    assert (table.code, table.edition) == ("indicators", "s2014")
    assert row(table, "制发规范性文件总数") == ["12"]
    assert isinstance(table.rows[1][0], Head)
    assert table.rows[1][0].text == "一 主动公开情况"


def test_rows_of_the_body_s_own_stand_behind_the_form_s() -> None:
    table = printed(of_document("inserted_lines.html"))
    assert row(table, "重点领域公开政府信息数 › 审计信息") == ["24"]
    assert [cell.text for cell in table.rows[-6 - 1]] == ["自行增设的指标"]


def test_every_column_of_figures_has_its_head() -> None:
    table = printed(of_document("several_columns.html"))
    assert [cell.text for cell in table.rows[0]] == [
        *("统计指标", "统计数", "区政府统计数", "区直单位统计数", "乡镇街道统计数")
    ]
    assert row(table, "接受培训人员数") == ["", "65", "165", "265"]


def test_every_row_is_as_wide_as_the_head() -> None:
    for name in ("inserted_lines.html", "several_columns.html"):
        table = printed(of_document(name))
        assert {sum(cell.colspan for cell in row) for row in table.rows} == {len(table.rows[0])}


def test_a_sum_that_fails_is_marked_and_a_figure_leads_to_its_cell() -> None:
    report = extract(documents.read(page(earlier_report("s2014", {("review_total", "value"): "7"}, year=2016))))
    marked = [cell for row in printed(report).rows for cell in row if isinstance(cell, Value) and cell.failed]
    assert [(cell.text, cell.href) for cell in marked] == [("7", "/-/archived/1#t1r46c3")]


def test_a_column_of_the_body_s_own_has_its_word() -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>件</td><td>1</td><td>2</td></tr>"
        for label in ("收到申请数", "当面申请数", "传真申请数", "网络申请数", "信函申请数")
    )
    head = "<tr><td>统计指标</td><td>单位</td><td>统计数</td><td>开发区</td></tr>"
    report = extract(documents.read(f"<html><body><table>{head}{rows}</table></body></html>".encode()))
    table = printed(report)
    assert [cell.text for cell in table.rows[0]] == ["统计指标", "统计数", "开发区"]
    assert row(table, "当面申请数") == ["1", "2"]


def test_a_later_report_owes_the_statutory_tables() -> None:
    report = extract(documents.read(b"<html><body><p>x</p></body></html>"))
    assert [table.code for table in owed(print_tables(report, DOCUMENTS))] == ["proactive", "requests", "disputes"]
