"""The hanweb_xxgk family against its replica portals over HTTP, and what it reads from forms, answers and trees."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy import Request
from scrapy.http import HtmlResponse

from govreports.spiders.families.hanweb import HanwebXxgk
from govreports.spiders.listing import Listing

NAMES = ["hanweb_xxgk", "hanweb_inline", "hanweb_inline_years"]
HOST = "http://www.a.gov.cn"
COLUMN = f"{HOST}/col/col1474328/index.html"
SEARCH = f"{HOST}/module/xxgk/search.jsp"
ANNUAL = f"{HOST}/module/xxgk/xxgkAnnualReport.jsp"
REPORT = "<p><strong>某市2022年政府信息公开工作年度报告</strong></p><p>一、总体情况</p>"


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("xxgk"), second_page=r"search\.jsp$", after=1)


@pytest.mark.parametrize("name", [start for name in NAMES for start in (name, f"{name}_home")])
def test_exactly_the_reports_are_had_from_the_column_and_from_the_home_page(name: str, crawls: FamilyCrawls) -> None:
    crawls.assert_whole(name)


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_paging_that_goes_wrong_makes_the_crawl_partial(fault: str, crawls: FamilyCrawls) -> None:
    crawls.assert_partial(fault, "page 2 of")


def test_the_index_numbers_of_the_rows_are_kept(crawls: FamilyCrawls) -> None:
    reports = crawls.portals["hanweb_xxgk"].reports
    kept = {page["listed_title"]: page["listed_metadata"] for page in crawls.crawled["hanweb_xxgk"].pages}
    expected = {report.title: {"索引号": report.index_number, "发布日期": report.published_on} for report in reports}
    assert kept == expected


def test_a_year_without_report_does_not_hide_those_before_it(crawls: FamilyCrawls) -> None:
    years = [page["listed_year"] for page in crawls.crawled["hanweb_inline_years"].pages]
    assert sorted(years) == [2018, 2019, 2021, 2022, 2023, 2024]


# What single pages say.


def _page(body: str, url: str = COLUMN, request: Request | None = None) -> Listing:
    page = f"<html><body>{body}</body></html>"
    return HanwebXxgk().list_page(HtmlResponse(url, body=page.encode(), encoding="utf-8", request=request))


@pytest.mark.parametrize(
    "form",
    [
        "<script>var infotypeId='B001AC001',jdid='1756',area='002482429';"
        "$.post('/module/xxgk/search.jsp?texttype=0&currpage=1',{infotypeId:infotypeId});</script>",
        "<script>$.ajax({url:'/module/xxgk/search.jsp',data:{infotypeId:'B001AC001',jdid:1756,area:'002482429'}})</script>",
        "<input name='infotypeId' value='B001AC001'><input name='jdid' value='1756'>"
        "<input name='area' value='002482429'><script>go('/module/xxgk/search.jsp')</script>",
    ],
)
def test_the_search_is_posted_as_the_page_would(form: str) -> None:
    (call,) = _page(form).lists
    assert isinstance(call, Request)
    fields = parse_qs(call.body.decode(), keep_blank_values=True)
    assert (call.method, call.url.partition("?")[0]) == ("POST", SEARCH)
    assert (fields["infotypeId"], fields["jdid"], fields["area"]) == (["B001AC001"], ["1756"], ["002482429"])
    assert (fields["divid"], fields["currpage"], fields["fbtime"]) == (["div1474328"], ["1"], ["-1"])
    assert call.headers["Referer"] == COLUMN.encode()
    assert call.headers["X-Requested-With"] == b"XMLHttpRequest"


def test_rows_carry_what_their_header_names() -> None:
    request = Request(SEARCH, method="POST", headers={"Referer": COLUMN}, body="divid=div1474328&currpage=1")
    rows = (
        "<tr><td>索&nbsp;引&nbsp;号：</td><td>名称</td><td>文号</td><td>发布日期</td></tr>"
        "<tr class='tr_main_value_odd'><td>00248/2024-1</td><td><a href='/art/2024/1/30/art_1474328_7.html' "
        "title='某市2023年政府信息公开工作年度报告'>某市…</a></td><td></td><td>2024-01-30</td></tr>"
    )
    listing = _page(f"<table>{rows}</table>共 3 页 共32条", SEARCH, request)
    (item,) = listing.items
    assert item.metadata == {"索引号": "00248/2024-1", "发布日期": "2024-01-30"}
    assert (item.title, item.listed_on) == ("某市2023年政府信息公开工作年度报告", "2024-01-30")
    assert listing.items_claimed == 32


def test_the_page_number_is_turned_in_address_and_body() -> None:
    request = Request(
        f"{SEARCH}?currpage=1&vc_all=", method="POST", headers={"Referer": COLUMN}, body="area=1&currpage=1"
    )
    plan = _page("<table></table>共3页", SEARCH, request).plan
    assert plan is not None
    assert plan.last == 3
    (call,) = plan.candidates(2)
    assert isinstance(call, Request)
    assert parse_qs(urlsplit(call.url).query)["currpage"] == ["2"]
    assert parse_qs(call.body.decode()) == {"area": ["1"], "currpage": ["2"]}


def test_a_report_printed_inline_takes_its_title_from_the_first_lines() -> None:
    listing = _page(f"<div id='zoom'>{REPORT}</div>", f"{ANNUAL}?fbtime=2022&area=11")
    assert listing.inline is not None
    assert listing.inline.title == "某市2022年政府信息公开工作年度报告"


def test_a_year_without_content_is_no_report_and_leads_to_no_other_year() -> None:
    listing = _page("<div id='zoom'>暂无内容</div>", f"{ANNUAL}?fbtime=2022&area=11")
    assert (listing.inline, listing.probes) == (None, ())


def test_years_around_are_tried_only_where_none_is_linked() -> None:
    alone = _page(REPORT, f"{ANNUAL}?fbtime=2022&area=11")
    linked = _page(f'{REPORT}<a href="{ANNUAL}?fbtime=2021&area=11">2021年</a>', f"{ANNUAL}?fbtime=2022&area=11")
    assert alone.probes == tuple(f"{ANNUAL}?fbtime={year}&area=11" for year in (2020, 2021, 2023, 2024))
    assert linked.probes == ()
    assert [(link.url, link.year) for link in linked.columns] == [(f"{ANNUAL}?fbtime=2021&area=11", 2021)]


def test_other_organs_pages_are_columns_whatever_year_is_asked_for() -> None:
    listing = _page(f'{REPORT}<a href="{ANNUAL}?fbtime=2022&area=12">教育局</a>', f"{ANNUAL}?fbtime=2022&area=11")
    assert [(link.url, link.year) for link in listing.columns] == [(f"{ANNUAL}?fbtime=2022&area=12", None)]


@pytest.mark.parametrize(
    "tree",
    [
        "<script>d.add(1,0,'教育局','javascript:show({area:\\'12\\'})');</script>",
        '<a href="/col/col5/index.html?area=12">教育局</a>',
    ],
)
def test_the_trees_codes_stand_for_the_organs_pages(tree: str) -> None:
    address = f"{HOST}/module/xxgk/tree.jsp?area="
    request = Request(address, headers={"Referer": f"{ANNUAL}?fbtime=2022&area=11"})
    assert [link.url for link in _page(tree, address, request).columns] == [f"{ANNUAL}?fbtime=2022&area=12"]
