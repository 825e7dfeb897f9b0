"""``govreports import``: pages of other collections come in as those of a crawl do, and are marked."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from collected import Collection, Ran, run_govreports, sample_pages
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govreports.archive import iter_pages
from govreports.items import Page

LISTED = "SELECT url, status, origin, version, portal FROM document_list ORDER BY url"


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """An empty one."""
    (tmp_path / "data").mkdir()
    return Collection(tmp_path / "data")


@pytest.fixture
def pages() -> list[Page]:
    return sample_pages(3)


def take_in(collection: Collection, *arguments: str | Path) -> Ran:
    return run_govreports(collection, "import", *map(str, arguments))


def origins(collection: Collection) -> set[str]:
    return {page.origin for file in collection.archive.iterdir() for _, page in iter_pages(file)}


def write_warc(path: Path, *answers: tuple[str, str, str, bytes]) -> Path:
    """A WARC file as other crawlers write it, of (address, status line, content type, body)."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, status, kind, body in answers:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2022-05-06T07:08:09Z"},
            )
            writer.write_record(record)
    return path


def test_a_list_of_addresses_and_files(collection: Collection, tmp_path: Path, pages: list[Page]) -> None:
    (tmp_path / "saved").mkdir()
    lines = ["# address, file, title"]
    for number, page in enumerate(pages):
        (tmp_path / "saved" / f"{number}.html").write_bytes(page.body)
        lines.append(f"{page.url}\tsaved/{number}.html\t{page.listed_title}")
    (tmp_path / "pages.tsv").write_text("\n".join(lines), "utf-8")
    done = take_in(collection, tmp_path / "pages.tsv", "--portal", "harbour_district")
    assert (done.code, done.stderr) == (0, "")
    assert "3 new reports" in done.stdout
    expected = sorted((page.url, "ok", "import", 1, "harbour_district") for page in pages)
    assert collection.ask(LISTED) == expected
    assert origins(collection) == {"import"}
    collection.assert_whole()


def test_a_folder_takes_addresses_from_pages_that_a_browser_saved(
    collection: Collection, tmp_path: Path, pages: list[Page]
) -> None:
    folder = tmp_path / "saved"
    (folder / "report_files").mkdir(parents=True)
    (folder / "report_files" / "icon.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "notes.txt").write_text("to be read on Monday")
    stamp = f"<!-- saved from url=(0042){pages[0].url} -->\n".encode()
    (folder / "report.html").write_bytes(stamp + pages[0].body)
    (folder / "other.html").write_bytes(pages[1].body)
    done = take_in(collection, folder)
    assert "2 new reports" in done.stdout
    assert "Left out: 1 pages and files that are no reports." in done.stdout
    other = (folder / "other.html").as_uri()
    assert collection.ask(LISTED) == [
        (other, "ok", "import", 1, "import"),
        (pages[0].url, "ok", "import", 1, "harbour.gov.cn"),
    ]


def test_a_warc_file_of_another_crawler(collection: Collection, tmp_path: Path, pages: list[Page]) -> None:
    warc = write_warc(
        tmp_path / "other.warc.gz",
        (pages[0].url, "200 OK", "text/html; charset=utf-8", pages[0].body),
        (pages[1].url, "404 Not Found", "text/html", pages[1].body),
        ("http://harbour.gov.cn/style.css", "200 OK", "text/css", b"p { color: red }"),
        ("http://harbour.gov.cn/about.html", "200 OK", "text/html", "<p>机构职能介绍</p>".encode()),
    )
    done = take_in(collection, warc)
    assert collection.ask(LISTED) == [(pages[0].url, "ok", "import", 1, "harbour.gov.cn")]
    assert collection.ask("SELECT fetched_at FROM document") == [("2022-05-06T07:08:09Z",)]
    assert "Left out: 1 pages" in done.stdout


def test_an_archive_of_ours_keeps_what_the_lists_said(
    collection: Collection, tmp_path: Path, pages: list[Page]
) -> None:
    other = Collection(tmp_path / "other")
    other.collect(pages)
    (warc,) = other.archive.iterdir()
    take_in(collection, warc)
    wanted = "SELECT portal, publisher, report_year, title, source_url, first_seen FROM report_list ORDER BY 5"
    assert collection.ask(wanted) == other.ask(wanted)
    kept = "SELECT listed_title, listed_on, list_url FROM document ORDER BY url"
    assert collection.ask(kept) == other.ask(kept)


def test_the_same_import_twice_stores_nothing_new(collection: Collection, tmp_path: Path, pages: list[Page]) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.html").write_bytes(pages[0].body)
    take_in(collection, tmp_path / "saved")
    before = collection.dump()
    done = take_in(collection, tmp_path / "saved")
    assert ("1 seen before" in done.stdout, collection.dump()) == (True, before)


def test_an_imported_page_and_a_crawled_one_are_one_report(collection: Collection, pages: list[Page]) -> None:
    imported = replace(pages[0], origin="import", fetched_at=datetime(2022, 1, 1, tzinfo=UTC))
    collection.collect([imported], name="first")
    collection.collect([pages[0]], name="second")
    assert collection.ask("SELECT versions, first_seen FROM report_list") == [(1, "2022-01-01T00:00:00Z")]
    assert collection.ask("SELECT origin FROM document") == [("import",)]


def test_what_cannot_be_taken_in_is_said_and_the_rest_is(
    collection: Collection, tmp_path: Path, pages: list[Page]
) -> None:
    (tmp_path / "a.html").write_bytes(pages[0].body)
    torn = tmp_path / "torn.warc.gz"
    write_warc(torn, (pages[1].url, "200 OK", "text/html", pages[1].body), (pages[2].url, "200 OK", "text/html", b"x"))
    torn.write_bytes(b"no WARC at all")
    (tmp_path / "list.tsv").write_text(f"{pages[0].url}\ta.html\n{pages[1].url}\tgone.html\nnonsense\n", "utf-8")
    done = take_in(collection, tmp_path / "list.tsv", torn, tmp_path / "nowhere")
    assert done.code == 1
    assert "1 new reports" in done.stdout
    complaints = done.stderr.splitlines()
    assert [
        any(part in line for line in complaints)
        for part in ("gone.html cannot be read", "list.tsv, line 3", "torn.warc.gz cannot be read", "no file or folder")
    ] == [True] * 4
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_said_in_one_sentence(collection: Collection) -> None:
    done = take_in(collection)
    assert (done.code, "needs at least one folder" in done.stdout + done.stderr) == (2, True)


def test_a_page_of_its_own_is_taken_even_if_it_is_no_report(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "duties.html").write_text("<html><title>机构职能</title><p>负责全区工作。</p></html>", "utf-8")
    done = take_in(collection, tmp_path / "duties.html")
    assert "1 documents without a report" in done.stdout
    assert [row[1] for row in collection.ask(LISTED)] == ["not_a_report"]
