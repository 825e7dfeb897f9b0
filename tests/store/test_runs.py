"""Run records, as ``crawl_list`` shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from made_reports import MORNING, days

from govreports.store import CrawlCounters, PortalFacts, Store
from govreports.store.run_log import EarlierRun, end_killed_run, finish_run, runs_of, start_run
from govreports.store.runs import RunFacts

Query = Callable[[str], list[dict[str, Any]]]


def test_a_finished_crawl_is_one_row_with_its_counts(store: Store, query: Query) -> None:
    run = store.start_crawl(
        PortalFacts("east"), at=MORNING, software="govreports 0", parser_version="p1", scope="years=2023"
    )
    counters = CrawlCounters(
        items_claimed=9, items_seen=8, reports_seen=7, new=2, changed=1, unread=3, requests=20, bytes=5_000_000_000,
        blocked=0, issues=12, vanished=1, lost=2, reports_read=4, labels_unknown=5, checks_passed=70, checks_failed=6,
        cells_read=300, cells_reported=280,
    )  # fmt: skip
    store.finish_crawl_portal(
        run,
        at=days(1),
        state="partial",
        finish_reason="finished",
        lists_whole=True,
        counters=counters,
        message="one page is missing",
    )
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
            "finish_reason": "finished",
            "scope": "years=2023",
            "blocked": 0,
            "issues": 12,
            "vanished": 1,
            "lost": 2,
            "reports_read": 4,
            "labels_unknown": 5,
            "checks_passed": 70,
            "checks_failed": 6,
            "cells_read": 300,
            "cells_reported": 280,
            "parser_version": "p1",
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


RUN = RunFacts(software="govreports 0", command="crawlall", selection="{}", portals_planned=3, parser_version="p1")


def test_a_run_of_crawlall_ends_when_it_says_so_and_adds_its_portals_up(store: Store, query: Query) -> None:
    crawl_id = start_run(store, RUN, at=MORNING)
    for portal, counters in (("east", CrawlCounters(new=2, requests=9, bytes=100)), ("west", CrawlCounters(blocked=1))):
        run = store.start_crawl(PortalFacts(portal), at=MORNING, software="govreports 0", crawl_id=crawl_id)
        state = "blocked:slider" if counters.blocked else "complete"
        store.finish_crawl_portal(run, at=days(1), state=state, finish_reason="finished", counters=counters)
    assert query("SELECT finished_at, reason FROM run_list") == [{"finished_at": None, "reason": None}]
    finish_run(store, crawl_id, at=days(2), reason="time_budget")
    columns = "command, reason, portals_planned, portals, complete, blocked, new, requests, bytes, items_claimed"
    assert query(f"SELECT {columns} FROM run_list") == [
        {
            "command": "crawlall",
            "reason": "time_budget",
            "portals_planned": 3,
            "portals": 2,
            "complete": 1,
            "blocked": 1,
            "new": 2,
            "requests": 9,
            "bytes": 100,
            "items_claimed": None,
        }
    ]


def test_runs_of_a_selection_tell_which_portals_came_to_their_own_end(store: Store) -> None:
    crawl_id = start_run(store, RUN, at=MORNING)
    for portal, reason in (("east", "finished"), ("west", "time_budget"), ("north", "blocked:slider")):
        run = store.start_crawl(PortalFacts(portal), at=MORNING, software="govreports 0", crawl_id=crawl_id)
        store.finish_crawl_portal(run, at=days(1), state="partial", finish_reason=reason, counters=CrawlCounters())
    finish_run(store, crawl_id, at=days(1), reason="time_budget")
    start_run(store, replace(RUN, selection="another"), at=days(1))
    assert runs_of(store, "{}", limit=5) == [
        EarlierRun(crawl_id=crawl_id, started_at=MORNING, reason="time_budget", done=frozenset(("east", "north")))
    ]


def test_a_killed_run_is_ended_with_what_it_left_open(store: Store, query: Query) -> None:
    crawl_id = start_run(store, RUN, at=MORNING)
    store.start_crawl(PortalFacts("east"), at=MORNING, software="govreports 0", crawl_id=crawl_id)
    end_killed_run(store, crawl_id, at=days(1))
    assert query("SELECT state, finished_at FROM crawl_list") == [
        {"state": "failed:killed", "finished_at": "2024-03-02T08:00:00Z"}
    ]
    assert query("SELECT reason FROM run_list") == [{"reason": "killed"}]
