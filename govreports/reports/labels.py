"""What a printed label may mean: a row, a column or a heading of one of the statutory tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from govreports.reports.forms import STATUTORY, Heading, Label, load_forms
from govreports.reports.model import TableCode
from govreports.reports.text import folded, label_key

Role = Literal["row", "column", "heading"]
How = Literal["exact", "keyword", "prefix", "close"]

_LONGEST_LABEL = 90
"""Characters of a label with filling hints; longer text is prose."""

_SHORTEST_PREFIX = 2
_SHORTEST_CLOSE = 5
CLOSE_RATIO = 0.75
CLOSE_MARGIN = 0.1
"""A misprinted label must resemble its form label this much, and any other label clearly less."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One possible meaning of a label. ``code`` is a row or column code, for a heading its group (or "")."""

    table: TableCode
    role: Role
    code: str
    how: How
    editions: frozenset[str]
    signature: bool
    within: str | None = None
    alias: bool = False
    """True for another spelling than the form's own."""


@dataclass(frozen=True, slots=True)
class _Entry:
    table: TableCode
    role: Role
    code: str
    names: Label
    within: str | None

    def reading(self, how: How, *, alias: bool = False) -> Reading:
        names = self.names
        return Reading(self.table, self.role, self.code, how, names.editions, names.signature, self.within, alias)


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[str, tuple[_Entry, ...]]
    keywords: tuple[tuple[str, _Entry], ...]
    patterns: tuple[tuple[Heading, TableCode], ...]


@lru_cache(maxsize=1)
def _index() -> _Index:
    entries: list[_Entry] = []
    patterns: list[tuple[Heading, TableCode]] = []
    for table in STATUTORY:
        definition = load_forms()[table]
        seen: set[tuple[str, str, str]] = set()
        for heading in definition.headings:
            if heading.pattern is not None:
                patterns.append((heading, table))
            else:
                entries.append(_Entry(table, "heading", heading.group or "", heading.names, None))
        for _, column in definition.columns:
            entries.append(_Entry(table, "column", column.code, column.names, None))
        for _, row in definition.rows:
            if (row.code, row.label, "row") not in seen:
                seen.add((row.code, row.label, "row"))
                entries.append(_Entry(table, "row", row.code, row.names, row.within))
    exact: dict[str, list[_Entry]] = {}
    for entry in entries:
        for key in dict.fromkeys(label_key(text) for text in (entry.names.label, *entry.names.aliases)):
            exact.setdefault(key, []).append(entry)
    keywords = tuple((keyword, entry) for entry in entries for keyword in entry.names.keywords)
    return _Index({key: tuple(found) for key, found in exact.items()}, keywords, tuple(patterns))


@lru_cache(maxsize=65536)
def readings(text: str) -> tuple[Reading, ...]:
    """Every meaning of a printed label, surest kind of match first; empty when it is none of the forms' labels."""
    plain = folded(text)
    if not plain or len(plain) > _LONGEST_LABEL:
        return ()
    for heading, table in _index().patterns:
        if heading.pattern is not None and heading.pattern.match(plain):
            return (Reading(table, "heading", heading.group or "", "exact", heading.names.editions, False),)
    key = label_key(text)
    exact = _index().exact.get(key)
    if exact is not None:
        return tuple(entry.reading("exact", alias=key != label_key(entry.names.label)) for entry in exact)
    return _by_keyword(key) or _by_prefix(key) or _by_likeness(key)


@lru_cache(maxsize=65536)
def only_table(text: str) -> TableCode | None:
    """The one table whose label this can be, None where it may be one of several or is none."""
    tables = {reading.table for reading in readings(text)}
    return tables.pop() if len(tables) == 1 else None


def _by_keyword(key: str) -> tuple[Reading, ...]:
    found: dict[tuple[str, str, str], tuple[int, _Entry]] = {}
    for keyword, entry in _index().keywords:
        if keyword in key and not any(word in key for word in entry.names.without):
            found[entry.table, entry.role, entry.code] = (len(keyword), entry)
    if not found:
        return ()
    longest = max(length for length, _ in found.values())
    best = [entry for length, entry in found.values() if length == longest]
    return tuple(entry.reading("keyword") for entry in best) if len(best) == 1 else ()


