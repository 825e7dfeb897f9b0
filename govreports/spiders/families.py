"""The CMS families: which are known, and the code of those that can be crawled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from govreports.spiders.gongkai import Gongkai
from govreports.spiders.listing import Family
from govreports.spiders.trs import Trs

FAMILIES: dict[str, type[Family]] = {family.name: family for family in (Trs, Gongkai)}
"""Families that can be crawled, by name."""


@dataclass(frozen=True, slots=True)
class FamilyTraits:
    """A family as ``families.toml`` describes it."""

    name: str
    title: str
    url: tuple[re.Pattern[str], ...]
    decisive: tuple[re.Pattern[str], ...]
    html: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None


@cache
def known_families() -> dict[str, FamilyTraits]:
    """All families by name, in the order in which they are tried."""
    with files("govreports.spiders").joinpath("families.toml").open("rb") as source:
        rows = tomllib.load(source)["family"]
    return {
        row["name"]: FamilyTraits(
            name=row["name"],
            title=row["title"],
            url=_patterns(row["url"]),
            decisive=_patterns(row.get("decisive", [])),
            html=_patterns(row["html"]),
            unless=re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None,
        )
        for row in rows
    }


def _patterns(texts: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)
