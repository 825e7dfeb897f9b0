"""Workers on several machines ask one host one after the other, with a pause in between: over a real Redis."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis

from govreports.middlewares.shared_turns import SharedTurns

HOST = "www.harbour.gov.cn"
KEY = f"govreports:host:{{{HOST}}}"
LONG = 600.0
"""Seconds that no test takes: what comes earlier did not come by waiting."""

Scene = Callable[[SharedTurns, SharedTurns], Awaitable[None]]


@pytest.fixture
def play(redis_url: str) -> Callable[[Scene], None]:
    """Plays a scene with two workers on two machines."""

    async def scene_with_a_limit(scene: Scene) -> None:
        async with AsyncExitStack() as open_ones:
            workers = [SharedTurns(redis_url, worker=name) for name in ("east 1 a", "west 2 b")]
            for worker in workers:
                open_ones.push_async_callback(worker.close)
            await asyncio.wait_for(scene(*workers), 30)

    return lambda scene: asyncio.run(scene_with_a_limit(scene))


async def waits(task: asyncio.Task[None], redis_url: str) -> None:
    """Until a task has asked and was told to wait."""
    async with Redis.from_url(redis_url) as client:
        while not await client.exists(f"{KEY}:wanted"):
            await asyncio.sleep(0.01)
    assert not task.done()


def test_a_second_worker_waits_until_the_first_has_its_answer(play: Callable[[Scene], None], redis_url: str) -> None:
    async def scene(east: SharedTurns, west: SharedTurns) -> None:
        await east.take(HOST, seconds=LONG)
        other = asyncio.create_task(west.take(HOST, seconds=LONG))
        await waits(other, redis_url)
        await east.give_back(HOST, pause=0)
        await other

    play(scene)


def test_the_pause_holds_for_the_other_worker_and_not_for_the_same(
    play: Callable[[Scene], None], redis_url: str
) -> None:
    async def scene(east: SharedTurns, west: SharedTurns) -> None:
        await east.take(HOST, seconds=LONG)
        await east.give_back(HOST, pause=LONG)
        # Its own pauses are Scrapy's matter.
        await east.take(HOST, seconds=LONG)
        await east.give_back(HOST, pause=LONG)
        other = asyncio.create_task(west.take(HOST, seconds=LONG))
        await waits(other, redis_url)
        async with Redis.from_url(redis_url) as client:
            await client.pexpire(KEY, 1)
        await other

    play(scene)


def test_who_waits_goes_before_who_had_the_turn(play: Callable[[Scene], None], redis_url: str) -> None:
    order = []

    async def ask(name: str, worker: SharedTurns) -> None:
        await worker.take(HOST, seconds=LONG)
        order.append(name)
        await worker.give_back(HOST, pause=0)

    async def scene(east: SharedTurns, west: SharedTurns) -> None:
        await east.take(HOST, seconds=LONG)
        other = asyncio.create_task(ask("west", west))
        await waits(other, redis_url)
        again = asyncio.create_task(ask("east", east))
        await east.give_back(HOST, pause=0)
        await asyncio.gather(other, again)

    play(scene)
    assert order == ["west", "east"]


def test_two_turns_of_one_worker_end_with_the_last(play: Callable[[Scene], None], redis_url: str) -> None:
    async def scene(east: SharedTurns, west: SharedTurns) -> None:
        await east.take(HOST, seconds=LONG)
        await east.take(HOST, seconds=LONG)
        await east.give_back(HOST, pause=0)
        other = asyncio.create_task(west.take(HOST, seconds=LONG))
        await waits(other, redis_url)
        await east.give_back(HOST, pause=0)
        await other

    play(scene)


def test_other_hosts_are_free(play: Callable[[Scene], None]) -> None:
    async def scene(east: SharedTurns, west: SharedTurns) -> None:
        await east.take(HOST, seconds=LONG)
        await west.take("other.gov.cn", seconds=LONG)

    play(scene)


def test_the_turn_of_a_process_that_died_here_is_free_at_once(redis_url: str) -> None:
    died = subprocess.Popen([sys.executable, "-c", ""])
    died.wait()

    async def scene() -> None:
        dead = SharedTurns(redis_url, worker=f"{socket.gethostname()} {died.pid} a")
        alive = SharedTurns(redis_url)
        await dead.take(HOST, seconds=LONG)
        await alive.take(HOST, seconds=LONG)
        await dead.close()
        await alive.close()

    asyncio.run(asyncio.wait_for(scene(), 30))
