"""Where a page to look at comes from: a file, or the archive by its report's number. Addresses are Scrapy's matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from govreports.archive import ArchiveError, read_known
from govreports.interpretation import content_type_of, listed_of
from govreports.spiders.single import is_address

if TYPE_CHECKING:
    from govreports.store import Store
    from govreports.store.pages import SourceDocument

_REPORT: Final = re.compile(r"\d+")
_DOCUMENT: Final = re.compile(r"document:(\d+)")


class NotReceived(Exception):
    """The page cannot be had; the message is one sentence for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A page as it was received."""

    source: str
    """What the person asked for."""
    url: str
    body: bytes = field(repr=False)
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str | None = None
    listed: Mapping[str, str] = field(default_factory=dict)
    """What the portal's list said of it, label → value."""
    notes: tuple[str, ...] = ()
    """What else a person should know of where it comes from, as sentences."""


def receive(source: str, *, database_url: str, archive: Path) -> Received:
    """The page of a file (a path), a report (``12``) or an archived document (``document:57``). Raises NotReceived.

    Nothing is asked of the network, and nothing is written.
    """
    if is_address(source):
        raise NotReceived(f"{source} is an address, and nothing is fetched here")
    if (known := _DOCUMENT.fullmatch(source)) is not None:
        return _from_archive(source, database_url, archive, document_id=int(known[1]))
    if _REPORT.fullmatch(source):
        return _from_archive(source, database_url, archive, report_id=int(source))
    path = Path(unquote(urlsplit(source).path) if source.startswith("file://") else source)
    try:
        return Received(source=source, url=path.absolute().as_uri(), body=path.read_bytes())
    except OSError as error:
        raise NotReceived(
            f"{source} cannot be opened ({error.strerror}): give a file, an address in full (https://…), "
            "a report_id such as 12, or an archived document such as document:57"
        ) from error


def _from_archive(
    source: str, database_url: str, archive: Path, *, report_id: int = 0, document_id: int = 0
) -> Received:
    # Here and not above: looking at a file needs no store, and loading it takes half a second.
    from govreports.store import StoreError, open_store
    from govreports.store.inspection import database_file

    file = database_file(database_url)
    if file is not None and not file.is_file():
        raise NotReceived(
            f"there is no store at {file}, so no report {source}; crawl first, or set GOVREPORTS_DATABASE_URL"
        )
    try:
        with open_store(database_url) as store:
            if report_id:
                document, notes = _document_of_report(store, report_id)
            else:
                document, notes = _document(store, document_id), ()
    except StoreError as error:
        raise NotReceived(str(error)) from error
    if document.archive_file is None or document.archive_offset is None:
        raise NotReceived(
            f"{document.url} was stored without its page, "
            "so the archive does not have it: crawl its portal with -a full=1"
        )
    try:
        path = archive / Path(document.archive_file).name
        page = read_known(path, document.archive_offset, sha256=document.sha256)
    except ArchiveError as error:
        raise NotReceived(f"{document.url} cannot be read from the archive: {error}") from error
    return Received(
        source=source,
        url=page.url,
        body=page.body,
        status=page.status,
        headers=tuple(page.headers),
        content_type=content_type_of(page),
        listed=listed_of(page),
        notes=(f"From the archive, as received on {document.fetched_at:%Y-%m-%d}: {document.url}", *notes),
    )


def _document_of_report(store: Store, report_id: int) -> tuple[SourceDocument, tuple[str, ...]]:
    """The document of a report's current version, and a note for each other document that carries the report."""
    from govreports.store.pages import version_content
    from govreports.store.versions import versions_of

    current = next((version for version in versions_of(store, report_id) if version.is_current), None)
    if current is None:
        raise NotReceived(f"there is no report {report_id}; the view report_list has the numbers")
    content = version_content(store, current.version_id)
    own = content.document
    notes = []
    for other in content.documents:
        tables = [table for table, number in content.table_documents.items() if number == other.document_id]
        said = f", from which {', '.join(tables)} were read" if tables else ""
        if other.document_id != own.document_id:
            notes.append(f"Also of this report: document:{other.document_id} ({other.url}){said}")
    return own, tuple(notes)


def _document(store: Store, document_id: int) -> SourceDocument:
    from govreports.store.pages import archived_document

    if (document := archived_document(store, document_id)) is None:
        raise NotReceived(f"there is no document {document_id}; the view document_list has the numbers")
    return document
