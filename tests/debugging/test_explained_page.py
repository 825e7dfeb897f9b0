"""The HTML of an explained page: coloured cells, issues at their places, and nothing of the source as markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from lxml import html
from opening import of_html, variation

from govreports.debugging.explained_page import explained_page
from govreports.debugging.specimen import Specimen
from govreports.issues import Place
from govreports.reports.explanation import USES

HOSTILE = '<img src="http://evil.example/x.png" onerror="alert(1)"><script>alert(2)</script>'


def tree(specimen: Specimen, marked: Place | None = None) -> html.HtmlElement:
    return html.document_fromstring(explained_page(specimen, marked=marked))


def test_every_cell_has_its_place_its_text_and_its_colour() -> None:
    specimen = variation("25_local_row_and_column")
    assert specimen.explanation is not None
    page = tree(specimen)
    for use in specimen.explanation.cells:
        (cell,) = page.xpath(f"//td[@id='t{use.key[0]}r{use.key[1]}c{use.key[2]}']")
        assert (cell.text or "") == use.cell.text
        assert use.use.replace(" ", "-") in cell.get("class").split()
        assert (cell.get("colspan") or "1", cell.get("rowspan") or "1") == (
            str(use.cell.column_span),
            str(use.cell.row_span),
        )


def test_the_legend_has_every_use() -> None:
    shown = tree(variation("01_blank_for_zero")).xpath("//ul[@class='legend']/li/b/text()")
    assert shown == list(USES)


def test_an_issue_stands_beside_its_table_and_leads_to_its_cell_and_back() -> None:
    page = tree(variation("13_row_labels_lost"))
    first, second = page.xpath("//section[@id='t2']//ol[@class='issues']/li")
    assert first.xpath("./code/text()") == ["label_missing"]
    (link,) = first.xpath("./a")
    (cell,) = page.xpath(f"//td[@id='{link.get('href')[1:]}']")
    assert cell.xpath("./a/@href") == [f"#{first.get('id')}"]
    assert (cell.getparent().xpath("./th/text()"), second.get("value")) == (["6"], "2")


def test_an_issue_of_the_whole_document_stands_below() -> None:
    page = tree(variation("22_one_block_only"))
    assert page.xpath("//h2[text()='Issues of the whole document']")
    nothing = tree(of_html("<p>无表</p>"))
    codes = nothing.xpath("//h2[text()='Issues of the whole document']/following-sibling::ol[1]/li/code/text()")
    assert codes.count("table_missing") == 3


def test_a_label_says_what_it_was_read_as_and_a_value_what_it_is_where_that_is_not_printed() -> None:
    page = tree(variation("01_blank_for_zero"))
    assert page.xpath("string(//td[@id='t2r6c2']/small)") == "granted"
    assert page.xpath("//td[@id='t2r6c4']/small") == []
    blank = page.xpath("//td[contains(@class, 'unread')]")[0]
    assert blank.xpath("string(./small)") == "blank"
    assert "why" not in blank.get("title")
    assert "row granted: “（一）予以公开” at table 2" in page.xpath("string(//td[@id='t2r6c4']/@title)")


def test_the_record_is_the_one_that_extract_prints() -> None:
    specimen = variation("07_decimal_amounts")
    assert specimen.report is not None
    shown = tree(specimen).xpath("string(//details/pre)")
    record = json.loads(shown)
    assert (record["title"], len(record["facts"])) == (specimen.report.title, len(specimen.report.facts))


def test_checks_that_fail_are_told() -> None:
    page = tree(
        of_html(
            "<table><tr><td>项目</td><td>自然人</td><td>商业企业</td><td>总计</td></tr>"
            "<tr><td>一、本年新收政府信息公开申请数量</td><td>1</td><td>2</td><td>9</td></tr>"
            "<tr><td>（一）予以公开</td><td>1</td><td>2</td><td>3</td></tr>"
            "<tr><td>（二）部分公开</td><td>0</td><td>0</td><td>0</td></tr></table>"
        )
    )
    assert page.xpath("//h2[text()='Checks that fail']")


def test_nothing_of_the_source_is_markup() -> None:
    hostile = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
    specimen = of_html(
        f"<h1>{hostile}某县2023年政府信息公开工作年度报告</h1>"
        f"<table><tr><td>项目{hostile}</td><td>自然人</td></tr><tr><td>{hostile}</td><td>1</td></tr></table>"
    )
    page = explained_page(specimen)
    parsed = html.document_fromstring(page)
    assert parsed.xpath("//img | //script | //iframe | //link | //object | //@onerror | //@style") == []
    assert HOSTILE in parsed.xpath("string(//td[@id='t1r2c1'])")
    assert {link for link in parsed.xpath("//@href | //@src") if not link.startswith("#")} == set()


def test_the_policy_allows_the_one_stylesheet_and_nothing_else() -> None:
    page = explained_page(variation("01_blank_for_zero"))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = html.document_fromstring(page).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_letters_that_html_may_not_hold_are_replaced() -> None:
    specimen = of_html("<table><tr><td>项目\x01\x0b</td><td>\ufffe</td></tr></table>")
    assert "\x01" not in explained_page(specimen)


def test_one_cell_can_be_framed_and_shown_first() -> None:
    page = tree(variation("01_blank_for_zero"), Place(2, 6, 4))
    (marked,) = page.xpath("//td[contains(@class, 'marked')]")
    assert (marked.get("id"), marked.get("autofocus"), marked.get("tabindex")) == ("t2r6c4", "autofocus", "0")


@pytest.mark.parametrize("body", ["", "%PDF-1.4"])
def test_a_page_that_cannot_be_read_says_why(body: str) -> None:
    from govreports.debugging.received import Received
    from govreports.debugging.specimen import examine

    specimen = examine(Received(source="page", url="file:///page", body=body.encode()))
    assert tree(specimen).xpath("string(//p[@class='problem'])") == specimen.problem


def test_a_document_of_too_many_cells_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govreports.debugging.explained_page._MOST_CELLS", 3)
    row = "<tr><td>1</td><td>2</td></tr>"
    page = tree(of_html(f"<table>{row}</table><p>x</p><table>{row}</table>"))
    assert len(page.xpath("//section")) == 1
    assert page.xpath("string(//p[@class='problem'])") == "The document has more cells than are shown here."
