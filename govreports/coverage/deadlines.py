"""The calendar: until when which body is to publish its report of a year."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from govreports.registry.years import parse_years

PublisherKind = Literal["department", "government", "township"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A deadline of the law or of a local notice; ``month`` and ``day`` are those of the year after the report's."""

    years: frozenset[int]
    kinds: frozenset[str]
    month: int
    day: int
    division_prefix: str
    source: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """All deadlines, what tells kinds of bodies apart, and for how long something is expected."""

    rules: tuple[Rule, ...]
    kinds: tuple[tuple[PublisherKind, re.Pattern[str]], ...]
    tail_days: int
    silent_years: int

    def kind_of(self, publisher: str | None, *, speaks_for_area: bool = False) -> PublisherKind:
        """What kind of body a publisher is.

        ``speaks_for_area`` where a report of its was read that is a government's for its area, whoever is named as
        the publisher. A body whose name is not known (None) is the portal's own government.
        """
        if publisher is None or speaks_for_area:
            return "government"
        compact = "".join(publisher.split())
        return next((kind for kind, pattern in self.kinds if pattern.search(compact)), "department")

    def deadline(self, year: int, kind: PublisherKind, division_code: str | None) -> date:
        """The last day for the report of ``year``. ValueError for a year of which no rule speaks."""
        rules = [
            rule
            for rule in self.rules
            if year in rule.years and kind in rule.kinds and (division_code or "").startswith(rule.division_prefix)
        ]
        if not rules:
            raise ValueError(f"no deadline is known for {kind} reports of {year}; add a rule to deadlines.toml")
        nearest = max(rules, key=lambda rule: len(rule.division_prefix))
        return date(year + 1, nearest.month, nearest.day)


@cache
def load_calendar() -> Calendar:
    """The calendar that comes with the package."""
    with files("govreports.coverage").joinpath("deadlines.toml").open("rb") as source:
        data = tomllib.load(source)
    return Calendar(
        rules=tuple(
            Rule(
                years=parse_years(rule["years"]),
                kinds=frozenset(rule["kinds"]),
                month=int(rule["until"][:2]),
                day=int(rule["until"][3:]),
                division_prefix=rule.get("division_prefix", ""),
                source=rule["source"],
            )
            for rule in data["rule"]
        ),
        kinds=tuple((kind["kind"], re.compile(kind["pattern"])) for kind in data["kind"]),
        tail_days=data["expected"]["tail_days"],
        silent_years=data["expected"]["silent_years"],
    )
