"""The archive: what was received, as standard WARC files, written before anything is parsed.

One module beside the rooms, because three of them use it and none owns it: the crawl writes it, ``reparse``
and ``doctor`` read it, and the store only keeps where a record lies. warcio writes and reads the format;
what is added here is the order of records, the rolling of files and the promise about crashes.

A capture is three records that follow each other: ``response`` (the index points to its offset),
``request``, and ``metadata`` (JSON: where a list page named the document, and what it said of it), tied by
``WARC-Concurrent-To``. All three go out in one write, so a killed process leaves at most one torn capture,
at the end of its own file; every capture before it stays readable. A process never appends to a file that
another one began.

Each record is a gzip member. ``WARC/1.1``, because that version dates captures to the microsecond.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import os
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

from govreports.items import Page

if sys.platform != "win32":
    import fcntl

ROLL_BYTES: Final = 512 * 1024 * 1024
"""A file is closed once it has grown past this; small enough to copy and to check, large enough to stay
few.
"""

_VERSION: Final = "WARC/1.1"
_CHUNK: Final = 256 * 1024
_LISTING: Final = (
    "portal",
    "request_url",
    "list_url",
    "listed_title",
    "listed_on",
    "listed_year",
    "listed_metadata",
    "report_url",
    "origin",
)


class ArchiveError(Exception):
    """The archive cannot be written or read; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a response record lies: file name inside the archive folder, offset and length in bytes (as
    compressed).

    ``revisit`` is True where only the headers were written because the same bytes are in the archive already.
    """

    file: str
    offset: int
    length: int
    revisit: bool = False


@dataclass(frozen=True, slots=True)
class EarlierCapture:
    """A capture of the same address and bytes that the archive already holds."""

    url: str
    fetched_at: datetime
    """UTC, aware."""
    file: str


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """One response record as received. ``body`` is empty where ``record_type`` is ``revisit``."""

    record_type: str
    record_id: str
    url: str
    fetched_at: datetime
    """UTC, aware."""
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class _ExactHeaders(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """HTTP headers that go out byte for byte; warcio on its own percent-encodes what is not ASCII."""

    def __init__(self, start_line: str, headers: list[tuple[str, str]]) -> None:
        super().__init__("", [])
        lines = [start_line, *(f"{_one_line(name)}: {_one_line(value)}" for name, value in headers)]
        self._block = b"".join(_header_bytes(line) + b"\r\n" for line in lines) + b"\r\n"

    def __bool__(self) -> bool:
        return True

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self._block


class ArchiveWriter:
    """Writes captures into ``folder``, one file at a time, rolled by size. One writer a process; not for
    threads.

    ``name`` is the files' common stem and comes from the program (time and a random suffix), never from the
    web; ``software`` is written into each file's first record. The first file is created with the first
    capture.
    """

    def __init__(self, folder: Path, *, name: str, software: str, roll_bytes: int = ROLL_BYTES) -> None:
        if not name or not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in name):
            raise ValueError(f"an archive name holds letters, digits, - and _ only, not {name!r}")
        self._folder = folder
        self._name = name
        self._software = software
        self._roll_bytes = roll_bytes
        self._serial = 0
        self._out: io.FileIO | None = None
        self._path = folder

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, page: Page, *, earlier: EarlierCapture | None = None) -> Capture:
        """Write one page as received and return where it lies.

        ``earlier`` makes it a revisit record (headers only), and is heeded only while its file is still
        there. Raises ArchiveError when the folder or the disk does not take it; the file then ends before
        this capture.
        """
        if earlier is not None and not (self._folder / Path(earlier.file).name).is_file():
            earlier = None
        records = _capture_records(page, earlier)
        try:
            if self._out is not None and self._out.tell() >= self._roll_bytes:
                self.close()
            out = self._out or self._open_next()
            offset = out.tell()
            self._put(out, b"".join(records))
        except OSError as error:
            raise ArchiveError(
                f"cannot write to the archive {self._path}: {error.strerror or error}; "
                "make room or give the folder write permission, then start again"
            ) from error
        return Capture(self._path.name, offset, len(records[0]), revisit=earlier is not None)

    def close(self) -> None:
        """Close the file at hand, with its bytes on the disk; the writer may go on with a new file."""
        if self._out is not None:
            os.fsync(self._out.fileno())
            self._out.close()
            self._out = None

    def _open_next(self) -> io.FileIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._serial += 1
        self._path = self._folder / f"{self._name}-{self._serial:05}.warc.gz"
        # "x": a file that is there already belongs to somebody else.
        self._out = io.FileIO(self._path, "x")
        _say_being_written(self._out)
        self._put(self._out, _warcinfo(self._path.name, self._software))
        return self._out

    def _put(self, out: io.FileIO, data: bytes) -> None:
        start = out.tell()
        view = memoryview(data)
        try:
            while view:
                view = view[out.write(view) or 0 :]
        except OSError:
            # A full disk takes part of the bytes: give them back, so that the file ends with a whole capture.
            out.truncate(start)
            out.seek(start)
            raise


def _say_being_written(file: io.FileIO) -> None:
    """Hold a lock that goes with the process, however it ends. It keeps nobody out; ``doctor`` asks for it."""
    if sys.platform != "win32":
        # Some network file systems have no locks: then nobody can be told.
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def read_record(path: Path, offset: int) -> ArchivedResponse:
    """The response (or revisit) record at ``offset``: status, headers and body as received.

    Raises ArchiveError where no whole record begins there.
    """
    for _, record, content in _records(path, offset):
        if record.rec_type not in ("response", "revisit"):
            raise ArchiveError(f"{path} has a {record.rec_type} record at byte {offset}, not a response")
        return _response(record, content, path)
    raise ArchiveError(f"{path} has no complete record at byte {offset}")


def read_page(path: Path, offset: int) -> Page:
    """The whole capture at ``offset`` as the spider yielded it. Raises ArchiveError where it is not
    complete.
    """
    for capture, page, _ in _captures(path, offset):
        if capture.offset == offset:
            return page
        break
    raise ArchiveError(f"{path} has no complete capture at byte {offset}")


def read_known(path: Path, offset: int, *, sha256: str) -> Page:
    """The capture at ``offset`` with the bytes that the store knows. Raises ArchiveError where it holds others."""
    if not path.is_file():
        raise ArchiveError(f"the archive file {path.name} is not there")
    page = read_page(path, offset)
    if hashlib.sha256(page.body).hexdigest() != sha256:
        raise ArchiveError(f"{path.name} holds other bytes at {offset} than the store says; run 'govreports doctor'")
    return page


def iter_pages(path: Path) -> Iterator[tuple[Capture, Page]]:
    """Every complete capture of a file, in the order of writing; a torn one at the end is left out.

    The body is empty where ``Capture.revisit`` is set. Memory stays at one capture.
    """
    for capture, page, _ in iter_captures(path):
        yield capture, page


def iter_captures(path: Path) -> Iterator[tuple[Capture, Page, int]]:
    """As ``iter_pages``, with the number of bytes up to the end of each capture."""
    yield from _captures(path, 0)


def bytes_before_captures(path: Path) -> int:
    """How many bytes a file's own description takes; 0 where even that is torn."""
    return next((offset + length for (offset, length), record, _ in _records(path, 0)), 0)


