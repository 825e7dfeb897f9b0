"""How a run is shown: a bar on a terminal, lines in a log elsewhere, and a summary at the end."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from govreports.crawling.run import PortalResult, Watcher
from govreports.registry.portal import Portal

_NAMED: Final = 4
"""Portals under way that the bar names."""

logger = logging.getLogger(__name__)


class LogWatcher:
    """One line a portal in the log."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._ended = 0

    def started(self, portal: Portal) -> None:
        """Say nothing: the end says all."""

    def stored(self, portal: Portal, item: object) -> None:
        """Say nothing: the page has a line of its own."""

    def ended(self, result: PortalResult) -> None:
        """Say how it went."""
        self._ended += 1
        logger.info(
            "%d of %d portals: %s is %s",
            *(self._ended, self._total, result.portal, result.state),
            extra={"portal": result.portal, "state": result.state},
        )


class BarWatcher(LogWatcher):
    """A bar with the portals under way, and what was stored so far."""

    def __init__(self, progress: Progress, task: TaskID, total: int) -> None:
        super().__init__(total)
        self._progress = progress
        self._task = task
        self._pages = 0
        self._active: list[str] = []

    def started(self, portal: Portal) -> None:
        """Name it."""
        self._active.append(portal.id)
        self._show()

    def stored(self, portal: Portal, item: object) -> None:
        """Count the page."""
        self._pages += 1
        self._show()

    def ended(self, result: PortalResult) -> None:
        """Move the bar on."""
        super().ended(result)
        self._active.remove(result.portal)
        self._progress.advance(self._task)
        self._show()

    def _show(self) -> None:
        named = ", ".join(self._active[:_NAMED])
        more = len(self._active) - _NAMED
        self._progress.update(self._task, pages=self._pages, now=f"{named} and {more} more" if more > 0 else named)


@contextmanager
def watching(total: int) -> Iterator[Watcher]:
    """A bar while the block runs, where somebody looks at a terminal; else lines in the log."""
    if not sys.stderr.isatty():
        yield LogWatcher(total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pages]} pages"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Portals", total=total, pages=0, now="")
        yield BarWatcher(progress, task, total)


def summary_lines(results: Sequence[PortalResult], *, reason: str, planned: int, seconds: float) -> Iterator[str]:
    """What a run did, in lines: the sum, then each portal that needs a look."""
    states = Counter(result.state.partition(":")[0] for result in results)
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items())) or "none crawled"
    counts = [result.counters for result in results]
    yield (
        f"{len(results)} of {planned} portals: {told}. "
        f"Reports seen: {sum(c.reports_seen for c in counts)}, new: {sum(c.new for c in counts)}, "
        f"changed: {sum(c.changed for c in counts)}; issues: {sum(c.issues for c in counts)}; "
        f"requests: {sum(c.requests for c in counts)}, bytes: {sum(c.bytes for c in counts)}; "
        f"{seconds / 60:.1f} minutes."
    )
    if reason != "finished":
        left = planned - sum(result.finish_reason not in (None, reason) for result in results)
        yield f"{_REASONS[reason]}; the next run of the same selection goes on with the {left} portals left."
    for result in sorted(results, key=lambda result: result.portal):
        if result.state != "complete":
            yield f"{result.portal}: {result.state}. {result.message or ''}".rstrip()


_REASONS: Final = {
    "time_budget": "The time was up",
    "shutdown": "The run was stopped",
    "lock_lost": "Another run took the store over",
    "queue_lost": "The queue could not be asked any more",
}
