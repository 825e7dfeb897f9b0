"""The shapes that annual-report columns have, each crawled over HTTP, and the traps beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawling import Crawled, crawl_many, write_registry

from govreports.replica import markup
from govreports.replica.catalogue import make_portal
from govreports.replica.families.trs import TrsPortal
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal
from govreports.replica.server import ReplicaServer

Run = Callable[..., Crawled]

SHAPES = {
    "all years in one list": "trs_plain",
    "a folder a year": "trs_years",
    "grouped by organ": "trs_organs",
    "a city with its districts": "trs_city",
    "inline, a page a year": "lonsun_inline",
    "inline, a choice of years": "hanweb_inline",
    "in a frame": "static_frame",
}


def _titles(portal: Portal) -> list[str]:
    return sorted(report.title for report in portal.reports)


def _trs(name: str, kind: type[TrsPortal] = TrsPortal) -> TrsPortal:
    """The catalogue's plain column under another name, as a portal of ``kind``."""
    portal = make_portal("trs_plain")
    assert isinstance(portal, TrsPortal)
    portal.id, portal.__class__ = name, kind
    return portal


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Crawled, list[str]]]:
    """What a crawl of each shape left, and the titles that it should have."""
    folder = tmp_path_factory.mktemp("shapes")
    with ReplicaServer(list(SHAPES.values())) as server:
        entries = [
            {"id": name, "family": portal.family, "start_urls": [server.url(name)]}
            for name, portal in server.portals.items()
        ]
        registry = write_registry(folder / "portals", *entries)
        crawled, _ = crawl_many(list(server.portals), folder=folder, portals=registry, hosts=server.hosts)
        return {name: (crawled[name], _titles(portal)) for name, portal in server.portals.items()}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_column_of_each_shape_is_crawled_whole(shape: str, shapes: dict[str, tuple[Crawled, list[str]]]) -> None:
    crawled, expected = shapes[SHAPES[shape]]
    assert (crawled.titles, crawled.code) == (expected, 0), crawled.stderr


def test_items_on_another_host_of_the_same_government_are_taken(run: Run) -> None:
    lists, holds = _trs("lists"), _trs("holds")
    with ReplicaServer([lists, holds]) as server:
        lists.articles_at = server.home("holds").rstrip("/")
        crawled = run("crawl", "column", "-a", f"url={server.url('lists')}", hosts=server.hosts)
    assert (crawled.titles, crawled.code) == (_titles(holds), 0), crawled.stderr
    assert {page["url"].split(":")[1] for page in crawled.pages} == {"//127.0.0.3"}


