"""Which names are one body, and what is said of the doubtful ones."""

from __future__ import annotations

from itertools import permutations

import pytest

from govreports.bodies import Body, BodyName, Corrections, Level, Sighting, load_corrections, match

CODE, OTHER = "004217434", "486344515"


def seen(
    publisher: int,
    short: str,
    year: int,
    code: str | None = None,
    *,
    level: Level = "department",
    division: str = "370303",
) -> Sighting:
    return Sighting(publisher, BodyName(division, short, level), f"张店区{short}", year, code)


def bodies(*sightings: Sighting, corrections: Corrections | None = None) -> list[Body]:
    return match(sightings, corrections or Corrections())


def groups(found: list[Body]) -> list[tuple[int, ...]]:
    return sorted(body.publishers for body in found)


def test_one_name_over_years_is_one_body() -> None:
    (body,) = bodies(seen(1, "教育局", 2022), seen(1, "教育局", 2023))
    assert (body.key, body.matched_by, body.doubts) == ("name:370303:教育局", "name", ())


def test_spellings_of_one_name_are_one_body() -> None:
    assert groups(bodies(seen(1, "教育局", 2022), seen(2, "教育局", 2023))) == [(1, 2)]


def test_one_name_in_two_divisions_is_two_bodies() -> None:
    assert len(bodies(seen(1, "郭村镇", 2022), seen(2, "郭村镇", 2022, division="500101"))) == 2


def test_a_code_joins_names_of_different_years() -> None:
    (body,) = bodies(seen(1, "教育局", 2018, CODE), seen(2, "教育和体育局", 2019, CODE))
    assert (body.key, body.name, body.matched_by) == (f"org:{CODE}", "张店区教育和体育局", "code")
    assert body.doubts == ()


def test_a_code_on_two_bodies_of_one_year_is_not_believed() -> None:
    found = bodies(seen(1, "教育局", 2018, CODE), seen(2, "民政局", 2018, CODE), seen(2, "民政局", 2019, CODE))
    assert groups(found) == [(1,), (2,)]
    assert {body.doubts for body in found} == {("code_shared",)}
    assert {body.organisation_code for body in found} == {None}


def test_a_government_and_its_office_are_never_joined() -> None:
    found = bodies(seen(1, "政府", 2018, CODE, level="county"), seen(2, "政府办公室", 2019, CODE))
    assert groups(found) == [(1,), (2,)]


def test_names_without_a_common_character_are_joined_and_doubted() -> None:
    (body,) = bodies(seen(1, "教育局", 2018, CODE), seen(2, "民政局", 2019, CODE))
    assert body.doubts == ("renamed",)


def test_two_codes_under_one_name_are_doubted_and_the_latest_counts() -> None:
    (body,) = bodies(seen(1, "教育局", 2018, CODE), seen(1, "教育局", 2019, OTHER))
    assert (body.organisation_code, body.doubts) == (OTHER, ("two_codes",))


def test_a_body_without_division_is_doubted() -> None:
    (body,) = bodies(seen(1, "教育局", 2018, division=""))
    assert body.doubts == ("division_unknown",)


def test_a_correction_joins_what_the_rules_do_not() -> None:
    corrections = Corrections(one=((("370303", "教育局"), ("370303", "体育局")),))
    (body,) = bodies(seen(1, "教育局", 2018), seen(2, "体育局", 2019), corrections=corrections)
    assert (body.publishers, body.matched_by, body.doubts) == ((1, 2), "correction", ())


def test_a_code_that_a_correction_disbelieves_joins_nothing() -> None:
    corrections = Corrections(disbelieved=frozenset({CODE}))
    found = bodies(seen(1, "教育局", 2018, CODE), seen(2, "民政局", 2019, CODE), corrections=corrections)
    assert groups(found) == [(1,), (2,)]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_does_not_matter(order: tuple[int, ...]) -> None:
    sightings = [
        seen(1, "教育局", 2018, CODE),
        seen(2, "教育和体育局", 2019, CODE),
        seen(3, "教育局", 2020),
        seen(4, "民政局", 2020, OTHER),
    ]
    assert sorted(match([sightings[place] for place in order], Corrections()), key=lambda one: one.key) == sorted(
        match(sightings, Corrections()), key=lambda one: one.key
    )


def test_the_packages_corrections_can_be_read() -> None:
    assert isinstance(load_corrections(), Corrections)
