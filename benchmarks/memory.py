"""Memory of this process and of those that it started, as the system counts it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

_PAUSE = 0.02
"""Seconds between two looks."""


@dataclass(slots=True)
class Peak:
    """The most that was seen, in MiB."""

    mib: float = 0.0


def resident() -> list[float]:
    """MiB of this process, then of each that it started; what they share is counted in each."""
    found = []
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        try:
            found.append(process.memory_info().rss / 2**20)
        except psutil.NoSuchProcess:
            # It ended between the two lines.
            continue
    return found


@contextmanager
def watched() -> Iterator[Peak]:
    """Look again and again, in a thread, while the block runs: the peak of all processes together."""
    peak = Peak(sum(resident()))
    over = threading.Event()

    def look() -> None:
        while not over.wait(_PAUSE):
            peak.mib = max(peak.mib, sum(resident()))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
        peak.mib = max(peak.mib, sum(resident()))
