"""The spider that every portal of the registry becomes: it walks columns and fetches what is named as a report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from govreports import clock
from govreports import outcome as counts
from govreports.items import Page
from govreports.middlewares.browser import browser_settings, drawn, why_no_browser
from govreports.middlewares.error_pages import ATTACHMENT
from govreports.middlewares.sampled import LIST_PAGE, EnoughSampled
from govreports.outcome import Outcome
from govreports.registry.addresses import absolute, address_key, is_folder
from govreports.registry.hosts import host_of
from govreports.registry.portal import Portal
from govreports.reports.titles import TitleJudgement, column_name, judge_title
from govreports.spiders.arguments import ArgumentError, number_of_reports, years_of, yes_or_no
from govreports.spiders.attachments import Attachment, attachments
from govreports.spiders.families import FAMILIES, why_not_crawlable
from govreports.spiders.links import platform_links
from govreports.spiders.listing import ColumnLink, Family, ListedItem, Listing, PageAddress
from govreports.spiders.own_title import own_judgement, speaks_of_a_report
from govreports.spiders.pages import as_file, is_home, media_type, page_of
from govreports.spiders.problems import problem_of
from govreports.spiders.script_redirect import script_redirect
from govreports.spiders.seen_before import LISTED, Listed
from govreports.spiders.site_identity import compare, site_of
from govreports.spiders.visits import Column, Visit, call_key, first_visit, moved

Output = Iterator[Page | Request]

_DEEPEST = 6
"""Columns further than this from the start are not followed: home, platform, column, organ, year, and one more."""
_PLATFORM_DEEPEST = 2
_MOVED = frozenset({"column_gone", "other_site"})
"""Problems of a column to start from that its registry entry has to be mended for."""


class PortalSpider(Spider):
    """Crawls one portal. Subclasses are made from registry entries; ``entry`` is theirs."""

    entry: ClassVar[Portal | None] = None
    argument_names: ClassVar[tuple[str, ...]] = ("years", "full", "sample")

    def __init__(
        self, years: str | None = None, full: str | None = None, sample: str | None = None, **arguments: Any
    ) -> None:
        self.refuse_unknown(arguments)
        super().__init__()
        self.years = None if years is None else years_of(years)
        self.full = full is not None and yes_or_no(full)
        """Whether pages that look unchanged are fetched, too."""
        self.sample = None if sample is None else number_of_reports(sample)
        """How many reports are enough; None for all."""
        self._sampled = 0
        self.family: Family | None = None
        self.portal_id = self.name
        self._columns: set[str] = set()
        self._wanted: set[str] = set()
        self._list_bodies: dict[bytes, str] = {}
        self._start_problems: list[tuple[str, str]] = []
        self._report_problems: list[str] = []
        self._started = False

    @classmethod
    def refuse_unknown(cls, arguments: dict[str, Any]) -> None:
        """Raise ArgumentError for names that the spider does not take; ``_job`` and the like are a server's own."""
        unknown = sorted(name for name in arguments if not name.startswith("_"))
        if unknown:
            takes = ", ".join(cls.argument_names)
            raise ArgumentError(f"unknown argument {unknown[0]!r}; {cls.name} takes {takes}.")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.conclude, signal=signals.spider_idle)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if cls.entry is not None and cls.entry.delay is not None:
            settings.set("DOWNLOAD_DELAY", cls.entry.delay, priority="spider")
        if cls.entry is not None and cls.entry.max_pages is not None:
            settings.set("GOVREPORTS_MAX_PAGES", cls.entry.max_pages, priority="spider")
        if cls.entry is not None and cls.entry.browser:
            settings.set("GOVREPORTS_BROWSER", True, priority="spider")
        if settings.getbool("GOVREPORTS_BROWSER") and why_no_browser(settings) is None:
            settings.setdict(browser_settings(settings), priority="spider")

    @property
    def scope(self) -> str:
        """What the crawl is narrowed to, as ``years=2023,2024`` or ``sample=1``; empty for the whole portal."""
        parts = [] if self.years is None else [f"years={','.join(map(str, sorted(self.years)))}"]
        parts += [] if self.sample is None else [f"sample={self.sample}"]
        return " ".join(parts)

    @property
    def has_enough(self) -> bool:
        """Whether as many reports as the sample is to have were asked for, so that no list is needed any more."""
        return self.sample is not None and self._sampled >= self.sample

    @property
    def outcome(self) -> Outcome:
        """Where this crawl writes down how it goes."""
        return Outcome(self.crawler.stats)

    # Start and end.

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the entry's columns and known documents, or say why the portal cannot be crawled."""
        if not self.begin():
            return
        entry = self.entry
        if entry is None:
            raise ArgumentError(f"{type(self).__name__} has no registry entry to start from.")
        if (reason := why_not_crawlable(entry)) is not None:
            self.outcome.failed("not_crawlable", f"{entry.id} cannot be crawled: {reason}")
            return
        self.family = FAMILIES[entry.family]()
        for url in entry.start_urls:
            yield self.column_request(url)
        for url in entry.documents:
            for request in self._take_item(ListedItem(url=url, title=None), list_url=None):
                yield request

    def begin(self) -> bool:
        """Note that this is a crawl: `parse` and `shell` use spiders for single pages, which have no outcome.

        False after saying that it cannot be made here.
        """
        self._started = True
        if not self.settings["GOVREPORTS_CONTACT"]:
            self.logger.warning("Set GOVREPORTS_CONTACT, so that operators of portals know whom to write to.")
        if self.settings.getbool("GOVREPORTS_BROWSER") and (missing := why_no_browser(self.settings)) is not None:
            self.outcome.failed("no_browser", missing)
            return False
        return True

    def column_request(self, url: str, *places: str) -> Request:
        """The request for a column to start from; ``places`` are asked in turn, by default only ``url``."""
        self._columns.add(address_key(url))
        return self._visit_request(replace(first_visit(url), candidates=places or (url,)))

    def conclude(self) -> None:
        """Say what the crawl as a whole lacks. Called when nothing is left to ask for."""
        if not self._started or self.outcome.fatal:
            return
        reports = self.outcome.number(counts.REPORTS_SEEN)
        if reports == 0 and self._start_problems:
            kind, message = self._start_problems[0]
            if kind == "robots":
                self.outcome.robots(f"{message}.")
            else:
                self.outcome.failed(kind, f"{message}.")
            return
        for _, message in self._start_problems:
            self.outcome.incomplete(message)
        if reports:
            return
        if self._report_problems:
            self.outcome.failed(
                "reports_unreachable",
                f"{len(self._report_problems)} reports are listed and none could be had: {self._report_problems[0]}.",
            )
        elif self.outcome.number(counts.OUT_OF_YEARS):
            self.logger.info("No report of the years asked for is listed.")
        else:
            self.outcome.failed("empty_column", self._why_empty())

    def _why_empty(self) -> str:
        seen = self.outcome.number(counts.ITEMS_SEEN)
        gaps = self.outcome.gaps
        why = f": {gaps[0]}" if gaps else ""
        return f"{self._where()} lists no annual report ({seen} items seen){why}; check that it is the right column."

    def _where(self) -> str:
        return next(iter(self.start_addresses()), self.name)

    def start_addresses(self) -> Sequence[str]:
        """The addresses that the crawl starts from."""
        return (*self.entry.start_urls, *self.entry.documents) if self.entry else ()

    def lists(self, url: str) -> bool:
        """Whether the page at ``url`` was listed in this crawl, or linked from a page that was."""
        return address_key(url) in self._wanted

    # Columns.

    def parse(self, response: Response, visit: Visit | None = None) -> Output:
        """One page of a column: ask for its reports, further columns and the next page."""
        visit = visit or first_visit(response.url)
        if not isinstance(response, TextResponse):
            yield from self._page_missing(visit, f"is no page but {media_type(response)}")
            return
        if (target := script_redirect(response)) is not None and visit.hops < 3:
            url = absolute(response.url, target)
            if url is not None and address_key(url) != address_key(response.url):
                yield self._visit_request(moved(visit, url))
                return
        if (other := self._other_site(response, visit)) is not None:
            yield from self._page_missing(visit, f"answers with a page of another site ({other})", kind="other_site")
            return
        family = self.family or self.family_of(response)
        if family is not None:
            yield from self._take_page(response, visit, family.list_page(response))

    def _other_site(self, response: TextResponse, visit: Visit) -> str | None:
        """What a column to start from says of itself, where that is not the entry's body."""
        entry = self.entry
        if entry is None or not visit.column.start or visit.number > 1:
            return None
        site = site_of(response)
        says = f"{site}; the entry {entry.id} is {entry.name}, {entry.division_code}"
        likeness = compare(site, name=entry.name, division_code=entry.division_code)
        if likeness == "doubtful":
            self.outcome.note(f"{response.url} may be of another site ({says})")
        return says if likeness == "another" else None

    def family_of(self, response: TextResponse) -> Family | None:
        """The family to read a page with where none is set yet. None after saying why there is none."""
        if self.entry is not None and why_not_crawlable(self.entry) is None:
            self.family = FAMILIES[self.entry.family]()
        return self.family

    def _take_page(self, response: TextResponse, visit: Visit, listing: Listing) -> Output:
        column = visit.column
        keys = frozenset(item.key for item in (*listing.items, *([listing.inline] if listing.inline else [])))
        if visit.number > 1:
            if not keys:
                yield from self._page_missing(visit, "lists nothing")
                return
            if keys in column.pages:
                yield from self._page_missing(visit, "repeats an earlier page")
                return
            if column.candidate is None:
                column.candidate = visit.place
        column.pages.add(keys)
        self._list_bodies.setdefault(sha256(response.body).digest(), address_key(response.url))
        self.outcome.count(counts.PAGES_SEEN)
        if visit.number == 1:
            column.plan = listing.plan
            if listing.items_claimed is not None:
                column.items_claimed = listing.items_claimed
                self.outcome.count(counts.ITEMS_CLAIMED, listing.items_claimed)
        if listing.gap is not None:
            self.outcome.incomplete(listing.gap)
        new = keys - column.items
        column.items |= new
        self.outcome.count(counts.ITEMS_SEEN, len(new))
        if listing.inline is not None:
            yield from self._take_document(
                response, listing.inline, response.url, judge_title(listing.inline.title or "")
            )
        for item in listing.items:
            yield from self._take_item(item, list_url=response.url)
        columns = [link for link in listing.columns if address_key(link.url) not in keys]
        yield from self._take_columns(columns, column)
        yield from self._take_lists(listing.lists, column)
        yield from self._take_lists(listing.probes, column, promised=False)
        bare = not keys and not columns and not listing.lists and listing.inline is None
        if bare and not column.within and column.depth < _PLATFORM_DEEPEST:
            yield from self._take_columns(self.ways_on(response), column)
        yield from self._next_page(visit, listing.next_page)

    def ways_on(self, response: TextResponse) -> Sequence[ColumnLink]:
        """Where annual-report columns may be found from a page that lists nothing and leads to none."""
        return platform_links(response)

    def _take_columns(self, links: Sequence[ColumnLink], parent: Column) -> Output:
        for link in links:
            key = address_key(link.url)
            if key in self._columns or not self._year_possible(link.year):
                continue
            if parent.depth >= _DEEPEST:
                # Folders without a telling name are passed over in silence: calendars go on without end.
                if column_name(link.label) is not None:
                    self.outcome.incomplete(f"annual-report columns more than {_DEEPEST} links away were left out")
                continue
            if not self._may_leave(parent, link.url):
                continue
            if not self._room_for_a_column():
                return
            self._columns.add(key)
            column = Column(link.url, link.label, parent.depth + 1, host=parent.host)
            yield self._visit_request(Visit(column, 1, (link.url,)))

    def _take_lists(self, addresses: Sequence[PageAddress], shell: Column, *, promised: bool = True) -> Output:
        for address in addresses:
            key = call_key(address)
            if key in self._columns:
                continue
            if not self._room_for_a_column():
                return
            self._columns.add(key)
            column = Column(shell.url, shell.label, shell.depth, host=shell.host, within=True)
            yield self._visit_request(Visit(column, 1, (address,), promised=promised))

    def _room_for_a_column(self) -> bool:
        if len(self._columns) < self.settings.getint("GOVREPORTS_MAX_COLUMNS"):
            return True
        self.outcome.incomplete(f"more than {len(self._columns)} columns are linked, the others were left out")
        return False

    def _may_leave(self, parent: Column, url: str) -> bool:
        """A column may hang on another host, but from there no third one is reached."""
        return host_of(url) == parent.host or host_of(parent.url) == parent.host

    def _year_possible(self, year: int | None) -> bool:
        # A folder's year may be that of the reports or of their publication, one later.
        return year is None or self.years is None or bool({year, year - 1} & self.years)

    def _next_page(self, visit: Visit, linked: PageAddress | None) -> Output:
        column, number = visit.column, visit.number + 1
        if self.has_enough:
            return
        if column.plan is None and linked is None:
            self._column_done(column)
            return
        if number > self.settings.getint("GOVREPORTS_MAX_PAGES"):
            self.outcome.incomplete(f"{column.url} has more than {visit.number} pages, the others were left out")
            return
        if linked is not None:
            yield self._visit_request(Visit(column, number, (linked,)))
            return
        assert column.plan is not None
        last = column.plan.last
        if last is not None and number > last:
            self._column_done(column)
            return
        candidates = tuple(column.plan.candidates(number))
        if column.candidate is not None:
            candidates = candidates[column.candidate : column.candidate + 1]
        yield self._visit_request(Visit(column, number, candidates, promised=last is not None))

    def _page_missing(self, visit: Visit, problem: str, *, kind: str = "column_gone") -> Output:
        """A list page was not to be had: try where else it may be, and else say so if it was promised."""
        column = visit.column
        # A page that fails in another way than by not existing says nothing about how pages are called.
        if kind == "column_gone" and visit.place + 1 < len(visit.candidates):
            following = replace(visit, place=visit.place + 1, problem=problem)
            yield self._visit_request(following)
            return
        if visit.number == 1:
            if visit.promised or kind != "column_gone":
                yield from self._column_missing(column, problem, kind)
            return
        had_all = column.items_claimed is not None and len(column.items) >= column.items_claimed
        if not visit.promised or (kind == "column_gone" and had_all):
            self._column_done(column)
            return
        self.outcome.incomplete(f"page {visit.number} of {column.url} {visit.problem or problem}")
        plan = column.plan
        if plan is not None and plan.last is not None and visit.number < plan.last:
            yield from self._next_page(Visit(column, visit.number, visit.candidates), None)
        else:
            self._column_done(column)

    def _column_missing(self, column: Column, problem: str, kind: str) -> Output:
        if column.within:
            self.outcome.incomplete(f"the list of {column.url} {problem}")
            return
        if not column.start:
            self.outcome.incomplete(f"the column {column.label or column.url} {problem} ({column.url})")
            return
        home = urljoin(column.url, "/")
        if kind in _MOVED:
            self.outcome.moved(f"{column.url} {problem}")
        if kind != "column_gone" or address_key(home) in self._columns:
            self._start_problems.append((kind, f"{column.url} {problem}"))
            return
        self._start_problems.append(
            (kind, f"{column.url} {problem}, so the column was looked for from the home page; mend its registry entry")
        )
        self._columns.add(address_key(home))
        yield self._visit_request(Visit(Column(home, "home page", 0, host=column.host), 1, (home,)))

    def _column_done(self, column: Column) -> None:
        claimed = column.items_claimed
        if claimed is not None and len(column.items) < claimed:
            self.outcome.incomplete(f"{column.url} claims {claimed} items and listed {len(column.items)}")

    def _visit_request(self, visit: Visit) -> Request:
        address = visit.candidates[visit.place]
        request = Request(address) if isinstance(address, str) else address
        if self.settings.getbool("GOVREPORTS_BROWSER"):
            request = drawn(request)
        return request.replace(
            callback=self.parse,
            errback=self.page_failed,
            cb_kwargs={"visit": visit},
            # The spider keeps its own account of what it asked: a portal that redirects to the same address
            # to set a cookie would otherwise be dropped without a word.
            dont_filter=True,
            meta={**request.meta, "govreports_past_end": not visit.promised, LIST_PAGE: True},
        )

    def page_failed(self, failure: Failure) -> Output:
        """A list page could not be had, or is not needed any more."""
        if isinstance(failure.value, EnoughSampled):
            return
        visit: Visit = failure.request.cb_kwargs["visit"]  # type: ignore[attr-defined]
        kind, problem = problem_of(failure, self)
        yield from self._page_missing(visit, problem, kind=kind)

    # Reports.

    def _take_item(self, item: ListedItem, *, list_url: str | None) -> Iterator[Request]:
        if item.key in self._wanted:
            return
        judged = judge_title(item.title or "")
        if judged.kind == "lookalike":
            self._wanted.add(item.key)
            self.outcome.count(counts.LOOKALIKES)
            self.logger.debug("Refused %s: %s", item.title, judged.reason)
            return
        if judged.kind == "other":
            return
        if self.sample is not None and (self.has_enough or judged.kind != "report"):
            return
        self._wanted.add(item.key)
        if self._out_of_years(judged):
            return
        if self._sampled >= self.settings.getint("GOVREPORTS_MAX_REPORTS"):
            self.outcome.incomplete(f"more than {self._sampled} reports are listed, the others were left out")
            return
        self._sampled += 1
        yield self._document_request(item, item.url, list_url)

    def _out_of_years(self, judged: TitleJudgement) -> bool:
        if self.years is None or judged.year is None or judged.year in self.years:
            return False
        self.outcome.count(counts.OUT_OF_YEARS)
        return True

    def _document_request(self, item: ListedItem, url: str, list_url: str | None) -> Request:
        year = judge_title(item.title or "").year
        return Request(
            url,
            callback=self.parse_document,
            errback=self.document_failed,
            cb_kwargs={"item": item, "list_url": list_url},
            dont_filter=True,
            meta={LISTED: Listed(title=item.title, listed_on=item.listed_on, year=year, metadata=dict(item.metadata))},
        )

    def parse_document(self, response: Response, item: ListedItem, list_url: str | None) -> Output:
        """A report's own page, or what turns out to be something else."""
        response = as_file(response)
        same = self._list_bodies.get(sha256(response.body).digest())
        if same is not None and same != address_key(response.url):
            self._index_served(response)
        if response.request is not None and is_folder(response.url) and not is_folder(response.request.url):
            yield from self._report_missing(item, list_url, "leads to a column")
            return
        listed = judge_title(item.title or "")
        if isinstance(response, TextResponse) and not speaks_of_a_report(response):
            if listed.kind == "report" and is_home(response):
                self._index_served(response)
            if listed.kind == "report":
                yield from self._report_missing(item, list_url, "shows something else than the report")
                return
        yield from self._take_document(response, item, list_url, listed)

    def _take_document(
        self, response: Response, item: ListedItem, list_url: str | None, listed: TitleJudgement
    ) -> Output:
        judged = listed
        if listed.kind != "report":
            own = own_judgement(response)
            if own is None or own.kind != "report":
                key = counts.LOOKALIKES if own is not None and own.kind == "lookalike" else counts.UNDECIDED
                named = [file for file in self._attachments(response, item, None) if file.is_named_report]
                if key == counts.UNDECIDED and named:
                    # The page is only the cover of the reports that are attached to it.
                    yield from self._attachment_requests(response, item, list_url, named)
                    return
                self.outcome.count(key)
                self.logger.info("Not taken for a report: %s (%s)", response.url, own.reason if own else "no title")
                return
            judged = own
        elif listed.year is None and (own := own_judgement(response)) is not None and own.kind == "report":
            judged = own
        if not self._out_of_years(judged):
            self.outcome.count(counts.REPORTS_SEEN)
            yield page_of(
                response,
                item,
                portal=self.portal_id,
                list_url=list_url,
                year=judged.year,
                fetched_at=clock.now(self.settings),
            )
            files = self._attachments(response, item, judged.year)
            yield from self._attachment_requests(response, item, list_url, files)
        if self.family is not None:
            yield from self._take_beside(response, self.family.beside_document(response))

    def _take_beside(self, response: Response, listing: Listing) -> Output:
        if listing.gap is not None:
            self.outcome.incomplete(listing.gap)
        for item in listing.items:
            if item.key not in self._wanted:
                self.outcome.count(counts.ITEMS_SEEN)
            yield from self._take_item(item, list_url=response.url)
        home = urljoin(response.url, "/")
        yield from self._take_columns(listing.columns, Column(home, "", 1, host=host_of(home) or ""))

    # What is attached to reports.

    def _attachments(self, response: Response, item: ListedItem, year: int | None) -> tuple[Attachment, ...]:
        """The files and pictures of a report's page that can be the report and were not asked for yet."""
        if not isinstance(response, TextResponse):
            return ()
        return attachments(response, listed=item.attachments, year=year)

    def _attachment_requests(
        self, response: Response, item: ListedItem, list_url: str | None, files: Sequence[Attachment]
    ) -> Iterator[Request]:
        """Ask for files of a page, each once in the crawl."""
        left = {
            True: self.settings.getint("GOVREPORTS_MAX_PICTURES"),
            False: self.settings.getint("GOVREPORTS_MAX_ATTACHMENTS"),
        }
        for file in files:
            if file.key in self._wanted or not self._year_wanted(file.year):
                continue
            if left[file.is_picture] == 0:
                what = "pictures" if file.is_picture else "attachments"
                left_out = f"{response.url} has more {what} than are fetched, the others were left out"
                self.outcome.incomplete(left_out, of_lists=False)
                continue
            left[file.is_picture] -= 1
            self._wanted.add(file.key)
            yield Request(
                file.url,
                callback=self.parse_attachment,
                errback=self.attachment_failed,
                cb_kwargs={"file": file, "item": item, "list_url": list_url, "report_url": response.url},
                dont_filter=True,
                # A report is whole before the next one is asked for.
                priority=1,
                meta={
                    ATTACHMENT: True,
                    LISTED: Listed(
                        title=file.name or item.title, listed_on=item.listed_on, year=self._year_of(file, item)
                    ),
                    "download_maxsize": self.settings.getint("GOVREPORTS_MAX_ATTACHMENT_BYTES"),
                },
            )

    def _year_wanted(self, year: int | None) -> bool:
        return year is None or self.years is None or year in self.years

    def _year_of(self, file: Attachment, item: ListedItem) -> int | None:
        return file.year if file.year is not None else judge_title(item.title or "").year

    def parse_attachment(
        self, response: Response, file: Attachment, item: ListedItem, list_url: str | None, report_url: str
    ) -> Output:
        """A file or picture of a report's page, whatever it turns out to be."""
        self.outcome.count(counts.ATTACHMENTS_SEEN)
        year = self._year_of(file, item)
        named = replace(item, title=file.name or item.title, metadata={})
        yield page_of(
            response,
            named,
            portal=self.portal_id,
            list_url=list_url,
            year=year,
            fetched_at=clock.now(self.settings),
            report_url=report_url,
        )

    def attachment_failed(self, failure: Failure) -> None:
        """A file or picture could not be had."""
        said = failure.request.cb_kwargs  # type: ignore[attr-defined]
        file: Attachment = said["file"]
        _, problem = problem_of(failure, self)
        missing = f"the attachment {file.name or file.url} of {said['report_url']} could not be had: it {problem}"
        if file.is_needed:
            self.outcome.incomplete(missing, of_lists=False)
        else:
            self.logger.info("Not missed, as the page holds all tables: %s", missing)

    def document_failed(self, failure: Failure) -> Output:
        """A report's page could not be had."""
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        _, problem = problem_of(failure, self)
        yield from self._report_missing(
            arguments["item"],
            arguments["list_url"],
            problem,
            asked=failure.request.url,  # type: ignore[attr-defined]
        )

    def _report_missing(
        self, item: ListedItem, list_url: str | None, problem: str, *, asked: str | None = None
    ) -> Output:
        if item.fallback_url is not None and asked != item.fallback_url:
            yield self._document_request(item, item.fallback_url, list_url)
            return
        self._report_problems.append(f"{item.url} {problem}")
        left = f" ({item.without_page})" if item.without_page else ""
        missing = f"the report {item.title or item.url} could not be had: its address {problem}{left}"
        self.outcome.incomplete(missing, of_lists=False)

    def _index_served(self, response: Response) -> None:
        message = f"{response.url} answers with a list or home page in place of the report, as portals do under load."
        self.outcome.blocked("index_page", message)
        raise CloseSpider("blocked:index_page")
