"""Placing by order: only where one possibility is left."""

from __future__ import annotations

import pytest

from govreports.reports.tables.order import Mark, agrees, doubt_repeated, fill_by_order

LOST, LOCAL = Mark.LOST, Mark.LOCAL
Found = list[str | Mark]


@pytest.mark.parametrize(
    ("found", "codes", "by_order"),
    [
        (["a", LOST, "c"], ("a", "b", "c"), {1}),
        ([LOST, "b", "c"], ("a", "b", "c"), {0}),
        (["a", "b", LOST], ("a", "b", "c"), {2}),
        ([LOST, LOST, LOST], ("a", "b", "c"), {0, 1, 2}),
        (["a", LOST, LOST], ("a", "b", "c"), {1, 2}),
        (["a", LOST], ("a", None), set()),
        (["a", LOST, LOST, "c"], ("a", None, None, "c"), set()),
        (["a", LOST, "b", "c"], ("a", None, "b", "c"), set()),
        (["a", LOCAL, LOST, "c"], ("a", None, "b", "c"), {2}),
        (["c", LOST, "a"], ("c", None, "a"), set()),
        (["a", LOST, "c", "b"], ("a", None, "c", "b"), set()),
        ([], (), set()),
        (["a", "x", LOST], ("a", "x", None), set()),
        ([LOST, LOST, "x"], (None, None, "x"), set()),
    ],
)
def test_a_lost_label_is_filled_where_the_count_leaves_one_way(
    found: Found, codes: tuple[str | None, ...], by_order: set[int]
) -> None:
    filled = fill_by_order(found, "abc")
    assert (filled.codes, filled.by_order) == (codes, by_order)


@pytest.mark.parametrize(
    ("found", "settled"),
    [
        (["a", "b", "a"], ["a", "b", LOST]),
        (["x", "a", "c", "a"], ["x", "a", "c", LOST]),
        (["a", "x", "c", "a"], [LOST, "x", "c", LOST]),
        (["a", "b", "c"], ["a", "b", "c"]),
        (["c", "b", "c"], [LOST, "b", "c"]),
        (["a", "a", "c"], [LOST, LOST, "c"]),
        (["a", "b", "b", "d"], ["a", LOST, LOST, "d"]),
        (["a", "c", "b", "c"], ["a", LOST, "b", "c"]),
        (["b", LOST, LOCAL, "b"], [LOST, LOST, LOCAL, LOST]),
        (["x", "x"], [LOST, LOST]),
        (["x", "a", "x"], [LOST, "a", LOST]),
        (["d", "b", "c"], ["d", "b", "c"]),
        ([], []),
    ],
)
def test_a_label_printed_twice_is_doubted_where_it_stands_against_the_order(found: Found, settled: Found) -> None:
    assert doubt_repeated(found, "abcd") == settled


@pytest.mark.parametrize(
    "found", [["a", "b", "c"], ["a", "c"], ["a", LOST, "c"], [LOST, "b"], ["c"], [LOST, LOST, LOST], []]
)
def test_labels_in_order_agree_with_the_form(found: Found) -> None:
    assert agrees(found, "abc")


@pytest.mark.parametrize(
    "found", [["b", "a"], [LOST, "a"], ["a", LOST, "b"], ["a", LOCAL], ["a", "x"], ["a", "a"], ["a", "b", "c", LOST]]
)
def test_labels_of_another_order_or_form_do_not_agree(found: Found) -> None:
    assert not agrees(found, "abc")
