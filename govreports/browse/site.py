"""What all pages of the browser work with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from govreports.store import Store
from govreports.store.search import SearchIndex

DATABASE: Final = "govreports"
"""The store's name in addresses: /govreports/panel."""


@dataclass(frozen=True, slots=True)
class Site:
    """A store opened for reading, the index over it, and the folder of its archive."""

    store: Store
    index: SearchIndex
    archive: Path


class NoSuchPage(Exception):
    """There is nothing at an address; ``key`` and ``values`` name the text that says what is missing."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
