"""Keeps each page as received, before anything is read out of it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from govreports import __version__
from govreports.archive import ArchiveError, ArchiveWriter, Capture, read_page
from govreports.extensions.run_records import RunRecords
from govreports.items import Page
from govreports.pipelines.stages import ArchivedPage
from govreports.store import StoreError
from govreports.store.known import find_known
from govreports.volatile import same_but_for_visits


class ArchivePipeline:
    """Writes WARC files into ``archive`` below GOVREPORTS_DATA_DIR; bytes that are there already are not repeated."""

    def __init__(self, records: RunRecords, folder: Path) -> None:
        self._records = records
        self._folder = folder
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
            if (unchanged := self._unchanged(item, sha256)) is not None:
                return unchanged
            earlier = self._records.store.find_capture(item.portal, item.url, sha256)
            return ArchivedPage(item, self._writer.write(item, earlier=earlier))
        except (ArchiveError, StoreError) as error:
            self._records.stop("archive" if isinstance(error, ArchiveError) else "store", str(error))
            # Said once already, by the stop; Scrapy would print the whole page with it.
            raise DropItem(f"{item.url} was not kept: {error}", log_level="DEBUG") from error

    def _unchanged(self, item: Page, sha256: str) -> ArchivedPage | None:
        """The page with the bytes of the archive, where nothing was received, or nothing new but counters and stamps.

        No record is made of it: the archive would grow by a page a visit.
        """
        known = find_known(self._records.store, item.portal, item.url)
        if known is None or (known.sha256 == sha256 and not item.kept):
            return None
        capture = Capture(known.file, known.offset, known.length, revisit=True)
        if item.kept:
            return ArchivedPage(item, capture)
        try:
            kept = read_page(self._folder / known.file, known.offset).body
        except ArchiveError:
            return None
        content_type = next((value for name, value in item.headers if name.lower() == "content-type"), None)
        if not same_but_for_visits(item.body, kept, content_type=content_type):
            return None
        return ArchivedPage(replace(item, body=kept), capture)

    def close_spider(self) -> None:
        """Bring what was written to the disk."""
        self._writer.close()
