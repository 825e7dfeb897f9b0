"""The nfcms family against its replica portals over HTTP, and what it reads from single pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from crawling import Crawled
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy.http import HtmlResponse

from govreports.replica.server import ReplicaServer
from govreports.spiders.families.nfcms import Nfcms
from govreports.spiders.listing import Listing

NAMES = ["nfcms", "nfcms_script"]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("nfcms"), second_page=r"/index_\d")


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


def test_the_document_number_of_a_row_comes_with_the_page(crawls: FamilyCrawls) -> None:
    reports = {report.title: report for report in crawls.portals["nfcms"].reports}
    for page in crawls.crawled["nfcms"].pages:
        assert page["listed_metadata"] == {"文号": reports[page["listed_title"]].document_number}


URL = "http://www.a.gov.cn/zwgk/xxgknb/index.html"
ROW = '<li><a href="{}" title="{}">{}</a><span class="date">2024-01-30</span></li>'


def _list(*rows: tuple[str, str], rest: str = "") -> Listing:
    listed = "".join(ROW.format(path, title, title[:12]) for path, title in rows)
    body = f'<html><body><div class="viewList"><ul>{listed}</ul></div>{rest}</body></html>'
    return Nfcms().list_page(HtmlResponse(URL, body=body.encode(), encoding="utf-8"))


def test_mobile_pages_and_their_desktop_twins_are_one_item() -> None:
    title = "某区2023年政府信息公开工作年度报告"
    (item,) = _list(("content/mpost_12.html", title), ("content/post_12.html", title)).items
    assert (item.url, item.fallback_url) == (
        "http://www.a.gov.cn/zwgk/xxgknb/content/post_12.html",
        "http://www.a.gov.cn/zwgk/xxgknb/content/mpost_12.html",
    )


def test_articles_that_lie_in_the_catalogue_are_items() -> None:
    (item,) = _list(("/gkmlpt/content/11/11970/post_11970934.html", "某区2023年政府信息公开工作年度报告")).items
    assert (item.title, item.listed_on) == ("某区2023年政府信息公开工作年度报告", "2024-01-30")


def test_without_a_pager_a_full_page_may_have_a_second_one_called_2() -> None:
    plan = _list(*((f"content/post_{number}.html", f"某局{number}号文件") for number in range(100, 115))).plan
    assert plan is not None
    assert plan.last is None
    assert plan.candidates(2) == [URL.replace("index", "index_2"), URL.replace("index", "index_1")]


def test_a_short_page_without_a_pager_is_the_only_one() -> None:
    assert _list(("content/post_1.html", "某区2023年政府信息公开工作年度报告")).plan is None


def test_news_in_the_margin_is_not_of_the_column() -> None:
    news = '<div class="side"><ul><li><a href="/zwdt/content/post_7.html">植树活动举行</a></li></ul></div>'
    assert len(_list(("content/post_1.html", "某区2023年政府信息公开工作年度报告"), rest=news).items) == 1
