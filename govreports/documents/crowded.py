"""Pages whose tree would take hours or gigabytes to make, told by reading their tags once without making it.

For each attribute of a tag libxml2 looks at all that the tag has already; a short element takes sixty times its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

ATTRIBUTE_LIMIT: Final = 1_000
"""Attributes of one tag: real ones have some dozens, and a thousand take a thousandth of a second."""

TAG_LIMIT: Final = 500_000
"""Tags of a page, and half of the attributes of all: a page of 5 million bytes, written by Word, has 150,000."""

_CHECKED_FROM: Final = 100_000
"""Bytes: what has fewer takes half a second at most, whatever it holds."""


class _Crowded(Exception):
    """Says what there is too much of."""


class _Tags:
    """Sees the tags as they are read."""

    def __init__(self) -> None:
        self._tags = self._attributes = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self._tags += 1
        self._attributes += len(attributes)
        if len(attributes) > ATTRIBUTE_LIMIT:
            raise _Crowded(f"a tag with more than {ATTRIBUTE_LIMIT:,} attributes")
        if self._tags > TAG_LIMIT:
            raise _Crowded(f"more than {TAG_LIMIT:,} tags")
        if self._attributes > 2 * TAG_LIMIT:
            raise _Crowded(f"more than {2 * TAG_LIMIT:,} attributes")

    def close(self) -> None:
        """Nothing was gathered."""


def crowding(source: bytes) -> str | None:
    """What a page, in UTF-8, has too much of to be read, as in "it has …"; None for nearly all."""
    if len(source) < _CHECKED_FROM:
        return None
    try:
        # The stubs ask for methods that lxml does without, and each would be called for nothing.
        etree.fromstring(source, etree.HTMLParser(encoding="utf-8", target=_Tags()))  # type: ignore[arg-type]
    except _Crowded as crowded:
        return str(crowded)
    return None
