"""Work that takes too long is ended, in the main thread and in others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from collected import sample_pages

from govreports import documents
from govreports.deadline import OutOfTime, within
from govreports.interpretation import reading_of


def work_without_end(*arguments: object, **options: object) -> None:
    number = 0
    while True:
        try:
            number += 1
        except Exception:  # noqa: BLE001, S112 - as libraries do that take every fault for one of the input
            continue


def test_work_without_end_is_ended() -> None:
    with pytest.raises(OutOfTime), within(0.01):
        work_without_end()


def test_work_in_time_is_left_alone() -> None:
    with within(60):
        total = sum(range(1000))
    assert total == 499500


def test_a_document_without_end_is_unreadable_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = sample_pages(1)
    monkeypatch.setattr(documents, "read", work_without_end)
    # As in a crawl, which reads beside the main thread.
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(reading_of, page, seconds=0.01).result()
    assert (reading.status, [issue.code for issue in reading.issues]) == ("unreadable", ["too_slow"])
    assert "could not be read within 0.01 seconds" in reading.issues[0].message
