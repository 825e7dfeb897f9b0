"""What this version of the program reads in a page, and whether that may be stored.

One module beside the rooms: the crawl asks it within its pipelines, ``reparse``, ``import`` and ``doctor`` without, and
its worker processes need not load the crawler for it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import replace
from urllib.parse import urlsplit

from govreports import documents, reports
from govreports.deadline import OutOfTime, within
from govreports.documents.model import UnreadableDocument
from govreports.issues import Issue
from govreports.items import Page
from govreports.reports.forms import STATUTORY
from govreports.reports.model import Report
from govreports.reports.scope import scope_of
from govreports.reports.titles import judge_title
from govreports.store import DocumentStatus, Reading, find_defect

logger = logging.getLogger(__name__)

UNEXPECTED_TYPE = "unexpected_type"
"""Code of the issue that a page came in place of a file."""

_PART_OF_A_YEAR = re.compile(r"(?:(?<!\d)\d{1,2}|[一二三四五六七八九十]{1,2})月|季度|半年")
_FILE_ENDINGS = frozenset(("pdf", "doc", "docx", "wps", "rtf", "xls", "xlsx", "et", "ofd", "zip", "jpg", "jpeg", "png"))


DOCUMENT_SECONDS = 600.0
"""As the setting GOVREPORTS_DOCUMENT_SECONDS, for what is read outside a crawl."""


def reading_of(page: Page, *, seconds: float = DOCUMENT_SECONDS) -> Reading:
    """What this version of the program reads in a page within a time; it never raises for what a page holds."""
    try:
        with within(seconds):
            return _reading_of(page)
    except OutOfTime:
        message = f"The document could not be read within {seconds:g} seconds: look at it by hand."
        return _failed(page, "unreadable", None, Issue("too_slow", "error", message))


def _reading_of(page: Page) -> Reading:
    media_type: str | None = None
    recognised = False
    try:
        document = documents.read(page.body, content_type=content_type_of(page))
        media_type = document.media_type
        recognised = any(cell.confidence is not None for grid in document.grids() for cell in grid.cells())
        report = reports.extract(document, listed=listed_of(page))
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
        scope=scope_of(report),
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


def judged(page: Page, reading: Reading) -> Reading:
    """``reading`` as it may be stored: without its report where that is none, or is broken."""
    if reading.report is None:
        return reading
    # A list's word for a page says nothing of what is attached to it.
    listed_title = page.listed_title if page.report_url is None else None
    if (reason := why_not_a_report(reading.report, listed_title)) is not None:
        issue = Issue("not_a_report", "error", f"this page is no annual report: {reason}")
        return replace(reading, status="not_a_report", report=None, issues=(*reading.issues, issue))
    if (defect := find_defect(reading.report)) is not None:
        logger.error("The parser failed on %s: %s", page.url, defect)
        issue = Issue("parser_failed", "error", f"the parser gave what cannot be stored: {defect}")
        return replace(reading, status="parser_failed", report=None, issues=(*reading.issues, issue))
    return reading


def why_not_a_report(report: Report, listed_title: str | None) -> str | None:
    """Why a page is no annual report, as a clause; None for one that is, or may be.

    A statutory table makes it one whatever its title, a list of indicators unless its title says that it is of some
    months only: provinces had the same form filled every month. Without a table, its own title must not name something
    else, and there must be numbered sections or a title (its own, or the list's) that names an annual report.
    """
    if any(report.forms.get(table) is not None for table in STATUTORY):
        return None
    own = judge_title(report.title or "")
    if "indicators" in report.forms:
        months = set(_PART_OF_A_YEAR.findall("".join((report.title or "").split())))
        whole = own.kind == "report" or not months or months >= {"1月", "12月"}
        return None if whole else "its list of indicators is of a part of the year"
    if own.kind == "lookalike":
        return f"it has none of the statutory tables, and its title names something else ({own.reason})"
    if own.kind == "report" or report.sections or judge_title(listed_title or "").kind == "report":
        return None
    return "it has none of the statutory tables, no numbered sections, and no title that names one"


def _failed(page: Page, status: DocumentStatus, media_type: str | None, issue: Issue) -> Reading:
    return Reading(
        status=status,
        sha256=_sha256(page),
        parser_version=reports.PARSER_VERSION,
        media_type=media_type,
        issues=(issue,),
    )


def listed_of(page: Page) -> dict[str, str]:
    """What the list said, under the labels that metadata blocks use; the list's own pairs first.

    Nothing for an attachment: the list spoke of its page.
    """
    if page.report_url is not None:
        return {}
    said = {"标题": page.listed_title, "发布日期": page.listed_on}
    return {**{label: value for label, value in said.items() if value}, **page.listed_metadata}


def _sha256(page: Page) -> str:
    return hashlib.sha256(page.body).hexdigest()


def content_type_of(page: Page) -> str | None:
    """The HTTP header's value, None where there was none."""
    return next((value for name, value in page.headers if name.lower() == "content-type"), None)
