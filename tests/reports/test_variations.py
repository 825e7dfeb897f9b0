"""The variations of real reports, a whole document each, with what must be read of it beside it.

``govreports rerun`` writes what is expected anew and shows what changed; ``govreports savefixture`` makes a further one
of a page. What is unusual in a page stands in its expectation (``about``). An expectation leaves out the cells in which
a plain 0 stands.

A file's name begins with the number of its variation (00: of our own). Not here: 30 (the same report year after year),
31 (several publishers side by side), 32 (renditions), 33 (corrections) and 34 (mirrors), which no single document
shows: they concern crawling and the store.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from govreports.debugging.expectation import differences
from govreports.debugging.fixture import expected_of, fixtures_in, read_anew

FOLDER = Path(__file__).parent / "variations"


@pytest.mark.parametrize("page", fixtures_in(FOLDER), ids=lambda page: page.name)
def test_variation_is_read_as_expected(page: Path) -> None:
    assert differences(expected_of(page), read_anew(page)) == []


def test_every_page_has_an_expectation_that_says_what_is_unusual() -> None:
    pages = {path for path in FOLDER.iterdir() if path.suffix != ".json"}
    assert pages == set(fixtures_in(FOLDER))
    assert {page.stem for page in pages} == {path.stem for path in FOLDER.glob("*.json")}
    assert [page.name for page in pages if not expected_of(page).get("about")] == []
