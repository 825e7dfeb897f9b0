"""Bytes → Document: headings, paragraphs and grids, one module per file format."""

from __future__ import annotations

import hashlib

from govreports.documents import html, plain
from govreports.documents.charset import decode
from govreports.documents.media import media_type
from govreports.documents.model import Block, Cell, Document, Grid, Link, Paragraph, UnreadableDocument
from govreports.issues import Issue

__all__ = ["Block", "Cell", "Document", "Grid", "Link", "Paragraph", "UnreadableDocument", "read"]


def read(body: bytes, *, content_type: str | None = None) -> Document:
    """Read a document of any supported format.

    ``content_type`` is the HTTP header's value where there was one; it only helps with the charset.
    Raises UnreadableDocument with a stable code and one sentence for people.
    """
    if not body.strip():
        raise UnreadableDocument("empty", "The document has no content: fetch it again or drop it.")
    kind = media_type(body)
    if kind not in ("text/html", "text/plain"):
        raise UnreadableDocument(
            "needs:documents",
            f"The document is {kind}, which this installation cannot read: "
            "install the extra govreports[documents] and parse it again.",
        )
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
    content = html.parse(decoded.text) if kind == "text/html" else plain.parse(decoded.text)
    return Document(
        media_type=kind,
        sha256=hashlib.sha256(body).hexdigest(),
        encoding=decoded.encoding,
        blocks=content.blocks,
        page_title=content.page_title,
        metas=content.metas,
        links=content.links,
        issues=(*issues, *content.issues),
    )
