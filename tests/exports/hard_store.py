"""A store with whatever makes an export difficult."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from full_reports import entry, full_report, suqian

from govreports.issues import Issue
from govreports.reports.model import Section
from govreports.store import PortalFacts, Store

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://evil.example","港口")'
LONG = 12345678901234567890123456789 + Decimal("0.12345")


def fill(store: Store) -> None:
    """Two good years; a hostile title; figures of many digits; a blank, a stroke, a loss."""
    store.know_portal(PortalFacts("harbour_district", "淄博市张店区人民政府", "370303"))
    amounts = {
        ("proactive", "administrative_fee", "amount"): Decimal("59237.2449"),
        ("requests", "granted", "other_organisation"): None,
    }
    hostile = full_report(
        {("requests", "carried_in", "total"): -3, ("proactive", "administrative_fee", "amount"): LONG},
        title=FORMULA,
        publisher="<script>alert(1)</script>",
        report_year=2022,
        sections=(Section(1, "@SUM(1)", "+1\n\x01<b>粗</b>\t“引号”,逗号 \U0001f600"),),
        issues=(Issue("label_missing", "warning", "-2+3"),),
    )
    store.write_many(
        [
            entry(1, full_report({**suqian(2023), **amounts}, report_year=2023)),
            entry(2, full_report(suqian(2024), report_year=2024, index_number="113703030042174346/2025-1")),
            entry(3, hostile),
        ]
    )
