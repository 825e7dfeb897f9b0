"""Pages made anonymous: what stays, what goes, and that they are read alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from opening import VARIATIONS, of_html

from govreports.debugging.disguise import OWN_HOST, Disguise
from govreports.debugging.fixture import draft
from govreports.debugging.received import Received

PAGES = sorted(path for path in VARIATIONS.iterdir() if path.suffix != ".json")
TITLE = "张店区人民政府马尚街道办事处2023年政府信息公开工作年度报告"


def disguised(body: str, *, url: str = "https://www.zhangdian.gov.cn/a.html") -> str:
    specimen = of_html(body)
    return Disguise(specimen.explanation, body, url=url).page()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_variation_is_read_as_before(path: Path) -> None:
    made = draft(Received(source=path.name, url="file:///page", body=path.read_bytes()), about="x", family=None)
    assert made.changed == ()
    assert "桃源县" not in str(made.expected)
    assert "青石县云台镇" not in str(made.expected)


def test_names_are_replaced_and_the_shape_of_a_title_stays() -> None:
    page = disguised(f"<h1>{TITLE}</h1><p>索引号：113703030042174346/2024-5424910 发布机构：马尚街道办事处</p>")
    assert "张店" not in page
    assert "马尚" not in page
    assert "街道办事处2023年政府信息公开工作年度报告</h1>" in page
    assert "区人民政府" in page
    assert "索引号：000000000000000000/2024-0000000 发布机构：" in page


def test_a_name_is_replaced_alike_wherever_it_stands() -> None:
    page = disguised(f"<h1>{TITLE}</h1><p>发布机构：马尚街道办事处</p>")
    title, block = (part.split("街道")[0][-2:] for part in page.split("</h1>"))
    assert title == block != "马尚"


def test_prose_goes_and_headings_stay() -> None:
    page = disguised("<p>一、总体情况</p><p>我街道由张三负责，电话0533-7654321，邮箱zhang.san@zd.gov.cn。</p>")
    assert "<p>一、总体情况</p>" in page
    for gone in ("张三", "负责", "电话", "7654321", "0533", "zhang"):
        assert gone not in page


def test_dates_years_and_figures_stay() -> None:
    page = "<p>2024-01-18 20240118 2024年1月18日 至12月31日 1234</p>"
    assert disguised(page) == page


def test_labels_and_figures_of_the_statutory_tables_stay_however_misprinted() -> None:
    table = (
        "<table><tr><td>项目</td><td>自然<br>人</td><td>商业企业</td><td>总计</td></tr>"
        "<tr><td>（一）予以公幵</td><td>12345678</td><td>2</td><td>3</td></tr>"
        "<tr><td>（二）部分公开</td><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    assert disguised(table) == table


def test_markup_stays_where_it_is() -> None:
    broken = '<div class="a"><p>甲<b>乙</p></b><table><td>丙<tr><td colspan=3>丁</table><!-- 戊 -->&nbsp;&#24180;'
    page = disguised(broken)
    assert [page.count(mark) for mark in ("<p>", "</p></b>", "<td colspan=3>", "<!-- ", "&nbsp;", "年")] == [1] * 6


def test_a_word_counts_wherever_markup_stands_inside_it() -> None:
    assert disguised("<h1>某局2023年政府<br>信息<span>公开</span>工作年度报告</h1>").endswith(
        "局2023年政府<br>信息<span>公开</span>工作年度报告</h1>"
    )


def test_hosts_and_words_in_attributes_and_scripts_are_replaced() -> None:
    page = disguised(
        '<meta name="ContentSource" content="马尚街道办 3703030042 www.zhangdian.gov.cn">'
        '<a href="https://www.zhangdian.gov.cn/art/1234567.html" title="张店区公告">x</a>'
        '<img src="//img.zibo.gov.cn/a.png">'
        '<script>var 名称 = "张店区", id = "Zhangdian";</script>'
    )
    assert f'href="https://{OWN_HOST}/art/1234567.html"' in page
    assert "//other.example.gov.cn/a.png" in page
    assert "0000000000" in page
    for gone in ("zhangdian", "Zhangdian", "zibo", "张店", "马尚", "3703030042"):
        assert gone not in page


def test_readings_of_letters_do_not_tell_them() -> None:
    assert "zhāng" not in disguised("<p>张(zhāng)店(diàn)</p>")


def test_traditional_words_stay_too() -> None:
    assert "區人民政府2023年政府信息公開工作年度報告" in disguised(
        "<h1>張店區人民政府2023年政府信息公開工作年度報告</h1>"
    )


def test_a_text_without_markup_is_disguised_alike() -> None:
    specimen = of_html("")
    source = f"{TITLE}\n一、总体情况\n张三负责 <1>\n"
    text = Disguise(specimen.explanation, source, url="file:///page").plain()
    assert "张店" not in text
    assert "\n一、总体情况\n" in text
    assert text.endswith(" <1>\n")
