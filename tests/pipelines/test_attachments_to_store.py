"""Portals that publish files: followed from the report's page, read, and stored as one report each."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from crawling import Crawled

from govreports.replica.catalogue import make_portal
from govreports.replica.families.files_only import FilesOnlyPortal
from govreports.replica.families.trs import TrsPortal
from govreports.replica.files import PublishedFile, report_docx
from govreports.replica.markup import page as markup_page
from govreports.replica.portal import COVER, Portal
from govreports.replica.registry_folder import write_registry
from govreports.replica.rendering import report_html
from govreports.replica.reports import ReportSpec
from govreports.replica.server import ReplicaServer

Run = Callable[..., Crawled]
Rows = list[tuple[Any, ...]]

WHOLE = {
    "EXTENSIONS": '{"govreports.extensions.run_records.RunRecords": 500}',
    "ITEM_PIPELINES": json.dumps(
        {
            f"govreports.pipelines.{name}Pipeline": place
            for place, name in enumerate(("archive.Archive", "extract.Extract", "check.Check", "store.Store"), start=1)
        }
    ),
}
RECEIVED = ("requests", "new_received", "total")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_python_docx = pytest.mark.skipif(find_spec("docx") is None, reason="python-docx is not installed")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed, so nothing can be printed")
needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="govreports[ocr] is not installed")

pytestmark = needs_python_docx


def _portal(years: range = range(2021, 2026)) -> TrsPortal:
    portal = make_portal("trs_plain")
    assert isinstance(portal, TrsPortal)
    for report in portal.reports:
        if report.year not in years:
            portal.remove(report)
    return portal


def _docx(report: ReportSpec, *, name: str = "附件", number: int = 1, **changes: Any) -> PublishedFile:
    fields = {"address": f"./P0{report.year}0131{number:015d}.docx", "name": name, "body": report_docx(report)}
    return PublishedFile(**{**fields, **changes})


def _crawl(run: Run, folder: Path, portal: Portal, *arguments: str) -> tuple[Crawled, ReplicaServer]:
    with ReplicaServer([portal]) as server:
        portals = write_registry(server, folder / "portals")
        crawled = run("crawl", portal.id, *arguments, portals=portals, hosts=server.hosts, settings=WHOLE)
    return crawled, server


def _ask(folder: Path, sql: str) -> Rows:
    connection = sqlite3.connect(folder / "data" / "govreports.sqlite")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _received(folder: Path) -> Rows:
    return _ask(
        folder,
        "SELECT report_year, value_text, status FROM report_facts WHERE table_code = 'requests'"
        " AND row_code = 'new_received' AND column_code = 'total' ORDER BY 1",
    )


def _asked(server: ReplicaServer, ending: str) -> list[str]:
    return [served.target for served in server.served if served.target.endswith(ending)]


def test_a_portal_that_publishes_only_attachments_gives_every_figure(run: Run, tmp_path: Path) -> None:
    portal = _portal()
    for report, shown in zip(
        portal.reports, ("editor_link", "download_link", "script", "viewer", "editor_link"), strict=True
    ):
        address = f"/upload/{report.year}/a.docx" if shown == "viewer" else f"./P0{report.year}0131000000001.docx"
        portal.attach(report, [_docx(report, address=address, shown=shown)], fragment=COVER)
    crawled, server = _crawl(run, tmp_path, portal)
    assert crawled.code == 0, crawled.last_line
    assert _received(tmp_path) == [(report.year, report.figures[RECEIVED], "reported") for report in portal.reports]
    rows = _ask(
        tmp_path,
        "SELECT title, index_number, versions, source_url LIKE '%.shtml', document_url LIKE '%.docx'"
        " FROM report_list ORDER BY report_year",
    )
    assert rows == [(report.title, report.index_number, 1, 1, 1) for report in portal.reports]
    assert len(_asked(server, ".docx")) == 5


def test_a_column_of_files_is_stored_without_pages(run: Run, tmp_path: Path) -> None:
    source = make_portal("trs_plain")
    portal = FilesOnlyPortal(
        "files_only",
        habits=source.habits,  # type: ignore[attr-defined]
        name=source.name,
        division_code=source.division_code,
        reports=source.reports[-2:],
    )
    crawled, _ = _crawl(run, tmp_path, portal)
    assert crawled.code == 0, crawled.last_line
    assert _received(tmp_path) == [(report.year, report.figures[RECEIVED], "reported") for report in portal.reports]
    assert _ask(tmp_path, "SELECT COUNT(*) FROM report_list WHERE source_url LIKE '%.docx'") == [(2,)]


def test_a_file_named_as_the_report_is_compared_with_the_page(run: Run, tmp_path: Path) -> None:
    portal = _portal(range(2024, 2026))
    agreeing, differing = portal.reports
    wrong = differing.with_figures({RECEIVED: "98765"})
    for report, printed in ((agreeing, agreeing), (differing, wrong)):
        portal.attach(report, [_docx(printed, name=f"{report.title}.docx")])
    crawled, _ = _crawl(run, tmp_path, portal)
    assert crawled.code == 0, crawled.last_line
    assert _received(tmp_path) == [(report.year, report.figures[RECEIVED], "reported") for report in portal.reports]
    ((message,),) = _ask(tmp_path, "SELECT message FROM issue WHERE code = 'renditions_disagree'")
    assert f"requests/new_received/total is {differing.figures[RECEIVED]} in http" in message
    assert "but 98765 in http" in message
    assert _ask(tmp_path, "SELECT versions, document_url FROM report_list") == [(1, None), (1, None)]


def test_what_cannot_be_the_report_is_left_alone(run: Run, tmp_path: Path) -> None:
    portal = _portal(range(2024, 2026))
    printed, bare = portal.reports
    portal.attach(printed, [_docx(printed)])
    others = ["政府信息公开申请表.docx", f"{bare.publisher}2019年政府信息公开工作年度报告.docx", "公开指南.docx"]
    portal.attach(bare, [_docx(bare, name=name, number=place) for place, name in enumerate(others, 2)], fragment=COVER)
    crawled, server = _crawl(run, tmp_path, portal)
    assert (crawled.code, _asked(server, ".docx")) == (0, []), crawled.last_line


def test_a_web_page_in_place_of_a_file_is_a_document_with_an_issue(run: Run, tmp_path: Path) -> None:
    portal = _portal(range(2025, 2026))
    (report,) = portal.reports
    error_page = "<html><head><title>页面不存在</title></head><body>您访问的页面不存在</body></html>".encode()
    file = PublishedFile(
        address="./P020260131000000000000001.pdf", name="附件", body=error_page, content_type="text/html"
    )
    portal.attach(report, [file], fragment=COVER)
    _crawl(run, tmp_path, portal)
    rows = _ask(tmp_path, "SELECT status, error_code FROM document_list WHERE url LIKE '%.pdf'")
    assert rows == [("not_a_report", "not_a_report")]
    assert _ask(tmp_path, "SELECT COUNT(*) FROM issue WHERE code = 'unexpected_type'") == [(1,)]
    assert _ask(tmp_path, "SELECT document_url FROM report_list") == [(None,)]


def test_a_file_that_is_missing_makes_the_crawl_partial(run: Run, tmp_path: Path) -> None:
    portal = _portal(range(2025, 2026))
    (report,) = portal.reports
    gone = _docx(report, address="http://127.0.0.2:9/P020260131000000000000001.docx")
    portal.attach(report, [gone], fragment=COVER)
    crawled, _ = _crawl(run, tmp_path, portal)
    assert crawled.code == 1
    assert "the attachment 附件 of http" in crawled.last_line


def test_the_same_crawl_twice_stores_nothing_new(run: Run, tmp_path: Path) -> None:
    portal = _portal(range(2025, 2026))
    (report,) = portal.reports
    portal.attach(report, [_docx(report)], fragment=COVER)
    dump = "SELECT number, content_hash, document_id, is_current FROM report_version"
    with ReplicaServer([portal]) as server:
        portals = write_registry(server, tmp_path / "portals")
        before: Rows = []
        for _ in range(2):
            crawled = run("crawl", portal.id, portals=portals, hosts=server.hosts, settings=WHOLE)
            assert crawled.code == 0, crawled.last_line
            before, after = _ask(tmp_path, dump), before
    assert (before, len(before)) == (after, 1)


@pytest.fixture
def print_page(tmp_path: Path) -> Callable[..., bytes]:
    """Prints a fragment with Chromium: to PDF, or as a picture."""

    def make(fragment: str, *, picture: bool = False) -> bytes:
        style = "<style>table{border-collapse:collapse;width:100%} td{font-size:16pt}</style>"
        source, target = tmp_path / "printed.html", tmp_path / ("printed.png" if picture else "printed.pdf")
        source.write_text(markup_page(title="", body=fragment, head=style), "utf-8")
        wanted = [f"--screenshot={target}", "--window-size=1400,700"] if picture else [f"--print-to-pdf={target}"]
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        profile = f"--user-data-dir={tmp_path / 'chromium'}"
        subprocess.run(
            [str(CHROMIUM), *options, profile, *wanted, str(source)], check=True, capture_output=True, timeout=90
        )
        return target.read_bytes()

    return make


@pytest.mark.slow
@needs_chromium
def test_of_word_and_pdf_the_word_document_gives_the_figures(
    run: Run, tmp_path: Path, print_page: Callable[..., bytes]
) -> None:
    portal = _portal(range(2024, 2026))
    both, only_pdf = portal.reports
    for report, files in ((both, [_docx(both)]), (only_pdf, [])):
        pdf = print_page(report_html(report))
        address = f"./P0{report.year}01310000000009.pdf"
        portal.attach(report, [PublishedFile(address=address, name="PDF版", body=pdf), *files], fragment=COVER)
    crawled, _ = _crawl(run, tmp_path, portal)
    assert crawled.code == 0, crawled.last_line
    assert _received(tmp_path) == [(report.year, report.figures[RECEIVED], "reported") for report in portal.reports]
    endings = _ask(tmp_path, "SELECT substr(document_url, -5) FROM report_list ORDER BY report_year")
    assert endings == [(".docx",), ("9.pdf",)]
    assert _ask(tmp_path, "SELECT COUNT(*) FROM issue WHERE code = 'renditions_disagree'") == [(0,)]


@pytest.mark.slow
@needs_chromium
@needs_ocr
def test_a_table_that_is_a_picture_is_read_from_it(run: Run, tmp_path: Path, print_page: Callable[..., bytes]) -> None:
    portal = _portal(range(2025, 2026))
    (report,) = portal.reports
    before, _, disputes = report_html(report).rpartition("<table")
    picture = print_page(f"<table{disputes.partition('</table>')[0]}</table>", picture=True)
    shown = PublishedFile(
        address="./W020260131000000000000001.png",
        name="",
        body=picture,
        content_type="image/png",
        shown="picture",
    )
    portal.attach(report, [shown], fragment=before)
    crawled, _ = _crawl(run, tmp_path, portal)
    assert crawled.code == 0, crawled.last_line
    rows = _ask(
        tmp_path,
        "SELECT row_code, column_code, value_text, status, document_url LIKE '%.png' FROM report_facts"
        " WHERE table_code = 'disputes'",
    )
    right = [row for row in rows if report.figures["disputes", row[0], row[1]] == row[2]]
    assert len(rows) == 15
    assert all(row[4] for row in rows)
    assert [row for row in rows if row[3] == "reported"] == right
    assert len(right) >= 12
    assert _ask(tmp_path, "SELECT COUNT(*) FROM report_facts WHERE document_url IS NULL") != [(0,)]
