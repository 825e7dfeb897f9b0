"""Which CMS family a page belongs to, by its address and its source, with the evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapy.http import TextResponse

from govreports.spiders.families import FamilyTraits, known_families

_HTML_SEARCHED = 200_000
_STRONG = 3
"""A page's own address says more than a token in its source, which may belong to a link to another site."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A family and what speaks for it."""

    family: str
    score: int
    evidence: tuple[str, ...]


def detect_family(url: str, html: str) -> list[Guess]:
    """The families that something speaks for, the best first; of equal ones the more specific first."""
    source = html[:_HTML_SEARCHED]
    guesses = [_guess(traits, url, source) for traits in known_families().values()]
    return sorted((guess for guess in guesses if guess.score), key=lambda guess: -guess.score)


def detect(response: TextResponse) -> list[Guess]:
    """The same for a response."""
    return detect_family(response.url, response.text)


def _guess(traits: FamilyTraits, url: str, source: str) -> Guess:
    in_url = _hits(traits.url, url)
    cancelled = traits.unless is not None and traits.unless.search(source) is not None
    decisive = [] if cancelled else _hits(traits.decisive, source)
    in_html = [] if cancelled else _hits(traits.html, source)
    evidence = [*(f"address: {hit}" for hit in in_url), *(f"page: {hit}" for hit in (*decisive, *in_html))]
    return Guess(traits.name, _STRONG * (len(in_url) + len(decisive)) + len(in_html), tuple(evidence))


def _hits(patterns: tuple[re.Pattern[str], ...], text: str) -> list[str]:
    return [_short(hit[0]) for pattern in patterns if (hit := pattern.search(text))]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"
