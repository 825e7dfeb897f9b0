"""Package data of this room, found through the import system so that a zipped project works."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def load_toml(name: str) -> dict[str, Any]:
    """Read ``name`` (a path below govreports/reports with ``/``). Raises FileNotFoundError, TOMLDecodeError."""
    return tomllib.loads((files("govreports.reports") / name).read_text("utf-8"))
