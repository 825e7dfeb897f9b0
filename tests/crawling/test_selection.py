"""Which portals a run is about: by province, family, part and what earlier runs left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from govreports.crawling.selection import Selection, SelectionError, choose, in_shard, left_of, make_selection
from govreports.registry.portal import Portal
from govreports.store.run_log import EarlierRun

NOW = datetime(2026, 2, 2, 3, tzinfo=UTC)
NOTHING = {"province": None, "family": None, "shard": None, "due": False, "sample": None, "years": None}


def portal(portal_id: str, *, division_code: str = "420111", family: str = "trs") -> Portal:
    return Portal(
        id=portal_id,
        name=portal_id,
        division_code=division_code,
        family=family,
        start_urls=(f"https://{portal_id}.gov.cn/",),
        url_confidence="seen",
        checked="never",
    )


PORTALS = [portal("wuhan"), portal("jinan", division_code="370100", family="gongkai"), portal("yantai", family="trs")]


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({}, ["jinan", "wuhan", "yantai"]),
        ({"province": "湖北"}, ["wuhan", "yantai"]),
        ({"province": "山东省"}, ["jinan"]),
        ({"province": "37"}, ["jinan"]),
        ({"family": "gongkai"}, ["jinan"]),
        ({"province": "42", "family": "gongkai"}, []),
    ],
)
def test_province_and_family_narrow_a_run(asked: dict[str, str], chosen: list[str]) -> None:
    selection = make_selection(**{**NOTHING, **asked})
    assert [one.id for one in choose(selection, PORTALS)] == chosen


def test_what_cannot_be_crawled_is_left_out() -> None:
    closed = replace(PORTALS[0], crawlable=False, reason="its list is drawn by script")
    assert choose(Selection(), [closed]) == []


def test_due_leaves_what_is_expected_now() -> None:
    assert [one.id for one in choose(Selection(due=True), PORTALS, due={"wuhan"})] == ["wuhan"]


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_every_portal_is_in_exactly_one_part(parts: int) -> None:
    names = [f"portal_{number}" for number in range(200)]
    shares = [[name for name in names if in_shard(name, f"{part}/{parts}")] for part in range(1, parts + 1)]
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert min(map(len, shares)) > 200 / parts / 2


def test_a_portal_stays_in_its_part() -> None:
    # Written down once: another release, machine or set of portals must not deal them anew.
    names = ("wuhan_hongshan", "zibo_zhangdian", "xian_yanta", "hangzhou_yuhang")
    assert [next(part for part in (1, 2, 3) if in_shard(name, f"{part}/3")) for name in names] == [1, 3, 1, 3]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"shard": "0/3"}, "--shard 0/3 is no part"),
        ({"shard": "4/3"}, "--shard 4/3 is no part"),
        ({"shard": "third"}, "--shard third is no part"),
        ({"province": "湖"}, "--province 湖 is no province"),
        ({"province": "湖北县"}, "did you mean 湖北省"),
        ({"province": "99"}, "--province 99 is no province"),
        ({"family": "wordpress"}, "--family wordpress is no family that is crawled"),
        ({"sample": 0}, "--sample 0 is no number of reports"),
        ({"years": "19"}, "--years: years=19"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(asked: dict[str, object], said: str) -> None:
    with pytest.raises(SelectionError) as caught:
        make_selection(**{**NOTHING, **asked})
    assert said in str(caught.value)


def run(*done: str, reason: str | None = "time_budget", age: timedelta = timedelta(days=1)) -> EarlierRun:
    return EarlierRun(crawl_id=1, started_at=NOW - age, reason=reason, done=frozenset(done))


@pytest.mark.parametrize(
    ("earlier", "left"),
    [
        ([], ["wuhan", "jinan", "yantai"]),
        ([run("wuhan")], ["jinan", "yantai"]),
        ([run("wuhan", reason=None)], ["jinan", "yantai"]),
        ([run("jinan", reason="shutdown"), run("wuhan", reason="killed")], ["yantai"]),
        ([run("wuhan", reason="finished")], ["wuhan", "jinan", "yantai"]),
        ([run("yantai"), run("wuhan", "jinan", reason="finished")], ["wuhan", "jinan"]),
        ([run("wuhan", age=timedelta(days=60))], ["wuhan", "jinan", "yantai"]),
        ([run("wuhan", age=-timedelta(days=400))], ["jinan", "yantai"]),
        ([run("wuhan", "jinan", "yantai")], ["wuhan", "jinan", "yantai"]),
    ],
)
def test_a_run_goes_on_where_earlier_ones_were_cut_short(earlier: list[EarlierRun], left: list[str]) -> None:
    assert [one.id for one in left_of(PORTALS, earlier, now=NOW)] == left


def test_a_selection_has_one_key_whatever_the_order() -> None:
    assert make_selection(**{**NOTHING, "province": "湖北"}).key() == Selection(province="42").key()
    assert Selection(sample=1, years="2023").arguments() == {"sample": "1", "years": "2023"}
