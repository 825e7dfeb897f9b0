"""Readers whose libraries can take a whole process down: each document is read by a process of its own.

A library in Java or Rust ends its process where it runs out of memory, and no exception tells of it. A process apart
keeps that, its memory and its time away from the crawl.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from govreports.documents.model import UnreadableDocument

SECONDS = 60
"""Time for one document; a long report takes less than one second."""

CPU_SECONDS = 90
"""Processor time, for where nobody waits for the child any more; Java collects garbage beside its work."""


def read_apart(
    write: Callable[[], None], body: bytes, *, what: str, refusal: Callable[[bytes], UnreadableDocument]
) -> bytes:
    """What ``write``, a function of a module, writes to stdout in a process that has the document on stdin.

    ``refusal`` makes the error of what a child that failed has written to stderr. Raises it, or UnreadableDocument
    (``too_slow``).
    """
    child = (
        f"import sys; sys.path[:0] = sys.argv[1:]; from {write.__module__} import {write.__name__}; {write.__name__}()"
    )
    try:
        finished = subprocess.run(
            [sys.executable, "-c", child, *filter(None, sys.path)],
            input=body,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"The {what} could not be read within {SECONDS} seconds: look at it by hand."
        raise UnreadableDocument("too_slow", message) from error
    if finished.returncode != 0:
        raise refusal(finished.stderr)
    return finished.stdout


def limit(*, memory: int | None = None) -> None:
    """Bound the processor time of this process, and its memory in bytes. For the child."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
