"""The generic family against its replica portals over HTTP, and what it reads from single pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from crawling import Crawled
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy.http import HtmlResponse

from govreports.replica.server import ReplicaServer
from govreports.spiders.families.generic import Generic, date_in_address, is_article, static_systems
from govreports.spiders.listing import Listing

NAMES = ["static_index", "static_query", "static_list", "static_frame", "static_probe", "xian"]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("generic"), second_page=r"/index_\d")


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


HOST = "http://www.a.gov.cn"
REPORTS = {
    "xian": ("/zwgk/zfxxgknb/zfnb/1881268348977160193.html", None),
    "shanghai": ("/nw12344/20230331/4a03b5fa47ae4c73b7ec42801de6be66.html", "2023-03-31"),
    "hebei": (
        "/columns/5b2d7c1e-9f0a-4c3b-8e6d-1a2b3c4d5e6f/202401/17/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0.html",
        "2024-01-17",
    ),
    "fujian": ("/cms/html/npszf/2013-01-25/1779102018.html", "2013-01-25"),
    "huaian": ("/col/4039_446643/art/17356608/17364738729026UaZKk2B.html", "2025-01-01"),
    "liaoning": ("/web/zwgkx/zfxxgk/zfxxgknb/2025012016141590221/index.shtml", None),
    "kunming": ("/c/2025-02-19/6968368.shtml", "2025-02-19"),
    "jian": ("/xxgk-show-10199.html", None),
    "suining": ("/gongkai/show/ec6922d0aa730e0791337d4d3b9bd6a1.html", None),
    "xicheng": ("/zt/xxgkzl/gknbxq/pnidpv155pntypepvnbpnnfpv2023.html", None),
    "daxing": ("/bjsdxqrmzf/zwfw/zfxxgk/dxqzf69/2018n/1234567/index.html", None),
    "mentougou": ("/bjmtg/xxgk/202401/0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c0e.shtml", None),
    "henan": ("/htmls/zwgk/nb/20240117093012.html", None),
    "beidaihe": ("/single/29/55446.html", None),
    "nanxian": ("/jc_nx/187/195/content_16189.html", None),
    "maanshan": ("/xxgk/openness/detail/annual_report/63eed3318866886a068b4567.html", None),
    "xuancheng": ("/XxgkAnnualReport/show/5313.html", None),
    "anqing": ("/xxgk/show.php?id=1234567", None),
    "yunnan_infopublic": ("/InfoPublicShow.aspx?cid=5&id=77", None),
    "mianzhu": ("/info/iView.jsp?cat_id=10001&id=20033", None),
    "tibet": ("/zwgk/nb/202401/t20240117.thtml", None),
}


def _list(body: str, path: str = "/zwgk/nb/") -> Listing:
    page = f"<html><body>{body}</body></html>".encode()
    return Generic().list_page(HtmlResponse(HOST + path, body=page, encoding="utf-8"))


def _row(path: str, title: str = "某区2023年政府信息公开工作年度报告") -> str:
    return f'<li><a href="{path}">{title}</a></li>'


def test_every_system_has_an_example() -> None:
    assert set(REPORTS) == {system.name for system in static_systems()}


@pytest.mark.parametrize("name", REPORTS)
def test_the_articles_of_every_known_system_are_recognised_with_their_dates(name: str) -> None:
    path, day = REPORTS[name]
    (system,) = [system for system in static_systems() if system.name == name]
    assert system.article.search(path)
    assert is_article(HOST + path)
    assert date_in_address(HOST + path) == day
    (item,) = _list(f"<ul>{_row(path)}</ul>").items
    assert (item.url, item.listed_on) == (HOST + path, day)


@pytest.mark.parametrize(
    ("path", "second"),
    [
        ("/zwgk/nb/1.html", "/zwgk/nb/2.html"),
        ("/htmls/gk/list-1.html", "/htmls/gk/list-2.html"),
        ("/XxgkPolicy/showList/650/page_1.html", "/XxgkPolicy/showList/650/page_2.html"),
        ("/InfoPublic.aspx?cid=5&page=1", "/InfoPublic.aspx?cid=5&page=2"),
        ("/info/iList.jsp?node_id=1&cat_id=2&cur_page=1", "/info/iList.jsp?node_id=1&cat_id=2&cur_page=2"),
    ],
)
def test_the_number_in_a_known_list_address_is_the_pages(path: str, second: str) -> None:
    plan = _list(f"<ul>{_row('/zwgk/nb/123456.html')}</ul>共 3 页", path).plan
    assert plan is not None
    assert (plan.last, plan.candidates(2)) == (3, [HOST + second])


def test_an_unknown_lists_second_page_is_probed_under_all_usual_names() -> None:
    plan = _list(f"<ul>{_row('show-123456.html')}</ul>共 3 页").plan
    assert plan is not None
    assert [str(address).removeprefix(f"{HOST}/zwgk/nb/") for address in plan.candidates(2)] == [
        "index_1.html",
        "index_2.html",
        "index-2.html",
        "2.html",
        "?page=2",
    ]


def test_a_short_list_without_any_pager_is_one_page() -> None:
    assert _list(f"<ul>{_row('show-123456.html')}</ul>").plan is None


def test_the_rows_are_told_from_the_margin_by_their_place() -> None:
    rows = _row("/art/3001.html") + _row("/art/3002.html", "某区2023年政府信息公开培训会召开")
    body = (
        f"<div class='list'><ul>{rows}</ul></div><div class='side'><ul>{_row('/art/3003.html', '植树活动')}</ul></div>"
    )
    assert [item.url for item in _list(body).items] == [f"{HOST}/art/3001.html", f"{HOST}/art/3002.html"]


def test_a_page_that_names_no_report_still_shows_its_list() -> None:
    rows = "".join(_row(f"/art/{number}.html", f"第{number}号公告") for number in (3001, 3002, 3003))
    body = (
        f"<div class='list'><ul>{rows}</ul></div><div class='side'><ul>{_row('/art/4003.html', '植树活动')}</ul></div>"
    )
    assert len(_list(body).items) == 3


def test_a_list_in_a_frame_of_the_same_host_is_walked() -> None:
    body = "<iframe src='/inner/list.html'></iframe><iframe src='http://www.b.gov.cn/x.html'></iframe>"
    assert _list(body).lists == (f"{HOST}/inner/list.html",)


def test_pdf_files_and_years_own_pages_named_as_reports_are_items() -> None:
    body = f"<ul>{_row('qjp.pdf')}{_row('2023.html', '某区2022年政府信息公开工作年度报告')}</ul>"
    assert len(_list(body).items) == 2


def test_a_plain_list_of_no_known_family_is_crawled_from_its_address(run: Callable[..., Crawled]) -> None:
    with ReplicaServer(["static_query"]) as server:
        crawled = run("crawl", "column", "-a", f"url={server.url('static_query')}", hosts=server.hosts)
        assert crawled.titles == sorted(report.title for report in server.portal("static_query").reports)
    assert crawled.code == 0, crawled.last_line


@pytest.mark.parametrize("left", ["{{class}}", "{x=1", "{}=1", "\x01b=2"])
def test_what_a_template_left_in_a_link_does_not_cost_the_page(left: str) -> None:
    row = f'<li><a {left} href="/art/202401/30/art_1_2.html" title="某区2023年政府信息公开工作年度报告">x</a></li>'
    page = f"<html><meta {left} name=SiteName content=x><body><ul>{row}</ul></body></html>"
    response = HtmlResponse("http://www.a.gov.cn/zwgk/nb/", body=page.encode(), encoding="utf-8")
    assert [item.title for item in Generic().list_page(response).items] == ["某区2023年政府信息公开工作年度报告"]
