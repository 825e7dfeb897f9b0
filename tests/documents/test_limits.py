"""What goes beyond the limits of a document is refused in one sentence, or left out and said."""

from __future__ import annotations

import pytest

from govreports.documents import PLACE_LIMIT, TABLE_LIMIT, TEXT_LIMIT, UnreadableDocument, read

TABLE = "<table><tr><td>规章</td><td>3</td></tr></table>"
WIDE = f"<table><tr>{'<td colspan=1000>3</td>' * 90}</tr></table>"
PLACES = 90_000


def test_a_document_of_very_many_tables_is_read_up_to_the_limit() -> None:
    document = read(f"<html><p>开头</p>{TABLE * (TABLE_LIMIT + 5)}</html>".encode())
    assert len(list(document.grids())) == TABLE_LIMIT
    (issue,) = document.issues
    assert (issue.code, issue.severity) == ("document_cut", "error")
    assert f"what begins with table {TABLE_LIMIT + 1} was left out" in issue.message


def test_tables_that_span_very_many_places_are_read_up_to_the_limit() -> None:
    document = read(f"<html>{WIDE * 20}</html>".encode())
    assert len(list(document.grids())) == PLACE_LIMIT // PLACES
    assert [issue.code for issue in document.issues] == ["document_cut"]


@pytest.mark.parametrize("start", [b"<html>", b"", b"{\\rtf1 "], ids=["page", "text", "rtf"])
def test_text_that_is_too_long_is_not_read(start: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(start + b"x" * (TEXT_LIMIT + 1))
    assert caught.value.code == "too_large"
