"""The views for analysts: documented to the last column, and right on figures worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from full_reports import Figures, entry, full_report, suqian
from sqlalchemy import inspect

import govreports.store
from govreports.issues import Place
from govreports.reports.forms import TABLES, load_forms
from govreports.store import Store
from govreports.store.dictionary import load_views
from govreports.store.queries import canned_queries
from govreports.store.summary import CELLS
from govreports.store.views import view_sql
from govreports.store.wide import wide_columns, wide_sql

Query = Callable[[str], list[dict[str, Any]]]


def put(store: Store, *reports: Figures, first_year: int = 2023, **changes: Any) -> None:
    """Reports of one body, a year each."""
    store.write_many(
        entry(year, full_report(figures, report_year=year, **changes))
        for year, figures in enumerate(reports, first_year)
    )


def test_every_view_is_documented_and_every_documented_one_exists(store: Store) -> None:
    found = inspect(store.engine)
    views, tables = set(found.get_view_names()), set(found.get_table_names())
    documented = set(load_views())
    assert views - documented == set()
    assert documented - views == {name for name in tables if name.startswith("code_")} | {"fact_status", "division"}


def test_every_column_is_documented_in_its_order(store: Store) -> None:
    found = inspect(store.engine)
    assert {view: [column["name"] for column in found.get_columns(view)] for view in load_views()} == {
        name: [column.name for column in view.columns] for name, view in load_views().items()
    }


@pytest.mark.parametrize("view", load_views().values(), ids=lambda view: view.name)
def test_every_description_is_in_both_languages(view: Any) -> None:
    for column in view.columns:
        assert any("一" <= letter <= "鿿" for letter in column.label), column
        assert column.label_en.strip(), column
        assert column.type in ("integer", "number", "figure", "string", "boolean", "datetime")


@pytest.mark.parametrize("view", load_views().values(), ids=lambda view: view.name)
def test_postgresql_takes_every_name(view: Any) -> None:
    assert max(len(column.name) for column in view.columns) <= 63


@pytest.mark.parametrize("table", TABLES)
def test_the_wide_views_follow_the_forms(table: Any) -> None:
    # When this fails, the forms have changed: make a revision with new SQL (python -m govreports.store.wide REVISION).
    folder = Path(govreports.store.__file__).parent / "views"
    newest = max(path.stem.removeprefix(f"{table}_table_") for path in folder.glob(f"{table}_table_*.sql"))
    assert view_sql(f"{table}_table", newest) == wide_sql(table)


def test_every_total_is_a_cell_of_a_form() -> None:
    cells = {
        (table, row.code, column.code)
        for table, definition in load_forms().items()
        for form in definition.forms.values()
        for row in form.rows
        for column in row.columns
    }
    assert set(CELLS.values()) <= cells


def test_a_wide_view_has_a_report_in_one_row(store: Store, query: Query) -> None:
    put(store, suqian(2023))
    (row,) = query("SELECT * FROM requests_table")
    assert (row["granted__total__n"], row["new_received__natural_person__n"]) == (1191, 3511)
    assert (row["other_handling__total__n"], row["form"]) == (None, "v2021")


def test_wide_views_keep_editions_apart(store: Store, query: Query) -> None:
    report = full_report({("requests", "other_handling", "total"): 7}, edition="v2019", report_year=2020)
    store.write_many([entry(1, report)])
    (row,) = query("SELECT other_handling__total__n AS one, other_other__total__n AS three, form FROM requests_table")
    assert row == {"one": 7, "three": None, "form": "v2019"}


def test_a_blank_cell_stays_null_in_a_wide_view(store: Store, query: Query) -> None:
    put(store, {("disputes", "review", "total"): None})
    assert query("SELECT review__total__n AS n FROM disputes_table") == [{"n": None}]


def test_an_amount_in_another_unit_is_not_shown_as_ten_thousands(store: Store, query: Query) -> None:
    report = full_report({("proactive", "administrative_fee", "amount"): Decimal("11.80")})
    facts = tuple(fact if fact.column != "amount" else fact.__class__(*_with_unit(fact, "元")) for fact in report.facts)
    store.write_many([entry(1, report), entry(2, full_report({}, facts=facts, report_year=2024))])
    rows = query("SELECT administrative_fee__amount__wan_yuan AS fee FROM proactive_table ORDER BY report_year")
    assert rows == [{"fee": 11.8}, {"fee": None}]


def _with_unit(fact: Any, unit: str) -> tuple[Any, ...]:
    return fact.table, fact.row, fact.column, fact.status, fact.value, fact.raw, unit, fact.at


def test_confidence_of_a_machines_reading_is_shown(store: Store, query: Query) -> None:
    report = full_report({})
    fact = report.facts[0]
    seen = fact.__class__(*_with_unit(fact, fact.unit)[:-1], Place(table=1), 0.93)
    written = store.write_many([entry(1, full_report({}, facts=(seen, *report.facts[1:])))])[0]
    assert {row["confidence"] for row in query("SELECT DISTINCT confidence FROM report_facts")} == {None, 0.93}
    assert {fact.confidence for fact in store.read_facts(written.version_id or 0)} == {None, 0.93}


def test_rates_are_those_of_the_published_figures(store: Store, query: Query) -> None:
    put(store, suqian(2023), suqian(2024))
    rows = query("SELECT * FROM indicators ORDER BY report_year")
    shown = [(row["disclosure_rate_of_outcomes"], row["disclosure_rate_of_decided_on_merits"]) for row in rows]
    assert [tuple(round(rate, 3) for rate in pair) for pair in shown] == [(0.436, 0.915), (0.540, 0.954)]
    first = rows[0]
    assert first["n_outcomes"] == 3486
    assert first["refusal_rate_of_outcomes"] == pytest.approx(142 / 3486)
    assert first["carry_over_rate_of_caseload"] == pytest.approx(121 / 3607)
    assert first["review_correction_rate_of_decided"] == pytest.approx(17 / (440 - 26))
    assert first["litigation_loss_rate_of_decided"] == pytest.approx(1 / (24 + 89 - 6 - 9))
    assert (first["n_reviews_decided"], first["n_suits_decided"], first["n_caseload"]) == (414, 98, 3607)


def test_the_shares_of_outcomes_make_one(store: Store, query: Query) -> None:
    put(store, suqian(2023))
    (row,) = query("SELECT * FROM indicators")
    parts = ("full_grant", "partial_grant", "refusal", "unavailable", "not_processed", "other_handling")
    assert sum(row[f"{part}_rate_of_outcomes"] for part in parts) == pytest.approx(1)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        (("requests", "refused_state_secret", "total"), "refusal_rate_of_outcomes"),
        (("requests", "partially_granted", "total"), "disclosure_rate_of_outcomes"),
        (("requests", "outcome_total", "total"), "full_grant_rate_of_outcomes"),
        (("requests", "new_received", "natural_person"), "natural_person_share_of_received"),
        (("requests", "carried_in", "total"), "carry_over_rate_of_caseload"),
        (("disputes", "review", "pending"), "review_correction_rate_of_decided"),
        (("disputes", "litigation_direct", "corrected"), "litigation_loss_rate_of_decided"),
    ],
)
def test_a_rate_without_one_of_its_parts_is_null(store: Store, query: Query, cell: Any, rate: str) -> None:
    put(store, {**suqian(2023), cell: None}, suqian(2024))
    rows = query(f"SELECT {rate} AS rate FROM indicators ORDER BY report_year")
    assert rows[0] == {"rate": None}
    assert rows[1]["rate"] is not None


def test_a_rate_over_nothing_is_null(store: Store, query: Query) -> None:
    put(store, {})
    (row,) = query("SELECT * FROM indicators")
    assert {row[name] for name in row if "rate_of" in name or "share_of" in name} == {None}
    assert row["n_outcomes"] == 0


def test_relations_across_years_hold_on_the_published_figures(store: Store, query: Query) -> None:
    put(store, suqian(2023), suqian(2024))
    rows = query("SELECT rule, status, COUNT(*) AS n FROM cross_year_checks GROUP BY 1, 2")
    assert rows == [
        {"rule": "carried_over", "status": "pass", "n": 7},
        {"rule": "in_force_balance", "status": "pass", "n": 2},
    ]


def test_a_break_between_years_is_found_with_both_figures(store: Store, query: Query) -> None:
    put(store, suqian(2023), {**suqian(2024), ("requests", "carried_in", "total"): 120})
    assert query("SELECT relation, expected, actual FROM cross_year_checks WHERE status = 'fail'") == [
        {"relation": "R5", "expected": 121, "actual": 120}
    ]


def test_a_missing_part_or_year_is_not_assessable(store: Store, query: Query) -> None:
    put(store, {**suqian(2023), ("proactive", "regulation", "in_force"): None}, suqian(2024))
    store.write_many([entry(9, full_report({}, report_year=2026))])
    assert query("SELECT row_code, status FROM cross_year_checks WHERE status <> 'pass'") == [
        {"row_code": "regulation", "status": "not_assessable"}
    ]
    assert query("SELECT DISTINCT report_year FROM cross_year_checks") == [{"report_year": 2024}]


def test_failed_checks_are_listed_with_their_meaning(store: Store, query: Query) -> None:
    put(store, {**suqian(2023), ("disputes", "review", "total"): 441})
    (row,) = query("SELECT * FROM check_failures")
    assert (row["relation"], row["row_code"], row["expected"], row["actual"], row["difference"]) == (
        *("R4", "review", "440", "441"),
        1,
    )
    assert (row["severity"], row["rule_label_en"]) == ("error", "all = upheld + corrected + other + pending")


def test_the_panel_has_a_row_a_body_year_and_scope(store: Store, query: Query) -> None:
    whole = full_report({}, title="港口区人民政府2023年政府信息公开工作年度报告")
    store.write_many([entry(1, full_report({})), entry(2, whole, scope="area_rollup")])
    put(store, {}, first_year=2020, edition="v2019")
    rows = query("SELECT report_year, scope, form, break_2021, break_2024 FROM panel ORDER BY 1, 2")
    assert [tuple(row.values()) for row in rows] == [
        (2020, "", "v2019", 0, 0),
        (2023, "", "v2021", 1, 0),
        (2023, "area_rollup", "v2021", 1, 0),
    ]


def test_of_two_reports_of_one_year_the_panel_shows_the_one_with_figures(store: Store, query: Query) -> None:
    blank = {("requests", "new_received", "total"): None}
    store.write_many(
        [
            entry(1, full_report(blank)),
            entry(2, full_report({("requests", "new_received", "total"): 5}), portal="other"),
        ]
    )
    assert query("SELECT new_received, reports FROM panel") == [{"new_received": 5, "reports": 2}]


def test_groups_of_outcomes_add_up_what_each_edition_has(store: Store, query: Query) -> None:
    old = full_report({("requests", "other_handling", "total"): 4}, edition="v2019", report_year=2020)
    new = {("requests", row, "total"): 2 for row in ("other_correction_overdue", "other_fee_unpaid", "other_other")}
    store.write_many([entry(1, old), entry(2, full_report(new))])
    assert query("SELECT other_handling FROM panel ORDER BY report_year") == [
        {"other_handling": 4},
        {"other_handling": 6},
    ]


@pytest.mark.parametrize("canned", canned_queries(), ids=lambda canned: canned.name)
def test_every_canned_query_answers(store: Store, query: Query, canned: Any) -> None:
    figures = {**suqian(2024), ("requests", "carried_in", "total"): 120}
    store.write_many(
        entry(year, full_report(values, report_year=year, publisher="张店区教育局"), portal="zhangdian")
        for year, values in ((2023, suqian(2023)), (2024, figures))
    )
    store.know_portal(govreports.store.PortalFacts("zhangdian", "张店区人民政府", "370303"))
    store.settle_bodies()
    assert query(canned.sql)


def test_there_are_ten_canned_queries() -> None:
    assert len({canned.name for canned in canned_queries()}) == 10


@pytest.mark.parametrize("table", TABLES)
def test_the_exact_query_has_the_columns_of_the_view(table: Any) -> None:
    names = [column.name for column in wide_columns(table)]
    assert len(set(names)) == len(names)
    assert [column.name for column in load_views()[f"{table}_table"].columns][-len(names) :] == names


def test_an_empty_store_has_empty_views(store: Store, query: Query) -> None:
    codes = {"code_table", "code_form", "code_row", "code_column", "code_name", "fact_status", "division"}
    assert {view for view in load_views() if query(f"SELECT * FROM {view} LIMIT 1")} == codes
