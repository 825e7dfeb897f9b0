"""The page on commands: what each is for, its options and exit codes, as its own class says them."""

from __future__ import annotations

import argparse
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from govreports import commands
from govreports.markdown import code, table

_HEAD = """\
# Commands

This page is made by `python -m govreports.reference docs/reference` from `govreports/commands`.

`govreports` is Scrapy's command line with this project's settings, from any folder: `list`, `shell`, `parse`, `check`,
`settings` and whatever else Scrapy has work, and in a checkout `scrapy` does the same. `govreports COMMAND -h` prints a
command's help. Every command takes Scrapy's own options, `-s NAME=VALUE` for a [setting](settings.md) among them.

Exit codes: 0 all well; 1 some input or portal failed, was blocked or ended incomplete, and the rest was done; 2 wrong
usage. What went wrong stands on stderr in one sentence each.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return _HEAD + "".join(_section(name, command) for name, command in own_commands())


def own_commands() -> Iterator[tuple[str, ScrapyCommand]]:
    """The project's commands by name, each ready to be asked for its options."""
    for module in pkgutil.iter_modules(commands.__path__):
        command: ScrapyCommand = import_module(f"{commands.__name__}.{module.name}").Command()
        command.settings = Settings()
        yield module.name, command


def own_options(command: ScrapyCommand) -> list[argparse.Action]:
    """The options that a command has beyond those of every Scrapy command."""
    parser, inherited = (argparse.ArgumentParser(conflict_handler="resolve") for _ in range(2))
    command.add_options(parser)
    ScrapyCommand.add_options(command, inherited)
    known = {name for action in inherited._actions for name in action.option_strings}
    return [action for action in parser._actions if not known.intersection(action.option_strings)]


def _section(name: str, command: ScrapyCommand) -> str:
    usage = f"govreports {name} {command.syntax()}".strip()
    text = f"\n## {name}\n\n{command.short_desc()}.\n\n```text\n{usage}\n```\n"
    if options := own_options(command):
        text += "\n" + table(("option", "what it does"), [_row(action) for action in options])
    if said := _exit_codes(command):
        text += f"\n{said}\n"
    return text


def _row(action: argparse.Action) -> tuple[str, str]:
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return ", ".join(code(f"{name}{value}") for name in action.option_strings), action.help or ""


def _exit_codes(command: ScrapyCommand) -> str:
    """What the docstring of ``run`` says, which is where a command tells its exit codes."""
    first = cleandoc(command.run.__doc__ or "").split("\n\n")[0]
    return " ".join(first.split()) if "xit code" in first else ""
