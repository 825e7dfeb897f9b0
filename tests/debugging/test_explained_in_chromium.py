"""The explained page in a real Chromium, and its picture: ``pytest tests/debugging --regenerate-expected`` takes it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from opening import of_html, variation
from PIL import Image

from govreports.debugging.explained_page import explained_page
from govreports.issues import Place

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).parents[2] / "docs"
LARGEST = 150_000
HOSTILE = '&lt;img src="http://evil.example/x.png" onerror="alert(1)"&gt;&lt;script&gt;alert(2)&lt;/script&gt;'


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails the test when it asks for anything but the file, is refused something, or opens a dialog."""
    context = chromium.new_context(viewport={"width": 1280, "height": 820})
    opened = context.new_page()
    amiss: list[str] = []
    opened.on("request", lambda request: amiss.append(request.url) if not request.url.startswith("file:") else None)
    opened.on("console", lambda message: amiss.append(message.text))
    opened.on("pageerror", lambda error: amiss.append(str(error)))
    opened.on("dialog", lambda dialog: (amiss.append(dialog.message), dialog.dismiss()))
    yield opened
    context.close()
    assert amiss == []


def test_each_use_has_its_colour_and_issues_stand_beside_the_table(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "explained.html"
    file.write_text(explained_page(variation("25_local_row_and_column")), "utf-8")
    page.goto(file.as_uri())
    colours = {
        name: page.locator(f"#t1 td.{name}").first.evaluate("node => getComputedStyle(node).backgroundColor")
        for name in ("figure", "row-label", "column-label", "heading", "left-out")
    }
    assert len(set(colours.values())) == len(colours)
    table, issues = (page.locator(where).bounding_box() for where in ("#t1 table", "#t1 .issues"))
    assert table is not None
    assert issues is not None
    assert issues["x"] >= table["x"] + table["width"]
    page.locator("#t1 .issues a").first.click()
    target = page.locator("td:target")
    assert target.inner_text().startswith("其他主动公开文件")
    assert target.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.locator("details summary").click()
    assert page.locator("details pre").is_visible()


def test_the_framed_cell_is_in_sight_when_the_page_opens(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "explained.html"
    place = Place(2, 27, 10)
    file.write_text(explained_page(variation("01_blank_for_zero"), marked=place), "utf-8")
    page.goto(file.as_uri())
    marked = page.locator("td.marked")
    assert marked.evaluate(
        "node => { const box = node.getBoundingClientRect(); return 0 <= box.top && box.bottom <= innerHeight }"
    )


def test_a_hostile_page_is_shown_and_does_nothing(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "explained.html"
    file.write_text(
        explained_page(of_html(f"<h1>{HOSTILE}</h1><table><tr><td>{HOSTILE}</td><td>1</td></tr></table>")), "utf-8"
    )
    page.goto(file.as_uri())
    assert "<script>alert(2)</script>" in page.locator("#t1r1c1").inner_text()
    assert page.locator("img").count() == 0


def test_no_page_is_wider_than_a_phone(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "explained.html"
    file.write_text(explained_page(variation("13_row_labels_lost")), "utf-8")
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_picture_can_be_taken_and_is_small(page: Page, tmp_path: Path, regenerate_expected: bool) -> None:
    file = tmp_path / "explained.html"
    file.write_text(explained_page(variation("13_row_labels_lost")), "utf-8")
    page.goto(file.as_uri())
    page.locator("#t2").evaluate("node => node.scrollIntoView()")
    picture = (DOCS / "images" if regenerate_expected else tmp_path) / "explain.png"
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64).save(picture, optimize=True)
    assert 5_000 < picture.stat().st_size < LARGEST


def test_the_picture_is_shown_and_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(images/([\w-]+)\.png\)", (DOCS / "debugging.md").read_text("utf-8"))
    assert shown == ["explain"]
    assert (DOCS / "images" / "explain.png").stat().st_size < LARGEST
