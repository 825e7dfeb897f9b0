"""The machine's clock, or one that was moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from govreports import clock


def test_without_a_setting_it_is_now() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now({}) <= datetime.now(UTC)


def test_a_date_moves_the_day_and_leaves_the_time() -> None:
    moved = clock.now({"GOVREPORTS_TODAY": "2027-02-03"})
    real = datetime.now(UTC)
    assert moved.astimezone(clock.CHINA).date().isoformat() == "2027-02-03"
    off = (moved - real) % timedelta(days=1)
    assert min(off, timedelta(days=1) - off) < timedelta(minutes=1)


def test_a_day_is_one_of_china() -> None:
    assert clock.today({"GOVREPORTS_TODAY": "2026-01-31"}).isoformat() == "2026-01-31"


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(clock.ClockError, match=r"GOVREPORTS_TODAY=31 January is no date; write it as 2026-01-31"):
        clock.now({"GOVREPORTS_TODAY": "31 January"})
