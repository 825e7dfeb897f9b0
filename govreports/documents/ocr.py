"""Pictures and scanned PDF pages: ruled lines make the table, a recogniser reads what stands in its cells.

Every cell carries how sure the recogniser was. Numbers are read twice, from two cut-outs of different size, and
count as unsure where the two readings differ: a single wrong digit is worse than a cell left open.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from rapidocr import RapidOCR

from govreports.documents.model import Block, Content, Grid, UnreadableDocument
from govreports.documents.placed import Glyph, Line, arrange, paragraphs_of
from govreports.documents.ruling import Frame, Segment, find_frames
from govreports.issues import Issue, Place

PIXEL_LIMIT = 60_000_000
"""Pixels of a picture, before it is unpacked: A3 at 400 dpi has 31 million."""

PAGE_LIMIT = 40
"""Pages that are read: each takes some seconds, and the longest reports have about 40."""

LONG_SIDE = 2200
"""Pixels of a page's longer side when it is read: A4 at 190 dpi, where small print is 25 pixels high."""

_LARGEST_ZOOM = 3.0
_TOLERANCE = 8.0
"""Pixels: pieces of one ruled line lie up to this far apart; rows and columns are at least 35 wide."""

_ROW_LINE = 60
_COLUMN_LINE = 45
"""Shortest ruled lines, in pixels: longer than any stroke of a character at this size."""

_SMALLEST_TABLE = 0.02
"""Share of the page that a table covers at least; less is a seal or a logo."""

_STEEPEST = 8.0
"""Degrees by which a scan may hang."""

_STEP = np.pi / 3600
"""Angles that are tried lie this far apart: a twentieth of a degree moves a line of a page by two pixels."""

_LEVEL_LINES = 15
"""The longest lines, whose middle angle is the page's."""

_INK = 8
"""Pixels: marks that are smaller both ways are dust, not print."""

_REMNANT = 6
"""Pixels: a mark this thin beside a cell's border is what noise left of the border, no digit."""

_ONE_LINE = 1.2
"""Height of what one line prints at most, in heights of a detected line, which has room above and below."""

_NUMBER = re.compile(r"[+\-−]?[\d,，.]+|[-—/]|[oO〇○lI|]+")
_LOOKALIKES = str.maketrans("oO〇○lI|", "0000111")
_READER = {
    "Global.log_level": "critical",
    # Most of what is read are single digits: on a narrow canvas they take a third of the time.
    "Rec.rec_img_shape": [3, 48, 96],
    "Rec.rec_batch_num": 8,
}

_UPRIGHT = 1.5
"""Height of a patch, in its widths, from which its characters stand below each other."""

