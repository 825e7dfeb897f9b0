"""The pages in a real Chromium, which may contact nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import Browsed

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PHONE = {"width": 375, "height": 740}
PATHS = [
    "/?q=公开",
    "/-/report/{report}",
    "/-/report/{report}?version=2&with=1",
    "/-/archived/1",
    "/-/charts",
    "/govreports",
    "/govreports/panel",
    "/govreports/requests_by_year",
    "/govreports?sql=select+*+from+report_list",
    "/nothing",
]


def follow(page: Page, link: Locator) -> None:
    """Click what leads to another page and wait until that page is there."""
    with page.expect_navigation():
        link.click()


def test_a_word_of_two_characters_is_found_and_facets_narrow(page: Page, browsed: Browsed) -> None:
    page.goto("/")
    page.fill("#q", "复议")
    with page.expect_navigation():
        page.press("#q", "Enter")
    assert page.locator(".hits mark").first.inner_text() == "复议"
    total = int(page.locator(".count span").first.inner_text().split()[0])
    follow(page, page.locator("#facet-province a", has_text="山东省"))
    follow(page, page.locator("#facet-year a", has_text="2023"))
    expected = browsed.ask(
        "SELECT COUNT(*) FROM report_list WHERE report_year = 2023 AND division_code LIKE '37%'"
        " AND report_id IN (SELECT report_id FROM section_list WHERE text LIKE '%复议%' OR heading LIKE '%复议%')"
    )[0][0]
    assert 0 < expected < total
    assert page.locator(".hits li").count() == expected
    assert all("2023" in text for text in page.locator(".about").all_inner_texts())
    follow(page, page.locator("#facet-year .remove"))
    assert page.locator(".hits li").count() > expected


def test_a_figure_leads_to_its_cell_in_the_source(page: Page, browsed: Browsed) -> None:
    report = browsed.report_id(2025)
    page.goto(f"/-/report/{report}")
    figure = page.locator("#requests td.reported a").nth(40)
    printed = figure.inner_text()
    follow(page, figure)
    target = page.locator("td:target")
    assert target.count() == 1
    assert target.inner_text() == printed
    assert target.evaluate("node => node.getBoundingClientRect().top >= 0")
    assert target.evaluate("node => node.getBoundingClientRect().bottom <= innerHeight")
    marked, plain = (
        page.locator(which).first.evaluate("node => getComputedStyle(node).backgroundColor")
        for which in ("td:target", "td:not(:target)")
    )
    assert marked != plain


def test_a_blank_is_seen_to_be_no_zero(page: Page, browsed: Browsed) -> None:
    page.goto(f"/-/report/{browsed.report_id(2024)}")
    said = {
        status: page.locator(f"#requests td.{status}").first.inner_text()
        for status in ("blank", "not_applicable", "unreadable")
    }
    assert said == {"blank": "空白 · blank", "not_applicable": "/", "unreadable": "若干无法识读 · unreadable"}
    borders = [
        page.locator(f"#requests td.{status}").first.evaluate("node => getComputedStyle(node).borderTopStyle")
        for status in ("blank", "reported")
    ]
    assert borders == ["dashed", "solid"]


def test_a_failed_check_is_red_and_says_the_relation_in_words(page: Page, browsed: Browsed) -> None:
    report = browsed.report_id(2023)
    page.goto(f"/-/report/{report}")
    failures = browsed.ask(f"SELECT COUNT(*) FROM check_failures WHERE report_id = {report}")[0][0]
    assert page.locator("#checks li").count() >= failures > 0
    said = page.locator("#checks li", has_text="R1").first
    assert "新收＋上年结转＝总计＋结转下年" in said.inner_text()
    assert "received + carried in = all outcomes + carried over" in said.inner_text()
    cell = page.locator("#requests td.failed", has_text="987")
    red = cell.evaluate("node => getComputedStyle(node).color.match(/\\d+/g).map(Number)")
    assert red[0] > 2 * max(red[1], red[2])


def test_two_versions_stand_side_by_side_with_their_differences_marked(page: Page, browsed: Browsed) -> None:
    report = browsed.report_id(2024)
    page.goto(f"/-/report/{report}")
    page.select_option("select[name=version]", "2")
    page.select_option("select[name=with]", "1")
    follow(page, page.get_by_role("button", name="对照"))
    before, after = (page.locator(f"#requests-{side} td.changed").all_inner_texts() for side in ("before", "after"))
    assert len(before) == len(after) == 1
    assert after == ["76"]
    assert before != after
    tops = [page.locator(f"#requests-{side}").bounding_box()["y"] for side in ("before", "after")]  # type: ignore[index]
    assert tops[0] == tops[1]


def test_a_chart_shows_what_the_table_beneath_it_says(page: Page, browsed: Browsed) -> None:
    page.goto("/-/charts")
    section = page.locator("#requests")
    drawn = [text.replace(",", "") for text in section.locator("svg").first.locator("text.note").all_text_contents()]
    rows = browsed.ask(
        "SELECT SUM(new_received) FROM panel WHERE scope = '' GROUP BY report_year HAVING COUNT(new_received)"
        " ORDER BY report_year"
    )
    assert drawn == [str(row[0]) for row in rows]
    table = section.locator("table").first.locator("tr td:last-child").all_inner_texts()
    assert [text.replace(",", "") for text in table if text] == drawn
    assert page.locator("#outcomes svg.chart rect").count() > 5
    assert page.locator("#coverage svg text", has_text="山东省").count() == 1


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_a_phone(page: Page, browsed: Browsed, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(path.format(report=browsed.report_id(2024)))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.locator("h1").count() == 1


def test_the_keyboard_gets_everywhere(page: Page, browsed: Browsed) -> None:
    page.goto("/?q=公开")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#q").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    title = page.locator(":focus").inner_text()
    with page.expect_navigation(url="**/-/report/*"):
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == title


def test_a_hostile_title_is_shown_and_does_nothing(page: Page, browsed: Browsed) -> None:
    report = browsed.report_id(2022)
    document = browsed.ask(f"SELECT document_id FROM report_version WHERE report_id = {report}")[0][0]
    for path in (
        f"/-/report/{report}",
        "/?year=2022",
        f"/-/archived/{document}",
        "/govreports/report_list?report_year=2022",
    ):
        page.goto(path)
        assert "<script>alert(2)</script>" in page.locator("main").inner_text()
        assert page.locator("main img").count() == 0


def test_the_rows_of_a_view_are_counted_and_narrowed_by_facets(page: Page, browsed: Browsed) -> None:
    page.goto("/govreports/panel")
    for facet in ("report_year", "province_code", "level", "form"):
        assert page.locator(f"#facet-{facet} li").count() > 0
    follow(page, page.locator("#facet-province_code a", has_text="山东省"))
    years = {row[0] for row in browsed.ask("SELECT report_year FROM panel WHERE province_code = '37'")}
    assert page.locator("#facet-report_year li").count() == len(years)
    follow(page, page.locator("td a[href^='/-/report/']").first)
    assert page.locator("#tables table").count() == 3
