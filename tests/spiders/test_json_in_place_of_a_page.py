"""An answer in JSON where a page was asked for has no elements, and is no error either."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, JsonResponse

from govreports.spiders.families import FAMILIES
from govreports.spiders.own_title import own_judgement, report_title

URL = "http://www.a.gov.cn/zwgk/zfxxgknb/"
ANSWER = JsonResponse(URL, body=b'{"data": [{"title": "x"}]}', request=Request(URL))

CALLED = (
    "/gkmlpt/api/all/1",
    f"/common/search/{'a' * 32}",
    "/api-gateway/jpaas-publish-server/front/page/build/unit",
    "/module/web/jpage/dataproxy.jsp",
)
"""Addresses that scripts of the families call."""


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_lists_nothing_of_it(family: str) -> None:
    assert FAMILIES[family]().list_page(ANSWER).items == ()
    assert FAMILIES[family]().beside_document(ANSWER).items == ()


def test_it_has_no_title_of_its_own() -> None:
    assert (own_judgement(ANSWER), report_title(ANSWER)) == (None, None)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", [JsonResponse, HtmlResponse])
def test_an_answer_nested_without_end_lists_nothing(family: str, kind: type[JsonResponse] | type[HtmlResponse]) -> None:
    for path in CALLED:
        for nested in (b"[", b'{"a":'):
            url = f"http://www.a.gov.cn{path}"
            answer = kind(url, body=nested * 100_000, encoding="utf-8", request=Request(url))
            assert FAMILIES[family]().list_page(answer).items == ()
