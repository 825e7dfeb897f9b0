"""The title that a page gives itself, and pages that only lead on."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from scrapy.http import HtmlResponse, Response

from govreports.spiders.own_title import own_judgement, speaks_of_a_report
from govreports.spiders.script_redirect import script_redirect

TITLE = "某区2023年政府信息公开工作年度报告"


def _page(source: str) -> HtmlResponse:
    return HtmlResponse("http://a.gov.cn/x.html", body=source.encode(), encoding="utf-8")


@pytest.mark.parametrize(
    "source",
    [
        f'<meta name="articletitle " content="{TITLE}">',
        f'<meta name="ArticleTitle" content="${{title}}"><h1>{TITLE}</h1>',
        f"<table><tr><td>标　　题:</td><td colspan=3>{TITLE}</td></tr></table>",
        f"<h2>某区</h2><h2>{TITLE}</h2>",
        f"<title>{TITLE}_某区人民政府</title>",
    ],
)
def test_the_title_is_found_wherever_a_page_has_it(source: str) -> None:
    judged = own_judgement(_page(f"<html>{source}<body>x</body></html>"))
    assert judged is not None
    assert (judged.kind, judged.year) == ("report", 2023)


def test_a_page_that_names_a_lookalike_is_told() -> None:
    judged = own_judgement(_page(f"<h1>文字解读：{TITLE}</h1>"))
    assert judged is not None
    assert judged.kind == "lookalike"


def test_files_are_judged_by_their_names() -> None:
    name = f"filename*=UTF-8''{quote('某区2023年政府信息公开年报.pdf')}"
    judged = own_judgement(Response("http://a.gov.cn/d?id=1", headers={"Content-Disposition": f"attachment; {name}"}))
    assert judged is not None
    assert (judged.kind, judged.year) == ("report", 2023)


def test_a_home_page_speaks_of_reports_only_in_its_links() -> None:
    assert not speaks_of_a_report(_page("<a href='/'>政府信息公开年报</a><p>主办：某区人民政府</p>"))
    assert speaks_of_a_report(_page(f"<p>{TITLE}</p><img src='1.png'>"))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("<script>window.location.href='./zfxxgknb/';</script>", "./zfxxgknb/"),
        ('<script>location.replace("/a/")</script>', "/a/"),
        ("<script>document.cookie='a=1';location.href='/a/'</script>", None),
        ("<p>text</p>", None),
    ],
)
def test_a_plain_redirect_by_script_is_told_from_a_challenge(source: str, target: str | None) -> None:
    assert script_redirect(_page(f"<html>{source}</html>")) == target
