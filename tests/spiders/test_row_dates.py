"""The date of a listed report is the one that its own row prints."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import HtmlResponse

from govreports.spiders.links import anchors, row_date

FILES = "".join(f'<a href="{name}">{name}</a>' for name in ("a.pdf", "a.docx", "a.xls"))


def dates(body: str) -> list[str | None]:
    """The date of each link of a list page."""
    url = "http://www.a.gov.cn/zwgk/zfxxgknb/"
    page = HtmlResponse(url, body=f"<html><body>{body}</body></html>", encoding="utf-8", request=Request(url))
    return [row_date(anchor) for anchor in anchors(page)]


def test_a_row_with_the_report_and_its_files_is_one_row() -> None:
    assert dates(f'<div><a href="t1.html">年报</a>{FILES} 2024-01-31</div>') == ["2024-01-31"] * 4


def test_marks_that_lead_nowhere_are_no_links_of_a_row() -> None:
    assert dates(f'<div><a name="top"></a><a href="t1.html">年报</a>{FILES} 2024-01-31</div>') == ["2024-01-31"] * 4


def test_a_whole_list_has_no_date_for_its_items() -> None:
    items = "".join(f'<a href="t{number}.html">年报{number}</a>' for number in range(6))
    assert dates(f"<div>{items} 2024-01-31</div>") == [None] * 6
