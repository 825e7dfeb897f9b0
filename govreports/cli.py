"""The ``govreports`` command: Scrapy's command line with this project's settings, from any folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib.metadata import entry_points
from pkgutil import iter_modules

import scrapy.commands
from scrapy.cmdline import execute
from scrapy.settings import Settings

import govreports.commands
from govreports.clock import ClockError
from govreports.monitors.errors import SinkConfigError, ThresholdsError
from govreports.registry import RegistryError
from govreports.registry.hosts import HostListError

SETTINGS_MODULE = "govreports.settings"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code: 0 all well, 1 something failed or is incomplete, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    _refuse_unknown_command(given)
    # Scrapy takes a folder as inside a project when this is set, and so offers the project's commands.
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE
    settings = Settings()
    # Settings of a scrapy.cfg in the current folder would otherwise take the place of these.
    settings.setmodule(SETTINGS_MODULE, priority="project")
    if editor := os.environ.get("EDITOR"):
        settings.set("EDITOR", editor, priority="project")
    try:
        execute(["govreports", *given], settings)
    except (RegistryError, HostListError, ClockError, SinkConfigError, ThresholdsError) as error:
        print(f"govreports: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except BrokenPipeError:
        # `govreports list | head`: the reader has seen enough. Python would complain again on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _refuse_unknown_command(arguments: Sequence[str]) -> None:
    """Scrapy would say that 'scrapy' shows the commands."""
    name = next((word for word in arguments if not word.startswith("-")), None)
    known = {found.name for place in (scrapy.commands, govreports.commands) for found in iter_modules(place.__path__)}
    known |= {found.name for found in entry_points(group="scrapy.commands")}
    if name is None or name in known:
        return
    close = get_close_matches(name, known, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "govreports -h shows them all."
    print(f"govreports: there is no command {name!r}; {hint}", file=sys.stderr)  # noqa: T201
    sys.exit(2)


if __name__ == "__main__":
    main()
