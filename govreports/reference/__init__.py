"""The pages of docs/reference, made from the program and its data files so that they cannot be wrong about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from govreports.reference import codes, commands, problems, registry, settings

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands.md": commands.page,
    "settings.md": settings.page,
    "registry.md": registry.page,
    "codes.md": codes.page,
    "problems.md": problems.page,
}
"""What each page is made by, by the name of its file."""
