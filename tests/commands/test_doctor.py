"""``govreports doctor``: what a crash, a careless hand or a lost file leaves is found, said and mended."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from collected import Collection, Ran, run_govreports, sample_pages

from govreports.archive import ArchiveWriter, iter_pages
from govreports.reports import PARSER_VERSION

PAGES = 6


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection in which nothing is wrong, not to be changed."""
    collection = Collection(tmp_path_factory.mktemp("sound"))
    collection.collect(sample_pages(PAGES))
    return collection


@pytest.fixture
def collection(sound: Collection, tmp_path: Path) -> Collection:
    """A copy of it, to be harmed."""
    shutil.copytree(sound.folder, tmp_path / "data")
    return Collection(tmp_path / "data")


def doctor(collection: Collection, *options: str) -> Ran:
    return run_govreports(collection, "doctor", *options)


def archive_file(collection: Collection) -> Path:
    (path,) = collection.archive.glob("*.warc.gz")
    return path


def tear(collection: Collection) -> None:
    path = archive_file(collection)
    path.write_bytes(path.read_bytes() + path.read_bytes()[:700])


def lose_index_row(collection: Collection) -> None:
    collection.change(
        # What hangs on a version goes with it.
        "PRAGMA foreign_keys = ON",
        "DELETE FROM report_version WHERE id = 2",
        "DELETE FROM report WHERE id = 2",
        "DELETE FROM document WHERE id = 2",
    )


def misplace(collection: Collection) -> None:
    collection.change("UPDATE document SET archive_offset = archive_offset + 1 WHERE id = 3")


def kill_a_crawl(collection: Collection) -> None:
    collection.change(
        "INSERT INTO crawl (id, started_at, software) VALUES (9, '2024-01-01T00:00:00Z', 'govreports 0')",
        "INSERT INTO crawl_portal (crawl_id, portal_id, started_at, items_seen, reports_seen, new, changed, unread,"
        " requests, bytes) VALUES (9, 1, '2024-01-01T00:00:00Z', 0, 0, 0, 0, 0, 0, 0)",
    )


def leave_a_spool(collection: Collection) -> None:
    (collection.folder / "reparse-0123456789ab-0123456789ab.spool").write_bytes(b"")


HARMS = {
    "ends with a torn record of 700 bytes": tear,
    "is in the archive": lose_index_row,
    "where the store says": misplace,
    "1 crawls never ended": kill_a_crawl,
    "left of a reparse by another parser": leave_a_spool,
}


def test_a_sound_collection_is_well(sound: Collection) -> None:
    done = doctor(sound)
    assert (done.code, done.stdout, done.stderr) == (0, "All is well.\n", "")


@pytest.mark.parametrize(("said", "harm"), HARMS.items())
def test_harm_is_found_then_mended_then_gone(
    sound: Collection, collection: Collection, said: str, harm: Callable[[Collection], None]
) -> None:
    harm(collection)
    found = doctor(collection)
    assert (found.code, said in found.stdout, "; --repair mends it." in found.stdout) == (1, True, True)
    mended = doctor(collection, "--repair")
    assert (mended.code, said in mended.stdout, mended.stderr) == (0, True, "")
    assert doctor(collection).stdout == "All is well.\n"
    assert collection.dump() == sound.dump()
    collection.assert_whole()


def test_looking_changes_nothing(collection: Collection) -> None:
    for harm in HARMS.values():
        harm(collection)
    before = {path: path.read_bytes() for path in collection.folder.rglob("*") if path.is_file()}
    doctor(collection)
    assert {path: path.read_bytes() for path in collection.folder.rglob("*") if path.is_file()} == before


def test_all_at_once_is_mended_at_once(sound: Collection, collection: Collection) -> None:
    for harm in HARMS.values():
        harm(collection)
    assert doctor(collection, "--repair").code == 0
    assert collection.dump() == sound.dump()


def test_what_was_cut_off_is_kept(collection: Collection) -> None:
    tear(collection)
    whole = archive_file(collection).read_bytes()
    doctor(collection, "--repair")
    (torn,) = (collection.archive / "torn").iterdir()
    assert archive_file(collection).read_bytes() + torn.read_bytes() == whole


