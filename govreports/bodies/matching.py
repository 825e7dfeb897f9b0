"""Which names are one body: by name inside of a division, by the code of index numbers, by corrections in data.

A code joins names only where it speaks for one of them at a time: a code that stands on the reports of two bodies of
one year is the site's, or an uploading office's, and is not believed. Whatever is doubtful is said, never hidden.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from govreports.bodies.names import BodyName, Level

Doubt = Literal["code_shared", "renamed", "two_codes", "division_unknown"]
_Key = tuple[str, str]
"""Division and short name."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name on a report. ``code`` is the organisation code of its index number, None without one that checks."""

    publisher: int
    name: BodyName
    full_name: str
    year: int | None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person decided: names that are one body, and codes that say nothing of the body."""

    one: tuple[tuple[_Key, ...], ...] = ()
    disbelieved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Body:
    """One publisher over the years.

    ``key`` is stable as long as the evidence is: ``org:`` and its organisation code, else ``name:`` and division and
    name. ``matched_by`` tells what joined its names; a body of one name is known by that.
    """

    key: str
    name: str
    """The one of its latest report, in full."""
    level: Level | None
    division_code: str
    organisation_code: str | None
    matched_by: Literal["code", "name", "correction"]
    doubts: tuple[Doubt, ...]
    publishers: tuple[int, ...]


@lru_cache(maxsize=1)
def load_corrections() -> Corrections:
    """The corrections of the package (``corrections.toml``)."""
    data = tomllib.loads((files("govreports.bodies") / "corrections.toml").read_text("utf-8"))
    return Corrections(
        one=tuple(
            tuple((part["division_code"], part["name"]) for part in entry["names"]) for entry in data.get("one", [])
        ),
        disbelieved=frozenset(entry["code"] for entry in data.get("disbelieve", [])),
    )


def match(sightings: Iterable[Sighting], corrections: Corrections) -> list[Body]:
    """The bodies behind the sightings, each publisher in exactly one; the order of sightings does not matter."""
    seen = sorted(sightings, key=lambda one: (one.name.division_code, one.name.short, one.publisher, one.year or 0))
    by_key: dict[_Key, list[Sighting]] = defaultdict(list)
    for one in seen:
        by_key[_key(one)].append(one)
    joined = {key: key for key in by_key}
    shared = _shared_codes(seen, corrections)
    for keys in _keys_by_code(seen, shared).values():
        _join(joined, keys)
    corrected: set[_Key] = set()
    for group in corrections.one:
        known = [key for key in group if key in by_key]
        if len(known) > 1:
            _join(joined, known)
            corrected.update(known)
    groups: dict[_Key, list[_Key]] = defaultdict(list)
    for key in by_key:
        groups[_root(joined, key)].append(key)
    return [_body({key: by_key[key] for key in keys}, shared, corrected) for keys in groups.values()]


def _shared_codes(seen: Iterable[Sighting], corrections: Corrections) -> set[str]:
    """Codes that are not believed: on the reports of two bodies of one year, or of a government and its office."""
    holders: dict[tuple[str, int | None], set[_Key]] = defaultdict(set)
    levels: dict[str, set[Level | None]] = defaultdict(set)
    for one in seen:
        if one.code is not None:
            holders[one.code, one.year].add(_key(one))
            levels[one.code].add(one.name.level)
    shared = {code for (code, _), keys in holders.items() if len(keys) > 1}
    return shared | {code for code, found in levels.items() if len(found) > 1} | corrections.disbelieved


def _keys_by_code(seen: Iterable[Sighting], shared: set[str]) -> Mapping[str, list[_Key]]:
    found: dict[str, list[_Key]] = defaultdict(list)
    for one in seen:
        if one.code is not None and one.code not in shared:
            found[one.code].append(_key(one))
    return found


def _key(sighting: Sighting) -> _Key:
    return sighting.name.division_code, sighting.name.short


def _root(joined: dict[_Key, _Key], key: _Key) -> _Key:
    while joined[key] != key:
        key = joined[key]
    return key


def _join(joined: dict[_Key, _Key], keys: Iterable[_Key]) -> None:
    roots = sorted({_root(joined, key) for key in keys})
    for root in roots[1:]:
        joined[root] = roots[0]


def _body(parts: Mapping[_Key, list[Sighting]], shared: set[str], corrected: set[_Key]) -> Body:
    seen = [one for sightings in parts.values() for one in sightings]
    latest = max(seen, key=lambda one: (one.year or 0, len(one.full_name), one.full_name))
    codes = Counter(one.code for one in seen if one.code is not None and one.code not in shared)
    latest_code = max(
        ((one.year or 0, codes[one.code], one.code) for one in seen if one.code in codes and one.code is not None),
        default=(0, 0, None),
    )[2]
    doubts: list[Doubt] = []
    if any(one.code in shared for one in seen if one.code is not None):
        doubts.append("code_shared")
    if len(parts) > 1 and not corrected & set(parts) and not _are_alike([short for _, short in parts]):
        doubts.append("renamed")
    if len(codes) > 1:
        doubts.append("two_codes")
    if not latest.name.division_code:
        doubts.append("division_unknown")
    key = min(parts)
    by_correction = bool(corrected & set(parts))
    return Body(
        key=f"org:{latest_code}" if latest_code else f"name:{key[0]}:{key[1]}",
        name=latest.full_name,
        level=latest.name.level,
        division_code=latest.name.division_code,
        organisation_code=latest_code,
        matched_by="correction" if by_correction else "code" if len(parts) > 1 else "name",
        doubts=tuple(doubts),
        publishers=tuple(sorted({one.publisher for one in seen})),
    )


def _are_alike(names: list[str]) -> bool:
    """Whether some character that is no mere ending is in all of the names."""
    common = set.intersection(*(set(name) for name in names))
    return bool(common - set("局委员会办公室厅处中心政府街道镇乡县区市省的和与"))
