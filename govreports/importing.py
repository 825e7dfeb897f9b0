"""Pages that were collected elsewhere: a folder, a WARC file, a list of addresses and files, single documents.

One module beside the rooms: each source becomes pages as a spider yields them, marked as imported, and these take the
way of all pages: archive, extraction, checks, store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from warcio.archiveiterator import ArchiveIterator

from govreports.archive import ArchiveWriter
from govreports.documents import SIZE_LIMIT
from govreports.documents.media import media_type
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.reports.titles import judge_title
from govreports.store import Store, Written

ORIGIN: Final = "import"

_WARC: Final = re.compile(r"\.warc(?:\.gz)?$", re.IGNORECASE)
_LIST: Final = re.compile(r"\.tsv$", re.IGNORECASE)
# Browsers write the address into a page that they save.
_SAVED_FROM: Final = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]+) -->")
_READABLE: Final = re.compile(
    r"^(?:text/(?:html|plain)|application/(?:xhtml\+xml|pdf|ofd|rtf|msword|zip|vnd\.(?:ms-|openxmlformats-)\S+|"
    r"octet-stream))$"
)
_HEAD_BYTES: Final = 4096


class ImportProblem(Exception):
    """A source, or a part of it, cannot be taken in; the message says what, where and why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that was found in a source. ``chosen`` is False where nobody named it: it lay in a folder or WARC file."""

    page: Page
    chosen: bool = True


@dataclass(slots=True)
class Imported:
    """What an import did: reports by kind of news, documents without a report, and what was met that is none."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unread: int = 0
    left_out: int = 0

    def count(self, written: Written) -> None:
        """Count one page that was stored."""
        if written.news in ("new", "changed", "unread"):
            setattr(self, written.news, getattr(self, written.news) + 1)
        else:
            self.unchanged += 1


def found_in(path: Path, *, portal: str | None) -> Iterator[Taken | ImportProblem]:
    """The pages of a source, each with its address; what cannot be taken in comes as an ImportProblem.

    ``portal`` is the portal that they are of; by default the host of each address, or ``import`` without one.
    """
    if path.is_dir():
        yield from _folder(path, portal)
    elif not path.exists():
        yield ImportProblem(f"there is no file or folder {path}; check the path")
    elif _WARC.search(path.name):
        yield from _warc(path, portal)
    elif _LIST.search(path.name):
        yield from _listed(path, portal)
    else:
        yield _file(path, portal)


def take_in(store: Store, writer: ArchiveWriter, taken: Taken, imported: Imported) -> None:
    """Archive, read, check and store one page. Raises ArchiveError, StoreError."""
    page = taken.page
    reading = judged(page, reading_of(page))
    if reading.status == "not_a_report" and not taken.chosen:
        imported.left_out += 1
        return
    earlier = store.find_capture(page.portal, page.url, reading.sha256)
    imported.count(store.write(page, reading, writer.write(page, earlier=earlier)))


def _folder(folder: Path, portal: str | None) -> Iterator[Taken | ImportProblem]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_aside(path.relative_to(folder)))
    if not paths:
        yield ImportProblem(f"the folder {folder} holds no file; name the one with the saved pages")
    for path in paths:
        if _WARC.search(path.name):
            yield from _warc(path, portal)
        else:
            found = _file(path, portal)
            yield found if isinstance(found, ImportProblem) else replace(found, chosen=False)


def _is_aside(path: Path) -> bool:
    """Hidden files, and the folder of pictures and scripts that a browser saves beside a page."""
    return any(part.startswith(".") or part.endswith(("_files", ".files")) for part in path.parts)


