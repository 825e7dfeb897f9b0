"""The gkmlpt family against its replica portals over HTTP, and what it reads from single pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from crawling import Crawled
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy import Request
from scrapy.http import HtmlResponse, JsonResponse

from govreports.replica.server import ReplicaServer
from govreports.spiders.families.gkmlpt import Gkmlpt
from govreports.spiders.listing import Listing

NAMES = ["gkmlpt", "gkmlpt_department"]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("gkmlpt"), second_page="/gkmlpt/api/", after=1)


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


def test_the_metadata_that_only_the_catalogue_holds_comes_with_the_page(crawls: FamilyCrawls) -> None:
    reports = {report.title: report for report in crawls.portals["gkmlpt"].reports}
    for page in crawls.crawled["gkmlpt"].pages:
        report = reports[page["listed_title"]]
        assert (page["listed_on"], page["listed_metadata"]["索引号"]) == (report.published_on, report.index_number)
        assert page["listed_metadata"]["文号"] == report.document_number
        assert page["listed_metadata"]["发布机构"] == report.publisher
        assert page["listed_metadata"]["成文日期"] == report.issued_on


def test_attached_files_are_named_with_their_addresses(crawls: FamilyCrawls) -> None:
    attached = [page["listed_metadata"].get("附件") for page in crawls.crawled["gkmlpt"].pages]
    (named,) = [files for files in attached if files]
    assert named.startswith("统计口径说明.txt http://127.0.0.2:")


CATALOGUE = "http://www.a.gov.cn/gkmlpt/index"
ARTICLE = {
    "id": 9103540,
    "title": "某区2023年政府信息公开工作年度报告",
    "document_number": "",
    "identifier": "114403006955506492/2024-00426",
    "publisher": "某区人民政府",
    "date": 1705852800,
    "display_publish_time": 1706025600,
    "created_at": "2024-01-25 00:00:00",
    "is_abolished": 1,
    "url": "/gkmlpt/content/9/9103/post_9103540.html",
    "attachment": [{"name": "表.docx", "url": "/attachment/1/2.docx"}, {"name": "no address"}],
}


def _catalogue(config: str, url: str = CATALOGUE) -> Listing:
    body = f"<html><body><script>window._CONFIG = {config};</script></body></html>"
    return Gkmlpt().list_page(HtmlResponse(url, body=body.encode(), encoding="utf-8"))


def _category(answer: object) -> Listing:
    url = "http://www.a.gov.cn/gkmlpt/api/all/20765?page=1&sid=755001"
    body = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
    return Gkmlpt().list_page(JsonResponse(url, body=body, request=Request(url, headers={"Referer": CATALOGUE})))


def _asked(listing: Listing) -> list[str]:
    return [call.url for call in listing.lists if isinstance(call, Request)]


def _tree(*nodes: dict[str, Any]) -> str:
    return json.dumps({"SID": 755001, "TREE": nodes}, ensure_ascii=False)


def test_categories_are_chosen_by_name_with_those_below_them() -> None:
    years = [{"id": 31, "name": "2022年"}, {"id": 32, "name": "2023年"}]
    node = {"id": 9, "name": "政府信息公开", "children": [{"id": 30, "name": "政府信息公开年报", "children": years}]}
    asked = _asked(_catalogue(_tree({"id": 5, "name": "机构职能"}, node)))
    assert asked == [f"http://www.a.gov.cn/gkmlpt/api/all/{id}?page=1&sid=755001" for id in (30, 31, 32)]


def test_a_departments_catalogue_is_asked_below_its_own_prefix() -> None:
    asked = _asked(_catalogue(_tree({"id": 30, "name": "年度报告"}), "http://www.a.gov.cn/fgj/gkmlpt/index"))
    assert asked == ["http://www.a.gov.cn/fgj/gkmlpt/api/all/30?page=1&sid=755001"]


def test_a_catalogue_without_such_a_category_cannot_be_complete() -> None:
    listing = _catalogue(_tree({"id": 5, "name": "机构职能"}))
    assert (listing.lists, listing.gap) == ((), f"the catalogue {CATALOGUE} names no category of annual reports")


def test_times_are_days_in_china_and_states_are_named() -> None:
    (item,) = _category({"total": 1, "articles": [ARTICLE]}).items
    assert item.listed_on == "2024-01-24"
    assert item.metadata == {
        "索引号": "114403006955506492/2024-00426",
        "发布机构": "某区人民政府",
        "成文日期": "2024-01-22",
        "发布日期": "2024-01-24",
        "有效性": "废止",
        "附件": "表.docx http://www.a.gov.cn/attachment/1/2.docx",
    }


def test_pages_are_counted_by_what_the_first_one_holds() -> None:
    listing = _category({"total": 5, "articles": [ARTICLE, {**ARTICLE, "url": "/gkmlpt/content/1/2/post_3.html"}]})
    assert listing.plan is not None
    assert (listing.items_claimed, listing.plan.last) == (5, 3)
    (second,) = listing.plan.candidates(2)
    assert isinstance(second, Request)
    assert second.url.endswith("/gkmlpt/api/all/20765?page=2&sid=755001")
    assert second.headers["Referer"] == CATALOGUE.encode()


@pytest.mark.parametrize("answer", ["<html>busy</html>", {"code": 500}, []])
def test_an_answer_that_is_no_list_is_told(answer: object) -> None:
    assert "something else than the list" in (_category(answer).gap or "")


def test_items_without_an_address_are_told() -> None:
    assert "1 items of" in (_category({"total": 2, "articles": [ARTICLE, {"title": "x"}]}).gap or "")
