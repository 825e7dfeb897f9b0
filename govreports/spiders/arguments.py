"""What a spider takes as ``-a name=value``, read from text."""

from __future__ import annotations

from govreports.registry.years import parse_years


class ArgumentError(ValueError):
    """A spider argument is unknown or does not make sense; the message is one sentence for the person who gave it."""


def years_of(text: str) -> frozenset[int]:
    """Years as ``2023``, ``2020-2023`` or ``2020,2023``. Raises ArgumentError."""
    try:
        return parse_years(text)
    except ValueError as error:
        raise ArgumentError(str(error)) from None


def yes_or_no(text: str) -> bool:
    """A yes or a no. Raises ArgumentError."""
    if text.lower() not in ("0", "1", "no", "yes", "false", "true"):
        raise ArgumentError(f"full={text} is neither yes nor no; write full=1 to fetch what looks unchanged, too.")
    return text.lower() in ("1", "yes", "true")


def number_of_reports(text: str) -> int:
    """How many reports, one at least. Raises ArgumentError."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentError(f"sample={text} is no number of reports; write sample=1 for one report of the portal.")
    return int(text)
