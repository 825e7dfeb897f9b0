"""A probe from the home page, the column and an article of every replica, over HTTP."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import forked
import pytest

from govreports.replica.catalogue import portal_names
from govreports.replica.portal import Portal
from govreports.replica.server import ReplicaServer

TESTS = Path(__file__).parents[1]
Probes = dict[tuple[str, str], dict[str, Any]]
KINDS = ("home", "column", "article")
INLINE = ("inline",)
"""Where a report stands in the page of its column, listing is fetching."""
DRAWN_BY_SCRIPT = ("gongkai_district", "gongkai_traditional")


def _addresses(server: ReplicaServer, name: str) -> dict[str, str]:
    portal = server.portal(name)
    article = server.url(name, portal.article_path(portal.items[0]))
    return dict(zip(KINDS, (server.home(name), server.url(name), article), strict=True))


@pytest.fixture(scope="module")
def replicas() -> dict[str, Portal]:
    return {}


@pytest.fixture(scope="module")
def fetched() -> set[tuple[str, str]]:
    """Portal and path of all that was asked for."""
    return set()


@pytest.fixture(scope="module")
def probes(replicas: dict[str, Portal], fetched: set[tuple[str, str]]) -> Probes:
    """The record of each probe, by replica and kind of page."""
    with ReplicaServer(portal_names()) as server:
        replicas |= server.portals
        asked = {(name, kind): url for name in server.portals for kind, url in _addresses(server, name).items()}
        path = os.pathsep.join(part for part in (str(TESTS), os.environ.get("PYTHONPATH")) if part)
        environment = {**os.environ, "PYTHONPATH": path, "GOVREPORTS_ALLOWED_HOSTS": ",".join(server.hosts)}
        done = forked.run("probe_many", *asked.values(), folder=TESTS, environment=environment, timeout=150)
        assert done.returncode == 0, done.stderr
        columns = {name: server.url(name) for name in server.portals}
        fetched |= {(served.portal, served.target) for served in server.served}
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {key: record | {"expected_column": columns[key[0]]} for key, record in zip(asked, records, strict=True)}


def test_every_probe_ends_at_the_right_family(probes: Probes, replicas: dict[str, Portal]) -> None:
    wrong = {key: found["family"] for key, found in probes.items() if found["family"] != replicas[key[0]].family}
    assert wrong == {}
    assert len(probes) == 3 * len(portal_names())


def test_the_column_is_found_from_the_home_page_and_from_itself(probes: Probes) -> None:
    missed = {
        key: found["entry"]["start_urls"]
        for key, found in probes.items()
        if key[1] != "article" and found["entry"]["start_urls"] != [found["expected_column"]]
    }
    assert missed == {}


def test_an_article_leads_to_its_column(probes: Probes) -> None:
    assert [key for key, found in probes.items() if not found["columns"]] == []


def test_all_reports_are_counted_and_none_is_read_twice(probes: Probes, replicas: dict[str, Portal]) -> None:
    counts = {
        key: (found["reports"], len(replicas[key[0]].reports))
        for key, found in probes.items()
        if key[0] not in DRAWN_BY_SCRIPT
    }
    assert {key: count for key, count in counts.items() if count[0] != count[1]} == {}


def test_no_report_is_fetched_but_those_that_were_given(
    probes: Probes, replicas: dict[str, Portal], fetched: set[tuple[str, str]]
) -> None:
    given = {name: {portal.article_path(portal.items[0])} for name, portal in replicas.items()}
    articles = {
        (name, path)
        for name, portal in replicas.items()
        if not any(mark in name for mark in INLINE)
        for path in {portal.article_path(item) for item in portal.items if item.report} - given[name]
    }
    assert probes
    assert fetched & articles == set()


def test_the_kind_of_page_is_told(probes: Probes) -> None:
    kinds = {(key[1], found["kind"]) for key, found in probes.items()}
    assert kinds >= {("home", "home page"), ("column", "annual-report column"), ("article", "report")}
    assert {kind for place, kind in kinds if place == "home"} == {"home page"}
    assert {kind for place, kind in kinds if place == "column"} == {"annual-report column"}


def test_the_division_and_name_are_those_that_the_pages_say(probes: Probes, replicas: dict[str, Portal]) -> None:
    said = {key: (found["entry"].get("division_code"), found["entry"]["name"]) for key, found in probes.items()}
    assert said == {key: (replicas[key[0]].division_code, replicas[key[0]].name) for key in probes}


@pytest.mark.parametrize("name", DRAWN_BY_SCRIPT)
def test_a_list_drawn_by_script_is_said_to_be_one(name: str, probes: Probes) -> None:
    found = probes[name, "article"]
    assert (found["state"], "drawn by script" in found["message"]) == ("partial", True)
    assert len(found["entry"]["documents"]) == 1


def test_a_guess_that_rests_on_no_sign_of_a_system_says_so(probes: Probes) -> None:
    assert probes["static_index", "column"]["doubt"] == "nothing shows a known system, and the page lists reports"
    assert probes["trs_plain", "column"]["doubt"] is None
