"""Several portals in one run, one for each kind of protection: those are left alone, the others are stored whole."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import pytest
from crawling import crawl_many, write_registry

from govreports.archive import iter_pages
from govreports.replica.catalogue import make_portal
from govreports.replica.faults import Fault, FaultKind
from govreports.replica.portal import Portal
from govreports.replica.server import ReplicaServer
from govreports.settings import EXTENSIONS, ITEM_PIPELINES

KINDS: dict[FaultKind, str] = {
    "ruishu": "ruishu",
    "jsluid": "jsluid",
    "cookie_loop": "redirect_loop",
    "script_stub": "script_stub",
    "geo_block": "geo",
    "slider": "slider",
    "waf_text": "waf",
    "wzws": "wzws",
    "home_page": "index_page",
}
HEALTHY = ("trs_years", "trs_script", "hanweb_jpaas", "ucap_json")
BEFORE = 2
"""Reports that a portal gives before its protection steps in."""


@dataclass(frozen=True)
class Run:
    """What a run over all of these portals left."""

    states: dict[str, str]
    documents: list[tuple[str, str, str]]
    """Portal, address, status."""
    bodies: list[bytes]
    published: dict[str, int]
    stderr: str


def _protected(kind: FaultKind, *, from_the_start: bool) -> Portal:
    portal = make_portal("trs_plain")
    portal.id = f"{kind}_at_once" if from_the_start else kind
    portal.fault = Fault(kind=kind) if from_the_start else Fault(kind=kind, paths=r"/t20\d+_", after=BEFORE)
    return portal


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("blocked")
    late = [_protected(kind, from_the_start=False) for kind in KINDS]
    at_once = [_protected(kind, from_the_start=True) for kind in KINDS if kind != "home_page"]
    settings: dict[str, Any] = {
        "ITEM_PIPELINES": ITEM_PIPELINES,
        "EXTENSIONS": EXTENSIONS,
        "GOVREPORTS_DATABASE_URL": f"sqlite:///{folder / 'reports.sqlite'}",
        "GOVREPORTS_DATA_DIR": str(folder),
    }
    with ReplicaServer([*HEALTHY, *late, *at_once]) as server:
        entries = [
            {"id": name, "family": portal.family, "start_urls": [server.url(name)]}
            for name, portal in server.portals.items()
        ]
        registry = write_registry(folder / "portals", *entries)
        names = list(server.portals)
        _, stderr = crawl_many(names, folder=folder, portals=registry, hosts=server.hosts, settings=settings)
        published = {name: len(portal.reports) for name, portal in server.portals.items()}
    connection = sqlite3.connect(folder / "reports.sqlite")
    try:
        states = dict(connection.execute("SELECT portal, state FROM crawl_list").fetchall())
        documents = connection.execute("SELECT portal, url, status FROM document_list").fetchall()
    finally:
        connection.close()
    bodies = [page.body for file in (folder / "archive").iterdir() for _, page in iter_pages(file)]
    return Run(states, documents, bodies, published, stderr)


@pytest.mark.parametrize("kind", KINDS)
def test_a_protected_portal_is_recorded_as_blocked_and_keeps_what_came_before(kind: FaultKind, finished: Run) -> None:
    assert finished.states[kind] == f"blocked:{KINDS[kind]}"
    assert [status for portal, _, status in finished.documents if portal == kind] == ["ok"] * BEFORE


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "home_page"])
def test_a_portal_that_is_protected_at_once_is_recorded_as_blocked(kind: FaultKind, finished: Run) -> None:
    assert finished.states[f"{kind}_at_once"] == f"blocked:{KINDS[kind]}"
    assert [url for portal, url, _ in finished.documents if portal == f"{kind}_at_once"] == []


@pytest.mark.parametrize("name", HEALTHY)
def test_the_other_portals_are_complete(name: str, finished: Run) -> None:
    stored = [status for portal, _, status in finished.documents if portal == name]
    assert (finished.states[name], stored) == ("complete", ["ok"] * finished.published[name])


def test_no_challenge_page_is_in_the_archive(finished: Run) -> None:
    marks = (b"$_ts", b"__jsl", b"C3VK", b"GeoBL", b"nwaf", b"online-desc-con", b"wzws", b"[0,0,0", "首页_".encode())
    assert finished.bodies
    assert [mark for mark in marks for body in finished.bodies if mark in body] == []


def test_no_challenge_ends_in_a_traceback(finished: Run) -> None:
    assert "Traceback" not in finished.stderr
