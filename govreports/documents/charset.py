"""Bytes to text: which encoding, and how sure."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "euc_cn": "gb18030", "hz": "gb18030"}
"""Pages declare GB2312 and GBK and then use characters of the larger sets."""

_HEAD_BYTES = 4096
_CONTROLS = dict.fromkeys([*range(9), *range(0x0E, 0x1C), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF]) | dict.fromkeys(
    [0x0B, 0x0C, *range(0x1C, 0x20), 0x85], " "
)
"""What prints nothing goes, what Python counts as white space becomes a blank."""


_ASCII_CONTROLS = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_OTHER_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")


def without_controls(text: str) -> str:
    """``text`` without control characters: libxml2 reads them and takes none back, and a terminal obeys them."""
    return text.translate(_CONTROLS) if _holds_controls(text, text.encode("utf-8", "replace")) else text


def _holds_controls(text: str, utf8: bytes) -> bool:
    """Asked of the bytes where it can be: for text a class of characters takes several times as long."""
    return (
        len(utf8.translate(None, _ASCII_CONTROLS)) < len(utf8)
        or _OTHER_CONTROLS.search(utf8) is not None
        or "\ufffe" in text
        or "\uffff" in text
    )


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text. ``declared`` is what header or meta said; ``lossy`` when characters were lost on the way."""

    text: str
    encoding: str
    declared: str | None
    lossy: bool
    source: bytes | None = None
    """The text's own bytes where they are UTF-8 already."""

    def utf8(self) -> bytes:
        """The text in UTF-8, without control characters."""
        source = self.source if self.source is not None else self.text.encode("utf-8", "replace")
        held = _holds_controls(self.text, source)
        return self.text.translate(_CONTROLS).encode("utf-8", "replace") if held else source


def declared_encoding(body: bytes, content_type: str | None) -> str | None:
    """The encoding that the HTTP header or, failing that, the page's meta tag names, as Python knows it."""
    match = _PARAMETER.search(content_type or "")
    name = match.group(1) if match else None
    if name is None:
        found = _META.search(body[:_HEAD_BYTES])
        name = found.group(1).decode("ascii") if found else None
    return _known(name) if name else None


def _known(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return _SUPERSETS.get(codec, codec)


def decode(body: bytes, *, content_type: str | None = None) -> Decoded:
    """Decode by byte order mark, then content, header, meta.

    Bytes that are valid UTF-8 throughout and not plain ASCII are UTF-8 whatever was declared: Chinese text in
    another encoding does not come out valid by chance, while wrong declarations are common.
    """
    declared = declared_encoding(body, content_type)
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(encoding, "replace")
            return Decoded(text, encoding, declared, "�" in text)
    candidates = ["utf-8"]
    if declared is not None and declared != "utf-8":
        # A UTF-16 declaration without a mark would "succeed" on almost any bytes.
        candidates += [declared] if not declared.startswith("utf-16") else []
    candidates += ["gb18030"]
    for encoding in candidates:
        try:
            return Decoded(body.decode(encoding), encoding, declared, False, body if encoding == "utf-8" else None)
        except UnicodeDecodeError:
            continue
    replaced = {encoding: body.decode(encoding, "replace") for encoding in candidates}
    best = min(replaced, key=lambda encoding: replaced[encoding].count("�"))
    return Decoded(replaced[best], best, declared, True)
