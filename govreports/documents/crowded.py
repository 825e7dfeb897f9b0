"""Tags with so many attributes that making a tree of them takes for ever: libxml2 looks at all for each new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

ATTRIBUTE_LIMIT: Final = 1_000
"""Attributes of one tag: real ones have some dozens, and a thousand take a thousandth of a second."""

_CHECKED_FROM: Final = 100_000
"""Bytes: what has fewer takes half a second at most, whatever it holds."""


class _Crowded(Exception):
    """One was found."""


class _Tags:
    """Sees the tags as they are read; no tree is made."""

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        if len(attributes) > ATTRIBUTE_LIMIT:
            raise _Crowded

    def close(self) -> None:
        """Nothing was gathered."""


def has_crowded_tag(source: bytes) -> bool:
    """Whether a page, in UTF-8, has a tag with more attributes than are read."""
    if len(source) < _CHECKED_FROM:
        return False
    try:
        # The stubs ask for methods that lxml does without, and each would be called for nothing.
        etree.fromstring(source, etree.HTMLParser(encoding="utf-8", target=_Tags()))  # type: ignore[arg-type]
    except _Crowded:
        return True
    return False
