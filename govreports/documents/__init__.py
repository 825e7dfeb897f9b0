"""Bytes → Document: headings, paragraphs and grids, one module per file format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module

from govreports.documents import html, plain, rtf, zipped
from govreports.documents.charset import decode, without_controls
from govreports.documents.media import DOCX, XLSX, media_type
from govreports.documents.model import Block, Cell, Content, Document, Grid, Link, Paragraph, UnreadableDocument
from govreports.issues import Issue

__all__ = ["Block", "Cell", "Document", "Grid", "Link", "Paragraph", "UnreadableDocument", "read"]

SIZE_LIMIT = 100_000_000
"""Bytes of one document: a scanned report of 40 pages in colour has 30 million."""

TEXT_LIMIT = 32_000_000
"""Bytes of a page or text: one with its pictures written into it has some 10 million; as a tree it takes ten times."""

TABLE_LIMIT = 2_000
"""Tables of one document: a page that draws each line as one has 200."""

PLACE_LIMIT = 1_000_000
"""Places in the tables of one document, spanned ones counted as often as they are spanned."""

_NESTED_ARCHIVES = 2
"""Archives inside archives that are opened: an archive of archives of one body's reports."""

_EXTRAS = {
    "application/pdf": ("pdf", "documents"),
    DOCX: ("docx", "documents"),
    XLSX: ("spreadsheet", "documents"),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": ("spreadsheet", "documents"),
    "application/vnd.ms-excel": ("spreadsheet", "documents"),
    "application/msword": ("word", "documents"),
    "image/png": ("ocr", "ocr"),
    "image/jpeg": ("ocr", "ocr"),
    "image/gif": ("ocr", "ocr"),
    "image/bmp": ("ocr", "ocr"),
    "image/tiff": ("ocr", "ocr"),
    "image/webp": ("ocr", "ocr"),
}
"""Media type → module of this package that reads it, and the extra that brings the module's libraries."""


def read(body: bytes, *, content_type: str | None = None) -> Document:
    """Read a document of any supported format.

    ``content_type`` is the HTTP header's value where there was one; it only helps with the charset.
    Raises UnreadableDocument with a stable code and one sentence for people: ``empty``, ``damaged``, ``encrypted``,
    ``too_large``, ``too_slow``, ``unsupported``, or ``needs:<extra>`` where an installation with that extra reads it.
    """
    return _read(body, content_type=content_type, archives=_NESTED_ARCHIVES)


def _read(body: bytes, *, content_type: str | None = None, archives: int) -> Document:
    if not body.strip():
        raise UnreadableDocument("empty", "The document has no content: fetch it again or drop it.")
    if len(body) > SIZE_LIMIT:
        message = f"The document has {len(body):,} bytes and is too large to be read: look at it by hand."
        raise UnreadableDocument("too_large", message)
    kind = media_type(body)
    if kind in ("text/html", "text/plain", "application/rtf") and len(body) > TEXT_LIMIT:
        message = f"The text has {len(body):,} bytes and is too large to be read: look at it by hand."
        raise UnreadableDocument("too_large", message)
    if kind in ("text/html", "text/plain"):
        return _read_text(body, kind, content_type=content_type)
    if kind == "application/zip":
        return _read_archive(body, archives=archives)
    if kind == "application/rtf":
        return _document(body, kind, rtf.parse(body))
    if kind == "application/x-encrypted-office":
        message = "The document is encrypted and opens only with a password: ask its publisher for an open one."
        raise UnreadableDocument("encrypted", message)
    if kind not in _EXTRAS:
        message = f"The document is {kind}, which no reader knows: look at it by hand."
        raise UnreadableDocument("unsupported", message)
    return _document(body, kind, _parse_with_extra(body, kind))


def _parse_with_extra(body: bytes, kind: str) -> Content:
    module, extra = _EXTRAS[kind]
    try:
        parse: Callable[[bytes], Content] = import_module(f"govreports.documents.{module}").parse
        return parse(body)
    except UnreadableDocument:
        raise
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("govreports"):
            raise
        message = f"The document is {kind}: install the extra govreports[{extra}] and parse it again."
        raise UnreadableDocument(f"needs:{extra}", message) from error
    except Exception as error:
        # The libraries raise whatever Python raises on a broken file: KeyError, AssertionError, RecursionError.
        message = f"The document is {kind} and broken ({type(error).__name__}): fetch it again."
        raise UnreadableDocument("damaged", message) from error


def _read_archive(body: bytes, *, archives: int) -> Document:
    if not archives:
        message = "The archive holds archives that hold archives: unpack it by hand."
        raise UnreadableDocument("unsupported", message)
    inside = zipped.read(body, open_entry=partial(_read, archives=archives - 1))
    # The archive is what was fetched and kept; its type says nothing of how the report was read.
    return replace(inside, sha256=hashlib.sha256(body).hexdigest())


def _bounded(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[Issue]]:
    """The blocks up to the first table that goes beyond what a document may have, which is said."""
    tables = places = 0
    for number, block in enumerate(blocks):
        if isinstance(block, Grid):
            tables += 1
            places += block.width * len(block.rows)
            if tables > TABLE_LIMIT or places > PLACE_LIMIT:
                message = (
                    f"The document has more than {TABLE_LIMIT:,} tables, or {PLACE_LIMIT:,} places in them; what "
                    f"begins with table {tables} was left out."
                )
                return tuple(blocks[:number]), [Issue("document_cut", "error", message)]
    return tuple(blocks), []


def _document(body: bytes, kind: str, content: Content, *, encoding: str | None = None) -> Document:
    blocks, cut = _bounded(content.blocks)
    return Document(
        media_type=kind,
        sha256=hashlib.sha256(body).hexdigest(),
        encoding=encoding,
        blocks=blocks,
        page_title=content.page_title,
        metas=content.metas,
        links=content.links,
        issues=(*content.issues, *cut),
    )


def _read_text(body: bytes, kind: str, *, content_type: str | None) -> Document:
    decoded = decode(body, content_type=content_type)
    issues = []
    if decoded.lossy or "�" in decoded.text:
        issues.append(
            Issue("text_lossy", "warning", f"Some characters could not be decoded as {decoded.encoding} and are lost.")
        )
    if decoded.declared is not None and decoded.declared != decoded.encoding:
        issues.append(
            Issue("charset_mismatch", "info", f"Declared as {decoded.declared}, but the bytes are {decoded.encoding}.")
        )
    content = html.parse(decoded.utf8()) if kind == "text/html" else plain.parse(without_controls(decoded.text))
    with_own = replace(content, issues=(*issues, *content.issues))
    return _document(body, kind, with_own, encoding=decoded.encoding)
