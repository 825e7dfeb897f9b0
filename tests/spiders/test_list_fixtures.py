"""Pages of columns, and beside each what its family must read; ``govreports savefixture`` makes further ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreports.debugging.expectation import differences
from govreports.debugging.fixture import expected_of, fixtures_in, read_anew

FOLDER = Path(__file__).parent / "lists"


@pytest.mark.parametrize("page", fixtures_in(FOLDER), ids=lambda page: page.name)
def test_list_is_read_as_expected(page: Path) -> None:
    assert differences(expected_of(page), read_anew(page)) == []


def test_every_list_has_an_expectation_that_says_what_is_unusual() -> None:
    pages = {path for path in FOLDER.iterdir() if path.suffix != ".json"}
    assert pages == set(fixtures_in(FOLDER))
    assert [page.name for page in pages if not expected_of(page).get("about")] == []
