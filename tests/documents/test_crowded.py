"""Pages with thousands of attributes in a tag, or a million tags: told from merely large ones, and not read."""

from __future__ import annotations

import pytest

from govreports.documents import UnreadableDocument, read
from govreports.documents.crowded import ATTRIBUTE_LIMIT, TAG_LIMIT, crowding

MANY = 30_000


def page(tag: str, *, times: int = 1) -> bytes:
    """A page with that tag, as often as asked for."""
    return f"<html><body>{tag * times}{'<p>一</p>' * 10_000}</body></html>".encode()


@pytest.mark.parametrize("attribute", ["a{}", 'a{}="b"', "a{}='>'", "a{}=b"])
def test_a_tag_with_thousands_of_attributes_is_found_however_they_are_written(attribute: str) -> None:
    tag = f"<div {' '.join(attribute.format(number) for number in range(MANY))}>"
    assert crowding(page(tag)) == "a tag with more than 1,000 attributes"


def test_as_many_attributes_on_many_tags_are_none() -> None:
    assert crowding(page("<div id=a class=b style=c>", times=MANY)) is None


def test_the_limit_itself_is_allowed() -> None:
    attributes = [f"a{number}" for number in range(ATTRIBUTE_LIMIT)]
    assert crowding(page(f"<div {' '.join(attributes)}>")) is None
    assert crowding(page(f"<div {' '.join((*attributes, 'one_more'))}>")) is not None


def test_a_page_of_very_many_tags_is_found() -> None:
    assert crowding(page("<br>", times=TAG_LIMIT)) == "more than 500,000 tags"


def test_a_page_of_very_many_attributes_is_found() -> None:
    attributes = " ".join(f"a{number}" for number in range(ATTRIBUTE_LIMIT))
    assert crowding(page(f"<br {attributes}>", times=1_100)) == "more than 1,000,000 attributes"


def test_a_document_with_such_a_tag_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnreadableDocument, match=r"^The page has a tag with .*: look at it by hand\.$") as refused:
        read(page(f"<div {' '.join(f'a{number}' for number in range(MANY))}>"))
    assert refused.value.code == "too_large"
