"""What a version of a report says, as rows: facts, checks, sections, metadata; written, rewritten and read back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from govreports.bodies import organisation_code
from govreports.reports.forms import STATUTORY, TABLES
from govreports.reports.model import (
    LOCAL_CODE,
    Candidate,
    Check,
    Fact,
    FactStatus,
    LocalLabels,
    MetadataEntry,
    Report,
    Section,
    TableCode,
)
from govreports.store import dimensions, models
from govreports.store.columns import from_text, pack_place, to_text, unpack_place
from govreports.store.dimensions import Known
from govreports.store.summary import summary_of

STATUS_IDS: dict[FactStatus, int] = {
    "reported": 0,
    "blank": 1,
    "not_applicable": 2,
    "absent": 3,
    "unreadable": 4,
}
_STATUSES: dict[int, FactStatus] = {number: status for status, number in STATUS_IDS.items()}
_Row = Row[*tuple[Any, ...]]
_Values = dict[str, Any]


def read_facts(connection: Connection, version: int) -> list[Fact]:
    """The facts of a version as they were written, in the order of printing; a unit left open is the form's."""
    cell, fact = models.Cell, models.Fact
    rows = connection.execute(
        select(
            *(fact.__table__, cell.table_code, cell.row_code, cell.column_code, cell.unit.label("cell_unit")),
            *(cell.row_label, cell.column_label, cell.section_path),
        )
        .join(cell, cell.id == fact.cell_id)
        .where(fact.version_id == version)
        .order_by(cell.table_code, cell.position.is_(None), cell.position, cell.id)
    )
    return [_fact(row) for row in rows]


def read_report(connection: Connection, version: int) -> tuple[Report, str]:
    """A version's report and its scope. Publisher and year are those that the report is known by; issues, which
    belong to documents, are left out.
    """
    table, report, publisher = models.ReportVersion, models.Report, models.Publisher
    row = connection.execute(
        select(table.__table__, publisher.name.label("publisher"), report.report_year, report.scope)
        .join(report, report.id == table.report_id)
        .outerjoin(publisher, publisher.id == report.publisher_id)
        .where(table.id == version)
    ).one()
    read = Report(
        title=row.title,
        publisher=row.publisher,
        report_year=row.report_year,
        index_number=row.index_number,
        document_number=row.document_number,
        issued_on=row.issued_on,
        published_on=row.published_on,
        metadata=_read_metadata(connection, version),
        sections=_read_sections(connection, version),
        forms=_read_forms(connection, version),
        facts=tuple(read_facts(connection, version)),
        checks=_read_checks(connection, version),
        issues=(),
        candidates=_read_candidates(connection, version),
    )
    return read, row.scope


def _read_metadata(connection: Connection, version: int) -> tuple[MetadataEntry, ...]:
    table = models.MetadataEntry
    query = select(table.label, table.field, table.value, table.raw)
    rows = connection.execute(query.where(table.version_id == version).order_by(table.position))
    return tuple(MetadataEntry(*row) for row in rows)


def _read_sections(connection: Connection, version: int) -> tuple[Section, ...]:
    table = models.Section
    query = select(table.number, table.heading, table.text)
    return tuple(
        Section(*row) for row in connection.execute(query.where(table.version_id == version).order_by(table.position))
    )


def _read_candidates(connection: Connection, version: int) -> tuple[Candidate, ...]:
    table = models.Candidate
    query = select(table.row_code, table.value, table.raw, table.unit, table.sentence, table.section)
    rows = connection.execute(query.where(table.version_id == version).order_by(table.position))
    return tuple(
        Candidate(row.row_code, from_text(row.value), row.raw, row.unit, row.sentence, row.section) for row in rows
    )


def _read_forms(connection: Connection, version: int) -> dict[TableCode, str | None]:
    """The edition of each statutory table, and of the list of indicators where there is one. A table that was found has
    facts, at least absent ones.
    """
    cell, fact = models.Cell, models.Fact
    query = select(cell.table_code, cell.form).join(fact, fact.cell_id == cell.id).where(fact.version_id == version)
    found = {row.table_code: row.form or None for row in connection.execute(query.distinct())}
    return {table: found.get(table) for table in TABLES if table in STATUTORY or table in found}


def _read_checks(connection: Connection, version: int) -> tuple[Check, ...]:
    rule, result = models.CheckRule, models.CheckResult
    rows = connection.execute(
        select(
            rule.rule, result.status, rule.table_code, rule.row_code, rule.column_code, result.expected, result.actual
        )
        .join(rule, rule.id == result.rule_id)
        .where(result.version_id == version)
        .order_by(rule.id)
    )
    return tuple(
        Check(
            rule=row.rule,
            status=row.status,
            table=row.table_code,
            row=row.row_code or None,
            column=row.column_code or None,
            expected=None if row.expected is None else from_text(row.expected),
            actual=None if row.actual is None else from_text(row.actual),
        )
        for row in rows
    )


