"""One hard store and its export for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hard_store import NOW, fill

from govreports.exports import Exported, export
from govreports.store import Store, open_store


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A filled store, which no test changes."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('whole')}/store.sqlite") as store:
        fill(store)
        yield store


@pytest.fixture(scope="session")
def exported(whole: Store, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """An export of it in all formats."""
    return export(whole, tmp_path_factory.mktemp("exported"), now=NOW)
