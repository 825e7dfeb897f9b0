"""Lists of indicators for tests: small documents that hold one, and what was read of them by its labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from govreports import documents
from govreports.documents.model import Cell, Document, Grid, Paragraph
from govreports.reports import Report, extract

REQUESTS = (
    "三、依申请公开情况 | —— | ——",
    "（一）收到申请数 | 件 | 6",
    "1．当面申请数 | 件 | 1",
    "2．传真申请数 | 件 | 0",
    "3．网络申请数 | 件 | 3",
    "4．信函申请数 | 件 | 2",
)
REQUEST_VALUES = {
    ("requests_received", "value"): 6,
    ("received_in_person", "value"): 1,
    ("received_fax", "value"): 0,
    ("received_online", "value"): 3,
    ("received_letter", "value"): 2,
}
HEAD = "统计指标 | 单位 | 统计数"
OF_TABLES = ("form_undecided", "indicator_column", "rows_absent")
"""Issues that are said of a whole table."""


def report_of(*rows: str, title: str = "青禾县人民政府2015年政府信息公开工作年度报告") -> Report:
    """A page with one table: cells with bars between, ``3x2:`` in front of one that spans 3 rows and 2 columns."""
    body = "".join(f"<tr>{''.join(_cell(cell.strip()) for cell in row.split('|'))}</tr>" for row in rows)
    return extract(documents.read(f"<html><body><h1>{title}</h1><table>{body}</table></body></html>".encode()))


def _cell(text: str) -> str:
    spans, found, words = text.partition(":")
    if found and spans.replace("x", "").isdigit():
        rows, columns = spans.split("x")
        return f"<td rowspan={rows} colspan={columns}>{words}</td>"
    return f"<td>{text}</td>"


def values(report: Report) -> dict[tuple[str, str], Any]:
    """What was read, by row and column: labels instead of the codes of what no form has; absent cells left out."""
    found: dict[tuple[str, str], Any] = {}
    for fact in report.facts:
        if fact.status == "absent":
            continue
        local = fact.local
        row = "/".join((*local.path, local.row)) if local is not None and local.row is not None else fact.row
        column = local.column if local is not None and local.column is not None else fact.column
        found[row, column] = fact.value if fact.value is not None else fact.status
    return found


def codes(report: Report) -> list[str]:
    """The codes of the issues but for the one that says what a short list leaves out; each is said of a place."""
    for issue in report.issues:
        assert isinstance(issue.message, str), issue
        assert "None" not in issue.message, issue
        assert issue.severity in ("info", "warning", "error"), issue
        assert issue.at is not None, issue
        assert issue.at.table is not None, issue
        assert issue.at.row is not None or issue.code in OF_TABLES, issue
        assert issue.at.column is not None or issue.code in (*OF_TABLES, "row_unplaced"), issue
    return [issue.code for issue in report.issues if issue.code != "rows_absent"]


def grid(rows: Sequence[Sequence[str]], *, number: int = 1, page: int | None = None, spans: bool = True) -> Grid:
    cells = tuple(
        tuple(Cell(text, row, column) for column, text in enumerate(texts, 1)) for row, texts in enumerate(rows, 1)
    )
    return Grid(number, cells, max(map(len, rows)), spans, page)


def read_grids(*grids: Grid) -> Report:
    title = Paragraph("青禾县人民政府2015年政府信息公开工作年度报告", heading=True)
    return extract(Document("application/pdf", "0" * 64, None, (title, *grids)))


def split(rows: Iterable[str]) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in rows]
