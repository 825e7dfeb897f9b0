"""The replica portals over HTTP: each lists what it publishes and misbehaves only when told to."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest

from govreports.replica.catalogue import make_portal, portal_names
from govreports.replica.faults import FAULT_KINDS, Fault
from govreports.replica.server import ReplicaServer

LINK = re.compile(r"""["'](?P<url>[./]*[^"'\s]*t20\d{6}_\d+\.s?html?)["']""")


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    with ReplicaServer(["trs_plain", "trs_offset"]) as running:
        yield running


def fetch(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode("utf-8")
        return text


def status(url: str) -> int:
    try:
        with urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.mark.parametrize("name", portal_names())
def test_every_portal_serves_home_platform_column_and_articles(name: str) -> None:
    with ReplicaServer([name]) as server:
        portal = server.portal(name)
        addresses = [server.home(name), server.url(name, portal.platform), server.url(name)]
        addresses += [server.url(name, portal.article_path(item)) for item in portal.items]
        assert {status(address) for address in addresses} == {200}


@pytest.mark.parametrize("name", portal_names())
def test_a_report_page_names_its_year_in_the_portals_charset(name: str) -> None:
    portal = make_portal(name)
    with ReplicaServer([portal]) as server:
        item = portal.items[0]
        assert item.report is not None
        with urlopen(server.url(name, portal.article_path(item)), timeout=10) as answer:
            raw: bytes = answer.read()
        text = (gzip.decompress(raw) if portal.gzip_unasked else raw).decode(portal.charset)
        assert f"{item.report.year}年" in text


def test_a_column_of_one_list_reaches_every_item(server: ReplicaServer) -> None:
    portal = server.portal("trs_plain")
    names = ("", "index_1.shtml", "index_2.shtml")
    pages = [server.url("trs_plain", portal.column + name) for name in names]
    found = {urljoin(page, link["url"]) for page in pages for link in LINK.finditer(fetch(page))}
    assert found == {server.url("trs_plain", portal.article_path(item)) for item in portal.items}


def test_a_page_past_the_end_is_a_small_page_with_status_200(server: ReplicaServer) -> None:
    page = fetch(server.url("trs_plain", "/zwgk/zfxxgknb/index_9.shtml"))
    assert len(page) < 500
    assert not LINK.search(page)


def test_the_offset_portal_has_no_index_1(server: ReplicaServer) -> None:
    assert status(server.url("trs_offset", "/zwgk/zfxxgknb/index_1.html")) == 404
    assert status(server.url("trs_offset", "/zwgk/zfxxgknb/index_2.html")) == 200


def test_portals_have_a_host_each(server: ReplicaServer) -> None:
    assert len(server.hosts) == 2 or server.hosts == ["127.0.0.1"]


def test_what_was_asked_is_kept(server: ReplicaServer) -> None:
    fetch(server.url("trs_plain"))
    assert [(served.portal, served.target, served.status) for served in server.served] == [
        ("trs_plain", "/zwgk/zfxxgknb/", 200)
    ]


def test_an_edited_figure_is_printed_at_the_same_address(server: ReplicaServer) -> None:
    portal = server.portal("trs_plain")
    report = portal.reports[-1]
    address = server.url("trs_plain", portal.article_path(portal.items[len(portal.reports) - 1]))
    changed = portal.edit(report, {("requests", "granted", "total"): "98765"})
    assert "98765" in fetch(address)
    assert changed in portal.reports
    assert report not in portal.reports


def test_a_removed_report_is_gone(server: ReplicaServer) -> None:
    portal = server.portal("trs_plain")
    item = portal.items[0]
    assert item.report is not None
    portal.remove(item.report)
    assert status(server.url("trs_plain", portal.article_path(item))) == 404


def test_a_republished_report_moves(server: ReplicaServer) -> None:
    portal = server.portal("trs_plain")
    before = portal.items[0]
    assert before.report is not None
    portal.republish(before.report)
    after = next(item for item in portal.items if item.report == before.report)
    assert status(server.url("trs_plain", portal.article_path(before))) == 404
    assert status(server.url("trs_plain", portal.article_path(after))) == 200


def test_changing_what_is_not_there_is_refused() -> None:
    portal, other = make_portal("trs_plain"), make_portal("trs_years")
    with pytest.raises(LookupError, match="trs_plain has no report"):
        portal.remove(other.reports[0])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(LookupError, match="no replica portal 'nowhere'"):
        make_portal("nowhere")


def test_robots_txt_is_served_when_there_is_one(server: ReplicaServer) -> None:
    assert status(server.url("trs_plain", "/robots.txt")) == 404
    server.portal("trs_plain").robots = "User-agent: *\nDisallow: /\n"
    assert "Disallow: /" in fetch(server.url("trs_plain", "/robots.txt"))


def raw_answer(server: ReplicaServer, portal: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    """The answer as it comes, no redirect followed."""
    host = server.home(portal).removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", server.portal(portal).column, headers=headers)
    return connection.getresponse()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("not_found", 404),
        ("server_error", 500),
        ("soft_404", 200),
        ("ruishu", 412),
        ("jsluid", 521),
        ("cookie_loop", 302),
        ("cookie_once", 302),
        ("script_stub", 200),
        ("geo_block", 403),
        ("slider", 200),
        ("waf_text", 405),
        ("wzws", 200),
        ("home_page", 200),
    ],
)
def test_a_fault_answers_in_place_of_the_page(server: ReplicaServer, kind: str, expected: int) -> None:
    fault_kind = next(known for known in FAULT_KINDS if known == kind)
    server.portal("trs_plain").fault = Fault(kind=fault_kind)
    answer = raw_answer(server, "trs_plain", {})
    assert answer.status == expected
    assert not LINK.search(answer.read().decode())


def test_a_cookie_jar_gets_past_cookie_once(server: ReplicaServer) -> None:
    server.portal("trs_plain").fault = Fault(kind="cookie_once")
    assert LINK.search(raw_answer(server, "trs_plain", {"Cookie": "CT6T=b81c"}).read().decode())


def test_a_cut_off_answer_ends_before_its_announced_length(server: ReplicaServer) -> None:
    server.portal("trs_plain").fault = Fault(kind="cut_off")
    with pytest.raises(http.client.IncompleteRead):
        raw_answer(server, "trs_plain", {}).read()


def test_a_fault_can_be_limited_to_paths_and_times(server: ReplicaServer) -> None:
    server.portal("trs_plain").fault = Fault(kind="server_error", paths="index_1", after=1, times=1)
    first_page = server.url("trs_plain")
    second_page = server.url("trs_plain", "/zwgk/zfxxgknb/index_1.shtml")
    answers = [status(url) for url in (first_page, second_page, second_page, second_page)]
    assert answers == [200, 200, 500, 200]


def test_a_head_request_gets_headers_only(server: ReplicaServer) -> None:
    with urlopen(Request(server.url("trs_plain"), method="HEAD"), timeout=10) as answer:
        assert answer.read() == b""
