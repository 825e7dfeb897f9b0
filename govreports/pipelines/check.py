"""Judges what was read: whether it is an annual report at all, whether the store can hold it, which sums fail."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from govreports.issues import Issue
from govreports.items import Page
from govreports.pipelines.stages import ReadPage
from govreports.reports.model import Report
from govreports.reports.titles import judge_title
from govreports.store import Reading, find_defect

logger = logging.getLogger(__name__)


class CheckPipeline:
    """Refuses what is no annual report, and counts issues and failing checks into the crawl's stats."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.stats)

    def process_item(self, item: ReadPage) -> ReadPage:
        """Judge one page; a refused one goes on as a document with the reason."""
        if item.reading is None:
            return item
        reading = judged(item.page, item.reading)
        for issue in reading.all_issues():
            self._stats.inc_value(f"govreports/issues/{issue.code}")
        for check in reading.report.checks if reading.report is not None else ():
            self._stats.inc_value(f"govreports/checks/{check.status}")
        return replace(item, reading=reading)


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

    A statutory table makes it one whatever its title. Without a table, its own title must not name something else,
    and there must be numbered sections or a title (its own, or the list's) that names an annual report.
    """
    if any(edition is not None for edition in report.forms.values()):
        return None
    own = judge_title(report.title or "")
    if own.kind == "lookalike":
        return f"it has none of the statutory tables, and its title names something else ({own.reason})"
    if own.kind == "report" or report.sections or judge_title(listed_title or "").kind == "report":
        return None
    return "it has none of the statutory tables, no numbered sections, and no title that names one"
