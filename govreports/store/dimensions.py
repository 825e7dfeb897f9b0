"""Rows that others point to, found or made: portals, publishers, cells of forms, check rules.

Numbers of portals, cells and rules are remembered by a process, but only after the transaction that made them has been
kept: what a rollback undid must not be pointed to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, tuple_, update

from govreports.reports.forms import load_forms
from govreports.reports.indicator_labels import ancestors
from govreports.reports.model import LOCAL_CODE, LocalLabels
from govreports.store import bodies
from govreports.store.models import Cell, CheckRule, Portal, Publisher, Report
from govreports.store.statements import insert_or_ignore, inserting

BETWEEN: Final = " / "
"""Between the labels of a path; labels themselves have no white space."""

CellKey = tuple[str, str, str, str]
"""Table, form, row, column."""
RuleKey = tuple[str, str, str, str]
"""Rule, table, row, column; a part that a relation lacks is empty."""


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """What the registry knows of a portal; None for a column that is in no registry."""

    code: str
    name: str | None = None
    division_code: str | None = None


@dataclass(slots=True)
class Known:
    """Numbers of rows: those surely in the database, and those of the transaction under way."""

    portals: dict[str, int] = field(default_factory=dict)
    cells: dict[CellKey, tuple[int, str | None]] = field(default_factory=dict)
    """Number and unit."""
    rules: dict[RuleKey, int] = field(default_factory=dict)
    fresh_portals: dict[str, int] = field(default_factory=dict)
    fresh_cells: dict[CellKey, tuple[int, str | None]] = field(default_factory=dict)
    fresh_rules: dict[RuleKey, int] = field(default_factory=dict)

    def keep(self) -> None:
        """The transaction was kept."""
        self.portals.update(self.fresh_portals)
        self.cells.update(self.fresh_cells)
        self.rules.update(self.fresh_rules)
        self.forget()

    def forget(self) -> None:
        """The transaction was undone, or a new one begins."""
        self.fresh_portals.clear()
        self.fresh_cells.clear()
        self.fresh_rules.clear()


def portal_id(connection: Connection, facts: PortalFacts) -> int:
    """The number of a portal; its name and division are brought up to what ``facts`` knows."""
    query = select(Portal.id, Portal.name, Portal.division_code).where(Portal.code == facts.code)
    row = connection.execute(query).one_or_none()
    if row is None:
        values = {"code": facts.code, "name": facts.name, "division_code": facts.division_code}
        insert_or_ignore(connection, Portal, values)
        row = connection.execute(query).one()
    if facts.name is not None and (row.name, row.division_code) != (facts.name, facts.division_code):
        connection.execute(
            update(Portal).where(Portal.id == row.id).values(name=facts.name, division_code=facts.division_code)
        )
        _move_publishers(connection, row.id, facts.division_code)
    return int(row.id)


def known_portal_id(connection: Connection, known: Known, code: str) -> int:
    """The number of a portal of which no more than its code has to be known."""
    number = known.portals.get(code) or known.fresh_portals.get(code)
    if number is None:
        number = known.fresh_portals[code] = portal_id(connection, PortalFacts(code))
    return number


def publisher_id(connection: Connection, name: str, portal: int) -> int:
    """The number of the body of that name in the portal's division."""
    row = connection.execute(_PUBLISHER_OF_PORTAL, {"name": name, "portal": portal}).one()
    return _publisher(connection, name, row.division) if row.number is None else int(row.number)


def cells(
    connection: Connection, known: Known, wanted: Mapping[CellKey, tuple[str | None, LocalLabels | None]]
) -> dict[CellKey, tuple[int, str | None]]:
    """Number and unit of each cell; unit and labels handed in serve for a cell that the forms do not describe."""
    missing = wanted.keys() - known.cells.keys() - known.fresh_cells.keys()
    if missing:
        # All cells of an edition at once: one after the other is hundreds of queries for the first report of a crawl.
        known.fresh_cells.update(_stored_cells(connection, missing))
    if missing := missing - known.fresh_cells.keys():
        _insert_cells(connection, {key: wanted[key] for key in wanted if key in missing})
        known.fresh_cells.update(_stored_cells(connection, missing))
    return {key: known.cells.get(key) or known.fresh_cells[key] for key in wanted}


def rules(connection: Connection, known: Known, wanted: Iterable[RuleKey]) -> dict[RuleKey, int]:
    """Number of each check rule."""
    keys = dict.fromkeys(wanted)
    missing = keys.keys() - known.rules.keys() - known.fresh_rules.keys()
    if missing:
        known.fresh_rules.update(_stored_rules(connection))
    if missing := missing - known.fresh_rules.keys():
        names = ("rule", "table_code", "row_code", "column_code")
        rows = [dict(zip(names, key, strict=True)) for key in keys if key in missing]
        connection.execute(inserting(connection, CheckRule).on_conflict_do_nothing(), rows)
        known.fresh_rules.update(_stored_rules(connection))
    return {key: known.rules.get(key) or known.fresh_rules[key] for key in keys}


