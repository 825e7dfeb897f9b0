"""PDF: ruled tables become grids, the text around them paragraphs; pages that are pictures go to OCR."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from govreports.documents import plain
from govreports.documents.model import Block, Content, Grid, UnreadableDocument
from govreports.documents.placed import Glyph, Line, arrange, paragraphs_of
from govreports.documents.ruling import SEGMENT_LIMIT, Segment, find_frames
from govreports.issues import Issue, Place

# It warns once for each font of each page about fields that it does not need.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

PAGE_LIMIT = 120
"""Pages that are read: the longest annual reports have about 40, and a page takes 0.05 s."""

CONTENT_LIMIT = 4_000_000
"""Bytes of drawing instructions of one page, inflated: a page full of table has 0.1 million; 1 million take 2 s."""

STREAM_LIMIT = 256_000_000
"""Bytes of one inflated stream: a colour scan of A4 at 600 dpi has 104 million."""

_DEFLATE_RATIO = 1032
"""The most that deflate can compress; streams below limit divided by this cannot be bombs."""

_STREAM = re.compile(rb"stream\r?\n")
_TOLERANCE = 3.0
"""Points: borders of neighbouring cells are drawn up to this far apart; no column is as narrow."""

_PICTURE_SHARE = 0.5
"""A page of which pictures cover this much, and that has no ruled line of its own, is a scan."""

_FEWEST_CHARACTERS = 8
"""Fewer are a page number or a stamp on a scan, not its text."""

_LOST_SHARE = 0.2
"""Share of characters without a meaning from which a page's text layer is of no use."""

_RADICALS = str.maketrans(
    # Fonts that draw a radical and the character of the same shape with one glyph come back as the radical.
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(
        zip(
            "⺃⺌⺍⺒⺓⺗⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺮⺶⺷⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
            "乚小小巳幺心旡日月母民牛王疋目示竹羊羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
            strict=True,
        )
    )
)


@dataclass(slots=True)
class _Reading:
    """What was read so far: lines and tables a page, and what there is to say."""

    pages: list[list[Line | Grid]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    """Numbers of pages that are pictures, and of pages that cannot be read."""


def parse(body: bytes) -> Content:
    """Read a PDF. Raises UnreadableDocument (``encrypted``, ``damaged``, ``too_large``, ``needs:ocr``)."""
    _refuse_bombs(body)
    try:
        document = pdfplumber.open(io.BytesIO(body))
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect | PDFEncryptionError):
            message = "The PDF is encrypted and opens only with a password: ask its publisher for an open one."
            raise UnreadableDocument("encrypted", message) from error
        raise _damaged() from error
    with document:
        if not document.pages:
            raise _damaged()
        reading = _read_pages(body, document)
    if b"%%EOF" not in body[-2048:]:
        reading.issues.append(
            Issue("document_cut", "warning", "The file ends before its end mark: pages may be missing, fetch it again.")
        )
    blocks: Sequence[Block] = paragraphs_of(reading.pages)
    if not any(isinstance(block, Grid) for block in blocks):
        # No ruled table anywhere: columns may be set apart by white space alone.
        text = "\n".join(line.spaced() for page in reading.pages for line in page if isinstance(line, Line))
        spaced = plain.parse(text)
        blocks = spaced.blocks if any(isinstance(block, Grid) for block in spaced.blocks) else blocks
    return Content(tuple(blocks), issues=tuple(reading.issues))


def _damaged() -> UnreadableDocument:
    return UnreadableDocument("damaged", "The PDF is cut short or broken and has no readable page: fetch it again.")


def _refuse_bombs(body: bytes) -> None:
    """Stop before a stream that would inflate past all reason; pdfminer inflates without a limit."""
    for match in _STREAM.finditer(body):
        end = body.find(b"endstream", match.end())
        end = len(body) if end < 0 else end
        if (end - match.end()) * _DEFLATE_RATIO < STREAM_LIMIT:
            continue
        inflater = zlib.decompressobj()
        size, chunk = 0, body[match.end() : end]
        try:
            while chunk and size <= STREAM_LIMIT:
                size += len(inflater.decompress(chunk, 1 << 20))
                chunk = inflater.unconsumed_tail
        except zlib.error:
            # Not deflated (a JPEG), or broken: either way it cannot grow.
            continue
        if size > STREAM_LIMIT:
            message = f"A stream of the PDF inflates to more than {STREAM_LIMIT:,} bytes: it was not opened."
            raise UnreadableDocument("too_large", message)


