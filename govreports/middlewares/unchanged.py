"""Reports' pages that have not changed are not fetched again: they come from the archive, as from a browser's cache.

A page is proved unchanged in one of two ways. Its list still names it with the title and date of the last time, and
its year is so long past that nobody corrects it quietly: then it is not asked for. Or the portal itself says so
(304) when it is asked with the ETag or date of the archived copy. In both cases the spider sees the archived answer,
so that it finds in it whatever hangs on the page.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from govreports import clock
from govreports.archive import ArchiveError, read_page
from govreports.extensions.run_records import KEPT_BYTES, RunRecords
from govreports.items import Page
from govreports.spiders.portal import PortalSpider
from govreports.spiders.seen_before import KEPT, LISTED, Listed
from govreports.spiders.single import response_of
from govreports.store import StoreError
from govreports.store.known import KnownPage, find_known

logger = logging.getLogger(__name__)

UNASKED: Final = "govreports/unasked"
"""Stats key: pages that were not asked for, because their list shows no change."""
NOT_MODIFIED: Final = "govreports/not_modified"
"""Stats key: pages of which the portal said that they have not changed."""
_ARCHIVED: Final = "govreports_archived"


@dataclass(frozen=True, slots=True)
class _Archived:
    known: KnownPage
    page: Page


class UnchangedMiddleware:
    """Answers from the archive, or asks on condition. Without run records (no store) it is not there."""

    def __init__(self, crawler: Crawler, records: RunRecords) -> None:
        self._crawler = crawler
        self._records = records
        self._archive = Path(crawler.settings["GOVREPORTS_DATA_DIR"]) / "archive"
        self._full = crawler.settings.getbool("GOVREPORTS_FULL")
        # Reports of a year appear in the next one: in 2026 the last three are those of 2023 to 2025.
        self._settled_before = clock.today(crawler.settings).year - crawler.settings.getint("GOVREPORTS_RECHECK_YEARS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        records = crawler.get_extension(RunRecords)
        if records is None:
            raise NotConfigured
        return cls(crawler, records)

    def process_request(self, request: Request) -> Response | None:
        """Answer from the archive what is proved unchanged; put a condition on other requests for known pages."""
        listed: Listed | None = request.meta.get(LISTED)
        spider = self._crawler.spider
        if listed is None or self._full or not isinstance(spider, PortalSpider) or spider.full:
            return None
        archived = self._find(spider.portal_id, request.url)
        if archived is None:
            return None
        if self._is_settled(listed, archived):
            return self._answer(request, archived.page, UNASKED)
        request.meta[_ARCHIVED] = archived
        for header, condition in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
            if (value := _header(archived.page, header)) is not None:
                request.headers[condition] = value.encode("latin-1")
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Put the archived answer in the place of "not modified"."""
        archived: _Archived | None = request.meta.get(_ARCHIVED)
        if response.status != 304 or archived is None:
            return response
        return self._answer(request, archived.page, NOT_MODIFIED)

    def _answer(self, request: Request, page: Page, reason: str) -> Response:
        self._crawler.stats.inc_value(reason)
        # Scrapy counts what passes its middlewares as received.
        self._crawler.stats.inc_value(KEPT_BYTES, len(page.body))
        return response_of(page.url, page.body, status=page.status, headers=page.headers, request=request, flags=[KEPT])

    def _find(self, portal: str, url: str) -> _Archived | None:
        try:
            known = find_known(self._records.store, portal, url)
            return None if known is None else _Archived(known, read_page(self._archive / known.file, known.offset))
        except StoreError:
            # The crawl is being stopped for it already.
            return None
        except ArchiveError as error:
            logger.warning("%s is fetched anew: %s; see govreports doctor", url, error)
            return None

    def _is_settled(self, listed: Listed, archived: _Archived) -> bool:
        known, page = archived.known, archived.page
        if listed.year is None or listed.year >= self._settled_before:
            return False
        # A list without dates would not show that a page was replaced.
        if listed.title is None or listed.listed_on is None:
            return False
        same = (listed.title, listed.listed_on) == (known.listed_title, known.listed_on)
        return same and listed.metadata == page.listed_metadata


def _header(page: Page, wanted: str) -> str | None:
    return next((value for name, value in page.headers if name.lower() == wanted.lower()), None)
