"""docs/portals.md is what the code says."""

from __future__ import annotations

from pathlib import Path

from govreports.replica.catalogue import make_portal, portal_names
from govreports.replica.matrix import page
from govreports.spiders.families import FAMILIES
from govreports.spiders.traits import known_families

PAGE = Path(__file__).parents[2] / "docs" / "portals.md"


def test_the_page_on_families_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m govreports.replica.matrix docs/portals.md"


def test_every_family_that_is_crawled_says_what_it_reads_and_has_a_replica() -> None:
    assert {name for name, traits in known_families().items() if traits.reads is not None} == set(FAMILIES)
    assert {make_portal(name).family for name in portal_names()} == set(FAMILIES)
