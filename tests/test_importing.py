"""WARC files that somebody else wrote, or damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

from govreports.importing import ImportProblem, Taken, found_in

HEADERS = {
    "WARC-Type": "response",
    "WARC-Record-ID": "<urn:uuid:1>",
    "WARC-Date": "2024-03-01T00:00:00Z",
    "WARC-Target-URI": "http://www.a.gov.cn/1.html",
    "Content-Type": "application/http; msgtype=response",
}


def found(folder: Path, *records: dict[str, str | None]) -> list[str]:
    """What an archive of these records gives: the address of each page, and what each problem says."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>1</p>"
    packed = b""
    for changes in records:
        said = {name: value for name, value in (HEADERS | changes).items() if value is not None}
        lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        head = f"WARC/1.1\r\n{lines}Content-Length: {len(http)}\r\n\r\n".encode()
        packed += gzip.compress(head + http + b"\r\n\r\n", mtime=0)
    path = folder / "x.warc.gz"
    path.write_bytes(packed)
    return [
        str(taken).removeprefix(f"{path}: ") if isinstance(taken, ImportProblem) else taken.page.url
        for taken in found_in(path, portal=None)
        if isinstance(taken, ImportProblem | Taken)
    ]


def test_a_record_without_a_date_is_left_out_with_its_reason_and_the_others_are_taken(tmp_path: Path) -> None:
    other = "http://www.a.gov.cn/2.html"
    assert found(tmp_path, {"WARC-Date": None}, {"WARC-Target-URI": other}) == [
        "a record of http://www.a.gov.cn/1.html has no date (None) and was left out",
        other,
    ]


def test_a_record_of_no_address_ends_the_file_with_a_problem_and_what_lies_before_is_taken(tmp_path: Path) -> None:
    said, page = found(tmp_path, {}, {"WARC-Target-URI": None})
    assert (page, "cannot be read to its end" in said) == ("http://www.a.gov.cn/1.html", True)


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    (said,) = found(tmp_path, {"WARC-Date": "yesterday"})
    assert "has no date ('yesterday')" in said
