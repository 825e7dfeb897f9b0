"""A page of another government site is told by its national meta tags."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from govreports.spiders.site_identity import Site, compare, site_of


def _site(head: str) -> Site:
    return site_of(
        HtmlResponse("http://a.gov.cn/", body=f"<html><head>{head}</head></html>".encode(), encoding="utf-8")
    )


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ('<meta name="SiteIDCode" content="3703030001">', Site(None, "3703030001", "370303")),
        ("<META CONTENT='张店区人民政府' NAME='sitename' />", Site("张店区人民政府", None, None)),
        ('<meta name="SiteIDCode" content="bm17000009">', Site(None, "bm17000009", None)),
        (
            '<meta name="SiteIDCode" content="政府网站标识码"><meta name="SiteName" content="网站名称">',
            Site(None, None, None),
        ),
        ('<meta name="SiteName" content="${sitename}">', Site(None, None, None)),
    ],
)
def test_meta_tags_are_read_however_they_are_written_and_unfilled_ones_are_not(head: str, site: Site) -> None:
    assert _site(head) == site


@pytest.mark.parametrize(
    ("site", "likeness"),
    [
        (Site("张店区人民政府门户网站", "3703030001", "370303"), "same"),
        (Site("淄博市人民政府", "3703000001", "370300"), "same"),
        (Site("山东省人民政府", "3700000001", "370000"), "same"),
        (Site("马尚街道办事处", "3703030099", "370303"), "same"),
        (Site("临淄区人民政府", "3703050001", "370305"), "another"),
        (Site("南京市人民政府", "3201000001", "320100"), "another"),
        (Site("张店区人民政府", "3703050001", "370305"), "doubtful"),
        (Site(None, "3703050001", "370305"), "doubtful"),
        (Site("临淄区人民政府", None, None), "doubtful"),
        (Site("张店区人民政府门户网站", None, None), "same"),
        (Site("政府门户网站", None, None), "same"),
        (Site(None, "bm17000009", None), "same"),
        (Site(None, None, None), "same"),
    ],
)
def test_a_site_is_another_when_both_its_place_and_its_name_differ(site: Site, likeness: str) -> None:
    assert compare(site, name="淄博市张店区 (Zhangdian District, Zibo)", division_code="370303") == likeness


def test_a_citys_entry_may_lead_to_a_districts_site() -> None:
    assert compare(Site("张店区", "3703030001", "370303"), name="淄博市", division_code="370300") == "same"
