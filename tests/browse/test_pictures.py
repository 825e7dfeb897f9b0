"""The pictures of docs/browse.md: taken of the tests' own store by ``pytest tests/browse --regenerate-expected``."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Browsed
from PIL import Image

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "browse.md").read_text("utf-8")
LARGEST = 150_000
DESKTOP = (1180, 760)
PHONE = (375, 700)
PICTURES = {
    "browse-search": ("/?q=复议&province=37", (900, 520), None),
    "browse-report": ("/-/report/{2023}", DESKTOP, "#tables"),
    "browse-versions": ("/-/report/{2024}?version=2&with=1", DESKTOP, "#requests-before"),
    "browse-source": ("{place}", DESKTOP, None),
    "browse-charts": ("/-/charts", DESKTOP, "#outcomes"),
    "browse-phone": ("/-/report/{2024}", PHONE, "#tables"),
}


def place_of_a_figure(browsed: Browsed) -> str:
    """Where the archived copy has the requests of natural persons in 2024."""
    ((place,),) = browsed.ask(
        "SELECT '/-/archived/' || document_id || '#t' || at_table || 'r' || at_row || 'c' || at_column"
        f"  FROM report_facts JOIN report_version USING (report_id) WHERE is_current AND report_id ="
        f" {browsed.report_id(2024)} AND row_code = 'new_received' AND column_code = 'natural_person'"
    )
    return str(place)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_taken_and_is_small(
    page: Page, browsed: Browsed, name: str, tmp_path: Path, regenerate_expected: bool
) -> None:
    path, (width, height), shown = PICTURES[name]
    page.set_viewport_size({"width": width, "height": height})
    for year in (2023, 2024):
        path = path.replace(f"{{{year}}}", str(browsed.report_id(year)))
    page.goto(path.replace("{place}", place_of_a_figure(browsed)))
    if shown is not None:
        page.locator(shown).first.evaluate("node => node.scrollIntoView()")
    file = (DOCS / "images" if regenerate_expected else tmp_path) / f"{name}.png"
    file.parent.mkdir(exist_ok=True)
    # Letters have soft edges in many greys; a palette is a third of the size and looks the same.
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64).save(file, optimize=True)
    assert 5_000 < file.stat().st_size < LARGEST


def test_every_picture_is_shown_and_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(images/([\w-]+)\.png\)", TEXT)
    assert sorted(shown) == sorted(PICTURES)
    assert sorted(path.stem for path in (DOCS / "images").glob("browse-*.png")) == sorted(PICTURES)
    assert max(path.stat().st_size for path in (DOCS / "images").iterdir()) < LARGEST
