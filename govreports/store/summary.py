"""The totals of one version: what indicators and panels divide and compare, laid out one row a version.

Twenty million facts cannot be summed each time somebody asks; these some eighty figures are written with the facts,
in the same transaction, and are a function of them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from govreports.reports.forms import TABLES, load_forms
from govreports.reports.model import Report, TableCode
from govreports.store.crosswalk import STATUTORY_FORM, Term, load_crosswalk

CellKey = tuple[TableCode, str, str]
"""Table, row, column."""

FLOWS: Final = ("new_received", "carried_in", "carried_out")
"""Rows of the requests table that are kept for each kind of applicant, too."""
GROUPS: Final = ("refused", "unavailable", "not_processed", "other_handling")
"""Groups of outcomes: the sum of their rows, or the one row that an edition has instead."""
_DISPUTE_ROWS: Final = ("review", "litigation_direct", "litigation_after_review")
_DISPUTE_COLUMNS: Final = ("upheld", "corrected", "other", "pending", "total")
_APPLICANTS: Final = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_interest_organisation",
    "legal_service_organisation",
    "other_organisation",
)
_OUTCOMES: Final = (
    "granted",
    "partially_granted",
    "refused_state_secret",
    "refused_prohibited_by_law",
    "refused_security_stability",
    "refused_third_party_rights",
    "refused_internal_affairs",
    "refused_deliberative_process",
    "refused_enforcement_file",
    "refused_administrative_query",
    "unavailable_not_held",
    "unavailable_requires_creation",
    "unavailable_still_unclear",
    "not_processed_petition",
    "not_processed_duplicate",
    "not_processed_publication",
    "not_processed_excessive",
    "not_processed_reconfirmation",
    "other_correction_overdue",
    "other_fee_unpaid",
    "other_other",
    "outcome_total",
)
_DOCUMENTS: Final = ("regulation", "normative_document")
_DOCUMENT_COLUMNS: Final = ("issued", "repealed", "in_force")
_DECISIONS: Final = ("administrative_licence", "administrative_penalty", "administrative_compulsion")

FORMS: Final = tuple(f"{table}_form" for table in TABLES)
CELLS: Final[dict[str, CellKey]] = {
    **{row: ("requests", row, "total") for row in (*FLOWS, *_OUTCOMES)},
    **{f"{row}_{column}": ("requests", row, column) for row in FLOWS for column in _APPLICANTS},
    **{f"{row}_{column}": ("disputes", row, column) for row in _DISPUTE_ROWS for column in _DISPUTE_COLUMNS},
    **{f"{row}_{column}": ("proactive", row, column) for row in _DOCUMENTS for column in _DOCUMENT_COLUMNS},
    **{f"{row}_decisions": ("proactive", row, "decisions") for row in _DECISIONS},
}
"""Figures that are cells."""
FIGURES: Final = (*CELLS, *GROUPS)
"""All figures of the statutory tables, in the order of their columns."""
LONG: Final = tuple(f"long_{concept.name}" for concept in load_crosswalk())
"""Figures that reports of earlier and later years have in common."""


def layout() -> tuple[Any, ...]:
    """All that decides what a summary says of given facts: where it changes, stored ones are made anew."""
    editions = load_forms()["requests"].editions
    parts = [(edition, group, _parts(edition, group)) for edition in editions for group in GROUPS]
    return CELLS, parts, load_crosswalk()


def summary_of(report: Report) -> dict[str, Any]:
    """The figures and editions of a report. A figure is None where one of its parts is no reported number."""
    values: dict[CellKey, int | Decimal | None] = {
        (fact.table, fact.row, fact.column): fact.value for fact in report.facts
    }
    summary: dict[str, Any] = {f"{table}_form": report.forms.get(table) for table in TABLES}
    summary |= {name: values.get(key) for name, key in CELLS.items()}
    edition = report.forms.get("requests")
    for group in GROUPS:
        summary[group] = _sum(values, _parts(edition, group))
    listed = report.forms.get("indicators")
    form = listed if listed is not None and edition is None else STATUTORY_FORM
    for concept in load_crosswalk():
        summary[f"long_{concept.name}"] = _added(concept.forms.get(form, ()), values, summary)
    return summary


def _added(
    terms: Sequence[Term], values: Mapping[CellKey, int | Decimal | None], groups: Mapping[str, Any]
) -> int | Decimal | None:
    """The terms added up with their signs; None where there is none, or one is no reported number."""
    total: int | Decimal = 0
    for term in terms:
        value = groups[term.row] if term.column is None else values.get((term.table, term.row, term.column))
        if value is None:
            return None
        total += term.sign * value
    return total if terms else None


def _sum(values: Mapping[CellKey, int | Decimal | None], keys: Iterable[CellKey]) -> int | Decimal | None:
    parts = [values.get(key) for key in keys]
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None


@lru_cache(maxsize=64)
def _parts(edition: str | None, group: str) -> tuple[CellKey, ...]:
    """The cells that a group adds up in an edition of the requests table; none where it has no such group."""
    form = load_forms()["requests"].forms.get(edition or "")
    if form is None:
        return ()
    rows = [row.code for row in form.rows if row.kind == "leaf" and group in (row.code, row.group)]
    return tuple(("requests", row, "total") for row in rows)
