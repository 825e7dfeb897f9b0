"""What the TRS family reads from one list page."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from govreports.spiders.families.trs import Trs
from govreports.spiders.listing import Listing

URL = "http://www.a.gov.cn/zwgk/zfxxgknb/"
ROW = (
    '<li><a href="./202401/t20240130_23.shtml" title="某区2023年政府信息公开工作年度报告">某区2023年政府…</a>'
    "<span>{}</span></li>"
)
PLAIN_ROW = ROW.format("2024-01-30")


def _list(body: str, url: str = URL) -> Listing:
    return Trs().list_page(HtmlResponse(url, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8"))


@pytest.mark.parametrize(
    ("pager", "last", "second"),
    [
        ('<script>createPageHTML(9, 0, "index", "shtml");</script>', 9, "index_1.shtml"),
        ('<script>createPageHTML(9,0,"index","html",180);</script>', 9, "index_1.html"),
        ("<script>createPageHTML('page_div',9, 0, 'index', 'htm');</script>", 9, "index_1.htm"),
        ('<script>createPage(9,0,"index","html")</script>', 9, "index_1.html"),
        ('<script>var countPage = 9; var dataCount="180";</script>', 9, "index_1.shtml"),
        (
            "<script>var currentPage = 0;\nvar countPage = 9;\n"
            'createPageHTML(countPage, currentPage, "list", "html");</script>',
            9,
            "list_1.html",
        ),
        ("<script>var m_nRecordCount = 95; var m_nPageSize = 20; go('nei'+n+'.htm')</script>", 5, "nei1.shtml"),
        ("<div>共 4 页</div>", 4, "index_1.shtml"),
        ("<div>第 1/7 页</div>", 7, "index_1.shtml"),
        (
            '<script>\n// createPageHTML(50, 0, "index", "htm");\ncreatePageHTML(3, 0, "index", "html");</script>',
            3,
            "index_1.html",
        ),
    ],
)
def test_every_pager_variant_says_how_many_pages_and_how_they_are_called(pager: str, last: int, second: str) -> None:
    plan = _list(PLAIN_ROW + pager).plan
    assert plan is not None
    assert plan.last == last
    assert plan.candidates(2)[0] == URL + second


def test_the_second_page_is_sought_under_both_numbers() -> None:
    plan = _list(PLAIN_ROW + '<script>createPageHTML(3, 0, "index", "html");</script>').plan
    assert plan is not None
    assert list(plan.candidates(2)) == [URL + "index_1.html", URL + "index_2.html"]


def test_a_definition_of_the_pager_function_is_no_call() -> None:
    body = PLAIN_ROW + "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sName, _sExt){}</script>"
    assert _list(body).plan is None


def test_a_full_page_without_pager_is_probed_for_a_second() -> None:
    rows = "".join(f'<li><a href="./202401/t20240130_{n}.html">某局{n}</a></li>' for n in range(10))
    plan = _list(rows).plan
    assert plan is not None
    assert plan.last is None


@pytest.mark.parametrize("printed", ["2024-01-30", "[2024/01/30]", "2024年1月30日"])
def test_title_and_date_come_from_attribute_and_row(printed: str) -> None:
    (item,) = _list(ROW.format(printed)).items
    assert (item.title, item.listed_on) == ("某区2023年政府信息公开工作年度报告", "2024-01-30")


def test_the_date_comes_from_the_address_where_the_row_has_none() -> None:
    (item,) = _list(ROW.format("")).items
    assert item.listed_on == "2024-01-30"


def test_rows_written_by_script_are_read() -> None:
    body = """<script>
    var url = "./202402/t20240205_77.html";
    document.writeln('<a href="'+url+'" title="某局2023年政府信息公开工作年度报告">某局…</a><span>2024-02-05</span>');
    </script>"""
    (item,) = _list(body).items
    assert item.url == URL + "202402/t20240205_77.html"
    assert (item.title, item.listed_on) == ("某局2023年政府信息公开工作年度报告", "2024-02-05")


def test_wap_twins_are_one_item_with_the_desktop_page_first() -> None:
    body = '<a href="./202403/t20240327_1_wap.html">某区2023年政府信息公开工作年度报告</a>'
    (item,) = _list(body).items
    assert item.url.endswith("/t20240327_1.html")
    assert item.fallback_url is not None
    assert item.fallback_url.endswith("/t20240327_1_wap.html")


def test_links_through_the_big5_gateway_lead_to_the_page_itself() -> None:
    body = '<a href="/gate/big5/www.a.gov.cn/zwgk/zfxxgknb/202401/t20240130_23.html">某区2023年政府信息公开年度报告</a>'
    assert [item.url for item in _list(body).items] == [URL + "202401/t20240130_23.html"]


def test_news_in_the_margin_is_not_counted_as_items_of_the_column() -> None:
    body = PLAIN_ROW + '<div><a href="/zwdt/202405/t20240501_9.html">全区植树活动</a></div>'
    assert len(_list(body).items) == 1


def test_year_folders_and_organ_folders_below_are_further_columns() -> None:
    body = '<a href="./zfxxgknb_2023/">2023年</a><a href="./jyj/">区教育局</a><a href="/zwdt/">政务动态</a>'
    assert [(link.url, link.year) for link in _list(body).columns] == [
        (f"{URL}zfxxgknb_2023/", 2023),
        (f"{URL}jyj/", None),
    ]


def test_from_a_years_folder_its_sisters_and_the_column_above_are_found() -> None:
    body = (
        '<a href="../zfxxgknb_2022/">2022年</a><a href="../">政府信息<br>公开年报</a><a href="/zwdt/2022/">2022年</a>'
    )
    urls = [link.url for link in _list(body, f"{URL}zfxxgknb_2023/").columns]
    assert urls == [f"{URL}zfxxgknb_2022/", URL]


def test_years_in_a_list_box_are_columns() -> None:
    body = '<select><option value="./2023nb/">2023年</option><option value="./2022nb/">2022年</option></select>'
    assert [link.year for link in _list(body).columns] == [2023, 2022]


def test_pdf_files_named_as_reports_are_items() -> None:
    (item,) = _list('<a href="./P020240130.pdf">某区2023年政府信息公开工作年度报告</a>').items
    assert item.url == f"{URL}P020240130.pdf"
