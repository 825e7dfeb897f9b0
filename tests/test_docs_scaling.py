"""docs/scaling.md is true: its commands and options are there, and so are the files, settings and extras it names.

What it tells of crawls, copies and archives is tested in crawling/test_several_machines.py, store/test_copying.py and
test_merging_archives.py.
"""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from scrapy.settings import Settings

from govreports import settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("govreports ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    _, name, *options = shlex.split(line)
    command = importlib.import_module(f"govreports.commands.{name}").Command()
    command.settings = Settings({"LOG_LEVEL": "INFO"})
    parser = argparse.ArgumentParser(conflict_handler="resolve", exit_on_error=False)
    command.add_options(parser)
    _, unknown = parser.parse_known_args(options)
    assert unknown == []


def test_every_extra_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {extra for part in re.findall(r"govreports\[([\w,]+)\]", PAGE) for extra in part.split(",")}
    assert named == {"postgresql", "queue"}
    assert named <= set(project["optional-dependencies"])


def test_every_setting_and_file_is_there() -> None:
    assert all(hasattr(settings, name) for name in re.findall(r"GOVREPORTS_\w+", PAGE))
    named = re.findall(r"`(govreports/[\w./]+)`", PAGE)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
