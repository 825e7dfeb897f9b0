"""When two addresses are the same page."""

from __future__ import annotations

import pytest

from govreports.registry.addresses import absolute, address_key, canonical, desktop_twin, folder, is_folder


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/x/", "https://a.gov.cn/x/index.shtml"),
        ("http://a.gov.cn/x/202403/t20240327_1_wap.html", "http://a.gov.cn/x/202403/t20240327_1.html"),
        ("http://A.gov.cn", "http://a.gov.cn/"),
        ("https://www.beijing.gov.cn/gate/big5/www.beijing.gov.cn/x/t.html", "https://www.beijing.gov.cn/x/t.html"),
    ],
)
def test_spellings_of_one_page_have_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_different_queries_are_different_pages() -> None:
    assert address_key("http://a.gov.cn/x?year=2023") != address_key("http://a.gov.cn/x?year=2024")


def test_the_big5_gateway_leads_to_the_page_itself() -> None:
    url = "https://www.beijing.gov.cn/gate/big5/www.beijing.gov.cn/gongkai/t20250331_1.html?a=1"
    assert canonical(url) == "https://www.beijing.gov.cn/gongkai/t20250331_1.html?a=1"


@pytest.mark.parametrize("link", ["#top", "javascript:void(0)", "mailto:a@b.c", "", "ftp://a.gov.cn/x", "http://["])
def test_links_that_lead_to_no_page_are_none(link: str) -> None:
    assert absolute("http://a.gov.cn/x/", link) is None


def test_an_address_longer_than_servers_take_is_none() -> None:
    assert absolute("http://a.gov.cn/x/", "/a" * 2_000) is not None
    assert absolute("http://a.gov.cn/x/", "/a" * 5_000) is None


def test_links_are_made_absolute_without_fragment() -> None:
    assert absolute("http://a.gov.cn/x/", " ./202401/t1.html#top ") == "http://a.gov.cn/x/202401/t1.html"


def test_only_wap_pages_have_a_desktop_twin() -> None:
    assert desktop_twin("http://a.gov.cn/t20240327_1_wap.html") == "http://a.gov.cn/t20240327_1.html"
    assert desktop_twin("http://a.gov.cn/t20240327_1.html") is None


def test_folders_are_told_from_articles() -> None:
    assert folder("http://a.gov.cn/x/y.html") == "a.gov.cn/x/"
    assert is_folder("http://a.gov.cn/x/index.html")
    assert not is_folder("http://a.gov.cn/x/t20240327_1.html")


@pytest.mark.parametrize("query", ["?uid=6101313&pageNum=2", "?pageNum=3"])
def test_a_hanweb_columns_page_number_is_left_to_the_browser(query: str) -> None:
    column = "http://a.gov.cn/col/col61490/index.html"
    assert address_key(column + query) == address_key(column)
    assert address_key(f"{column}?number=KL1&jh=264{query.replace('?', '&')}") == address_key(
        f"{column}?number=KL1&jh=264"
    )


@pytest.mark.parametrize(
    "link",
    [
        "//user:pw@a.gov.cn:8080b/x",
        "http://a.gov.cn:0/x",
        "/gate/big5/[a.gov.cn/x",
        "/gate/big5/a:x/",
        "/gate/big5/b.gov.cn/gate/big5/[b/x",
        "http://[x",
        "http://é[::1]/x",
    ],
)
def test_what_cannot_be_asked_is_no_address(link: str) -> None:
    assert absolute("http://www.a.gov.cn/zwgk/", link) is None


def test_a_gateway_within_a_gateway_leads_to_the_page_itself() -> None:
    url = "http://a.gov.cn/gate/big5/a.gov.cn/gate/big5/b.gov.cn/x.html"
    assert canonical(url) == "http://b.gov.cn/x.html"
