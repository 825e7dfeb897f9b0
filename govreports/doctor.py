"""What may be wrong with a store and its archive, and how it is mended: the work behind ``govreports doctor``.

One module beside the rooms: it looks at the archive and the store side by side. Nothing is ever thrown away that
could be read: a torn end is kept in a file of its own, and what was read from lost bytes stays in the store.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from govreports.archive import (
    ArchiveError,
    Capture,
    bytes_before_captures,
    cut_torn_end,
    is_being_written,
    iter_captures,
    read_page,
)
from govreports.interpretation import judged, reading_of
from govreports.reports import PARSER_VERSION
from govreports.store import Store
from govreports.store.inspection import (
    IndexRow,
    archive_files,
    damage,
    end_runs,
    find_indexed,
    index_of,
    may_have_other_archives,
    set_place,
    unended_runs,
)

_LITTLE: Final = 200 * 1024 * 1024
"""Bytes of free disk below which a crawl may not end well."""
_LONG_AGO: Final = timedelta(days=1)

_Key = tuple[str, str, str]
"""Portal, address, SHA-256 of the bytes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a sentence without its full stop, and how to mend it.

    ``mend`` does it and returns a sentence on what was done; None where a person has to, as the message then says.
    """

    message: str
    mend: Callable[[], str] | None = None


@dataclass(slots=True)
class _Survey:
    """What the archive holds beside what the index says of it."""

    spare: dict[_Key, Capture] = field(default_factory=dict)
    """Captures that no document points to."""
    lost: list[IndexRow] = field(default_factory=list)
    """Documents whose place holds something else, or nothing."""
    elsewhere: dict[str, list[IndexRow]] = field(default_factory=dict)
    """Documents by archive files that are not here, and may be on another machine."""


def examine_folder(folder: Path) -> Iterator[Finding]:
    """Whether the data folder can be written, and has room."""
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not place.is_dir():
        yield Finding(f"{place} is a file, and a folder is needed there: move it away or set GOVREPORTS_DATA_DIR")
        return
    if not os.access(place, os.W_OK | os.X_OK):
        yield Finding(f"the folder {place} cannot be written: give yourself the permission")
    if (free := shutil.disk_usage(place).free) < _LITTLE:
        yield Finding(f"the disk of {place} is all but full ({free // 1024**2} MiB left): make room before you crawl")


def examine(store: Store, folder: Path) -> Iterator[Finding]:
    """Everything that is wrong with a store and the archive in ``folder``, one after the other."""
    for clause in damage(store):
        yield Finding(
            f"the database is damaged ({clause}): move it away, then govreports doctor --repair makes a new one from "
            "the archive"
        )
    survey = _Survey()
    archive = folder / "archive"
    files = sorted(archive.glob("*.warc.gz"))
    for path in files:
        yield from _examine_file(store, path, survey)
    for name in sorted(set(archive_files(store)) - {path.name for path in files}):
        if may_have_other_archives(store):
            survey.elsewhere[name] = list(index_of(store, name))
        else:
            survey.lost.extend(index_of(store, name))
    yield from _examine_index(store, archive, survey)
    yield from _leftovers(store, folder)


def _examine_file(store: Store, path: Path, survey: _Survey) -> Iterator[Finding]:
    if is_being_written(path):
        yield Finding(f"{path} is being written by a running crawl and was left alone: look again when that is done")
        return
    indexed = {row.offset: row for row in index_of(store, path.name)}
    try:
        whole = bytes_before_captures(path)
        for capture, page, end in iter_captures(path):
            whole = end
            if capture.revisit:
                continue
            key = (page.portal, page.url, hashlib.sha256(page.body).hexdigest())
            row = indexed.pop(capture.offset, None)
            if row is None:
                survey.spare.setdefault(key, capture)
            elif key != (row.portal, row.url, row.sha256):
                survey.lost.append(row)
                survey.spare.setdefault(key, capture)
    except ArchiveError as error:
        survey.lost.extend(row for row in indexed.values() if not _is_there(path, row))
        yield Finding(
            f"{error}: what lies before is whole, of what lies behind each page that the store points to can still be "
            "read; keep the file, and get it from a copy if there is one"
        )
        return
    survey.lost.extend(indexed.values())
    if torn := path.stat().st_size - whole:
        yield Finding(f"{path} ends with a torn record of {torn} bytes", partial(_cut, path, whole))


def _is_there(path: Path, row: IndexRow) -> bool:
    try:
        page = read_page(path, row.offset)
    except ArchiveError:
        return False
    return (page.url, hashlib.sha256(page.body).hexdigest()) == (row.url, row.sha256)


def _cut(path: Path, whole: int) -> str:
    return f"it was cut off and kept as {cut_torn_end(path, whole)}"


def _examine_index(store: Store, archive: Path, survey: _Survey) -> Iterator[Finding]:
    for row in survey.lost:
        capture = survey.spare.pop((row.portal, row.url, row.sha256), None)
        yield _lost(store, archive, row, capture)
    for name, rows in survey.elsewhere.items():
        here = [row for row in rows if (row.portal, row.url, row.sha256) in survey.spare]
        for row in here:
            yield _lost(store, archive, row, survey.spare.pop((row.portal, row.url, row.sha256)))
        if len(rows) > len(here):
            yield Finding(
                f"the archive file {name} with {len(rows) - len(here)} documents of the store is not in {archive}: "
                "copy it there from the machine that wrote it"
            )
    for key, capture in survey.spare.items():
        # A page that was fetched twice is archived twice, and indexed once.
        indexed = find_indexed(store, *key)
        if indexed is None:
            yield _not_indexed(store, archive, key, capture)
        elif not indexed.has_place:
            message = f"the store does not say where in the archive {key[1]} is"
            yield Finding(message, partial(_point, store, archive, indexed.document_id, capture))


def _point(store: Store, archive: Path, document_id: int, capture: Capture) -> str:
    page = read_page(archive / capture.file, capture.offset)
    set_place(store, document_id, capture, fetched_at=page.fetched_at)
    return f"it was found in {capture.file}"


def _lost(store: Store, archive: Path, row: IndexRow, capture: Capture | None) -> Finding:
    if capture is not None:
        message = f"the archive does not hold {row.url} where the store says"
        return Finding(message, partial(_point, store, archive, row.document_id, capture))

    def forget() -> str:
        set_place(store, row.document_id, None)
        return "what was read from it stays; the next crawl archives it anew"

    return Finding(f"the archive does not hold {row.url} any more", forget)


def _not_indexed(store: Store, archive: Path, key: _Key, capture: Capture) -> Finding:
    def index() -> str:
        page = read_page(archive / capture.file, capture.offset)
        written = store.write(page, judged(page, reading_of(page)), capture)
        return "it was read and stored" if written.report_id is not None else "it was stored; it gives no report"

    return Finding(f"{key[1]} is in the archive ({capture.file}, byte {capture.offset}) and not in the store", index)


def _leftovers(store: Store, folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.glob("reparse-*.spool")):
        if PARSER_VERSION in path.name:
            yield Finding(f"{path} is left of a reparse that was interrupted: start govreports reparse again")
        else:
            yield Finding(f"{path} is left of a reparse by another parser", partial(_remove, path))
    runs = unended_runs(store, before=datetime.now(UTC) - _LONG_AGO)
    if runs:
        named = ", ".join(sorted({portal for _, portal in runs}))
        yield Finding(
            f"{len(runs)} crawls never ended, because their process was killed ({named})",
            lambda: _end(store, runs),
        )


def _remove(path: Path) -> str:
    path.unlink()
    return "it was of no more use and was removed"


def _end(store: Store, runs: list[tuple[int, str]]) -> str:
    end_runs(store, runs, at=datetime.now(UTC))
    return "their state is failed:killed now; crawl these portals again"
