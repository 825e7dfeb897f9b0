"""Which encoding a document is in."""

from __future__ import annotations

import codecs

import pytest

from govreports import documents
from govreports.documents.charset import declared_encoding, decode

TEXT = "云台镇2023年政府信息公开工作年度报告，镕基、㑇乡"
"""With characters that GB2312 and GBK do not have, as pages declared so contain them."""

PAGE = '<html><head><meta charset="{}"></head><body><p>' + TEXT + "</p></body></html>"


def encoding_of(body: bytes, content_type: str | None = None) -> tuple[str, bool]:
    decoded = decode(body, content_type=content_type)
    assert decoded.lossy or TEXT in decoded.text
    return decoded.encoding, decoded.lossy


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", "no-such-charset", "utf-16"])
def test_chinese_bytes_are_read_whatever_is_declared(declared: str) -> None:
    page = PAGE.format(declared)
    assert encoding_of(page.encode("gb18030")) == ("gb18030", False)
    assert encoding_of(page.encode("utf-8")) == ("utf-8", False)


def test_bytes_without_any_declaration_are_read() -> None:
    assert encoding_of(TEXT.encode("gb18030")) == ("gb18030", False)
    assert encoding_of(TEXT.encode("utf-8")) == ("utf-8", False)


def test_the_header_counts_before_the_meta_tag() -> None:
    body = PAGE.format("gbk").encode("big5", "replace")
    assert decode(body, content_type='text/html; charset="big5"').encoding == "big5"
    assert declared_encoding(body, "text/html; charset=Big5") == "big5"
    assert declared_encoding(body, "text/html") == "gb18030"
    assert declared_encoding(b"<p>", None) is None


def test_latin_bytes_are_read_as_declared() -> None:
    decoded = decode("déjà".encode("latin-1") + b"\x81\x20", content_type="text/html; charset=iso-8859-1")
    assert decoded.text.startswith("déjà")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + TEXT.encode(encoding), content_type="text/plain; charset=gbk")
    assert (decoded.text, decoded.encoding, decoded.lossy) == (TEXT, encoding, False)


def test_broken_bytes_are_lossy_in_the_encoding_that_fits_best() -> None:
    broken = TEXT.encode("utf-8") + b"\xff\xfe\xfd"
    assert encoding_of(broken) == ("utf-8", True)
    assert encoding_of(TEXT.encode("gb18030") + b"\xff" + TEXT.encode("gb18030")) == ("gb18030", True)
    assert decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x00").lossy


def test_lost_characters_and_wrong_declarations_are_issues() -> None:
    lossy = documents.read(PAGE.format("utf-8").encode("utf-8").replace(b"</p>", b"\xff</p>"))
    assert [issue.code for issue in lossy.issues] == ["text_lossy"]
    mismatch = documents.read(PAGE.format("gbk").encode("utf-8"))
    assert [(issue.code, issue.severity) for issue in mismatch.issues] == [("charset_mismatch", "info")]
    assert mismatch.encoding == "utf-8"
    assert documents.read(PAGE.format("gb2312").encode("gb18030")).issues == ()


def test_a_replacement_character_in_the_source_is_lossy() -> None:
    document = documents.read(f"<p>{TEXT}�</p>".encode())
    assert [issue.code for issue in document.issues] == ["text_lossy"]
