"""``govreports export`` and ``govreports bodies`` as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from collected import Collection, Ran, run_govreports, sample_pages


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """A store of a few reports."""
    found = Collection(tmp_path / "data")
    found.collect(sample_pages(3))
    return found


@pytest.fixture
def nothing(tmp_path: Path) -> Collection:
    """A folder without a store."""
    (tmp_path / "none").mkdir()
    return Collection(tmp_path / "none")


def test_an_export_says_where_it_is(collection: Collection, tmp_path: Path) -> None:
    ran = run_govreports(collection, "export", "--to", str(tmp_path / "out"), "--format", "csv,sqlite")
    (folder,) = (tmp_path / "out").iterdir()
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"3 reports were written to {folder}\n", "")
    assert {"csv", "govreports.sqlite"} < {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export"], "export needs --to DIR"),
        (
            ["export", "--to", "out", "--format", "csv,pdf"],
            "--format: pdf is none of sqlite, csv, parquet, xlsx, jsonl",
        ),
        (["export", "--to", "out", "more"], "export takes no argument, not more"),
        (["bodies", "more"], "bodies takes no argument, not more"),
    ],
)
def test_wrong_usage_is_said_and_writes_nothing(collection: Collection, arguments: list[str], said: str) -> None:
    ran = run_govreports(collection, *arguments)
    assert ran.code == 2
    assert said in ran.stderr + ran.stdout
    assert not (collection.folder / "out").exists()


@pytest.mark.parametrize("arguments", [("export", "--to", "out"), ("bodies",)])
def test_without_a_store_one_sentence_says_so(nothing: Collection, arguments: tuple[str, ...]) -> None:
    ran = run_govreports(nothing, *arguments)
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"govreports {arguments[0]}: there is no store at {nothing.database}; crawl first")
    assert list(nothing.folder.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    ran = run_govreports(collection, "export", "--to", str(tmp_path / "file"))
    assert ran == Ran(1, "", ran.stderr)
    assert ran.stderr.startswith(f"govreports export: the export cannot be written to {tmp_path / 'file'}")


def test_bodies_are_matched_anew_and_counted(collection: Collection) -> None:
    collection.change("UPDATE publisher SET body_id = NULL", "DELETE FROM body")
    ran = run_govreports(collection, "bodies")
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == ("1 names, 1 bodies: 0 with several names, 1 doubtful (see doubts in body_list).\n")
    assert collection.ask("SELECT names, reports FROM body_list") == [(1, 3)]
