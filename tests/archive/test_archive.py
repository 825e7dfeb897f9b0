"""The archive gives back what was received, and other WARC tools accept it."""

from __future__ import annotations

import errno
import gzip
import io
import os
import re
import signal
import subprocess
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from govreports.archive import (
    ArchiveError,
    ArchiveWriter,
    EarlierCapture,
    iter_pages,
    read_page,
    read_record,
)
from govreports.items import Page

FETCHED = datetime(2024, 1, 31, 8, 30, 15, 250_000, tzinfo=UTC)


def make_page(**changes: object) -> Page:
    fields: dict[str, object] = {
        "portal": "harbour_district",
        "url": "http://portal.gov.cn/xxgk/202401/t20240131_1.html",
        "request_url": "http://portal.gov.cn/xxgk/202401/t20240131_1.html?from=list",
        "status": 200,
        "headers": [("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")],
        "body": "政府信息公开工作年度报告".encode("gb18030"),
        "fetched_at": FETCHED,
        "request_headers": [("User-Agent", "govreports"), ("Accept", "*/*")],
        "list_url": "http://portal.gov.cn/xxgk/index.html",
        "listed_title": "2023年政府信息公开工作年度报告",
        "listed_on": "2024-01-31",
        "listed_year": 2023,
        "listed_metadata": {"索引号": "11370303/2024-1"},
        "report_url": None,
    }
    return Page(**{**fields, **changes})  # type: ignore[arg-type]


def writer(folder: Path, **options: int) -> ArchiveWriter:
    return ArchiveWriter(folder, name="run-20240131-ab12", software="govreports 0", **options)


def check(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What warcio's own checker says of a file; empty when it is content."""
    exit_code = Checker(Namespace(inputs=[str(path)], verbose=False)).process_all()
    printed = capsys.readouterr().out
    assert (exit_code, printed) == (0, "")
    return printed


def record_types(path: Path) -> list[str]:
    with path.open("rb") as stream:
        return [record.rec_type for record in ArchiveIterator(stream)]


def test_a_page_reads_back_as_it_was_received(tmp_path: Path) -> None:
    page = make_page()
    with writer(tmp_path) as archive:
        capture = archive.write(page)
    assert read_page(tmp_path / capture.file, capture.offset) == page


def test_a_record_reads_back_byte_for_byte_with_its_headers(tmp_path: Path) -> None:
    page = make_page(body=bytes(range(256)) * 40 + b"\r\n\r\n", status=203)
    with writer(tmp_path) as archive:
        archive.write(make_page())
        capture = archive.write(page)
    record = read_record(tmp_path / capture.file, capture.offset)
    assert (record.body, record.headers, record.status) == (page.body, page.headers, 203)


@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=400),
    value=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30),
)
def test_any_bytes_survive(tmp_path_factory: pytest.TempPathFactory, body: bytes, value: str) -> None:
    folder = tmp_path_factory.mktemp("archive")
    page = make_page(body=body, headers=[("X-Odd", value)])
    with writer(folder) as archive:
        capture = archive.write(page)
    assert read_page(folder / capture.file, capture.offset) == page


