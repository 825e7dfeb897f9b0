"""Issues of documents, as rows."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert

from govreports.issues import Issue
from govreports.store import models


def replace_issues(connection: Connection, document: int, issues: Iterable[Issue], *, only: str | None = None) -> None:
    """Put ``issues`` in the place of a document's earlier ones: of all of them, or of those with the code ``only``."""
    table = models.Issue
    old = delete(table).where(table.document_id == document)
    connection.execute(old if only is None else old.where(table.code == only))
    insert_issues(connection, document, issues)


def insert_issues(connection: Connection, document: int, issues: Iterable[Issue]) -> None:
    """Add issues to a document."""
    rows = [
        {
            "document_id": document,
            "code": issue.code,
            "severity": issue.severity,
            "message": issue.message,
            "at_table": issue.at.table if issue.at else None,
            "at_row": issue.at.row if issue.at else None,
            "at_column": issue.at.column if issue.at else None,
            "at_page": issue.at.page if issue.at else None,
        }
        for issue in issues
    ]
    if rows:
        connection.execute(insert(models.Issue), rows)
