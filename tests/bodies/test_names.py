"""What a body's name says: its division, its short name there, its level."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from govreports.bodies import Level, load_divisions, name_of
from govreports.bodies.divisions import tier_of


def read(name: str, code: str = "370303", site: str | None = None) -> tuple[str, str, str | None]:
    found = name_of(name, division_code=code, site=site, divisions=load_divisions())
    return found.division_code, found.short, found.level


@pytest.mark.parametrize(
    "name",
    [
        "马尚街道办事处",
        "马尚街道",
        "马尚街道办",
        "张店区马尚街道办事处",
        "淄博市张店区人民政府马尚街道办事处",
        "马尚 街道",
    ],
)
def test_spellings_of_a_sub_district_are_one_name(name: str) -> None:
    assert read(name) == ("370303", "马尚街道", "sub_district")


@pytest.mark.parametrize("name", ["教育局", "张店区教育局", "淄博市张店区教育局", "山东省淄博市张店区教育局"])
def test_places_above_are_no_part_of_the_name(name: str) -> None:
    assert read(name) == ("370303", "教育局", "department")


@pytest.mark.parametrize("name", ["张店区人民政府", "张店区政府", "张店区", "淄博市张店区人民政府"])
def test_a_government_stands_on_the_level_of_its_division(name: str) -> None:
    assert read(name) == ("370303", "政府", "county")


def test_an_office_of_the_government_is_not_the_government() -> None:
    assert read("张店区人民政府办公室") == ("370303", "政府办公室", "department")


@pytest.mark.parametrize(
    ("name", "short", "level"),
    [
        ("郭村镇人民政府", "郭村镇", "town"),
        ("螅镇政府", "螅镇", "town"),
        ("合水乡人民政府", "合水乡", "township"),
        ("高新技术产业开发区管理委员会", "高新技术产业开发区管委会", "zone"),
    ],
)
def test_towns_townships_and_zones_are_told_apart(name: str, short: str, level: str) -> None:
    assert read(name)[1:] == (short, level)


def test_a_county_on_its_citys_site_keeps_its_own_division() -> None:
    assert read("张店区教育局", "370300") == ("370303", "教育局", "department")


def test_a_county_on_its_provinces_site_keeps_its_own_division() -> None:
    assert read("淄博市张店区人民政府", "370000") == ("370303", "政府", "county")


def test_a_city_is_a_city() -> None:
    assert read("淄博市人民政府", "370300") == ("370300", "政府", "city")


def test_a_former_name_of_the_division_is_known() -> None:
    assert read("桥东区教育局", "130502") == read("襄都区教育局", "130502")


def test_a_place_that_no_list_has_is_known_by_its_site() -> None:
    assert read("清岚区教育局", "420191", "清岚区人民政府") == ("420191", "教育局", "department")


def test_a_name_without_a_division_stays_whole() -> None:
    assert read("港口区教育局", "") == ("", "港口区教育局", "department")


def test_every_level_of_the_rules_is_a_level() -> None:
    rules = tomllib.loads((files("govreports.bodies") / "names.toml").read_text("utf-8"))
    assert {entry["level"] for entry in rules["ending"]} - {"area"} <= set(get_args(Level))


def test_the_list_of_divisions_is_sound() -> None:
    divisions = list(load_divisions())
    assert len({division.code for division in divisions}) == len(divisions) > 3000
    assert {division.code[:2] + "0000" for division in divisions} <= {division.code for division in divisions}
    assert all(tier_of(division.code) and division.name for division in divisions)