def _by_prefix(key: str) -> tuple[Reading, ...]:
    """A label whose end was cut off, if only one label begins like that."""
    if len(key) < _SHORTEST_PREFIX:
        return ()
    begun = {
        (entry.table, entry.role, entry.code): entry
        for label, entries in _index().exact.items()
        if label.startswith(key)
        for entry in entries
    }
    return tuple(entry.reading("prefix") for entry in begun.values()) if len(begun) == 1 else ()


def _by_likeness(key: str) -> tuple[Reading, ...]:
    if len(key) < _SHORTEST_CLOSE:
        return ()
    ranked = sorted(
        ((_ratio(key, label), label) for label in _index().exact if abs(len(label) - len(key)) <= len(label) // 2),
        reverse=True,
    )
    if not ranked or ranked[0][0] < CLOSE_RATIO:
        return ()
    entries = _index().exact[ranked[0][1]]
    codes = {(entry.table, entry.role, entry.code) for entry in entries}
    rivals = (label for ratio, label in ranked[1:] if ratio > ranked[0][0] - CLOSE_MARGIN)
    if any(
        codes.isdisjoint((entry.table, entry.role, entry.code) for entry in _index().exact[label]) for label in rivals
    ):
        return ()
    return tuple(entry.reading("close") for entry in entries)


def _ratio(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def label_tails(text: str) -> Iterator[str]:
    """The form labels (as keys) that end with this text: what a page break leaves of a label."""
    key = label_key(text)
    if key:
        yield from (label for label in _index().exact if label.endswith(key) and label != key)


@lru_cache(maxsize=4096)
def is_cut(text: str) -> bool:
    """True when several form labels begin with this text: the end that told them apart is lost."""
    key = label_key(text)
    return len(key) >= _SHORTEST_PREFIX and sum(label.startswith(key) for label in _index().exact) > 1


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of the forms' data (label, alias, keyword or pattern), and how like it a printed label is (0 to 1)."""

    text: str
    likeness: float


def spelling_of(text: str, reading: Reading) -> Spelling:
    """The spelling by which a printed label got a reading, one of ``readings(text)``."""
    plain, key = folded(text), label_key(text)
    for heading, _ in _index().patterns:
        if heading.pattern is not None and heading.pattern.match(plain):
            return Spelling(heading.pattern.pattern, 1.0)
    meaning = (reading.table, reading.role, reading.code)
    if reading.how == "keyword":
        found = (word for word, entry in _index().keywords if _is(entry, *meaning))
        return Spelling(max((word for word in found if word in key), key=len), 1.0)
    spellings = _spellings(*meaning)
    begun = [spelling for spelling in spellings if label_key(spelling).startswith(key)]
    return _nearest(key, begun if reading.how in ("exact", "prefix") else spellings)


def nearest_spelling(text: str, table: TableCode, role: Role, code: str) -> Spelling:
    """The spelling of a row, column or heading that a text resembles most; the code must be one of the forms'."""
    return _nearest(label_key(text), _spellings(table, role, code))


def _nearest(key: str, spellings: Iterable[str]) -> Spelling:
    ranked = ((_ratio(key, label_key(spelling)), spelling) for spelling in spellings)
    likeness, spelling = max(ranked, key=lambda pair: pair[0])
    return Spelling(spelling, likeness)


@lru_cache(maxsize=1024)
def _spellings(table: TableCode, role: Role, code: str) -> tuple[str, ...]:
    entries = [entry for found in _index().exact.values() for entry in found if _is(entry, table, role, code)]
    return tuple(dict.fromkeys(text for entry in entries for text in (entry.names.label, *entry.names.aliases)))


def _is(entry: _Entry, table: TableCode, role: Role, code: str) -> bool:
    return (entry.table, entry.role, entry.code) == (table, role, code)