def test_a_lost_archive_file_costs_no_figure(sound: Collection, collection: Collection) -> None:
    archive_file(collection).unlink()
    done = doctor(collection, "--repair")
    assert done.stdout.count("does not hold") == PAGES
    assert "the next crawl archives it anew" in done.stdout
    assert collection.dump() == sound.dump()
    collection.collect(sample_pages(PAGES), name="run-2")
    assert doctor(collection).stdout == "All is well.\n"


def test_a_copy_elsewhere_in_the_archive_takes_the_place_of_a_lost_one(collection: Collection) -> None:
    first = archive_file(collection)
    with ArchiveWriter(collection.archive, name="again", software="govreports 0") as writer:
        for page in sample_pages(PAGES):
            writer.write(page)
    first.unlink()
    done = doctor(collection, "--repair")
    assert (done.code, done.stdout.count("it was found in again-00001.warc.gz")) == (0, PAGES)
    collection.assert_whole()


def test_a_lost_store_is_made_anew_from_the_archive(sound: Collection, collection: Collection) -> None:
    for path in collection.folder.glob("govreports.sqlite*"):
        path.unlink()
    found = doctor(collection)
    assert (found.code, "--repair makes it from the archive" in found.stdout) == (1, True)
    assert not collection.database.exists()
    assert doctor(collection, "--repair").code == 0
    assert collection.dump() == sound.dump()


def test_damage_in_the_middle_is_said_and_nothing_is_touched(collection: Collection) -> None:
    path = archive_file(collection)
    data = bytearray(path.read_bytes())
    offset = collection.ask("SELECT archive_offset FROM document WHERE id = 3")[0][0]
    data[offset + 300] ^= 0xFF
    path.write_bytes(data)
    done = doctor(collection, "--repair")
    assert (done.code, f"is damaged at byte {offset}" in done.stdout) == (1, True)
    assert path.read_bytes() == bytes(data)
    # Only the page that was hit has lost its place.
    assert collection.ask("SELECT id FROM document WHERE archive_file IS NULL") == [(3,)]


def test_a_file_that_a_crawl_is_writing_is_left_alone(collection: Collection) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from pathlib import Path
from collected import sample_pages
from govreports.archive import ArchiveWriter
writer = ArchiveWriter(Path({str(collection.archive)!r}), name="busy", software="govreports 0")
writer.write(sample_pages(8)[7])
print("ready", flush=True)
sys.stdin.readline()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        said = doctor(collection, "--repair").stdout
        busy.kill()
    assert "is being written by a running crawl and was left alone" in said
    assert "is in the archive" in doctor(collection).stdout


def test_an_interrupted_reparse_is_told_of(collection: Collection) -> None:
    (collection.folder / f"reparse-{PARSER_VERSION}-0123456789ab.spool").write_bytes(b"")
    done = doctor(collection, "--repair")
    assert (done.code, "start govreports reparse again" in done.stdout) == (1, True)


def test_a_newer_schema_is_said_and_not_touched(collection: Collection) -> None:
    collection.change("UPDATE alembic_version SET version_num = '9999'")
    before = collection.database.read_bytes()
    done = doctor(collection, "--repair")
    assert (done.code, "Update govreports; nothing was touched" in done.stderr) == (1, True)
    assert collection.database.read_bytes() == before


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    collection = Collection(tmp_path)
    environment = {"GOVREPORTS_DATA_DIR": str(tmp_path / "data")}
    done = run_govreports(collection, "doctor", environment=environment)
    assert (done.code, "is a file, and a folder is needed there" in done.stdout) == (1, True)


def test_a_killed_process_leaves_a_file_that_is_mended(collection: Collection) -> None:
    path = archive_file(collection)
    captures = [capture for capture, _ in iter_pages(path)]
    path.write_bytes(path.read_bytes()[:-30])
    # The last page lost its end, and so its whole record: the store still has its figures.
    done = doctor(collection, "--repair")
    assert (done.code, "ends with a torn record" in done.stdout, "does not hold" in done.stdout) == (0, True, True)
    assert [capture for capture, _ in iter_pages(path)] == captures[:-1]
