"""Charts over the whole store, each with the table that it was drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from govreports.bodies.divisions import load_divisions
from govreports.browse import drawing
from govreports.browse.drawing import Share
from govreports.browse.site import Site
from govreports.browse.texts import plain
from govreports.store.queries import canned_queries

Rows = Sequence[Mapping[str, Any]]

OUTCOMES: Final = ("granted", "partially_granted", "refused", "unavailable", "not_processed", "other_handling")
SCOPES: Final = (("", "scope_own"), ("area_rollup", "scope_area"))
"""Scopes of reports and the texts that name them: the two are never added."""
QUERIES: Final = ("requests_by_year", "outcome_shares")
"""Canned queries that charts are drawn from."""


def chart_sql() -> dict[str, str]:
    """The SQL of the canned queries that charts are drawn from."""
    return {query.name: query.sql for query in canned_queries() if query.name in QUERIES}


def charts_page(site: Site, rows: Mapping[str, Rows]) -> dict[str, Any]:
    """What the template of the charts needs; ``rows`` are the results of ``chart_sql``."""
    return {
        "requests": list(_requests(rows["requests_by_year"])),
        "outcomes": list(_outcomes(rows["outcome_shares"])),
        "outcome_names": OUTCOMES,
        "coverage": _coverage(site.index.coverage()),
    }


def _requests(rows: Rows) -> Iterable[dict[str, Any]]:
    for scope, name in SCOPES:
        found = [row for row in rows if row["scope"] == scope]
        drawn = [row for row in found if row["requests_received"] is not None]
        if drawn:
            values = [
                (str(row["report_year"]), float(row["requests_received"]), f"{row['requests_received']:,}")
                for row in drawn
            ]
            title = f"{plain('requests_by_year')}: {plain(name)}"
            yield {"name": name, "svg": drawing.bars(values, title=title), "rows": found}


def _outcomes(rows: Rows) -> Iterable[dict[str, Any]]:
    for scope, name in SCOPES:
        found = [row for row in rows if row["scope"] == scope and row["n_outcomes"]]
        if found:
            drawn = [
                (str(row["report_year"]), [Share(row[one] or 0, plain(one), one) for one in OUTCOMES]) for row in found
            ]
            title = f"{plain('outcome_shares')}: {plain(name)}"
            yield {"name": name, "svg": drawing.shares(drawn, title=title), "rows": found}


def _coverage(counted: Iterable[tuple[str | None, int | None, int]]) -> dict[str, Any] | None:
    by_province: dict[str, dict[int, int]] = {}
    for province, year, count in counted:
        if province is not None and year is not None:
            by_province.setdefault(province, {})[year] = count
    if not by_province:
        return None
    years = sorted({year for counts in by_province.values() for year in counts})
    rows = [(_name(province), counts) for province, counts in sorted(by_province.items())]
    return {"svg": drawing.grid(rows, years, title=plain("coverage_grid")), "rows": rows, "years": years}


def _name(province: str) -> str:
    division = load_divisions().get(f"{province}0000")
    return division.name if division is not None else province
