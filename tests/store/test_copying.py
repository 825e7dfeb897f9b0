"""A store copied to another database: all of it, exactly, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from collected import put_empty_store
from full_reports import entry, full_report, suqian
from made_reports import MORNING, made_page, made_reading, made_report

from govreports.coverage.reckoning import reckon
from govreports.store import CrawlCounters, PortalFacts, Store, StoreError, locks, open_store
from govreports.store.copying import CopyDiffersError, copy_store
from govreports.store.dictionary import load_views
from govreports.store.snapshot import snapshot

AMOUNT = ("proactive", "administrative_fee", "amount")


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite with versions, amounts of many digits, blanks, a crawl's record, and a run at work on it."""
    with open_store(put_empty_store(tmp_path / "source.sqlite")) as store:
        store.write_many(
            [
                entry(1, full_report({**suqian(2023), AMOUNT: Decimal("59237.2449")})),
                entry(2, full_report({**suqian(2024), AMOUNT: None}, report_year=2024)),
                entry(
                    3,
                    full_report(
                        {AMOUNT: 12345678901234567890 + Decimal("0.5")}, publisher="“港口”\n局", title="甲\0乙"
                    ),
                ),
            ]
        )
        first, second = made_page(b"first"), made_page(b"second", fetched_at=MORNING + timedelta(days=9))
        for page, received in ((first, 3), (second, 4)):
            store.write(page, made_reading(page, made_report(received)))
        run = store.start_crawl(
            PortalFacts("harbour_district", "港口区", "370303"), at=MORNING, software="govreports 0"
        )
        store.finish_crawl_portal(
            run, at=MORNING, state="complete", counters=CrawlCounters(bytes=2**40), lists_whole=True
        )
        locks.take(store, shard="")
        yield store


def rows_of(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All tables of an SQLite file, without what belongs to processes at work."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in names.fetchall()
            if name != "run_lock"
        }


def test_a_store_comes_back_from_postgresql_as_it_went(source: Store, postgresql_url: str, tmp_path: Path) -> None:
    there = copy_store(source, postgresql_url)
    with open_store(postgresql_url) as store:
        back = copy_store(store, f"sqlite:///{tmp_path}/back.sqlite")
    assert rows_of(tmp_path / "back.sqlite") == rows_of(tmp_path / "source.sqlite")
    assert there.rows == back.rows
    assert (there.rows["report"], there.rows["report_version"], there.rows["crawl_portal"]) == (3, 5, 1)


def test_every_view_shows_the_same_on_both(source: Store, postgresql_url: str) -> None:
    reckon(source, PortalFacts("harbour_district", "港口区", "370303"), today=date(2026, 3, 1))
    copy_store(source, postgresql_url)

    def shown(store: Store) -> dict[str, list[tuple[Any, ...]]]:
        with snapshot(store) as moment:
            return {name: [row for part in moment.rows(view) for row in part] for name, view in load_views().items()}

    with open_store(postgresql_url) as store:
        there, here = shown(store), shown(source)
    assert all(here[name] for name in ("report_facts", "panel", "cross_year_checks", "crawl_list", "coverage"))
    for name, rows in here.items():
        assert there[name] == rows, name


def test_work_goes_on_in_the_copy(source: Store, postgresql_url: str) -> None:
    copy_store(source, postgresql_url)
    with open_store(postgresql_url) as store:
        page = made_page(b"third", fetched_at=MORNING + timedelta(days=20))
        assert store.write(page, made_reading(page, made_report(5))).version == 4
        elsewhere = made_page(url="http://harbour.gov.cn/other.html")
        assert store.write(elsewhere, made_reading(elsewhere, made_report(report_year=2020))).news == "new"


def test_a_store_that_is_not_empty_is_left_alone(source: Store, postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        store.know_portal(PortalFacts("mine", "别的", "370303"))
        with pytest.raises(
            StoreError, match=r"is not empty \(1 rows in portal\); name an empty database or a new file$"
        ):
            copy_store(source, postgresql_url)
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT code FROM portal").all() == [("mine",)]


def test_a_store_is_not_copied_onto_itself(source: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is the store that is to be copied"):
        copy_store(source, f"sqlite:///{tmp_path}/./source.sqlite")


def test_a_row_that_does_not_arrive_as_it_is_undoes_the_copy(source: Store, postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        with store.engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION cut() RETURNS trigger AS 'BEGIN NEW.heading := left(NEW.heading, 3); RETURN NEW; END'"
                " LANGUAGE plpgsql"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER cut BEFORE INSERT ON section FOR EACH ROW EXECUTE FUNCTION cut()"
            )
        with pytest.raises(CopyDiffersError, match=r"^section did not arrive in .* \(rows version_id 4, position 1; "):
            copy_store(source, postgresql_url)
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM report").scalar_one() == 0
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM division").scalar_one() > 0
