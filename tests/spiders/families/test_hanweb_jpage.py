"""The hanweb_jpage family against its replica portals over HTTP, and what it reads from single pages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from family_crawls import PAGING_FAULTS, FamilyCrawls, crawl_family
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from govreports.spiders.families.hanweb import HanwebJpage
from govreports.spiders.listing import Listing

NAMES = ["hanweb_jpage", "hanweb_jpage_post", "hanweb_frame"]
COLUMN = "http://www.a.gov.cn/col/col61490/index.html"
TITLE = "某区2023年政府信息公开工作年度报告"
ROW = (
    f"<li><a href='/art/2024/1/30/art_61490_7.html' title='{TITLE}'><span>{TITLE}</span><i>2024-\n01-\n30</i></a></li>"
)
CONFIG = (
    "<script>var param_5 = {col:1,appid:1,webid:39,path:'/',columnid:61490,sourceContentType:1,unitid:'247686',"
    "webname:'某区',permissiontype:0}; jQuery('#5').jpage({totalRecord:130,perPage:20,groupSize:3,"
    "proxyUrl:'/module/jpage/dataproxy.jsp'});</script>"
)


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(NAMES, tmp_path_factory.mktemp("jpage"), second_page=r"dataproxy\.jsp")


@pytest.fixture(scope="module")
def post_crawls(tmp_path_factory: pytest.TempPathFactory) -> FamilyCrawls:
    return crawl_family(["hanweb_jpage_post"], tmp_path_factory.mktemp("post"), second_page=r"dataproxy\.jsp")


@pytest.mark.parametrize("name", [start for name in NAMES for start in (name, f"{name}_home")])
def test_exactly_the_reports_are_had_from_the_column_and_from_the_home_page(name: str, crawls: FamilyCrawls) -> None:
    crawls.assert_whole(name)


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_following_groups_that_goes_wrong_makes_the_crawl_partial(fault: str, crawls: FamilyCrawls) -> None:
    crawls.assert_partial(fault, "page 2 of")


@pytest.mark.parametrize("fault", PAGING_FAULTS)
def test_posting_for_groups_that_goes_wrong_makes_the_crawl_partial(fault: str, post_crawls: FamilyCrawls) -> None:
    post_crawls.assert_partial(fault, "page 2 of")


def test_the_date_of_each_record_is_kept(crawls: FamilyCrawls) -> None:
    portal = crawls.portals["hanweb_jpage"]
    days = {item.title: item.published_on for item in portal.items if item.report is not None}
    assert {page["listed_title"]: page["listed_on"] for page in crawls.crawled["hanweb_jpage"].pages} == days


# What single pages say.


def _store(*records: str, total: int | None = None, following: str = "") -> str:
    rows = "".join(f"<record>{record}</record>" for record in records)
    counted = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    return f"<datastore>{counted}{following}<recordset>{rows}</recordset></datastore>"


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _column(store: str, script: str = "", url: str = COLUMN) -> Listing:
    page = f'<html><body><script type="text/xml">{store}</script>{script}</body></html>'
    return HanwebJpage().list_page(HtmlResponse(url, body=page.encode(), encoding="utf-8"))


@pytest.mark.parametrize("record", [_cdata(ROW), _cdata(f"<!-- {ROW} -->"), f"\n{_cdata(ROW)}\n"])
def test_records_are_read_in_every_wrapping(record: str) -> None:
    (item,) = _column(_store(record, total=1)).items
    assert (item.title, item.listed_on) == (TITLE, "2024-01-30")
    assert item.url == "http://www.a.gov.cn/art/2024/1/30/art_61490_7.html"


def test_the_next_group_is_asked_for_as_the_page_links_it() -> None:
    query = "page=2&amp;appid=1&amp;webid=3095&amp;path=/&amp;columnid=61490&amp;unitid=61&amp;webname=某区"
    link = f"<a href='./dataproxy.jsp?{query}'></a>"
    following = f"<nextgroup>{_cdata(link)}</nextgroup>"
    listing = _column(_store(_cdata(ROW), total=130, following=following), CONFIG)
    request = listing.next_page
    assert isinstance(request, Request)
    assert urlsplit(request.url).path == "/module/jpage/dataproxy.jsp"
    assert parse_qs(urlsplit(request.url).query)["webname"] == ["某区"]
    assert request.headers["Referer"] == COLUMN.encode()
    assert listing.items_claimed == 130


def test_groups_are_posted_for_where_no_next_one_is_linked() -> None:
    rows = [_cdata(ROW.replace("_7.html", f"_{n}.html")) for n in range(60)]
    plan = _column(_store(*rows, total=130), CONFIG).plan
    assert plan is not None
    assert plan.last == 3
    posted, fetched = plan.candidates(3)
    assert isinstance(posted, Request)
    assert isinstance(fetched, Request)
    assert posted.url == "http://www.a.gov.cn/module/jpage/dataproxy.jsp?startrecord=121&endrecord=130&perpage=20"
    form = parse_qs(posted.body.decode())
    assert (posted.method, form["col"], form["columnid"], form["unitid"]) == ("POST", ["1"], ["61490"], ["247686"])
    assert (fetched.method, parse_qs(urlsplit(fetched.url).query)["page"]) == ("GET", ["3"])


def test_a_page_that_holds_no_record_calls_its_first_group() -> None:
    listing = HanwebJpage().list_page(HtmlResponse(COLUMN, body=CONFIG.encode(), encoding="utf-8"))
    (first,) = listing.lists
    assert isinstance(first, Request)
    assert "startrecord=1&endrecord=60" in first.url


def test_the_answer_of_the_proxy_goes_on_with_the_form_that_was_posted() -> None:
    request = Request(
        "http://www.a.gov.cn/module/jpage/dataproxy.jsp?startrecord=1&endrecord=60&perpage=60",
        method="POST",
        headers={"Referer": COLUMN},
        body="col=1&webid=39&path=/&columnid=61490&unitid=247686",
    )
    rows = [_cdata(ROW.replace("_7.html", f"_{n}.html")) for n in range(60)]
    answer = _store(*rows, total=70).encode("gb18030")
    listing = HanwebJpage().list_page(TextResponse(request.url, body=answer, request=request))
    assert {item.title for item in listing.items} == {TITLE}
    assert listing.plan is not None
    (again, _) = listing.plan.candidates(2)
    assert isinstance(again, Request)
    assert "startrecord=61&endrecord=70" in again.url
    assert parse_qs(again.body.decode())["unitid"] == ["247686"]


def test_a_list_of_another_column_in_the_margin_is_left_alone() -> None:
    news = _store(_cdata("<li><a href='/art/2024/5/1/art_77_9.html'>植树活动</a></li>"), total=6163)
    margin = f'<script type="text/xml">{news}</script><script>var p={{columnid:77,unitid:9}};</script>'
    listing = _column(_store(_cdata(ROW), total=1), f"<script>var p={{columnid:61490,unitid:5}}</script>{margin}")
    assert [item.title for item in listing.items] == [TITLE]
    assert (listing.items_claimed, listing.plan, listing.lists) == (1, None, ())


def test_several_lists_of_one_column_are_each_walked() -> None:
    second = CONFIG.replace("247686", "99")
    rows = [_cdata(ROW.replace("_7.html", f"_{n}.html")) for n in range(3)]
    store = f'{_store(*rows, total=130)}</script>{CONFIG}<script type="text/xml">{_store(*rows[:2], total=130)}'
    lists = _column(store, second).lists
    forms = [parse_qs(request.body.decode())["unitid"] for request in lists if isinstance(request, Request)]
    assert forms == [["247686"], ["99"]]


def test_page_numbers_that_only_the_browser_heeds_are_no_further_columns() -> None:
    links = '<a href="/col/col61490/index.html?uid=5&pageNum=2">信息公开年报</a>'
    assert _column(_store(_cdata(ROW), total=1), links).columns == ()


def test_articles_that_the_page_lists_itself_are_read() -> None:
    body = f'<ul><li><a href="/art/2024/1/30/art_61490_7.html">{TITLE}</a><span>2024-01-30</span></li></ul>共3页'
    listing = HanwebJpage().list_page(HtmlResponse(COLUMN, body=body.encode(), encoding="utf-8"))
    assert [item.listed_on for item in listing.items] == ["2024-01-30"]
    assert listing.gap is not None
    assert "3 pages" in listing.gap


def test_only_frames_of_the_same_host_are_followed() -> None:
    body = '<iframe src="/col/col5/index.html"></iframe><iframe src="http://other.gov.cn/x.html"></iframe>'
    listing = HanwebJpage().list_page(HtmlResponse(COLUMN, body=body.encode(), encoding="utf-8"))
    assert listing.lists == ("http://www.a.gov.cn/col/col5/index.html",)


def test_years_are_columns_where_the_metas_say_that_this_is_an_annual_report_column() -> None:
    head = '<meta name="ColumnName" content="政府信息公开年报">'
    years = '<a href="/col/col61491/index.html">2022年</a><a href="/col/col9/index.html">政务动态</a>'
    listing = _column(_store(_cdata(ROW), total=1), head + years)
    assert [(link.url, link.year) for link in listing.columns] == [
        ("http://www.a.gov.cn/col/col61491/index.html", 2022)
    ]


def test_the_frames_of_a_home_page_are_not_its_lists() -> None:
    body = '<iframe src="/weather.html"></iframe>'
    assert (
        HanwebJpage().list_page(HtmlResponse("http://www.a.gov.cn/", body=body.encode(), encoding="utf-8")).lists == ()
    )
