"""A packed answer that ends too early, or breaks in the middle, is none: Scrapy would take what could be unpacked."""

from __future__ import annotations

import zlib

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

_GZIP = zlib.MAX_WBITS | 16
_CHUNK = 1 << 20


class CutShort(IgnoreRequest):
    """The answer was not received whole."""


class PackedBodiesMiddleware:
    """Raises CutShort for such an answer, before it is unpacked. What comes behind a whole body does not matter."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Let whole answers pass."""
        said = (response.headers.get("Content-Encoding") or b"").lower().rpartition(b",")[2].strip()
        if said in (b"gzip", b"x-gzip") and response.body.startswith(b"\x1f\x8b") and not _is_whole(response.body):
            raise CutShort("its packed body is cut short")
        return response


def _is_whole(body: bytes) -> bool:
    """Whether a stream ends as it should. Nothing that it unpacks to is kept; how much it may be is held elsewhere."""
    stream = zlib.decompressobj(_GZIP)
    rest = body
    try:
        while rest and not stream.eof:
            stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
    except zlib.error:
        return False
    return stream.eof
