"""Run records, as ``crawl_list`` shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from made_reports import MORNING, days

from govreports.store import CrawlCounters, PortalFacts, Store

Query = Callable[[str], list[dict[str, Any]]]


def test_a_finished_crawl_is_one_row_with_its_counts(store: Store, query: Query) -> None:
    run = store.start_crawl(PortalFacts("east"), at=MORNING, software="govreports 0")
    counters = CrawlCounters(
        items_claimed=9, items_seen=8, reports_seen=7, new=2, changed=1, unread=3, requests=20, bytes=5_000_000_000
    )
    store.finish_crawl_portal(run, at=days(1), state="partial", counters=counters, message="one page is missing")
    assert query("SELECT * FROM crawl_list") == [
        {
            "crawl_id": run.crawl_id,
            "portal": "east",
            "started_at": "2024-03-01T08:00:00Z",
            "finished_at": "2024-03-02T08:00:00Z",
            "state": "partial",
            "items_claimed": 9,
            "items_seen": 8,
            "reports_seen": 7,
            "new": 2,
            "changed": 1,
            "requests": 20,
            "message": "one page is missing",
            "unread": 3,
            "bytes": 5_000_000_000,
            "software": "govreports 0",
        }
    ]


def test_a_crawl_under_way_has_no_state(store: Store, query: Query) -> None:
    store.start_crawl(PortalFacts("east"), at=MORNING, software="govreports 0")
    assert query("SELECT state, finished_at, items_claimed, new FROM crawl_list") == [
        {"state": None, "finished_at": None, "items_claimed": None, "new": 0}
    ]


def test_a_run_over_many_portals_ends_with_the_last_of_them(store: Store, query: Query) -> None:
    east = store.start_crawl(PortalFacts("east"), at=MORNING, software="govreports 0")
    west = store.start_crawl(PortalFacts("west"), at=MORNING, software="govreports 0", crawl_id=east.crawl_id)
    store.finish_crawl_portal(east, at=days(1), state="complete", counters=CrawlCounters())
    under_way = query("SELECT finished_at FROM crawl")
    store.finish_crawl_portal(west, at=days(2), state="complete", counters=CrawlCounters())
    assert (under_way, query("SELECT finished_at FROM crawl")) == (
        [{"finished_at": None}],
        [{"finished_at": "2024-03-03T08:00:00Z"}],
    )
    assert len(query("SELECT DISTINCT crawl_id FROM crawl_list")) == 1
