"""Report years as people write them."""

from __future__ import annotations

import pytest

from govreports.registry.years import YearsError, parse_years


@pytest.mark.parametrize(
    ("text", "years"),
    [("2023", {2023}), ("2019-2021", {2019, 2020, 2021}), ("2015, 2019-2020", {2015, 2019, 2020})],
)
def test_years_and_ranges_are_read(text: str, years: set[int]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["", "2024-2019", "23", "2019–2021", "1999", "all"])
def test_nonsense_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(YearsError, match=r"^years=.*\.$"):
        parse_years(text)
