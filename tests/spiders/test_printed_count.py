"""Counts that lists print of themselves."""

from __future__ import annotations

import re

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from govreports.spiders.families import FAMILIES
from govreports.spiders.printed_count import count_found, printed_count

URL = "http://www.a.gov.cn/zwgk/zfxxgknb/"
ROW = '<li><a href="./202401/t20240130_1.html">某区2023年政府信息公开工作年度报告</a></li>'


def test_the_first_spelling_that_stands_there_is_the_count() -> None:
    assert printed_count(None, "", " 12 ", "13") == 12
    assert printed_count(7) == 7
    assert count_found(re.search(r"共(\d+)条|(\d+)篇", "5篇")) == 5


@pytest.mark.parametrize("text", ["", "x", "-3", "²", "1.5", "True", "9" * 8, "9" * 5000])
def test_what_is_no_count_of_a_list_is_none(text: str) -> None:
    assert printed_count(text) is None


def test_nothing_found_is_no_count() -> None:
    assert (count_found(None), printed_count(None)) == (None, None)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("many", ["9" * 30, "9" * 5000, "²"], ids=["30 digits", "5000 digits", "superscript"])
def test_no_family_takes_a_run_of_digits_for_a_claim(family: str, many: str) -> None:
    claims = (
        f"共{many}条 共{many}页 1/{many}页 <totalrecord>{many}</totalrecord>"
        f"<script>var countPage={many};var dataCount='{many}';totalRecord:{many};perPage:{many};pageCount:{many},"
        f"total:{many};createPageHTML({many}, 0, 'index', 'html', {many});m_nPageSize = {many};m_nRecordCount = {many}"
        f"</script><div class='pagination' rows='{many}' count='{many}'></div><span class='p_t'>{many}/{many}</span>"
    )
    page = f"<html><body><ul>{ROW}</ul>{claims}</body></html>"
    listing = FAMILIES[family]().list_page(
        HtmlResponse(URL, body=page.encode(), encoding="utf-8", request=Request(URL))
    )
    assert listing.items_claimed is None
