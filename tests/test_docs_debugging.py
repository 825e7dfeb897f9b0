"""docs/debugging.md is true: names, uses of cells and commands are those of the program."""

from __future__ import annotations

import argparse
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from govreports.debugging.desk import HELP, empty_desk
from govreports.debugging.fixture import LISTS, REPORTS
from govreports.debugging.received import receive
from govreports.debugging.specimen import examine
from govreports.debugging.telling import tell
from govreports.reports.explanation import USES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "debugging.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose head begins so."""
    table = PAGE.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_use_of_a_cell_is_explained_as_the_program_explains_it() -> None:
    assert {row[0].strip("`"): row[1] for row in rows("use")} == dict(USES)


def test_every_name_of_the_shell_is_told_here_and_in_its_help() -> None:
    names = {name for name in empty_desk("").names() if name != "table"}
    told = {re.match(r"`(\w+)", row[0])[1] for row in rows("name")}  # type: ignore[index]
    assert told == names | {"fetch"}
    assert set(re.findall(r"^\[g\]   (\w+)", HELP, re.MULTILINE)) == told


def test_what_the_example_shows_is_what_is_told() -> None:
    page = Path(__file__).parent / "reports" / "variations" / "13_row_labels_lost.txt"
    specimen = examine(receive(str(page), database_url="sqlite:///none", archive=Path("none")))
    example = re.search(r'>>> explain\("部分公开"\)\n(.*?)```', PAGE, re.DOTALL)
    assert example is not None
    assert specimen.explanation is not None
    told = tell(specimen.explanation, "部分公开").splitlines()
    assert [line for line in example[1].splitlines() if line != "  …" and line not in told] == []


def options_of(command: str) -> set[str]:
    """The options that a command has beside those of every command."""
    parsers = [argparse.ArgumentParser(conflict_handler="resolve") for _ in range(2)]
    made = import_module(f"govreports.commands.{command}").Command()
    made.settings = Settings()
    made.add_options(parsers[0])
    ScrapyCommand.add_options(made, parsers[1])
    own, inherited = ({name for action in parser._actions for name in action.option_strings} for parser in parsers)
    return {name for name in own - inherited if name.startswith("--")}


@pytest.mark.parametrize("command", ["savefixture", "rerun", "explain"])
def test_every_option_is_told(command: str) -> None:
    assert {row[1].strip("`") for row in rows("command | option") if row[0] == f"`{command}`"} == options_of(command)


@pytest.mark.parametrize("command", ["newportal", "canary"])
def test_options_that_are_named_exist(command: str) -> None:
    text = PAGE.split("## A portal's entry")[1].split(f"`{command}` ", 1)[1].split("\n\n", 1)[0]
    named = set(re.findall(r"`(--[a-z-]+)`", text))
    assert named
    assert named <= options_of(command)


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_has_options_that_exist(line: str) -> None:
    program, command, *words = shlex.split(line)
    assert program == "govreports"
    given = {word for word in words if word.startswith("--")}
    assert given <= options_of(command)


def test_portals_that_are_named_are_in_the_registry() -> None:
    (line,) = [line for line in LINES if line.startswith("govreports canary ")]
    registry = "".join(path.read_text("utf-8") for path in (ROOT / "govreports/registry/portals").iterdir())
    assert [name for name in line.split()[2:] if f'id = "{name}"' not in registry] == []


def test_folders_of_test_pages_are_those_of_the_program() -> None:
    assert all(f"`{folder}" in PAGE and (ROOT / folder).is_dir() for folder in (REPORTS, LISTS))


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`((?:govreports|tests)/[\w./*]+\.\w+)`", PAGE) + re.findall(r"\]\(([\w./-]+\.md)\)", PAGE)
    named = [path if "/" in path else f"docs/{path}" for path in named if "NAME" not in path]
    assert len(named) > 2
    assert [path for path in named if not list(ROOT.glob(path))] == []
