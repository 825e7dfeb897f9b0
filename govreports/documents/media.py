"""The media type of a document, judged from its bytes and never from its name."""

from __future__ import annotations

import re

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


def media_type(body: bytes) -> str:
    """The media type of ``body``; ``application/octet-stream`` where no reader could know it."""
    head = body[:_HEAD_BYTES]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    for magic, name in _MAGIC:
        # A PDF may carry a little junk before its header (ISO 32000, annex on Acrobat's behaviour).
        if start.startswith(magic) or (magic == b"%PDF-" and magic in head[:1024]):
            return name
    if _TAG.search(head):
        return "text/html"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if b"\x00" in head:
        return "application/octet-stream"
    return "text/plain"
