"""Reads the report out of an archived page."""

from __future__ import annotations

import hashlib
import logging

from scrapy.utils.asyncio import run_in_thread

from govreports import __version__, documents, reports
from govreports.documents.model import UnreadableDocument
from govreports.issues import Issue
from govreports.items import Page
from govreports.pipelines.stages import ArchivedPage, ReadPage
from govreports.store import DocumentStatus, Reading

logger = logging.getLogger(__name__)


class ExtractPipeline:
    """Bytes → document → report. A page that cannot be read goes on, with the reason."""

    async def process_item(self, item: ArchivedPage) -> ReadPage:
        """Read one page, beside the crawl: a long document must not hold up the portals."""
        return ReadPage(item.page, item.capture, await run_in_thread(reading_of, item.page))


def reading_of(page: Page) -> Reading:
    """What this version of the program reads in a page; it never raises for what a page holds."""
    media_type: str | None = None
    try:
        document = documents.read(page.body, content_type=_content_type(page))
        media_type = document.media_type
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
        parser_version=__version__,
        media_type=media_type,
        report=report,
    )


def _failed(page: Page, status: DocumentStatus, media_type: str | None, issue: Issue) -> Reading:
    return Reading(
        status=status,
        sha256=_sha256(page),
        parser_version=__version__,
        media_type=media_type,
        issues=(issue,),
    )


def _listed(page: Page) -> dict[str, str]:
    """What the list said, under the labels that metadata blocks use; the list's own pairs first."""
    said = {"标题": page.listed_title, "发布日期": page.listed_on}
    return {**{label: value for label, value in said.items() if value}, **page.listed_metadata}


def _sha256(page: Page) -> str:
    return hashlib.sha256(page.body).hexdigest()


def _content_type(page: Page) -> str | None:
    return next((value for name, value in page.headers if name.lower() == "content-type"), None)
