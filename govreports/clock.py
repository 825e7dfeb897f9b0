"""What time it is for this process: the machine's clock, or one that was moved for a test or a rehearsal."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, Protocol

CHINA: Final = timezone(timedelta(hours=8), "CST")
"""The time that deadlines are meant in. It has had no summer time since 1991."""


class Settings(Protocol):
    """What is asked of Scrapy's settings."""

    def get(self, name: str) -> object: ...


class ClockError(ValueError):
    """GOVREPORTS_TODAY is no date; the message is one sentence."""


def now(settings: Settings) -> datetime:
    """The present moment, aware UTC. GOVREPORTS_TODAY moves the day and leaves the time of day as it is."""
    return datetime.now(UTC) + _moved_by(str(settings.get("GOVREPORTS_TODAY") or ""))


def today(settings: Settings) -> date:
    """The present day in China."""
    return now(settings).astimezone(CHINA).date()


def seconds() -> float:
    """A count of seconds that no setting of the clock disturbs, for how long something takes."""
    return time.monotonic()


@lru_cache(maxsize=8)
def _moved_by(day: str) -> timedelta:
    # Once a process: a run that goes on past midnight comes to the next day, not back to the morning.
    if not day:
        return timedelta(0)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise ClockError(f"GOVREPORTS_TODAY={day} is no date; write it as 2026-01-31, or leave it out.") from None
    return wanted - datetime.now(UTC).astimezone(CHINA).date()
