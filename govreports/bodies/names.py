"""What a body's name says: which division it belongs to, what it is called there, and on what level it stands."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from govreports.bodies.divisions import Division, Divisions, tier_of

Level = Literal["province", "city", "county", "sub_district", "town", "township", "zone", "department"]

_PLACE_OF_A_SITE = re.compile(r"^(.+?(?:省|市|县|区|旗|州|盟))(?:人民政府|政府)")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name inside of a division. Two names are one body's where division and ``short`` are equal."""

    division_code: str
    """Empty where it is not known."""
    short: str
    level: Level | None


@dataclass(frozen=True, slots=True)
class _Ending:
    pattern: re.Pattern[str]
    short: str
    level: str


@dataclass(frozen=True, slots=True)
class _Rules:
    between: tuple[str, ...]
    own: tuple[str, ...]
    endings: tuple[_Ending, ...]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = tomllib.loads((files("govreports.bodies") / "names.toml").read_text("utf-8"))
    endings = tuple(
        _Ending(re.compile(f"{entry['pattern']}$"), entry["short"], entry["level"]) for entry in data["ending"]
    )
    return _Rules(tuple(data["between"]), tuple(data["own"]), endings)


def name_of(name: str, *, division_code: str, site: str | None, divisions: Divisions) -> BodyName:
    """Read a publisher's name as it stands on a site of ``division_code``; ``site`` is what the site is called.

    Names of the places above are taken away; where a city's site names a body of one of its counties, the body belongs
    to the county.
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    code, rest = _place(plain, division_code, site, divisions)
    if not rest:
        # A place alone stands for its government.
        rest = "政府"
    for word in _rules().between:
        after = rest.removeprefix(word)
        if after != rest and after and not after.startswith(_rules().own):
            rest = after
            break
    for ending in _rules().endings:
        if ending.pattern.search(rest):
            level = _level(ending.level, rest, code, ending.pattern)
            return BodyName(code, ending.pattern.sub(ending.short, rest), level)
    return BodyName(code, rest, "department" if rest else None)


def _place(name: str, code: str, site: str | None, divisions: Divisions) -> tuple[str, str]:
    """The division that a name belongs to, and what is left of the name inside of it."""
    rest = name
    for division in divisions.chain(code):
        rest = _without(rest, division)
    match = _PLACE_OF_A_SITE.match(site or "")
    if match is not None:
        rest = rest.removeprefix(match[1])
    below = [one for one in divisions.below(code) if _without(rest, one) != rest]
    if below:
        # The longest name: 东区 must not be taken for 东区开发区's beginning.
        inner = max(below, key=lambda one: (len(rest) - len(_without(rest, one)), one.year))
        return _place(_without(rest, inner), inner.code, None, divisions)
    return code, rest


def _without(name: str, division: Division) -> str:
    for own in division.names:
        if name.startswith(own):
            return name[len(own) :]
    return name


def _level(level: str, rest: str, code: str, pattern: re.Pattern[str]) -> Level | None:
    if level != "area":
        return level  # type: ignore[return-value]  # the data file holds levels, and a test reads it
    # What is left in front of 政府 is a place that no list has; only the bare word is the division's own.
    return tier_of(code) if pattern.sub("", rest) == "" else None
