"""How a crawl ended, kept in Scrapy's stats: written by spiders and middlewares, read by commands and run records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from scrapy.statscollectors import StatsCollector

BLOCKED = "govreports/blocked"
ROBOTS = "govreports/robots"
FAILED = "govreports/failed"
INCOMPLETE = "govreports/incomplete"
LISTS_INCOMPLETE = "govreports/lists_incomplete"
"""Set where the portal may list more than was seen."""
GAPS = "govreports/gaps"
"""All reasons for being incomplete, as a list; ``INCOMPLETE`` holds the first of them in one text."""
MESSAGE = "govreports/message"
ITEMS_CLAIMED = "govreports/items_claimed"
ITEMS_SEEN = "govreports/items_seen"
REPORTS_SEEN = "govreports/reports_seen"
PAGES_SEEN = "govreports/list_pages_seen"
LOOKALIKES = "govreports/lookalikes"
OUT_OF_YEARS = "govreports/out_of_years"
UNDECIDED = "govreports/undecided"
ATTACHMENTS_SEEN = "govreports/attachments_seen"
NOTES = "govreports/notes"
"""What a reader of the crawl should know though nothing is missing, as a list of clauses."""
HOSTS_REFUSED = "govreports/hosts_refused"
READ = "govreports/reports_read"
"""Reports that the parser read in this crawl; of pages that had not changed it read none."""
ISSUES = "govreports/issues/{}"
"""Issues of what was read, by code."""
CHECKS = "govreports/checks/{}"
"""Checks of what was read, by status."""
CELLS = "govreports/cells/{}"
"""Cells of what was read, by status."""
MOVED = "govreports/column_moved"
"""A column to start from is not where the registry says, as one clause."""

_REASONS_SHOWN = 5


@lru_cache(maxsize=1)
def load_outcomes() -> dict[str, Any]:
    """Cause and cure of every state, and of the kinds behind ``blocked:`` and ``failed:``, from the data file."""
    return tomllib.loads((files("govreports") / "outcome.toml").read_text("utf-8"))


class Outcome:
    """Writes down what happens to one crawl. The first fatal thing gives the message; all gaps are kept."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    def blocked(self, kind: str, message: str) -> None:
        """The portal answered with a challenge or refusal of this kind."""
        self._once(BLOCKED, kind, message)

    def robots(self, message: str) -> None:
        """robots.txt forbids the columns to start from."""
        self._once(ROBOTS, True, message)

    def failed(self, kind: str, message: str) -> None:
        """The crawl could not do its work: ``unreachable``, ``host_not_allowed``, ``empty_column``, …"""
        self._once(FAILED, kind, message)

    def incomplete(self, reason: str, *, of_lists: bool = True) -> None:
        """Something that the portal holds was not had; ``reason`` is one clause without a full stop.

        ``of_lists`` is False where it was only a page that is listed, so that the lists are known as a whole.
        """
        if of_lists:
            self._stats.set_value(LISTS_INCOMPLETE, True)
        if reason in self.gaps:
            return
        gaps = [*self.gaps, reason]
        self._stats.set_value(GAPS, gaps)
        shown = "; ".join(gaps[:_REASONS_SHOWN])
        more = len(gaps) - _REASONS_SHOWN
        self._stats.set_value(INCOMPLETE, f"{shown}; and {more} more" if more > 0 else shown)

    def note(self, remark: str) -> None:
        """Something to know of the crawl that leaves no gap; ``remark`` is one clause without a full stop."""
        notes = list(self._stats.get_value(NOTES, []))
        if remark not in notes:
            self._stats.set_value(NOTES, [*notes, remark])

    def moved(self, reason: str) -> None:
        """A column to start from is not where the registry says; ``reason`` is one clause without a full stop."""
        if not self._stats.get_value(MOVED):
            self._stats.set_value(MOVED, reason)

    def count(self, key: str, number: int = 1) -> None:
        """Add to one of the counts of this module."""
        self._stats.inc_value(key, number)

    def number(self, key: str) -> int:
        """One of the counts so far."""
        return int(self._stats.get_value(key, 0))

    @property
    def gaps(self) -> list[str]:
        """The reasons for being incomplete so far."""
        return list(self._stats.get_value(GAPS, []))

    @property
    def fatal(self) -> bool:
        """Whether the crawl is blocked, refused or failed."""
        return any(self._stats.get_value(key) for key in (BLOCKED, ROBOTS, FAILED))

    def _once(self, key: str, value: object, message: str) -> None:
        if self.fatal:
            return
        self._stats.set_value(key, value)
        self._stats.set_value(MESSAGE, message)


def crawl_state(stats: Mapping[str, Any], *, finish_reason: str | None = None) -> str:
    """``complete``, ``partial``, ``blocked:<kind>``, ``failed:<kind>`` or ``robots``.

    ``finish_reason`` is the reason of the ``spider_closed`` signal, by default the one in the stats.
    """
    if stats.get(BLOCKED):
        return f"blocked:{stats[BLOCKED]}"
    if stats.get(ROBOTS):
        return "robots"
    if stats.get(FAILED):
        return f"failed:{stats[FAILED]}"
    return "partial" if _gaps(stats, finish_reason) else "complete"


def crawl_message(stats: Mapping[str, Any], *, finish_reason: str | None = None) -> str | None:
    """What went wrong or is missing, and what else is to be known; None for a complete crawl without remarks."""
    if stats.get(MESSAGE) and any(stats.get(key) for key in (BLOCKED, ROBOTS, FAILED)):
        return str(stats[MESSAGE])
    gaps = _gaps(stats, finish_reason)
    notes = stats.get(NOTES) or []
    said = [f"Incomplete: {'; '.join(gaps)}."] if gaps else []
    said += [f"Note: {'; '.join(notes)}."] if notes else []
    return " ".join(said) or None


def lists_are_whole(stats: Mapping[str, Any], *, finish_reason: str) -> bool:
    """Whether all that the portal lists was seen, so that what was not seen is not listed."""
    fatal = any(stats.get(key) for key in (BLOCKED, ROBOTS, FAILED))
    errors = stats.get("spider_exceptions/count")
    return not (fatal or errors or stats.get(LISTS_INCOMPLETE)) and finish_reason == "finished"


def _gaps(stats: Mapping[str, Any], finish_reason: str | None) -> list[str]:
    gaps = [str(stats[INCOMPLETE])] if stats.get(INCOMPLETE) else []
    reason = finish_reason or stats.get("finish_reason") or "finished"
    if reason != "finished":
        gaps.append(f"the crawl was stopped before its end ({reason})")
    if errors := stats.get("spider_exceptions/count"):
        gaps.append(f"{errors} pages could not be handled because of an error in the program, see the log")
    return gaps
