"""What commands say to whom uses them wrongly."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.exceptions import UsageError


def refuse_arguments(command: str, arguments: Sequence[str]) -> None:
    """Refuse what stands behind a command that takes options only. Raises UsageError, which ends with exit code 2."""
    if arguments:
        message = f"{command} takes no argument, not {' '.join(arguments)}: see govreports {command} -h"
        raise UsageError(message, print_help=False)
