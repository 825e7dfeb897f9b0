"""Pages through all four pipelines, as a crawl sends them: archived, read, judged, stored."""

from __future__ import annotations

import signal
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from yielded_pages import FETCHED, crawl, made_page, start_crawl

from govreports.archive import iter_pages, read_page
from govreports.items import Page
from govreports.replica.catalogue import make_portal
from govreports.replica.rendering import report_html
from govreports.replica.reports import ReportSpec

REPORTS: list[ReportSpec] = make_portal("trs_plain").reports
RECEIVED = ("requests", "new_received", "total")


def report_page(report: ReportSpec, **changes: Any) -> Page:
    """A page that carries ``report``."""
    body = f"<html><head><title>{report.title}</title></head><body>{report_html(report)}</body></html>"
    fields: dict[str, Any] = {
        "url": f"http://harbour.gov.cn/xxgk/{report.year}.html",
        "listed_title": report.title,
        "listed_year": report.year,
        "list_url": "http://harbour.gov.cn/xxgk/",
    }
    return made_page(body, **{**fields, **changes})


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "reports.sqlite")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def dump(folder: Path) -> list[str]:
    """The store as SQL, without what a second crawl may change: moments, runs, statistics, archive places."""
    connection = sqlite3.connect(folder / "reports.sqlite")
    try:
        columns = "url, sha256, status, reading"
        rows = connection.execute(f"SELECT {columns} FROM document ORDER BY url").fetchall()
        rows += connection.execute(
            "SELECT publisher, report_year, title, versions, issues, checks_failed, source_url FROM report_list"
            " ORDER BY source_url"
        ).fetchall()
        rows += connection.execute(
            "SELECT source_url, form, table_code, row_code, column_code, value_text, status, raw, at_row FROM"
            " report_facts ORDER BY 1, 3, 4, 5"
        ).fetchall()
        return [repr(row) for row in rows]
    finally:
        connection.close()


def test_reports_end_in_the_store_with_every_figure(tmp_path: Path) -> None:
    reports = REPORTS[:3]
    done = crawl(tmp_path, [report_page(report) for report in reports])
    stored = ask(
        tmp_path,
        "SELECT publisher, report_year, value_text FROM report_facts WHERE table_code = 'requests'"
        " AND row_code = 'new_received' AND column_code = 'total' ORDER BY report_year",
    )
    expected = sorted((r.publisher, r.year, r.figures[RECEIVED]) for r in reports)
    assert stored == sorted(expected, key=lambda row: row[1])
    assert (done.stats["govreports/new"], "Traceback" in done.log) == (3, False)


def test_each_document_points_to_its_bytes_in_the_archive(tmp_path: Path) -> None:
    pages = [report_page(report) for report in REPORTS[:2]] + [made_page(b"\x00\x01", url="http://harbour.gov.cn/x")]
    crawl(tmp_path, pages)
    rows = ask(tmp_path, "SELECT archive_file, archive_offset FROM document_list")
    found = [read_page(tmp_path / "archive" / file, offset) for file, offset in rows]
    assert sorted(found, key=lambda page: page.url) == sorted(pages, key=lambda page: page.url)


