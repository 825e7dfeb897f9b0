"""What list pages say of their further pages."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from govreports.spiders.pagers import items_claimed, learned_name, next_link, numbered_links, pages_claimed

URL = "http://www.a.gov.cn/gk/nb/"


def _page(body: str) -> HtmlResponse:
    return HtmlResponse(URL, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8")


@pytest.mark.parametrize(
    ("second", "third", "name"),
    [
        ("index_1.html", "index_2.html", "index_{k}.html"),
        ("index_2.html", "index_3.html", "index_{n}.html"),
        ("list-2.html", "list-3.html", "list-{n}.html"),
        ("2.html", "3.html", "{n}.html"),
        ("?page=2&size=15", "?page=3&size=15", "?page={n}&size=15"),
        ("?col=2&p=1", "?col=2&p=2", "?col=2&p={k}"),
    ],
)
def test_the_names_of_pages_are_learned_from_numbered_links(second: str, third: str, name: str) -> None:
    body = f'<a href="./">1</a><a href="{second}">2</a><a href="{third}">3</a>'
    assert learned_name(numbered_links(_page(body))) == URL + name


def test_one_numbered_link_is_enough_to_tell_from_its_last_number() -> None:
    assert learned_name({2: f"{URL}index_1.html"}) == f"{URL}index_{{k}}.html"


def test_links_that_do_not_agree_teach_nothing() -> None:
    assert learned_name({2: f"{URL}index_2.html", 3: f"{URL}other.html"}) is None


def test_a_calendar_elsewhere_on_the_host_is_no_pager() -> None:
    assert numbered_links(_page('<a href="/rl/2.html">2</a><a href="/rl/3.html">3</a>')) == {}


@pytest.mark.parametrize("label", ["下一页", "下页", "下一頁", "后一页", "下一页>>", ">", "»", "Next"])
def test_the_next_page_is_known_by_its_label(label: str) -> None:
    label = label.replace(">", "&gt;")
    assert next_link(_page(f'<a href="index_1.html">{label}</a>')) == f"{URL}index_1.html"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="show-2.html">下一篇</a>',
        '<a href="javascript:go(2)">下一页</a>',
        '<a href="./">下一页</a>',
        '<a href="http://www.b.gov.cn/2.html">下一页</a>',
    ],
)
def test_other_links_are_no_next_page(link: str) -> None:
    assert next_link(_page(link)) is None


@pytest.mark.parametrize(
    ("said", "pages", "items"),
    [
        ("<div>共 4 页 56 条</div>", 4, 56),
        ("<div>第 1/7 页 共 101 条</div>", 7, 101),
        ("<script>var pageCount = 3, totalCount = '41';</script>", 3, 41),
        ("<div>2024/7/1</div>", None, None),
    ],
)
def test_counts_are_read_from_text_and_script(said: str, pages: int | None, items: int | None) -> None:
    assert (pages_claimed(_page(said)), items_claimed(_page(said))) == (pages, items)
