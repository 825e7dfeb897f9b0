"""Reading in several processes, of which this one is the first; results come back in the order asked for.

What writes the results has little to do, so it reads, too: a process more than there are cores would only take turns
with the others, and while the others start, work is done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from govreports.reparsing.readings import pack, read_again
from govreports.store.rereading import ArchivedDocument

_BATCH: Final = 8
"""Documents a worker takes at once: enough that handing them out costs little, few enough to share evenly."""
_AHEAD: Final = 3
"""Batches that wait for each worker or are in its hands."""
_READ: Final = 32
"""Batches that this process may have read ahead of the one that is waited for: what it reads while workers start."""


class WorkerDied(Exception):
    """A process that read documents ended before its time; the message says which documents it had."""


def read_in_order(archive: Path, documents: Iterable[ArchivedDocument], *, jobs: int) -> Iterator[tuple[int, bytes]]:
    """Number of each document and what was read, packed, in the order of ``documents``; ``jobs`` processes read.

    This process is one of them. Memory stays at some batches. Raises WorkerDied.
    """
    if jobs == 1:
        for document in documents:
            yield document.document_id, pack(read_again(archive, document))
        return
    # Spawned, because a forked copy of a process with threads may hang, and so that no worker holds another's pipes.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    whole = False
    with ProcessPoolExecutor(jobs - 1, mp_context=context, initializer=_begin_work) as pool:
        under_way: deque[_Batch] = deque()
        try:
            batches = _batches(documents)
            if (first := next(batches, None)) is not None:
                given = [_given(pool, archive, batch) for batch in islice(batches, (jobs - 1) * _AHEAD)]
                # The first results are here, and kept, before anything has to be waited for.
                under_way.extend((_Batch(first, _read_batch(archive, first)), *given))
            for batch in batches:
                while under_way and (under_way[0].is_read or len(under_way) > _READ):
                    yield from under_way.popleft().result()
                if sum(not kept.is_read for kept in under_way) < (jobs - 1) * _AHEAD:
                    under_way.append(_given(pool, archive, batch))
                else:
                    under_way.append(_Batch(batch, _read_batch(archive, batch)))
            while under_way:
                yield from under_way.popleft().result()
            whole = True
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            if not whole:
                # Whoever stops this waits for nobody; a worker only reads, and what it reads may never come.
                for worker in set(multiprocessing.active_children()) - others:
                    worker.terminate()


def _died(document: ArchivedDocument) -> WorkerDied:
    return WorkerDied(
        "a process that read documents died, out of memory or by a fault of a library, at or soon after document "
        f"{document.document_id} ({document.file}, byte {document.offset}); --jobs 1 shows which one it is"
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some documents, and what was read of them: here already, or by a worker some time."""

    documents: tuple[ArchivedDocument, ...]
    packed: list[bytes] | Future[list[bytes]]

    @property
    def is_read(self) -> bool:
        return isinstance(self.packed, list) or self.packed.done()

    def result(self) -> Iterator[tuple[int, bytes]]:
        """Number and what was read of each, in their order; waits for it."""
        packed = self.packed if isinstance(self.packed, list) else self._of_worker(self.packed)
        for document, data in zip(self.documents, packed, strict=True):
            yield document.document_id, data

    def _of_worker(self, future: Future[list[bytes]]) -> list[bytes]:
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise _died(self.documents[0]) from error


def _given(pool: ProcessPoolExecutor, archive: Path, batch: tuple[ArchivedDocument, ...]) -> _Batch:
    try:
        return _Batch(batch, pool.submit(_read_batch, archive, batch))
    except BrokenProcessPool as error:
        raise _died(batch[0]) from error


def _batches(documents: Iterable[ArchivedDocument]) -> Iterator[tuple[ArchivedDocument, ...]]:
    rest = iter(documents)
    while batch := tuple(islice(rest, _BATCH)):
        yield batch


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
