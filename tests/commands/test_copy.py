"""``govreports copy``: what it says, and its exit codes."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from collected import Collection, sample_pages
from scrapy.settings import Settings

from govreports.commands.copy import Command


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """A store of a few reports."""
    found = Collection(tmp_path / "data")
    found.collect(sample_pages(2))
    return found


def copy(collection: Collection, to: str | None) -> int:
    """Run the command in this process; its exit code."""
    command = Command()
    command.settings = Settings({"GOVREPORTS_DATABASE_URL": collection.url})
    command.run([], Namespace(to=to))
    return command.exitcode


def test_a_copy_says_what_was_compared(
    collection: Collection, postgresql_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert copy(collection, postgresql_url) == 0
    told = capsys.readouterr()
    assert f"tables were copied from {collection.url} to " in told.out
    assert "compared row by row: all are the same." in told.out
    assert "report: 2 rows\n" in told.err


def test_a_second_copy_is_refused(
    collection: Collection, postgresql_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(collection, postgresql_url)
    assert copy(collection, postgresql_url) == 1
    assert "name an empty database or a new file.\n" in capsys.readouterr().err


def test_without_a_store_there_is_nothing_to_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert copy(Collection(tmp_path), f"sqlite:///{tmp_path}/new.sqlite") == 1
    assert capsys.readouterr().err.startswith("govreports copy: there is no store at ")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_said_in_a_sentence(
    collection: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert copy(collection, "postgresql://nobody:hush@127.0.0.1:1/none") == 1
    told = capsys.readouterr().err
    assert "the store postgresql+pg8000://nobody:***@127.0.0.1:1/none failed: Can't create a connection" in told


def test_a_target_must_be_named(collection: Collection, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        copy(collection, None)
    assert capsys.readouterr().err.startswith("govreports copy: copy needs --to URL")
