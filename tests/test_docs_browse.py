"""docs/browse.md is true: options and defaults, limits and names are those of the program."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from govreports.browse.configuration import TIME_LIMIT
from govreports.commands.browse import Command
from govreports.store.queries import canned_queries

PAGE = (Path(__file__).parents[1] / "docs" / "browse.md").read_text("utf-8")
NUMBERS = {10: "ten"}


def test_every_option_is_documented_with_its_default() -> None:
    parser, inherited = (argparse.ArgumentParser(conflict_handler="resolve") for _ in range(2))
    command = Command()
    command.settings = Settings()
    command.add_options(parser)
    ScrapyCommand.add_options(command, inherited)
    known = {name for action in inherited._actions for name in action.option_strings}
    own = {action.option_strings[-1]: action.default for action in parser._actions}
    own = {name: default for name, default in own.items() if name not in known}
    rows = re.findall(r"^\| `(--[\w-]+)` \| (\S*) ?\|", PAGE, re.MULTILINE)
    assert {name: default.strip("`") for name, default in rows} == {
        name: str(default) if default else "" for name, default in own.items()
    }


def test_the_limits_that_are_named_are_those_of_the_program() -> None:
    assert f"A query may take {TIME_LIMIT} seconds" in PAGE
    assert f"{NUMBERS[len(canned_queries())]} canned queries" in PAGE
