"""Reads the report out of an archived page."""

from __future__ import annotations

import hashlib
import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from govreports import documents, reports
from govreports.documents.model import UnreadableDocument
from govreports.extensions.run_records import RunRecords
from govreports.issues import Issue
from govreports.items import Page
from govreports.pipelines.stages import ArchivedPage, ReadPage
from govreports.store import DocumentStatus, Reading, StoreError
from govreports.store.known import is_read

logger = logging.getLogger(__name__)

UNEXPECTED_TYPE = "unexpected_type"
"""Code of the issue that a page came in place of a file."""

_FILE_ENDINGS = frozenset(("pdf", "doc", "docx", "wps", "rtf", "xls", "xlsx", "et", "ofd", "zip", "jpg", "jpeg", "png"))


class ExtractPipeline:
    """Bytes → document → report. A page that cannot be read goes on, with the reason."""

    def __init__(self, records: RunRecords) -> None:
        self._records = records

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(RunRecords.of(crawler))

    async def process_item(self, item: ArchivedPage) -> ReadPage:
        """Read one page, beside the crawl: a long document must not hold up the portals."""
        if item.capture.revisit and await run_in_thread(self._is_read, item.page):
            return ReadPage(item.page, item.capture, None)
        return ReadPage(item.page, item.capture, await run_in_thread(reading_of, item.page))

    def _is_read(self, page: Page) -> bool:
        try:
            return is_read(self._records.store, page, _sha256(page), parser_version=reports.PARSER_VERSION)
        except StoreError:
            # The store pipeline meets it, too, and stops the crawl with it.
            return False


def reading_of(page: Page) -> Reading:
    """What this version of the program reads in a page; it never raises for what a page holds."""
    media_type: str | None = None
    recognised = False
    try:
        document = documents.read(page.body, content_type=_content_type(page))
        media_type = document.media_type
        recognised = any(cell.confidence is not None for grid in document.grids() for cell in grid.cells())
        report = reports.extract(document, listed=_listed(page))
    except UnreadableDocument as error:
        return _failed(page, "unreadable", media_type, Issue(error.code, "error", error.message))
    # The one place where any error is caught: a fault in a parser must cost one page, not the crawl. It is logged
    # with its traceback, and the page is marked, so that it is read again once the parser is mended.
    except Exception as error:
        logger.exception("The parser failed on %s", page.url)
        message = f"the parser failed on this page ({type(error).__name__}: {error}); this is a fault of the program"
        return _failed(page, "parser_failed", media_type, Issue("parser_failed", "error", message))
    return Reading(
        status="ok",
        sha256=_sha256(page),
        parser_version=reports.PARSER_VERSION,
        media_type=media_type,
        report=report,
        issues=_unexpected_type(page, media_type),
        recognised=recognised,
    )


def _unexpected_type(page: Page, media_type: str) -> tuple[Issue, ...]:
    """An issue where a file's address names a format and a page came in its place."""
    ending = urlsplit(page.url).path.rpartition(".")[2].lower()
    if media_type != "text/html" or ending not in _FILE_ENDINGS:
        return ()
    message = f"the address names a .{ending} file, but a web page came in its place: look at the portal by hand"
    return (Issue(UNEXPECTED_TYPE, "error", message),)


def _failed(page: Page, status: DocumentStatus, media_type: str | None, issue: Issue) -> Reading:
    return Reading(
        status=status,
        sha256=_sha256(page),
        parser_version=reports.PARSER_VERSION,
        media_type=media_type,
        issues=(issue,),
    )


def _listed(page: Page) -> dict[str, str]:
    """What the list said, under the labels that metadata blocks use; the list's own pairs first.

    Nothing for an attachment: the list spoke of its page.
    """
    if page.report_url is not None:
        return {}
    said = {"标题": page.listed_title, "发布日期": page.listed_on}
    return {**{label: value for label, value in said.items() if value}, **page.listed_metadata}


def _sha256(page: Page) -> str:
    return hashlib.sha256(page.body).hexdigest()


def _content_type(page: Page) -> str | None:
    return next((value for name, value in page.headers if name.lower() == "content-type"), None)
