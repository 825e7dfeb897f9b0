"""docs/scheduling.md and docs/monitors.md are true: their commands run, and what they list is what there is."""

from __future__ import annotations

import argparse
import re
import shlex
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from collected import run_govreports
from crawled import Site, served

from govreports import settings
from govreports.commands.crawlall import Command
from govreports.coverage.printing import WORDS
from govreports.monitors.rules import MONITORS
from govreports.monitors.thresholds import load_thresholds
from govreports.replica.faults import Fault

ROOT = Path(__file__).parents[1]
SCHEDULING = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
MONITORING = (ROOT / "docs" / "monitors.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", SCHEDULING + MONITORING, re.DOTALL)
    for line in block.splitlines()
]  # fmt: skip
NAME = "trs_plain"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal that was crawled, and blocked once, so that there is an alert."""
    with served(tmp_path_factory.mktemp("docs"), NAME) as site:
        site.crawl(NAME)
        site.portal(NAME).fault = Fault(kind="ruishu")
        site.crawl(NAME)
        site.portal(NAME).fault = None
        yield site


@pytest.mark.parametrize("line", LINES)
def test_every_command_runs(site: Site, line: str) -> None:
    folder = site.collection.folder.parent
    program, *words = shlex.split(line)
    if program == "sqlite3":
        with closing(sqlite3.connect(folder / words[0])) as connection:
            assert connection.execute(words[1]).fetchall()
        return
    words = [str(folder / word) if word.startswith("data/") else word for word in words]
    if words[0] == "crawlall":
        assert site.crawl_all(*words[1:]).code == 0
    else:
        ran = run_govreports(site.collection, *words, environment=site.environment)
        assert (ran.code, ran.stderr) == (0, "")


def rows(page: str, head: str) -> list[list[str]]:
    """The cells of the table whose head begins so."""
    table = page.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_option_of_crawlall_is_told_and_there() -> None:
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command = Command()
    command.settings = {"LOG_LEVEL": "INFO"}
    command.add_options(parser)
    there = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
    told = {re.match(r"`(--[a-z-]+)", row[0])[1] for row in rows(SCHEDULING, "option")}
    of_scrapy = {"--help", "--logfile", "--loglevel", "--nolog", "--profile", "--pidfile", "--set", "--pdb"}
    assert told == there - of_scrapy


def test_every_status_and_its_word_are_told() -> None:
    assert {row[0].strip("`"): row[1] for row in rows(SCHEDULING, "status")} == WORDS


def test_every_monitor_is_told() -> None:
    assert [row[0].strip("`") for row in rows(MONITORING, "monitor")] == list(MONITORS)


def test_the_thresholds_of_the_example_can_be_used(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", MONITORING, re.DOTALL)
    assert example is not None
    (tmp_path / "mine.toml").write_text(example[1], "utf-8")
    assert tomllib.loads(example[1])["identities"]["most_share"] == 0.3
    assert load_thresholds(str(tmp_path / "mine.toml"))["identities"]["most_share"] == 0.3


def test_every_setting_has_the_default_that_is_told() -> None:
    told = {row[0].strip("`"): row[1].strip("`") for row in rows(MONITORING, "setting") if row[0]}
    actual = {name: getattr(settings, name) for name in told}
    assert {name: "" if default == "none" else default for name, default in told.items()} == actual
    assert all(hasattr(settings, name) for name in re.findall(r"GOVREPORTS_\w+", SCHEDULING + MONITORING))


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`(govreports/[\w./]+)`", SCHEDULING + MONITORING)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
