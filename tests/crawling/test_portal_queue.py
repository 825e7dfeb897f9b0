"""Portals shared by workers: each is crawled by one at a time, and by somebody in the end. Over a real Redis."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from redis import Redis

from govreports.crawling.portal_queue import PortalQueue, Queued, QueueError

Worker = Callable[[str], PortalQueue]
PORTALS = [
    Queued("first", frozenset({"a.gov.cn"})),
    Queued("second", frozenset({"a.gov.cn", "b.gov.cn"})),
    Queued("third", frozenset({"c.gov.cn"})),
]


@pytest.fixture
def worker(redis_url: str) -> Iterator[Worker]:
    """Makes workers of one queue, by the name of their process."""
    with ExitStack() as open_ones:

        def make(process: str) -> PortalQueue:
            queue = PortalQueue(redis_url, "march")
            queue.worker = process
            open_ones.callback(queue.close)
            return queue

        yield make


def test_a_queue_is_filled_once(worker: Worker) -> None:
    east, west = worker("east 1 a"), worker("west 2 b")
    assert (east.selection(), east.fill("all", PORTALS), west.fill("some", PORTALS[:1])) == (None, True, False)
    assert (west.selection(), west.left()) == ("all", 3)


def test_each_portal_goes_to_one_worker_and_no_two_share_a_host(worker: Worker) -> None:
    east, west = worker("east 1 a"), worker("west 2 b")
    east.fill("all", PORTALS)
    assert [east.take(), west.take(), west.take(), east.take()] == ["first", "third", None, None]
    east.end("first", again=False)
    assert west.take() == "second"


def test_a_crawl_ends_with_its_last_portal_and_who_is_late_begins_none(worker: Worker, redis_url: str) -> None:
    east, late = worker("east 1 a"), worker("west 2 b")
    east.fill("all", PORTALS)
    assert not east.has_just_ended()
    while (portal := east.take()) is not None:
        east.end(portal, again=False)
    assert (late.left(), late.selection(), late.has_just_ended(), late.fill("all", PORTALS)) == (0, None, True, False)
    with Redis.from_url(redis_url) as client:
        assert 0 < client.ttl("govreports:queue:{march}:ended") <= 600
        client.delete("govreports:queue:{march}:ended")
    assert late.fill("all", PORTALS)


def test_what_was_cut_short_is_next(worker: Worker) -> None:
    east = worker("east 1 a")
    east.fill("all", PORTALS)
    assert east.take() == "first"
    east.end("first", again=True)
    assert (east.left(), east.take()) == (3, "first")


def test_the_portal_of_a_process_that_died_here_is_free_at_once(worker: Worker) -> None:
    died = subprocess.Popen([sys.executable, "-c", ""])
    died.wait()
    dead, alive = worker(f"{socket.gethostname()} {died.pid} a"), worker("west 2 b")
    dead.fill("all", PORTALS)
    assert (dead.take(), alive.take()) == ("first", "first")


def test_the_portal_of_a_silent_worker_is_free_after_its_lease(worker: Worker, redis_url: str) -> None:
    silent, lively = worker("east 1 a"), worker("west 2 b")
    silent.fill("all", PORTALS)
    assert (silent.take(), lively.take()) == ("first", "third")
    with Redis.from_url(redis_url) as client:
        client.zadd("govreports:queue:{march}:leases", {"first": 1, "third": 1})
    lively.renew()
    assert (lively.take(), lively.take()) == ("first", None)
    silent.end("first", again=False)
    assert lively.left() == 3


def test_a_redis_that_does_not_answer_is_said_in_a_sentence() -> None:
    queue = PortalQueue("redis://127.0.0.1:1/0", "march")
    with pytest.raises(QueueError, match=r"the Redis of the queue march failed: .*; see GOVREPORTS_REDIS_URL$"):
        queue.left()


@pytest.mark.parametrize("name", ["", "März", "a" * 17, "a b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(QueueError, match="is no name"):
        PortalQueue("redis://127.0.0.1:1/0", name)