def cut_torn_end(path: Path, whole: int) -> Path:
    """Cut a file after ``whole`` bytes; what is cut off stays, in the file that is returned. Raises ArchiveError."""
    torn = path.parent / "torn" / f"{path.name}.{whole}"
    try:
        torn.parent.mkdir(exist_ok=True)
        with path.open("r+b") as file:
            file.seek(whole)
            torn.write_bytes(file.read())
            file.truncate(whole)
    except OSError as error:
        raise ArchiveError(f"cannot mend {path}: {error.strerror or error}; nothing was cut off") from error
    return torn


def is_being_written(path: Path) -> bool:
    """Whether a process has the file open for writing. Where the system cannot tell, False."""
    if sys.platform == "win32":
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _captures(path: Path, start: int) -> Iterator[tuple[Capture, Page, int]]:
    response: ArchivedResponse | None = None
    capture = Capture("", 0, 0)
    request_headers: list[tuple[str, str]] = []
    for (offset, length), record, content in _records(path, start):
        if record.rec_type in ("response", "revisit"):
            response = _response(record, content, path)
            capture = Capture(path.name, offset, length, revisit=record.rec_type == "revisit")
            request_headers = []
        elif response is None or record.rec_headers.get_header("WARC-Concurrent-To") != response.record_id:
            continue
        elif record.rec_type == "request":
            request_headers = _parse_http(content)[1]
        elif record.rec_type == "metadata":
            listing = _listing(content, path)
            yield (
                capture,
                Page(
                    url=response.url,
                    status=response.status,
                    headers=response.headers,
                    body=response.body,
                    fetched_at=response.fetched_at,
                    request_headers=request_headers,
                    **{name: listing[name] for name in _LISTING if name in listing},
                ),
                offset + length,
            )
            response = None


def _listing(content: bytes, path: Path) -> dict[str, Any]:
    try:
        listing = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"{path} holds a listing that is no JSON: {error}") from error
    if not isinstance(listing, dict) or not {"portal", "request_url"} <= listing.keys():
        raise ArchiveError(f"{path} holds a listing that is no object with a portal and an address")
    return listing


