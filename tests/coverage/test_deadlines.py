"""Until when which body is to publish."""

from __future__ import annotations

import pytest

from govreports.coverage.deadlines import load_calendar

CALENDAR = load_calendar()


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [
        ("清岚区教育局", "department"),
        ("武汉市洪山区人民政府办公室", "department"),
        ("国家税务总局武汉市洪山区税务局", "department"),
        ("东湖社区", "department"),
        ("武当山旅游景区", "department"),
        ("清岚区人民政府", "government"),
        ("湖北省人民政府", "government"),
        ("丰禾市", "government"),
        ("阿拉善左旗人民政府", "government"),
        ("恩施土家族苗族自治州人民政府", "government"),
        ("公园路街道办事处", "township"),
        ("马尚街道", "township"),
        ("郭村镇人民政府", "township"),
        ("郭村镇", "township"),
        ("和平乡人民政府", "township"),
        ("巴彦苏木", "township"),
        ("新城镇化办", "department"),
    ],
)
def test_the_name_of_a_body_tells_its_kind(publisher: str, kind: str) -> None:
    assert CALENDAR.kind_of(publisher) == kind


def test_an_office_that_publishes_for_its_area_is_held_to_the_government_s_day() -> None:
    assert CALENDAR.kind_of("清岚区人民政府办公室", speaks_for_area=True) == "government"


@pytest.mark.parametrize(
    ("year", "publisher", "division", "day"),
    [
        (2025, "教育局", "420111", "2026-01-31"),
        (2025, "清岚区人民政府", "420111", "2026-03-31"),
        (2019, "教育局", "420111", "2020-01-31"),
        (2018, "教育局", "420111", "2019-03-31"),
        (2008, "清岚区人民政府", "420111", "2009-03-31"),
        (2025, "郭村镇人民政府", "420111", "2026-03-31"),
        (2025, "郭村镇人民政府", "431221", "2026-02-20"),
        (2025, "教育局", "431221", "2026-01-31"),
        (2025, "教育局", None, "2026-01-31"),
    ],
)
def test_the_day_is_that_of_the_law_of_the_year_or_of_a_local_notice(
    year: int, publisher: str, division: str | None, day: str
) -> None:
    assert CALENDAR.deadline(year, CALENDAR.kind_of(publisher), division).isoformat() == day


def test_every_year_and_kind_has_a_day() -> None:
    for year in range(2008, 2099):
        for kind in ("department", "government", "township"):
            assert CALENDAR.deadline(year, kind, None).year == year + 1


def test_a_year_before_the_first_law_has_none() -> None:
    with pytest.raises(ValueError, match=r"no deadline is known for department reports of 2007"):
        CALENDAR.deadline(2007, "department", None)
