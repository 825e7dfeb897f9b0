"""The ``govreports`` command: Scrapy's command line with this project's settings, from any folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from scrapy.cmdline import execute
from scrapy.settings import Settings

from govreports.clock import ClockError
from govreports.monitors.errors import SinkConfigError, ThresholdsError
from govreports.registry import RegistryError
from govreports.registry.hosts import HostListError

SETTINGS_MODULE = "govreports.settings"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code: 0 all well, 1 something failed or is incomplete, 2 wrong usage."""
    # Scrapy takes a folder as inside a project when this is set, and so offers the project's commands.
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE
    settings = Settings()
    # Settings of a scrapy.cfg in the current folder would otherwise take the place of these.
    settings.setmodule(SETTINGS_MODULE, priority="project")
    if editor := os.environ.get("EDITOR"):
        settings.set("EDITOR", editor, priority="project")
    try:
        execute(["govreports", *(sys.argv[1:] if arguments is None else arguments)], settings)
    except (RegistryError, HostListError, ClockError, SinkConfigError, ThresholdsError) as error:
        print(f"govreports: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except BrokenPipeError:
        # `govreports list | head`: the reader has seen enough. Python would complain again on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
