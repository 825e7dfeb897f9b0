"""``govreports reparse``: what another parser read is read again, seen before it is written, whatever interrupts it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from collected import KILLS, Collection, Ran, run_govreports, sample_pages, start_govreports

from govreports.reparsing.changes import Summary, summarise
from govreports.reparsing.run import fill, open_spool, preview, write
from govreports.reports import PARSER_VERSION
from govreports.store import open_store
from govreports.store.rereading import Selection

PAGES = 40
# As if another parser had read: numbers lost, one wrong, a report under a wrong year, one not seen as a report.
OLDER = (
    "UPDATE document SET parser_version = 'older', reading = 'other' WHERE id % 3 = 0",
    "UPDATE document SET parser_version = 'older' WHERE id % 3 = 1",
    "DELETE FROM fact WHERE version_id IN (SELECT version_id FROM rendition WHERE document_id = 3) AND cell_id % 2 = 0",
    "UPDATE fact SET value = '777' WHERE value = '0' AND version_id ="
    " (SELECT version_id FROM rendition WHERE document_id = 6)",
)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection that the present parser has read, not to be changed."""
    collection = Collection(tmp_path_factory.mktemp("collected"))
    collection.collect(sample_pages(PAGES))
    return collection


@pytest.fixture
def collection(collected: Collection, tmp_path: Path) -> Collection:
    """A copy of it."""
    shutil.copytree(collected.folder, tmp_path / "data")
    return Collection(tmp_path / "data")


@pytest.fixture
def older(collection: Collection) -> Collection:
    """The same, read by another parser."""
    collection.change(*OLDER)
    return collection


def reparse(collection: Collection, *options: str) -> Ran:
    """The command, in a process of its own."""
    return run_govreports(collection, "reparse", "--jobs", "1", *options)


def reread(collection: Collection, *, jobs: int = 1, **selection: Any) -> Summary:
    """What the command does, without its process."""
    wanted = Selection(**selection)
    with open_store(collection.url) as store, open_spool(store, collection.folder, wanted) as spool:
        fill(store, collection.archive, wanted, spool, jobs=jobs, progress=silent)
        summary = summarise(store, spool)
        write(store, spool, progress=silent)
    return summary


def look(collection: Collection, **selection: Any) -> Summary:
    """What a dry run does."""
    with open_store(collection.url) as store:
        return preview(store, collection.archive, Selection(**selection), jobs=1, progress=silent)


def silent(done: int, total: int) -> None:
    """Progress that nobody sees."""


def test_what_another_parser_read_is_read_again(older: Collection, collected: Collection) -> None:
    done = reparse(older)
    assert (done.code, done.stderr) == (0, "")
    assert older.dump() == collected.dump()


def test_two_processes_write_what_one_writes(older: Collection, collected: Collection) -> None:
    reread(older, jobs=2)
    assert older.dump() == collected.dump()


def test_the_summary_counts_facts_and_documents(older: Collection) -> None:
    wrong = older.ask("SELECT COUNT(*) FROM fact WHERE version_id = 6 AND value = '777'")[0][0]
    summary = look(older)
    assert (summary.same, summary.changed) == (14, 13)
    assert (summary.facts_changed, summary.facts_lost) == (wrong, 0)
    assert summary.facts_new > 50


def test_a_dry_run_says_the_same_and_writes_nothing(older: Collection) -> None:
    before = {path: path.read_bytes() for path in older.folder.rglob("*") if path.is_file()}
    dry = reparse(older, "--dry-run")
    after = {path: path.read_bytes() for path in older.folder.rglob("*") if path.is_file()}
    assert after == before
    real = reparse(older)
    assert dry.stdout.removesuffix("Nothing was written.\n") == real.stdout.removesuffix("Written.\n")


def test_lost_facts_are_seen_before_anything_is_written(collection: Collection) -> None:
    collection.change(
        "UPDATE document SET parser_version = 'older', reading = 'other' WHERE id = 1",
        "UPDATE fact SET value = '5', status_id = 0 WHERE version_id = 1 AND status_id <> 0",
        "INSERT INTO cell (id, table_code, form, row_code, column_code, unit)"
        " VALUES (9001, 'requests', 'v2021', 'invented', 'total', '件')",
        "INSERT INTO fact (version_id, cell_id, status_id, value) VALUES (1, 9001, 0, '8')",
    )
    summary = look(collection)
    assert (summary.facts_lost, summary.weightiest()[0].facts.lost) == (1, 1)
    assert collection.ask("SELECT COUNT(*) FROM fact WHERE cell_id = 9001") == [(1,)]


def test_a_second_run_finds_nothing_to_do(older: Collection) -> None:
    reread(older)
    assert reread(older).read == 0


def test_a_selection_reads_only_what_it_names(older: Collection) -> None:
    of_year = sum(page.listed_year == 2020 for page in sample_pages(PAGES))
    assert look(older, years=frozenset({2020}), everything=True).read == of_year
    assert look(older, portal="nowhere").read == 0
    assert look(older, portal="harbour_district", everything=True).read == PAGES


