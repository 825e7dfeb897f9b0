"""The search index beside a store: it follows the store and leaves it alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from collected import FETCHED, Collection, report_page, sample_pages

from govreports.replica.samples import Publisher, sample_reports
from govreports.store import Store, StoreError
from govreports.store.reader import open_reader
from govreports.store.search import PAGE, Search, SearchIndex, open_index

BODY = Publisher(name="港口区教育局", credit_code="1137030300421001XC")


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    found = Collection(tmp_path / "data")
    found.collect(
        [
            *sample_pages(24),
            *(report_page(report) for report in sample_reports(2, publishers=[BODY], years=[2023, 2024])),
        ]
    )
    return found


@pytest.fixture
def store(collection: Collection) -> Iterator[Store]:
    with open_reader(collection.url) as opened:
        yield opened


@pytest.fixture
def index(store: Store) -> Iterator[SearchIndex]:
    with open_index(store) as opened:
        opened.refresh()
        yield opened


def test_titles_and_text_are_found(index: SearchIndex) -> None:
    by_title = index.search(Search("教育局"))
    assert {hit.publisher for hit in by_title.hits} == {BODY.name}
    by_text = index.search(Search("复议"))
    assert by_text.total > len(by_text.hits) == PAGE
    assert {hit.excerpt.found for hit in by_text.hits if hit.excerpt} == {"复议"}


def test_results_are_narrowed_and_counted(index: SearchIndex) -> None:
    whole = index.search(Search("公开"))
    years = dict(whole.facets["year"])
    assert sum(years.values()) == whole.total == 26
    narrowed = index.search(Search("公开", year=2023))
    assert narrowed.total == years[2023]
    assert dict(narrowed.facets["year"]) == {2023: years[2023]}


def test_without_a_query_everything_is_listed_newest_first(index: SearchIndex) -> None:
    first, second = index.search(Search()), index.search(Search(page=2))
    assert first.total == 26
    years = [hit.year for hit in (*first.hits, *second.hits)]
    assert years == sorted(years, key=lambda year: -(year or 0))
    assert len({hit.report_id for hit in (*first.hits, *second.hits)}) == 26


def test_punctuation_alone_finds_nothing(index: SearchIndex) -> None:
    assert index.search(Search("。，")).total == 0


def test_only_what_changed_is_read_again(collection: Collection, index: SearchIndex) -> None:
    assert index.refresh() == 0
    _, report = sample_reports(2, publishers=[BODY], years=[2023, 2024])
    changed = replace(report, heading=f"{report.title}（更正）")
    collection.collect([report_page(changed, fetched_at=FETCHED + timedelta(days=2))], name="run-2")
    assert index.refresh() == 1
    assert [hit.year for hit in index.search(Search("更正")).hits] == [2024]
    assert index.search(Search("教育局")).total == 2


def test_a_report_that_went_is_found_no_more(collection: Collection, index: SearchIndex) -> None:
    before = index.search(Search("公开")).total
    ((report,),) = collection.ask("SELECT MIN(id) FROM report")
    collection.change(
        *(
            f"DELETE FROM {table} WHERE version_id IN (SELECT id FROM report_version WHERE report_id = {report})"
            for table in ("rendition",)
        ),
        f"DELETE FROM report_version WHERE report_id = {report}",
        f"DELETE FROM report WHERE id = {report}",
    )
    assert index.refresh() == 0
    assert index.search(Search("公开")).total == before - 1


def test_the_index_is_made_anew_when_most_of_it_is_left_over(
    collection: Collection, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govreports.store.search._SPARE", 0)
    for run in range(2, 5):
        collection.change("UPDATE report_version SET content_hash = 'x' || content_hash")
        assert index.refresh() == 26, run
    assert index.search(Search("公开")).total == 26
    highest = index._ask("SELECT MAX(number) FROM entry")[0][0]
    assert highest <= 2 * 26


def test_a_query_in_traditional_characters_finds_the_same(index: SearchIndex) -> None:
    assert index.search(Search("複議")).total == index.search(Search("复议")).total > 0


def test_an_index_that_was_left_half_done_is_completed_the_next_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govreports.store.search._PART", 5)
    with open_index(store) as begun:
        begun._ending.set()
        begun.refresh_beside(wait=60)
        assert (begun.as_of, begun.progress) == (None, (5, 26))
        assert begun.search(Search()).total == 5
    with open_index(store) as again:
        again.refresh_beside(wait=60)
        assert again.progress == (21, 21)
        assert again.as_of is not None
        assert again.search(Search()).total == 26


def test_the_store_is_not_written(collection: Collection, index: SearchIndex) -> None:
    before = hashlib.sha256(collection.database.read_bytes()).digest()
    index.refresh()
    index.search(Search("公开"))
    assert hashlib.sha256(collection.database.read_bytes()).digest() == before
    assert index.file == collection.database.with_name("govreports.search.sqlite")


def test_a_folder_that_takes_no_file_gets_an_index_for_this_time(collection: Collection, store: Store) -> None:
    collection.database.with_name("govreports.search.sqlite").mkdir()
    with open_index(store) as index:
        assert index.temporary is not None
        index.refresh()
        assert index.search(Search("复议")).total > 0
        folder = Path(index.temporary.name)
    assert not folder.exists()


def test_a_reader_cannot_write(store: Store) -> None:
    from govreports.store.engine import write

    with pytest.raises(StoreError):
        write(store.engine, lambda connection: connection.exec_driver_sql("DELETE FROM issue"))
