"""The arithmetic of the forms (勾稽关系), assessed and never repaired.

R1 is printed in the form itself; R2 to R4 follow from its totals; R5 to R7 join two years and can be assessed only
where both are known, which one document never is; R8 bounds what a cell may hold. S1 and S2 are the sums within lists
of indicators, as the file of their form has them. A relation that touches a value which the source does not give is not
assessable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import cast

from govreports.issues import Issue
from govreports.reports.forms import Form, load_forms
from govreports.reports.model import Check, Fact, TableCode

RELATIONS = {
    "requests_balance": "R1",
    "outcomes_sum": "R2",
    "applicants_sum": "R3",
    "disputes_sum": "R4",
    "carried_over": "R5",
    "in_force_balance": "R6",
    "items_balance": "R7",
    "value_domain": "R8",
    "indicators_sum": "S1",
    "indicators_at_least": "S2",
}
"""Rule name → number of the relation."""

_Number = int | Decimal
_Values = Mapping[tuple[str, str], _Number | None]
"""Row and column → value of each cell that the source has."""


def run_checks(forms: Mapping[TableCode, str | None], facts: Iterable[Fact]) -> tuple[Check, ...]:
    """Assess every relation of the tables that were found."""
    by_table: dict[str, dict[tuple[str, str], _Number | None]] = {table: {} for table in forms}
    for fact in facts:
        by_table[fact.table][fact.row, fact.column] = fact.value
    checks: list[Check] = []
    definitions = load_forms()
    for table, edition in forms.items():
        if edition is None:
            continue
        form = definitions[table].forms[edition]
        cells = by_table[table]
        if table == "requests":
            checks.extend(_requests(form, cells))
        elif table == "disputes":
            checks.extend(_disputes(form, cells))
        elif table == "indicators":
            checks.extend(_sums(form, cells))
        else:
            checks.extend(_across_years(form))
        checks.extend(_domain(form, cells))
    return tuple(checks)


def _values(cells: _Values, keys: Iterable[tuple[str, str]]) -> list[_Number] | None:
    """The values of these cells, None when one is missing."""
    found = [cells.get(key) for key in keys]
    return None if None in found else cast("list[_Number]", found)


def _relation(
    cells: _Values,
    rule: str,
    table: TableCode,
    expected: Sequence[tuple[str, str]],
    actual: Sequence[tuple[str, str]],
    *,
    row: str | None = None,
    column: str | None = None,
) -> Check:
    """Compare the sum of some cells with the sum of others."""
    left, right = _values(cells, expected), _values(cells, actual)
    if left is None or right is None:
        return Check(rule, "not_assessable", table, row, column)
    total, printed = sum(left), sum(right)
    return Check(rule, "pass" if total == printed else "fail", table, row, column, total, printed)


def _requests(form: Form, cells: _Values) -> Iterator[Check]:
    columns = [column.code for column in form.rows[0].columns]
    leaves = [row.code for row in form.rows if row.kind == "leaf"]
    for column in columns:
        received = [("new_received", column), ("carried_in", column)]
        handled = [("outcome_total", column), ("carried_out", column)]
        yield _relation(cells, "requests_balance", "requests", received, handled, column=column)
    for column in columns:
        parts = [(leaf, column) for leaf in leaves]
        yield _relation(cells, "outcomes_sum", "requests", parts, [("outcome_total", column)], column=column)
    for row in form.rows:
        parts = [(row.code, column) for column in columns if column != "total"]
        yield _relation(cells, "applicants_sum", "requests", parts, [(row.code, "total")], row=row.code)
    for column in columns:
        yield Check("carried_over", "not_assessable", "requests", "carried_in", column)


def _disputes(form: Form, cells: _Values) -> Iterator[Check]:
    for row in form.rows:
        parts = [(row.code, column.code) for column in row.columns if column.code != "total"]
        yield _relation(cells, "disputes_sum", "disputes", parts, [(row.code, "total")], row=row.code)


def _sums(form: Form, cells: _Values) -> Iterator[Check]:
    """The sums of a list of indicators, in each of its columns that the form names or the source has."""
    shown = {column for _, column in cells}
    columns = dict.fromkeys(column.code for row in form.rows for column in row.columns if column.code in shown)
    for one, column in product(form.sums, columns):
        parts = [(part, column) for part in one.parts]
        key = (one.total, column)
        if one.relation == "equal":
            yield _relation(cells, "indicators_sum", "indicators", parts, [key], row=one.total, column=column)
        else:
            yield _at_least(cells, parts, key)


def _at_least(cells: _Values, parts: Sequence[tuple[str, str]], key: tuple[str, str]) -> Check:
    """What counts once in the total and perhaps several times in the parts: they are not less than it."""
    row, column = key
    left, right = _values(cells, [key]), _values(cells, parts)
    if left is None or right is None:
        return Check("indicators_at_least", "not_assessable", "indicators", row, column)
    total, added = left[0], sum(right)
    return Check("indicators_at_least", "pass" if added >= total else "fail", "indicators", row, column, total, added)


def _across_years(form: Form) -> Iterator[Check]:
    for row in form.rows:
        codes = {column.code for column in row.columns}
        if "in_force" in codes:
            yield Check("in_force_balance", "not_assessable", "proactive", row.code, "in_force")
        if "items_prev_year" in codes:
            yield Check("items_balance", "not_assessable", "proactive", row.code, "items_prev_year")


def _domain(form: Form, cells: _Values) -> Iterator[Check]:
    """R8: whole and not negative, but for signed changes and amounts of money."""
    wrong = [
        Check("value_domain", "fail", form.table, row.code, column.code, None, value)
        for row in form.rows
        for column in row.columns
        if (value := cells.get((row.code, column.code))) is not None
        and ((value < 0 and not column.signed) or (value != int(value) and not column.is_money))
    ]
    if wrong:
        yield from wrong
    else:
        assessed = any(value is not None for value in cells.values())
        yield Check("value_domain", "pass" if assessed else "not_assessable", form.table)


def misfilling_signs(facts: Iterable[Fact]) -> Iterator[Issue]:
    """Figures that are possible but look like a misunderstood form."""
    cells = {(fact.row, fact.column): fact for fact in facts if fact.table == "proactive"}
    for (row, column), fact in cells.items():
        if column == "decisions":
            before, change = cells.get((row, "items_prev_year")), cells.get((row, "items_change"))
            values = [part.value for part in (before, change) if part is not None and part.value is not None]
            if len(values) == 2 and values[1] and fact.value == sum(values):
                message = (
                    f"{row}: the decisions equal items of last year plus change, so items were probably filled in."
                )
                yield Issue("decisions_look_like_items", "warning", message, fact.at)
        if column == "amount" and row == "administrative_fee" and fact.unit not in (None, "万元"):
            message = f"{row}.{column} is printed in {fact.unit}, the form asks for 万元; kept as printed."
            yield Issue("unit_differs", "warning", message, fact.at)
