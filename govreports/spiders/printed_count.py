"""The counts that lists print of themselves: how many items, how many pages, which page this is."""

from __future__ import annotations

import re

_LONGEST = 7
"""Digits: no column has ten million items. Longer runs are no count, and too large for any store besides."""
_COUNT = rf"(?<!\d)(\d{{1,{_LONGEST}}})"
# Nothing in them repeats without end: a search through a million digits would take hours.
_PAGES = re.compile(rf"[共总] ?{_COUNT} ?页|{_COUNT} ?/ ?(?P<last>\d{{1,{_LONGEST}}}) ?页")
_ITEMS = re.compile(rf"(?:共|总计|合计)有? ?{_COUNT} ?[条篇]|页 ?[，,]? ?共? ?{_COUNT} ?条")


def printed_count(*printed: object) -> int | None:
    """The first of several spellings of a count that stands there; None where it is none of a list."""
    stated = next((text for part in printed if part is not None and (text := str(part).strip())), "")
    return int(stated) if stated.isdecimal() and len(stated) <= _LONGEST else None


def count_found(found: re.Match[str] | None) -> int | None:
    """The count that a pattern has found, in whichever of its groups; None where it has found none."""
    return printed_count(*found.groups()) if found is not None else None


def pages_printed(words: str) -> int | None:
    """How many pages a pager says that there are: 共 5 页, 第 2/5 页. ``words`` have their white space collapsed."""
    found = _PAGES.search(words)
    return printed_count(found["last"], found[1]) if found is not None else None


def items_printed(words: str) -> int | None:
    """How many items a pager says that there are: 共 57 条, 总计57篇. ``words`` have their white space collapsed."""
    return count_found(_ITEMS.search(words))
