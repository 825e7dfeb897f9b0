"""The hanweb_jpaas family against its replica portal over HTTP, and what it reads from pages and answers."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy import Request
from scrapy.http import HtmlResponse, JsonResponse

from govreports.spiders.families.hanweb import HanwebJpaas
from govreports.spiders.families.hanweb_jpaas import query_data
from govreports.spiders.listing import Listing

COLUMN = "http://www.a.gov.cn/col/col55714/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
TITLE = "某区2023年政府信息公开工作年度报告"
ROW = f'<li><a href="/art/2024/art_{{}}.html" title="{TITLE}">某区…</a><span>2024-01-30</span></li>'


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(["hanweb_jpaas"], tmp_path_factory.mktemp("jpaas"), second_page=r"/build/unit$", after=1)


@pytest.mark.parametrize("name", ["hanweb_jpaas", "hanweb_jpaas_home"])
def test_exactly_the_reports_are_had_from_the_column_and_from_the_home_page(name: str, crawls: FamilyCrawls) -> None:
    crawls.assert_whole(name)


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_paging_that_goes_wrong_makes_the_crawl_partial(fault: str, crawls: FamilyCrawls) -> None:
    crawls.assert_partial(fault, "page 2 of")


# What single pages say.


def _column(*queries: str) -> Listing:
    units = "".join(f'<script url="{UNIT}" queryData="{query}"></script>' for query in queries)
    page = f"<html><body>{units}</body></html>"
    return HanwebJpaas().list_page(HtmlResponse(COLUMN, body=page.encode(), encoding="utf-8"))


def _answer(content: object, page: int = 1) -> Listing:
    turn = f"&paramJson=%7B%22pageNo%22%3A{page}%7D" if page > 1 else ""
    request = Request(f"http://www.a.gov.cn{UNIT}?webId=w&pageId=55714{turn}", headers={"Referer": COLUMN})
    return HanwebJpaas().list_page(JsonResponse(request.url, body=json.dumps(content).encode(), request=request))


def _html(text: str) -> dict[str, object]:
    return {"success": True, "data": {"html": text}}


@pytest.mark.parametrize(
    "text", ["{'webId':'w','pageId':'5','tplSetId':7}", '{"webId": "w", "pageId": "5", "tplSetId": 7}']
)
def test_the_query_is_read_in_single_and_double_quotes(text: str) -> None:
    assert query_data(text) == {"webId": "w", "pageId": "5", "tplSetId": "7"}


def test_the_list_among_the_units_is_called_with_the_page_as_referer() -> None:
    (call,) = _column("{'pageId':'5','tagId':'导航栏'}", "{'pageId':'5','tagId':'信息列表'}").lists
    assert isinstance(call, Request)
    assert parse_qs(urlsplit(call.url).query) == {"pageId": ["5"], "tagId": ["信息列表"]}
    assert call.headers["Referer"] == COLUMN.encode()


def test_every_unit_is_called_where_none_is_named_a_list() -> None:
    assert len(_column("{'pageId':'5','tagId':'a'}", "{'pageId':'5','tagId':'b'}").lists) == 2


def test_a_query_that_cannot_be_read_is_told() -> None:
    assert "cannot be read" in (_column("pageId").gap or "")


@pytest.mark.parametrize(
    "pager",
    [
        '<div class="pagination" rows="15" count="32" pageNo="1"></div>',
        "<div class=\"pager\" queryData=\"{'rows':'15','count':'32','pageNo':'1'}\"></div>",
    ],
)
def test_further_pages_are_asked_for_inside_param_json(pager: str) -> None:
    rows = "".join(ROW.format(f"{n:032x}") for n in range(15))
    listing = _answer(_html(f'<div class="page-content"><ul>{rows}</ul></div>{pager}'))
    assert (len(listing.items), listing.items_claimed) == (15, 32)
    assert (listing.items[0].title, listing.items[0].listed_on) == (TITLE, "2024-01-30")
    assert listing.plan is not None
    assert listing.plan.last == 3
    (call,) = listing.plan.candidates(3)
    assert isinstance(call, Request)
    assert json.loads(parse_qs(urlsplit(call.url).query)["paramJson"][0]) == {"pageNo": 3, "pageSize": 15}
    assert call.headers["Referer"] == COLUMN.encode()


def test_an_answer_without_a_list_is_told_with_its_message() -> None:
    gap = _answer({"success": False, "message": "page not found"}).gap
    assert gap == f"a unit of {COLUMN} answers with the message “page not found” in place of a list"


def test_an_answer_that_is_no_json_is_told() -> None:
    request = Request(f"http://www.a.gov.cn{UNIT}?webId=w", headers={"Referer": COLUMN})
    listing = HanwebJpaas().list_page(HtmlResponse(request.url, body=b"<html></html>", request=request))
    assert "something else than JSON" in (listing.gap or "")
