"""Two machines with one store on PostgreSQL: their archives, copied into one folder, serve the whole store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from collected import Collection, sample_pages

from govreports.doctor import Finding, examine
from govreports.reparsing.changes import Summary
from govreports.reparsing.run import preview
from govreports.store import open_store
from govreports.store.rereading import Selection

PAGES = 6


@pytest.fixture
def machines(tmp_path: Path, postgresql_url: str) -> tuple[Collection, Collection]:
    """Half of the pages were crawled on each."""
    pages = sample_pages(PAGES)
    east, west = (Collection(tmp_path / name, postgresql_url) for name in ("east", "west"))
    east.collect(pages[::2], name="east")
    west.collect(pages[1::2], name="west")
    return east, west


def found(machine: Collection) -> list[Finding]:
    """What ``doctor`` says on a machine."""
    with open_store(machine.url) as store:
        return list(examine(store, machine.folder))


def mended(machine: Collection) -> list[str]:
    """What ``doctor --repair`` does on a machine."""
    with open_store(machine.url) as store:
        return [one.mend() for one in examine(store, machine.folder) if one.mend is not None]


def reread(machine: Collection) -> Summary:
    """What ``reparse --all --dry-run`` finds on a machine."""
    with open_store(machine.url) as store:
        everything = Selection(portal=None, years=None, everything=True)
        return preview(store, machine.archive, everything, jobs=1, progress=lambda done, total: None)


def merge(target: Collection, other: Collection) -> None:
    for path in other.archive.glob("*.warc.gz"):
        shutil.copy2(path, target.archive)


def test_merged_archives_serve_the_whole_store(machines: tuple[Collection, Collection]) -> None:
    east, west = machines
    assert len(reread(east).not_in_archive) == PAGES // 2
    merge(east, west)
    assert (reread(east).not_in_archive, found(east)) == ([], [])
    east.assert_whole()


def test_the_file_of_another_machine_is_asked_for_and_its_documents_left_alone(
    machines: tuple[Collection, Collection],
) -> None:
    east, west = machines
    (finding,) = found(east)
    assert finding.message == (
        f"the archive file west-00001.warc.gz with 3 documents of the store is not in {east.archive}: copy it there "
        "from the machine that wrote it"
    )
    assert mended(east) == []
    merge(east, west)
    assert found(east) == []


def test_places_that_were_forgotten_are_found_again(machines: tuple[Collection, Collection]) -> None:
    east, west = machines
    with open_store(east.url) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE document SET archive_file = NULL, archive_offset = NULL")
    merge(east, west)
    assert mended(east) == [f"it was found in {name}-00001.warc.gz" for name in ("east", "west") for _ in range(3)]
    east.assert_whole()


def test_a_lost_store_is_made_anew_from_merged_archives(
    machines: tuple[Collection, Collection], tmp_path: Path
) -> None:
    east, west = machines
    merge(east, west)
    shutil.copytree(east.archive, tmp_path / "anew" / "archive")
    anew = Collection(tmp_path / "anew")
    assert len(mended(anew)) == PAGES
    with open_store(anew.url) as store:
        store.settle_bodies()
    assert anew.dump() == east.dump()
