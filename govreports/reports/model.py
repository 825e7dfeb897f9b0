"""The report as data: what extraction yields and the store keeps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import msgspec

from govreports.issues import Issue, Place

TableCode = Literal["proactive", "requests", "disputes", "indicators"]
"""The three statutory tables since 2019, and the list of indicators that reports of earlier years have instead."""
FactStatus = Literal["reported", "blank", "not_applicable", "absent", "unreadable"]
CheckStatus = Literal["pass", "fail", "not_assessable"]


LOCAL_CODE: Final = "local."
"""What the codes of rows and columns begin with that a body added to a form."""


class LocalLabels(msgspec.Struct, frozen=True, gc=False):
    """The labels of a figure that a body added to a form: of row and column, None for the one that the form has.

    Labels are without white space and numbering. ``path`` holds the headings above the row, outermost first.
    """

    row: str | None
    column: str | None
    path: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One cell of a form. ``value`` is exact and None unless ``status`` is ``reported``.

    ``row`` and ``column`` are codes of the form; of a figure that a body added they are made of its ``local`` labels
    and begin with ``local.``.
    """

    table: TableCode
    row: str
    column: str
    status: FactStatus
    value: int | Decimal | None = None
    raw: str | None = None
    """What the source printed there; None where it has no such cell."""
    unit: str | None = None
    at: Place | None = None
    confidence: float | None = None
    """0 to 1 where a machine read a picture, else None."""
    local: LocalLabels | None = None


class Check(msgspec.Struct, frozen=True, gc=False):
    """One arithmetic relation, assessed. ``rule`` names it, ``table``/``row``/``column`` say where."""

    rule: str
    status: CheckStatus
    table: TableCode
    row: str | None = None
    column: str | None = None
    expected: int | Decimal | None = None
    actual: int | Decimal | None = None


@dataclass(frozen=True, slots=True)
class MetadataEntry:
    """A label and value of the metadata block; ``field`` is the canonical name, None for unused labels."""

    label: str
    field: str | None
    value: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the numbered sections of the report."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number in the prose of a report without tables, and the indicator that its sentence seems to speak of.

    Never a fact: whether the number means that indicator, that body and that year is for a reader of the sentence.
    """

    row: str
    value: int | Decimal
    raw: str
    unit: str | None
    sentence: str
    section: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read from one document."""

    title: str | None
    publisher: str | None
    report_year: int | None
    index_number: str | None
    document_number: str | None
    issued_on: str | None
    """ISO date."""
    published_on: str | None
    """ISO date."""
    metadata: tuple[MetadataEntry, ...]
    sections: tuple[Section, ...]
    forms: dict[TableCode, str | None]
    """Edition per table (``v2019``, ``v2021``), None where a statutory table was not found; ``indicators`` is named
    only where it was found (``s2014``, …)."""
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    issues: tuple[Issue, ...]
    candidates: tuple[Candidate, ...] = ()
