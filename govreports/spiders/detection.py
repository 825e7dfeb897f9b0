"""Which CMS family a page belongs to, by its address and its source, with the evidence and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapy.http import TextResponse

from govreports.spiders.traits import FamilyTraits, known_families

_HTML_SEARCHED = 200_000
_DECISIVE = 4
_ADDRESS = 3
"""A page's own address says more than a token in its source, which may belong to a link to another site."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A family and what speaks for it."""

    family: str
    score: int
    evidence: tuple[str, ...]
    sisters: tuple[str, ...] = ()
    """Families that the evidence fits as well; empty when something belongs to this one only."""

    def __str__(self) -> str:
        return f"{self.family} ({'; '.join(self.evidence)})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All guesses, the best first, and why the best is no certainty (one clause, None when it is one)."""

    guesses: tuple[Guess, ...]
    doubt: str | None

    @property
    def best(self) -> Guess | None:
        """The likeliest family; of equal ones the more specific."""
        return self.guesses[0] if self.guesses else None

    @property
    def runner_up(self) -> Guess | None:
        """The second."""
        return self.guesses[1] if len(self.guesses) > 1 else None

    @property
    def family(self) -> str | None:
        """The family, where nothing is in doubt."""
        return self.guesses[0].family if self.doubt is None else None

    @property
    def one_of_sisters(self) -> bool:
        """Whether the maker is known, and only a column can tell which of its systems it is."""
        return self.best is not None and bool(self.best.sisters)


def detect_family(url: str, html: str) -> Verdict:
    """The families that something speaks for in an address and the source of its page (empty when not had)."""
    source = html[:_HTML_SEARCHED]
    found = [guess for traits in known_families().values() if (guess := _guess(traits, url, source)).score]
    guesses = tuple(sorted(found, key=lambda guess: -guess.score))
    return Verdict(guesses, _doubt(guesses))


def detect(response: TextResponse) -> Verdict:
    """The same for a response."""
    return detect_family(response.url, response.text)


def _doubt(guesses: tuple[Guess, ...]) -> str | None:
    if not guesses:
        return "nothing in it is a sign of a known family"
    best, *others = guesses
    if others and others[0].score == best.score:
        return f"{best} and {others[0]} are equally likely"
    if best.sisters:
        return f"an article of this kind may be of {', '.join((best.family, *best.sisters))}: its column tells which"
    return None


def _guess(traits: FamilyTraits, url: str, source: str) -> Guess:
    in_url, shared_url = _hits(traits.url, url), _hits(traits.shared_url, url)
    cancelled = traits.unless is not None and traits.unless.search(source) is not None
    decisive = [] if cancelled else _hits(traits.decisive, source)
    in_html = [] if cancelled else _hits(traits.html, source)
    shared_html = [] if cancelled else _hits(traits.shared_html, source)
    addresses, tokens = [*in_url, *shared_url], [*in_html, *shared_html]
    return Guess(
        traits.name,
        _ADDRESS * len(addresses) + _DECISIVE * len(decisive) + len(tokens),
        (*(f"address: {hit}" for hit in addresses), *(f"page: {hit}" for hit in (*decisive, *tokens))),
        () if in_url or decisive or in_html else traits.sisters,
    )


def _hits(patterns: tuple[re.Pattern[str], ...], text: str) -> list[str]:
    return [_short(hit[0]) for pattern in patterns if (hit := pattern.search(text))]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"
