"""The counts that lists print of themselves: how many items, how many pages, which page this is."""

from __future__ import annotations

import re

_LONGEST = 7
"""Digits: no column has ten million items. Longer runs are no count, and too large for any store besides."""


def printed_count(*printed: object) -> int | None:
    """The first of several spellings of a count that stands there; None where it is none of a list."""
    stated = next((text for part in printed if part is not None and (text := str(part).strip())), "")
    return int(stated) if stated.isdecimal() and len(stated) <= _LONGEST else None


def count_found(found: re.Match[str] | None) -> int | None:
    """The count that a pattern has found, in whichever of its groups; None where it has found none."""
    return printed_count(*found.groups()) if found is not None else None
