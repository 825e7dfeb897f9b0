"""What a test expects of a page: short enough to be reviewed, and what changed between two of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from govreports.issues import Place
from govreports.reports import Report
from govreports.spiders.listing import Listing

Expectation = dict[str, Any]


def of_report(report: Report) -> Expectation:
    """Fields, facts that are not a plain 0, checks that fail, and issues with their places.

    A place is table, row and column, 0 where there is none.
    """
    facts: dict[str, str] = {}
    for fact in report.facts:
        if fact.status != "reported":
            facts[f"{fact.table}.{fact.row}.{fact.column}"] = fact.status
        elif fact.value != 0:
            facts[f"{fact.table}.{fact.row}.{fact.column}"] = " ".join(filter(None, (str(fact.value), fact.unit)))
    return {
        "title": report.title,
        "publisher": report.publisher,
        "report_year": report.report_year,
        "index_number": report.index_number,
        "document_number": report.document_number,
        "issued_on": report.issued_on,
        "published_on": report.published_on,
        "sections": [f"{section.number} {section.heading}" for section in report.sections],
        "forms": dict(report.forms),
        "cells": len(report.facts),
        "facts": facts,
        "failing_checks": [
            ".".join(filter(None, (check.rule, check.row, check.column)))
            for check in report.checks
            if check.status == "fail"
        ],
        "issues": [" ".join(filter(None, (issue.severity, issue.code, _place(issue.at)))) for issue in report.issues],
    }


def _place(place: Place | None) -> str:
    return f"{place.table or 0}/{place.row or 0}/{place.column or 0}" if place is not None else ""


def of_list(listing: Listing) -> Expectation:
    """What a page of a column lists, and how it goes on."""
    return {
        "items": [{"url": item.url, "title": item.title, "listed_on": item.listed_on} for item in listing.items],
        "columns": [{"url": link.url, "label": link.label} for link in listing.columns],
        "items_claimed": listing.items_claimed,
        "last_page": listing.plan.last if listing.plan is not None else None,
        "inline": listing.inline.title if listing.inline is not None else None,
        "gap": listing.gap,
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changed, a line each, with the dotted name of the part."""
    old, new = dict(_flat(before, "")), dict(_flat(after, ""))
    names = dict.fromkeys((*old, *new))
    return [line for name in names for line in _difference(name, old.get(name, _NOTHING), new.get(name, _NOTHING))]


_NOTHING = "nothing"


def _flat(part: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _flat(value, f"{name}.{key}" if name else str(key))
    elif isinstance(part, list) and any(isinstance(entry, Mapping) for entry in part):
        for number, entry in enumerate(part):
            yield from _flat(entry, f"{name}.{number}")
    else:
        yield name, part


def _difference(name: str, old: Any, new: Any) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, list) and isinstance(new, list):
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        yield from (f"{name}: no longer {_shown(one)}" for one in gone)
        yield from (f"{name}: now {_shown(one)}" for one in come)
        if not gone and not come:
            yield f"{name}: the same in another order or number"
    else:
        yield f"{name}: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
