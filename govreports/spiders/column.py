"""The spider for a column or home page that is not in the registry."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from govreports.outcome import PAGES_SEEN
from govreports.registry.hosts import host_of
from govreports.spiders.detection import detect
from govreports.spiders.families import FAMILIES, known_families
from govreports.spiders.listing import Family
from govreports.spiders.portal import ArgumentError, PortalSpider
from govreports.spiders.signposts import Signposts


class ColumnSpider(PortalSpider):
    """Crawls the column at ``url``; the family is detected from its first page when it is not given."""

    name = "column"
    argument_names: ClassVar[tuple[str, ...]] = ("url", "family", "years")

    def __init__(
        self, url: str | None = None, family: str | None = None, years: str | None = None, **arguments: Any
    ) -> None:
        super().__init__(years=years, **arguments)
        if not url:
            raise ArgumentError("column needs the address of a column or home page: -a url=https://…")
        if host_of(url) is None:
            raise ArgumentError(f"url={url} is no http(s) address; write it in full, as https://www.example.gov.cn/…")
        if family is not None and family not in known_families():
            raise ArgumentError(f"unknown family {family!r}; known are {', '.join(known_families())}.")
        self.url = url
        self.given_family = family
        self.portal_id = urlsplit(url).netloc.lower()

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the column."""
        self.begin()
        if self.given_family is not None:
            self.family = self._supported(self.given_family, "")
            if self.family is None:
                return
        yield self.column_request(self.url)

    def start_addresses(self) -> Sequence[str]:
        return (self.url,)

    def family_of(self, response: TextResponse) -> Family | None:
        guesses = detect(response)
        if not guesses:
            # A home page, a platform or a column of columns need not show a family: its columns will.
            return Signposts()
        best, *others = guesses
        if others and others[0].score == best.score:
            self.logger.warning(
                "The family is uncertain: %s (%s) or %s (%s); the more specific is taken, -a family= overrides it.",
                best.family,
                "; ".join(best.evidence),
                others[0].family,
                "; ".join(others[0].evidence),
            )
        self.family = self._supported(best.family, f" ({'; '.join(best.evidence)})")
        return self.family

    def conclude(self) -> None:
        found_nothing = self.outcome.number(PAGES_SEEN) > 0 and self.family is None
        if found_nothing and not self.outcome.fatal:
            self.outcome.failed(
                "family_unknown",
                f"{self.url} shows no sign of a known CMS family; name one with -a family= ({', '.join(FAMILIES)}).",
            )
        super().conclude()

    def _supported(self, family: str, evidence: str) -> Family | None:
        if family in FAMILIES:
            return FAMILIES[family]()
        self.outcome.failed(
            "not_crawlable",
            f"{self.url} is of family {family}{evidence}, which is known but not supported yet; "
            f"supported are {', '.join(FAMILIES)}.",
        )
        return None
