"""The page that is read in most benchmarks, of the size and dress in which portals send reports, and its record."""

from __future__ import annotations

import re

from govreports.documents import read
from govreports.replica.rendering import Layout, report_html, with_glosses
from govreports.replica.samples import Publisher, sample_reports
from govreports.reports import extract
from govreports.reports.record import encode, to_record

PAGE_BYTES = 110_000
"""The size of a page as portals send it: tables pasted from Word with a style on every element, some menus."""


def page(*, traditional: bool = False) -> bytes:
    """A portal's page with a report that was pasted from Word."""
    publisher = Publisher(name="青石县人民政府办公室", credit_code="11370303004217004C")
    report = sample_reports(1, publishers=[publisher], years=[2023])[0]
    body = report_html(report, Layout(word_paste=True))
    menu = "".join(f'<li class="nav"><a href="/zwgk/{number}/">栏目{number}</a></li>\n' for number in range(60))
    text = (
        '<!doctype html><html><head><meta charset="utf-8"><title>年度报告</title></head><body>'
        f'<ul class="menu">{menu}</ul><div id="zoom">{body}</div></body></html>'
    )
    text = _with_styles(with_glosses(text) if traditional else text)
    return text.encode()


def record_of(body: bytes) -> bytes:
    """What ``govreports extract`` does with one page."""
    document = read(body)
    return encode(to_record(extract(document), document, source="page.html"))


def _with_styles(text: str) -> str:
    """Give paragraphs, cells and spans the style attributes that Word leaves, up to the size of a real page."""
    tags = re.compile(r"<(p|td|span)\b")
    missing = PAGE_BYTES - len(text.encode())
    each = max(0, missing // max(1, len(tags.findall(text))) - len(' style=""'))
    declarations = "font-family: 微软雅黑; line-height: 2; text-align: justify; text-indent: 2em; "
    style = (declarations * (each // len(declarations) + 1))[:each]
    return tags.sub(rf'<\1 style="{style}"', text)
