"""What a line of a list of indicators is called: its numbering, its label, and the rows of the forms that have it.

A label counts as a whole: ``whole_key`` leaves out numbering, 其中, white space and punctuation, and nothing else.
Notes in brackets are left out only where that leaves no doubt.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from govreports.reports.forms import Form, Row, load_forms
from govreports.reports.text import folded

Style = Literal["chapter", "section", "item", "part", "among", ""]
"""How a line is numbered: 一、 （一） 1. （1） 其中, or not at all."""

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_STYLES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"{_NUMERAL}[、.,:]")),
    ("section", re.compile(rf"\({_NUMERAL}\)[、.,:]?")),
    ("part", re.compile(r"\(\d{1,2}\)[、.,:]?")),
    ("item", re.compile(r"\d{1,2}(?:[、.,:]|(?=[㐀-鿿《“\"]))")),
)
_AMONG = re.compile(r"其中[:,、]?(?:\(?\d{1,2}[)、.,:]|\d{1,2}(?=[㐀-鿿《“\"]))?")
_NOTE = re.compile(r"\([^()]*(?:\)|$)")
_NOT_LETTERS = re.compile(r"[\W_]+")
_CLOSE = 0.8
_MARGIN = 0.1
"""A label that nobody saw printed may differ this much from the data file's; the next best must be this much worse."""


@lru_cache(maxsize=8192)
def numbered(text: str) -> tuple[Style, str]:
    """The numbering of a label and the label behind it, without white space and in one width of letters.

    A numbering without a label is one itself.
    """
    whole = plain = folded(text)
    style: Style = ""
    for name, pattern in _STYLES:
        if match := pattern.match(plain):
            style, plain = name, plain[match.end() :]
            break
    if match := _AMONG.match(plain):
        style, plain = "among", plain[match.end() :]
    return (style, plain) if plain else ("", whole)


@lru_cache(maxsize=8192)
def whole_key(text: str) -> str:
    """What two printings of one label have in common, notes in brackets included."""
    return _NOT_LETTERS.sub("", numbered(text)[1])


@lru_cache(maxsize=8192)
def _bare_key(text: str) -> str:
    return _NOT_LETTERS.sub("", _NOTE.sub("", numbered(text)[1]))


@dataclass(frozen=True, slots=True)
class FormLabels:
    """The labels of one form."""

    form: Form
    whole: dict[str, tuple[Row, ...]]
    bare: dict[str, tuple[Row, ...]]

    def rows(self, text: str) -> tuple[Row, ...]:
        """The rows that the label may mean, empty where it is none of the form's."""
        found = self.whole.get(whole_key(text))
        return found if found is not None else self.bare.get(_bare_key(text), ())

    def close(self, text: str, unit: str | None, among: Iterable[Row]) -> Row | None:
        """The row whose label nobody saw printed and that this one resembles, where only one does."""
        key = whole_key(text)
        ranked = sorted(
            ((_likeness(key, row), row.code, row) for row in among if row.kind != "heading" and _may_be(row, unit)),
            reverse=True,
        )
        if not ranked or ranked[0][0] < _CLOSE or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _MARGIN):
            return None
        return ranked[0][2]


def _may_be(row: Row, unit: str | None) -> bool:
    return row.wording != "verified" and unit in (None, row.columns[0].unit)


def _likeness(key: str, row: Row) -> float:
    return max(_ratio(key, whole_key(label)) for label in (row.label, *row.names.aliases))


def _ratio(one: str, other: str) -> float:
    """How much two labels are alike; 0 where that is surely too little, which is cheap to see."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    enough = _CLOSE - _MARGIN
    return matcher.ratio() if matcher.real_quick_ratio() >= enough and matcher.quick_ratio() >= enough else 0.0


@lru_cache(maxsize=1)
def form_labels() -> dict[str, FormLabels]:
    """The labels of every form of indicators, by edition."""
    return {edition: _labels(form) for edition, form in load_forms()["indicators"].forms.items()}


def _labels(form: Form) -> FormLabels:
    whole: dict[str, dict[str, Row]] = {}
    bare: dict[str, dict[str, Row]] = {}
    for row in form.rows:
        for label in (row.label, *row.names.aliases):
            whole.setdefault(whole_key(label), {})[row.code] = row
            bare.setdefault(_bare_key(label), {})[row.code] = row
    return FormLabels(form, _frozen(whole), _frozen(bare))


def _frozen(index: dict[str, dict[str, Row]]) -> dict[str, tuple[Row, ...]]:
    return {key: tuple(rows.values()) for key, rows in index.items()}


def _head_key(text: str) -> str:
    plain = folded(text)
    # A digit in front is no numbering here: 1季度.
    return _NOT_LETTERS.sub("", _NOTE.sub("", plain)) or plain


@lru_cache(maxsize=1)
def _total_words() -> frozenset[str]:
    headings = load_forms()["indicators"].headings
    return frozenset(
        label for one in headings if one.group == "total" for label in (one.names.label, *one.names.aliases)
    )


def is_total_word(text: str) -> bool:
    """True for a word such as 总数, which stands for the line above it."""
    return numbered(text)[1] in _total_words()


@lru_cache(maxsize=1)
def _head_words() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    definition = load_forms()["indicators"]
    words: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for heading in definition.headings:
        if heading.pattern is not None:
            patterns.append((heading.pattern, heading.group or ""))
            continue
        for label in (heading.names.label, *heading.names.aliases):
            words[_head_key(label)] = heading.group or ""
    for _, column in definition.columns:
        for label in (column.label, *column.names.aliases):
            words[_head_key(label)] = column.code
    return words, tuple(patterns)


@lru_cache(maxsize=8192)
def head_role(text: str) -> str | None:
    """What a word of the head stands over: ``label``, ``unit``, ``number``, ``remark`` or the code of a column.

    ``filling`` is a word about who filled the table; None any other word.
    """
    words, patterns = _head_words()
    role = words.get(_head_key(text))
    if role is not None:
        return role
    plain = folded(text)
    return next((group for pattern, group in patterns if pattern.match(plain)), None)


def ancestors(form: Form, row: Row) -> Sequence[Row]:
    """The rows that a row is a part of, outermost first."""
    found: list[Row] = []
    parent = form.row(row.parent) if row.parent is not None else None
    while parent is not None:
        found.insert(0, parent)
        parent = form.row(parent.parent) if parent.parent is not None else None
    return found
