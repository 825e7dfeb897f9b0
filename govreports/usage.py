"""What commands say to whom uses them wrongly, or when they cannot do what was asked: one sentence on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from scrapy.commands import ScrapyCommand


def complain(command: ScrapyCommand, message: str) -> None:
    """Say what could not be done and what to do; the command goes on if it can, and ends with exit code 1."""
    tell(command, message)
    command.exitcode = 1


def wrong_usage(command: ScrapyCommand, message: str) -> NoReturn:
    """Refuse what was asked for, and end with exit code 2.

    Scrapy's UsageError would print a line of usage before it, for a program called scrapy.
    """
    tell(command, message)
    sys.exit(2)


def refuse_arguments(command: ScrapyCommand, arguments: Sequence[str]) -> None:
    """Refuse what stands behind a command that takes options only."""
    if arguments:
        name = _name(command)
        wrong_usage(command, f"{name} takes no argument, not {' '.join(arguments)}: see govreports {name} -h")


def has_store(command: ScrapyCommand, url: str) -> bool:
    """Whether there is a store to work on; where its file is not there, that is said and nothing is made."""
    from govreports.store.inspection import database_file

    file = database_file(url)
    if file is None or file.exists():
        return True
    complain(command, f"there is no store at {file}; crawl first, or set GOVREPORTS_DATABASE_URL")
    return False


def tell(command: ScrapyCommand, message: str) -> None:
    """Say what is to be known besides the command's output."""
    stop = "" if message.endswith((".", "?", "…")) else "."
    print(f"govreports {_name(command)}: {message}{stop}", file=sys.stderr)  # noqa: T201


def _name(command: ScrapyCommand) -> str:
    return type(command).__module__.rpartition(".")[2]
