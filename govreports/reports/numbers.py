"""What stands in a cell where the form asks for a number: exact value, unit, or why there is none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from govreports.reports.data import load_toml
from govreports.reports.model import FactStatus

_NOTATION = load_toml("forms/notation.toml")
_NOT_APPLICABLE = frozenset(_NOTATION["not_applicable"])
_ZERO = frozenset(_NOTATION["zero"])
UNITS = frozenset(_NOTATION["units"])
"""Units as they are printed."""
_UNITS = "|".join(sorted((*_NOTATION["units"], *_NOTATION["money"]), key=len, reverse=True))
_MONEY: dict[str, str] = _NOTATION["money"]
_INCREASE = tuple(_NOTATION["increase"])
_DECREASE = tuple(_NOTATION["decrease"])
_NUMBER = re.compile(
    # A stray question mark is what a broken no-break space leaves before a number.
    r"\??\s*(?P<sign>[+-]?)\s*"
    r"(?P<digits>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,3}(?:,[0-9]{4})+"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]*)"
    rf"(?P<fraction>\.[0-9]+)?\s*(?P<unit>{_UNITS})?\s*(?P<note>\(.*\))?。?",
    re.DOTALL,
)
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "﹢": "+"})
_NOTE_MARKS = "*＊※"
_MARKS = "".join(
    character
    for number in range(0x00B2, 0x3300)
    if unicodedata.category(character := chr(number)) == "No"
    and not unicodedata.decomposition(character).startswith("<fraction>")
)
_DIGIT_LIMIT = 30
"""Longer runs are no count or amount; 30 digits stay exact in every store we write to."""


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell's content. ``value`` is None unless ``status`` is ``reported``; ``note`` is text behind the number."""

    status: FactStatus
    value: int | Decimal | None = None
    unit: str | None = None
    note: str | None = None


_BLANK = CellValue("blank")
_STROKE = CellValue("not_applicable")
_UNREADABLE = CellValue("unreadable")
SMALL_NUMBERS = {str(number): CellValue("reported", number) for number in range(1000)}
"""What nearly every cell holds, and what means the same in every column."""


def parse_value(raw: str, *, signed: bool = False, money: bool = False) -> CellValue:
    """Read one cell; ``money`` says that its column asks for an amount.

    ``signed`` allows the words for increase and decrease that bodies write into 本年增/减. A sign character is read
    everywhere: a negative count is the source's error, reported by check R8 and not hidden here.
    Grouped digits are joined only where the grouping is a proper one, so that two numbers in one cell are never
    read as a third.
    """
    return SMALL_NUMBERS.get(raw) or _parsed(raw, signed, money)


def _parse(raw: str, signed: bool, money: bool) -> CellValue:
    if raw.isdigit() and raw.isascii() and (raw[0] != "0" or raw == "0") and len(raw) <= _DIGIT_LIMIT:
        return CellValue("reported", int(raw))
    # Footnote marks such as ① and ² would turn into digits of the number; * and ※ only stand behind it.
    bare = raw.rstrip().rstrip(_MARKS + _NOTE_MARKS)
    if any(character in _MARKS for character in bare):
        return _UNREADABLE
    text = unicodedata.normalize("NFKC", bare).strip()
    if not text:
        return _BLANK if not raw.strip() else _UNREADABLE
    if text in _NOT_APPLICABLE:
        return _STROKE
    if text in _ZERO:
        return CellValue("reported", 0)
    negative = False
    if signed:
        for words, sign in ((_INCREASE, False), (_DECREASE, True)):
            word = next((word for word in words if text.startswith(word)), None)
            if word is not None:
                text, negative = text[len(word) :].strip(), sign
                break
    match = _NUMBER.fullmatch(text.translate(_MINUS_SIGNS))
    if match is None or (negative and match["sign"]):
        return _UNREADABLE
    unit = match["unit"]
    if unit in _MONEY:
        if not money:
            return _UNREADABLE
        unit = _MONEY[unit]
    digits = match["digits"].replace(",", "").replace(" ", "")
    if len(digits) + len(match["fraction"] or "") > _DIGIT_LIMIT:
        return _UNREADABLE
    minus = "-" if negative or match["sign"] == "-" else ""
    value = Decimal(f"{minus}{digits}{match['fraction']}") if match["fraction"] else int(f"{minus}{digits}")
    return CellValue("reported", value, unit, match["note"] or raw.rstrip()[len(bare.rstrip()) :] or None)


_parsed = lru_cache(maxsize=65536)(_parse)
"""Not written as a decorator: what is decorated is left out when the tests are tried on changed code."""
