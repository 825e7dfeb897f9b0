"""Options and profiles of the whole suite."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from crawling import Crawled, govreports
from database_servers import Databases, find_program, postgresql_server, redis_server
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile("quick", max_examples=25, deadline=None, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=_SLOW_IS_FINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-expected",
        action="store_true",
        help="write the expected records anew from what extraction yields now; review the difference before keeping it",
    )


def pytest_xdist_auto_num_workers() -> int:
    """Three workers on two cores: a third of the time a test waits for what it has started."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


@pytest.fixture
def regenerate_expected(request: pytest.FixtureRequest) -> bool:
    """True when expected records are to be written instead of compared."""
    return bool(request.config.getoption("--regenerate-expected"))


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Crawled]:
    """Runs ``govreports`` with the given arguments in an empty folder of its own."""

    def run(
        *arguments: str,
        portals: Path | None = None,
        hosts: Iterable[str] = ("127.0.0.1",),
        settings: dict[str, str] | None = None,
    ) -> Crawled:
        return govreports(*arguments, folder=tmp_path, portals=portals, hosts=hosts, settings=settings)

    return run


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium for a module's tests only: where its driver's event loop runs, no other can."""
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("Chromium is not installed, so no page can be looked at")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    """A PostgreSQL for the tests of this process."""
    initdb = find_program("initdb", debian="usr/lib/postgresql/*/bin")
    if initdb is None:
        pytest.skip("no PostgreSQL on this machine (Debian: postgresql)")
    with postgresql_server(initdb) as address, Databases(address) as databases:
        yield databases


@pytest.fixture(scope="session")
def redis_of_this_process() -> Iterator[str]:
    """A Redis for the tests of this process."""
    program = find_program("redis-server")
    if program is None:
        pytest.skip("no Redis on this machine (Debian: redis-server)")
    with redis_server(program) as address:
        yield address


@pytest.fixture
def redis_url(redis_of_this_process: str) -> str:
    """An empty Redis."""
    import redis

    with redis.Redis.from_url(redis_of_this_process) as client:
        client.flushall()
    return redis_of_this_process


@pytest.fixture
def postgresql_url(postgresql: Databases) -> Iterator[str]:
    """An empty store on PostgreSQL."""
    with postgresql.copy_of_migrated() as address:
        yield address
