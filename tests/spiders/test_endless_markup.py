"""What is opened a hundred thousand times and never closed is read once, not once from each beginning."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from govreports.documents import read
from govreports.middlewares.blocked import blocked_kind
from govreports.spiders.attachments import attachments, lacks_tables
from govreports.spiders.families import FAMILIES
from govreports.spiders.own_title import speaks_of_a_report
from govreports.spiders.script_redirect import script_redirect
from govreports.spiders.script_values import scripts_of

MANY = 100_000
OPENINGS = ["<", "<a ", "<!--", "<script", "<script>", "<style>", "<pre", "<pre>", "<record>", "<![CDATA[", "/*", "\n"]


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_page_of_openings_is_read(opening: str) -> None:
    url = "http://www.a.gov.cn/zwgk/t20240101_1.html"
    body = f"<html><datastore><script>{opening * MANY}".encode()
    response = HtmlResponse(url, body=body, encoding="utf-8", request=Request(url))
    assert blocked_kind(response) is None
    assert script_redirect(response) is None
    assert lacks_tables(response)
    assert attachments(response, year=2023) == ()
    assert not speaks_of_a_report(response)
    assert len(scripts_of(response)) <= 2
    read(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_list_of_openings_lists_nothing(family: str) -> None:
    url = "http://www.a.gov.cn/zwgk/zfxxgknb/"
    for opening in ("<", "<!--", "<record>", "/*"):
        body = f"<html><script>{opening * MANY}".encode()
        listing = FAMILIES[family]().list_page(HtmlResponse(url, body=body, encoding="utf-8", request=Request(url)))
        assert listing.items == ()
