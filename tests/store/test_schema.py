"""Opening a store: made, migrated, or refused with one clear sentence and left as it was."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

import govreports
from govreports.store import NewerStoreError, Store, StoreError, open_store
from govreports.store.models import Base

Query = Callable[[str], list[dict[str, Any]]]


def test_opening_makes_all_that_is_missing_and_the_views(store: Store) -> None:
    assert {"report_list", "report_facts", "crawl_list"} <= set(inspect(store.engine).get_view_names())


def test_the_migrated_tables_are_those_of_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.sqlite_only
def test_a_store_is_in_wal_mode_with_foreign_keys(store: Store, query: Query) -> None:
    assert (query("PRAGMA journal_mode"), query("PRAGMA foreign_keys")) == (
        [{"journal_mode": "wal"}],
        [{"foreign_keys": 1}],
    )


@pytest.mark.sqlite_only
def test_opening_again_changes_nothing(url: str, store: Store, query: Query) -> None:
    before = query("SELECT * FROM sqlite_master")
    open_store(url).close()
    assert query("SELECT * FROM sqlite_master") == before


def test_crawl_list_has_the_columns_of_the_contract(store: Store) -> None:
    with store.engine.connect() as connection:
        columns = list(connection.execute(text("SELECT * FROM crawl_list")).keys())
    named = "crawl_id portal started_at finished_at state items_claimed items_seen reports_seen new changed requests"
    assert columns[:12] == [*named.split(), "message"]


def test_a_newer_schema_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "newer.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    engine.dispose()
    before = file.read_bytes()
    with pytest.raises(NewerStoreError, match=r"schema 9999.*Update govreports; nothing was touched$"):
        open_store(f"sqlite:///{file}")
    assert (file.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (before, ["newer.sqlite"])


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE photos (id INTEGER)"))
    engine.dispose()
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"tables of another program \(photos\); name another file"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are notes, not tables; " * 50)
    with pytest.raises(StoreError, match="is no sound SQLite database"):
        open_store(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("data/reports.sqlite", "is no database URL; write sqlite:///"),
        ("sqlite://", "names no file"),
        ("mysql://host/name", "neither SQLite nor PostgreSQL|driver .* is not installed"),
        ("nosuch://host/name", "neither SQLite nor PostgreSQL|driver .* is not installed"),
    ],
)
def test_a_url_of_no_use_is_refused(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(address)


def test_a_folder_that_cannot_be_made_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError, match=r"the folder .*taken/data of the store cannot be made"):
        open_store(f"sqlite:///{tmp_path}/taken/data/reports.sqlite")


def test_a_path_that_is_a_folder_is_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_password_is_never_printed() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("mysql://user:hush@host/name")
    assert "hush" not in str(caught.value)


def test_a_zipped_package_migrates(tmp_path: Path) -> None:
    package = Path(govreports.__file__).parent
    with zipfile.ZipFile(tmp_path / "govreports.egg", "w") as egg:
        for path in package.rglob("*"):
            if path.is_file() and path.suffix in (".py", ".sql", ".toml", ".tsv"):
                egg.write(path, Path("govreports") / path.relative_to(package))
    script = f"""
import sys
sys.path.insert(0, {str(tmp_path / "govreports.egg")!r})
import govreports.store as room
assert "govreports.egg" in room.__file__, room.__file__
from sqlalchemy import text
store = room.open_store({f"sqlite:///{tmp_path}/zipped.sqlite"!r})
with store.engine.connect() as connection:
    print(connection.execute(text("SELECT COUNT(*) FROM report_list")).scalar_one())
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert (run.stdout, run.stderr) == ("0\n", "")


def test_several_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    script = f"""
import sys
from govreports.store import open_store
print("ready", flush=True)
sys.stdin.readline()
open_store({f"sqlite:///{tmp_path}/new.sqlite"!r}).close()
"""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()
    assert [(run.communicate(timeout=60)[1], run.returncode) for run in runs] == [("", 0)] * 4
