"""An export of a store on PostgreSQL is that of the same store on SQLite, to the last byte of its text files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hard_store import NOW

from govreports.exports import Exported, export
from govreports.store import Store, open_store
from govreports.store.copying import copy_store
from govreports.store.dictionary import load_views


@pytest.fixture(scope="module")
def moved(whole: Store, postgresql: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an export from PostgreSQL."""
    with postgresql.empty() as url:
        copy_store(whole, url)
        with open_store(url) as store:
            folder = tmp_path_factory.mktemp("moved")
            return export(store, folder, formats=("csv", "jsonl", "sqlite"), now=NOW).folder


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_text_files_are_the_same(moved: Path, exported: Exported, kind: str) -> None:
    names = sorted(path.name for path in (moved / kind).iterdir())
    assert len(names) == len(load_views())
    assert names == sorted(path.name for path in (exported.folder / kind).iterdir())
    for name in names:
        assert (moved / kind / name).read_text("utf-8") == (exported.folder / kind / name).read_text("utf-8"), name


def test_the_sqlite_file_holds_the_same(moved: Path, exported: Exported) -> None:
    def rows(folder: Path) -> dict[str, list[str]]:
        with closing(sqlite3.connect(folder / "govreports.sqlite")) as connection:
            return {view: sorted(map(repr, connection.execute(f"SELECT * FROM {view}"))) for view in load_views()}

    assert rows(moved) == rows(exported.folder)
