"""The arithmetic of the forms: assessed where every value is there, never repaired."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govreports.issues import Place
from govreports.reports.checks import RELATIONS, misfilling_signs, run_checks
from govreports.reports.forms import load_forms
from govreports.reports.model import Check, Fact, TableCode

Key = tuple[str, str]


def facts_of(table: TableCode, edition: str, values: dict[Key, int | Decimal | None]) -> list[Fact]:
    """Every cell of the form, 0 where nothing else is said; None stands for an empty cell."""
    facts = []
    for row in load_forms()[table].forms[edition].rows:
        for column in row.columns:
            value = values.get((row.code, column.code), 0)
            facts.append(Fact(table, row.code, column.code, "blank" if value is None else "reported", value))
    return facts


def checks_of(table: TableCode, edition: str, values: dict[Key, int | Decimal | None]) -> list[Check]:
    return list(run_checks({table: edition}, facts_of(table, edition, values)))


def one(checks: list[Check], rule: str, place: str) -> Check:
    (found,) = [check for check in checks if check.rule == rule and place in (check.row, check.column)]
    return found


BALANCED: dict[Key, int | Decimal | None] = {
    ("new_received", "natural_person"): 9,
    ("new_received", "total"): 9,
    ("carried_in", "natural_person"): 2,
    ("carried_in", "total"): 2,
    ("granted", "natural_person"): 6,
    ("granted", "total"): 6,
    ("other_other", "natural_person"): 4,
    ("other_other", "total"): 4,
    ("outcome_total", "natural_person"): 10,
    ("outcome_total", "total"): 10,
    ("carried_out", "natural_person"): 1,
    ("carried_out", "total"): 1,
}


def test_a_balanced_form_passes_everything_that_one_year_can_show() -> None:
    checks = checks_of("requests", "v2021", BALANCED)
    assert {check.rule for check in checks if check.status == "pass"} == {
        "requests_balance",
        "outcomes_sum",
        "applicants_sum",
        "value_domain",
    }
    assert {check.rule for check in checks if check.status != "pass"} == {"carried_over"}
    assert len([check for check in checks if check.rule == "requests_balance"]) == 7
    assert len([check for check in checks if check.rule == "outcomes_sum"]) == 7
    assert len([check for check in checks if check.rule == "applicants_sum"]) == 25
    assert len([check for check in checks if check.rule == "carried_over"]) == 7


@pytest.mark.parametrize(
    ("changed", "rule", "place", "expected", "actual"),
    [
        (("new_received", "natural_person"), "requests_balance", "natural_person", 12, 11),
        (("carried_out", "natural_person"), "requests_balance", "natural_person", 11, 12),
        (("granted", "natural_person"), "outcomes_sum", "natural_person", 11, 10),
        (("outcome_total", "total"), "outcomes_sum", "total", 10, 11),
        (("carried_in", "total"), "applicants_sum", "carried_in", 2, 3),
        (("refused_state_secret", "other_organisation"), "applicants_sum", "refused_state_secret", 1, 0),
    ],
)
def test_a_sum_that_does_not_hold_fails_with_both_sides(
    changed: Key, rule: str, place: str, expected: int, actual: int
) -> None:
    values = {**BALANCED, changed: int(BALANCED.get(changed) or 0) + 1}
    check = one(checks_of("requests", "v2021", values), rule, place)
    assert (check.status, check.expected, check.actual) == ("fail", expected, actual)


def test_a_missing_value_makes_a_relation_not_assessable() -> None:
    values = {**BALANCED, ("granted", "natural_person"): None}
    checks = checks_of("requests", "v2021", values)
    assert one(checks, "outcomes_sum", "natural_person").status == "not_assessable"
    assert one(checks, "applicants_sum", "granted").status == "not_assessable"
    assert one(checks, "requests_balance", "natural_person").status == "pass"
    check = one(checks, "outcomes_sum", "natural_person")
    assert (check.expected, check.actual) == (None, None)


def test_leaves_of_the_older_edition_are_its_own() -> None:
    values: dict[Key, int | Decimal | None] = {("other_handling", "total"): 3, ("outcome_total", "total"): 3}
    assert one(checks_of("requests", "v2019", values), "outcomes_sum", "total").status == "pass"


def test_each_block_of_disputes_has_its_own_total() -> None:
    values: dict[Key, int | Decimal | None] = {
        ("review", "upheld"): 2,
        ("review", "pending"): 1,
        ("review", "total"): 3,
        ("litigation_direct", "corrected"): 1,
        ("litigation_after_review", "other"): None,
    }
    checks = checks_of("disputes", "v2021", values)
    statuses = {check.row: check.status for check in checks if check.rule == "disputes_sum"}
    assert statuses == {"review": "pass", "litigation_direct": "fail", "litigation_after_review": "not_assessable"}


def test_relations_between_years_are_named_and_not_assessable() -> None:
    newer = {(check.rule, check.row, check.column, check.status) for check in checks_of("proactive", "v2021", {})}
    assert ("in_force_balance", "regulation", "in_force", "not_assessable") in newer
    older = {(check.rule, check.row, check.column, check.status) for check in checks_of("proactive", "v2019", {})}
    assert ("items_balance", "administrative_fee", "items_prev_year", "not_assessable") in older
    assert sum(rule == "items_balance" for rule, _, _, _ in older) == 5
    assert sum(rule == "in_force_balance" for rule, _, _, _ in newer) == 2


def domain(table: TableCode, edition: str, values: dict[Key, int | Decimal | None]) -> list[Check]:
    return [check for check in checks_of(table, edition, values) if check.rule == "value_domain"]


def test_a_negative_count_or_half_a_case_is_outside_the_domain() -> None:
    found = domain("requests", "v2021", {("granted", "total"): -1, ("carried_in", "total"): Decimal("0.5")})
    assert [(check.status, check.table, check.row, check.column, check.expected, check.actual) for check in found] == [
        ("fail", "requests", "carried_in", "total", None, Decimal("0.5")),
        ("fail", "requests", "granted", "total", None, -1),
    ]


def test_changes_may_be_negative_and_amounts_broken() -> None:
    assert [check.status for check in domain("proactive", "v2019", {("administrative_fee", "items_change"): -3})] == [
        "pass"
    ]
    amount: dict[Key, int | Decimal | None] = {("administrative_fee", "amount"): Decimal("11.8")}
    assert [check.status for check in domain("proactive", "v2021", amount)] == ["pass"]
    negative: dict[Key, int | Decimal | None] = {("administrative_fee", "amount"): Decimal("-11.8")}
    assert [check.status for check in domain("proactive", "v2021", negative)] == ["fail"]
    half: dict[Key, int | Decimal | None] = {("administrative_fee", "items_change"): Decimal("-0.5")}
    assert [check.status for check in domain("proactive", "v2019", half)] == ["fail"]


def test_an_empty_table_has_no_domain_to_assess() -> None:
    keys = [(fact.row, fact.column) for fact in facts_of("disputes", "v2021", {})]
    assert [check.status for check in domain("disputes", "v2021", dict.fromkeys(keys))] == ["not_assessable"]


def test_a_table_that_was_not_found_has_no_checks() -> None:
    assert run_checks({"requests": None, "proactive": None, "disputes": None}, []) == ()


def test_every_rule_has_its_number() -> None:
    assert sorted(RELATIONS.values()) == [*(f"R{number}" for number in range(1, 9)), "S1", "S2"]


def signs(values: dict[Key, int | Decimal | None]) -> list[str]:
    return [issue.message for issue in misfilling_signs(facts_of("proactive", "v2019", values))]


LICENCE = "administrative_licence"


def test_decisions_that_are_items_and_their_change_look_misread() -> None:
    (message,) = signs(
        {(LICENCE, "items_prev_year"): 1215, (LICENCE, "items_change"): -35, (LICENCE, "decisions"): 1180}
    )
    assert message.startswith(LICENCE)


@pytest.mark.parametrize(
    ("before", "change", "decisions"), [(5, 0, 5), (5, 1, 7), (5, None, 5), (None, 5, 5), (0, 0, 0), (5, 1, None)]
)
def test_other_decisions_do_not_look_misread(before: int | None, change: int | None, decisions: int | None) -> None:
    values = {
        (LICENCE, "items_prev_year"): before,
        (LICENCE, "items_change"): change,
        (LICENCE, "decisions"): decisions,
    }
    assert signs(dict(values)) == []


@pytest.mark.parametrize(("unit", "count"), [("元", 1), ("万元", 0), (None, 0)])
def test_a_fee_in_another_unit_is_said(unit: str | None, count: int) -> None:
    fact = Fact("proactive", "administrative_fee", "amount", "reported", 5, "5", unit)
    assert [issue.code for issue in misfilling_signs([fact])] == ["unit_differs"] * count
    other = Fact("proactive", "centralised_procurement", "amount", "reported", 5, "5", unit)
    assert list(misfilling_signs([other])) == []


def test_every_relation_names_the_place_that_it_speaks_of() -> None:
    form = load_forms()["requests"].forms["v2021"]
    columns = [column.code for column in form.rows[0].columns]
    checks = checks_of("requests", "v2021", BALANCED)
    assert [(check.rule, check.status, check.table, check.row, check.column) for check in checks] == [
        *(("requests_balance", "pass", "requests", None, column) for column in columns),
        *(("outcomes_sum", "pass", "requests", None, column) for column in columns),
        *(("applicants_sum", "pass", "requests", row.code, None) for row in form.rows),
        *(("carried_over", "not_assessable", "requests", "carried_in", column) for column in columns),
        ("value_domain", "pass", "requests", None, None),
    ]
    balance = checks[0]
    assert (balance.expected, balance.actual) == (11, 11)


def test_a_relation_that_cannot_be_assessed_names_its_place_too() -> None:
    checks = checks_of("disputes", "v2019", {("review", "upheld"): None})
    assert [(check.rule, check.status, check.table, check.row) for check in checks] == [
        ("disputes_sum", "not_assessable", "disputes", "review"),
        ("disputes_sum", "pass", "disputes", "litigation_direct"),
        ("disputes_sum", "pass", "disputes", "litigation_after_review"),
        ("value_domain", "pass", "disputes", None),
    ]


@pytest.mark.parametrize(
    ("edition", "places"),
    [
        ("v2021", [("in_force_balance", row, "in_force") for row in ("regulation", "normative_document")]),
        (
            "v2019",
            [
                ("items_balance", row, "items_prev_year")
                for row in (
                    "administrative_licence",
                    "other_external_service",
                    "administrative_penalty",
                    "administrative_compulsion",
                    "administrative_fee",
                )
            ],
        ),
    ],
)
def test_relations_across_years_wait_for_the_other_year(edition: str, places: list[tuple[str, str, str]]) -> None:
    checks = [check for check in checks_of("proactive", edition, {}) if check.rule != "value_domain"]
    assert [(check.rule, check.row, check.column) for check in checks] == places
    assert {(check.status, check.table) for check in checks} == {("not_assessable", "proactive")}


def test_signs_of_misfilling_lead_to_the_cell() -> None:
    at = Place(table=1, row=7, column=4)
    cells = {"items_prev_year": 12, "items_change": -3, "decisions": 9}
    facts = [
        Fact("proactive", "administrative_penalty", column, "reported", value, str(value), "件", at)
        for column, value in cells.items()
    ]
    facts.append(Fact("proactive", "administrative_fee", "amount", "reported", 5, "5元", "元", at))
    issues = list(misfilling_signs(facts))
    assert [(issue.code, issue.severity, issue.at) for issue in issues] == [
        ("decisions_look_like_items", "warning", at),
        ("unit_differs", "warning", at),
    ]
    assert "administrative_fee.amount is printed in 元" in issues[1].message


CHANNELS: dict[Key, int | Decimal | None] = {("channel_website", "value"): 8, ("channel_weibo", "value"): 4}


def test_sums_of_a_list_name_their_places() -> None:
    form = load_forms()["indicators"].forms["s2014"]
    found = [check for check in checks_of("indicators", "s2014", {}) if check.rule != "value_domain"]
    assert [(check.rule, check.table, check.row, check.column) for check in found] == [
        ("indicators_sum" if one.relation == "equal" else "indicators_at_least", "indicators", one.total, column)
        for one in form.sums
        for column in dict.fromkeys(column.code for column in form.rows[1].columns)
    ]
    assert {check.status for check in found} == {"pass"}


@pytest.mark.parametrize(
    ("items", "status", "expected", "actual"),
    [(12, "pass", 12, 12), (13, "fail", 13, 12), (None, "not_assessable", None, None)],
)
def test_parts_that_may_count_twice_are_at_least_the_total(
    items: int | None, status: str, expected: int | None, actual: int | None
) -> None:
    checks = checks_of("indicators", "s2014", {**CHANNELS, ("proactive_items", "value"): items})
    (found,) = [check for check in checks if check.rule == "indicators_at_least" and check.column == "value"]
    assert (found.table, found.row) == ("indicators", "proactive_items")
    assert (found.status, found.expected, found.actual) == (status, expected, actual)
