"""The ucap family against its replica portals over HTTP, and what it reads from pages and search answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from crawling import Crawled
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy import Request
from scrapy.http import HtmlResponse, JsonResponse

from govreports.replica.faults import Fault
from govreports.replica.server import ReplicaServer
from govreports.spiders.families.ucap import Ucap
from govreports.spiders.listing import Listing

Run = Callable[..., Crawled]

NAMES = ["ucap_json", "ucap_years", "ucap_static"]
COLUMN = "https://www.a.gov.cn/a/xxgknb2024n/zfxxgk_gknbz.shtml"
CHANNEL = "db9694580ad74929979e1981b8c534f9"
ARTICLE = "/a/c100122/202401/0123456789abcdef0123456789abcde{}.shtml"
TITLE = "某县2023年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("ucap"), second_page="/common/search/", after=1)


@pytest.fixture(scope="module")
def static_crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(["ucap_static"], tmp_path_factory.mktemp("static"), second_page=r"/list_\d+\.shtml")


@pytest.mark.parametrize("name", [start for name in NAMES for start in (name, f"{name}_home")])
def test_exactly_the_reports_are_had_from_the_column_and_from_the_home_page(name: str, crawls: FamilyCrawls) -> None:
    crawls.assert_whole(name)


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_a_search_that_goes_wrong_makes_the_crawl_partial(fault: str, crawls: FamilyCrawls) -> None:
    crawls.assert_partial(fault, "page 2 of")


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_static_paging_that_goes_wrong_makes_the_crawl_partial(fault: str, static_crawls: FamilyCrawls) -> None:
    static_crawls.assert_partial(fault, "page 2 of")


def test_the_metadata_of_the_search_is_kept(crawls: FamilyCrawls) -> None:
    for report in crawls.portals["ucap_json"].reports:
        (page,) = [page for page in crawls.crawled["ucap_json"].pages if page["listed_title"] == report.title]
        stated = {"索引号": report.index_number, "文号": report.document_number, "发文日期": report.issued_on}
        stated |= {"发布日期": report.published_on, "来源": report.publisher}
        assert page["listed_metadata"] == {label: value for label, value in stated.items() if value}
        assert page["listed_on"] == report.published_on


def test_a_report_whose_page_is_gone_is_told_with_what_the_list_still_holds(run: Run) -> None:
    with ReplicaServer(["ucap_json"]) as server:
        portal = server.portal("ucap_json")
        portal.fault = Fault(kind="not_found", paths=portal.article_path(portal.items[0]))
        crawled = run("crawl", "column", "-a", f"url={server.url('ucap_json')}", hosts=server.hosts)
    assert (crawled.code, len(crawled.pages)) == (1, len(portal.reports) - 1)
    assert (
        "answers 404 (the list carries its text, which is no page as published and was not taken)" in crawled.last_line
    )


# What single pages say.


def _page(body: str, url: str = COLUMN, head: str = "") -> Listing:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return Ucap().list_page(HtmlResponse(url, body=page.encode(), encoding="utf-8"))


def _answer(content: Any, page: int = 1) -> Listing:
    url = f"https://www.a.gov.cn/common/search/{CHANNEL}?_isJson=true&_pageSize=100&page={page}"
    request = Request(url, headers={"Referer": COLUMN})
    return Ucap().list_page(JsonResponse(url, body=json.dumps(content).encode(), request=request))


def _result(**fields: Any) -> dict[str, Any]:
    return {
        "title": f"{TITLE[:4]}<em>{TITLE[4:]}</em>",
        "url": f"//www.a.gov.cn{ARTICLE.format(1)}",
        "publishedTimeStr": "2024-01-24 17:18:00",
        **fields,
    }


@pytest.mark.parametrize(
    ("head", "body", "address"),
    [
        (f'<meta name="channelId" content="{CHANNEL}">', "", "/common/search/"),
        (f"<META content='{CHANNEL}' name='ChannelID'>", "<ul></ul>", "/common/search/"),
        ("", f"<script>var channelId = '{CHANNEL}';</script>", "/common/search/"),
        ("", f"<script>$.get('/common/search/{CHANNEL}?_isJson=true')</script>", "/common/search/"),
        ("", f"<script>$.get('/search/{CHANNEL}')</script>", "/search/"),
    ],
)
def test_a_page_without_rows_calls_the_search_of_its_channel(head: str, body: str, address: str) -> None:
    (call,) = _page(body, head=head).lists
    assert isinstance(call, Request)
    assert call.url.startswith(f"https://www.a.gov.cn{address}{CHANNEL}?")
    query = parse_qs(urlsplit(call.url).query)
    assert (query["_isJson"], query["page"]) == (["true"], ["1"])


def test_results_are_read_with_their_metadata_under_the_usual_labels() -> None:
    pairs = [
        {"key": "indexnumber", "value": "0100/2024-1"},
        {"key": "refno", "value": ""},
        {"key": "theme", "value": "综合政务"},
        {"key": "validity", "value": "有效"},
    ]
    listing = _answer({"data": {"total": 1, "results": [_result(domainMetaList=[{"resultList": pairs}])]}})
    (item,) = listing.items
    assert (item.title, item.listed_on, item.url) == (TITLE, "2024-01-24", f"https://www.a.gov.cn{ARTICLE.format(1)}")
    assert item.metadata == {"索引号": "0100/2024-1", "主题分类": "综合政务", "validity": "有效"}
    assert (listing.items_claimed, listing.plan, item.without_page) == (1, None, None)


def test_the_page_size_is_what_the_host_gives_not_what_was_asked_for() -> None:
    results = [_result(url=f"http://www.a.gov.cn{ARTICLE.format(n)}") for n in range(8)]
    plan = _answer({"data": {"total": 20, "rows": 100, "results": results}}).plan
    assert plan is not None
    assert plan.last == 3
    (call,) = plan.candidates(2)
    assert isinstance(call, Request)
    assert parse_qs(urlsplit(call.url).query)["page"] == ["2"]
    assert call.headers["Referer"] == COLUMN.encode()


@pytest.mark.parametrize("content", [{"data": None}, {"code": 500}, [], {"data": {"results": "x"}}])
def test_an_answer_without_results_is_told(content: Any) -> None:
    assert _answer(content).gap == f"the search of {COLUMN} answers without results that can be read"


def test_results_without_address_are_told() -> None:
    listing = _answer({"data": {"total": 2, "results": [_result(), _result(url="")]}})
    assert listing.gap == f"1 rows of the search of {COLUMN} carry no address"


ROW = f'<ul><li><a href="{ARTICLE.format(1)}" title="{TITLE}">{TITLE[:6]}…</a><span>2024-01-24</span></li></ul>'


@pytest.mark.parametrize(
    ("url", "pager", "second", "items"),
    [
        (
            "/a/c100122/list.shtml",
            "<script>createPageHTML('page-div',3, 1,'list','shtml',27);</script>",
            "list_2.shtml",
            27,
        ),
        ("/a/c100122/xxgk_list.shtml", "<div>共3页</div>", "xxgk_list_2.shtml", None),
        ("/a/c100122/", "<div>共3页 共27条</div>", "list_2.shtml", 27),
    ],
)
def test_static_lists_go_on_at_page_2(url: str, pager: str, second: str, items: int | None) -> None:
    listing = _page(ROW + pager, f"https://www.a.gov.cn{url}", head=f'<meta name="channelId" content="{CHANNEL}">')
    assert [(item.title, item.listed_on) for item in listing.items] == [(TITLE, "2024-01-24")]
    assert (listing.lists, listing.items_claimed) == ((), items)
    assert listing.plan is not None
    assert listing.plan.last == 3
    assert listing.plan.candidates(2)[0] == f"https://www.a.gov.cn/a/c100122/{second}"


def test_a_directory_a_year_is_a_column_a_year() -> None:
    body = '<a href="/a/c2024niandu5/">2024年</a><a href="/b/c2024dt/">2024年</a>'
    columns = _page(body, "https://www.a.gov.cn/a/c2025niandu5/").columns
    assert [(link.url, link.year) for link in columns] == [("https://www.a.gov.cn/a/c2024niandu5/", 2024)]


def test_years_beside_an_annual_report_column_are_columns_whatever_their_template() -> None:
    body = '<a href="/a/xxgknb2023n/zfxxgk_gknbz.shtml">2023年</a><a href="/a/zwdt/list.shtml">政务动态</a>'
    assert [(link.url, link.year) for link in _page(body).columns] == [
        ("https://www.a.gov.cn/a/xxgknb2023n/zfxxgk_gknbz.shtml", 2023)
    ]
