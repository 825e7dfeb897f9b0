"""Several machines on one PostgreSQL: shards end equal to a single run, whatever happens to one of them.

A machine is a process with an archive of its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from collected import Collection
from crawled import Site, served

from govreports.crawling.selection import in_shard

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
