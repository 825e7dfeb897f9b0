"""A canary: one report of each portal is fetched and read, to see whether the portal still is what its entry says.

Nothing is archived, stored, compared with earlier crawls or told to anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from scrapy.utils.asyncio import run_in_thread

from govreports.crawling.run import PortalResult
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.registry.portal import Portal

SETTINGS: Final[dict[str, Any]] = {
    "ITEM_PIPELINES": {"govreports.crawling.canary.ReadAndForget": 100},
    # No record of a run, no condition on requests for known pages: all of that needs a store.
    "EXTENSIONS": {},
    "GOVREPORTS_MONITORS": False,
    "STATS_DUMP": False,
}
ARGUMENTS: Final = {"sample": "1"}


@dataclass(frozen=True, slots=True)
class TriedPage:
    """What came of one page: ``problem`` is None for a report with statutory tables."""

    url: str
    title: str | None
    tables: int
    problem: str | None
    attached: bool
    """Whether it is a file that hangs on a report's page."""


class ReadAndForget:
    """The one pipeline of a canary: it reads a page and keeps nothing."""

    async def process_item(self, item: Page) -> TriedPage:
        """Read one page, beside the crawl."""
        return await run_in_thread(try_page, item)


def try_page(page: Page) -> TriedPage:
    """Read a page as a crawl does, and say what is wrong with it."""
    reading = judged(page, reading_of(page))
    report = reading.report
    tables = sum(edition is not None for edition in report.forms.values()) if report is not None else 0
    problem = None
    if report is None:
        problem = reading.issues[-1].message
    elif not tables:
        problem = "it has none of the statutory tables"
    return TriedPage(
        page.url, report.title if report else page.listed_title, tables, problem, page.report_url is not None
    )


class CanaryWatcher:
    """Collects what was tried, and says it of each portal when its crawl has ended."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._tried: dict[str, list[TriedPage]] = {}
        self.wrong: list[str] = []
        """Portals that are not well."""

    def started(self, portal: Portal) -> None:
        """Nothing was tried yet."""
        self._tried[portal.id] = []

    def stored(self, portal: Portal, item: object) -> None:
        """A page was tried."""
        if isinstance(item, TriedPage):
            self._tried[portal.id].append(item)

    def ended(self, result: PortalResult) -> None:
        """Say how the portal is."""
        well, said = verdict(result, self._tried[result.portal])
        if not well:
            self.wrong.append(result.portal)
        self._say(f"{result.portal}: {'ok' if well else 'WRONG'}, {said}")


def verdict(result: PortalResult, tried: list[TriedPage]) -> tuple[bool, str]:
    """Whether a portal is well, and what was found, as clauses.

    A report is read where its page or one of the files on it has tables. That a list is not complete makes no portal
    ill: one report is all that was asked for.
    """
    read = next((one for one in tried if one.problem is None), None)
    if result.state not in ("complete", "partial"):
        return False, f"{result.state}: {result.message}"
    if read is not None:
        also = f"; {result.message}" if result.state == "partial" else ""
        return True, f"{read.tables} tables in {read.title or read.url}{also}"
    if not tried:
        return False, f"no report was found to try; {result.message or 'its lists name none'}"
    page = next((one for one in tried if not one.attached), tried[0])
    return False, f"{page.url}: {page.problem}"
