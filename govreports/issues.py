"""What could not be read or looks wrong, on the record: issues and the places they point to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

Severity = Literal["info", "warning", "error"]


class Place(msgspec.Struct, frozen=True, gc=False):
    """A place in a document. All numbers count from 1.

    ``table`` counts the grids of the document in reading order; ``row`` and ``column`` are those of the
    expanded grid (a spanned cell stands at its upper left corner); ``page`` is set for paged documents.

    A struct, not a dataclass, as all of which a report has hundreds: it is made several times as fast.
    """

    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None

    def to_record(self) -> dict[str, int]:
        """The place as the contract's ``at`` object, without the parts that are not known."""
        parts = {"table": self.table, "row": self.row, "column": self.column, "page": self.page}
        return {name: number for name, number in parts.items() if number is not None}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing a reader of the data should know; ``code`` is stable, ``message`` is for people."""

    code: str
    severity: Severity
    message: str
    at: Place | None = None

    def to_record(self) -> dict[str, Any]:
        """The issue as the contract prints it."""
        record: dict[str, Any] = {"code": self.code, "severity": self.severity, "message": self.message}
        if self.at is not None:
            record["at"] = self.at.to_record()
        return record
