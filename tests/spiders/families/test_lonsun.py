"""The lonsun family against its replica portals over HTTP, and what it reads from single pages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from crawling import Crawled
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy import Request
from scrapy.http import HtmlResponse

from govreports.replica.server import ReplicaServer
from govreports.spiders.families.lonsun import Lonsun
from govreports.spiders.listing import Listing

NAMES = ["lonsun_list", "lonsun_post", "lonsun_inline"]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("lonsun"), second_page="/site/label/", after=1)


@pytest.mark.parametrize("name", [start for name in NAMES for start in (name, f"{name}_home")])
def test_exactly_the_reports_are_had_from_the_column_and_from_the_home_page(name: str, crawls: FamilyCrawls) -> None:
    crawls.assert_whole(name)


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_paging_that_goes_wrong_makes_the_crawl_partial(fault: str, crawls: FamilyCrawls) -> None:
    crawls.assert_partial(fault, "page 2 of")


def test_the_family_is_found_from_the_home_page(run: Callable[..., Crawled]) -> None:
    with ReplicaServer([NAMES[0]]) as server:
        crawled = run("crawl", "column", "-a", f"url={server.home(NAMES[0])}", hosts=server.hosts)
        assert crawled.titles == sorted(report.title for report in server.portal(NAMES[0]).reports)
    assert crawled.code == 0, crawled.last_line


def test_a_year_is_had_once_whatever_address_leads_to_it(crawls: FamilyCrawls) -> None:
    pages = crawls.crawled["lonsun_inline"].pages
    assert len({page["url"] for page in pages}) == len(pages) == 5


PAGE = "http://www.a.gov.cn/openness/public/column/7011?type=3&action=list"


def _page(body: str, url: str = PAGE) -> Listing:
    return Lonsun().list_page(HtmlResponse(url, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8"))


def _fragment(rows: str, request: Request) -> Listing:
    return Lonsun().list_page(HtmlResponse(request.url, body=rows.encode(), encoding="utf-8", request=request))


def _call(listing: Listing) -> Request:
    (call,) = listing.lists
    assert isinstance(call, Request)
    return call


def test_the_call_is_made_with_the_pages_own_file_and_site() -> None:
    script = """<script>
    Ls.ajax({data: {labelName: 'columnTree', siteId: '1'}});
    Ls.pagination({data: {labelName: "publicInfoList", siteId: 49631471, isDate: true, organId: orgId,
        file: '/xxgk/publicInfoList_newest2020', pageIndex: page || 1}});</script>"""
    call = _call(_page(script))
    query = {key: value[0] for key, value in parse_qs(urlsplit(call.url).query).items()}
    assert call.method == "GET"
    assert urlsplit(call.url).path == "/openness/site/label/8888"
    assert query == {
        "IsAjax": "1",
        "dataType": "html",
        "labelName": "publicInfoList",
        "siteId": "49631471",
        "file": "/xxgk/publicInfoList_newest2020",
        "isDate": "true",
        "action": "list",
        "organId": "7011",
        "type": "3",
        "pageSize": "15",
        "pageIndex": "1",
    }


def test_a_script_that_posts_a_query_is_followed_in_that() -> None:
    script = """<script>$.ajax({type: "POST", url: "/site/label/8888?IsAjax=1&dataType=html",
        data: "siteId=4704161&pageSize=20&organId=33&type=3&labelName=publicInfoList&file=/xs/list-xs"});</script>"""
    call = _call(_page(script))
    form = parse_qs(call.body.decode())
    assert (call.method, call.url) == ("POST", "http://www.a.gov.cn/site/label/8888?IsAjax=1&dataType=html")
    assert (form["siteId"], form["file"], form["pageIndex"]) == (["4704161"], ["/xs/list-xs"], ["1"])


ROWS = """<ul><li class="odd">
<a class="left" href="/public/7011/8959644.html" title="某局2023年政府信息公开工作年度报告">
<span>某局2023年…</span></a><span class="right date">2024-01-29</span></li></ul>
<script>Ls.pagination({pageCount: 4, total: 47});</script>"""
LABEL = "http://www.a.gov.cn/site/label/8888?labelName=publicInfoList&organId=7011&pageIndex=1"


def test_a_fragment_says_its_rows_pages_and_total() -> None:
    listing = _fragment(ROWS, Request(LABEL, headers={"Referer": PAGE}))
    (item,) = listing.items
    assert (item.title, item.listed_on) == ("某局2023年政府信息公开工作年度报告", "2024-01-29")
    assert listing.plan is not None
    assert (listing.items_claimed, listing.plan.last) == (47, 4)
    (third,) = listing.plan.candidates(3)
    assert isinstance(third, Request)
    assert third.url == LABEL.replace("pageIndex=1", "pageIndex=3")


def test_an_empty_answer_to_a_query_is_asked_for_by_form() -> None:
    call = _call(_fragment("<div>暂无相关信息</div>", Request(LABEL, headers={"Referer": PAGE})))
    assert (call.method, call.body) == ("POST", b"labelName=publicInfoList&organId=7011&pageIndex=1")
    assert _fragment("<div>暂无相关信息</div>", call).lists == ()


YEAR = "http://www.a.gov.cn/public/column/16551?type=3&nav=5&sub=3&timeFrame=2021&hasContent=true"
REPORT = (
    f'<h1 class="wztit">某区2021年政府信息公开工作年度报告</h1><div class="j-fontContent">{"情况说明。" * 40}</div>'
)


def test_a_years_page_is_the_report_and_leads_to_the_other_years() -> None:
    links = """<a href="?type=3&timeFrame=2022&hasContent=true">2022年</a><a href="?timeFrame=2021&type=3">2021年</a>
    <a href="?type=3&timeFrame=2020&hasContent=false">2020年</a>"""
    listing = _page(links + REPORT, YEAR)
    assert listing.inline is not None
    assert (listing.inline.url, listing.inline.title) == (YEAR, "某区2021年政府信息公开工作年度报告")
    assert [link.url for link in listing.columns if link.year] == [YEAR.replace("2021", "2022")]


def test_a_year_without_content_is_no_report() -> None:
    assert _page('<div class="j-fontContent">暂无相关信息</div>', YEAR).inline is None


def test_from_another_type_of_page_the_organs_reports_are_one_step() -> None:
    listing = _page("<div>指南</div>", "http://www.a.gov.cn/public/column/16551?type=2")
    assert [link.url for link in listing.columns] == ["http://www.a.gov.cn/public/column/16551?type=3&action=list"]


def test_organs_that_the_page_links_with_type_3_are_columns() -> None:
    body = '<a href="/public/column/9?type=3&action=list">区教育局</a><a href="/public/column/9?type=4">目录</a>'
    assert [link.url for link in _page(body, YEAR).columns] == [
        "http://www.a.gov.cn/public/column/9?type=3&action=list"
    ]
