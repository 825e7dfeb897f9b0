"""Judges what was read: whether it is an annual report at all, whether the store can hold it, which sums fail."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from govreports.interpretation import judged
from govreports.outcome import CELLS, CHECKS, ISSUES, READ
from govreports.pipelines.stages import ReadPage


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
            self._stats.inc_value(ISSUES.format(issue.code))
        if reading.report is not None:
            self._stats.inc_value(READ)
            for check in reading.report.checks:
                self._stats.inc_value(CHECKS.format(check.status))
            for status, number in Counter(fact.status for fact in reading.report.facts).items():
                self._stats.inc_value(CELLS.format(status), number)
        return replace(item, reading=reading)
