"""The wide views: one row a report and one column a cell of a statutory table, made from the forms.

A column is named ``row__column__unit`` in the codes of the forms: ``granted__total__n``. The SQL of the views lies
beside the others in ``views/``; ``python -m govreports.store.wide REVISION`` writes it for a new revision, and a test
says when the forms have moved on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from govreports.reports.forms import TABLES, load_forms
from govreports.reports.model import TableCode

UNITS: Final = {
    "件": "n",
    "项": "items",
    "个": "projects",
    "万元": "wan_yuan",
    None: "unit_as_printed",
}
"""How a column's name tells the unit of the form."""
_AMOUNTS: Final = {"万元": "wan_yuan", "元": "yuan"}
"""The same in lists of indicators, where all but money is counted, each form in units of its own."""
_MONEY: Final = ("wan_yuan", "yuan", "unit_as_printed")


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column of a wide view and the cell that it shows."""

    name: str
    row: str
    column: str
    label: str
    label_en: str
    unit: str | None
    forms: tuple[str, ...]
    kind: str
    """What its name tells of the unit."""
    shows_unit: bool = False
    """True where it holds the printed unit of the column before it."""

    @property
    def is_amount(self) -> bool:
        """Whether its figures are amounts of money: decimals, and at times in another unit than the form's."""
        return self.kind in _MONEY and not self.shows_unit


def wide_columns(table: TableCode) -> list[WideColumn]:
    """The cells of all editions of a table, in the order of printing; columns that a body may add are left out."""
    found: dict[tuple[str, str], WideColumn] = {}
    definition = load_forms()[table]
    listed = definition.layout == "list"
    editions = reversed(definition.forms.items()) if listed else definition.forms.items()
    for edition, form in editions:
        for row in form.rows:
            for column in row.columns:
                if column.optional:
                    continue
                earlier = found.get((row.code, column.code))
                if earlier is not None and listed:
                    # The national form, which stands first, has the say over labels.
                    found[row.code, column.code] = replace(earlier, forms=(*earlier.forms, edition))
                    continue
                kind = _AMOUNTS.get(column.unit or "", "n") if listed else UNITS[column.unit]
                found[row.code, column.code] = WideColumn(
                    name=f"{row.code}__{column.code}__{kind}",
                    row=row.code,
                    column=column.code,
                    label=f"{row.label}：{column.label}",
                    label_en=f"{row.english}: {column.english}",
                    unit=column.unit,
                    forms=(*(earlier.forms if earlier else ()), edition),
                    kind=kind,
                )
    columns: list[WideColumn] = []
    for one in found.values():
        columns.append(one)
        if one.unit is None:
            name, zh, en = f"{one.row}__{one.column}__unit", f"{one.label}（单位）", f"{one.label_en}, the printed unit"
            columns.append(WideColumn(name, one.row, one.column, zh, en, None, one.forms, one.kind, shows_unit=True))
    return columns


def wide_sql(table: TableCode) -> str:
    """The CREATE VIEW statement for a table."""
    return f"CREATE VIEW {table}_table AS\n{wide_select(table)}"


def wide_select(table: TableCode, *, exact: bool = False) -> str:
    """The query behind the view; ``exact`` gives figures as the decimal text in which they are stored."""
    definition = load_forms()[table]
    cells = ",\n".join(_cell(table, column, exact=exact) for column in wide_columns(table))
    return f"""\
-- One row a report with the table “{definition.title}”, one column a cell: row__column__unit in the codes of the forms.
-- NULL where no number stands; an amount in another unit than the column's is NULL, too (report_facts has it).
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    version_summary.{table}_form AS form,
{cells}
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
WHERE version_summary.{table}_form IS NOT NULL
"""


def _cell(table: str, column: WideColumn, *, exact: bool) -> str:
    value = "fact.value" if exact else "CAST(fact.value AS NUMERIC)"
    only = ""
    if column.shows_unit:
        value = "fact.unit"
    elif column.is_amount and column.unit is not None:
        only = " AND fact.unit IS NULL"
    return (
        f"    (SELECT {value} FROM fact WHERE fact.version_id = report_version.id{only} AND fact.cell_id IN (\n"
        f"        SELECT cell.id FROM cell WHERE cell.table_code = '{table}'"
        f" AND cell.row_code = '{column.row}' AND cell.column_code = '{column.column}'))\n"
        f"        AS {column.name}"
    )


def _files(revision: str) -> Iterator[tuple[str, str]]:
    for table in TABLES:
        yield f"{table}_table_{revision}.sql", wide_sql(table)


if __name__ == "__main__":
    for file, sql in _files(sys.argv[1]):
        (Path(__file__).parent / "views" / file).write_text(sql, encoding="utf-8")
