"""Tags with thousands of attributes: told from pages that are merely large, and not read."""

from __future__ import annotations

import pytest

from govreports.documents import UnreadableDocument, read
from govreports.documents.crowded import ATTRIBUTE_LIMIT, has_crowded_tag

MANY = 30_000


def page(tag: str, *, times: int = 1) -> bytes:
    """A page with that tag, as often as asked for."""
    return f"<html><body>{tag * times}{'<p>一</p>' * 10_000}</body></html>".encode()


@pytest.mark.parametrize("attribute", ["a{}", 'a{}="b"', "a{}='>'", "a{}=b"])
def test_a_tag_with_thousands_of_attributes_is_found_however_they_are_written(attribute: str) -> None:
    tag = f"<div {' '.join(attribute.format(number) for number in range(MANY))}>"
    assert has_crowded_tag(page(tag))


def test_as_many_attributes_on_many_tags_are_none() -> None:
    assert not has_crowded_tag(page("<div id=a class=b style=c>", times=MANY))


def test_the_limit_itself_is_allowed() -> None:
    attributes = [f"a{number}" for number in range(ATTRIBUTE_LIMIT)]
    assert not has_crowded_tag(page(f"<div {' '.join(attributes)}>"))
    assert has_crowded_tag(page(f"<div {' '.join((*attributes, 'one_more'))}>"))


def test_a_document_with_such_a_tag_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnreadableDocument, match=r"more than 1,000 attributes: look at it by hand\.") as refused:
        read(page(f"<div {' '.join(f'a{number}' for number in range(MANY))}>"))
    assert refused.value.code == "too_large"
