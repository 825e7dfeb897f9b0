"""What would change in the store: facts and reports, counted before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal

from govreports.comparison import changed_numbers
from govreports.reparsing.readings import Reread
from govreports.store import Reading, Store
from govreports.store.reading import normal_publisher
from govreports.store.rereading import EarlierReading, earlier_readings

Fate = Literal["new", "lost", "moved", "kept", "none"]
"""Of the report that a document carries: none before, none now, known as another one, as before, none at all."""

_AT_ONCE: Final = 50
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class FactChanges:
    """Cells whose number came, became another one, or went."""

    new: int = 0
    changed: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChange:
    """One document that is read otherwise than before."""

    url: str
    status: str
    report: Fate
    facts: FactChanges
    publisher: str | None
    report_year: int | None


@dataclass(slots=True)
class Summary:
    """Counts over all documents read again; ``shown`` holds the first of those that change, losses first."""

    same: int = 0
    changed: int = 0
    not_in_archive: list[str] = field(default_factory=list)
    parser_failed: list[str] = field(default_factory=list)
    waiting: Counter[str] = field(default_factory=Counter)
    """Documents that need an extra, by code."""
    facts_new: int = 0
    facts_changed: int = 0
    facts_lost: int = 0
    reports: Counter[Fate] = field(default_factory=Counter)
    shown: list[DocumentChange] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many documents were read again."""
        return self.same + self.changed

    def add(self, change: DocumentChange) -> None:
        """Count one document that changes."""
        self.changed += 1
        self.facts_new += change.facts.new
        self.facts_changed += change.facts.changed
        self.facts_lost += change.facts.lost
        self.reports[change.report] += 1
        if change.status == "parser_failed":
            self.parser_failed.append(change.url)
        self.shown.append(change)
        if len(self.shown) > 2 * _SHOWN:
            self._keep_the_weightiest()

    def weightiest(self) -> list[DocumentChange]:
        """The changes that a person should look at first, at most twenty."""
        self._keep_the_weightiest()
        return self.shown

    def _keep_the_weightiest(self) -> None:
        self.shown.sort(key=lambda change: (change.report != "lost", -change.facts.lost, -change.facts.changed))
        del self.shown[_SHOWN:]


def summarise(store: Store, rereads: Iterable[Reread]) -> Summary:
    """Compare with what the store holds. What it holds already, because an earlier run wrote it, counts as the same."""
    summary = Summary()
    for group in _grouped(rereads):
        earlier = earlier_readings(store, [reread.document_id for reread in group])
        for reread in group:
            before = earlier.get(reread.document_id)
            reading = reread.reading
            if reread.outcome == "lost":
                summary.not_in_archive.append(reread.message)
            elif before is None or reading is None or reread.page is None or reread.digest == before.reading:
                summary.same += 1
            else:
                summary.add(_change(store, reread.page.url, reading, before))
            if reread.waits_for:
                summary.waiting[reread.waits_for] += 1
    return summary


def _change(store: Store, url: str, reading: Reading, before: EarlierReading) -> DocumentChange:
    report = reading.report
    facts = FactChanges()
    if reading.status != "parser_failed":
        # A fault of the parser takes nothing away, so nothing is lost by it.
        old = store.read_facts(before.version_id) if before.version_id is not None else ()
        facts = FactChanges(*changed_numbers(old, report.facts if report is not None else ()))
    return DocumentChange(
        url=url,
        status=reading.status,
        report=_fate(reading, before),
        facts=facts,
        publisher=report.publisher if report is not None else before.publisher,
        report_year=report.report_year if report is not None else before.report_year,
    )


def _fate(reading: Reading, before: EarlierReading) -> Fate:
    report = reading.report
    if reading.status == "parser_failed":
        return "kept" if before.version_id is not None else "none"
    if before.version_id is None:
        return "none" if report is None else "new"
    if report is None:
        return "lost"
    year = report.report_year if report.report_year is not None else before.report_year
    now = (normal_publisher(report.publisher), year, reading.scope)
    return "kept" if now == (before.publisher, before.report_year, before.scope) else "moved"


def _grouped(rereads: Iterable[Reread]) -> Iterator[list[Reread]]:
    rest = iter(rereads)
    while group := list(islice(rest, _AT_ONCE)):
        yield group
