"""What the reading of one document gave, as the store takes it, and the digests that tell what is news."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from govreports.issues import Issue, Place
from govreports.reports.model import Report
from govreports.store.columns import pack_place, storable, to_text

DocumentStatus = Literal["ok", "unreadable", "not_a_report", "parser_failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The outcome of reading a page; ``report`` is set exactly when ``status`` is ``ok``.

    ``issues`` are those of the document (why it cannot be read, …); a report brings its own. ``scope`` tells
    two reports of one publisher and year apart that are to stay two.
    """

    status: DocumentStatus
    sha256: str
    parser_version: str
    media_type: str | None = None
    report: Report | None = None
    issues: tuple[Issue, ...] = ()
    scope: str = ""
    recognised: bool = False
    """Whether a machine read it from a picture: the last choice where there are other renditions."""

    def __post_init__(self) -> None:
        if (self.report is not None) != (self.status == "ok"):
            raise ValueError(f"a reading with status {self.status!r} {'has' if self.report else 'lacks'} a report")

    def all_issues(self) -> tuple[Issue, ...]:
        """The document's issues, then the report's."""
        return self.issues + (self.report.issues if self.report is not None else ())


def find_defect(report: Report) -> str | None:
    """Why the store cannot hold ``report``, as a clause; None for a sound one. A defect is a fault of the
    parser.
    """
    cells = [(fact.table, fact.row, fact.column) for fact in report.facts]
    if (cell := _doubled(cells)) is not None:
        return f"the cell {'/'.join(cell)} was read twice"
    relations = [(check.rule, check.table, check.row or "", check.column or "") for check in report.checks]
    if (relation := _doubled(relations)) is not None:
        return f"the check {'/'.join(relation)} was made twice"
    try:
        for fact in report.facts:
            if (fact.value is not None) != (fact.status == "reported"):
                return f"the cell {fact.table}/{fact.row}/{fact.column} is {fact.status} with value {fact.value}"
            if fact.value is not None:
                to_text(fact.value)
            pack_place(fact.at)
    except ValueError as error:
        return str(error)
    return None


def content_hash(report: Report) -> str:
    """A digest of what the report says.

    Left out is what differs between two captures of one content, or comes from us: unused labels of the
    metadata block (visit counters), places (a new page layout), checks and issues.
    """
    return _digest(
        [
            _head(report),
            sorted([entry.field, entry.value or ""] for entry in report.metadata if entry.field is not None),
            [[section.number, section.heading, section.text] for section in report.sections],
            sorted(
                [
                    *(fact.table, report.forms.get(fact.table) or "", fact.row, fact.column, fact.status),
                    *("" if fact.value is None else to_text(fact.value), fact.raw or "", fact.unit or ""),
                ]
                for fact in report.facts
            ),
        ]
    )


def reading_digest(reading: Reading, issues: Iterable[Issue], *, content: str) -> str:
    """A digest of all that the store would keep of a reading, the parser's version apart; ``content`` is the hash of
    the report that it gave, empty where there is none.
    """
    report = reading.report
    read: list[Any] = [reading.status, reading.scope, reading.media_type, reading.recognised]
    read.append([[issue.code, issue.severity, issue.message, _place(issue.at)] for issue in issues])
    if report is not None:
        read += [
            content,
            [[entry.label, entry.field, entry.value, entry.raw] for entry in report.metadata],
            [_place(fact.at) for fact in report.facts],
            *_confidences(report),
            *_candidates(report),
            [
                [check.rule, check.table, check.row, check.column, check.status]
                + [None if figure is None else to_text(figure) for figure in (check.expected, check.actual)]
                for check in report.checks
            ],
        ]
    return _digest(read)


def _confidences(report: Report) -> list[list[float | None]]:
    """Nothing for a report that no machine read from a picture: its digest stays what it was."""
    confidences = [fact.confidence for fact in report.facts]
    return [confidences] if any(one is not None for one in confidences) else []


def _candidates(report: Report) -> list[list[list[Any]]]:
    """Nothing for a report without candidates, for the same reason."""
    found = [[one.row, to_text(one.value), one.raw, one.unit, one.sentence, one.section] for one in report.candidates]
    return [found] if found else []


def report_identity(*, publisher: str | None, year: int | None, scope: str, url: str) -> str:
    """A digest of what makes a report one on its portal: publisher, year and scope, else the address."""
    if publisher is None or year is None:
        return _digest(["url", url])
    return _digest(["publisher", publisher, year, scope])


def url_digest(url: str) -> str:
    """A short stand-in for a URL of any length."""
    return _digest(url)


def normal_publisher(name: str | None) -> str | None:
    """A publisher's name without white space and with one width of letters; None where nothing is left."""
    if name is None:
        return None
    return "".join(unicodedata.normalize("NFKC", storable(name)).split()) or None


def _head(report: Report) -> list[Any]:
    return [
        *(report.title, normal_publisher(report.publisher), report.report_year),
        *(report.index_number, report.document_number, report.issued_on, report.published_on),
    ]


def _place(place: Place | None) -> list[int | None] | None:
    return None if place is None else [place.table, place.row, place.column, place.page]


def _doubled(keys: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    seen: set[tuple[str, ...]] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def _digest(content: Any) -> str:
    # Of the text as it can be stored: what was kept and read back must have the digest of what was received.
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False).replace("\\u0000", "�")
    return hashlib.blake2b(storable(text).encode(), digest_size=16).hexdigest()
