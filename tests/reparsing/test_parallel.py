"""Reading in several processes: in order, this process among them, and a death told."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from collected import Collection, sample_pages

from govreports.reparsing.parallel import WorkerDied, read_in_order
from govreports.reparsing.readings import unpack
from govreports.store import open_store
from govreports.store.rereading import ArchivedDocument, Selection, archived_documents

TIMES = 12
"""How often each document is asked for: a long run over few documents."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection of some documents, each another one."""
    collection = Collection(tmp_path_factory.mktemp("collected"))
    collection.collect(sample_pages(20))
    return collection


@pytest.fixture(scope="module")
def documents(archive: Collection) -> list[ArchivedDocument]:
    """What an older parser would have read of it, many times over."""
    with open_store(archive.url) as store:
        found = archived_documents(store, Selection(), parser_version="older", after=0, limit=100)
    return list(found) * TIMES


def read(folder: Path, documents: list[ArchivedDocument], *, jobs: int) -> list[int]:
    numbers = []
    for number, packed in read_in_order(folder, documents, jobs=jobs):
        assert unpack(packed).document_id == number
        numbers.append(number)
    return numbers


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_asked_for(archive: Collection, documents: list[ArchivedDocument], jobs: int) -> None:
    assert read(archive.archive, documents, jobs=jobs) == [document.document_id for document in documents]


def test_fewer_documents_than_processes_are_all_read(archive: Collection, documents: list[ArchivedDocument]) -> None:
    assert read(archive.archive, documents[:3], jobs=3) == [document.document_id for document in documents[:3]]
    assert read(archive.archive, [], jobs=2) == []


def test_this_process_is_one_of_those_that_read(archive: Collection, documents: list[ArchivedDocument]) -> None:
    before = set(multiprocessing.active_children())
    results = read_in_order(archive.archive, documents, jobs=3)
    next(results)
    assert len(set(multiprocessing.active_children()) - before) == 2
    results.close()


def test_a_process_that_dies_is_told_with_the_document_that_it_had(
    archive: Collection, documents: list[ArchivedDocument]
) -> None:
    before = set(multiprocessing.active_children())
    results = read_in_order(archive.archive, documents, jobs=2)
    next(results)
    for worker in set(multiprocessing.active_children()) - before:
        worker.kill()
    with pytest.raises(WorkerDied, match=r"at or soon after document \d+ \(.+\.warc\.gz, byte \d+\); --jobs 1 shows"):
        list(results)
