"""A crawl that only looks: the same way from an address to its columns, their lists counted, no report fetched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from scrapy import Request
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from govreports import outcome as counts
from govreports.items import Page
from govreports.registry.addresses import address_key
from govreports.reports.titles import judge_title
from govreports.spiders.column import ColumnSpider
from govreports.spiders.detection import Verdict, detect
from govreports.spiders.families import FAMILIES
from govreports.spiders.links import column_signs
from govreports.spiders.listing import Listing
from govreports.spiders.own_title import own_judgement
from govreports.spiders.portal import Output
from govreports.spiders.problems import problem_of
from govreports.spiders.site_identity import Site, site_of
from govreports.spiders.traits import column_of
from govreports.spiders.visits import Visit

Kind = Literal["home page", "report", "annual-report column", "page"]


@dataclass(slots=True, kw_only=True)
class SeenPage:
    """One page that the probe met."""

    url: str
    kind: Kind
    verdict: Verdict
    site: Site
    signs: tuple[str, ...]
    """What says that it is an annual-report column."""
    depth: int
    label: str
    """The link that led here; empty for the address that was given."""
    linked_from: str | None
    listing: Listing
    body: bytes = field(repr=False)
    content_type: str | None
    reports: int = 0
    """Reports that it names, itself or in the lists that it frames or calls; the first page of each."""


@dataclass(slots=True)
class Findings:
    """What a probe met, in order, and what a crawl would fetch."""

    pages: list[SeenPage] = field(default_factory=list)
    years: dict[str, int | None] = field(default_factory=dict)
    """Report year by the address of each report that would be fetched; None where its title does not say it."""
    unnamed: int = 0
    """Lines that would be fetched because their titles are cut or say too little."""
    cut: bool = False
    """Whether the list pages were more than the probe may ask for."""
    family: str | None = None
    """The family that lists were read with."""


class ProbeSpider(ColumnSpider):
    """Follows ``url`` to its annual-report columns. ``findings`` is filled; at most ``pages`` pages are asked for."""

    name = "probe"
    argument_names: ClassVar[tuple[str, ...]] = ("url", "family")

    def __init__(self, *, findings: Findings, pages: int, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.findings = findings
        self._pages_left = pages

    async def start(self) -> AsyncIterator[Any]:
        """Look at the address itself first, where the crawl would begin at an article's column."""
        if column_of(self.url) is not None:
            self._pages_left -= 1
            yield Request(self.url, callback=self.look_at_article, errback=self.article_failed, dont_filter=True)
        async for request in super().start():
            self._pages_left -= 1
            yield request

    def look_at_article(self, response: Response) -> Output:
        """Keep the article that was given, and what its family finds beside it."""
        judged = own_judgement(response)
        if judged is not None and judged.kind == "report":
            self._count(response.url, judged.year)
        if not isinstance(response, TextResponse):
            return
        self._see(response, Listing(), depth=0, label="")
        family = detect(response).family
        if family in FAMILIES:
            beside = FAMILIES[family]().beside_document(response)
            yield from self._without_reports(self._take_beside(response, beside))

    def article_failed(self, failure: Failure) -> None:
        """Say that the address that was given could not be had."""
        self.outcome.incomplete(f"{self.url} {problem_of(failure, self)[1]}")

    def parse(self, response: Response, visit: Visit | None = None) -> Output:
        yield from self._without_reports(super().parse(response, visit))

    def page_failed(self, failure: Failure) -> Output:
        yield from self._without_reports(super().page_failed(failure))

    def _take_page(self, response: TextResponse, visit: Visit, listing: Listing) -> Output:
        self.findings.family = self.family.name if self.family is not None else None
        if visit.number == 1:
            if not visit.column.within:
                self._see(response, listing, depth=visit.column.depth, label=visit.column.label)
            self._found_in(visit.column.url if visit.column.within else response.url, _reports_named(listing))
        yield from super()._take_page(response, visit, listing)

    def _without_reports(self, outputs: Iterable[Page | Request]) -> Output:
        """List pages go on; reports are counted in place of being fetched, as are those that stand in a list page."""
        for output in outputs:
            if isinstance(output, Page):
                self.findings.years[address_key(output.url)] = output.listed_year
            elif (item := output.cb_kwargs.get("item")) is not None:
                judged = judge_title(item.title or "")
                if judged.kind == "report":
                    self._count(item.url, judged.year)
                else:
                    self.findings.unnamed += 1
            elif self._pages_left > 0:
                self._pages_left -= 1
                yield output
            else:
                self.findings.cut = True

    def _found_in(self, url: str, reports: int) -> None:
        for page in self.findings.pages:
            if page.url == url and reports and page.kind in ("page", "annual-report column"):
                page.reports += reports
                page.kind = "annual-report column"

    def _count(self, url: str, year: int | None) -> None:
        if (key := address_key(url)) not in self.findings.years:
            self.outcome.count(counts.REPORTS_SEEN)
            self.findings.years[key] = year

    def _see(self, response: TextResponse, listing: Listing, *, depth: int, label: str) -> None:
        if any(page.url == response.url for page in self.findings.pages):
            return
        referer = response.request.headers.get("Referer") if response.request is not None else None
        content_type = response.headers.get("Content-Type")
        self.findings.pages.append(
            SeenPage(
                url=response.url,
                kind=_kind(response, listing),
                verdict=detect(response),
                site=site_of(response),
                signs=column_signs(response),
                depth=depth,
                label=label,
                linked_from=referer.decode("latin-1") if referer else None,
                listing=listing,
                body=response.body,
                content_type=content_type.decode("latin-1") if content_type else None,
            )
        )


def _kind(response: TextResponse, listing: Listing) -> Kind:
    if address_key(response.url).partition("/")[2] == "":
        return "home page"
    if listing.inline is None and not listing.items:
        judged = own_judgement(response)
        if judged is not None and judged.kind == "report" and judged.year is not None:
            return "report"
    return "annual-report column" if column_signs(response) else "page"


def _reports_named(listing: Listing) -> int:
    listed = (*listing.items, *((listing.inline,) if listing.inline else ()))
    return sum(judge_title(item.title or "").kind == "report" for item in listed)
