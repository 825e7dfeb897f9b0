"""What pages say in Chinese and English, from the data file beside this module."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from markupsafe import Markup, escape

from govreports.bodies.divisions import load_divisions
from govreports.store.codes import load_codes

_KINDS: Final = {"level": "level", "scope": "scope", "rule": "check", "code": "issue"}
"""Columns whose values are codes, and the kind of code each has."""


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("govreports.browse") / "texts.toml").read_text("utf-8"))


def both(key: str, **values: object) -> Markup:
    """A text in both languages, each marked as what it is."""
    entry = _texts()[key]
    return pair(entry["zh"].format(**values), entry["en"].format(**values))


def plain(key: str, **values: object) -> str:
    """The same for places that hold no markup."""
    entry = _texts()[key]
    return f"{entry['zh'].format(**values)} · {entry['en'].format(**values)}"


def pair(chinese: str, english: str) -> Markup:
    """Any text in both languages."""
    return Markup('<span lang="zh">{}</span> <span lang="en" class="en">{}</span>').format(chinese, english)


def code(column: str, value: Any) -> Markup:
    """A value of a column that holds codes, as people read it; any other value as it is."""
    meaning = meaning_of(column, value)
    return escape(value) if meaning is None else pair(*meaning)


def meaning_of(column: str, value: Any) -> tuple[str, str] | None:
    """What a code means, Chinese and English; None where the column has no codes, or not this one."""
    if column in ("province", "province_code"):
        division = load_divisions().get(f"{value}0000")
        return None if division is None else (division.name, str(value))
    entries = load_codes()["forms"] if column == "form" else load_codes().get(_KINDS.get(column, ""), {})
    entry = entries.get(value)
    return None if entry is None else (entry["label"], entry["label_en"])


def division_name(code: str | None) -> str | None:
    """Province, city and county of a division code, as far as they are known."""
    if code is None:
        return None
    return "".join(division.name for division in load_divisions().chain(code)) or code