_CHARACTER = 0.35
"""Least height of a character, in widths of such a patch, which has room on both sides."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Patch:
    """A place on the page to be read."""

    left: int
    top: int
    right: int
    bottom: int
    in_table: bool


def parse(body: bytes) -> Content:
    """Read a picture of a page. Raises UnreadableDocument (``damaged``, ``too_large``)."""
    pages: list[list[Line | Grid]] = []
    issues: list[Issue] = []
    try:
        with Image.open(io.BytesIO(body)) as image:
            if image.width * image.height > PIXEL_LIMIT:
                raise _too_large(image.width * image.height)
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            issues.extend(_cut(frames))
            for number in range(1, min(frames, PAGE_LIMIT) + 1):
                image.seek(number - 1)
                if image.width * image.height > PIXEL_LIMIT:
                    raise _too_large(image.width * image.height)
                pages.append(read_page(_pixels(image), page=number))
    except Image.DecompressionBombError as error:
        raise _too_large(None) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableDocument("damaged", "The picture is cut short or broken: fetch it again.") from error
    blocks: Sequence[Block] = paragraphs_of(pages)
    return Content(tuple(blocks), issues=tuple(issues))


def read_pdf_pages(body: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, list[Line | Grid], list[Issue]]]:
    """Read pages of a PDF (numbers from 1) that are pictures: number, what stands on it, what there is to say."""
    document = pdfium.PdfDocument(body)
    try:
        for count, number in enumerate(numbers, 1):
            if count > PAGE_LIMIT:
                yield number, [], list(_cut(len(numbers), at=Place(page=number)))
                return
            page = document[number - 1]
            scale = LONG_SIDE / max(page.get_width(), page.get_height(), 1.0)
            picture = np.asarray(page.render(scale=scale).to_pil().convert("RGB"), dtype=np.uint8)
            yield number, read_page(picture, page=number), []
            page.close()
    finally:
        document.close()


def _too_large(pixels: int | None) -> UnreadableDocument:
    size = f"{pixels:,} pixels" if pixels is not None else "far too many pixels"
    return UnreadableDocument("too_large", f"The picture has {size}: make a smaller copy of it.")


def _cut(pages: int, *, at: Place | None = None) -> Iterator[Issue]:
    if pages > PAGE_LIMIT:
        message = f"{pages} pages are pictures; only the first {PAGE_LIMIT} of them were read."
        yield Issue("document_cut", "warning", message, at)


def _pixels(image: Image.Image) -> Picture:
    """A picture as RGB on white, at the size for reading."""
    if image.mode in ("RGBA", "LA", "P", "PA"):
        layered = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    zoom = min(LONG_SIDE / max(image.size), _LARGEST_ZOOM)
    size = (max(1, round(image.width * zoom)), max(1, round(image.height * zoom)))
    return np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)


def read_page(picture: Picture, *, page: int) -> list[Line | Grid]:
    """Read one page, its longer side about LONG_SIDE pixels: lines and tables from top to bottom."""
    picture = _straightened(picture)
    ink = _ink(picture)
    rows, columns = _lines(ink, horizontal=True), _lines(ink, horizontal=False)
    frames = [
        frame
        for frame in find_frames(
            _segments(rows, horizontal=True), _segments(columns, horizontal=False), tolerance=_TOLERANCE
        )
        if frame.area > _SMALLEST_TABLE * ink.size
    ]
    ruled = _walls(frames, cv2.bitwise_or(rows, columns))
    plain = picture.copy()
    plain[ruled > 0] = 255
    ink[ruled > 0] = 0
    patches = list(_patches(frames, ink, _detected(plain)))
    glyphs = list(_read(plain, patches))
    return arrange(frames, glyphs, page_height=float(picture.shape[0]), page=page)


def _straightened(picture: Picture) -> Picture:
    """Turn a scan so that its long lines lie level."""
    ink = np.ascontiguousarray(_ink(picture)[::2, ::2])
    level, reach = np.pi / 2, np.radians(_STEEPEST)
    found = cv2.HoughLines(ink, 1, _STEP, ink.shape[1] // 4, min_theta=level - reach, max_theta=level + reach)
    if found is None:
        return picture
    # The lines with the most pixels come first.
    angle = float(np.degrees(np.median(found[:_LEVEL_LINES, 0, 1]) - level))
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=white), np.uint8
    )


def _ink(picture: Picture) -> Picture:
    """White where something is printed: darker than its surroundings, dust removed."""
    gray = cv2.medianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 3)
    return np.asarray(
        cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18), np.uint8
    )


def _lines(ink: Picture, *, horizontal: bool) -> Picture:
    """What remains of the print when only long straight strokes are kept."""
    length = _ROW_LINE if horizontal else _COLUMN_LINE
    # Wider bridges would join the strokes of characters to the border below them.
    bridge = np.ones((1, 3) if horizontal else (3, 1), np.uint8)
    stroke = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge)
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, stroke), np.uint8)


def _walls(frames: Sequence[Frame], lines: NDArray[Any]) -> Picture:
    """The ruled lines' pixels: long strokes of characters look the same, but do not lie on a cell's border."""
    borders = np.zeros(lines.shape, np.uint8)
    for frame in frames:
        for box in frame.boxes:
            corners = (round(box.left), round(box.top)), (round(box.right), round(box.bottom))
            cv2.rectangle(borders, *corners, 255, thickness=int(2 * _TOLERANCE))
    return np.asarray(cv2.bitwise_and(cv2.dilate(lines, np.ones((5, 5), np.uint8)), borders), np.uint8)


def _segments(mask: Picture, *, horizontal: bool) -> Iterator[Segment]:
    _, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for left, top, width, height, _ in boxes[1:].tolist():
        thickness = height if horizontal else width
        if thickness > 3 * _TOLERANCE:
            # A dark bar or a photograph.
            continue
        if horizontal:
            yield Segment(top + height / 2, left, left + width)
        else:
            yield Segment(left + width / 2, top, top + height)


@lru_cache(maxsize=1)
def _reader() -> Any:
    return RapidOCR(params=_READER)


def _detected(picture: Picture) -> list[tuple[int, int, int, int]]:
    """Rectangles (left, top, right, bottom) of the page's lines of print."""
    boxes = _reader()(picture, use_det=True, use_cls=False, use_rec=False).boxes
    if boxes is None:
        return []
    corners = np.asarray(boxes, dtype=float)
    low, high = corners.min(axis=1), corners.max(axis=1)
    return [(int(a), int(b), int(c), int(d)) for (a, b), (c, d) in zip(low, high, strict=True)]


