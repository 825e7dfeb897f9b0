"""An answer in JSON where a page was asked for has no elements, and is no error either."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import JsonResponse

from govreports.spiders.families import FAMILIES
from govreports.spiders.own_title import own_judgement, report_title

URL = "http://www.a.gov.cn/zwgk/zfxxgknb/"
ANSWER = JsonResponse(URL, body=b'{"data": [{"title": "x"}]}', request=Request(URL))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_lists_nothing_of_it(family: str) -> None:
    assert FAMILIES[family]().list_page(ANSWER).items == ()
    assert FAMILIES[family]().beside_document(ANSWER).items == ()


def test_it_has_no_title_of_its_own() -> None:
    assert (own_judgement(ANSWER), report_title(ANSWER)) == (None, None)
