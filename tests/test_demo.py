"""``govreports demo`` as a new user runs it, and what it leaves behind."""

from __future__ import annotations

import os
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import forked
import pytest

from govreports.replica.catalogue import make_portal
from govreports.replica.demonstration import PORTALS, missing_reports
from govreports.store.overview import StoredReport

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """A finished ``govreports demo``."""

    code: int
    output: str
    errors: str
    folder: Path

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of the store that the demo wrote."""
        connection = sqlite3.connect(self.folder / "data" / "govreports.sqlite")
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


def run_demo(folder: Path, **environment: str) -> Run:
    """Run the demo with ``folder`` as current folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GOVREPORTS_")}
    done = forked.run(
        "govreports.cli", "demo", folder=folder, environment={**inherited, "COLUMNS": "120", **environment}
    )
    return Run(done.returncode, done.stdout, done.stderr, folder)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_demo(tmp_path_factory.mktemp("demo"))


def test_the_demo_ends_well_and_says_nothing_on_stderr(demo: Run) -> None:
    assert (demo.code, demo.errors) == (0, "")


def test_every_report_of_the_portals_is_stored_once(demo: Run) -> None:
    published = sorted((name, *report.key) for name in PORTALS for report in make_portal(name).reports)
    stored = demo.query("SELECT portal, publisher, report_year FROM report_list")
    assert sorted(stored) == published  # type: ignore[type-var]


def test_stored_figures_are_the_printed_ones(demo: Run) -> None:
    report = make_portal("trs_plain").reports[-1]
    stored = demo.query(
        "SELECT table_code, row_code, column_code, raw FROM report_facts JOIN report_list USING (report_id) "
        f"WHERE portal = 'trs_plain' AND report_facts.report_year = {report.year}"
    )
    assert {(table, row, column): raw for table, row, column, raw in stored} == report.figures


def test_stored_metadata_is_the_printed_one(demo: Run) -> None:
    published = {
        (report.publisher, report.year, report.index_number, report.issued_on)
        for name in ("gongkai_district", "trs_plain", "trs_offset")
        for report in make_portal(name).reports
    }
    stored = demo.query(
        "SELECT publisher, report_year, index_number, issued_on FROM report_list "
        "WHERE portal IN ('gongkai_district', 'trs_plain', 'trs_offset')"
    )
    assert set(stored) == published


def test_the_table_names_every_stored_report(demo: Run) -> None:
    rows = re.findall(r"^│ (\w+) +│ (\w+) +│ (\d{4}) │", demo.output, re.MULTILINE)
    published = [(name, report.publisher, str(report.year)) for name in PORTALS for report in make_portal(name).reports]
    assert sorted(rows) == sorted(published)


def test_the_report_with_an_arithmetic_error_fails_checks_and_keeps_its_figure(demo: Run) -> None:
    failed = demo.query("SELECT portal, report_year FROM report_list WHERE checks_failed > 0")
    assert failed == [("trs_offset", 2025)]
    report = make_portal("trs_offset").reports[-1]
    stored = demo.query(
        "SELECT raw FROM report_facts JOIN report_list USING (report_id) WHERE portal = 'trs_offset' "
        "AND report_list.report_year = 2025 AND row_code = 'outcome_total' AND column_code = 'total'"
    )
    assert stored == [(report.figures["requests", "outcome_total", "total"],)]


def test_blank_cells_are_stored_without_a_value(demo: Run) -> None:
    blank = demo.query(
        "SELECT DISTINCT value FROM report_facts JOIN report_list USING (report_id) "
        "WHERE portal = 'trs_offset' AND report_list.report_year = 2024 AND status = 'blank'"
    )
    assert blank == [(None,)]


def test_a_second_demo_adds_nothing(demo: Run) -> None:
    before = demo.query("SELECT report_id, versions FROM report_list ORDER BY report_id")
    again = run_demo(demo.folder)
    assert again.code == 0
    assert again.query("SELECT report_id, versions FROM report_list ORDER BY report_id") == before


@pytest.mark.parametrize("name", READMES)
def test_the_queries_of_the_readme_answer(demo: Run, name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    queries = re.findall(r'sqlite3 data/govreports\.sqlite "([^"]+)"', page)
    assert queries
    assert all(demo.query(query) for query in queries)


def test_the_queries_of_the_tutorial_give_the_answers_that_it_shows(demo: Run) -> None:
    shown = re.findall(r'```sh\nsqlite3 [\w./]+ "([^"]+)"\n```\n\n```text\n(.*?)```', TUTORIAL, re.DOTALL)
    assert len(shown) == TUTORIAL.count("sqlite3 data/govreports.sqlite")
    for query, answer in shown:
        rows = ("|".join("" if value is None else str(value) for value in row) for row in demo.query(query))
        assert "".join(f"{row}\n" for row in rows) == answer


def test_the_rows_that_the_tutorial_shows_are_those_of_the_demo(demo: Run) -> None:
    shown = re.findall(r"^│ .*│$", TUTORIAL, re.MULTILINE)
    printed = {" ".join(line.split()) for line in demo.output.splitlines()}
    assert shown
    assert [row for row in shown if " ".join(row.split()) not in printed] == []


def test_a_store_that_cannot_be_written_is_one_sentence_and_code_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    run = run_demo(tmp_path, GOVREPORTS_DATABASE_URL="sqlite:///file/store.sqlite")
    assert run.code == 1
    assert run.errors.startswith("govreports demo: ")
    assert len(run.errors.splitlines()) == 1


def test_a_missing_report_is_named() -> None:
    portal = make_portal("trs_gbk")
    lost, *kept = portal.reports
    stored = [
        StoredReport(portal.id, report.publisher, report.year, "1", "reported", 0, "http://127.0.0.2/")
        for report in kept
    ]
    assert list(missing_reports([portal], stored)) == [
        f"trs_gbk: 1 of {len(portal.reports)} reports are not in the store: {lost.title}"
    ]