def _listed(path: Path, portal: str | None) -> Iterator[Taken | ImportProblem]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield ImportProblem(f"{path} cannot be read as a list in UTF-8 ({error}); save it so")
        return
    for number, line in enumerate(lines, 1):
        parts = [part.strip() for part in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        if len(parts) not in (2, 3) or urlsplit(parts[0]).scheme not in ("http", "https"):
            yield ImportProblem(
                f"{path}, line {number}: a line is an address (http…), a tab, a file, and perhaps a tab and a title"
            )
            continue
        yield _file(path.parent / parts[1], portal, url=parts[0], title=parts[2] if len(parts) == 3 else None)


def _file(path: Path, portal: str | None, *, url: str | None = None, title: str | None = None) -> Taken | ImportProblem:
    try:
        body = path.read_bytes()
        saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        return ImportProblem(f"{path} cannot be read ({error.strerror or error}); check the path and its rights")
    if url is None:
        saved_from = _SAVED_FROM.search(body[:_HEAD_BYTES])
        url = saved_from[1].decode("latin-1") if saved_from else path.resolve().as_uri()
    headers = [("Content-Type", media_type(body))]
    return Taken(_page(portal, url=url, headers=headers, body=body, fetched_at=saved_at, title=title))


def _warc(path: Path, portal: str | None) -> Iterator[Taken | ImportProblem]:
    """Answers with status 200 whose type can be a report's; of an archive of ours also what the lists said."""
    waiting: tuple[str, dict[str, Any]] | None = None
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type == "metadata" and waiting is not None:
                    listing = _listing(record, waiting[0])
                    if listing is not None:
                        waiting[1].update(listing)
                    continue
                if record.rec_type not in ("response", "resource"):
                    continue
                if waiting is not None:
                    yield Taken(_page(portal, **waiting[1]), chosen=False)
                waiting = None
                try:
                    waiting = _received(record)
                except ImportProblem as problem:
                    yield ImportProblem(f"{path}: {problem}")
    except Exception as error:  # noqa: BLE001 - said as a problem
        # On a broken record warcio raises whatever Python raises: AttributeError, ValueError, zlib.error.
        yield ImportProblem(
            f"{path} cannot be read to its end ({error}); what lies before was taken in; fetch the file again"
        )
    if waiting is not None:
        yield Taken(_page(portal, **waiting[1]), chosen=False)


def _received(record: Any) -> tuple[str, dict[str, Any]] | None:
    """A record's number and what makes a page of it; None for one that can be no report. Raises ImportProblem."""
    http = record.http_headers
    kind = (http.get_header("Content-Type") if http else record.content_type) or "application/octet-stream"
    if http is not None and http.get_statuscode() != "200":
        return None
    if not _READABLE.match(kind.partition(";")[0].strip().lower()):
        return None
    url, at = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
    try:
        fetched_at = datetime.fromisoformat(at or "").astimezone(UTC)
    except (ValueError, OverflowError):
        raise ImportProblem(f"a record of {url or 'no address'} has no date ({at!r}) and was left out") from None
    if not url:
        raise ImportProblem(f"a record of {at} has no address and was left out")
    body = record.content_stream().read(SIZE_LIMIT + 1)
    if len(body) > SIZE_LIMIT:
        raise ImportProblem(f"the record of {url} has more than {SIZE_LIMIT:,} bytes and was left out")
    # The content as it was sent, without transfer and content encoding: the headers that name these go, too.
    undone = ("content-encoding", "transfer-encoding", "content-length")
    pairs = [pair for pair in http.headers if pair[0].lower() not in undone] if http else [("Content-Type", kind)]
    values = {
        "url": url.strip("<>"),
        "headers": pairs,
        "body": body,
        "fetched_at": fetched_at,
    }
    return record.rec_headers.get_header("WARC-Record-ID"), values


def _listing(record: Any, of: str) -> dict[str, Any] | None:
    """What this program's metadata record says of the listing of the answer ``of``."""
    if record.rec_headers.get_header("WARC-Concurrent-To") != of:
        return None
    try:
        said = msgspec.json.decode(record.content_stream().read(), type=_OwnListing)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return {
        "own_portal": said.portal,
        "title": said.listed_title,
        "listed_on": said.listed_on,
        "metadata": said.listed_metadata,
        "report_url": said.report_url,
        "list_url": said.list_url,
    }


class _OwnListing(msgspec.Struct):
    portal: str
    listed_title: str | None = None
    listed_on: str | None = None
    listed_metadata: dict[str, str] = {}
    report_url: str | None = None
    list_url: str | None = None


def _page(
    portal: str | None,
    *,
    url: str,
    headers: list[tuple[str, str]],
    body: bytes,
    fetched_at: datetime,
    title: str | None = None,
    own_portal: str | None = None,
    listed_on: str | None = None,
    metadata: dict[str, str] | None = None,
    report_url: str | None = None,
    list_url: str | None = None,
) -> Page:
    return Page(
        portal=portal or own_portal or urlsplit(url).netloc.lower() or ORIGIN,
        url=url,
        request_url=url,
        status=200,
        headers=headers,
        body=body,
        fetched_at=fetched_at,
        listed_title=title,
        listed_on=listed_on,
        listed_year=judge_title(title or "").year,
        listed_metadata=metadata or {},
        report_url=report_url,
        list_url=list_url,
        origin=ORIGIN,
    )
