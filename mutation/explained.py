"""Changes that no test notices, and why none can or should: ``explained.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXPLAINED = Path(__file__).with_name("explained.toml")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Lines of a function, and what stands in their place. A method is named with its class: ``Outline.above``."""

    module: str
    """Path of the module below the checkout, as in ``govreports/reports/numbers.py``."""
    function: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why no test notices a change."""

    reason: str
    """A key of ``reasons``."""
    note: str


@dataclass(frozen=True, slots=True)
class Explanations:
    """All that ``explained.toml`` says."""

    reasons: Mapping[str, str]
    """Reason → what it means, a sentence."""
    changes: Mapping[Change, Explanation]


def read_explained(path: Path = EXPLAINED) -> Explanations:
    """Read the file. KeyError where an entry lacks something, ValueError where its reason is none of the file's."""
    content = tomllib.loads(path.read_text("utf-8"))
    changes: dict[Change, Explanation] = {}
    for entry in content["explained"]:
        explanation = _explanation(entry, content["reasons"])
        for now in entry["now"]:
            changes[Change(entry["module"], entry["function"], entry["was"], now)] = explanation
    return Explanations(content["reasons"], changes)


def _explanation(entry: Mapping[str, Any], reasons: Mapping[str, str]) -> Explanation:
    if entry["reason"] not in reasons:
        raise ValueError(f"{entry['reason']!r} in {entry['function']} is none of {', '.join(reasons)}")
    return Explanation(entry["reason"], entry["note"])
