"""Writes each page's outcome into the store, in one transaction a page."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import asdict
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import run_in_thread

from govreports.extensions.run_records import NEWS, RunRecords
from govreports.items import Page
from govreports.pipelines.stages import ReadPage, StoredPage
from govreports.store import Reading, StoreError, Written
from govreports.store.known import describe

logger = logging.getLogger(__name__)


class StorePipeline:
    """Stores documents, reports and issues; one line a page in the log."""

    def __init__(self, crawler: Crawler, records: RunRecords) -> None:
        self._stats = crawler.stats
        self._records = records

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, RunRecords.of(crawler))

    async def process_item(self, item: ReadPage) -> StoredPage:
        """Store one page, beside the crawl: waiting for another process must not hold up the portals."""
        try:
            if item.reading is None:
                return await run_in_thread(self._see_again, item.page)
            written = await run_in_thread(self._records.store.write, item.page, item.reading, item.capture)
        except StoreError as error:
            self._records.stop("store", str(error))
            # Said once already, by the stop.
            raise DropItem(f"{item.page.url} was not stored: {error}", log_level="DEBUG") from error
        self._stats.inc_value(NEWS.format(written.news))
        stored = _summary(item.page, item.reading, written)
        if item.reading.report is None:
            reason = item.reading.issues[-1]
            _tell(stored, because=f"{reason.message} ({reason.code})")
        else:
            _tell(stored)
        return stored

    def _see_again(self, page: Page) -> StoredPage:
        sha256 = hashlib.sha256(page.body).hexdigest()
        written = self._records.store.see_again(page, sha256)
        if written is None:
            raise StoreError(f"{page.url} was in the store a moment ago and is not any more")
        self._stats.inc_value(NEWS.format(written.news))
        held = describe(self._records.store, written.document_id)
        stored = StoredPage(
            portal=page.portal,
            url=page.url,
            news=written.news,
            status=held.status,
            report_id=written.report_id,
            version=written.version,
            publisher=held.publisher,
            report_year=held.report_year,
            title=held.title or page.listed_title,
            facts=held.facts,
            checks_failed=held.checks_failed,
            issues=written.issues,
        )
        _tell(stored, because="it was so before" if written.news == "unread" else None)
        return stored


def _tell(stored: StoredPage, *, because: str | None = None) -> None:
    """One line a page in the log."""
    extra = {"portal": stored.portal, "page": asdict(stored)}
    if because is not None:
        logger.info("No report in %s: %s", stored.url, because, extra=extra)
        return
    logger.info(
        "%s: %s, %s, %d facts, %d checks failed, %d issues, %s",
        *(stored.news.capitalize(), stored.publisher or "publisher unknown", stored.report_year or "year unknown"),
        *(stored.facts, stored.checks_failed, stored.issues, stored.url),
        extra=extra,
    )


def _summary(page: Page, reading: Reading, written: Written) -> StoredPage:
    report = reading.report
    return StoredPage(
        portal=page.portal,
        url=page.url,
        news=written.news,
        status=reading.status,
        report_id=written.report_id,
        version=written.version,
        publisher=report.publisher if report else None,
        report_year=report.report_year if report else None,
        title=report.title if report else page.listed_title,
        facts=sum(fact.status == "reported" for fact in report.facts) if report else 0,
        checks_failed=sum(check.status == "fail" for check in report.checks) if report else 0,
        issues=written.issues,
    )
