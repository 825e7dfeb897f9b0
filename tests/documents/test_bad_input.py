"""Broken, locked, mislabelled and oversized input: one clear refusal, never another exception."""

from __future__ import annotations

import io
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import REPORTS, converted, needs_libreoffice, page
from PIL import Image
from test_docx import written
from test_pdf import drawn, text_at

from govreports.documents import UnreadableDocument, read

PDF = drawn(text_at(60, 700, "a page of text"))
DOCX = written(REPORTS[2023])


def code_of(body: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(body)
    assert caught.value.message.endswith(".")
    return caught.value.code


@pytest.mark.parametrize("body", [b"", b" \r\n\t"], ids=["zero bytes", "white space"])
def test_nothing_is_empty(body: bytes) -> None:
    assert code_of(body) == "empty"


def test_an_error_page_named_pdf_is_read_as_the_page_that_it_is() -> None:
    document = read(b"<html><body><h1>404</h1><p>not found</p></body></html>", content_type="application/pdf")
    assert document.media_type == "text/html"


@pytest.mark.parametrize("body", [b"\x00\x01\x02\x03", b"Rar!\x1a\x07\x00"], ids=["bytes", "rar"])
def test_what_no_reader_knows_is_unsupported(body: bytes) -> None:
    assert code_of(body) == "unsupported"


def outcomes(body: bytes) -> set[str]:
    """The code of the refusal, or the codes of the issues."""
    try:
        return {issue.code for issue in read(body).issues}
    except UnreadableDocument as error:
        return {error.code}


@pytest.mark.parametrize("share", [0.02, 0.4, 0.9])
@pytest.mark.parametrize("body", [PDF, DOCX], ids=["pdf", "docx"])
def test_a_truncated_document_is_refused_or_says_that_it_is_cut(body: bytes, share: float) -> None:
    assert outcomes(body[: int(len(body) * share)]) & {"damaged", "document_cut"}


def test_a_pdf_without_pages_is_damaged() -> None:
    assert code_of(b"%PDF-1.4\n" + b"garbage " * 50) == "damaged"


@pytest.mark.slow
@needs_libreoffice
def test_an_encrypted_pdf_says_so(made: Path) -> None:
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    body = converted(page(REPORTS[2023]), made, "locked.pdf", to=f"pdf:writer_pdf_Export:{options}")
    assert code_of(body) == "encrypted"


def test_an_encrypted_office_document_says_so() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage\0".encode("utf-16-le") + bytes(600)
    assert code_of(body) == "encrypted"


def test_a_stream_that_inflates_without_end_is_not_inflated() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    body = PDF.replace(b"endstream", b"endstream " + b"stream\n" + bomb + b"\nendstream", 1)
    assert code_of(body) == "too_large"


def test_a_picture_of_200_megapixels_is_not_unpacked() -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 10_000), 1).save(stream, "PNG")
    assert code_of(stream.getvalue()) == "too_large"


def test_a_truncated_picture_is_damaged() -> None:
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 50).save(stream, "PNG")
    assert code_of(stream.getvalue()[:2000]) == "damaged"


@pytest.mark.parametrize(
    ("module", "library", "body", "code"),
    [
        ("pdf", "pdfplumber", PDF, "needs:documents"),
        ("docx", "docx", DOCX, "needs:documents"),
        ("ocr", "rapidocr", b"\x89PNG\r\n\x1a\n", "needs:ocr"),
    ],
)
def test_without_the_extra_the_refusal_names_it(
    monkeypatch: pytest.MonkeyPatch, module: str, library: str, body: bytes, code: str
) -> None:
    monkeypatch.delitem(sys.modules, f"govreports.documents.{module}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    assert code_of(body) == code


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=st.sampled_from([PDF, DOCX, b"{\\rtf1\\ansi \\trowd\\cellx100\\intbl 1\\cell\\row\\pard x\\par}"]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=4),
)
def test_damage_anywhere_is_read_or_refused(body: bytes, cuts: list[tuple[float, bytes]]) -> None:
    for share, change in cuts:
        at = int(share * len(body))
        body = body[:at] + change + body[at + 3 :]
    assert isinstance(outcomes(body), set)
