"""One crawl's hold on the store: opened with the spider, shared by the pipelines, and the record of how it ended."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Self, get_args

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import deferred_from_coro

from govreports import __version__, clock
from govreports.coverage.reckoning import reckon
from govreports.monitors.delivery import deliver, prepare
from govreports.monitors.rules import Crawled
from govreports.monitors.sinks import sinks_of
from govreports.monitors.thresholds import load_thresholds
from govreports.monitors.watch import watch
from govreports.outcome import (
    BLOCKED,
    CELLS,
    CHECKS,
    ISSUES,
    ITEMS_CLAIMED,
    ITEMS_SEEN,
    MOVED,
    READ,
    REPORTS_SEEN,
    Outcome,
    crawl_message,
    crawl_state,
    lists_are_whole,
)
from govreports.reports import PARSER_VERSION
from govreports.spiders.portal import PortalSpider
from govreports.store import CrawlCounters, CrawlRun, News, PortalFacts, Store, StoreError, share_store
from govreports.store.known import mark_vanished, not_seen_since

NEWS: Final = "govreports/{}"
"""Stats key of what became of pages in the store, by kind of news (``new``, ``changed``, …)."""

KEPT_BYTES: Final = "govreports/kept_bytes"
"""Stats key: bytes of pages that came from the archive."""
VANISHED: Final = "govreports/vanished"
"""Stats key: pages that were listed at an earlier crawl and are not any more."""

logger = logging.getLogger(__name__)


class RunRecords:
    """Opens the store at GOVREPORTS_DATABASE_URL and writes the portal's row of the run.

    GOVREPORTS_CRAWL_ID names the run that the crawl is part of; by default each crawl is a run of its own. A spider
    that crawls no portal (Scrapy's own, in ``shell`` or ``fetch``) leaves no trace. A store that cannot be opened
    or written stops the crawl with one clear line, before a page is asked for.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._store: Store | None = None
        self._run: CrawlRun | None = None
        self._started: datetime | None = None
        self._stopping = False
        self._lost = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        records = cls(crawler)
        crawler.signals.connect(records.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(records.item_error, signal=signals.item_error)
        crawler.signals.connect(records.spider_closed, signal=signals.spider_closed)
        return records

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The crawler's run records. RuntimeError where the project's settings do not enable them."""
        records = crawler.get_extension(cls)
        if records is None:
            raise RuntimeError(
                f"the pipelines need the extension {cls.__module__}.{cls.__name__}: add it to EXTENSIONS"
            )
        return records

    @property
    def _name(self) -> str:
        spider = self._crawler.spider
        return spider.portal_id if isinstance(spider, PortalSpider) else "no portal"

    @property
    def store(self) -> Store:
        """The crawl's store. StoreError before the spider is open, and where the store could not be opened."""
        if self._store is None:
            raise StoreError("the store of this crawl is not open")
        return self._store

    def stop(self, kind: str, message: str) -> None:
        """End the crawl as ``failed:<kind>``, because it could not keep what it receives."""
        if self._stopping:
            return
        self._stopping = True
        logger.error("The crawl is stopped: %s.", message)
        Outcome(self._crawler.stats).failed(kind, f"{message}.")
        deferred_from_coro(self._crawler.engine.close_spider_async(reason=kind))

    def spider_opened(self, spider: Spider) -> None:
        """Open the store and begin the record."""
        if not isinstance(spider, PortalSpider):
            return
        settings = self._crawler.settings
        try:
            self._store = share_store(settings["GOVREPORTS_DATABASE_URL"])
            self._started = clock.now(settings)
            self._run = self._store.start_crawl(
                _portal(spider),
                at=self._started,
                software=f"govreports {__version__}",
                parser_version=PARSER_VERSION,
                scope=spider.scope,
                crawl_id=settings.getint("GOVREPORTS_CRAWL_ID") or None,
            )
        except StoreError as error:
            self.stop("store", str(error))

    def item_error(self) -> None:
        """A page was lost to an error in a pipeline; Scrapy has logged it."""
        self._lost += 1

    async def spider_closed(self, reason: str) -> None:
        """End the record with the crawl's state, judge it, tell what changed, and close the store."""
        stats = self._crawler.stats
        if self._lost:
            Outcome(stats).incomplete(f"{self._lost} pages could not be stored because of an error in the program")
        if self._store is None:
            return
        values = stats.get_stats()
        logger.info("%s", account(self._name, values, reason), extra={"portal": self._name, "stats": _plain(values)})
        try:
            self._mark_vanished(values, reason)
            if self._run is not None:
                self._store.finish_crawl_portal(
                    self._run,
                    at=clock.now(self._crawler.settings),
                    state=crawl_state(values, finish_reason=reason),
                    finish_reason=reason,
                    lists_whole=lists_are_whole(values, finish_reason=reason),
                    message=crawl_message(values, finish_reason=reason),
                    counters=counters_of(values, lost=self._lost),
                )
                self._reckon()
                await self._watch(self._run, values, reason)
        except StoreError as error:
            logger.error("How the crawl ended could not be recorded in full: %s.", error)
        finally:
            self._store.close()

    def _reckon(self) -> None:
        """Bring what is expected of the portal up to what was seen."""
        spider = self._crawler.spider
        assert isinstance(spider, PortalSpider)
        known_years = spider.entry.years if spider.entry is not None else None
        reckon(self.store, _portal(spider), known_years=known_years, today=clock.today(self._crawler.settings))

    async def _watch(self, run: CrawlRun, stats: Mapping[str, Any], reason: str) -> None:
        """Let the monitors judge the crawl of a portal of the registry; ``crawlall`` tells what they say itself."""
        spider, settings = self._crawler.spider, self._crawler.settings
        if not isinstance(spider, PortalSpider) or spider.entry is None or not settings.getbool("GOVREPORTS_MONITORS"):
            return
        crawled = Crawled(
            state=crawl_state(stats, finish_reason=reason),
            finish_reason=reason,
            scope=spider.scope,
            counters=counters_of(stats, lost=self._lost),
            message=crawl_message(stats, finish_reason=reason),
            moved=stats.get(MOVED),
            errors=self._lost + stats.get("spider_exceptions/count", 0),
        )
        thresholds = load_thresholds(settings["GOVREPORTS_THRESHOLDS"])
        sinks = [] if settings.getint("GOVREPORTS_CRAWL_ID") else sinks_of(settings)
        prepare(self.store, sinks)
        watch(self.store, run, spider.portal_id, crawled, thresholds=thresholds, at=clock.now(settings))
        # A mail server may take its time.
        await run_in_thread(deliver, self.store, sinks)

    def _mark_vanished(self, stats: dict[str, Any], reason: str) -> None:
        """Mark pages that the portal's lists, seen as a whole, do not name any more."""
        spider = self._crawler.spider
        # A column given by its address is one of many that its site may have; a narrowed crawl saw only a part.
        if not isinstance(spider, PortalSpider) or spider.entry is None or spider.scope:
            return
        if self._started is None or self._lost or not lists_are_whole(stats, finish_reason=reason):
            return
        before, seen = not_seen_since(self.store, spider.portal_id, self._started)
        gone = [
            page
            for page in before
            if not spider.lists(page.url)
            # What is attached to a page that could not be had today was not looked for.
            and (page.source_url == page.url or page.source_url in seen or not spider.lists(page.source_url))
        ]
        if gone:
            mark_vanished(self.store, [page.document_id for page in gone], at=clock.now(self._crawler.settings))
            self._crawler.stats.set_value(VANISHED, len(gone))
            logger.info("%d pages are listed no more; they stay in the store, marked.", len(gone))


def counters_of(stats: Mapping[str, Any], *, lost: int = 0) -> CrawlCounters:
    """What a crawl's stats say of the portal, as its row keeps it."""

    def number(key: str) -> int:
        return int(stats.get(key, 0))

    cells = {status: number(CELLS.format(status)) for status in ("reported", "blank", "absent", "unreadable")}
    issues = {key: int(value) for key, value in stats.items() if key.startswith(ISSUES.format(""))}
    return CrawlCounters(
        items_claimed=stats.get(ITEMS_CLAIMED),
        items_seen=number(ITEMS_SEEN),
        reports_seen=number(REPORTS_SEEN),
        new=number(NEWS.format("new")),
        changed=number(NEWS.format("changed")),
        unread=number(NEWS.format("unread")),
        requests=number("downloader/request_count"),
        bytes=max(0, number("downloader/response_bytes") - number(KEPT_BYTES)),
        blocked=int(BLOCKED in stats),
        issues=sum(issues.values()),
        vanished=number(VANISHED),
        lost=lost,
        reports_read=number(READ),
        labels_unknown=sum(issues.get(ISSUES.format(code), 0) for code in UNKNOWN_LABELS),
        checks_passed=number(CHECKS.format("pass")),
        checks_failed=number(CHECKS.format("fail")),
        cells_read=sum(cells.values()),
        cells_reported=cells["reported"],
    )


UNKNOWN_LABELS: Final = (
    "cell_unused",
    "column_label_missing",
    "column_labels_missing",
    "label_missing",
    "row_unplaced",
)
"""Codes of issues that say that a table holds what the forms do not know, or lacks what they ask for."""


def account(portal: str, stats: Mapping[str, Any], reason: str) -> str:
    """What became of all that was received, in one line that adds up."""
    news = {word: int(stats.get(NEWS.format(word), 0)) for word in get_args(News)}
    lost = int(stats.get("item_dropped_count", 0)) + int(stats.get("item_error_count", 0))
    told = " + ".join(f"{number} {word}" for word, number in (news | {"lost": lost}).items() if number) or "nothing"
    counters = counters_of(stats)
    return (
        f"{portal} is done ({reason}): {sum(news.values()) + lost} pages = {told}; {counters.issues} issues, "
        f"{counters.checks_failed} of {counters.checks_failed + counters.checks_passed} checks failed; "
        f"{counters.requests} requests, {counters.bytes} bytes"
    )


def _plain(stats: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in stats.items() if isinstance(value, str | int | float)}


def _portal(spider: PortalSpider) -> PortalFacts:
    if spider.entry is None:
        return PortalFacts(spider.portal_id)
    return PortalFacts(spider.portal_id, spider.entry.name, spider.entry.division_code)
