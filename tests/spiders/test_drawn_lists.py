"""Lists that a script draws, read with the system's Chromium over HTTP on loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawling import Crawled, write_registry
from scrapy.settings import Settings

from govreports.middlewares.browser import browser_settings, why_no_browser
from govreports.replica.catalogue import make_portal
from govreports.replica.families.gongkai import GongkaiPortal
from govreports.replica.server import ReplicaServer

pytestmark = pytest.mark.slow

Run = Callable[..., Crawled]
MISSING = why_no_browser(Settings())
needs_browser = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))
PATIENT = {"DOWNLOAD_TIMEOUT": "30"}


def _entry(server: ReplicaServer, **more: Any) -> dict[str, Any]:
    return {"id": "drawn", "family": "gongkai", "start_urls": [server.url("gongkai_district")], **more}


@needs_browser
def test_a_list_drawn_by_script_is_read_whole(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["gongkai_district"]) as server:
        portals = write_registry(tmp_path / "portals", _entry(server, browser=True))
        crawled = run("crawl", "drawn", portals=portals, hosts=server.hosts, settings=PATIENT)
        expected = sorted(report.title for report in server.portal("gongkai_district").reports)
        agents = {served.headers["user-agent"] for served in server.served}
        drawn = {served.target for served in server.served if served.target.endswith("items.json")}
    assert (crawled.titles, crawled.code) == (expected, 0), crawled.stderr
    assert (len(agents), agents.pop()[:11]) == (1, "govreports/")
    assert drawn
    assert "Traceback" not in crawled.stderr


@needs_browser
def test_a_setting_draws_the_lists_of_a_column_that_is_in_no_registry(run: Run) -> None:
    with ReplicaServer(["gongkai_traditional"]) as server:
        url = f"url={server.url('gongkai_traditional')}"
        settings = {**PATIENT, "GOVREPORTS_BROWSER": "True"}
        crawled = run("crawl", "column", "-a", url, hosts=server.hosts, settings=settings)
        assert len(crawled.pages) == len(server.portal("gongkai_traditional").reports)
    assert crawled.code == 0, crawled.stderr


class _Curious(GongkaiPortal):
    """Its pages also want a script and a redirect of another host."""

    elsewhere = ""

    def page(self, ask: Any, **parts: Any) -> str:
        parts["head"] = f"<script src='{self.elsewhere}counter.js'></script><script src='/away.js'></script>"
        return super().page(ask, **parts)

    def family_answer(self, ask: Any) -> Any:
        from govreports.replica.faults import Answer

        if ask.path == "/away.js":
            return Answer(status=302, body=b"", headers=(("Location", f"{self.elsewhere}away.js"),))
        return super().family_answer(ask)


@needs_browser
def test_the_browser_contacts_no_host_that_is_not_allowed(run: Run) -> None:
    portal = make_portal("gongkai_traditional")
    portal.__class__ = _Curious
    with ReplicaServer([portal, "trs_gbk"]) as server:
        vars(portal)["elsewhere"] = server.home("trs_gbk")
        own = [host for host in server.hosts if host in server.home(portal.id)]
        settings = {**PATIENT, "GOVREPORTS_BROWSER": "True"}
        crawled = run("crawl", "column", "-a", f"url={server.url(portal.id)}", hosts=own, settings=settings)
        assert [served.target for served in server.served if served.portal == "trs_gbk"] == []
        assert any(served.target == "/away.js" for served in server.served)
    assert crawled.code == 0, crawled.stderr


@needs_browser
def test_what_robots_txt_forbids_is_not_loaded_by_a_page_s_script_either(run: Run) -> None:
    portal = make_portal("gongkai_district")
    portal.robots = "User-agent: *\nDisallow: /*items.json\n"
    with ReplicaServer([portal]) as server:
        settings = {**PATIENT, "GOVREPORTS_BROWSER": "True"}
        crawled = run("crawl", "column", "-a", f"url={server.url(portal.id)}", hosts=server.hosts, settings=settings)
        assert [served.target for served in server.served if served.target.endswith("items.json")] == []
    assert "Forbidden by robots.txt" in crawled.stderr


def test_without_a_chromium_the_crawl_says_what_to_install(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["gongkai_district"]) as server:
        portals = write_registry(tmp_path / "portals", _entry(server, browser=True))
        settings = {"GOVREPORTS_CHROMIUM": "no-such-browser"}
        crawled = run("crawl", "drawn", portals=portals, hosts=server.hosts, settings=settings)
        assert server.served == []
    assert (crawled.code, crawled.last_line.startswith("drawn: failed:no_browser (")) == (1, True)
    assert "Drawing lists needs" in crawled.last_line


def test_only_allowed_hosts_can_be_resolved_by_the_browser() -> None:
    settings = Settings({"GOVREPORTS_ALLOWED_HOSTS": "gov.cn, 127.0.0.1", "USER_AGENT": "x"})
    rules = browser_settings(settings)["PLAYWRIGHT_LAUNCH_OPTIONS"]["args"][0]
    assert rules == ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE gov.cn, EXCLUDE *.gov.cn, EXCLUDE 127.0.0.1")
