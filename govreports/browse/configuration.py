"""Datasette's configuration, made from the same description as the data dictionary and the exports."""

from __future__ import annotations

from typing import Any, Final

from govreports.browse.site import DATABASE
from govreports.store.dictionary import Column, View, load_views
from govreports.store.models import Base
from govreports.store.queries import canned_queries

TIME_LIMIT: Final = 5
"""Seconds that a query may take."""
FACETS: Final = {
    "panel": ["report_year", "province_code", "level", "form"],
    "indicators": ["report_year", "level", "form"],
    "requests_table": ["report_year", "form"],
    "proactive_table": ["report_year", "form"],
    "disputes_table": ["report_year", "form"],
    "report_totals": ["report_year", "level"],
    "report_list": ["report_year", "portal"],
    "body_list": ["province", "level"],
    "check_failures": ["report_year", "rule", "level"],
    "cross_year_checks": ["report_year", "rule", "status"],
    "coverage": ["report_year", "status"],
}
"""Columns by which the rows of a view are counted beside it."""
_OPERATORS_VIEWS: Final = ("alert_list", "run_list", "crawl_list")
"""Views for those who run crawls; SQL finds them."""

SETTINGS: Final = {
    "sql_time_limit_ms": TIME_LIMIT * 1000,
    "facet_time_limit_ms": 2000,
    "suggest_facets": False,
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "allow_download": False,
    "default_cache_ttl": 0,
    "truncate_cells_html": 600,
}
"""Datasette's settings where they differ from its own."""


def shown_views() -> list[View]:
    """The views and code tables that analysts are offered, in the order of the data dictionary."""
    return [view for view in load_views().values() if view.name not in _OPERATORS_VIEWS]


def is_code_table(view: View) -> bool:
    """Whether it says what codes mean, rather than what reports say."""
    return view.name.startswith("code_") or view.name in ("fact_status", "division")


def metadata() -> dict[str, Any]:
    """Titles, descriptions of columns, facets, canned queries, and which tables are not shown."""
    tables: dict[str, dict[str, Any]] = {
        name: {"hidden": True} for name in (*Base.metadata.tables, "alembic_version") if name not in load_views()
    }
    for view in load_views().values():
        tables[view.name] = {
            "title": f"{view.title} · {view.name}",
            "description": view.title_en,
            "columns": {column.name: describe(column) for column in view.columns},
            **({"facets": FACETS[view.name]} if view.name in FACETS else {}),
        }
    queries = {
        query.name: {"sql": query.sql, "title": f"{query.title} · {query.title_en}", "hide_sql": False}
        for query in canned_queries()
    }
    return {
        "title": "政府信息公开年度报告 · Annual disclosure reports",
        "databases": {DATABASE: {"tables": tables, "queries": queries}},
    }


def describe(column: Column) -> str:
    """What a column holds, in both languages."""
    unit = f"（{column.unit}）" if column.unit else ""
    return f"{column.label}{unit} · {column.label_en}"
