"""What stands in a cell where the form asks for a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govreports.reports import numbers
from govreports.reports.numbers import parse_value


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """What an earlier test read must not answer for this one: a mutation run keeps the process."""
    numbers._parsed.cache_clear()


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("7", 7),
        ("11398889", 11398889),
        ("999999999999999999999999999999", 999999999999999999999999999999),
        ("+5174", 5174),
        ("-183", -183),
        ("−35", -35),
        ("–35", -35),
        ("—35", -35),
        ("﹣3", -3),
        ("－3", -3),
        ("- 8", -8),
        ("２０１６３", 20163),
        ("1,204", 1204),
        ("１，２０４", 1204),
        ("2,822,652", 2822652),
        ("1,2345,6789", 123456789),
        ("1 204 305", 1204305),
        ("? 0", 0),
        ("？12", 12),
        (" 12\u00a0", 12),
        ("零", 0),
        ("〇", 0),
        ("0.0", Decimal("0.0")),
        ("11.8", Decimal("11.8")),
        ("59237.2449", Decimal("59237.2449")),
        ("-0.50", Decimal("-0.50")),
        ("1,234.50", Decimal("1234.50")),
    ],
)
def test_a_number_is_read_exactly(raw: str, value: int | Decimal) -> None:
    found = parse_value(raw)
    assert (found.status, found.value, type(found.value)) == ("reported", value, type(value))
    assert (found.unit, found.note) == (None, None)


@pytest.mark.parametrize(
    ("raw", "value", "unit", "note"),
    [
        ("27225290916元", 27225290916, "元", None),
        ("6944.93万元", Decimal("6944.93"), "万元", None),
        ("3 亿元", 3, "亿元", None),
        ("5件次", 5, "件次", None),
        ("12人次", 12, "人次", None),
        ("5宗", 5, "宗", None),
        ("12。", 12, None, None),
        ("12①", 12, None, "①"),
        ("12*", 12, None, "*"),
        ("12件※", 12, "件", "※"),
        ("5²", 5, None, "²"),
        ("12⑩ ", 12, None, "⑩"),
        ("22（其中修订16件）", 22, None, "(其中修订16件)"),
        ("22件（其中\n修订16件）", 22, "件", "(其中\n修订16件)"),
    ],
)
def test_unit_and_note_are_kept_apart_from_the_number(
    raw: str, value: int | Decimal, unit: str | None, note: str | None
) -> None:
    found = parse_value(raw)
    assert (found.value, found.unit, found.note) == (value, unit, note)


@pytest.mark.parametrize("raw", ["", " ", "\u00a0", "\u3000"])
def test_an_empty_cell_is_blank(raw: str) -> None:
    assert parse_value(raw).status == "blank"


@pytest.mark.parametrize("raw", ["/", "／", "\\", "-", "—", "——", "－", "–", "--", "无", "不适用", "不涉及", "N/A"])
def test_a_stroke_says_that_nothing_applies(raw: str) -> None:
    found = parse_value(raw)
    assert (found.status, found.value) == ("not_applicable", None)


@pytest.mark.parametrize(
    "raw",
    [
        "见附件",
        "12 34",
        "1,23",
        "1,2345,678",
        "12,34",
        "007",
        "01",
        "00",
        "1.2.3",
        "1.",
        ".5",
        "5%",
        "3-4",
        "+-3",
        "1e5",
        "约12",
        "12本",
        "1" * 31,
        "1" * 20 + "." + "1" * 20,
        "减少2",
        "²",
        "⑩5",
        "1½",
        "٣",
        "1٣",
        "增",
    ],
)
def test_what_is_no_number_is_never_read_as_one(raw: str) -> None:
    found = parse_value(raw)
    assert (found.status, found.value) == ("unreadable", None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("增加3", 3),
        ("增3", 3),
        ("↑ 3", 3),
        ("减少2", -2),
        ("减2", -2),
        ("↓2项", -2),
        ("减0.5", Decimal("-0.5")),
        ("-2", -2),
    ],
)
def test_words_for_a_change_count_where_the_form_asks_for_one(raw: str, value: int | Decimal) -> None:
    assert parse_value(raw, signed=True).value == value


@pytest.mark.parametrize("raw", ["减少-2", "减少+2", "增减"])
def test_two_signs_are_unreadable(raw: str) -> None:
    assert parse_value(raw, signed=True).status == "unreadable"


def test_the_longest_number_has_thirty_digits() -> None:
    assert parse_value("1" * 30).value == int("1" * 30)
    assert parse_value("1" * 26 + ".123").value == Decimal("1" * 26 + ".123")
    assert parse_value("1" * 27 + ".123").status == "unreadable"


def test_ten_thousand_is_a_unit_of_money_only() -> None:
    amount = parse_value("0.5万", money=True)
    assert (amount.status, amount.value, amount.unit) == ("reported", Decimal("0.5"), "万元")
    assert parse_value("0.5万").status == "unreadable"
    assert parse_value("5万件", money=True).status == "unreadable"


def test_numbers_in_two_lines_are_not_one() -> None:
    assert parse_value("12\n345").status == "unreadable"
    assert parse_value("12 345").value == 12345
