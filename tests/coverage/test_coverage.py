"""The coverage of a store: the view, the matrix and the CSV say the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from collected import FETCHED, PORTAL, Collection, Ran, report_page, words
from crawling import write_registry

from govreports.cli import main
from govreports.items import Page
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports

TODAY = "2025-02-10"
EDUCATION = Publisher(name="港口区教育局", credit_code="11370303004217009C")
WATER = Publisher(name="港口区水利局", credit_code="11370303004217010C")
GOVERNMENT = Publisher(name="港口区人民政府", credit_code="11370303004217011C")
TOTAL = ("requests", "outcome_total", "total")
PICTURE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def pages() -> Iterator[Page]:
    by_key = {
        report.key: report
        for report in sample_reports(3, publishers=[EDUCATION, WATER, GOVERNMENT], years=range(2022, 2025))
    }
    for year in (2022, 2023):
        yield page_of(by_key[EDUCATION.name, year])
    late = replace(by_key[WATER.name, 2022], published_on="2023-02-03")
    yield page_of(late)
    wrong = by_key[WATER.name, 2023]
    yield page_of(wrong.with_figures({TOTAL: str(int(wrong.figures[TOTAL]) + 1)}))
    yield page_of(by_key[GOVERNMENT.name, 2023])


def page_of(report: ReportSpec) -> Page:
    page = report_page(report)
    published = f'<meta name="PubDate" content="{report.published_on}">'.encode()
    return replace(page, body=page.body.replace(b"<head>", b"<head>" + published))


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A portal with three bodies, one report of which is listed no more."""
    collection = Collection(tmp_path_factory.mktemp("coverage"))
    collection.collect(pages())
    moment = (FETCHED + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    collection.change(
        f"UPDATE document SET vanished_at = '{moment}' WHERE listed_title LIKE '{EDUCATION.name}2022%'",
        "UPDATE portal SET division_code = '370303', name = '港口区'",
    )
    (collection.folder / "portals").mkdir()
    entry = {"id": "hill_district", "family": "trs", "start_urls": ["http://hill.gov.cn/"], "division_code": "370100"}
    write_registry(collection.folder / "portals", entry)
    return collection


def coverage(collection: Collection, *options: str, today: str = TODAY) -> Ran:
    settings = {
        "GOVREPORTS_DATABASE_URL": collection.url,
        "GOVREPORTS_PORTALS": str(collection.folder / "portals"),
        "GOVREPORTS_TODAY": today,
    }
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    stdout, stderr = io.StringIO(), io.StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr), pytest.raises(SystemExit) as ended:
        main(["coverage", *given, *options])
    return Ran(int(ended.value.code or 0), stdout.getvalue(), stderr.getvalue())


EXPECTED = [
    (PORTAL, GOVERNMENT.name, 2023, "2024-03-31", "stored"),
    (PORTAL, GOVERNMENT.name, 2024, "2025-03-31", "not_yet_due"),
    (PORTAL, EDUCATION.name, 2022, "2023-01-31", "withdrawn"),
    (PORTAL, EDUCATION.name, 2023, "2024-01-31", "stored"),
    (PORTAL, EDUCATION.name, 2024, "2025-01-31", "missing"),
    (PORTAL, WATER.name, 2022, "2023-01-31", "late"),
    (PORTAL, WATER.name, 2023, "2024-01-31", "checks_failed"),
    (PORTAL, WATER.name, 2024, "2025-01-31", "missing"),
    ("hill_district", None, 2024, "2025-03-31", "not_yet_due"),
]


def rows_of_view(collection: Collection) -> list[tuple[Any, ...]]:
    return collection.ask("SELECT portal, publisher, report_year, deadline, status FROM coverage ORDER BY 1, 2, 3")


def test_the_view_holds_every_expected_report_with_its_status(collection: Collection) -> None:
    assert coverage(collection).code == 0
    assert sorted(rows_of_view(collection), key=str) == sorted(EXPECTED, key=str)


def test_the_csv_is_the_view(collection: Collection) -> None:
    done = coverage(collection, "--csv", "-")
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    names = ("portal", "publisher", "report_year", "deadline", "status")
    told = [tuple(row[name] for name in names) for row in table]
    assert sorted(told) == sorted(tuple("" if part is None else str(part) for part in row) for row in EXPECTED)


