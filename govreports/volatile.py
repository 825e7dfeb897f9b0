"""Whether two copies of a page differ only in what changes with every visit: counters, stamps, tokens.

One module beside the rooms: the archive asks it before it keeps a second copy.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from govreports.documents.charset import decode
from govreports.documents.media import media_type

_TEXT: Final = ("text/html", "text/plain")
_MOST_APART: Final = 4096
"""Bytes by which two copies may differ in length: more is no counter."""


def same_but_for_visits(one: bytes, other: bytes, *, content_type: str | None = None) -> bool:
    """True where nothing but volatile parts differs. Only pages have such parts: other files must be equal."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > _MOST_APART or media_type(one) not in _TEXT or media_type(other) not in _TEXT:
        return False
    return _lasting(one, content_type) == _lasting(other, content_type)


def _lasting(body: bytes, content_type: str | None) -> str:
    """A page's text without its volatile parts."""
    return _volatile().sub("", decode(body, content_type=content_type).text)


@cache
def _volatile() -> re.Pattern[str]:
    with files("govreports").joinpath("volatile.toml").open("rb") as source:
        patterns = [row["pattern"] for row in tomllib.load(source)["volatile"]]
    # A flag may stand only at the beginning of a whole pattern: each gets its own group instead.
    parts = [
        f"(?i:{pattern.removeprefix('(?i)')})" if pattern.startswith("(?i)") else f"(?:{pattern})"
        for pattern in patterns
    ]
    return re.compile("|".join(parts), re.DOTALL)