def _patches(frames: Sequence[Frame], ink: Picture, detected: Sequence[tuple[int, int, int, int]]) -> Iterator[_Patch]:
    """What is to be read: lines outside tables as they were detected, and in each cell what is printed there."""
    for left, top, right, bottom in detected:
        x, y = (left + right) / 2, (top + bottom) / 2
        if not any(frame.holds(x, y) for frame in frames):
            yield _Patch(left, top, right, bottom, False)
    heights = [bottom - top for _, top, _, bottom in detected]
    usual = float(np.median(heights)) if heights else 40.0
    for frame in frames:
        for box in frame.boxes:
            left, top, right, bottom = (round(edge) for edge in (box.left, box.top, box.right, box.bottom))
            printed = _extent(ink[top:bottom, left:right])
            if printed is None:
                continue
            inside = _Patch(left + printed[0], top + printed[1], left + printed[2], top + printed[3], True)
            if inside.bottom - inside.top <= _ONE_LINE * usual:
                yield inside
                continue
            lines = [
                _Patch(max(a, left), max(b, top), min(c, right), min(d, bottom), True)
                for a, b, c, d in detected
                if left < (max(a, left) + min(c, right)) / 2 < right
                and top < (b + d) / 2 < bottom
                and a < right
                and c > left
            ]
            for line in lines or [inside]:
                yield from _stacked(line, ink)


def _stacked(patch: _Patch, ink: Picture) -> Iterator[_Patch]:
    """The characters of a patch higher than wide, which a narrow cell sets below each other; else the patch."""
    width, height = patch.right - patch.left, patch.bottom - patch.top
    if height < _UPRIGHT * width:
        yield patch
        return
    rows = np.flatnonzero(ink[patch.top : patch.bottom, patch.left : patch.right].any(axis=1)).tolist()
    start: int | None = None
    for row, following in pairwise([*rows, height + width]):
        start = row if start is None else start
        # The strokes of 三 lie apart too, but do not make a character's height.
        if following > row + 1 and row - start > _CHARACTER * width:
            yield _Patch(patch.left, patch.top + start, patch.right, patch.top + row + 1, patch.in_table)
            start = None


def _extent(ink: Picture) -> tuple[int, int, int, int] | None:
    """The rectangle of what is printed, without dust; None when nothing is."""
    if not ink.size:
        return None
    _, _, boxes, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink), connectivity=8)
    height, width = ink.shape[:2]
    marks = [
        (left, top, left + across, top + down)
        for left, top, across, down, _ in boxes[1:].tolist()
        if max(across, down) >= _INK
        and not (across <= _REMNANT and (left < _TOLERANCE or left + across > width - _TOLERANCE))
        and not (down <= _REMNANT and (top < _TOLERANCE or top + down > height - _TOLERANCE))
    ]
    if not marks:
        return None
    return (
        min(mark[0] for mark in marks),
        min(mark[1] for mark in marks),
        max(mark[2] for mark in marks),
        max(mark[3] for mark in marks),
    )


def _read(picture: Picture, patches: Sequence[_Patch]) -> Iterator[Glyph]:
    """Read all patches, numbers in tables twice."""
    first = _recognised([_cut_out(picture, patch, margin=0.25) for patch in patches])
    numbers = [n for n, patch in enumerate(patches) if patch.in_table and _NUMBER.fullmatch(first[n][0])]
    again = _recognised([_cut_out(picture, patches[n], margin=0.6) for n in numbers])
    second = dict(zip(numbers, again, strict=True))
    for n, patch in enumerate(patches):
        text, confidence = first[n]
        if n in second:
            text, confidence = _agreed(first[n], second[n])
        if text:
            yield Glyph(text, patch.left, patch.right, patch.top, patch.bottom, confidence)


def _agreed(first: tuple[str, float], second: tuple[str, float]) -> tuple[str, float]:
    """Two readings of one number: sure only where they say the same; 0 and o, 1 and l are told apart by the other."""
    if first[0] == second[0]:
        return first[0], min(first[1], second[1])
    plain = [reading for reading in (first, second) if reading[0].translate(_LOOKALIKES) == reading[0]]
    if len(plain) == 1 and first[0].translate(_LOOKALIKES) == second[0].translate(_LOOKALIKES):
        return plain[0]
    return first[0], 0.0


def _cut_out(picture: Picture, patch: _Patch, *, margin: float) -> Picture:
    """The patch with white around it, the margin in heights of the patch."""
    cut = picture[max(patch.top, 0) : patch.bottom, max(patch.left, 0) : patch.right]
    # A dash is flat: its margin is that of a digit.
    pad = round(margin * max(cut.shape[0], 24)) if patch.in_table else 4
    return np.asarray(cv2.copyMakeBorder(cut, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(255, 255, 255)), np.uint8)


def _recognised(cuts: list[Picture]) -> list[tuple[str, float]]:
    if not cuts:
        return []
    reader = _reader()
    reader.use_rec = True
    found = reader.recognize_txt(cuts)
    return [(text.strip(), float(score)) for text, score in zip(found.txts, found.scores, strict=True)]
