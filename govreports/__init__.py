"""Chinese government information disclosure reports as data that can be trusted, down to the cell."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("govreports")
