"""Many portals crawled side by side in one process: some at a time, no two on one host, until all are done or the
time is up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, cast

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from govreports import clock
from govreports.crawling.portal_queue import PortalQueue, QueueError
from govreports.extensions.run_records import counters_of
from govreports.outcome import crawl_message, crawl_state
from govreports.registry.portal import Portal
from govreports.store import CrawlCounters
from govreports.store.run_log import CUT_SHORT

SIGN_EVERY: Final = 60.0
"""Seconds between two signs of life."""
_TICK: Final = 0.5

logger = logging.getLogger(__name__)


class Supply(Protocol):
    """Where the portals of a run come from. QueueError from each method where that cannot be asked any more."""

    def take(self, busy: Set[str]) -> Portal | None:
        """A portal to crawl now, which lies on none of the ``busy`` hosts; None where there is none now."""

    def end(self, portal: Portal, *, again: bool) -> None:
        """A portal that was taken has ended; ``again`` where it was cut short."""

    def left(self) -> int:
        """How many portals are not taken yet, or are with other workers."""


class OwnPortals:
    """Portals that this run alone crawls."""

    def __init__(self, portals: Iterable[Portal]) -> None:
        self._portals = list(portals)

    def take(self, busy: Set[str]) -> Portal | None:
        """The first that lies on none of the busy hosts."""
        free = next((portal for portal in self._portals if not busy & portal.hosts), None)
        if free is not None:
            self._portals.remove(free)
        return free

    def end(self, portal: Portal, *, again: bool) -> None:
        """Nothing to do: the record of the run says what was cut short."""

    def left(self) -> int:
        """Those that were not taken."""
        return len(self._portals)


class QueuedPortals:
    """Portals that workers share; those of ``registry`` by their ids."""

    def __init__(self, queue: PortalQueue, registry: Mapping[str, Portal]) -> None:
        self._queue = queue
        self._registry = registry
        self._own = 0

    def take(self, busy: Set[str]) -> Portal | None:
        """The next one that is on no host at which any worker is."""
        taken = self._queue.take()
        if taken is None:
            return None
        if taken not in self._registry:
            self._queue.end(taken, again=True)
            raise QueueError(
                f"the queue {self._queue.name} has the portal {taken}, which is not in the registry here; "
                "give all machines the same registry"
            )
        self._own += 1
        return self._registry[taken]

    def end(self, portal: Portal, *, again: bool) -> None:
        """Tell the others."""
        self._own -= 1
        self._queue.end(portal.id, again=again)

    def left(self) -> int:
        """Also those that another worker is at: it may die."""
        return max(self._queue.left() - self._own, 0)


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
    """How a run ended. ``reason``: ``finished``, ``time_budget``, ``shutdown``, ``lock_lost`` or ``queue_lost``."""

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
    supply: Supply,
    *,
    arguments: Mapping[str, str],
    parallel: int,
    minutes: float | None,
    watcher: Watcher,
    sign: Callable[[], bool],
) -> RunResult:
    """Crawl the portals of a supply, ``parallel`` at a time, each as a spider with ``arguments``; blocks until the end.

    After ``minutes`` nothing new is begun, and what is under way ends as if by Ctrl-C: what was received is stored.
    ``sign`` is called about every minute and says whether the run may go on.
    """
    process = _Process(settings)
    run = _Run(process, supply, dict(arguments), parallel, minutes, watcher, sign)
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
        supply: Supply,
        arguments: dict[str, str],
        parallel: int,
        minutes: float | None,
        watcher: Watcher,
        sign: Callable[[], bool],
    ) -> None:
        self.result = RunResult()
        self.left = 1
        """How many portals were left when this was last looked at."""
        self._supply = supply
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
            while await self._goes_on():
                await self._start_what_fits()
                if not self._active:
                    # All that is left is with other workers.
                    await asyncio.sleep(_TICK)
                else:
                    done, _ = await asyncio.wait(self._active, timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
                    for task in done:
                        self._take(task)
                await self._look_at_the_clock()
        except QueueError as error:
            self._lose_the_queue(error)
            await self._end_what_is_under_way()
        finally:
            from twisted.internet import reactor

            # It may have been stopped already, by a signal.
            with contextlib.suppress(RuntimeError):
                cast(Any, reactor).stop()

    @property
    def _stopping(self) -> bool:
        return self._process.stop_asked or self.result.reason != "finished"

    async def _goes_on(self) -> bool:
        self.left = await asyncio.to_thread(self._supply.left)
        return bool(self._active) or (self.left > 0 and not self._stopping)

    async def _start_what_fits(self) -> None:
        while not self._stopping and len(self._active) < self._parallel:
            busy = {host for portal, _ in self._active.values() for host in portal.hosts}
            free = await asyncio.to_thread(self._supply.take, busy)
            if free is None:
                return
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
        try:
            self._supply.end(portal, again=result.finish_reason in CUT_SHORT)
        except QueueError as queue_error:
            self._lose_the_queue(queue_error)

    def _lose_the_queue(self, error: QueueError) -> None:
        if not self._stopping:
            logger.error("%s; this worker stops.", error)
            self.result.reason = "queue_lost"

    async def _end_what_is_under_way(self) -> None:
        while self._active:
            self._stop_all(self.result.reason)
            done, _ = await asyncio.wait(self._active, timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                self._take(task)

    async def _look_at_the_clock(self) -> None:
        now = clock.seconds()
        if now >= self._sign_due:
            self._sign_due = now + SIGN_EVERY
            if not await asyncio.to_thread(self._sign):
                logger.error("Another run took the store over; this one stops.")
                self.result.reason = "lock_lost"
        if self._ends_at is not None and now >= self._ends_at and not self._stopping and (self.left or self._active):
            logger.info("The time is up: %d portals are stopped, %d not begun.", len(self._active), self.left)
            self.result.reason = "time_budget"
        if self.result.reason != "finished":
            self._stop_all(self.result.reason)

    def _stop_all(self, reason: str) -> None:
        for _, crawler in self._active.values():
            self._stop(crawler, reason)

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
