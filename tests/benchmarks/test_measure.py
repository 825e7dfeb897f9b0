"""Candidates take turns, and ratios come from neighbouring turns."""

from __future__ import annotations

from itertools import chain, cycle

import pytest

from benchmarks.measure import compare, meets, ratio_of, spread
from benchmarks.memory import resident, watched


def test_a_ratio_is_the_median_of_its_turns() -> None:
    ratio = ratio_of([2.0, 4.0, 30.0], [1.0, 2.0, 3.0], aim="at most 2")
    assert ratio.median == 2.0
    assert ratio.is_met


@pytest.mark.parametrize(
    ("value", "aim", "met"),
    [
        (4, "at most 4", True),
        (4.01, "at most 4", False),
        (0.8, "at least 0.8", True),
        (1, "below 1", False),
        (1, "", None),
    ],
)
def test_aims(value: float, aim: str, met: bool | None) -> None:
    assert meets(value, aim) is met


def test_one_run_has_no_spread() -> None:
    assert spread([1.0]) is None
    assert spread([1.0, 1.0, 1.0, 5.0]) == pytest.approx(3.0)


def test_candidates_take_turns() -> None:
    taken: list[str] = []
    compare(
        "turns",
        {"one": lambda: taken.append("one"), "other": lambda: taken.append("other")},
        ratios={},
        turns=3,
    )
    assert taken == ["one", "other"] * 4


def test_times_are_those_of_the_clock() -> None:
    # Two looks a run: the first candidate takes 4 seconds each time, the second one 2.
    ticks = chain.from_iterable((start, start + length) for start, length in zip(range(0, 100, 10), cycle((4, 2))))
    found = compare(
        "clock",
        {"slow": lambda: None, "quick": lambda: None},
        ratios={"slow / quick": ("slow", "quick")},
        turns=2,
        clock=lambda: float(next(ticks)),
    )
    assert found.timings["slow"].median == 4.0
    assert found.ratios["slow / quick"].median == 2.0


def test_traced_memory_is_what_the_candidate_holds() -> None:
    found = compare("memory", {"five": lambda: bytes(5 * 2**20)}, ratios={}, turns=1)
    assert 5 <= found.timings["five"].peak_mib < 6


def test_resident_memory_counts_what_was_held_for_a_moment() -> None:
    before = sum(resident())
    with watched() as peak:
        # Written to, so that the system has to give it.
        held = bytearray(b"x") * (64 * 2**20)
        during = sum(resident())
        del held
    assert during > before + 60
    assert peak.mib > before
