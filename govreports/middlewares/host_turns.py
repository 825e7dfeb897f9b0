"""Portals on one host take turns, so that many crawls in a process are as polite to it as one.

Scrapy keeps its pauses and its limit of connections for each crawl on its own. Several portals of a registry may lie
on one host, and columns may lead from one portal's host to another's. Where GOVREPORTS_REDIS_URL names a Redis, all
processes that name the same take turns, too (``shared_turns``).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from govreports import clock
from govreports.middlewares.shared_turns import HostNotShared, SharedTurns
from govreports.registry.hosts import host_of

_TURN: Final = "govreports_turn"


@dataclass(slots=True)
class _Host:
    holder: Hashable | None = None
    """Who has the turn, or had it last."""
    held: int = 0
    waiting: deque[tuple[Hashable, asyncio.Future[Hashable | None]]] = field(default_factory=deque)
    ended: float = 0.0
    pause: float = 0.0
    """Seconds that the last holder would have waited before its next request."""


class HostTurns:
    """Who may ask a host now: one crawl at a time, and the next one when the pause of the one before is over.

    How many requests a crawl has at once, and its own pauses, are its own matter.
    """

    def __init__(self, seconds: Callable[[], float] = clock.seconds) -> None:
        self._seconds = seconds
        self._hosts: dict[str, _Host] = {}

    async def take(self, host: str, who: Hashable) -> None:
        """Wait for a turn, to be given back with ``give_back``."""
        turns = self._hosts.setdefault(host, _Host())
        before = turns.holder
        if turns.held and (turns.holder != who or turns.waiting):
            turn = asyncio.get_running_loop().create_future()
            turns.waiting.append((who, turn))
            before = await turn
        else:
            turns.holder = who
            turns.held += 1
        if before is not None and before != who:
            left = turns.ended + turns.pause - self._seconds()
            if left > 0:
                await asyncio.sleep(left)

    def give_back(self, host: str, *, pause: float) -> None:
        """End a turn; another crawl's begins ``pause`` seconds later at the earliest."""
        turns = self._hosts[host]
        turns.held -= 1
        turns.ended = self._seconds()
        turns.pause = pause
        while turns.waiting and (not turns.held or turns.waiting[0][0] == turns.holder):
            who, turn = turns.waiting.popleft()
            before, turns.holder = turns.holder, who
            turns.held += 1
            turn.set_result(before)


_OF_THIS_PROCESS: Final = HostTurns()
_LONGER: Final = 60.0
"""Seconds that a request may take beyond its time-out until other processes take its turn for lost: Scrapy's own pause,
which a slow portal makes longer, comes in between.
"""

_shared: dict[str, SharedTurns] = {}


def _share(url: str) -> SharedTurns:
    """The one connection of this process to a Redis."""
    if url not in _shared:
        _shared[url] = SharedTurns(url)
    return _shared[url]


class HostTurnsMiddleware:
    """Stands next to the network: what it lets pass is asked, and comes back here, answered or failed."""

    def __init__(
        self, crawler: Crawler, turns: HostTurns = _OF_THIS_PROCESS, shared: SharedTurns | None = None
    ) -> None:
        self._crawler = crawler
        self._turns = turns
        self._shared = shared

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        url = crawler.settings["GOVREPORTS_REDIS_URL"]
        return cls(crawler, shared=_share(url) if url else None)

    async def process_request(self, request: Request) -> None:
        """Wait for the host."""
        host = host_of(request.url)
        if host is None:
            return
        await self._turns.take(host, id(self._crawler))
        if self._shared is not None:
            lasts = request.meta.get("download_timeout", self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT"))
            try:
                await self._shared.take(host, seconds=lasts + _LONGER)
            except HostNotShared as error:
                self._turns.give_back(host, pause=0)
                self._stop(error)
                raise
        request.meta[_TURN] = host

    async def process_response(self, request: Request, response: Response) -> Response:
        """Give the turn back."""
        await self._give_back(request)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Give the turn back."""
        await self._give_back(request)

    async def _give_back(self, request: Request) -> None:
        host = request.meta.pop(_TURN, None)
        if host is None:
            return
        slot = self._crawler.engine.downloader.slots.get(str(request.meta.get("download_slot")))
        pause = slot.delay if slot is not None else self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._turns.give_back(host, pause=pause)
        if self._shared is not None:
            try:
                await self._shared.give_back(host, pause=pause)
            except HostNotShared as error:
                self._stop(error)
                raise

    def _stop(self, error: HostNotShared) -> None:
        """End the crawl: a host that others may be asking now must not be asked."""
        from govreports.extensions.run_records import RunRecords

        records = self._crawler.get_extension(RunRecords)
        if records is not None:
            records.stop("queue", str(error))
