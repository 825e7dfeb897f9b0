"""Two copies of a page are the same when only counters, stamps and tokens differ, and are not when a word does."""

from __future__ import annotations

import pytest

from govreports.volatile import same_but_for_visits

PAGE = """<html><head><title>港口区2023年政府信息公开工作年度报告</title>{head}</head><body>
<div class="info">{info}</div><p>本年新收政府信息公开申请12件，网站访问量达35000次。</p>
<table><tr><td>新收</td><td>{figure}</td></tr></table>{foot}</body></html>"""


def page(*, info: str = "", head: str = "", foot: str = "", figure: str = "12", charset: str = "utf-8") -> bytes:
    return PAGE.format(info=info, head=head, foot=foot, figure=figure).encode(charset)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"info": "浏览次数：17"}, {"info": "浏览次数：1018"}),
        ({"info": "点击数：<span id='hits'>17</span>次"}, {"info": "点击数：<span id='hits'>18</span>次"}),
        ({"info": "阅读<em>9</em>"}, {"info": "阅读<em>10</em>"}),
        ({"foot": "<!-- made by 10.0.0.1 at 08:00 -->"}, {"foot": "<!-- made by 10.0.0.2 at 09:30 -->"}),
        ({"info": "今天是2024年1月31日 星期三"}, {"info": "今天是2024年2月1日 星期四"}),
        ({"foot": "Processed in 0.021 second(s)"}, {"foot": "Processed in 1.3 second(s)"}),
        ({"foot": "<input type='hidden' name='s' value='a1'>"}, {"foot": "<input type='hidden' name='s' value='b2'>"}),
        ({"head": "<meta name='_csrf' content='a1b2'>"}, {"head": "<meta name='_csrf' content='c3d4'>"}),
        ({"head": "<script nonce='a1'>run()</script>"}, {"head": "<script nonce='b2'>run()</script>"}),
        ({"head": "<link href='/a.css?v=202401'>"}, {"head": "<link href='/a.css?v=202402'>"}),
        ({"foot": "<a href='/b;jsessionid=AB12'>b</a>"}, {"foot": "<a href='/b;jsessionid=CD34'>b</a>"}),
        ({"foot": "<script>var now = 1706688000123;</script>"}, {"foot": "<script>var now = 1706774400456;</script>"}),
    ],
)
def test_what_changes_with_every_visit_does_not_count(one: dict[str, str], other: dict[str, str]) -> None:
    assert page(**one) != page(**other)
    assert same_but_for_visits(page(**one), page(**other))


@pytest.mark.parametrize(
    "changed",
    [
        page(figure="13"),
        page().replace("12件".encode(), "13件".encode()),
        page().replace(b"35000", b"35001"),
        page(foot="<a href='/report.pdf'>附件</a>"),
        page(foot="<p>更正说明</p>"),
    ],
)
def test_what_somebody_changed_counts(changed: bytes) -> None:
    assert not same_but_for_visits(page(), changed)


def test_it_works_in_the_page_s_own_encoding() -> None:
    one, other = (page(info=f"浏览次数：{number}", charset="gb18030") for number in (1, 2))
    kind = "text/html; charset=gbk"
    assert same_but_for_visits(one, other, content_type=kind)
    assert not same_but_for_visits(one, page(info="浏览次数：1", figure="7", charset="gb18030"), content_type=kind)


def test_files_that_are_no_pages_must_be_equal() -> None:
    one, other = (b"%PDF-1.7 /CreationDate (D:2024013" + day + b")" for day in (b"0", b"1"))
    assert same_but_for_visits(one, one)
    assert not same_but_for_visits(one, other)
