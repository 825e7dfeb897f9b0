"""Package data of this room, found through the import system so that a zipped project works."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def load_toml(name: str) -> dict[str, Any]:
    """Read ``name`` (a path below govreports/reports with ``/``). Raises FileNotFoundError, TOMLDecodeError."""
    return tomllib.loads((files("govreports.reports") / name).read_text("utf-8"))


def load_folder(name: str) -> list[dict[str, Any]]:
    """Read every TOML file of a folder below govreports/reports, in the order of their names."""
    found = [file for file in (files("govreports.reports") / name).iterdir() if file.name.endswith(".toml")]
    return [tomllib.loads(file.read_text("utf-8")) for file in sorted(found, key=lambda file: file.name)]
