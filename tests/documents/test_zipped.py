"""ZIP archives: the report inside, and the limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from made_documents import REPORTS, misread, page

from govreports.documents import UnreadableDocument, read
from govreports.replica.rendering import report_text

PAGE = page(REPORTS[2023]).encode()
TEXT = report_text(REPORTS[2023], "pipes").encode()


def zipped(entries: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def code_of(body: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(body)
    return caught.value.code


def test_every_cell_of_a_report_in_an_archive_is_right() -> None:
    document = read(zipped({"年度报告.html": PAGE}))
    assert misread(document, REPORTS[2023]) == []
    assert document.issues[0].message == "Read from the archive's entry “年度报告.html”."


def test_the_best_rendition_is_read() -> None:
    assert read(zipped({"a.txt": TEXT, "b.html": PAGE})).media_type == "text/html"


def test_what_cannot_be_read_is_passed_over() -> None:
    assert read(zipped({"x.bin": b"\x00\x01\x02", "b.html": PAGE})).media_type == "text/html"


def test_a_name_that_speaks_of_an_annual_report_goes_first() -> None:
    other = page(REPORTS[2020]).encode()
    assert misread(read(zipped({"附件.html": other, "2023年年报.html": PAGE})), REPORTS[2023]) == []


def test_an_archive_in_an_archive_is_opened() -> None:
    assert misread(read(zipped({"inner.zip": zipped({"b.html": PAGE})})), REPORTS[2023]) == []


def test_archives_nested_deeper_are_left_alone() -> None:
    body = PAGE
    for depth in range(5):
        body = zipped({f"{depth}.zip": body})
    assert code_of(body) == "unsupported"


def test_names_in_gbk_are_read() -> None:
    body = bytearray(zipped({"0000.html": PAGE}))
    for at in (body.find(b"0000.html"), body.rfind(b"0000.html")):
        body[at : at + 4] = "年报".encode("gb18030")
    assert read(bytes(body)).issues[0].message == "Read from the archive's entry “年报.html”."


def test_a_bomb_is_not_unpacked() -> None:
    assert code_of(zipped({"bomb.txt": bytes(20_000_000)})) == "too_large"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    body = bytearray(zipped({"bomb.txt": bytes(20_000_000)}))
    directory = body.rfind(b"PK\x01\x02")
    body[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert code_of(bytes(body)) == "too_large"


def test_an_archive_of_very_many_entries_is_not_opened() -> None:
    assert code_of(zipped({f"{n}.txt": b"" for n in range(3000)})) == "too_large"


def test_an_empty_archive_has_nothing_to_read() -> None:
    assert code_of(zipped({"folder/": b""})) == "empty"


def test_an_encrypted_archive_says_so() -> None:
    body = bytearray(zipped({"b.html": PAGE}))
    body[body.rfind(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(body)) == "encrypted"