def _read_pages(body: bytes, document: PDF) -> _Reading:
    reading = _Reading()
    if len(document.pages) > PAGE_LIMIT:
        message = f"The PDF has {len(document.pages)} pages; only the first {PAGE_LIMIT} were read."
        reading.issues.append(Issue("document_cut", "warning", message))
    pages = document.pages[:PAGE_LIMIT]
    for page in pages:
        try:
            items = _read_page(page, reading.issues)
        except Exception as error:  # noqa: BLE001 - said as an issue below
            # pdfminer raises whatever Python raises on a broken object; the other pages are still worth having.
            reading.damaged.append(page.page_number)
            message = f"Page {page.page_number} is broken and was left out: {type(error).__name__}."
            reading.issues.append(Issue("page_unreadable", "error", message, Place(page=page.page_number)))
            items = []
        finally:
            page.close()
        if items is None:
            reading.scanned.append(page.page_number)
        reading.pages.append(items or [])
    if len(reading.damaged) == len(pages):
        raise _damaged()
    if reading.scanned:
        _read_scanned(body, reading, only_scans=len(reading.scanned) == len(pages))
    return reading


def _read_scanned(body: bytes, reading: _Reading, *, only_scans: bool) -> None:
    """Put what OCR reads in the place of pages that are pictures."""
    try:
        import govreports.documents.ocr as ocr
    except ModuleNotFoundError as error:
        if only_scans:
            message = "The PDF is a scan: install the extra govreports[ocr] and parse it again."
            raise UnreadableDocument("needs:ocr", message) from error
        for number in reading.scanned:
            message = f"Page {number} is a picture: install the extra govreports[ocr] and parse the document again."
            reading.issues.append(Issue("page_is_picture", "error", message, Place(page=number)))
        return
    for number, items, issues in ocr.read_pdf_pages(body, reading.scanned):
        reading.pages[number - 1] = items
        reading.issues.extend(issues)


def _read_page(page: Page, issues: list[Issue]) -> list[Line | Grid] | None:
    """Lines and tables of a page from top to bottom; None when the page is a picture."""
    at = Place(page=page.page_number)
    size = sum(
        len(stream.get_data()) for item in page.page_obj.contents if isinstance(stream := resolve1(item), PDFStream)
    )
    if size > CONTENT_LIMIT:
        message = f"Page {page.page_number} has {size:,} bytes of drawing instructions and was left out."
        issues.append(Issue("page_too_large", "error", message, at))
        return []
    horizontal, vertical = _segments(page)
    glyphs = [
        Glyph(char["text"].translate(_RADICALS), char["x0"], char["x1"], char["top"], char["bottom"])
        for char in page.chars
        if char["text"]
    ]
    if _is_picture(page, glyphs, ruled=bool(horizontal and vertical)):
        return None
    if len(horizontal) + len(vertical) > SEGMENT_LIMIT:
        message = (
            f"Page {page.page_number} is a drawing of {len(horizontal) + len(vertical)} lines; no table was sought."
        )
        issues.append(Issue("page_too_large", "warning", message, at))
        horizontal = vertical = []
    frames = find_frames(horizontal, vertical, tolerance=_TOLERANCE)
    return arrange(frames, glyphs, page_height=page.height, page=page.page_number)


def _is_picture(page: Page, glyphs: Sequence[Glyph], *, ruled: bool) -> bool:
    if page.images and not ruled:
        # A text layer without ruled lines over a picture is what a scanner's own OCR left: no better than ours.
        covered = sum(
            max(0.0, min(image["x1"], page.width) - max(image["x0"], 0.0))
            * max(0.0, min(image["bottom"], page.height) - max(image["top"], 0.0))
            for image in page.images
        )
        if covered >= _PICTURE_SHARE * page.width * page.height:
            return True
    letters = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(letters) < _FEWEST_CHARACTERS:
        return bool(page.images)
    lost = sum(glyph.text.startswith("(cid:") or glyph.text == "\ufffd" for glyph in letters)
    return lost > _LOST_SHARE * len(letters)


def _segments(page: Page) -> tuple[list[Segment], list[Segment]]:
    """The page's ruled lines, horizontal and vertical ones."""
    horizontal: list[Segment] = []
    vertical: list[Segment] = []

    def add(left: float, right: float, top: float, bottom: float) -> None:
        if bottom - top <= min(_TOLERANCE, right - left):
            horizontal.append(Segment((top + bottom) / 2, left, right))
        elif right - left <= _TOLERANCE:
            vertical.append(Segment((left + right) / 2, top, bottom))

    for shape in (*page.lines, *page.rects, *page.curves):
        left, right, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
        if right - left <= _TOLERANCE or bottom - top <= _TOLERANCE:
            add(left, right, top, bottom)
        elif shape["stroke"] and shape["object_type"] == "rect":
            # A filled rectangle without a border is shading, which word processors paint behind every line.
            add(left, right, top, top)
            add(left, right, bottom, bottom)
            add(left, left, top, bottom)
            add(right, right, top, bottom)
        elif shape["stroke"]:
            points = shape["pts"]
            for (x0, y0), (x1, y1) in pairwise(points):
                add(min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))
    return horizontal, vertical
