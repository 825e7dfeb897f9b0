"""The documentation site: built with strict links, and read from the file system without asking anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site. A link that leads nowhere, or a page that no menu names, fails the build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        folder = tmp_path_factory.mktemp("docs") / "site"
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder))
        assert config.strict
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    return folder


class _Assets(HTMLParser):
    """What a page loads by itself: not where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") not in ("canonical", "next", "prev"):
            self.found.append(values.get("href") or "")
        if tag != "a":
            self.found += [values[name] or "" for name in ("src", "srcset", "poster", "data") if name in values]


def test_no_page_names_another_host_for_what_it_loads(site: Path) -> None:
    loaded: dict[str, list[str]] = {}
    for page in site.rglob("*.html"):
        assets = _Assets()
        assets.feed(page.read_text("utf-8"))
        loaded[page.name] = assets.found
    for sheet in site.rglob("*.css"):
        loaded[sheet.name] = re.findall(r"(?:url\(|@import )[\"']?([^\"')]+)", sheet.read_text("utf-8"))
    assert loaded["index.html"]
    outside = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)
    assert {name: found for name, links in loaded.items() if (found := [u for u in links if outside.match(u)])} == {}


@pytest.fixture(scope="module")
def searched(site: Path, chromium: Browser) -> Iterator[Page]:
    """A page of the site, opened from the file system in Chromium; a request to anywhere else fails the test."""
    page = chromium.new_page()
    amiss: list[str] = []
    page.on("request", lambda one: None if one.url.startswith("file:") else amiss.append(one.url))
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.goto((site / "index.html").as_uri())
    yield page
    page.close()
    assert amiss == []


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("GOVREPORTS_RECHECK_YEARS", "reference/settings.html"),
        ("renditions_disagree", "reference/problems.html"),
        ("制发件数", "reference/codes.html"),
    ],
)
def test_it_can_be_searched_without_a_server(searched: Page, words: str, page: str) -> None:
    from playwright.sync_api import expect

    field = searched.locator("input.md-search__input")
    field.fill(words)
    field.press("End")
    hit = searched.locator(f".md-search-result__item a[href*='{page}']").first
    expect(hit).to_be_attached(timeout=15000)
    field.fill("")
    field.press("End")
    expect(searched.locator(".md-search-result__item")).to_have_count(0, timeout=15000)
