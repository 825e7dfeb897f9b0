"""Bodies in the store: kept up to date with each page, whatever the order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from collected import put_empty_store
from full_reports import entry, full_report
from hypothesis import given
from hypothesis import strategies as st
from made_reports import days, made_page, made_reading, made_report

from govreports.bodies import Corrections
from govreports.store import PortalFacts, Store, bodies, open_store

Query = Callable[[str], list[dict[str, Any]]]
CODE = "113703030042174346"
HERE = PortalFacts("zhangdian", "淄博市张店区人民政府", "370303")


def put(
    store: Store, number: int, publisher: str, year: int, *, code: str | None = None, portal: str = HERE.code
) -> None:
    index_number = None if code is None else f"{code}/{year + 1}-{number}"
    report = full_report({}, publisher=publisher, report_year=year, index_number=index_number)
    store.write_many([entry(number, report, portal=portal)])


def found(query: Query) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in query("SELECT body, level, names, reports FROM body_list ORDER BY body")]


@pytest.fixture
def store(store: Store) -> Store:
    store.know_portal(HERE)
    return store


def test_a_body_has_its_place_and_years(store: Store, query: Query) -> None:
    put(store, 1, "张店区马尚街道办事处", 2022, code=CODE)
    put(store, 2, "马尚街道", 2023)
    (row,) = query("SELECT * FROM body_list")
    shown = {name: row[name] for name in ("body", "level", "province", "city", "county", "division_authority")}
    assert shown == {
        "body": "马尚街道",
        "level": "sub_district",
        "province": "山东省",
        "city": "淄博市",
        "county": "张店区",
        "division_authority": "GB/T 2260",
    }
    assert (row["credit_code"], row["organisation_code"], row["body_key"]) == (CODE, "004217434", "org:004217434")
    assert (row["first_year"], row["last_year"], row["doubts"]) == (2022, 2023, None)


def test_every_name_is_listed_with_its_years(store: Store, query: Query) -> None:
    put(store, 1, "教育局", 2018, code=CODE)
    put(store, 2, "教育和体育局", 2019, code=CODE)
    put(store, 3, "教育和体育局", 2020)
    assert found(query) == [("教育和体育局", "department", 2, 3)]
    rows = query("SELECT alias, first_year, last_year FROM body_aliases ORDER BY first_year")
    assert [tuple(row.values()) for row in rows] == [("教育局", 2018, 2018), ("教育和体育局", 2019, 2020)]


def test_a_code_of_the_whole_site_is_taken_back(store: Store, query: Query) -> None:
    put(store, 1, "教育局", 2018, code=CODE)
    put(store, 2, "民政局", 2019, code=CODE)
    assert len(found(query)) == 1
    put(store, 3, "教育局", 2019, code=CODE)
    assert [row[0] for row in found(query)] == ["教育局", "民政局"]
    assert query("SELECT DISTINCT doubts, credit_code FROM body_list") == [
        {"doubts": "code_shared", "credit_code": None}
    ]


def test_a_code_of_very_many_bodies_is_nobodys(store: Store, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_MANY", 3)
    for number in range(6):
        put(store, number, f"第{number}局", 2018 + number % 2, code=CODE)
    assert len(found(query)) == 6
    assert query("SELECT DISTINCT doubts FROM body_list") == [{"doubts": "code_shared"}]


def test_two_sites_publish_one_body(store: Store, query: Query) -> None:
    store.know_portal(PortalFacts("zibo", "淄博市人民政府", "370300"))
    put(store, 1, "教育局", 2022)
    put(store, 2, "张店区教育局", 2023, portal="zibo")
    put(store, 3, "淄博市教育局", 2023, portal="zibo")
    assert [row[3] for row in found(query)] == [2, 1]


def test_a_report_that_turns_out_to_be_anothers_moves(store: Store, query: Query) -> None:
    page = made_page()
    store.write(page, made_reading(page, made_report()))
    store.write(page, made_reading(page, made_report(publisher="港口区民政局")))
    store.settle_bodies()
    assert [row[0] for row in found(query)] == ["港口区民政局"]


def test_a_body_keeps_its_number(store: Store, query: Query) -> None:
    put(store, 1, "教育局", 2018)
    before = query("SELECT body_id FROM body_list")
    put(store, 2, "教育局", 2019, code=CODE)
    put(store, 3, "教育和体育局", 2020, code=CODE)
    assert query("SELECT body_id FROM body_list") == before


def test_a_corrected_division_moves_the_bodies(store: Store, query: Query) -> None:
    put(store, 1, "教育局", 2022, portal="new")
    assert query("SELECT doubts FROM body_list") == [{"doubts": "division_unknown"}]
    store.know_portal(PortalFacts("new", None, "370303"))
    store.know_portal(PortalFacts("new", "张店区人民政府", "370303"))
    store.settle_bodies()
    assert query("SELECT division_code, doubts FROM body_list") == [{"division_code": "370303", "doubts": None}]


def test_a_correction_counts_after_matching_anew(store: Store, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, 1, "教育局", 2018)
    put(store, 2, "体育局", 2019)
    corrections = Corrections(one=((("370303", "教育局"), ("370303", "体育局")),))
    monkeypatch.setattr(bodies, "load_corrections", lambda: corrections)
    matched = store.match_bodies()
    assert (matched.names, matched.bodies, matched.of_several_names) == (2, 1, 1)
    assert query("SELECT matched_by FROM body_list") == [{"matched_by": "correction"}]


def test_a_page_seen_again_changes_no_body(store: Store, query: Query) -> None:
    page = made_page()
    reading = made_reading(page, made_report())
    store.write_many([(page, reading, None)])
    before = query("SELECT * FROM body")
    store.write_many([(made_page(fetched_at=days(3)), reading, None)])
    assert len(before) == 1
    assert query("SELECT * FROM body") == before


PAGES = [
    (1, "教育局", 2018, CODE),
    (2, "教育和体育局", 2019, CODE),
    (3, "民政局", 2019, None),
    (4, "教育局", 2020, None),
    (5, "民政局", 2020, "11341702486344515H"),
    (6, "人民政府", 2020, "11341702486344515H"),
]


def outcome(folder: Path, order: list[int]) -> set[tuple[Any, ...]]:
    with open_store(put_empty_store(folder / f"{'-'.join(map(str, order))}.sqlite")) as store:
        store.know_portal(HERE)
        for place in order:
            number, publisher, year, code = PAGES[place]
            put(store, number, publisher, year, code=code)
        with store.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT alias, body_key, body, level, matched_by, doubts, credit_code"
                " FROM body_aliases JOIN body_list ON body_list.body_id = body_aliases.body_id"
            )
            return {tuple(row) for row in rows}


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[Any, ...]]:
    return outcome(tmp_path_factory.mktemp("in_order"), list(range(len(PAGES))))


@given(order=st.permutations(range(len(PAGES))))
def test_the_order_of_pages_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, in_order: set[tuple[Any, ...]], order: list[int]
) -> None:
    assert outcome(tmp_path_factory.mktemp("orders"), order) == in_order


def test_a_page_that_another_process_is_still_writing_is_matched_afterwards(postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        store.know_portal(HERE)
        report = full_report({}, publisher="教育局", report_year=2022)
        store.write(*entry(1, report, portal=HERE.code))
        with store.engine.begin() as other:
            bodies.note(other, [1])
            store.settle_bodies()
        with store.engine.connect() as connection:
            assert not bodies.are_settled(connection)
        store.settle_bodies()
        with store.engine.connect() as connection:
            assert bodies.are_settled(connection)
