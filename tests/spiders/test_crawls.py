"""Whole crawls over HTTP on loopback: what a portal lists, what is fetched, and how honest the end is."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from crawling import Crawled, crawl_many, write_registry

from govreports.replica.catalogue import make_portal
from govreports.replica.families.trs import TrsPortal
from govreports.replica.faults import Fault, FaultKind
from govreports.replica.server import ReplicaServer

Run = Callable[..., Crawled]


def _expected(server: ReplicaServer, name: str) -> list[str]:
    return sorted(report.title for report in server.portal(name).reports)


@dataclass(frozen=True)
class Together:
    """Crawls of many replica portals at once, and what the portals held."""

    crawled: dict[str, Crawled]
    expected: dict[str, list[str]]
    stderr: str


# The second page is index_1; index_2 and index_1 answers 404; index_2 and index_1 repeats the first page; a folder
# a year; a folder an organ; rows written by script; rows as tables; GBK.
STATIC = ["trs_plain", "trs_offset", "trs_repeat", "trs_years", "trs_organs", "trs_script", "trs_table", "trs_gbk"]
PROTECTIONS: dict[FaultKind, str] = {
    "ruishu": "blocked:ruishu",
    "jsluid": "blocked:jsluid",
    "cookie_loop": "blocked:redirect_loop",
    "script_stub": "blocked:script_stub",
    "geo_block": "blocked:geo",
    "slider": "blocked:slider",
    "waf_text": "blocked:waf",
    "wzws": "blocked:wzws",
    "home_page": "blocked:index_page",
}
BROKEN: tuple[FaultKind, ...] = ("not_found", "soft_404", "server_error", "cut_off")


def _copy(name: str, fault: Fault) -> TrsPortal:
    portal = make_portal("trs_plain")
    assert isinstance(portal, TrsPortal)
    portal.id, portal.fault = name, fault
    return portal


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Together:
    """Every static replica, and one that misbehaves in each way, crawled in one process."""
    folder = tmp_path_factory.mktemp("together")
    first = make_portal("trs_plain")
    broken = [_copy(kind, Fault(kind=kind, paths=first.article_path(first.items[0]))) for kind in BROKEN]
    protected = [_copy(kind, Fault(kind=kind, paths=r"/t20\d+_", after=2)) for kind in PROTECTIONS]
    cookie = _copy("cookie_once", Fault(kind="cookie_once"))
    with ReplicaServer([*STATIC, *broken, *protected, cookie]) as server:
        names = list(server.portals)
        entries = [{"id": name, "family": "trs", "start_urls": [server.url(name)]} for name in names]
        portals = write_registry(folder / "portals", *entries)
        crawled, stderr = crawl_many(names, folder=folder, portals=portals, hosts=server.hosts)
        return Together(crawled, {name: _expected(server, name) for name in names}, stderr)


@pytest.mark.parametrize("name", STATIC)
def test_a_static_column_is_crawled_whole_and_lookalikes_are_refused(name: str, together: Together) -> None:
    crawled = together.crawled[name]
    assert crawled.titles == together.expected[name]
    assert (crawled.code, crawled.stats["govreports/lookalikes"]) == (0, 7), crawled.stderr


@pytest.mark.parametrize("fault", PROTECTIONS)
def test_a_protection_in_the_middle_stops_the_portal_and_is_never_stored(fault: FaultKind, together: Together) -> None:
    crawled = together.crawled[fault]
    assert crawled.last_line.startswith(f"{PROTECTIONS[fault]} ")
    assert (crawled.code, len(crawled.pages)) == (1, 2)


@pytest.mark.parametrize("fault", BROKEN)
def test_a_report_that_cannot_be_had_makes_the_crawl_partial(fault: FaultKind, together: Together) -> None:
    crawled = together.crawled[fault]
    (missing,) = set(together.expected[fault]) - set(crawled.titles)
    assert (crawled.code, len(crawled.pages)) == (1, 6)
    assert crawled.last_line.startswith(f"partial Incomplete: the report {missing} could not be had")


def test_a_cookie_that_is_set_once_is_kept_and_the_crawl_goes_on(together: Together) -> None:
    crawled = together.crawled["cookie_once"]
    assert (crawled.code, crawled.titles) == (0, together.expected["cookie_once"])


def test_what_portals_do_wrong_is_never_told_as_a_traceback(together: Together) -> None:
    assert "Traceback" not in together.stderr


def test_the_column_is_found_from_the_home_page(run: Run) -> None:
    with ReplicaServer(["trs_years"]) as server:
        crawled = run("crawl", "column", "-a", f"url={server.home('trs_years')}", hosts=server.hosts)
        assert crawled.titles == _expected(server, "trs_years")
    assert crawled.code == 0, crawled.last_line


def test_a_list_drawn_by_script_ends_partial_with_all_that_links_reach(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["gongkai_district"]) as server:
        known = [server.url("gongkai_district", path) for path in server.portal("gongkai_district").known_documents]
        entry = {"id": "gk", "family": "gongkai", "start_urls": [server.url("gongkai_district")], "documents": known}
        portals = write_registry(tmp_path / "portals", entry)
        crawled = run("crawl", "gk", portals=portals, hosts=server.hosts)
        assert len(crawled.pages) == len(_expected(server, "gongkai_district"))
    assert crawled.code == 1
    assert crawled.last_line.startswith("gk: partial (reports: 20, ")
    assert "drawn by script" in crawled.last_line


def test_a_page_is_kept_as_received_with_what_its_list_said(run: Run) -> None:
    with ReplicaServer(["trs_table"]) as server:
        portal = server.portal("trs_table")
        crawled = run("crawl", "column", "-a", f"url={server.url('trs_table')}", hosts=server.hosts)
        page = crawled.pages[0]
        item = next(item for item in portal.items if item.title == page["listed_title"])
        assert page["url"] == page["request_url"] == server.url("trs_table", portal.article_path(item))
        assert page["list_url"] == server.url("trs_table")
        assert (page["listed_on"], page["status"]) == (item.published_on, 200)
        assert page["listed_year"] == (item.report.year if item.report else None)
        assert ["Content-Type", "text/html"] in page["headers"]
        assert item.title in page["body"].encode("latin-1").decode("utf-8")


def test_years_narrow_the_crawl(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        url = f"url={server.url('trs_plain')}"
        crawled = run("crawl", "column", "-a", url, "-a", "years=2019,2023-2024", hosts=server.hosts)
        asked = [served.target for served in server.served if "/t20" in served.target]
    assert sorted(page["listed_year"] for page in crawled.pages) == [2019, 2023, 2024]
    assert (crawled.code, len(asked)) == (0, 3)


def test_one_connection_at_a_time_with_an_honest_name(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        run("crawl", "column", "-a", f"url={server.url('trs_plain')}", hosts=server.hosts)
        agents = {served.headers["user-agent"] for served in server.served}
        asked = [served.target for served in server.served]
    assert len(agents) == 1
    assert agents.pop().startswith("govreports/")
    assert asked[0] == "/robots.txt"
    assert len(asked) == len(set(asked))


# What goes wrong.


def test_a_lost_list_page_is_told_and_the_pages_after_it_are_read(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        server.portal("trs_plain").fault = Fault(kind="server_error", paths=r"/index_1\.")
        crawled = run("crawl", "column", "-a", f"url={server.url('trs_plain')}", hosts=server.hosts)
        asked = [served.target for served in server.served]
    assert any("index_2." in target for target in asked)
    assert (crawled.code, "page 2 of" in crawled.last_line) == (1, True)


def test_robots_txt_is_obeyed(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        server.portal("trs_plain").robots = "User-agent: *\nDisallow: /\n"
        crawled = run("crawl", "column", "-a", f"url={server.url('trs_plain')}", hosts=server.hosts)
        asked = [served.target for served in server.served]
    assert asked == ["/robots.txt"]
    assert (crawled.code, crawled.pages) == (1, [])
    assert crawled.last_line.startswith("column: robots (reports: 0")


def test_a_host_that_is_not_allowed_is_never_contacted(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        crawled = run("crawl", "column", "-a", f"url={server.url('trs_plain')}", hosts=["gov.cn"])
        assert server.served == []
    assert crawled.code == 1
    assert crawled.last_line.startswith("column: failed:host_not_allowed")


def test_an_unreachable_portal_is_told_in_one_sentence(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/zfxxgknb/"
        crawled = run("crawl", "column", "-a", f"url={url}", "-a", "family=trs")
    assert crawled.code == 1
    assert crawled.last_line.startswith(f"column: failed:unreachable (reports: 0, items listed: 0). {url} cannot be")


def test_a_column_without_reports_is_told(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        for report in server.portal("trs_plain").reports:
            server.portal("trs_plain").remove(report)
        crawled = run("crawl", "column", "-a", f"url={server.url('trs_plain')}", hosts=server.hosts)
    assert crawled.code == 1
    assert crawled.last_line.startswith("column: failed:empty_column (reports: 0, items listed: 7)")


def test_a_column_that_has_moved_is_looked_for_from_the_home_page(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        entry = {"id": "moved", "family": "trs", "start_urls": [server.url("trs_plain", "/old/zfxxgknb/")]}
        portals = write_registry(tmp_path / "portals", entry)
        crawled = run("crawl", "moved", portals=portals, hosts=server.hosts)
        assert crawled.titles == _expected(server, "trs_plain")
    assert crawled.code == 1
    assert "answers 404, so the column was looked for from the home page" in crawled.last_line


def test_a_family_that_is_not_supported_yet_is_named(run: Run) -> None:
    with ReplicaServer(["hanweb_jpaas"]) as server:
        url = server.url("hanweb_jpaas")
        crawled = run("crawl", "column", "-a", f"url={url}", "-a", "family=epoint", hosts=server.hosts)
    assert crawled.code == 1
    assert crawled.last_line.startswith("column: failed:not_crawlable")
    assert "epoint" in crawled.last_line