def _publisher(connection: Connection, name: str, division: str) -> int:
    query = select(Publisher.id).where(Publisher.division_code == division, Publisher.name == name)
    number = connection.execute(query).scalar_one_or_none()
    if number is None:
        insert_or_ignore(connection, Publisher, {"division_code": division, "name": name})
        number = connection.execute(query).scalar_one()
    return number


def _move_publishers(connection: Connection, portal: int, division: str | None) -> None:
    """Point the portal's reports to the bodies of its corrected division."""
    rows = connection.execute(
        select(Publisher.id, Publisher.name)
        .where(Publisher.id.in_(select(Report.publisher_id).where(Report.portal_id == portal)))
        .where(Publisher.division_code != (division or ""))
    ).all()
    moved = {row.id: _publisher(connection, row.name, division or "") for row in rows}
    for publisher, target in moved.items():
        connection.execute(
            update(Report)
            .where(Report.portal_id == portal, Report.publisher_id == publisher)
            .values(publisher_id=target)
        )
    bodies.note(connection, {*moved, *moved.values()})


def _stored_cells(connection: Connection, wanted: Iterable[CellKey]) -> dict[CellKey, tuple[int, str | None]]:
    """The cells in the store of the editions of those wanted, brought up to the wording of the form files.

    Of the rows that bodies added, which may be many, only those that are wanted.
    """
    keys = set(wanted)
    editions = sorted({key[:2] for key in keys})
    own = sorted({key[2] for key in keys if key[2].startswith(LOCAL_CODE)})
    rows = connection.execute(
        select(Cell.__table__)
        .where(tuple_(Cell.table_code, Cell.form).in_(editions))
        .where(~Cell.row_code.startswith(LOCAL_CODE, autoescape=True) | Cell.row_code.in_(own))
    ).all()
    found: dict[CellKey, tuple[int, str | None]] = {}
    for row in rows:
        key = (row.table_code, row.form, row.row_code, row.column_code)
        found[key] = row.id, row.unit
        # Facts that lean on the old unit keep it.
        described = {name: value for name, value in _form_cells().get(key, {}).items() if name != "unit"}
        if any(getattr(row, name) != value for name, value in described.items()):
            connection.execute(update(Cell).where(Cell.id == row.id).values(described))
    return found


def _insert_cells(connection: Connection, wanted: Mapping[CellKey, tuple[str | None, LocalLabels | None]]) -> None:
    """Make cells, in this order. Those of the forms get their labels, those of a body's own the printed ones."""
    names = ("position", "row_label", "row_label_en", "column_label", "column_label_en", "unit", "section_path")
    rows: list[dict[str, Any]] = []
    for key, (unit, local) in wanted.items():
        described = _form_cells().get(key) or _own_cell(key, unit, local)
        codes = dict(zip(("table_code", "form", "row_code", "column_code"), key, strict=True))
        rows.append({**codes, **{name: described.get(name) for name in names}})
    connection.execute(inserting(connection, Cell).on_conflict_do_nothing(), rows)


def _own_cell(key: CellKey, unit: str | None, local: LocalLabels | None) -> dict[str, Any]:
    """What is known of a cell that no form has: its labels, and those of the form for the half that one has."""
    table, form, row_code, column_code = key
    if local is None:
        return {"unit": unit}
    # Bodies print other units for one label, or none: each figure keeps its own.
    described: dict[str, Any] = {}
    beside = next((cell for cell in _form_cells().items() if cell[0][:3] == (table, form, row_code)), None)
    if local.row is not None:
        described |= {"row_label": local.row, "section_path": BETWEEN.join(local.path) or None}
    elif beside is not None:
        described |= {name: beside[1][name] for name in ("row_label", "row_label_en", "section_path")}
    above = next((cell for cell in _form_cells().items() if cell[0][::3] == (table, column_code)), None)
    if local.column is not None:
        described["column_label"] = local.column
    elif above is not None:
        described |= {name: above[1][name] for name in ("column_label", "column_label_en")}
    return described


def _stored_rules(connection: Connection) -> dict[RuleKey, int]:
    table = CheckRule
    rows = connection.execute(select(table.rule, table.table_code, table.row_code, table.column_code, table.id))
    return {(row.rule, row.table_code, row.row_code, row.column_code): row.id for row in rows}


_PUBLISHER_OF_PORTAL = (
    select(func.coalesce(Portal.division_code, "").label("division"), Publisher.id.label("number"))
    .outerjoin(
        Publisher,
        (Publisher.division_code == func.coalesce(Portal.division_code, "")) & (Publisher.name == bindparam("name")),
    )
    .where(Portal.id == bindparam("portal"))
)


@lru_cache(maxsize=1)
def _form_cells() -> dict[CellKey, dict[str, Any]]:
    """Every cell that the forms describe, with labels, unit and order of printing."""
    described: dict[CellKey, dict[str, Any]] = {}
    for table, definition in load_forms().items():
        for edition, form in definition.forms.items():
            position = 0
            for row in form.rows:
                for column in row.columns:
                    position += 1
                    described[table, edition, row.code, column.code] = {
                        "position": position,
                        "row_label": row.label,
                        "row_label_en": row.english,
                        "column_label": column.label,
                        "column_label_en": column.english,
                        "unit": column.unit,
                        "section_path": BETWEEN.join(parent.label for parent in ancestors(form, row)) or None,
                    }
    return described
