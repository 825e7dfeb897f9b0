"""The spider for a column or home page that is not in the registry."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import TextResponse

from govreports.outcome import PAGES_SEEN
from govreports.registry.addresses import address_key
from govreports.registry.hosts import host_of
from govreports.spiders.arguments import ArgumentError
from govreports.spiders.detection import detect
from govreports.spiders.families import FAMILIES
from govreports.spiders.families.generic import Generic, lists_reports
from govreports.spiders.listing import ColumnLink, Family
from govreports.spiders.portal import PortalSpider
from govreports.spiders.signposts import Signposts
from govreports.spiders.traits import column_of, known_families


class ColumnSpider(PortalSpider):
    """Crawls the column at ``url``; the family is detected from its first page when it is not given."""

    name = "column"
    argument_names: ClassVar[tuple[str, ...]] = ("url", "family", "years", "full", "sample")

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
        if not self.begin():
            return
        if self.given_family is not None:
            self.family = self._supported(self.given_family, "")
            if self.family is None:
                return
        yield self.column_request(self.url)

    def column_request(self, url: str, *places: str) -> Request:
        # From an article's address its column's can be made; where that is not there, the article leads on.
        column = column_of(url)
        return super().column_request(url, *places) if column is None else super().column_request(column, column, url)

    def ways_on(self, response: TextResponse) -> Sequence[ColumnLink]:
        links = super().ways_on(response)
        home = urljoin(response.url, "/")
        if links or address_key(home) == address_key(response.url):
            return links
        return (ColumnLink(url=home, label="home page"),)

    def start_addresses(self) -> Sequence[str]:
        return (self.url,)

    def family_of(self, response: TextResponse) -> Family | None:
        # A home page, a platform or a column of columns need not show its family, or shows that of its news: the
        # columns that it leads to will tell.
        if urlsplit(response.url).path in ("", "/"):
            return Signposts()
        verdict = detect(response)
        best = verdict.best
        if best is None or verdict.one_of_sisters:
            self.family = self._static_list(response)
            return self.family or Signposts()
        if verdict.doubt is not None:
            self.logger.warning(
                "The family is uncertain: %s; the more specific is taken, -a family= overrides it.", verdict.doubt
            )
        self.family = self._supported(best.family, f" ({'; '.join(best.evidence)})")
        return self.family

    def _static_list(self, response: TextResponse) -> Family | None:
        """The family for systems that are not known, where it finds reports in the page."""
        return Generic() if lists_reports(response) else None

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
