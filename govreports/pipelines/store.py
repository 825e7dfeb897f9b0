"""Writes each page's outcome into the store, in one transaction a page."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import run_in_thread

from govreports.extensions.run_records import NEWS, RunRecords
from govreports.pipelines.stages import ReadPage, StoredPage
from govreports.store import StoreError, Written

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
            written = await run_in_thread(self._records.store.write, item.page, item.reading, item.capture)
        except StoreError as error:
            self._records.stop("store", str(error))
            # Said once already, by the stop.
            raise DropItem(f"{item.page.url} was not stored: {error}", log_level="DEBUG") from error
        self._stats.inc_value(NEWS.format(written.news))
        stored = _summary(item, written)
        if item.reading.report is None:
            reason = item.reading.issues[-1]
            logger.info("No report in %s: %s (%s)", stored.url, reason.message, reason.code)
        else:
            logger.info(
                "%s: %s, %s, %d facts, %d checks failed, %d issues, %s",
                *(stored.news.capitalize(), stored.publisher or "publisher unknown"),
                *(stored.report_year or "year unknown", stored.facts, stored.checks_failed, stored.issues, stored.url),
            )
        return stored


def _summary(item: ReadPage, written: Written) -> StoredPage:
    report = item.reading.report
    return StoredPage(
        portal=item.page.portal,
        url=item.page.url,
        news=written.news,
        status=item.reading.status,
        report_id=written.report_id,
        version=written.version,
        publisher=report.publisher if report else None,
        report_year=report.report_year if report else None,
        title=report.title if report else item.page.listed_title,
        facts=sum(fact.status == "reported" for fact in report.facts) if report else 0,
        checks_failed=sum(check.status == "fail" for check in report.checks) if report else 0,
        issues=written.issues,
    )
