"""DOC, and WPS, which is the same format: read by Tika in a process of its own, as XHTML.

The reader is compiled Java: a process of its own keeps its memory, its crashes and its time apart from the crawl.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec

from govreports.documents import html
from govreports.documents.model import Content, Grid, UnreadableDocument

SECONDS = 60
"""Time for one document; a long report takes less than one second."""

CPU_SECONDS = 90
"""Processor time, for where nobody waits for the child any more; Java collects garbage beside its work."""

TEXT_LIMIT = 20_000_000
"""Characters of XHTML: a hundred times a long report."""

_CHILD = f"import sys; sys.path[:0] = sys.argv[1:]; from {__name__} import write_xhtml; write_xhtml()"
_ENCRYPTED = (b"EncryptedDocument", b"password")


def parse(body: bytes) -> Content:
    """Read a DOC. Raises UnreadableDocument (``needs:documents``, ``damaged``, ``encrypted``, ``too_large``)."""
    if find_spec("extractous") is None:
        raise ModuleNotFoundError("extractous", name="extractous")
    try:
        finished = subprocess.run(
            [sys.executable, "-c", _CHILD, *filter(None, sys.path)],
            input=body,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"The Word document could not be read within {SECONDS} seconds: look at it by hand."
        raise UnreadableDocument("too_slow", message) from error
    if finished.returncode != 0:
        if any(word in finished.stderr for word in _ENCRYPTED):
            message = "The Word document is encrypted: ask its publisher for one that opens without a password."
            raise UnreadableDocument("encrypted", message)
        raise UnreadableDocument("damaged", "The Word document is cut short or broken: fetch it again.")
    content = html.parse(finished.stdout.decode("utf-8", "replace"))
    # Tika writes every cell and no span.
    blocks = tuple(replace(block, spans_known=False) if isinstance(block, Grid) else block for block in content.blocks)
    return Content(blocks, issues=content.issues)


def write_xhtml() -> None:
    """The child: a document on stdin, XHTML on stdout."""
    import resource

    import extractous

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    extractor = extractous.Extractor().set_xml_output(True).set_extract_string_max_length(TEXT_LIMIT)
    text, _ = extractor.extract_bytes_to_string(bytearray(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
