"""docs/analysis.md is true: its commands run, and what it names exists."""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from collected import run_govreports
from crawled import Site, served

from govreports.reports.checks import RELATIONS
from govreports.store.codes import load_codes
from govreports.store.dictionary import load_views

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
NAME = "trs_offset"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal one of whose reports has a wrong sum, crawled."""
    with served(tmp_path_factory.mktemp("docs"), NAME) as site:
        assert site.crawl(NAME).code == 0
        yield site


def test_there_are_commands_to_run() -> None:
    assert len(LINES) > 5


@pytest.mark.parametrize("line", LINES)
def test_every_command_runs(site: Site, line: str) -> None:
    program, *words = shlex.split(line)
    if program == "sqlite3":
        with closing(sqlite3.connect(site.collection.folder.parent / words[0])) as connection:
            # No single body publishes there.
            assert connection.execute(words[1]).fetchall() or "scope = ''" in line
    else:
        ran = run_govreports(site.collection, *words)
        assert (ran.code, ran.stderr) == (0, "")


def test_views_columns_and_codes_that_are_named_exist() -> None:
    known = set(load_views()) | {column.name for view in load_views().values() for column in view.columns}
    known |= {*load_codes()["doubt"], *load_codes()["scope"], *RELATIONS}
    named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", PAGE))
    assert named - known == set()


def test_files_that_are_named_exist() -> None:
    assert [path for path in re.findall(r"\]\(([\w./-]+)\)", PAGE) if not (ROOT / "docs" / path).exists()] == []
    assert [path for path in re.findall(r"`(govreports/[\w./]+)`", PAGE) if not (ROOT / path).exists()] == []


def test_every_view_is_in_the_table_of_views() -> None:
    table = PAGE.split("## Which view for what")[1].split("```")[0]
    assert {view for view in load_views() if f"`{view}`" not in table} == set()
