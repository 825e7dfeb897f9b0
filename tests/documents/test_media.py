"""The media type, judged from bytes."""

from __future__ import annotations

import pytest

from govreports import documents
from govreports.documents.media import media_type


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n junk %PDF-1.4\n", "application/pdf"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"Rar!\x1a\x07\x00", "application/vnd.rar"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"\xef\xbb\xbf  <HTML>", "text/html"),
        ("正文 <table><tr><td>1".encode(), "text/html"),
        ("云台镇2023年".encode(), "text/plain"),
        ("云台镇2023年".encode("gb18030"), "text/plain"),
        (b"\xff\xfe" + "云".encode("utf-16-le"), "text/plain"),
        (b"\xff\xfe" + "<p>云</p>".encode("utf-16-le"), "text/html"),
        (b"\xff\xfe" + "瀼 是文字".encode("utf-16-le"), "text/plain"),  # its bytes begin with "<p "
        (b"a < b and c > d", "text/plain"),
        (b"\x01\x02\x00\x03", "application/octet-stream"),
        (b"PK\x03\x04broken", "application/zip"),
    ],
)
def test_the_type_is_seen_in_the_bytes(body: bytes, kind: str) -> None:
    assert media_type(body) == kind


@pytest.mark.parametrize("body", [b"", b"  \r\n\t "])
def test_an_empty_document_is_refused(body: bytes) -> None:
    with pytest.raises(documents.UnreadableDocument) as caught:
        documents.read(body)
    assert caught.value.code == "empty"


def test_bytes_that_no_reader_knows_are_refused() -> None:
    with pytest.raises(documents.UnreadableDocument) as caught:
        documents.read(b"\x01\x02\x00\x03")
    assert caught.value.code == "unsupported"
