"""ZIP: the report inside an archive, and the limits that every format kept in one (DOCX, XLSX) obeys.

Nothing is ever unpacked to disk, so that names inside an archive mean nothing to the file system.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from govreports.documents.media import media_type
from govreports.documents.model import Document, UnreadableDocument
from govreports.issues import Issue

ENTRY_LIMIT = 2000
"""Entries of one archive: a Word document with a picture on each page has about 100."""

SIZE_LIMIT = 256_000_000
"""Bytes of all entries together, unpacked: ten times the largest scanned report seen."""

RATIO_LIMIT = 250
"""Unpacked to packed size of an entry above 1 MB: text packs 20 to 1, the XML of an empty sheet 150 to 1."""

TRIED_ENTRIES = 20
"""Documents of one archive that are looked at: bodies pack a report with its annexes, not a library."""

_ALWAYS_ALLOWED = 1_000_000
_CHUNK = 1 << 20
_PREFERENCE = (
    "text/html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/msword",
    "application/rtf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/pdf",
    "text/plain",
    "application/zip",
)
"""The best rendition first; pictures and what else there is come last."""


def checked_archive(body: bytes) -> zipfile.ZipFile:
    """Open an archive that is safe to read whole.

    Raises UnreadableDocument (``damaged``, ``encrypted``, ``too_large``).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        message = "The archive is cut short or broken: fetch it again."
        raise UnreadableDocument("damaged", message) from error
    entries = archive.infolist()
    if len(entries) > ENTRY_LIMIT:
        message = f"The archive has {len(entries)} entries, more than {ENTRY_LIMIT}: it was not opened."
        raise UnreadableDocument("too_large", message)
    if any(entry.flag_bits & 0x1 for entry in entries):
        message = "The archive is encrypted and opens only with a password: ask its publisher for an open one."
        raise UnreadableDocument("encrypted", message)
    left = SIZE_LIMIT
    for entry in entries:
        size = _unpacked_size(archive, entry, body, limit=left)
        left -= size
        if left < 0 or (size > _ALWAYS_ALLOWED and size > RATIO_LIMIT * max(entry.compress_size, 1)):
            message = "The archive unpacks to far more than any report holds: it was not opened."
            raise UnreadableDocument("too_large", message)
    return archive


def _unpacked_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, body: bytes, *, limit: int) -> int:
    """The size that unpacking really gives: what the archive says of it may be a lie."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return max(entry.file_size, entry.compress_size)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return entry.file_size
    start = entry.header_offset + 30
    header = body[entry.header_offset : start]
    if len(header) < 30:
        return entry.file_size
    start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data, size = body[start : start + entry.compress_size], 0
    try:
        while data and size <= limit and not inflater.eof:
            size += len(inflater.decompress(data, _CHUNK))
            data = inflater.unconsumed_tail
    except zlib.error:
        return max(size, entry.file_size)
    return size


def read(body: bytes, *, open_entry: Callable[[bytes], Document]) -> Document:
    """Read the report inside an archive: the best rendition that holds a table, else the best one that can be read.

    ``open_entry`` reads one entry's bytes. Raises UnreadableDocument: the entries' own when none can be read.
    """
    best: tuple[str, Document] | None = None
    failures: list[UnreadableDocument] = []
    with checked_archive(body) as archive:
        for name, content in islice(_candidates(archive), TRIED_ENTRIES):
            try:
                document = open_entry(content)
            except UnreadableDocument as error:
                failures.append(error)
                continue
            tables = next(document.grids(), None) is not None
            if best is None or tables:
                best = name, document
            if tables:
                break
    if best is not None:
        name, document = best
        issue = Issue("read_from_archive", "info", f"Read from the archive's entry “{name}”.")
        return replace(document, issues=(issue, *document.issues))
    if failures:
        # What an extra could read is worth more to know than what nothing can.
        raise next((error for error in failures if error.code.startswith("needs:")), failures[0])
    raise UnreadableDocument("empty", "The archive holds no document: fetch it again or drop it.")


def _candidates(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    found: list[tuple[int, str, bytes]] = []
    for entry in archive.infolist():
        name = _name(entry)
        # ``is_dir`` fails on a name of no letters.
        if name.endswith("/") or name.startswith("__MACOSX/") or not entry.file_size:
            continue
        try:
            content = archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            # One broken entry says nothing of the others.
            continue
        kind = media_type(content)
        rank = _PREFERENCE.index(kind) if kind in _PREFERENCE else len(_PREFERENCE)
        found.append((rank + (0 if "年" in name and "报" in name else len(_PREFERENCE)), name, content))
    # A name that speaks of an annual report goes before the format; of two of a kind the longer one has the tables.
    found.sort(key=lambda candidate: (candidate[0], -len(candidate[2]), candidate[1]))
    yield from ((name, content) for _, name, content in found)


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; Chinese archives without the UTF-8 flag use GBK, which zipfile takes for code page 437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
