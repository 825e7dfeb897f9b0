"""Crawls of one process take turns on a host, and keep each other's pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from govreports.middlewares import host_turns
from govreports.middlewares.host_turns import HostTurns

HOST = "www.harbour.gov.cn"


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(host_turns.asyncio, "sleep", clock.sleep)
    return clock


def play(scene: Callable[[], Awaitable[None]]) -> None:
    async def with_a_limit() -> None:
        await asyncio.wait_for(scene(), 10)

    asyncio.run(with_a_limit())


async def settle() -> None:
    """Let all tasks come as far as they can."""
    for _ in range(10):
        await asyncio.get_running_loop().run_in_executor(None, lambda: None)


def test_another_crawl_waits_until_the_turn_is_over(clock: Clock) -> None:
    async def scene() -> None:
        turns = HostTurns(lambda: clock.now)
        await turns.take(HOST, "east")
        waiting = asyncio.ensure_future(turns.take(HOST, "west"))
        await settle()
        assert not waiting.done()
        turns.give_back(HOST, pause=1.0)
        await waiting

    play(scene)


def test_the_pause_of_the_crawl_before_is_kept(clock: Clock) -> None:
    async def scene() -> None:
        turns = HostTurns(lambda: clock.now)
        await turns.take(HOST, "east")
        turns.give_back(HOST, pause=1.5)
        clock.now += 0.5
        await turns.take(HOST, "west")

    play(scene)
    assert clock.slept == [1.0]


def test_a_crawl_keeps_its_own_pauses_itself(clock: Clock) -> None:
    async def scene() -> None:
        turns = HostTurns(lambda: clock.now)
        await turns.take(HOST, "east")
        turns.give_back(HOST, pause=1.5)
        await turns.take(HOST, "east")
        await turns.take(HOST, "east")

    play(scene)
    assert clock.slept == []


def test_other_hosts_do_not_wait(clock: Clock) -> None:
    async def scene() -> None:
        turns = HostTurns(lambda: clock.now)
        await turns.take(HOST, "east")
        await turns.take("www.hill.gov.cn", "west")

    play(scene)
    assert clock.slept == []


def test_turns_are_given_in_the_order_of_asking(clock: Clock) -> None:
    given: list[str] = []

    async def ask(turns: HostTurns, who: str) -> None:
        await turns.take(HOST, who)
        given.append(who)
        turns.give_back(HOST, pause=0.1)

    async def scene() -> None:
        turns = HostTurns(lambda: clock.now)
        await turns.take(HOST, "first")
        asking = [asyncio.ensure_future(ask(turns, who)) for who in ("east", "west", "first", "north")]
        await settle()
        turns.give_back(HOST, pause=0.1)
        await asyncio.gather(*asking)

    play(scene)
    assert given == ["east", "west", "first", "north"]
