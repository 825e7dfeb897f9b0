"""What stands there a hundred thousand times is read once, not once from each place where it stands."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from govreports.documents import read
from govreports.middlewares.blocked import blocked_kind
from govreports.spiders.attachments import attachments, lacks_tables
from govreports.spiders.families import FAMILIES
from govreports.spiders.own_title import own_judgement, speaks_of_a_report
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


REPEATED = {
    "digits": "<p>" + "9" * 300_000,
    "digits in lines": "<p>" + "1<br>" * 40_000,
    "digits in cells": "<table><tr>" + "<td>1</td>" * 30_000,
    "pages of pages": "<p>" + "共1/1" * 40_000,
    "brackets": "<table><tr><td>" + "（" * 100_000,
    "tables in tables": "<table><tr><td>规章" * 12_000,
    "links in one line": "<div>" + "".join(f'<a href="/t20240101_{n}.html">{n}号</a>' for n in range(3_000)),
    "folders in an address": f'<a href="/{"gkn" * 60_000}/">政府信息公开工作年度报告</a>',
    "keys without an object": "<script>" + "labelName:" * 30_000 + "</script>",
    "objects in objects": "<script>" + "{labelName:1 " * 30_000 + "</script>",
    "objects without an end": "<script>" + "articleList=[/*" * 20_000 + "</script>",
}
SECONDS = 5
"""Of the processor. Each reader takes less than one for any of them; where the square of the length counted, six to
thousands."""


@pytest.mark.parametrize("repeated", REPEATED.values(), ids=REPEATED)
def test_what_stands_there_many_times_takes_no_more_than_its_length(repeated: str) -> None:
    url = "http://www.a.gov.cn/zwgk/zfxxgknb/"
    body = f"<html><head><title>信息公开年报</title></head><body>{repeated}".encode()

    def response() -> HtmlResponse:
        return HtmlResponse(url, body=body, encoding="utf-8", request=Request(url))

    readers: list[Callable[[], object]] = [
        lambda: read(body),
        lambda: own_judgement(response()),
        *(lambda family=family: FAMILIES[family]().list_page(response()) for family in FAMILIES),
    ]
    for reader in readers:
        begun = time.process_time()
        reader()
        assert time.process_time() - begun < SECONDS
