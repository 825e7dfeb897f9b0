"""One report: its metadata, its tables as printed, what fails, and what another version says."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

from govreports.browse.printed import (
    CellKey,
    PrintedTable,
    archived_href,
    failing_cells,
    labels,
    owed,
    print_tables,
)
from govreports.browse.site import NoSuchPage, Site
from govreports.comparison import Difference, TextChange, compare
from govreports.reports.forms import load_forms
from govreports.reports.model import Check, Report
from govreports.store import pages
from govreports.store.codes import load_codes
from govreports.store.columns import to_text
from govreports.store.pages import DocumentIssue, VersionContent
from govreports.store.versions import VersionHead, versions_of

_MARKED: Final = 6000
"""Characters of a text up to which its differences are marked letter by letter; a longer one is shown whole."""


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A relation that does not hold, in words."""

    relation: str
    label: str
    english: str
    where: str
    where_en: str
    expected: str
    actual: str
    href: str | None = None
    """The report of the year before, where the relation joins two years."""


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """An issue in words, with the place it is about."""

    severity: str
    label: str
    english: str
    message: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A part of the report that two versions word otherwise, differences marked."""

    name: str
    before: Markup
    after: Markup


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; the tables carry their marks themselves."""

    before: VersionHead
    after: VersionHead
    texts: tuple[ChangedText, ...]
    tables: tuple[tuple[PrintedTable, PrintedTable], ...]
    """Of those tables in which something differs: before and after."""


def report_page(site: Site, report_id: int, *, version: int | None, other: int | None) -> dict[str, Any]:
    """What the template of a report needs. ``version`` is the one shown (the current one where None), ``other`` the one
    that it is compared with. NoSuchPage where there is no such report or version.
    """
    head = pages.report_head(site.store, report_id)
    if head is None:
        raise NoSuchPage("no_report", number=report_id)
    versions = versions_of(site.store, report_id)
    chosen = _choose(versions, version, report_id)
    content = pages.version_content(site.store, chosen.version_id)
    report = content.report
    failed = [check for check in report.checks if check.status == "fail"]
    across = pages.cross_year_failures(site.store, report_id) if chosen.is_current else []
    return {
        "head": head,
        "chosen": chosen,
        "versions": versions,
        "content": content,
        "report": report,
        "attachment": content.document.url if content.document.url != content.document.source_url else None,
        "tables": owed(print_tables(report, content.table_documents, failing=failing_cells(report.checks))),
        "failed": [*(_failed(check, report) for check in failed), *(_across(one, report) for one in across)],
        "assessed": sum(check.status == "pass" for check in report.checks),
        "issues": [_issue(issue) for issue in content.issues],
        "relatives": pages.relatives(site.store, head.body_id) if head.body_id is not None else [],
        "comparison": _comparison(site, chosen, versions, content, other, report_id),
    }


def _choose(versions: Sequence[VersionHead], number: int | None, report_id: int) -> VersionHead:
    for version in versions:
        if version.number == number if number is not None else version.is_current:
            return version
    raise NoSuchPage("no_version", number=report_id, version=number)


def _failed(check: Check, report: Report) -> FailedCheck:
    table = load_forms()[check.table]
    where, where_en = labels(check.table, report.forms.get(check.table), check.row, check.column)
    entry = load_codes()["check"][check.rule]
    return FailedCheck(
        relation=entry["number"],
        label=entry["label"],
        english=entry["label_en"],
        where=f"{table.title}：{where}",
        where_en=f"{table.english}: {where_en}",
        expected="" if check.expected is None else to_text(check.expected),
        actual="" if check.actual is None else to_text(check.actual),
    )


def _across(failure: pages.CrossYearFailure, report: Report) -> FailedCheck:
    entry = load_codes()["check"][failure.rule]
    definition = next(one for one in load_forms().values() if one.table == failure.table)
    edition = report.forms.get(definition.table)
    where, where_en = labels(definition.table, edition, failure.row, failure.column)
    return FailedCheck(
        *(entry["number"], entry["label"], entry["label_en"]),
        *(f"{definition.title}：{where}", f"{definition.english}: {where_en}"),
        *(failure.expected, failure.actual),
        href=f"/-/report/{failure.previous_report_id}",
    )


def _issue(found: DocumentIssue) -> ShownIssue:
    issue = found.issue
    entry = load_codes()["issue"].get(issue.code, {"label": issue.code, "label_en": issue.code})
    href = archived_href(found.document_id, issue.at)
    return ShownIssue(issue.severity, entry["label"], entry["label_en"], issue.message, href)


def _comparison(
    site: Site,
    chosen: VersionHead,
    versions: Sequence[VersionHead],
    content: VersionContent,
    other: int | None,
    report_id: int,
) -> Comparison | None:
    if other is None:
        return None
    against = _choose(versions, other, report_id)
    if against.number == chosen.number:
        return None
    before, after = sorted((chosen, against), key=lambda one: one.number)
    contents = {chosen.number: content, against.number: pages.version_content(site.store, against.version_id)}
    left, right = contents[before.number], contents[after.number]
    difference = compare(left.report, right.report)
    changed: set[CellKey] = {change.key for change in difference.cells}
    printed = [
        print_tables(one.report, one.table_documents, failing=failing_cells(one.report.checks), changed=changed)
        for one in (left, right)
    ]
    tables = tuple(pair for pair in zip(*printed, strict=True) if any(key[0] == pair[0].code for key in changed))
    return Comparison(before, after, tuple(_changed_texts(difference)), tables)


def _changed_texts(difference: Difference) -> Iterable[ChangedText]:
    for change in (*difference.metadata, *difference.sections):
        before, after = _marked(change)
        yield ChangedText(change.name, before, after)


def _marked(change: TextChange) -> tuple[Markup, Markup]:
    before, after = change.before or "", change.after or ""
    if max(len(before), len(after)) > _MARKED:
        return escape(before), escape(after)
    left, right = Markup(), Markup()
    for kind, start, end, other_start, other_end in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        one, two = before[start:end], after[other_start:other_end]
        left += escape(one) if kind == "equal" or not one else Markup("<del>{}</del>").format(one)
        right += escape(two) if kind == "equal" or not two else Markup("<ins>{}</ins>").format(two)
    return left, right
