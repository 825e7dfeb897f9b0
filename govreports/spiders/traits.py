"""The CMS families that are known, and by which signs: ``families.toml`` as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Reads:
    """What a family's code reads, in words for its page in the documentation."""

    shapes: tuple[str, ...]
    paging: str
    metadata: str
    attachments: str


@dataclass(frozen=True, slots=True)
class FamilyTraits:
    """A family as ``families.toml`` describes it."""

    name: str
    title: str
    url: tuple[re.Pattern[str], ...]
    decisive: tuple[re.Pattern[str], ...]
    html: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    shared_url: tuple[re.Pattern[str], ...]
    """Addresses of articles that ``sisters`` have, too."""
    shared_html: tuple[re.Pattern[str], ...]
    sisters: tuple[str, ...]
    article: re.Pattern[str] | None
    """The whole address of an article, where it tells the address of its column."""
    column: str
    """That column's address: a replacement for ``article``."""
    reads: Reads | None
    """What its code reads; None for a family that is only recognised."""


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
            shared_url=_patterns(row.get("shared_url", [])),
            shared_html=_patterns(row.get("shared_html", [])),
            sisters=tuple(row.get("sisters", [])),
            article=re.compile(row["article"]) if "article" in row else None,
            column=row.get("column", ""),
            reads=_reads(row) if "shapes" in row else None,
        )
        for row in rows
    }


def column_of(url: str) -> str | None:
    """Where the column of an article is, as its family makes addresses; None where the address does not tell."""
    for traits in known_families().values():
        if traits.article is not None and (found := traits.article.match(url)) is not None:
            return found.expand(traits.column)
    return None


def _reads(row: dict[str, Any]) -> Reads:
    return Reads(tuple(row["shapes"]), row["paging"], row["metadata"], row["attachments"])


def _patterns(texts: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)
