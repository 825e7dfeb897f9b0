"""The versions of one report, for comparing two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from govreports.reports.model import Report
from govreports.store import content, models
from govreports.store import engine as transactions
from govreports.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionHead:
    """One version: when it was seen, where, and the number of the version that it replaced, and how."""

    version_id: int
    number: int
    is_current: bool
    first_seen: datetime
    last_seen: datetime
    source_url: str
    replaces: int | None
    change: str | None


def versions_of(store: Store, report_id: int) -> list[VersionHead]:
    """All versions of a report by number; empty where there is no such report."""
    table, document, replacement = models.ReportVersion, models.Document, models.Replacement
    earlier = table.__table__.alias("earlier")
    query = (
        select(
            table.id.label("version_id"),
            table.number,
            table.is_current,
            table.first_seen,
            table.last_seen,
            document.source_url,
            earlier.c.number.label("replaces"),
            replacement.change,
        )
        .join(document, document.id == table.document_id)
        .outerjoin(replacement, replacement.version_id == table.id)
        .outerjoin(earlier, earlier.c.id == replacement.replaces_id)
        .where(table.report_id == report_id)
        .order_by(table.number)
    )
    rows = transactions.read(store.engine, lambda connection: connection.execute(query).mappings().all())
    return [VersionHead(**row) for row in rows]


def read_version(store: Store, version_id: int) -> Report:
    """What a version says, without issues."""
    return transactions.read(store.engine, lambda connection: content.read_report(connection, version_id))[0]
