"""The extraction record: a report as one JSON object."""

from __future__ import annotations

from typing import Any

import msgspec

from govreports.documents.model import Document
from govreports.reports.checks import RELATIONS
from govreports.reports.model import Candidate, Check, Fact, MetadataEntry, Report

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def to_record(report: Report, document: Document, *, source: str) -> dict[str, Any]:
    """The record of the contract; ``source`` is the path or address that was read."""
    record: dict[str, Any] = {
        "source": source,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "title": report.title,
        "publisher": report.publisher,
        "report_year": report.report_year,
        "index_number": report.index_number,
        "document_number": report.document_number,
        "issued_on": report.issued_on,
        "published_on": report.published_on,
        "metadata": [_metadata(entry) for entry in report.metadata],
        "sections": [
            {"number": section.number, "heading": section.heading, "text": section.text} for section in report.sections
        ],
        "forms": dict(report.forms),
        "facts": [_fact(fact) for fact in report.facts],
        "checks": [_check(check) for check in report.checks],
        "issues": [issue.to_record() for issue in report.issues],
    }
    if report.candidates:
        record["candidates"] = [_candidate(candidate) for candidate in report.candidates]
    return record


def error_record(source: str, *, code: str, message: str) -> dict[str, Any]:
    """The record of an input that could not be read."""
    return {"source": source, "error": {"code": code, "message": message}}


def encode(record: dict[str, Any]) -> bytes:
    """One line of UTF-8 JSON; decimals are written digit for digit."""
    return _ENCODER.encode(record)


def _metadata(entry: MetadataEntry) -> dict[str, Any]:
    return {"label": entry.label, "field": entry.field, "value": entry.value, "raw": entry.raw}


def _fact(fact: Fact) -> dict[str, Any]:
    local = fact.local
    record: dict[str, Any] = {
        "table": fact.table,
        "row": None if local is not None and local.row is not None else fact.row,
        "column": None if local is not None and local.column is not None else fact.column,
        "value": fact.value,
        "raw": fact.raw,
        "unit": fact.unit,
        "status": fact.status,
    }
    if fact.at is not None:
        record["at"] = fact.at.to_record()
    if fact.confidence is not None:
        record["confidence"] = round(fact.confidence, 3)
    if local is not None and local.row is not None:
        record |= {"row_label": local.row, "path": list(local.path)}
    if local is not None and local.column is not None:
        record["column_label"] = local.column
    return record


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "row": candidate.row,
        "value": candidate.value,
        "raw": candidate.raw,
        "unit": candidate.unit,
        "section": candidate.section,
        "sentence": candidate.sentence,
    }


def _check(check: Check) -> dict[str, Any]:
    record: dict[str, Any] = {"rule": check.rule, "relation": RELATIONS[check.rule], "table": check.table}
    if check.row is not None:
        record["row"] = check.row
    if check.column is not None:
        record["column"] = check.column
    return record | {"status": check.status, "expected": check.expected, "actual": check.actual}
