"""Report years as people write them: ``2019-2024``, ``2023``, ``2015,2019-2021``."""

from __future__ import annotations

import re

FIRST_YEAR = 2008
"""Report year of the first reports: the regulation came into force on 1 May 2008."""
LAST_YEAR = 2099


class YearsError(ValueError):
    """Not a list of report years."""


def parse_years(text: str) -> frozenset[int]:
    """The years of ``text``. Raises YearsError with one sentence."""
    years: set[int] = set()
    for part in text.replace(" ", "").split(","):
        match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", part)
        if match is None:
            raise YearsError(f"years={text}: {part!r} is no year or range; write 2019-2024 or 2015,2019-2021.")
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise YearsError(f"years={text}: the range {part} ends before it begins; turn it round.")
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise YearsError(f"years={text}: reports exist from {FIRST_YEAR} on, {part} is outside.")
        years.update(range(first, last + 1))
    return frozenset(years)