def _records(path: Path, start: int) -> Iterator[tuple[tuple[int, int], ArcWarcRecord, bytes]]:
    """((offset, length), record, block) of each complete record from ``start`` on; stops at a torn tail."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"cannot read the archive file {path}: {error.strerror or error}") from error
    with stream:
        for offset, length, data in _members(stream, start, path):
            try:
                record = next(iter(ArchiveIterator(io.BytesIO(data), no_record_parse=True)))
            except (ArchiveLoadFailed, StopIteration) as error:
                raise ArchiveError(f"{path} holds no WARC record at byte {offset}") from error
            yield (offset, length), record, record.raw_stream.read()


def _members(stream: BinaryIO, start: int, path: Path) -> Iterator[tuple[int, int, bytes]]:
    """(offset, compressed length, content) of each whole gzip member from ``start`` on.

    warcio's own iterator cannot tell a member that was cut off from one that is whole, nor damage in the
    middle from the end; zlib can: the checksum at a member's end is either there and right, or it is not.
    """
    stream.seek(start)
    offset, rest = start, b""
    while rest or (rest := stream.read(_CHUNK)):
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        parts: list[bytes] = []
        taken = 0
        try:
            while not unpacking.eof:
                if not rest and not (rest := stream.read(_CHUNK)):
                    return
                parts.append(unpacking.decompress(rest))
                taken += len(rest) - len(unpacking.unused_data)
                rest = unpacking.unused_data
        except zlib.error as error:
            raise ArchiveError(f"{path} is damaged at byte {offset}: {error}") from error
        yield offset, taken, b"".join(parts)
        offset += taken


def _capture_records(page: Page, earlier: EarlierCapture | None) -> list[bytes]:
    """The three records of a capture, each as one gzip member."""
    date = _warc_date(page.fetched_at)
    url = _one_line(page.url)
    writer = BufferWARCWriter(gzip=True, warc_version=_VERSION)
    answer = _ExactHeaders(f"HTTP/1.1 {page.status} {_phrase(page.status)}", page.headers)
    if earlier is None:
        response = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            http_headers=answer,
            warc_headers_dict={"WARC-Date": date},
        )
    else:
        response = writer.create_revisit_record(
            url,
            _payload_digest(page.body),
            _one_line(earlier.url),
            _warc_date(earlier.fetched_at),
            http_headers=answer,
            warc_headers_dict={"WARC-Date": date},
        )
    concurrent = {
        "WARC-Date": date,
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
    }
    request = writer.create_warc_record(
        url,
        "request",
        http_headers=_ExactHeaders(_request_line(url), page.request_headers),
        warc_headers_dict=dict(concurrent),
    )
    listing = json.dumps({name: getattr(page, name) for name in _LISTING}).encode()
    metadata = writer.create_warc_record(
        url,
        "metadata",
        payload=io.BytesIO(listing),
        length=len(listing),
        warc_content_type="application/json",
        warc_headers_dict=dict(concurrent),
    )
    return [_member(record) for record in (response, request, metadata)]


def _warcinfo(file_name: str, software: str) -> bytes:
    writer = BufferWARCWriter(gzip=True, warc_version=_VERSION)
    info = {"software": software, "format": "WARC File Format 1.1"}
    return _member(writer.create_warcinfo_record(file_name, info))


def _member(record: ArcWarcRecord) -> bytes:
    writer = BufferWARCWriter(gzip=True, warc_version=_VERSION)
    writer.write_record(record)
    data: bytes = writer.get_contents()
    return data


def _response(record: ArcWarcRecord, content: bytes, path: Path) -> ArchivedResponse:
    start_line, headers, body = _parse_http(content)
    try:
        status = int(start_line.split(" ", 2)[1])
        fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    except (IndexError, ValueError, TypeError) as error:
        raise ArchiveError(f"{path} holds a response record that is no HTTP answer: {start_line!r}") from error
    if not (url := record.rec_headers.get_header("WARC-Target-URI")):
        raise ArchiveError(f"{path} holds a response record without an address")
    return ArchivedResponse(
        record_type=record.rec_type,
        record_id=record.rec_headers.get_header("WARC-Record-ID"),
        url=url,
        fetched_at=fetched_at.astimezone(UTC),
        status=status,
        headers=headers,
        body=body,
    )


def _parse_http(block: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """Start line, headers and body of an HTTP message; header bytes read as Latin-1, which loses none."""
    head, _, body = block.partition(b"\r\n\r\n")
    start_line, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.partition(": ") for line in lines]
    return start_line, [(name, value) for name, _, value in pairs], body


def _header_bytes(line: str) -> bytes:
    """Latin-1 gives back the bytes of a header that was read as Latin-1; other text is written as UTF-8."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")


def _one_line(text: str) -> str:
    """``text`` without the line breaks that would begin a header of its own."""
    return text.replace("\r", " ").replace("\n", " ").encode("utf-8", "replace").decode("utf-8")


def _request_line(url: str) -> str:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"GET {target} HTTP/1.1"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _payload_digest(body: bytes) -> str:
    """SHA-1 in base 32, the form that WARC tools compare (no protection is meant by it)."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