def test_documents_that_waited_for_an_extra_are_read_once_it_is_there(
    collection: Collection, collected: Collection
) -> None:
    collection.change(
        "DELETE FROM rendition WHERE document_id = 5",
        "DELETE FROM fact WHERE version_id = 5",
        "DELETE FROM section WHERE version_id = 5",
        "DELETE FROM check_result WHERE version_id = 5",
        "DELETE FROM version_summary WHERE version_id = 5",
        "DELETE FROM metadata_entry WHERE version_id = 5",
        "DELETE FROM report_version WHERE id = 5",
        "DELETE FROM report WHERE id = 5",
        "UPDATE document SET status = 'unreadable', reading = 'needs' WHERE id = 5",
        "INSERT INTO issue (document_id, code, severity, message) VALUES (5, 'needs:documents', 'error', 'install it')",
    )
    assert reread(collection).reports == {"new": 1}
    assert collection.dump() == collected.dump()


def test_a_record_that_the_archive_lost_is_said_and_the_rest_is_done(older: Collection) -> None:
    older.change("UPDATE document SET archive_file = 'gone.warc.gz' WHERE id = 9")
    done = reparse(older)
    assert done.code == 1
    assert "cannot read the archive file" in done.stderr
    assert "Traceback" not in done.stderr
    rest = older.ask(f"SELECT COUNT(*) FROM document WHERE parser_version = '{PARSER_VERSION}'")
    assert rest == [(PAGES - 1,)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--jobs", "0"], "at least one process"),
        (["--year", "19"], "is no year or range"),
        (["x"], "takes no argument"),
    ],
)
def test_wrong_usage_is_said_in_one_sentence(collection: Collection, options: list[str], said: str) -> None:
    done = run_govreports(collection, "reparse", *options)
    assert (done.code, said in done.stdout + done.stderr) == (2, True)


def test_ctrl_c_stops_with_one_sentence_and_the_next_run_goes_on(older: Collection, collected: Collection) -> None:
    with stalled(older):
        run = start_govreports(older, "reparse", "--jobs", "2")
        wait_for_a_spool(older, run)
        run.send_signal(signal.SIGINT)
        _, stderr = run.communicate(timeout=60)
    assert (run.returncode, stderr.count("\n")) == (1, 1)
    assert "start it again to go on" in stderr
    reread(older)
    assert older.dump() == collected.dump()


def test_an_interrupted_run_does_not_read_again_what_it_had_read(older: Collection) -> None:
    with stalled(older):
        run = start_govreports(older, "reparse", "--jobs", "1")
        wait_for_a_spool(older, run)
        run.kill()
        run.communicate(timeout=60)
    # What is in the spool needs no archive any more: an archive that lacks it is not missed.
    (spool,) = older.folder.glob("*.spool")
    assert spool.stat().st_size > 0
    first = older.ask("SELECT id FROM document WHERE parser_version = 'older' ORDER BY id LIMIT 1")[0][0]
    older.change(f"UPDATE document SET archive_file = 'gone.warc.gz' WHERE id = {first}")
    assert reread(older).not_in_archive == []
    assert list(older.folder.glob("*.spool")) == []


def test_a_spool_of_another_parser_is_taken_away(older: Collection) -> None:
    stale = older.folder / "reparse-0123456789ab-0123456789ab.spool"
    stale.write_bytes(b"of no use")
    reread(older)
    assert not stale.exists()


@pytest.fixture(scope="module")
def duration(collected: Collection, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that an undisturbed run takes."""
    shutil.copytree(collected.folder, tmp_path_factory.mktemp("timed") / "data")
    timed = Collection(tmp_path_factory.mktemp("timed") / "data")
    shutil.copytree(collected.folder, timed.folder)
    timed.change(*OLDER)
    start = time.monotonic()
    reparse(timed)
    return time.monotonic() - start


@pytest.mark.slow
@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run_started_again_ends_like_an_undisturbed_one(
    older: Collection, collected: Collection, duration: float, number: int
) -> None:
    run = start_govreports(older, "reparse", "--jobs", "1" if number % 2 else "2")
    time.sleep(random.Random(number).uniform(0.3, 1.0) * duration)
    run.kill()
    run.communicate(timeout=60)
    reread(older)
    assert older.dump() == collected.dump()
    older.assert_whole()


@contextmanager
def stalled(collection: Collection) -> Iterator[None]:
    """The last document's archive file is a pipe into which nobody writes: a run reads all before it and cannot end."""
    ((last, file),) = collection.ask("SELECT id, archive_file FROM document ORDER BY id DESC LIMIT 1")
    os.mkfifo(collection.archive / "stalled.warc.gz")
    collection.change(f"UPDATE document SET archive_file = 'stalled.warc.gz' WHERE id = {last}")
    yield
    collection.change(f"UPDATE document SET archive_file = '{file}' WHERE id = {last}")
    (collection.archive / "stalled.warc.gz").unlink()


def wait_for_a_spool(collection: Collection, run: subprocess.Popen[str]) -> None:
    """Until something has been read."""
    while run.poll() is None:
        if any(path.stat().st_size for path in collection.folder.glob("*.spool")):
            return
        time.sleep(0.005)