def heading(report: Report) -> dict[str, Any]:
    """The columns of a version that hold the report's headline."""
    return {
        "title": report.title,
        "index_number": report.index_number,
        "organisation_code": organisation_code(report.index_number),
        "document_number": report.document_number,
        "issued_on": report.issued_on,
        "published_on": report.published_on,
    }


def rewrite(connection: Connection, known: Known, version: int, report: Report, content: str) -> None:
    """Put another reading of the same bytes in the place of the one before."""
    for child in (models.Fact, models.Section, models.MetadataEntry, models.CheckResult, models.Candidate):
        connection.execute(delete(child).where(child.version_id == version))
    connection.execute(delete(models.version_summary).where(models.version_summary.c.version_id == version))
    connection.execute(
        update(models.ReportVersion)
        .where(models.ReportVersion.id == version)
        .values(content_hash=content, **heading(report))
    )
    write(connection, known, version, report)


def write(connection: Connection, known: Known, version: int, report: Report) -> None:
    """Write the rows of a version that has none yet."""
    for table, rows in rows_of(connection, known, version, report).items():
        if rows:
            connection.execute(insert(table), rows)


def rows_of(connection: Connection, known: Known, version: int, report: Report) -> dict[Table, list[_Values]]:
    """The rows of a version by table; cells and rules that nobody has seen so far are written on the way."""
    sections = [
        {
            "version_id": version,
            "position": position,
            "number": section.number,
            "heading": section.heading,
            "text": section.text,
        }
        for position, section in enumerate(report.sections, 1)
    ]
    metadata = [
        {
            "version_id": version,
            "position": position,
            "label": entry.label,
            "field": entry.field,
            "value": entry.value,
            "raw": entry.raw,
        }
        for position, entry in enumerate(report.metadata, 1)
    ]
    candidates = [
        {
            "version_id": version,
            "position": position,
            "row_code": candidate.row,
            "value": to_text(candidate.value),
            "raw": candidate.raw,
            "unit": candidate.unit,
            "section": candidate.section,
            "sentence": candidate.sentence,
        }
        for position, candidate in enumerate(report.candidates, 1)
    ]
    tables = models.Base.metadata.tables
    return {
        tables["fact"]: _fact_rows(connection, known, version, report),
        tables["check_result"]: _check_rows(connection, known, version, report),
        tables["section"]: sections,
        tables["metadata_entry"]: metadata,
        tables["candidate"]: candidates,
        models.version_summary: [{"version_id": version, **summary_of(report)}],
    }


def _fact_rows(connection: Connection, known: Known, version: int, report: Report) -> list[dict[str, Any]]:
    keyed = [((fact.table, report.forms.get(fact.table) or "", fact.row, fact.column), fact) for fact in report.facts]
    cells = dimensions.cells(connection, known, {key: (fact.unit, fact.local) for key, fact in keyed})
    rows = []
    for key, fact in keyed:
        number, unit = cells[key]
        value = None if fact.value is None else to_text(fact.value)
        plain = "" if fact.status == "blank" else value
        rows.append(
            {
                "version_id": version,
                "cell_id": number,
                "status_id": STATUS_IDS[fact.status],
                "value": value,
                "raw": None if fact.raw == plain else fact.raw,
                "unit": None if fact.unit == unit else fact.unit,
                "place": pack_place(fact.at),
                "confidence": fact.confidence,
            }
        )
    # In the order of the key, which is the order in which they lie on disk.
    return sorted(rows, key=lambda row: row["cell_id"])


def _check_rows(connection: Connection, known: Known, version: int, report: Report) -> list[dict[str, Any]]:
    keyed = [((check.rule, str(check.table), check.row or "", check.column or ""), check) for check in report.checks]
    rules = dimensions.rules(connection, known, [key for key, _ in keyed])
    return [
        {
            "version_id": version,
            "rule_id": rules[key],
            "status": check.status,
            "expected": None if check.expected is None else to_text(check.expected),
            "actual": None if check.actual is None else to_text(check.actual),
        }
        for key, check in keyed
    ]


def _fact(row: _Row) -> Fact:
    status = _STATUSES[row.status_id]
    raw = row.raw if row.raw is not None else "" if status == "blank" else row.value
    return Fact(
        table=row.table_code,
        row=row.row_code,
        column=row.column_code,
        status=status,
        value=None if row.value is None else from_text(row.value),
        raw=raw,
        unit=row.unit if row.unit is not None else row.cell_unit,
        at=unpack_place(row.place),
        confidence=row.confidence,
        local=_local(row),
    )


def _local(row: _Row) -> LocalLabels | None:
    own_row, own_column = row.row_code.startswith(LOCAL_CODE), row.column_code.startswith(LOCAL_CODE)
    if not (own_row or own_column):
        return None
    path = tuple((row.section_path or "").split(dimensions.BETWEEN)) if own_row and row.section_path else ()
    return LocalLabels(row.row_label if own_row else None, row.column_label if own_column else None, path)
