"""What the store holds, report by report, for people at a terminal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, column, select, table

from govreports.store.engine import read
from govreports.store.store import Store


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One report as the analyst views show it. ``requests_received`` is exact decimal text.

    It is None where no number stands in the report; ``requests_status`` says what stands there instead.
    """

    portal: str
    publisher: str | None
    report_year: int | None
    requests_received: str | None
    requests_status: str | None
    checks_failed: int
    source_url: str


def stored_reports(store: Store, portals: Collection[str]) -> list[StoredReport]:
    """The current version of every report of these portals, by portal, publisher and year."""
    reports = table(
        "report_list",
        *(column(name) for name in ("report_id", "portal", "publisher", "report_year", "checks_failed", "source_url")),
    )
    facts = table(
        "report_facts",
        *(column(name) for name in ("report_id", "table_code", "row_code", "column_code", "value_text", "status")),
    )
    received = and_(
        facts.c.report_id == reports.c.report_id,
        facts.c.table_code == "requests",
        facts.c.row_code == "new_received",
        facts.c.column_code == "total",
    )
    query = (
        select(
            reports.c.portal,
            reports.c.publisher,
            reports.c.report_year,
            facts.c.value_text,
            facts.c.status,
            reports.c.checks_failed,
            reports.c.source_url,
        )
        .outerjoin_from(reports, facts, received)
        .where(reports.c.portal.in_(portals))
        .order_by(reports.c.portal, reports.c.publisher, reports.c.report_year)
    )
    rows = read(store.engine, lambda connection: connection.execute(query).all())
    return [StoredReport(*row) for row in rows]
