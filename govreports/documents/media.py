"""The media type of a document, judged from its bytes and never from its name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|p|span|meta|title|article|br|ul|h[1-6])\b",
    re.IGNORECASE,
)
_HEAD_BYTES = 65536
_LONGEST_TYPE = 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENTRIES = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_STREAMS = (
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
"""Names in an OLE directory. WPS Office writes .wps and .et in Microsoft's own formats, under the same names."""


def media_type(body: bytes) -> str:
    """The media type of ``body``; ``application/octet-stream`` where no reader could know it."""
    head = body[:_HEAD_BYTES]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    for magic, name in _MAGIC:
        # A PDF may carry a little junk before its header (ISO 32000, annex on Acrobat's behaviour).
        if start.startswith(magic) or (magic == b"%PDF-" and magic in head[:1024]):
            return _inside(body, name)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Two bytes a character: a tag shows only in the text, and what shows in the bytes is none.
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    if _TAG.search(head):
        return "text/html"
    if b"\x00" in head:
        return "application/octet-stream"
    return "text/plain"


def _inside(body: bytes, container: str) -> str:
    """What a container of several formats holds, by the names of its parts."""
    if container == "application/zip":
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                names = set(archive.namelist())
                if "mimetype" in names and archive.getinfo("mimetype").file_size < _LONGEST_TYPE:
                    return archive.read("mimetype").decode("ascii", "replace").strip()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
            return container
        return next((kind for name, kind in _ENTRIES if name in names), container)
    if container == "application/x-ole-storage":
        # A document embedded in another stands behind it in the directory.
        found = [(at, kind) for name, kind in _STREAMS if (at := body.find(_directory_entry(name))) >= 0]
        return min(found)[1] if found else container
    return container


def _directory_entry(name: str) -> bytes:
    """An OLE directory entry begins with its name in UTF-16, ended by a zero."""
    return f"{name}\0".encode("utf-16-le")
