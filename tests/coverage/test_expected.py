"""What is expected of a portal: from what was ever seen, and from the statute."""

from __future__ import annotations

from datetime import date

import pytest

from govreports.coverage.deadlines import load_calendar
from govreports.coverage.expected import expected_reports, is_due
from govreports.store.expectations import Expected, SeenPublisher, WaitingDocument

CALENDAR = load_calendar()
EDUCATION = SeenPublisher(1, "清岚区教育局", "420191", frozenset((2022, 2023)), speaks_for_area=False)
GOVERNMENT = SeenPublisher(2, "清岚区人民政府", "420191", frozenset((2021, 2024)), speaks_for_area=True)


def expect(
    *seen: SeenPublisher, waiting: tuple[WaitingDocument, ...] = (), known: tuple[int, ...] = (), day: str
) -> list[Expected]:
    return expected_reports(
        seen,
        waiting,
        division_code="420191",
        known_years=known,
        today=date.fromisoformat(day),
        calendar=CALENDAR,
    )


def keys(expected: list[Expected]) -> list[tuple[int | None, int]]:
    return [(one.publisher_id, one.report_year) for one in expected]


def test_a_body_owes_every_year_from_its_first_one_on() -> None:
    assert keys(expect(EDUCATION, day="2026-01-10")) == [(1, 2022), (1, 2023), (1, 2024), (1, 2025)]


def test_the_new_year_is_expected_from_its_first_day() -> None:
    assert keys(expect(EDUCATION, day="2025-12-31"))[-1] == (1, 2024)
    assert keys(expect(EDUCATION, day="2026-01-01"))[-1] == (1, 2025)


def test_a_gap_between_two_reports_is_expected() -> None:
    assert (2, 2022) in keys(expect(GOVERNMENT, day="2026-01-10"))


def test_a_body_that_was_silent_for_long_is_expected_no_more() -> None:
    assert keys(expect(EDUCATION, day="2031-05-01"))[-1] == (1, 2023 + CALENDAR.silent_years)


def test_each_row_has_the_kind_and_the_day() -> None:
    rows = {one.publisher_id: one for one in expect(EDUCATION, GOVERNMENT, day="2025-06-01") if one.report_year == 2024}
    assert (rows[1].publisher_kind, rows[1].deadline) == ("department", "2025-01-31")
    assert (rows[2].publisher_kind, rows[2].deadline) == ("government", "2025-03-31")


def test_a_portal_of_which_nothing_was_seen_owes_its_government_s_last_report() -> None:
    assert expect(day="2026-01-10") == [
        Expected(publisher_id=None, report_year=2025, publisher_kind="government", deadline="2026-03-31")
    ]


def test_years_that_the_registry_knows_are_expected_of_it_too() -> None:
    assert keys(expect(known=(2022, 2023, 2030), day="2026-01-10")) == [(None, 2022), (None, 2023), (None, 2025)]


def scan(title: str | None, report_of: tuple[int | None, int | None] | None = None) -> WaitingDocument:
    return WaitingDocument("http://qinglan.gov.cn/1.pdf", "needs:ocr", title, report_of)


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (scan("清岚区教育局2024年政府信息公开工作年度报告"), (1, 2024)),
        (scan("2024年政府信息公开工作年度报告"), (1, 2024)),
        (scan("清岚区水利局2024年政府信息公开工作年度报告"), (None, 2024)),
        (scan(None, report_of=(1, 2022)), (1, 2022)),
    ],
)
def test_a_scan_that_waits_stands_for_the_report_that_it_is(
    document: WaitingDocument, key: tuple[int | None, int]
) -> None:
    rows = expect(EDUCATION, waiting=(document,), day="2026-01-10")
    waiting = [one for one in rows if one.waits_for]
    assert keys(waiting) == [key]
    assert (waiting[0].waits_for, waiting[0].waiting_url) == ("needs:ocr", document.url)


def test_a_document_without_a_year_is_nobody_s_report() -> None:
    assert [one for one in expect(EDUCATION, waiting=(scan("年报.pdf"),), day="2026-01-10") if one.waits_for] == []


@pytest.mark.parametrize(("day", "due"), [("2026-01-02", True), ("2026-02-15", True), ("2026-11-15", False)])
def test_what_is_missing_is_due_until_nobody_expects_it_any_more(day: str, due: bool) -> None:
    assert is_due(date(2026, 1, 31), today=date.fromisoformat(day), calendar=CALENDAR) is due
