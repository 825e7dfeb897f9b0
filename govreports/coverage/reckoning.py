"""Reckoning anew what is expected, and which portals are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from govreports.coverage.deadlines import load_calendar
from govreports.coverage.expected import expected_reports, is_due
from govreports.registry.portal import Portal
from govreports.registry.years import parse_years
from govreports.store import PortalFacts, Store
from govreports.store.expectations import (
    portals_crawled,
    portals_of,
    read_coverage,
    replace_expectations,
    seen_publishers,
    waiting_documents,
)


def reckon(store: Store, portal: PortalFacts, *, known_years: str | None = None, today: date) -> None:
    """Reckon anew what is expected of one portal."""
    expected = expected_reports(
        seen_publishers(store, portal.code),
        waiting_documents(store, portal.code),
        division_code=portal.division_code,
        known_years=parse_years(known_years) if known_years else (),
        today=today,
        calendar=load_calendar(),
    )
    replace_expectations(store, portal, expected, as_of=today.isoformat())


def reckon_all(store: Store, registry: Iterable[Portal], *, today: date) -> None:
    """Reckon anew what is expected of all portals of the registry, and of all others that were crawled."""
    entries = {portal.id: portal for portal in registry}
    for portal in entries.values():
        facts = PortalFacts(portal.id, portal.name, portal.division_code)
        reckon(store, facts, known_years=portal.years, today=today)
    for facts in portals_of(store):
        if facts.code not in entries:
            reckon(store, facts, today=today)


def due_portals(store: Store, registry: Iterable[Portal], *, today: date) -> set[str]:
    """Portals of which a report is expected now that is not there, and those never crawled."""
    portals = list(registry)
    reckon_all(store, portals, today=today)
    calendar = load_calendar()
    due = {
        row.portal
        for row in read_coverage(store, statuses=("missing", "not_yet_due"))
        if is_due(date.fromisoformat(row.deadline), today=today, calendar=calendar)
    }
    crawled = portals_crawled(store)
    return due | {portal.id for portal in portals if portal.id not in crawled}
