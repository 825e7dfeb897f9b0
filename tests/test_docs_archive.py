"""docs/archive.md is true: its commands run, on a portal that was crawled, changed and crawled again."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from collected import run_govreports, sample_pages
from crawled import Site, served

from govreports import settings
from govreports.archive import ArchiveWriter

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
NAME = "trs_plain"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal in whose store report 1 has two versions, beside things to import."""
    folder = tmp_path_factory.mktemp("docs")
    with served(folder, NAME) as site:
        site.crawl(NAME)
        ((year,),) = site.collection.ask("SELECT report_year FROM report_list WHERE report_id = 1")
        first = next(report for report in site.portal(NAME).reports if report.year == year)
        site.portal(NAME).edit(first, {("requests", "new_received", "total"): "4321"})
        site.crawl(NAME, "-a", "full=1")
        _lay_out(folder)
        yield site


def _lay_out(folder: Path) -> None:
    """What the page imports."""
    pages = sample_pages(3)
    (folder / "saved").mkdir()
    (folder / "saved" / "report.html").write_bytes(pages[0].body)
    (folder / "pages.tsv").write_text(f"{pages[1].url}\tsaved/report.html\n", "utf-8")
    with ArchiveWriter(folder, name="other", software="another crawler") as writer:
        path = folder / writer.write(pages[2]).file
    path.rename(folder / "other.warc.gz")


def test_there_are_commands_to_run() -> None:
    assert len(LINES) > 10


@pytest.mark.parametrize("line", LINES)
def test_every_command_runs(site: Site, line: str) -> None:
    folder = site.collection.folder.parent
    program, *words = shlex.split(line)
    if program == "sqlite3":
        with closing(sqlite3.connect(folder / words[0])) as connection:
            assert connection.execute(words[1]).fetchall()
    elif program == "warcio":
        files = [str(path) for word in words[1:] for path in folder.glob(word)]
        done = subprocess.run([sys.executable, "-m", "warcio.cli", words[0], *files], capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, b"")
    elif words[0] == "crawl":
        assert site.crawl(*words[1:]).code == 0
    else:
        paths = [str(folder / word) if (folder / word).exists() else word for word in words]
        ran = run_govreports(site.collection, *paths)
        assert (ran.code, ran.stderr) == (0, "")


def test_files_and_settings_that_are_named_exist() -> None:
    assert [path for path in re.findall(r"`(govreports/[\w./]+)`", PAGE) if not (ROOT / path).exists()] == []
    assert all(hasattr(settings, name) for name in re.findall(r"GOVREPORTS_\w+", PAGE))
