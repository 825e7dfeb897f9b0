"""DOC, and WPS, which is the same format: read by Tika, as XHTML."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import find_spec

from govreports.documents import html
from govreports.documents.apart import limit, read_apart
from govreports.documents.charset import without_controls
from govreports.documents.model import Content, Grid, UnreadableDocument

TEXT_LIMIT = 20_000_000
"""Characters of XHTML: a hundred times a long report."""

_ENCRYPTED = (b"EncryptedDocument", b"password")


def parse(body: bytes) -> Content:
    """Read a DOC. Raises UnreadableDocument (``needs:documents``, ``damaged``, ``encrypted``, ``too_slow``)."""
    if find_spec("extractous") is None:
        raise ModuleNotFoundError("extractous", name="extractous")
    written = read_apart(write_xhtml, body, what="Word document", refusal=_refusal)
    content = html.parse(without_controls(written.decode("utf-8", "replace")).encode())
    # Tika writes every cell and no span.
    blocks = tuple(replace(block, spans_known=False) if isinstance(block, Grid) else block for block in content.blocks)
    return Content(blocks, issues=content.issues)


def _refusal(stderr: bytes) -> UnreadableDocument:
    if any(word in stderr for word in _ENCRYPTED):
        message = "The Word document is encrypted: ask its publisher for one that opens without a password."
        return UnreadableDocument("encrypted", message)
    return UnreadableDocument("damaged", "The Word document is cut short or broken: fetch it again.")


def write_xhtml() -> None:
    """The child: a document on stdin, XHTML on stdout."""
    import extractous

    limit()
    extractor = extractous.Extractor().set_xml_output(True).set_extract_string_max_length(TEXT_LIMIT)
    text, _ = extractor.extract_bytes_to_string(bytearray(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
