"""Crawls of a family's replica portals in one process: from column and home page, and with paging that goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawling import Crawled, crawl_many, write_registry

from govreports.replica.catalogue import make_portal
from govreports.replica.faults import Fault
from govreports.replica.portal import Item, Portal
from govreports.replica.server import ReplicaServer

PAGING_FAULTS = ("ends_early", "repeats", "stub")
"""The second page and those after it: without items; the first one again; a page of nothing."""


@dataclass(frozen=True)
class FamilyCrawls:
    """What each crawl left, by replica name (``<name>_home`` for the one from the home page) or paging fault."""

    crawled: dict[str, Crawled]
    portals: dict[str, Portal]
    stderr: str

    def assert_whole(self, name: str) -> None:
        """Exactly the replica's reports were had, and the portal's claim was met."""
        crawled, portal = self.crawled[name], self.portals[name.removesuffix("_home")]
        assert crawled.code == 0, f"{crawled.stderr}\n{self.stderr}"
        assert crawled.titles == sorted(report.title for report in portal.reports)
        stats = crawled.stats
        assert stats["govreports/items_seen"] == len(portal.items)
        assert stats.get("govreports/items_claimed", len(portal.items)) == len(portal.items)
        assert stats.get("govreports/lookalikes", 0) == len(portal.items) - len(portal.reports)

    def assert_partial(self, fault: str, said: str) -> None:
        """The crawl says that it is not complete, and where."""
        crawled = self.crawled[fault]
        assert crawled.code == 1
        assert crawled.stderr.startswith("partial Incomplete: "), f"{crawled.stderr}\n{self.stderr}"
        assert said in crawled.stderr
        assert 0 < len(crawled.pages) < len(self.portals[fault].reports)


def crawl_family(names: Sequence[str], folder: Path, *, second_page: str, after: int = 0) -> FamilyCrawls:
    """Crawl the replicas ``names``, and the first of them with each paging fault.

    ``second_page`` matches the path of the pages past the first; where all pages have one path, ``after`` requests
    of it are answered first.
    """
    portals = [make_portal(name) for name in names]
    broken = {fault: make_portal(names[0]) for fault in PAGING_FAULTS}
    for fault, portal in broken.items():
        portal.id = fault
    _turns_to(broken["ends_early"], None)
    _turns_to(broken["repeats"], 1)
    broken["stub"].fault = Fault(kind="empty_stub", paths=second_page, after=after)
    with ReplicaServer([*portals, *broken.values()]) as server:
        entries = [_entry(server, portal, portal.id) for portal in server.portals.values()]
        entries += [_entry(server, portal, f"{portal.id}_home") for portal in portals]
        registry = _registry(folder / "portals", entries)
        crawled, stderr = crawl_many(
            [str(entry["id"]) for entry in entries], folder=folder, portals=registry, hosts=server.hosts
        )
        return FamilyCrawls(crawled, dict(server.portals), stderr)


def _entry(server: ReplicaServer, portal: Portal, name: str) -> dict[str, object]:
    start = server.home(portal.id) if name.endswith("_home") else server.url(portal.id)
    code = portal.division_code
    return {"id": name, "name": portal.name, "division_code": code, "family": portal.family, "start_urls": [start]}


def _registry(folder: Path, entries: Sequence[dict[str, object]]) -> Path:
    """A registry folder with one file a province."""
    for prefix in sorted({str(entry["division_code"])[:2] for entry in entries}):
        of_province = [entry for entry in entries if str(entry["division_code"]).startswith(prefix)]
        write_registry(folder, *of_province, prefix=prefix)
        (folder / "trial.toml").rename(folder / f"trial_{prefix}.toml")
    return folder


def _turns_to(portal: Portal, instead: int | None) -> None:
    """Every page past the first holds the items of the page ``instead``, or none."""
    honest = portal.on_page

    def on_page(items: Sequence[Item], place: int) -> Sequence[Item]:
        if place == 1:
            return honest(items, 1)
        return [] if instead is None else honest(items, instead)

    portal.on_page = on_page  # type: ignore[method-assign]
