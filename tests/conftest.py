"""What tests of more than one room share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from crawling import Crawled, govreports


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Crawled]:
    """Runs ``govreports`` with the given arguments in an empty folder of its own."""

    def run(
        *arguments: str,
        portals: Path | None = None,
        hosts: Iterable[str] = ("127.0.0.1",),
        settings: dict[str, str] | None = None,
    ) -> Crawled:
        return govreports(*arguments, folder=tmp_path, portals=portals, hosts=hosts, settings=settings)

    return run
