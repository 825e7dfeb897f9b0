"""Several machines on one PostgreSQL: shards end equal to a single run, whatever happens to one of them.

A machine is a process with an archive of its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from collected import Collection, run_govreports, start_govreports
from crawled import QUICK, Site, served
from redis.asyncio import Redis

from govreports.crawling.selection import in_shard
from govreports.middlewares.shared_turns import SharedTurns

pytestmark = pytest.mark.slow

NAMES = ("static_index", "trs_gbk", "trs_offset", "trs_plain")
SLOW = ("-s", "DOWNLOAD_DELAY=0.1", "-s", "DOWNLOAD_DELAY_JITTER=0", "--parallel", "1")


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[str]]]:
    """The portals, and what a single run on one machine makes of them."""
    with served(tmp_path_factory.mktemp("single"), *NAMES) as site:
        assert site.crawl_all().code == 0
        yield site, site.collection.dump()


@pytest.fixture
def site(single: tuple[Site, list[str]]) -> Site:
    single[0].server.served.clear()
    return single[0]


@pytest.fixture
def machines(tmp_path: Path, postgresql_url: str) -> list[Collection]:
    """Folders of three machines with one store."""
    made = [Collection(tmp_path / f"machine{number}", postgresql_url) for number in range(3)]
    for machine in made:
        machine.folder.mkdir()
    return made


def wait_for(site: Site, portals: set[str], requests: int) -> None:
    """Until some portals have answered so many requests."""
    deadline = time.monotonic() + 60
    while sum(one.portal in portals for one in site.server.served) < requests and time.monotonic() < deadline:
        time.sleep(0.01)


def test_two_shards_of_which_one_is_killed_end_equal_to_a_single_run(
    site: Site, single: tuple[Site, list[str]], machines: list[Collection]
) -> None:
    one, other, _ = machines
    of_other = {name for name in NAMES if in_shard(name, "2/2")}
    assert 0 < len(of_other) < len(NAMES)
    first = site.start_all("--shard", "1/2", collection=one)
    second = site.start_all("--shard", "2/2", *SLOW, collection=other)
    wait_for(site, of_other, 6)
    second.kill()
    second.communicate(timeout=60)
    told, complaint = first.communicate(timeout=100)
    assert (first.returncode, "Traceback" in complaint) == (0, False), told + complaint
    assert one.dump() != single[1]
    assert site.crawl_all("--shard", "2/2", collection=other).code == 0
    assert one.dump() == single[1]
    runs = one.ask("SELECT reason FROM run_list ORDER BY crawl_id")
    assert sorted(runs) == [("finished",), ("finished",), ("killed",)]


def test_three_workers_of_one_queue_of_which_one_is_killed_end_equal_to_a_single_run(
    site: Site, single: tuple[Site, list[str]], machines: list[Collection], redis_url: str
) -> None:
    environment = {"GOVREPORTS_REDIS_URL": redis_url}
    options = ("--queue", "march", "--parallel", "1")
    # The first one to work is the one that is killed, in the middle of a portal.
    killed = site.start_all(*options, *SLOW, collection=machines[0], environment=environment)
    wait_for(site, set(NAMES), 6)
    others = [
        site.start_all(*options, collection=machine, environment=environment) for machine in (machines[1], machines[2])
    ]
    killed.kill()
    killed.communicate(timeout=60)
    for worker in others:
        told, complaint = worker.communicate(timeout=100)
        assert (worker.returncode, "Traceback" in complaint) == (0, False), told + complaint
    assert machines[0].dump() == single[1]
    states = machines[0].ask("SELECT portal, state FROM crawl_list WHERE state <> 'failed:killed' ORDER BY portal")
    assert states == [(name, "complete") for name in NAMES]


def test_a_host_at_which_another_machine_is_waits_for_it(site: Site, tmp_path: Path, redis_url: str) -> None:
    machine = Collection(tmp_path)
    host = site.server.url("trs_gbk").split("/")[2].split(":")[0]

    async def scene() -> None:
        elsewhere = SharedTurns(redis_url, worker="elsewhere 1 a")
        await elsewhere.take(host, seconds=600)
        environment = {**site.environment, "GOVREPORTS_REDIS_URL": redis_url}
        run = start_govreports(machine, "crawl", "trs_gbk", *QUICK, environment=environment)
        async with Redis.from_url(redis_url) as client:
            while not await client.exists(f"govreports:host:{{{host}}}:wanted"):
                await asyncio.sleep(0.05)
        assert site.server.served == []
        await elsewhere.give_back(host, pause=0)
        _, complaint = await asyncio.to_thread(run.communicate, timeout=100)
        assert run.returncode == 0, complaint
        await elsewhere.close()

    asyncio.run(asyncio.wait_for(scene(), 120))


def test_without_its_redis_a_crawl_asks_no_host(site: Site, tmp_path: Path) -> None:
    environment = {**site.environment, "GOVREPORTS_REDIS_URL": "redis://127.0.0.1:1/0"}
    ran = run_govreports(Collection(tmp_path), "crawl", "trs_gbk", *QUICK, environment=environment)
    assert (ran.code, site.server.served, "Traceback" in ran.stderr) == (1, [], False), ran.stderr
    assert "failed:queue" in ran.stderr.splitlines()[-1]


def test_without_its_redis_a_worker_says_so(site: Site, tmp_path: Path) -> None:
    environment = {"GOVREPORTS_REDIS_URL": "redis://127.0.0.1:1/0"}
    ran = site.crawl_all("--queue", "march", collection=Collection(tmp_path), environment=environment)
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.startswith("govreports crawlall: the Redis of the queue march failed: ")
    assert len(ran.stderr.splitlines()) == 1
