"""Reads the report out of an archived page."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Self

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govreports.extensions.run_records import RunRecords
from govreports.interpretation import reading_of
from govreports.items import Page
from govreports.pipelines.stages import ArchivedPage, ReadPage
from govreports.reports import PARSER_VERSION
from govreports.store import StoreError
from govreports.store.known import is_read


class ExtractPipeline:
    """Bytes → document → report. A page that cannot be read goes on, with the reason."""

    def __init__(self, records: RunRecords, *, seconds: float) -> None:
        self._records = records
        self._read = partial(reading_of, seconds=seconds)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(RunRecords.of(crawler), seconds=crawler.settings.getfloat("GOVREPORTS_DOCUMENT_SECONDS"))

    async def process_item(self, item: ArchivedPage) -> ReadPage:
        """Read one page, beside the crawl: a long document must not hold up the portals."""
        if item.capture.revisit and await run_in_thread(self._is_read, item.page):
            return ReadPage(item.page, item.capture, None)
        return ReadPage(item.page, item.capture, await run_in_thread(self._read, item.page))

    def _is_read(self, page: Page) -> bool:
        sha256 = hashlib.sha256(page.body).hexdigest()
        try:
            return is_read(self._records.store, page, sha256, parser_version=PARSER_VERSION)
        except StoreError:
            # The store pipeline meets it, too, and stops the crawl with it.
            return False
