"""What can be wrong with the settings of monitors, and with the ways that alerts go."""

from __future__ import annotations


class ThresholdsError(ValueError):
    """A thresholds file cannot be used; the message is one sentence."""


class SinkConfigError(ValueError):
    """The settings of a way make no sense; the message is one sentence."""


class SinkError(Exception):
    """Alerts could not be told; the message is one clause without secrets. They are to be kept, and tried again."""
