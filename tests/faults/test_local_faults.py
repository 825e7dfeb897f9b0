"""The own machine breaks: a full disk, a lock, no permission. The next crawl completes the broken one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from collected import Collection, Ran
from crawled import QUICK, Site, served

from govreports.store import open_store

pytestmark = pytest.mark.slow

NAME = "trs_plain"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served portal, and the collection of a crawl that nothing disturbed."""
    with served(tmp_path_factory.mktemp("site"), NAME) as site:
        assert site.crawl(NAME).code == 0
        yield site


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """An empty collection."""
    return Collection(tmp_path)


def assert_completed(site: Site, collection: Collection) -> None:
    """The next crawl has what an undisturbed one has, once."""
    assert site.crawl(NAME, collection=collection).code == 0
    assert collection.dump() == site.collection.dump()
    collection.assert_whole()


def crawl_with_small_files(site: Site, collection: Collection, *, limit: int) -> Ran:
    """Crawl where no file can grow beyond ``limit`` bytes, as on a disk that is full."""
    environment = site.environment | collection.environment
    command = [sys.executable, "-m", "govreports.cli", "crawl", NAME, *QUICK]
    limited = f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    run = subprocess.run(
        [sys.executable, "-c", f"{limited}; os.execv(sys.argv[1], sys.argv[1:])", *command],
        env={**os.environ, **environment},
        cwd=collection.folder,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return Ran(run.returncode, run.stdout, run.stderr)


def test_a_disk_that_is_full_for_the_store_stops_the_crawl(site: Site, collection: Collection) -> None:
    open_store(collection.url).close()
    broken = crawl_with_small_files(site, collection, limit=150_000)
    assert broken.code == 1
    assert "failed:store" in broken.stderr.splitlines()[-1]
    assert "Traceback" not in broken.stderr
    assert_completed(site, collection)


def test_an_archive_that_cannot_be_written_is_completed_once_it_can(site: Site, collection: Collection) -> None:
    collection.archive.write_text("a file where the folder should be")
    broken = site.crawl(NAME, collection=collection)
    assert (broken.code, "failed:archive" in broken.stderr.splitlines()[-1]) == (1, True)
    collection.archive.unlink()
    assert_completed(site, collection)


def test_a_store_that_was_gone_is_completed_once_it_is_back(site: Site, collection: Collection) -> None:
    open_store(collection.url).close()
    away = collection.database.rename(collection.folder / "away")
    collection.database.mkdir()
    broken = site.crawl(NAME, collection=collection)
    assert (broken.code, "failed:store" in broken.stderr.splitlines()[-1]) == (1, True)
    assert "Traceback" not in broken.stderr
    collection.database.rmdir()
    away.rename(collection.database)
    assert_completed(site, collection)


def test_a_store_that_another_process_holds_for_a_while_is_waited_for(site: Site, collection: Collection) -> None:
    open_store(collection.url).close()
    holder = sqlite3.connect(collection.database, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    # Until the crawl has long begun to wait: whenever it is let go, the crawl ends well.
    timer = threading.Timer(1.5, holder.execute, ("COMMIT",))
    timer.start()
    done = site.crawl(NAME, collection=collection)
    timer.join()
    holder.close()
    assert done.code == 0, done.stderr
    assert collection.dump() == site.collection.dump()
