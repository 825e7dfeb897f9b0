"""The pc_list family against its replica portal over HTTP, and what it reads from single pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from crawling import Crawled
from family_crawls import FamilyCrawls, crawl_family
from scrapy.http import HtmlResponse

from govreports.replica.server import ReplicaServer
from govreports.spiders.families.pc_list import PcList
from govreports.spiders.listing import Listing

Run = Callable[..., Crawled]

COLUMN = "https://www.a.gov.cn/a/c00145/pc/list.html"
ADDRESS = "/a/c00145/pc/content/content_1881268348977160193.html"
TITLE = "某市2024年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(["pc_list"], tmp_path_factory.mktemp("pc"), second_page=r"/list_2\.html")


@pytest.mark.parametrize("name", ["pc_list", "pc_list_home"])
def test_exactly_the_reports_are_had_from_the_column_and_from_the_home_page(name: str, crawls: FamilyCrawls) -> None:
    crawls.assert_whole(name)


def test_the_attachments_of_the_list_are_kept(crawls: FamilyCrawls) -> None:
    for page in crawls.crawled["pc_list"].pages:
        assert page["listed_metadata"]["附件"].startswith(f"{page['listed_title']}.zip http://")


def test_a_list_that_shows_fewer_rows_than_it_claims_makes_the_crawl_partial(run: Run) -> None:
    with ReplicaServer(["pc_list"]) as server:
        server.portal("pc_list").page_size = 3
        crawled = run("crawl", "column", "-a", f"url={server.url('pc_list')}", hosts=server.hosts)
    assert crawled.code == 1
    assert crawled.last_line.startswith("column: partial")
    assert "/qlqrmzf/c00145/pc/list.html claims 11 items and listed 3" in crawled.last_line


# What single pages say.


def _page(script: str) -> Listing:
    page = f"<html><body><div id='app'></div><script>{script}</script></body></html>"
    return PcList().list_page(HtmlResponse(COLUMN, body=page.encode(), encoding="utf-8"))


def _row(**fields: Any) -> dict[str, Any]:
    return {
        "id": "1881268348977160193",
        "title": TITLE,
        "pubDate": "2025-01-20 10:00:00",
        "urls": json.dumps({"pc": ADDRESS}),
        "articleFiles": [],
        **fields,
    }


def _listed(*rows: dict[str, Any]) -> Listing:
    return _page(f"new Vue({{data: {{articleList: {json.dumps(rows)}, total: {len(rows)}}}}});")


def test_an_address_is_read_from_json_inside_json() -> None:
    listing = _listed(_row())
    (item,) = listing.items
    assert (item.url, item.title, item.listed_on) == (f"https://www.a.gov.cn{ADDRESS}", TITLE, "2025-01-20")
    assert (listing.items_claimed, listing.plan, listing.gap) == (1, None, None)


@pytest.mark.parametrize("urls", [{"pc": ADDRESS}, ADDRESS, json.dumps({"mobile": ADDRESS})])
def test_an_address_is_read_in_its_other_spellings(urls: Any) -> None:
    assert [item.url for item in _listed(_row(urls=urls)).items] == [f"https://www.a.gov.cn{ADDRESS}"]


def test_a_row_without_page_is_the_file_that_is_named_as_the_report() -> None:
    files = [
        {"fileName": "附表.xlsx", "filePath": "/f/1.xlsx", "domainName": "https://www.a.gov.cn"},
        {"fileName": f"{TITLE}.pdf", "filePath": "/f/2.pdf", "domainName": "https://www.a.gov.cn"},
    ]
    (item,) = _listed(_row(urls="", articleFiles=files)).items
    assert item.url == "https://www.a.gov.cn/f/2.pdf"
    assert item.metadata == {
        "附件": f"附表.xlsx https://www.a.gov.cn/f/1.xlsx; {TITLE}.pdf https://www.a.gov.cn/f/2.pdf"
    }


def test_rows_without_any_address_are_told() -> None:
    listing = _listed(_row(), _row(urls="", id="2"))
    assert listing.gap == f"1 rows of {COLUMN} carry no address"


def test_an_article_list_that_cannot_be_read_is_told() -> None:
    assert _page("var articleList = load();").gap == f"the articleList of {COLUMN} cannot be read"


def test_a_second_page_is_sought_where_more_is_claimed() -> None:
    plan = _page(f"var data = {{total: 30, articleList: {json.dumps([_row()])}}};").plan
    assert plan is not None
    assert plan.candidates(2) == ["https://www.a.gov.cn/a/c00145/pc/list_2.html"]
