"""Administrative divisions down to the county: codes of GB/T 2260 with the names that they have or had since 2008.

Packaged data, no look-up on the net. Townships are left out on purpose: the authorities disagree on their codes, and
names repeat from county to county.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

Tier = Literal["province", "city", "county"]

AUTHORITY: Final = "GB/T 2260"


@dataclass(frozen=True, slots=True)
class Division:
    """A code, what it is called, and the last year in which the list had it."""

    code: str
    name: str
    year: int
    former_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The present name first."""
        return (self.name, *self.former_names)


def tier_of(code: str) -> Tier | None:
    """What a code is the code of; None where it is none of six digits."""
    if len(code) < 6 or not code[:6].isdecimal():
        return None
    if code[2:6] == "0000":
        return "province"
    return "city" if code[4:6] == "00" else "county"


class Divisions:
    """All divisions, by code."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._below: dict[str, list[Division]] = {}
        for division in self._by_code.values():
            for above in self._above(division.code):
                self._below.setdefault(above, []).append(division)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Division | None:
        """The division of a code, None where the list has none."""
        return self._by_code.get(code[:6])

    def chain(self, code: str) -> list[Division]:
        """Province, city and county that a code lies in, as far as the list knows them."""
        codes = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code[:6]))
        return [division for one in codes if (division := self._by_code.get(one)) is not None]

    def below(self, code: str) -> list[Division]:
        """Everything inside of a province or city."""
        return self._below.get(code[:6], [])

    @staticmethod
    def _above(code: str) -> Iterator[str]:
        tier = tier_of(code)
        if tier in ("city", "county"):
            yield code[:2] + "0000"
        if tier == "county":
            yield code[:4] + "00"


@lru_cache(maxsize=1)
def load_divisions() -> Divisions:
    """The packaged list, read once."""
    names: dict[str, list[tuple[int, str]]] = {}
    for line in (files("govreports.bodies") / "divisions.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, name, last_year = line.split("\t")
            names.setdefault(code, []).append((int(last_year), name))
    found = []
    for code, known in names.items():
        (year, name), *former = sorted(known, reverse=True)
        found.append(Division(code, name, year, tuple(old for _, old in former)))
    return Divisions(found)
