"""Where pages come from: files, reports of the store, archived documents."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from collected import FETCHED, Collection, report_page, sample_pages

from govreports.debugging.received import NotReceived, Received, receive
from govreports.debugging.specimen import examine
from govreports.replica.files import report_docx
from govreports.replica.samples import Publisher, sample_reports

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """Two plain reports, and one whose page has its tables in a Word document beside it."""
    found = Collection(tmp_path_factory.mktemp("received"))
    found.collect(sample_pages(2))
    office = Publisher(name="港口区档案局", credit_code="1137030300421001XC")
    (report,) = sample_reports(3, publishers=[office], years=[2023])
    page = report_page(
        report, url="http://harbour.gov.cn/2023.html", body=f"<title>{report.title}</title>见附件".encode()
    )
    attached = report_page(
        report,
        url="http://harbour.gov.cn/2023.docx",
        headers=[("Content-Type", DOCX)],
        body=report_docx(report),
        fetched_at=FETCHED + timedelta(seconds=5),
        report_url=page.url,
        listed_title="附件：年度报告",
    )
    found.collect([page, attached], name="run-2")
    return found


def asked(collection: Collection, source: str) -> Received:
    return receive(source, database_url=collection.url, archive=collection.archive)


def test_a_report_is_the_page_of_its_current_version_as_received(collection: Collection) -> None:
    url, sha256 = collection.ask("SELECT url, sha256 FROM document ORDER BY id")[0]
    ((number,),) = collection.ask(f"SELECT report_id FROM report_list WHERE source_url = '{url}'")
    received = asked(collection, str(number))
    specimen = examine(received)
    assert received.url == url
    assert specimen.document is not None
    assert (specimen.document.sha256, received.status) == (sha256, 200)
    # What the portal's list said is known again.
    assert received.listed["标题"] == specimen.report.title if specimen.report else None


def test_other_documents_of_the_report_are_named_with_the_way_to_them(collection: Collection) -> None:
    addresses = {"http://harbour.gov.cn/2023.html", "http://harbour.gov.cn/2023.docx"}
    ((number,),) = collection.ask(
        "SELECT report_id FROM report_list WHERE source_url = 'http://harbour.gov.cn/2023.html'"
    )
    received = asked(collection, str(number))
    (note,) = received.notes[1:]
    way = re.match(r"Also of this report: (document:\d+) \((\S+)\)", note)
    assert way is not None
    other = asked(collection, way[1])
    assert {received.url, other.url} == addresses
    assert other.url == way[2]
    read = [examine(one).report for one in (received, other)]
    assert [report.forms["requests"] for report in read if report is not None] == ["v2021", None]


def test_a_file_is_read_by_its_path_or_address(tmp_path: Path, collection: Collection) -> None:
    file = tmp_path / "年报 12.html"
    file.write_bytes("年报".encode())
    assert asked(collection, str(file)).body == asked(collection, file.as_uri()).body == file.read_bytes()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("gone.html", "gone.html cannot be opened (No such file or directory): give a file, an address in full"),
        ("99", "there is no report 99; the view report_list has the numbers"),
        ("document:99", "there is no document 99; the view document_list has the numbers"),
        ("https://www.a.gov.cn/", "https://www.a.gov.cn/ is an address, and nothing is fetched here"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(collection: Collection, source: str, said: str) -> None:
    with pytest.raises(NotReceived) as refused:
        asked(collection, source)
    assert str(refused.value).startswith(said)


def test_without_a_store_none_is_made(tmp_path: Path) -> None:
    nothing = Collection(tmp_path)
    with pytest.raises(NotReceived, match=r"there is no store at .*, so no report 12; crawl first"):
        asked(nothing, "12")
    assert list(tmp_path.iterdir()) == []


def test_a_lost_archive_is_said(tmp_path: Path) -> None:
    damaged = Collection(tmp_path)
    damaged.collect(sample_pages(1))
    (file,) = damaged.archive.iterdir()
    file.rename(tmp_path / "elsewhere")
    with pytest.raises(
        NotReceived, match=r"cannot be read from the archive: the archive file run-1-00001.* is not there"
    ):
        asked(damaged, "1")
    damaged.change("UPDATE document SET archive_file = NULL")
    with pytest.raises(NotReceived, match="was stored without its page"):
        asked(damaged, "document:1")


def test_another_file_in_the_archives_place_is_noticed(tmp_path: Path) -> None:
    damaged = Collection(tmp_path)
    damaged.collect(sample_pages(1))
    damaged.change("UPDATE document SET sha256 = 'another'")
    with pytest.raises(NotReceived, match=r"holds other bytes at .*; run 'govreports doctor'"):
        asked(damaged, "1")


def test_what_no_reader_knows_is_a_problem_and_no_error() -> None:
    specimen = examine(Received(source="x", url="file:///x", body=b""))
    assert (specimen.report, specimen.problem) == (None, "The document has no content: fetch it again or drop it.")


def test_a_fault_of_the_parser_is_told_with_its_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise KeyError("granted")

    monkeypatch.setattr("govreports.reports.extract", fail)
    specimen = examine(Received(source="x", url="file:///x", body=b"<p>x</p>"))
    assert specimen.document is not None
    assert (specimen.report, specimen.problem) == (None, "The parser failed (KeyError: 'granted').")
    assert "Traceback" in caplog.text