class _FilesOnly(TrsPortal):
    """Its list leads to files: no report has a page of its own."""

    def article_path(self, item: Item) -> str:
        return f"{self.column}{item.published.year}/{item.number}.pdf"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if ask.path in {self.article_path(item) for item in self.items}:
            return Answer(body=b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")
        return super().family_answer(ask)


def test_a_list_of_nothing_but_pdf_files_is_taken(run: Run) -> None:
    with ReplicaServer([_trs("files", _FilesOnly)]) as server:
        url = f"url={server.url('files')}"
        crawled = run("crawl", "column", "-a", url, "-a", "family=trs", hosts=server.hosts)
        assert (crawled.titles, crawled.code) == (_titles(server.portal("files")), 0), crawled.stderr
    assert {page["body"][:5] for page in crawled.pages} == {"%PDF-"}


# Traps.


class _Calendar(TrsPortal):
    """Below its column lies a folder for each month, and each leads on to the next ones without end."""

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if not ask.path.startswith(f"{self.column}rl/"):
            return super().family_answer(ask)
        place = int(ask.path.rstrip("/").rpartition("/")[2])
        following = [(f"{self.column}rl/{place}/{place + step}/", f"{place + step}") for step in (1, 2)]
        return self.page(ask, title="日历", body=markup.links(following))

    def _rows(self, path: str, items: Any) -> str:
        return super()._rows(path, items) + markup.links([("./rl/1/", "日历")])


def test_a_calendar_without_end_is_left_after_a_few_steps(run: Run) -> None:
    with ReplicaServer([_trs("calendar", _Calendar)]) as server:
        crawled = run("crawl", "column", "-a", f"url={server.url('calendar')}", hosts=server.hosts)
        followed = [served.target for served in server.served if "/rl/" in served.target]
        expected = _titles(server.portal("calendar"))
    assert (crawled.titles, crawled.code) == (expected, 0), crawled.stderr
    assert 0 < len(followed) < 70


class _EndlessYears(TrsPortal):
    """Each year's folder names the next year's."""

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if not ask.path.startswith(f"{self.column}nb_"):
            return super().family_answer(ask)
        year = int(ask.path.rstrip("/").rpartition("_")[2])
        following = markup.links([(f"{self.column}nb_{year + 1}/", f"{year + 1}年")])
        return self.page(ask, title="年报", body=following)

    def _rows(self, path: str, items: Any) -> str:
        return super()._rows(path, items) + markup.links([("./nb_2026/", "2026年")])


def test_years_without_end_are_left_and_the_crawl_says_so(run: Run) -> None:
    with ReplicaServer([_trs("years", _EndlessYears)]) as server:
        crawled = run("crawl", "column", "-a", f"url={server.url('years')}", hosts=server.hosts)
        followed = [served.target for served in server.served if "/nb_" in served.target]
        expected = _titles(server.portal("years"))
    assert crawled.titles == expected
    assert len(followed) <= 6
    assert (crawled.code, "columns more than 6 links away were left out" in crawled.last_line) == (1, True)


def test_a_portal_with_very_many_columns_is_cut_by_the_guard(run: Run) -> None:
    with ReplicaServer(["trs_years"]) as server:
        url = f"url={server.url('trs_years')}"
        crawled = run("crawl", "column", "-a", url, "-s", "GOVREPORTS_MAX_COLUMNS=3", hosts=server.hosts)
    assert (crawled.code, "columns are linked, the others were left out" in crawled.last_line) == (1, True)


def test_a_column_that_answers_with_another_sites_page_is_not_crawled(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        entry = {
            "id": "elsewhere",
            "family": "trs",
            "name": "南屿区 (Nanyu District)",
            "division_code": "370391",
            "start_urls": [server.url("trs_plain")],
        }
        portals = write_registry(tmp_path / "portals", entry)
        crawled = run("crawl", "elsewhere", portals=portals, hosts=server.hosts)
    assert (crawled.code, crawled.pages) == (1, [])
    assert crawled.last_line.startswith("elsewhere: failed:other_site (reports: 0")
    assert "SiteIDCode 4201910001, SiteName 清岚区人民政府; the entry elsewhere is 南屿区" in crawled.last_line


def test_another_sites_page_leaves_the_entrys_other_columns_alone(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain", "trs_gbk"]) as server:
        entry = {
            "id": "two_columns",
            "family": "trs",
            "name": "清岚区 (Qinglan District)",
            "division_code": "420191",
            "start_urls": [server.url("trs_gbk"), server.url("trs_plain")],
        }
        portals = write_registry(tmp_path / "portals", entry, prefix="42")
        crawled = run("crawl", "two_columns", portals=portals, hosts=server.hosts)
        assert crawled.titles == _titles(server.portal("trs_plain"))
    assert (crawled.code, "answers with a page of another site" in crawled.last_line) == (1, True)


def test_an_articles_address_is_crawled_by_its_column(run: Run) -> None:
    with ReplicaServer(["hanweb_jpage"]) as server:
        portal = server.portal("hanweb_jpage")
        item: Item = portal.items[0]
        url = server.url("hanweb_jpage", portal.article_path(item))
        crawled = run("crawl", "column", "-a", f"url={url}", hosts=server.hosts)
        assert (crawled.titles, crawled.code) == (_titles(portal), 0), crawled.stderr
