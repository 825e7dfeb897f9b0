"""Whole crawls of replica portals into a collection: portals served by the test, ``govreports`` in a process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collected import Collection, Ran, put_empty_store, start_govreports
from forked import Process

from govreports.replica.portal import Portal
from govreports.replica.registry_folder import write_registry
from govreports.replica.server import ReplicaServer

QUICK = (
    *("-s", "DOWNLOAD_DELAY=0.002"),
    *("-s", "AUTOTHROTTLE_ENABLED=False"),
    *("-s", "RETRY_TIMES=0"),
    *("-s", "GOVREPORTS_CONTACT=tests"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """Served portals, and the folder in which a crawl's data is."""

    server: ReplicaServer
    registry: Path
    collection: Collection

    def portal(self, name: str) -> Portal:
        """A portal, to change what it publishes."""
        return self.server.portal(name)

    @property
    def environment(self) -> dict[str, str]:
        """Names the portals to ``govreports``."""
        return {
            "GOVREPORTS_PORTALS": str(self.registry),
            "GOVREPORTS_ALLOWED_HOSTS": ",".join(self.server.hosts),
            "NO_PROXY": "*",
        }

    def start(self, portal: str, *options: str, collection: Collection | None = None) -> Process:
        """Begin a crawl."""
        return start_govreports(
            collection or self.collection, "crawl", portal, *options, *QUICK, environment=self.environment
        )

    def start_all(
        self, *options: str, environment: dict[str, str] | None = None, collection: Collection | None = None
    ) -> Process:
        """Begin a crawl of all portals."""
        return start_govreports(
            collection or self.collection,
            "crawlall",
            *QUICK,
            *options,
            environment={**self.environment, **(environment or {})},
        )

    def crawl_all(
        self, *options: str, environment: dict[str, str] | None = None, collection: Collection | None = None
    ) -> Ran:
        """Crawl all portals to the end."""
        run = self.start_all(*options, environment=environment, collection=collection)
        stdout, stderr = run.communicate(timeout=100)
        return Ran(run.returncode, stdout, stderr)

    def crawl(self, portal: str, *options: str, collection: Collection | None = None) -> Ran:
        """Crawl to the end."""
        _wait_for_a_second_of_its_own(collection or self.collection)
        run = self.start(portal, *options, collection=collection)
        stdout, stderr = run.communicate(timeout=100)
        return Ran(run.returncode, stdout, stderr)

    def asked(self, portal: str) -> list[str]:
        """What was asked of a portal since the last call, robots.txt apart."""
        targets = [one.target for one in self.server.served if one.portal == portal and one.target != "/robots.txt"]
        self.server.served.clear()
        return targets


def _wait_for_a_second_of_its_own(collection: Collection) -> None:
    """What a crawl sees is told from what an earlier one saw by the second, which is enough for all but tests."""
    if collection.database.is_file():
        ((last,),) = collection.ask("SELECT MAX(last_seen) FROM document")
        if last is not None:
            over = datetime.fromisoformat(str(last)).replace(tzinfo=UTC) + timedelta(seconds=1)
            time.sleep(min(1, max(0, (over - datetime.now(UTC)).total_seconds())))


@contextmanager
def served(folder: Path, *portals: str | Portal) -> Iterator[Site]:
    """Portals served while the block runs, with an empty collection in ``folder``."""
    put_empty_store(Collection(folder / "data").database)
    with ReplicaServer(portals) as server:
        yield Site(server, write_registry(server, folder / "portals"), Collection(folder / "data"))
