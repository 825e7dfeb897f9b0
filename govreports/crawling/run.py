"""Many portals crawled side by side in one process: some at a time, no two on one host, until all are done or the
time is up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, cast

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from govreports import clock
from govreports.extensions.run_records import counters_of
from govreports.outcome import crawl_message, crawl_state
from govreports.registry.hosts import host_of
from govreports.registry.portal import Portal
from govreports.store import CrawlCounters

SIGN_EVERY: Final = 60.0
"""Seconds between two signs of life."""
_TICK: Final = 0.5

logger = logging.getLogger(__name__)


class Watcher(Protocol):
    """Who is told how a run goes."""

    def started(self, portal: Portal) -> None:
        """A portal's crawl begins."""

    def stored(self, portal: Portal, item: object) -> None:
        """A page of a portal went through all pipelines; ``item`` is what the last of them gave."""

    def ended(self, result: PortalResult) -> None:
        """A portal's crawl has ended."""


@dataclass(frozen=True, slots=True)
class PortalResult:
    """How a portal's crawl ended. ``finish_reason`` is None where it could not even be started."""

    portal: str
    state: str
    message: str | None
    finish_reason: str | None
    counters: CrawlCounters


@dataclass(slots=True)
class RunResult:
    """How a run ended. ``reason``: ``finished``, ``time_budget``, ``shutdown`` or ``lock_lost``."""

    reason: str = "finished"
    portals: list[PortalResult] = field(default_factory=list)


class _Process(AsyncCrawlerProcess):
    """Scrapy's process, which remembers that it was asked to stop (Ctrl-C, or the system shutting down)."""

    stop_asked = False

    async def stop(self) -> None:
        self.stop_asked = True
        await super().stop()


def crawl_portals(
    settings: Settings,
    portals: Sequence[Portal],
    *,
    arguments: Mapping[str, str],
    parallel: int,
    minutes: float | None,
    watcher: Watcher,
    sign: Callable[[], bool],
) -> RunResult:
    """Crawl portals, ``parallel`` of them at a time, each as a spider with ``arguments``; blocks until the end.

    After ``minutes`` nothing new is begun, and what is under way ends as if by Ctrl-C: what was received is stored.
    ``sign`` is called about every minute and says whether the run may go on.
    """
    process = _Process(settings)
    run = _Run(process, list(portals), dict(arguments), parallel, minutes, watcher, sign)
    loop = asyncio.get_event_loop()
    conducting = loop.create_task(run.conduct())
    process.start(stop_after_crawl=False)
    run.take_the_rest()
    if conducting.done():
        conducting.result()
    result = run.result
    # Scrapy asks the process to stop at every end, a good one included.
    if result.reason == "finished" and (run.left or any(one.finish_reason == "shutdown" for one in result.portals)):
        result.reason = "shutdown"
    return result


class _Run:
    def __init__(
        self,
        process: _Process,
        portals: list[Portal],
        arguments: dict[str, str],
        parallel: int,
        minutes: float | None,
        watcher: Watcher,
        sign: Callable[[], bool],
    ) -> None:
        self.result = RunResult()
        self.left = portals
        self._process = process
        self._arguments = arguments
        self._parallel = parallel
        self._ends_at = None if minutes is None else clock.seconds() + minutes * 60
        self._watcher = watcher
        self._sign = sign
        self._active: dict[asyncio.Task[None], tuple[Portal, Crawler]] = {}
        self._stops: dict[Crawler, asyncio.Future[bool]] = {}
        self._sign_due = clock.seconds() + SIGN_EVERY

    async def conduct(self) -> None:
        """Start portals as places become free, and end the process after the last of them."""
        try:
            while self._active or (self.left and not self._stopping):
                self._start_what_fits()
                if self._active:
                    done, _ = await asyncio.wait(self._active, timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
                    for task in done:
                        self._take(task)
                await self._look_at_the_clock()
        finally:
            from twisted.internet import reactor

            # It may have been stopped already, by a signal.
            with contextlib.suppress(RuntimeError):
                cast(Any, reactor).stop()

    @property
    def _stopping(self) -> bool:
        return self._process.stop_asked or self.result.reason != "finished"

    def _start_what_fits(self) -> None:
        while not self._stopping and len(self._active) < self._parallel:
            busy = {host for portal, _ in self._active.values() for host in _hosts(portal)}
            free = next((portal for portal in self.left if not busy & _hosts(portal)), None)
            if free is None:
                return
            self.left.remove(free)
            self._start(free)

    def _start(self, portal: Portal) -> None:
        watcher = self._watcher
        crawler = self._process.create_crawler(portal.id)
        crawler.signals.connect(lambda item: watcher.stored(portal, item), signal=signals.item_scraped, weak=False)
        watcher.started(portal)
        self._active[self._process.crawl(crawler, **self._arguments)] = (portal, crawler)

    def _take(self, task: asyncio.Task[None]) -> None:
        portal, crawler = self._active.pop(task)
        error = task.exception()
        if error is not None:
            # One portal's fault must not cost the others theirs.
            logger.error("%s: the crawl could not be made: %r", portal.id, error, exc_info=error)
        stats: dict[str, Any] = {} if error is not None else crawler.stats.get_stats()
        result = PortalResult(
            portal=portal.id,
            state=crawl_state(stats) if error is None else "failed:program",
            message=crawl_message(stats) if error is None else f"The program failed: {error!r}.",
            finish_reason=stats.get("finish_reason"),
            counters=counters_of(stats),
        )
        self.result.portals.append(result)
        self._watcher.ended(result)

    async def _look_at_the_clock(self) -> None:
        now = clock.seconds()
        if now >= self._sign_due:
            self._sign_due = now + SIGN_EVERY
            if not await asyncio.to_thread(self._sign):
                logger.error("Another run took the store over; this one stops.")
                self.result.reason = "lock_lost"
        if self._ends_at is not None and now >= self._ends_at and not self._stopping and (self.left or self._active):
            logger.info("The time is up: %d portals are stopped, %d not begun.", len(self._active), len(self.left))
            self.result.reason = "time_budget"
        if self.result.reason in ("time_budget", "lock_lost"):
            for _, crawler in self._active.values():
                self._stop(crawler, self.result.reason)

    def _stop(self, crawler: Crawler, reason: str) -> None:
        earlier = self._stops.get(crawler)
        # A crawl that was not open yet could not be stopped; it is tried again at the next look.
        if earlier is None or (earlier.done() and not earlier.result()):
            self._stops[crawler] = asyncio.ensure_future(_close(crawler, reason))

    def take_the_rest(self) -> None:
        """Note the ends of crawls that a signal stopped together with the process."""
        for task in list(self._active):
            if task.done() and not task.cancelled():
                self._take(task)


async def _close(crawler: Crawler, reason: str) -> bool:
    try:
        await crawler.engine.close_spider_async(reason=reason)
    except RuntimeError:
        return False
    return True


def _hosts(portal: Portal) -> set[str]:
    return {host for url in (*portal.start_urls, *portal.documents) if (host := host_of(url))}