def test_warcio_accepts_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with writer(tmp_path) as archive:
        capture = archive.write(make_page())
        archive.write(make_page(headers=[("Content-Disposition", "attachment; filename=年报.pdf")]))
        archive.write(make_page(headers=[("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]))
        archive.write(make_page(body=b"", status=799, headers=[]))
    check(tmp_path / capture.file, capsys)


def test_each_capture_is_a_response_its_request_and_its_listing(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        capture = archive.write(make_page())
    assert record_types(tmp_path / capture.file) == ["warcinfo", "response", "request", "metadata"]


def test_the_offset_and_length_cut_out_one_whole_record(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.write(make_page())
        capture = archive.write(make_page(body=b"second"))
    data = (tmp_path / capture.file).read_bytes()[capture.offset : capture.offset + capture.length]
    record = next(iter(ArchiveIterator(io.BytesIO(data))))
    assert record.content_stream().read() == b"second"


def test_unchanged_content_becomes_a_revisit_that_names_the_first_capture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writer(tmp_path) as archive:
        first = archive.write(make_page())
        again = archive.write(make_page(), earlier=EarlierCapture(make_page().url, FETCHED, first.file))
    with (tmp_path / again.file).open("rb") as stream:
        stream.seek(again.offset)
        record = next(iter(ArchiveIterator(stream)))
        said = [
            record.rec_headers.get_header(name) for name in ("WARC-Type", "WARC-Refers-To-Date", "WARC-Payload-Digest")
        ]
    with (tmp_path / first.file).open("rb") as stream:
        stream.seek(first.offset)
        digest = next(iter(ArchiveIterator(stream))).rec_headers.get_header("WARC-Payload-Digest")
    assert (again.revisit, said) == (True, ["revisit", "2024-01-31T08:30:15.250000Z", digest])
    check(tmp_path / again.file, capsys)


def test_a_revisit_of_a_lost_file_is_written_in_full(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        capture = archive.write(make_page(), earlier=EarlierCapture("http://a/", FETCHED, "gone.warc.gz"))
    assert read_record(tmp_path / capture.file, capture.offset).body == make_page().body


def test_files_roll_by_size(tmp_path: Path) -> None:
    with writer(tmp_path, roll_bytes=1_500) as archive:
        files = [archive.write(make_page(body=os.urandom(1_000))).file for _ in range(4)]
    assert len(set(files)) == len(list(tmp_path.iterdir())) == 4


def test_a_second_writer_of_the_same_name_is_refused(tmp_path: Path) -> None:
    with writer(tmp_path) as first, writer(tmp_path) as second:
        first.write(make_page())
        with pytest.raises(ArchiveError, match="cannot write to the archive"):
            second.write(make_page())


def test_a_name_that_could_be_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        ArchiveWriter(tmp_path, name="../../etc/x", software="govreports")


def test_what_the_web_sends_names_no_file(tmp_path: Path) -> None:
    hostile = make_page(portal="../../x", url="http://h/../../../etc/passwd%00", listed_title="../../a")
    with writer(tmp_path / "archive") as archive:
        archive.write(hostile)
    assert [path.name for path in tmp_path.rglob("*.gz")] == ["run-20240131-ab12-00001.warc.gz"]


def test_a_header_cannot_begin_another_one(tmp_path: Path) -> None:
    page = make_page(url="http://h/\r\nWARC-Type: x", headers=[("X", "1\r\nY: 2")])
    with writer(tmp_path) as archive:
        capture = archive.write(page)
    record = read_record(tmp_path / capture.file, capture.offset)
    assert (record.record_type, [name for name, _ in record.headers]) == ("response", ["X"])


@pytest.mark.parametrize("lost", [1, 40, 200, 600])
def test_a_torn_tail_leaves_every_complete_capture_readable(tmp_path: Path, lost: int) -> None:
    pages = [make_page(body=os.urandom(500)) for _ in range(3)]
    with writer(tmp_path) as archive:
        captures = [archive.write(page) for page in pages]
    path = tmp_path / captures[0].file
    path.write_bytes(path.read_bytes()[:-lost])
    assert [page for _, page in iter_pages(path)] == pages[:2]


def test_damage_in_the_middle_is_said_and_not_taken_for_the_end(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        captures = [archive.write(make_page(body=os.urandom(500))) for _ in range(3)]
    path = tmp_path / captures[0].file
    data = bytearray(path.read_bytes())
    data[captures[1].offset + 300] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=f"damaged at byte {captures[1].offset}"):
        list(iter_pages(path))


def test_iterating_tells_where_each_capture_lies(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        written = [archive.write(make_page(body=bytes([n]))) for n in range(5)]
    assert [capture for capture, _ in iter_pages(tmp_path / written[0].file)] == written


def test_an_offset_without_a_record_is_said_clearly(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        capture = archive.write(make_page())
    with pytest.raises(ArchiveError, match="is damaged at byte 7"):
        read_record(tmp_path / capture.file, 7)


def test_a_folder_that_cannot_be_made_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ArchiveError, match=r"cannot write to the archive .*make room or give"):
        writer(tmp_path / "taken").write(make_page())


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_disk_that_fills_up_leaves_whole_captures_only(tmp_path: Path) -> None:
    # A file-size limit makes the kernel cut a write in the middle, as a full disk does.
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_archive import make_page, writer
from govreports.archive import ArchiveError
import os
import re
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
archive = writer(Path({str(tmp_path)!r}))
try:
    while True:
        archive.write(make_page(body=os.urandom(4_000)))
except ArchiveError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert os.strerror(errno.EFBIG) in run.stdout, run.stderr
    (path,) = tmp_path.iterdir()
    assert len(list(iter_pages(path))) == 3
    assert record_types(path) == ["warcinfo", *["response", "request", "metadata"] * 3]


def test_a_killed_process_leaves_every_capture_it_had_told_of(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_archive import make_page, writer
archive = writer(Path({str(tmp_path)!r}))
while True:
    print(archive.write(make_page()).offset, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        told = [int(run.stdout.readline()) for _ in range(20)]
        run.send_signal(signal.SIGKILL)
    (path,) = tmp_path.iterdir()
    assert [capture.offset for capture, _ in iter_pages(path)][:20] == told


@pytest.mark.parametrize("listing", [b"{\x01}", b"[]", b"\xff", b'{"portal": "x"}'])
def test_a_listing_that_is_none_is_said_clearly(tmp_path: Path, listing: bytes) -> None:
    with ArchiveWriter(tmp_path, name="x", software="x") as archive:
        archive.write(make_page())
    (path,) = tmp_path.iterdir()
    whole = gzip.decompress(path.read_bytes())
    parts = re.split(rb"(?=WARC/1\.1\r\n)", whole)[1:]
    head, _, _ = parts[-1].partition(b"\r\n\r\n")
    length = str(len(listing)).encode()
    parts[-1] = (
        re.sub(rb"Content-Length: \d+", b"Content-Length: " + length, head) + b"\r\n\r\n" + listing + b"\r\n\r\n"
    )
    path.write_bytes(b"".join(gzip.compress(part, mtime=0) for part in parts))
    with pytest.raises(ArchiveError, match="holds a listing that is no"):
        list(iter_pages(path))
