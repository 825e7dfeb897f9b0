"""A small one of the large crawl: portals that fail now and then, and a crawl that is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from load.__main__ import run

pytestmark = pytest.mark.slow


def test_nothing_is_lost_or_doubled_by_faults_and_a_kill(tmp_path: Path) -> None:
    account = run(tmp_path, pages=42, portals=3, share=0.15, kills=1, slow=0.05, times=1, seed=4)
    assert account.failed
    assert (account.killed, account.lost, account.doubled, account.wrong) == (1, 0, 0, 0)
    assert set(account.rounds[-1]) == {"complete"}
    assert account.doctor == "All is well."
    assert account.is_well
