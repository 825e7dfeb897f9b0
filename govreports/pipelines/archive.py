"""Keeps each page as received, before anything is read out of it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from govreports import __version__
from govreports.archive import ArchiveError, ArchiveWriter
from govreports.extensions.run_records import RunRecords
from govreports.items import Page
from govreports.pipelines.stages import ArchivedPage
from govreports.store import StoreError


class ArchivePipeline:
    """Writes WARC files into ``archive`` below GOVREPORTS_DATA_DIR; bytes that are there already are not repeated."""

    def __init__(self, records: RunRecords, folder: Path) -> None:
        self._records = records
        # Time and chance: no two processes, on this machine or another, write files of one name.
        name = f"govreports-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        self._writer = ArchiveWriter(folder, name=name, software=f"govreports {__version__}")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(RunRecords.of(crawler), Path(crawler.settings["GOVREPORTS_DATA_DIR"]) / "archive")

    def process_item(self, item: Page) -> ArchivedPage:
        """Archive one page. What the archive cannot keep is not processed either, and ends the crawl."""
        sha256 = hashlib.sha256(item.body).hexdigest()
        try:
            earlier = self._records.store.find_capture(item.portal, item.url, sha256)
            return ArchivedPage(item, self._writer.write(item, earlier=earlier))
        except (ArchiveError, StoreError) as error:
            self._records.stop("archive" if isinstance(error, ArchiveError) else "store", str(error))
            # Said once already, by the stop; Scrapy would print the whole page with it.
            raise DropItem(f"{item.url} was not kept: {error}", log_level="DEBUG") from error

    def close_spider(self) -> None:
        """Bring what was written to the disk."""
        self._writer.close()
