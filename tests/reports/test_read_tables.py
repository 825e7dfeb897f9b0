"""From a document's grids to facts: what holds for the tables together, whatever the layout of each."""

from __future__ import annotations

from itertools import islice

import lists
import pytest
from printing import BY_NAME
from test_tables import BODY, HEAD, SEVEN, SURE, Rows, codes, html, read, row_of, sheet

from govreports.reports import Report

LIST: Rows = lists.split((lists.HEAD, *lists.REQUESTS))
"""A piece of the list that reports before 2019 have."""


def said(report: Report, code: str, table: str) -> list[tuple[str, object, str]]:
    """Severity, place and words of what is said of a table."""
    return [
        (issue.severity, issue.at.to_record() if issue.at is not None else None, issue.message)
        for issue in report.issues
        if issue.code == code and table in issue.message
    ]


def test_a_table_that_does_not_tell_its_edition_is_said_where_it_begins() -> None:
    report = read(html([("办公电话", "12345")], HEAD, BODY))
    assert report.forms["requests"] == "v2021"
    ((severity, at, message),) = said(report, "form_undecided", "requests")
    assert (severity, at) == ("warning", {"table": 2})
    assert "v2021" in message


def test_rows_that_a_table_does_not_have_are_named_where_it_begins() -> None:
    report = read(html([("办公电话", "12345")], HEAD, BODY))
    ((severity, at, message),) = said(report, "rows_absent", "requests")
    assert (severity, at) == ("warning", {"table": 2})
    assert "21 of 25 rows: refused_state_secret, refused_prohibited_by_law, " in message
    assert message.endswith(", outcome_total, carried_out")


def test_as_many_labels_of_either_edition_decide_nothing() -> None:
    older = ("（六）其他处理", *SEVEN)
    newer = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *SEVEN)
    report = read(html([*HEAD, *BODY, older, newer]))
    assert report.forms["requests"] == "v2021"
    assert len(said(report, "form_undecided", "requests")) == 1


@pytest.mark.parametrize("first", [True, False])
def test_a_list_of_earlier_indicators_may_stand_beside_a_table_of_the_form(first: bool) -> None:
    table: Rows = [*HEAD, *BODY]
    report = read(html(LIST, table) if first else html(table, LIST))
    assert row_of(report, "granted") == SURE
    assert row_of(report, "requests_received", "indicators") == [6]
    assert codes(report) == []


def test_neither_a_list_nor_a_table_of_the_form_holds_metadata() -> None:
    publisher = ("发布机构", "桃源县人民政府")
    rows: Rows = [*HEAD, *BODY, publisher]
    report = read(html([*LIST, ("索引号", "01")], rows))
    assert [entry.label for entry in islice(report.metadata, 2)] == []


def test_no_list_of_earlier_indicators_is_looked_for_where_all_tables_are_there() -> None:
    page = BY_NAME["html"].body(sheet()).decode()
    local = html(LIST).decode().partition("<body>")[2].partition("</body>")[0]
    report = read(page.replace("<p>五、", local + "<p>五、").encode())
    assert set(report.forms) == {"proactive", "requests", "disputes"}


def test_a_word_beside_a_misprinted_label_is_said_as_well() -> None:
    wide = [("项目^2", *HEAD[0][1:]), *((f"{label}^2", *values) for label, *values in BODY)]
    report = read(html([*wide, ("本级", "2.其他法律行政止公开", *SEVEN)]))
    assert row_of(report, "refused_prohibited_by_law") == SURE
    assert codes(report) == ["label_inexact", "cell_unused"]
