"""Crawls that are killed, stopped or not alone: nothing is lost, nothing doubled, nothing half."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from collected import KILLS, Collection
from crawled import Site, served

pytestmark = pytest.mark.slow

NAME = "trs_plain"
OTHERS = ("trs_offset", "static_index")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Served portals, and the collection of a crawl that nothing disturbed."""
    with served(tmp_path_factory.mktemp("site"), NAME, *OTHERS) as site:
        assert site.crawl(NAME).code == 0
        yield site


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """An empty collection."""
    return Collection(tmp_path)


def wait_for(site: Site, requests: int) -> None:
    """Until the portals have answered so many requests since the last ``clear``."""
    deadline = time.monotonic() + 60
    while len(site.server.served) < requests and time.monotonic() < deadline:
        time.sleep(0.002)


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_crawl_started_again_ends_like_an_undisturbed_one(
    site: Site, collection: Collection, number: int
) -> None:
    moment = random.Random(number)
    site.server.served.clear()
    run = site.start(NAME, collection=collection)
    # Most of a short crawl is Python starting up: the moment is drawn from where something happens.
    wait_for(site, moment.randint(0, 11))
    time.sleep(moment.uniform(0, 0.3))
    run.kill()
    run.communicate(timeout=60)
    assert site.crawl(NAME, collection=collection).code == 0
    assert collection.dump() == site.collection.dump()
    collection.assert_whole()


def test_ctrl_c_ends_a_crawl_politely_and_the_next_one_completes_it(site: Site, collection: Collection) -> None:
    site.server.served.clear()
    run = site.start(NAME, "-s", "DOWNLOAD_DELAY=0.3", collection=collection)
    wait_for(site, 5)
    run.send_signal(signal.SIGINT)
    _, stderr = run.communicate(timeout=60)
    ((state, message),) = collection.ask("SELECT state, message FROM crawl_list")
    assert (run.returncode, state, "Traceback" in stderr) == (1, "partial", False)
    assert "stopped before its end (shutdown)" in message
    collection.assert_whole()
    assert site.crawl(NAME, collection=collection).code == 0
    assert collection.dump() == site.collection.dump()


def test_several_crawls_at_once_share_one_file(site: Site, collection: Collection) -> None:
    runs = [site.start(name, collection=collection) for name in (NAME, *OTHERS)]
    ended = [(run.communicate(timeout=100)[1], run.returncode) for run in runs]
    assert [code for _, code in ended] == [0, 0, 0]
    assert [line for text, _ in ended for line in text.splitlines() if "] ERROR: " in line or "is locked" in line] == []
    counts = dict(collection.ask("SELECT portal, COUNT(*) FROM report_list GROUP BY 1"))
    assert counts == {name: len(site.portal(name).reports) for name in (NAME, *OTHERS)}
    collection.assert_whole()


def test_the_same_portal_crawled_twice_at_once_is_stored_once(site: Site, collection: Collection) -> None:
    runs = [site.start(NAME, collection=collection) for _ in range(2)]
    assert [(run.communicate(timeout=100), run.returncode)[1] for run in runs] == [0, 0]
    assert collection.dump() == site.collection.dump()