def test_the_csv_can_be_a_file(collection: Collection, tmp_path: Path) -> None:
    done = coverage(collection, "--csv", str(tmp_path / "coverage.csv"))
    assert f"9 rows were written to {tmp_path / 'coverage.csv'}." in done.stdout
    assert (tmp_path / "coverage.csv").read_text("utf-8").count("\n") == 10


def test_the_matrix_has_a_line_a_body_and_a_column_a_year(collection: Collection) -> None:
    said = words(coverage(collection).stdout)
    assert f"Coverage on {TODAY}" in said
    assert "│ portal │ publisher │ 2022 │ 2023 │ 2024 │" in said.replace("┃", "│")
    assert f"│ {PORTAL} │ {WATER.name} │ late │ checks │ MISSING │" in said
    assert f"│ {PORTAL} │ {EDUCATION.name} │ withdrawn │ ok │ MISSING │" in said
    assert "│ hill_district │ (nothing seen yet) │ │ │ not due │" in said
    assert "MISSING 2 not there, and its deadline is over" in said


def test_a_matrix_wider_than_the_terminal_is_not_cut(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    said = words(coverage(collection).stdout)
    assert f"│ {PORTAL} │ {EDUCATION.name} │ withdrawn │ ok │ MISSING │" in said


def test_what_is_not_yet_due_is_missing_after_its_day(collection: Collection) -> None:
    coverage(collection, today="2025-04-01")
    statuses = {row[:3]: row[4] for row in rows_of_view(collection)}
    assert statuses[PORTAL, GOVERNMENT.name, 2024] == statuses["hill_district", None, 2024] == "missing"


def test_punctuality_is_told_beside_the_status(collection: Collection) -> None:
    coverage(collection)
    assert collection.ask("SELECT punctuality, COUNT(*) FROM coverage GROUP BY 1 ORDER BY 1") == [
        (None, 4),
        ("late", 1),
        ("on_time", 4),
    ]


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--portal", "hill_district"], 1),
        (["--years", "2022-2023"], 5),
        (["--status", "missing", "--status", "late"], 3),
    ],
)
def test_the_matrix_can_be_narrowed(collection: Collection, options: list[str], left: int) -> None:
    assert len(coverage(collection, "--csv", "-", *options).stdout.splitlines()) == left + 1


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--status", "lost"], 2, "--status lost is none of stored, late"),
        (["--years", "all"], 2, "--years: years=all"),
        (["harbour"], 2, "coverage takes no argument"),
        (["--csv", "/nonexistent/coverage.csv"], 1, "No such file or directory"),
    ],
)
def test_what_is_wrong_is_one_sentence(collection: Collection, options: list[str], code: int, said: str) -> None:
    done = coverage(collection, *options)
    assert (done.code, said in done.stderr, "Traceback" in done.stderr) == (code, True, False)


def test_a_scan_that_cannot_be_read_is_no_missing_report(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    (tmp_path / "portals").mkdir()
    write_registry(tmp_path / "portals", {"id": "x", "family": "trs", "start_urls": ["http://x.gov.cn/"]})
    collection.collect(pages())
    (report,) = sample_reports(3, publishers=[WATER], years=[2024])
    page = report_page(report)
    collection.collect([replace(page, url=f"{page.url}.pdf", body=PICTURE, headers=[])], name="run-2")
    document, code = collection.ask(
        "SELECT d.document_id, i.code FROM document_list d JOIN issue i USING (document_id) WHERE d.url LIKE '%.pdf'"
    )[0]
    # Whether a file needs an extra depends on what is installed here.
    collection.change(
        f"UPDATE issue SET code = 'needs:ocr' WHERE document_id = {document} AND code = {json.dumps(code)}"
    )
    collection.change("UPDATE document SET status = 'unreadable' WHERE url LIKE '%.pdf'")
    coverage(collection)
    assert collection.ask("SELECT status, waiting_url FROM coverage WHERE waits_for IS NOT NULL") == [
        ("needs_ocr", f"{page.url}.pdf")
    ]
