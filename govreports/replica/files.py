"""Files that hang on an article: how portals link to them, and reports of our own as Word documents."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from govreports.replica.reports import (
    PrintedTable,
    ReportSpec,
    dispute_table,
    proactive_blocks,
    request_table,
    sections,
)

if TYPE_CHECKING:
    from docx.document import Document

Shown = Literal["editor_link", "download_link", "script", "viewer", "embed", "picture"]

_MARKUP: dict[Shown, str] = {
    "editor_link": '<p class="insertfileTag"><a href="{address}">{name}</a></p>',
    "download_link": '<p>附件：<a href="{address}" download="{name}">点击下载</a></p>',
    "script": "<script>var appLinkStr='{address}|{name}';</script>",
    "viewer": '<iframe src="/pdfjs/web/viewer.html?file={address}" title="{name}"></iframe>',
    "embed": '<embed src="{address}" type="application/pdf">',
    "picture": '<p style="text-align:center"><img src="{address}" alt=""></p>',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file beside an article. ``address`` is as the article prints it, ``name`` what people see."""

    address: str
    name: str
    body: bytes
    content_type: str = "application/octet-stream"
    shown: Shown = "editor_link"

    def markup(self) -> str:
        """How the article refers to it."""
        return _MARKUP[self.shown].format(address=escape(self.address), name=escape(self.name))


def report_docx(report: ReportSpec) -> bytes:
    """The report as a Word document: title, six sections, the statutory tables with their merged cells.

    Needs the extra ``govreports[documents]``.
    """
    # The demo's portals publish pages only and do without the extra.
    import docx

    document = docx.Document()
    document.add_paragraph(report.title)
    tables = {
        "二": tuple(row for block in proactive_blocks(report) for row in block),
        "三": request_table(report),
        "四": dispute_table(report),
    }
    for heading, sentences in sections(report):
        for text in (heading, *sentences):
            document.add_paragraph(text)
        if table := tables.get(heading[0]):
            _add_table(document, table)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_table(document: Document, printed: PrintedTable) -> None:
    width = sum(cell.column_span for cell in printed[0])
    table = document.add_table(rows=len(printed), cols=width)
    # Taken once: each look-up of a cell walks the whole table.
    places = [list(row.cells) for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(printed):
        cells = iter(row)
        for column in range(width):
            if (row_number, column) in taken:
                continue
            cell = next(cells)
            place = places[row_number][column]
            if (cell.row_span, cell.column_span) != (1, 1):
                place = place.merge(places[row_number + cell.row_span - 1][column + cell.column_span - 1])
            place.text = cell.text
            taken |= {
                (row_number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
