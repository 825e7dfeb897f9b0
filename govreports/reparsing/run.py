"""A run of ``reparse``: read into the spool, sum up, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from govreports.reparsing.changes import Summary, summarise
from govreports.reparsing.parallel import read_in_order
from govreports.reparsing.readings import Reread, unpack
from govreports.reparsing.spool import Spool, other_spools
from govreports.reports import PARSER_VERSION
from govreports.store import Entry, Store
from govreports.store.rereading import ArchivedDocument, Selection, archived_documents, count_archived, mark_read

Progress = Callable[[int, int], None]
"""Called with documents done and documents in all."""

_PAGE: Final = 500
"""Documents asked from the store at once."""
_WRITE: Final = 50
"""Documents written in one transaction: others may write between two of them."""


def preview(store: Store, archive: Path, selection: Selection, *, jobs: int, progress: Progress) -> Summary:
    """Read again and sum up what would change. Writes nothing, nowhere. Raises StoreError, WorkerDied."""
    total = count_archived(store, selection, parser_version=PARSER_VERSION, after=0)

    def rereads() -> Iterator[Reread]:
        packed = read_in_order(archive, _selected(store, selection, after=0), jobs=jobs)
        for done, (_, data) in enumerate(packed, 1):
            progress(done, total)
            yield unpack(data)

    return summarise(store, rereads())


def open_spool(store: Store, folder: Path, selection: Selection) -> Spool:
    """The spool of this selection on this store; what a run with another parser left is taken away."""
    for path in other_spools(folder, parser_version=PARSER_VERSION):
        path.unlink()
    purpose = msgspec.json.encode([str(store.engine.url), sorted(asdict(selection).items(), key=str)]).decode()
    return Spool(folder, purpose=purpose, parser_version=PARSER_VERSION)


def fill(store: Store, archive: Path, selection: Selection, spool: Spool, *, jobs: int, progress: Progress) -> None:
    """Read again what the spool does not hold yet. Raises StoreError, SpoolError, WorkerDied."""
    if spool.whole:
        return
    after = spool.last or 0
    earlier = spool.count
    total = earlier + count_archived(store, selection, parser_version=PARSER_VERSION, after=after)
    for document_id, data in read_in_order(archive, _selected(store, selection, after=after), jobs=jobs):
        spool.append(document_id, data)
        progress(spool.count, total)
    spool.finish()


def write(store: Store, spool: Spool, *, progress: Progress) -> None:
    """Write what the spool holds, in the order of the documents, then take it away. Raises StoreError, SpoolError."""
    rest = iter(spool)
    done = 0
    while group := list(islice(rest, _WRITE)):
        same = [(reread.document_id, reread.digest) for reread in group if reread.outcome == "same"]
        entries: list[Entry] = [
            (reread.page, reread.reading, reread.capture)
            for reread in group
            if reread.page is not None and reread.reading is not None
        ]
        if same:
            mark_read(store, same, parser_version=PARSER_VERSION)
        if entries:
            store.write_many(entries)
        done += len(group)
        progress(done, spool.count)
    spool.remove()


def _selected(store: Store, selection: Selection, *, after: int) -> Iterator[ArchivedDocument]:
    while page := archived_documents(store, selection, parser_version=PARSER_VERSION, after=after, limit=_PAGE):
        yield from page
        after = page[-1].document_id
