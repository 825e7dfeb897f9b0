"""The vsb family against its replica portals over HTTP, and what it reads from single pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from crawling import Crawled
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy.http import HtmlResponse

from govreports.replica.server import ReplicaServer
from govreports.spiders.families.vsb import Vsb
from govreports.spiders.listing import Listing

NAMES = ["vsb", "vsb_tree", "vsb_module"]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("vsb"), second_page=r"/zfxxgknb/\d+")


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


URL = "http://www.a.gov.cn/zfxxgk/zfxxgknb.htm"
ROW = """<li id="line_u8_0"><a href="../info/1066/{0}.htm" title="某区{1}年政府信息公开工作年度报告">某区…</a>
<span>2024/01/30</span></li>"""


def _list(body: str, url: str = URL) -> Listing:
    rows = ROW.format(5501, 2023) + ROW.format(5502, 2022)
    page = f'<html><body><ul class="list">{rows}</ul>{body}</body></html>'
    return Vsb().list_page(HtmlResponse(url, body=page.encode(), encoding="utf-8"))


def test_rows_are_read_with_whole_titles_and_dates() -> None:
    (first, _) = _list("").items
    assert (first.url, first.title, first.listed_on) == (
        "http://www.a.gov.cn/info/1066/5501.htm",
        "某区2023年政府信息公开工作年度报告",
        "2024-01-30",
    )


def test_the_next_page_is_the_one_linked_whatever_its_number() -> None:
    pager = """<span class="p_pages"><span class="p_no"><a href="zfxxgknb/1.htm">11</a></span>
    <span class="p_next p_fun"><a href="zfxxgknb/10.htm">下页</a></span></span> <span class="p_t">1/11</span>"""
    listing = _list(pager)
    assert (listing.next_page, listing.plan) == ("http://www.a.gov.cn/zfxxgk/zfxxgknb/10.htm", None)


def test_a_page_that_leads_nowhere_before_the_last_one_is_told() -> None:
    listing = _list('<span class="p_t">3/11</span>', "http://www.a.gov.cn/zfxxgk/zfxxgknb/9.htm")
    assert listing.gap == "page 3 of 11 of http://www.a.gov.cn/zfxxgk/zfxxgknb/9.htm leads to no next page"


def test_a_list_by_query_is_turned_where_its_pager_has_no_link() -> None:
    url = "http://www.a.gov.cn/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1010&PAGENUM=2&totalpage=3"
    assert _list("", url).next_page == url.replace("PAGENUM=2", "PAGENUM=3")
    assert _list("", url.replace("PAGENUM=2", "PAGENUM=3")).next_page is None


def test_the_disclosure_modules_pages_are_counted_by_its_pagers_links() -> None:
    url = "http://www.a.gov.cn/xxgk.jsp?ainfolist1501t=1&ainfolist1501p=1&ainfolist1501c=15&wbtreeid=1232"
    newer = url.replace("t=1&", "t=2&").replace("p=1&", "p=2&").replace("&", "&amp;")
    assert _list("", url).next_page is None
    assert _list(f'<a href="{newer}">2</a>', url).next_page == url.replace("p=1&", "p=2&")


def test_articles_of_the_disclosure_module_are_items() -> None:
    path = "/info/egovinfo/zwgk/zwgk-nry/01606072-9-30/2020-1117005.htm"
    row = f'<li><a href="{path}">某区2019年政府信息公开工作年度报告</a></li>'
    assert len(_list(f"<ul class='list'>{row}</ul>").items) == 3
