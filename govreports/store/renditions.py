"""One report in several renditions: which gives what, how they disagree, and what was published when.

A page and its attachments are taken together: the page gives the metadata, each statutory table comes from the best
rendition that has it (page, then Word or spreadsheet, then print, then picture), and the others are compared with it
cell by cell. Everything here is a function of the documents alone, so the order in which they came in cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from govreports.issues import Issue, Place
from govreports.reports.forms import STATUTORY, TABLES
from govreports.reports.model import Fact, Report, TableCode
from govreports.store.columns import to_text
from govreports.store.history import Sight
from govreports.store.reading import normal_publisher

DISAGREE = "renditions_disagree"

ONE_SIGHTING = timedelta(hours=12)
"""Captures of one address's documents that lie this close together belong to one crawl; the longest take hours."""

_ISSUES_A_PAIR = 40
"""Cells named for each pair of renditions: more of them say that one is another report, or a bad scan."""

_HEAD = ("title", "publisher", "report_year", "index_number", "document_number", "issued_on", "published_on")
"""What the page says, and another rendition where the page leaves it open."""

_TEXT_TYPES = ("text/html", "text/plain")
_PRINT_TYPES = ("application/pdf", "application/ofd")
_SAYS_NOTHING = ("absent", "unreadable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One document of those that a page and its attachments make, with what was read from it."""

    document_id: int
    url: str
    sha256: str
    is_page: bool
    media_type: str | None
    recognised: bool
    """Whether a machine read it from a picture."""
    report: Report
    listed_year: int | None
    scope: str
    sight: Sight

    @property
    def rank(self) -> tuple[int, bool, str, str]:
        """Smaller for the better source of figures; the same whichever came in first."""
        if self.recognised:
            kind = 3
        elif self.media_type in _PRINT_TYPES:
            kind = 2
        else:
            kind = 0 if self.media_type in _TEXT_TYPES else 1
        return kind, not self.is_page, self.url, self.sha256

    @property
    def publisher(self) -> str | None:
        """The publisher, normal; None where it is not known."""
        return normal_publisher(self.report.publisher)

    @property
    def year(self) -> int | None:
        """The report year; None where neither the document nor the list says it."""
        return self.report.report_year if self.report.report_year is not None else self.listed_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A report as a page and its attachments gave it at one time."""

    report: Report
    year: int | None
    scope: str
    members: tuple[Member, ...]
    lead: Member
    """The document that the figures came from: of the table with the most of them, where they come from several."""
    sources: dict[TableCode, int]
    """The document of each table that does not come from ``lead``."""
    sight: Sight

    @property
    def publisher(self) -> str | None:
        """The publisher, normal; None where no rendition names it."""
        return normal_publisher(self.report.publisher)


def histories(members: Iterable[Member]) -> list[list[Composition]]:
    """The reports that a page and its attachments carry, each as its contents in order, the present one last."""
    ordered = sorted(members, key=lambda member: (member.sight.first, member.rank))
    return [_history(group) for group in _reports(ordered)]


def _reports(members: Sequence[Member]) -> list[list[Member]]:
    """Members by the report that they carry: a page may also collect those of several bodies or years."""
    pages = [member for member in members if member.is_page]
    attached = [member for member in members if not member.is_page]
    anchors = pages or attached[:1]
    publisher = next((page.publisher for page in reversed(anchors) if page.publisher), None)
    years = {page.year for page in anchors if page.year is not None}
    named = {member.publisher for member in attached if member.publisher}
    same = _spellings(publisher, named)
    own: list[Member] = [*pages]
    others: dict[tuple[str | None, int | None, str], list[Member]] = {}
    for member in attached:
        of_body = member.publisher is None or publisher is None or member.publisher in same
        of_year = member.year is None or not years or member.year in years
        if of_body and of_year:
            own.append(member)
        else:
            others.setdefault((member.publisher, member.year, member.scope), []).append(member)
    return [group for group in (own, *others.values()) if group]


def _spellings(publisher: str | None, named: set[str]) -> set[str]:
    """Names among those of attachments that mean the page's own body: itself, or else the one longer or shorter
    form of its name (with or without the city, or the office that wrote the report)."""
    if publisher is None or publisher in named:
        return {publisher} if publisher else set()
    close = {name for name in named if name in publisher or publisher in name}
    return close if len(close) == 1 else set()


def _history(members: Sequence[Member]) -> list[Composition]:
    pages = [member for member in members if member.is_page]
    attached = [member for member in members if not member.is_page]
    found: list[Composition] = []
    left = {member.document_id for member in attached}
    for page in sorted(pages, key=lambda page: (page.sight.last, page.sight.first, page.rank)):
        end = min(
            (at for other in pages if other is not page for at in _moments(other) if at > page.sight.last),
            default=None,
        )
        beside = [
            member
            for member in attached
            if member.sight.last >= page.sight.first - ONE_SIGHTING and (end is None or member.sight.first < end)
        ]
        left -= {member.document_id for member in beside}
        found += _states(page, beside)
    lone = [member for member in attached if member.document_id in left]
    return [*(_states(None, lone) if lone else ()), *found]


def _moments(member: Member) -> tuple[datetime, datetime]:
    return member.sight.first, member.sight.last


def _states(page: Member | None, attached: Sequence[Member]) -> list[Composition]:
    """What one page and its attachments gave, one after the other, as files at one address were replaced."""
    addresses: dict[str, list[Member]] = {}
    for member in sorted(attached, key=lambda member: (member.sight.first, member.rank)):
        addresses.setdefault(member.url, []).append(member)
    shown = {url: files[0] for url, files in addresses.items()}
    states: list[tuple[datetime | None, dict[str, Member]]] = [(None, dict(shown))]
    replacing = (member for files in addresses.values() for member in files[1:])
    for member in sorted(replacing, key=lambda member: (member.sight.first, member.rank)):
        shown[member.url] = member
        since, _ = states[-1]
        if since is not None and member.sight.first - since <= ONE_SIGHTING:
            states[-1] = since, dict(shown)
        else:
            states.append((member.sight.first, dict(shown)))
    ends: list[datetime | None] = [*(since for since, _ in states[1:]), None]
    found = [
        compose([*([page] if page else []), *state.values()], since=since, until=until)
        for (since, state), until in zip(states, ends, strict=True)
    ]
    present = {
        url: max(files, key=lambda member: (member.sight.last, member.sight.first, member.rank))
        for url, files in addresses.items()
    }
    if present != states[-1][1]:
        found.append(compose([*([page] if page else []), *present.values()]))
    return found


def compose(members: Sequence[Member], *, since: datetime | None = None, until: datetime | None = None) -> Composition:
    """The report that ``members`` carry together; at most one of them is the page.

    ``since`` and ``until`` narrow the time over which they were all to be seen.
    """
    ranked = sorted(members, key=lambda member: member.rank)
    page = next((member for member in ranked if member.is_page), None)
    first = page or ranked[0]
    order = [first, *(member for member in ranked if member is not first)]
    chosen = {table: member for table in TABLES if (member := _best(ranked, table)) is not None}
    counts = {member.document_id: 0 for member in ranked}
    for table, member in chosen.items():
        counts[member.document_id] += sum(fact.table == table for fact in member.report.facts)
    lead = max(chosen.values(), key=lambda member: counts[member.document_id], default=first)
    reports = [member.report for member in order]
    lasting = [page] if page else members
    return Composition(
        report=replace(
            reports[0],
            **_head(reports),
            sections=next((report.sections for report in reports if report.sections), ()),
            # They stand in the sections, and count only where there is no table.
            candidates=() if chosen else next((report.candidates for report in reports if report.sections), ()),
            forms={table: _form(chosen.get(table), table) for table in TABLES if table in STATUTORY or table in chosen},
            facts=tuple(
                fact for table, member in chosen.items() for fact in member.report.facts if fact.table == table
            ),
            checks=tuple(
                check for table, member in chosen.items() for check in member.report.checks if check.table == table
            ),
            issues=(),
        ),
        year=next((member.year for member in order if member.year is not None), None),
        scope=first.scope,
        members=tuple(order),
        lead=lead,
        sources={
            table: member.document_id for table, member in chosen.items() if member.document_id != lead.document_id
        },
        sight=Sight(
            since or min(member.sight.first for member in lasting),
            until or max(member.sight.last for member in lasting),
        ),
    )


def _head(reports: Sequence[Report]) -> dict[str, Any]:
    """What the first of ``reports`` says of itself, and a later one where it leaves something open."""
    return {name: next((value for report in reports if (value := getattr(report, name))), None) for name in _HEAD}


def _best(ranked: Sequence[Member], table: TableCode) -> Member | None:
    """The best rendition that has a table; one in which nothing of it can be read only where no other has it."""
    having = [member for member in ranked if member.report.forms.get(table) is not None]
    legible = [
        member
        for member in having
        if any(fact.table == table and fact.status not in _SAYS_NOTHING for fact in member.report.facts)
    ]
    return next(iter([*legible, *having]), None)


def _form(member: Member | None, table: TableCode) -> str | None:
    return None if member is None else member.report.forms.get(table)


def disagreements(composition: Composition) -> dict[int, list[Issue]]:
    """Where other renditions say something else than the one that a table was taken from, by that document.

    A cell that is absent or unreadable in one of two renditions says nothing of the other.
    """
    found: dict[int, list[Issue]] = {}
    by_number = {member.document_id: member for member in composition.members}
    for table in composition.report.forms:
        source = by_number[composition.sources.get(table, composition.lead.document_id)]
        for other in composition.members:
            if other is not source:
                found.setdefault(source.document_id, []).extend(_differences(table, source, other))
    return {document: issues for document, issues in found.items() if issues}


def _differences(table: TableCode, source: Member, other: Member) -> list[Issue]:
    said = {(fact.row, fact.column): fact for fact in other.report.facts if fact.table == table}
    issues: list[Issue] = []
    left_out = 0
    for fact in source.report.facts:
        beside = said.get((fact.row, fact.column)) if fact.table == table else None
        if beside is None or not _differ(fact, beside):
            continue
        if len(issues) == _ISSUES_A_PAIR:
            left_out += 1
            continue
        message = (
            f"{table}/{fact.row}/{fact.column} is {_said(fact)} in {source.url}{_where(fact.at)}, "
            f"but {_said(beside)} in {other.url}{_where(beside.at)}; the former was taken"
        )
        issues.append(Issue(DISAGREE, "warning", message, fact.at))
    if left_out:
        message = f"{left_out} more cells of {table} differ between {source.url} and {other.url}; look at both"
        issues.append(Issue(DISAGREE, "warning", message))
    return issues


def _differ(one: Fact, other: Fact) -> bool:
    if one.status in _SAYS_NOTHING or other.status in _SAYS_NOTHING:
        return False
    return (one.value is None) != (other.value is None) or one.value != other.value


def _said(fact: Fact) -> str:
    return to_text(fact.value) if fact.value is not None else fact.status.replace("_", " ")


def _where(place: Place | None) -> str:
    parts = [] if place is None else [f"{name} {number}" for name, number in place.to_record().items()]
    return f" ({', '.join(parts)})" if parts else ""
