"""A report as an HTML fragment or as plain text, with the habits of the editors that portals use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Literal

from opencc import OpenCC

from govreports.replica.reports import (
    PrintedCell,
    PrintedTable,
    ReportSpec,
    dispute_table,
    proactive_blocks,
    request_header,
    request_parts,
    request_table,
    sections,
)

TextStyle = Literal["pipes", "lines"]

# A reading in brackets behind the character, as copied pages show it.
_READINGS = {
    "區": "qū", "開": "kāi", "報": "bào", "務": "wù", "號": "hào", "發": "fā", "構": "gòu", "機": "jī",
    "標": "biāo", "題": "tí", "關": "guān", "總": "zǒng", "數": "shù", "規": "guī", "訴": "sù", "訟": "sòng",
    "製": "zhì", "結": "jié", "處": "chù", "無": "wú", "請": "qǐng", "復": "fù", "議": "yì", "證": "zhèng",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How an editor left the tables behind."""

    word_paste: bool = False
    """Nested paragraphs and spans, ``o:p``, line breaks inside labels."""
    nested: bool = False
    """Each table stands in a cell of a layout table."""
    split: bool = False
    """The proactive table is cut after its first clause, the requests table before （五）."""


PLAIN = Layout()


def report_html(report: ReportSpec, layout: Layout = PLAIN) -> str:
    """The report's body as an HTML fragment: title, six sections, the statutory tables."""
    tables: dict[str, list[PrintedTable]] = {
        "二": _proactive(report, layout),
        "三": _requests(report, layout),
        "四": [dispute_table(report)],
    }
    parts = [f'<p style="text-align:center"><strong>{escape(report.title)}</strong></p>']
    for heading, sentences in sections(report):
        parts.append(_paragraph(heading, layout, bold=True))
        parts.extend(_paragraph(sentence, layout) for sentence in sentences)
        parts.extend(_table(table, layout) for table in tables.get(heading[0], ()))
    return "\n".join(parts)


def _proactive(report: ReportSpec, layout: Layout) -> list[PrintedTable]:
    first, *rest = proactive_blocks(report)
    others = tuple(row for block in rest for row in block)
    return [first, others] if layout.split else [(*first, *others)]


def _requests(report: ReportSpec, layout: Layout) -> list[PrintedTable]:
    if not layout.split:
        return [request_table(report)]
    first, second = request_parts(report)
    return [(*request_header(), *first), second]


def _paragraph(text: str, layout: Layout, *, bold: bool = False) -> str:
    inner = f"<strong>{escape(text)}</strong>" if bold else escape(text)
    if layout.word_paste:
        inner = f'<span style="font-family:仿宋_GB2312;font-size:21px">{inner}<o:p></o:p></span>'
    return f'<p style="text-indent:2em">{inner}</p>'


def _table(table: PrintedTable, layout: Layout) -> str:
    rows = "\n".join(f"<tr>{''.join(_cell(cell, layout) for cell in row)}</tr>" for row in table)
    markup = f'<table border="1" cellspacing="0" cellpadding="2"><tbody>\n{rows}\n</tbody></table>'
    if layout.nested:
        return f'<table width="100%" border="0"><tr><td align="center">{markup}</td></tr></table>'
    return markup


def _cell(cell: PrintedCell, layout: Layout) -> str:
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if number > 1
    )
    if not layout.word_paste:
        return f"<td{spans}>{escape(cell.text) or '&nbsp;'}</td>"
    if cell.key is None and len(cell.text) > 3:
        half = len(cell.text) // 2
        first, second = escape(cell.text[:half]), escape(cell.text[half:])
        inner = f"<span>{first}</span>\n<br/><span>{second}</span>"
    else:
        inner = f'<span lang="EN-US">{escape(cell.text) or "&nbsp;"}</span>'
    return f'<td{spans} valign="center"><p class="MsoNormal" align="center">{inner}<o:p></o:p></p></td>'


def report_text(report: ReportSpec, style: TextStyle) -> str:
    """The report as text renderings print it.

    ``pipes``: one table row a line between pipes, every place that a span covers left empty.
    ``lines``: one cell a line with a pipe behind it; spans are lost, and more pipes behind the last cell of a
    row fill it up to the table's width.
    """
    tables = {
        "二": tuple(row for block in proactive_blocks(report) for row in block),
        "三": request_table(report),
        "四": dispute_table(report),
    }
    print_table = _piped if style == "pipes" else _one_cell_a_line
    lines = [report.title, ""]
    for heading, sentences in sections(report):
        lines += [heading, *sentences]
        if table := tables.get(heading[0]):
            lines += [*print_table(table), ""]
    return "\n".join(lines) + "\n"


def _one_cell_a_line(table: PrintedTable) -> Iterator[str]:
    width = sum(cell.column_span for cell in table[0])
    for row in table:
        *first, last = row
        yield from (f"{cell.text} |" for cell in first)
        yield f"{last.text} | {'|' * (width - len(row))}".rstrip()


def _piped(table: PrintedTable) -> Iterator[str]:
    width = sum(cell.column_span for cell in table[0])
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(table):
        texts = [""] * width
        cells = iter(row)
        for column in range(width):
            if (row_number, column) in taken:
                continue
            cell = next(cells)
            texts[column] = cell.text
            taken |= {
                (row_number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
        yield "| " + " | ".join(texts) + " |"


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def with_glosses(page: str) -> str:
    """A page in Traditional characters, every second one of a small set with its reading in brackets."""
    converted: str = _to_traditional().convert(page)
    seen = 0

    def gloss(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return f"{match[0]}({_READINGS[match[0]]})" if seen % 2 else match[0]

    characters = re.compile("[" + "".join(_READINGS) + "]")
    # Glosses stand in running text only, not in attributes.
    return re.sub(r"(?<=>)[^<]+(?=<)", lambda text: characters.sub(gloss, text[0]), converted)