def test_what_cannot_be_read_is_kept_with_its_reason_and_the_crawl_goes_on(tmp_path: Path) -> None:
    address = "http://harbour.gov.cn/{}".format
    done = crawl(
        tmp_path,
        [
            made_page(b"", url=address("empty")),
            made_page(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", url=address("scan.pdf")),
            made_page("<html><title>机构职能</title><p>负责全区工作。</p></html>", url=address("duties")),
            report_page(REPORTS[0], url=address("report")),
        ],
    )
    rows = ask(tmp_path, "SELECT url, status, error_code FROM document_list ORDER BY url")
    assert rows == [
        (address("duties"), "not_a_report", "not_a_report"),
        (address("empty"), "unreadable", "empty"),
        (address("report"), "ok", None),
        (address("scan.pdf"), "unreadable", rows[3][2]),
    ]
    assert rows[3][2] is not None
    assert (done.stats["govreports/unread"], done.stats["govreports/new"]) == (3, 1)
    assert "Traceback" not in done.log


def test_the_same_crawl_twice_stores_nothing_new(tmp_path: Path) -> None:
    pages = [report_page(report) for report in REPORTS[:2]] + [made_page(b"", url="http://harbour.gov.cn/empty")]
    crawl(tmp_path, pages)
    before = dump(tmp_path)
    again = crawl(tmp_path, [replace(page, fetched_at=FETCHED + timedelta(days=1)) for page in pages])
    assert (dump(tmp_path), again.stats["govreports/unchanged"]) == (before, 2)
    records = [capture for file in (tmp_path / "archive").iterdir() for capture, _ in iter_pages(file)]
    assert sorted(capture.revisit for capture in records) == [False] * 3 + [True] * 3


def test_a_corrected_figure_becomes_a_second_version(tmp_path: Path) -> None:
    report = REPORTS[0]
    crawl(tmp_path, [report_page(report)])
    corrected = report.with_figures({RECEIVED: str(int(report.figures[RECEIVED]) + 1)})
    done = crawl(tmp_path, [report_page(corrected, fetched_at=FETCHED + timedelta(days=1))])
    assert done.stats["govreports/changed"] == 1
    assert ask(tmp_path, "SELECT versions, checks_failed > 0 FROM report_list") == [(2, 1)]


def test_the_log_has_one_line_a_page(tmp_path: Path) -> None:
    done = crawl(tmp_path, [report_page(REPORTS[0]), made_page(b"", url="http://harbour.gov.cn/empty")])
    marks = "[govreports.pipelines.store] INFO: "
    lines = [line.split(marks)[1] for line in done.log.splitlines() if marks in line]
    assert sorted(line.split(":")[0] for line in lines) == ["New", "No report in http"]


def test_a_run_leaves_its_record(tmp_path: Path) -> None:
    crawl(tmp_path, [report_page(REPORTS[0])], stats={"govreports/items_claimed": 9, "govreports/items_seen": 5})
    assert ask(
        tmp_path, "SELECT portal, state, items_claimed, items_seen, new, changed, unread, message FROM crawl_list"
    ) == [("harbour_district", "complete", 9, 5, 1, 0, 0, None)]


@pytest.mark.parametrize(
    ("stats", "state"),
    [
        ({"govreports/blocked": "challenge", "govreports/message": "asked to solve a riddle."}, "blocked:challenge"),
        ({"govreports/incomplete": "page 3 is missing"}, "partial"),
    ],
)
def test_the_record_says_how_the_crawl_ended(tmp_path: Path, stats: dict[str, Any], state: str) -> None:
    crawl(tmp_path, [], stats=stats)
    ((found, message),) = ask(tmp_path, "SELECT state, message FROM crawl_list")
    assert found == state
    assert str(next(reversed(stats.values()))).rstrip(".") in message


def test_a_crawl_can_be_part_of_a_run_that_began_before(tmp_path: Path) -> None:
    crawl(tmp_path, [])
    connection = sqlite3.connect(tmp_path / "reports.sqlite")
    connection.execute(
        "INSERT INTO crawl (id, started_at, software) VALUES (7, '2024-01-01T00:00:00Z', 'govreports 0')"
    )
    connection.commit()
    connection.close()
    crawl(tmp_path, [], settings={"GOVREPORTS_CRAWL_ID": 7})
    assert [row[0] for row in ask(tmp_path, "SELECT crawl_id FROM crawl_list ORDER BY 1")] == [1, 7]


def test_a_store_that_cannot_be_opened_stops_the_crawl_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "reports.sqlite").write_text("no database, only a long enough text; " * 60)
    done = crawl(tmp_path, [report_page(REPORTS[0])])
    assert done.stats["govreports/failed"] == "store"
    assert "is no sound SQLite database" in done.stats["govreports/message"]
    errors = [line for line in done.log.splitlines() if "] ERROR: " in line]
    assert ("Traceback" in done.log, len(errors)) == (False, 1)
    assert "downloader/request_count" not in done.stats


def test_an_archive_that_cannot_be_written_stops_the_crawl_and_stores_nothing(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    done = crawl(tmp_path, [report_page(report) for report in REPORTS[:4]])
    assert ask(tmp_path, "SELECT state FROM crawl_list") == [("failed:archive",)]
    assert ask(tmp_path, "SELECT COUNT(*) FROM document") == [(0,)]
    assert ("Traceback" in done.log, "cannot write to the archive" in done.log) == (False, True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The store after a crawl of all reports that ran through."""
    folder = tmp_path_factory.mktemp("undisturbed")
    crawl(folder, [report_page(report) for report in REPORTS])
    return dump(folder)


@pytest.mark.parametrize("after", [1, 5])
def test_a_killed_crawl_started_again_ends_like_one_that_ran_through(
    tmp_path: Path, undisturbed: list[str], after: int
) -> None:
    pages = [report_page(report) for report in REPORTS]
    with start_crawl(tmp_path, pages) as run:
        assert run.stderr is not None
        stored = (line for line in run.stderr if "New:" in line)
        for _ in range(after):
            next(stored)
        run.send_signal(signal.SIGKILL)
    crawl(tmp_path, pages)
    assert (dump(tmp_path), ask(tmp_path, "PRAGMA integrity_check")) == (undisturbed, [("ok",)])
    for file in (tmp_path / "archive").iterdir():
        assert all(page in pages or capture.revisit for capture, page in iter_pages(file))
