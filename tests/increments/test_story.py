"""What happens to a portal between two crawls is what the store tells of it afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from collected import run_govreports, words
from crawled import Site, served

from govreports.replica.catalogue import make_portal
from govreports.replica.reports import FigureKey, ReportSpec
from govreports.replica.samples import Publisher, sample_reports

NAME = "trs_plain"
RECEIVED: FigureKey = ("requests", "new_received", "natural_person")


@dataclass(frozen=True, slots=True)
class Story:
    """A portal crawled twice, and what was done to it in between."""

    site: Site
    edited: ReportSpec
    new_figure: str
    moved: ReportSpec
    new_number: ReportSpec
    removed: ReportSpec
    late: ReportSpec
    untouched: ReportSpec

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.site.collection.ask(sql)

    def row(self, columns: str, report: ReportSpec) -> tuple[Any, ...]:
        """Columns of ``report_list`` for one report."""
        (row,) = self.ask(
            f"SELECT {columns} FROM report_list WHERE report_year = {report.year} AND publisher = '{report.publisher}'"
        )
        return row

    def diff(self, report: ReportSpec, *options: str) -> Any:
        (report_id,) = self.row("report_id", report)
        return run_govreports(self.site.collection, "diff", str(report_id), *options)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    portal = make_portal(NAME)
    by_year = {report.year: report for report in portal.reports}
    office = Publisher(name="清岚区教育局", credit_code="11370303004217009C")
    late = sample_reports(5, publishers=[office], years=[2024])[0]
    with served(tmp_path_factory.mktemp("story"), portal) as site:
        assert site.crawl(NAME).code == 0
        new_figure = str(int(by_year[2025].figures[RECEIVED]) + 3)
        portal.edit(by_year[2025], {RECEIVED: new_figure})
        portal.republish(by_year[2024])
        numbered = replace(by_year[2023], index_number="11370303004217004C/2026-7777777")
        portal.remove(by_year[2023])
        portal.add(numbered)
        portal.remove(by_year[2020])
        portal.add(late)
        assert site.crawl(NAME).code == 0
        yield Story(site, by_year[2025], new_figure, by_year[2024], numbered, by_year[2020], late, by_year[2021])


def test_an_untouched_report_has_one_version(story: Story) -> None:
    assert story.row("versions, vanished_at", story.untouched) == (1, None)


def test_an_edited_figure_is_a_second_version_and_the_first_stays(story: Story) -> None:
    assert story.row("versions, vanished_at", story.edited) == (2, None)
    url = story.row("source_url", story.edited)[0]
    assert story.ask(
        f"SELECT version, is_current, replaces, change FROM version_list WHERE source_url = '{url}' ORDER BY version"
    ) == [(1, 0, None, None), (2, 1, 1, "edited")]


def test_diff_tells_the_one_cell_that_was_edited(story: Story) -> None:
    done = story.diff(story.edited, "--json")
    told = json.loads(done.stdout)
    old = int(story.edited.figures[RECEIVED])
    assert (done.code, told["metadata"], told["sections"]) == (0, [], [])
    assert [(*(cell[name] for name in ("table", "row", "column")), cell["before"]["value"], cell["after"]["value"])
            for cell in told["cells"]] == [(*RECEIVED, old, int(story.new_figure))]  # fmt: skip
    assert [version["number"] for version in told["versions"]] == [1, 2]


def test_diff_is_readable(story: Story) -> None:
    said = words(story.diff(story.edited).stdout)
    assert "(edited of version 1)" in said
    assert f"自然人 │ {story.edited.figures[RECEIVED]} │ {story.new_figure}" in said


def test_diff_of_chosen_versions_can_go_back(story: Story) -> None:
    told = json.loads(story.diff(story.edited, "--versions", "2", "1", "--json").stdout)
    assert told["cells"][0]["after"]["value"] == int(story.edited.figures[RECEIVED])


def test_what_moved_to_another_address_is_the_same_version_at_the_new_one(story: Story) -> None:
    versions, vanished, url = story.row("versions, vanished_at, source_url", story.moved)
    assert (versions, vanished) == (1, None)
    pages = story.ask(
        "SELECT url, vanished_at IS NOT NULL FROM document_list WHERE report_id ="
        f" {story.row('report_id', story.moved)[0]} ORDER BY document_id"
    )
    assert [gone for _, gone in pages] == [1, 0]
    assert url == pages[1][0] != pages[0][0]
    assert "has one version only" in story.diff(story.moved).stderr


def test_a_new_index_number_is_a_version_that_replaces_the_old_one(story: Story) -> None:
    assert story.row("versions, index_number", story.new_number) == (2, story.new_number.index_number)
    report_id = story.row("report_id", story.new_number)[0]
    assert story.ask(
        f"SELECT version, replaces, change FROM version_list WHERE report_id = {report_id} AND is_current"
    ) == [(2, 1, "new_index_number")]
    told = json.loads(story.diff(story.new_number, "--json").stdout)
    assert [change["field"] for change in told["metadata"]] == ["index_number"]
    assert told["cells"] == []


def test_what_was_removed_is_marked_and_its_figures_stay(story: Story) -> None:
    versions, vanished, report_id = story.row("versions, vanished_at, report_id", story.removed)
    assert (versions, vanished is None) == (1, False)
    assert story.ask(f"SELECT COUNT(*) > 100 FROM report_facts WHERE report_id = {report_id}") == [(1,)]


def test_what_came_late_is_a_new_report(story: Story) -> None:
    first_crawl, second_crawl = (row[0] for row in story.ask("SELECT started_at FROM crawl_list ORDER BY crawl_id"))
    assert story.row("versions", story.late) == (1,)
    assert first_crawl < second_crawl <= story.row("first_seen", story.late)[0]


def test_the_run_counts_what_happened(story: Story) -> None:
    assert story.ask("SELECT new, changed FROM crawl_list ORDER BY crawl_id") == [(7, 0), (1, 2)]


def test_a_report_that_comes_back_is_not_marked_any_more(tmp_path: Path) -> None:
    portal = make_portal(NAME)
    report = portal.reports[0]
    marked = []
    with served(tmp_path, portal) as site:
        for change in (lambda: None, lambda: portal.remove(report), lambda: portal.add(report)):
            change()
            site.crawl(NAME)
            marked += site.collection.ask("SELECT SUM(vanished_at IS NOT NULL), SUM(versions) FROM report_list")
    assert marked == [(0, 7), (1, 7), (0, 7)]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["999"], 1, "there is no report 999"),
        (["1", "--versions", "1", "9"], 1, "has no version 9; it has 1"),
        (["first"], 2, "needs one report_id"),
        ([], 2, "needs one report_id"),
    ],
)
def test_diff_says_what_is_wrong(story: Story, arguments: list[str], code: int, said: str) -> None:
    done = run_govreports(story.site.collection, "diff", *arguments)
    assert (done.code, said in done.stdout + done.stderr) == (code, True)


def test_a_crawl_that_could_not_see_all_lists_marks_nothing(tmp_path: Path) -> None:
    portal = make_portal(NAME)
    with served(tmp_path, portal) as site:
        site.crawl(NAME)
        portal.remove(portal.reports[0])
        site.crawl(NAME, "-a", "years=2021-2025")
        portal.column = "/zwgk/other/"
        site.crawl(NAME)
        assert site.collection.ask("SELECT COUNT(*) FROM document WHERE vanished_at IS NOT NULL") == [(0,)]
