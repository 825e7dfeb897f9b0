"""Reading in several processes: each takes a few documents at a time, results come back in the order asked for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Final

from govreports.reparsing.readings import pack, read_again
from govreports.store.rereading import ArchivedDocument

_BATCH: Final = 8
"""Documents a worker takes at once: enough that handing them out costs little, few enough to share evenly."""
_AHEAD: Final = 3
"""Batches a worker may be ahead of the one that is waited for."""


class WorkerDied(Exception):
    """A process that read documents ended before its time; the message says which documents it had."""


def read_in_order(archive: Path, documents: Iterable[ArchivedDocument], *, jobs: int) -> Iterator[tuple[int, bytes]]:
    """Number of each document and what was read, packed, in the order of ``documents``; ``jobs`` processes read.

    With one job this process reads. Memory stays at some batches. Raises WorkerDied.
    """
    if jobs == 1:
        for document in documents:
            yield document.document_id, pack(read_again(archive, document))
        return
    # Spawned, because a forked copy of a process with threads may hang, and so that no worker holds another's pipes.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    whole = False
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_work) as pool:
        under_way: deque[tuple[tuple[ArchivedDocument, ...], Future[list[bytes]]]] = deque()
        try:
            rest = iter(documents)
            while batch := tuple(islice(rest, _BATCH)):
                under_way.append((batch, pool.submit(_read_batch, archive, batch)))
                if len(under_way) > jobs * _AHEAD:
                    yield from _result(*under_way.popleft())
            while under_way:
                yield from _result(*under_way.popleft())
            whole = True
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            if not whole:
                # Whoever stops this waits for nobody; a worker only reads, and what it reads may never come.
                for worker in set(multiprocessing.active_children()) - others:
                    worker.terminate()


def _result(batch: tuple[ArchivedDocument, ...], future: Future[list[bytes]]) -> Iterator[tuple[int, bytes]]:
    try:
        packed = future.result()
    except BrokenProcessPool as error:
        first = batch[0]
        raise WorkerDied(
            f"a process that read documents died, out of memory or by a fault of a library, at or soon after document "
            f"{first.document_id} ({first.file}, byte {first.offset}); with --jobs 1 it can be seen which one it is"
        ) from error
    for document, data in zip(batch, packed, strict=True):
        yield document.document_id, data


def _begin_work() -> None:
    # Ctrl-C reaches every process of the terminal; the parent alone decides what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_batch(archive: Path, batch: tuple[ArchivedDocument, ...]) -> list[bytes]:
    return [pack(read_again(archive, document)) for document in batch]
