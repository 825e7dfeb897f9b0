"""One archived document read again, and how that travels: from a worker to the writer, and into the spool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from govreports.archive import ArchiveError, Capture, read_page
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.reports.titles import judge_title
from govreports.store import Reading
from govreports.store.columns import storable
from govreports.store.rereading import ArchivedDocument
from govreports.store.writer import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What reading a document again gave.

    ``same``: what the store holds; ``other``: something else, in ``page`` (without its body), ``capture`` and
    ``reading``; ``lost``: the archive does not give the document back, ``message`` says why.
    """

    document_id: int
    outcome: Literal["same", "other", "lost"]
    digest: str = ""
    """Of the reading, as in ``Document.reading``."""
    page: Page | None = None
    capture: Capture | None = None
    reading: Reading | None = None
    waits_for: str = ""
    """The code of an extra that is missing here, as ``needs:documents``."""
    message: str = ""


_decoder = msgspec.msgpack.Decoder(Reread)


def read_again(archive: Path, document: ArchivedDocument) -> Reread:
    """Read one document out of the archive. Never raises for what the archive or the document holds."""
    try:
        page = read_page(archive / document.file, document.offset)
    except ArchiveError as error:
        return Reread(document_id=document.document_id, outcome="lost", message=str(error))
    page = _as_listed_last(page, document)
    reading = judged(page, reading_of(page))
    digest = digest_of(page, reading)
    waits_for = next((issue.code for issue in reading.issues if issue.code.startswith("needs:")), "")
    if digest == document.reading:
        return Reread(document_id=document.document_id, outcome="same", digest=digest, waits_for=waits_for)
    return Reread(
        document_id=document.document_id,
        outcome="other",
        digest=digest,
        page=replace(page, body=b""),
        capture=Capture(document.file, document.offset, document.length),
        reading=reading,
        waits_for=waits_for,
    )


def _as_listed_last(page: Page, document: ArchivedDocument) -> Page:
    """The page as the last crawl handed it in: bytes that stay the same may come to be listed in another way."""
    if document.listed_title in (None, page.listed_title):
        return replace(page, listed_on=document.listed_on or page.listed_on)
    year = judge_title(document.listed_title or "").year or page.listed_year
    return replace(page, listed_title=document.listed_title, listed_on=document.listed_on, listed_year=year)


def pack(reread: Reread) -> bytes:
    """``reread`` as bytes."""
    try:
        return msgspec.msgpack.encode(reread)
    except UnicodeEncodeError:
        # Lone surrogates, which lists in JSON do send: replaced as the store replaces them.
        return msgspec.msgpack.encode(_storable(msgspec.to_builtins(reread, builtin_types=(bytes,))))


def unpack(data: bytes) -> Reread:
    """What ``pack`` packed. Raises ValueError for other bytes."""
    return _decoder.decode(data)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_storable(key): _storable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(part) for part in value]
    return value
