"""Characters at places → text: lines, cells and paragraphs, as a reader of the page would take them.

Works on any page with text at places, in any unit: PDF points, pixels. x grows to the right, y downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govreports.documents.model import Cell, Grid, Paragraph
from govreports.documents.ruling import Frame

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")
_NUMBER_PART = frozenset("0123456789.,")
_ABUTS = 0.05
"""Largest gap inside a number, in character heights: its digits are set one behind the other."""

_WORD_GAP = 0.3
"""Gap that separates two words, in character heights; a digit is half a height wide."""

_COLUMN_GAP = 1.5
"""Gap, in character heights, that in a line of text sets columns apart."""

_SAME_LINE = 0.5
"""Two characters whose middles differ by less than this, in character heights, stand on one line."""

_PRINTED_TWICE = 0.3
"""The same character within this share of its width is one bold character, printed twice."""

_CELL_PADDING = 5.4
"""Points that word processors leave on either side of a cell's text."""

_INDENT = 1.2
_RAGGED = 2.2
"""Character heights: a line that begins further in opens a paragraph, one that ends further out closes it."""

_SENTENCE_ENDS = frozenset("。；：！？")
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]")

_SECTION = re.compile(r"[一二三四五六七八九十]{1,2}、")
_PAGE_NUMBER = re.compile(
    r"[-—–－─]+\s*\d{1,3}\s*[-—–－─]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_BARE_PAGE_NUMBER = re.compile(r"\d{1,3}")
_MARGIN_SHARE = 0.1
"""Share of a page's height, above and below, in which a page number stands."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a word that a machine read in one piece, and the rectangle that it fills."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """Half way between its left and right side."""
        return (self.left + self.right) / 2

    @property
    def level(self) -> float:
        """Half way between its top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs that stand side by side, left to right; ``ends_in_space`` when a space was set behind the last one."""

    glyphs: tuple[Glyph, ...]
    ends_in_space: bool

    @property
    def left(self) -> float:
        """Where its first character begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where its last character ends."""
        return self.glyphs[-1].right

    @property
    def top(self) -> float:
        """Where its highest character begins."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def height(self) -> float:
        """The height of its highest character."""
        return max(glyph.height for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """The line as text, white space collapsed."""
        return " ".join(self.spaced().split())

    def spaced(self) -> str:
        """The line as text; gaps as wide as between columns become two spaces."""
        pieces: list[str] = []
        previous: Glyph | None = None
        for glyph in self.glyphs:
            if previous is not None:
                gap = glyph.left - previous.right
                size = max(previous.height, glyph.height)
                if gap > _COLUMN_GAP * size:
                    pieces.append("  ")
                elif gap > _WORD_GAP * size and not (_is_wide(previous.text[-1]) or _is_wide(glyph.text[0])):
                    pieces.append(" ")
            pieces.append(glyph.text)
            previous = glyph
        return "".join(pieces)


def _is_wide(character: str) -> bool:
    return _WIDE.match(character) is not None


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Sort glyphs into lines from top to bottom."""
    rows: list[list[Glyph]] = []
    level = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.level):
        if rows and glyph.level - level <= _SAME_LINE * min(height, glyph.height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            level = glyph.level
        height = glyph.height
    lines = (_line(row) for row in rows)
    return [line for line in lines if line is not None]


def _line(row: list[Glyph]) -> Line | None:
    row.sort(key=lambda glyph: glyph.left)
    kept: list[Glyph] = []
    for glyph in row:
        if kept:
            last = kept[-1]
            twice = glyph.left - last.left < _PRINTED_TWICE * (last.right - last.left)
            if twice and (glyph.text == last.text or glyph.text.isspace()):
                continue
        kept.append(glyph)
    ends_in_space = kept[-1].text.isspace()
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    return Line(tuple(kept), ends_in_space) if kept else None


def arrange(frames: Sequence[Frame], glyphs: Sequence[Glyph], *, page_height: float, page: int) -> list[Line | Grid]:
    """Sort a page's text into its tables and the lines around them, from top to bottom, without page numbers."""
    # The smallest table first: what stands in a table inside a frame belongs to the table.
    innermost = sorted(frames, key=lambda frame: frame.area)
    inside: dict[int, list[Glyph]] = {}
    numbers = _page_numbers(frames, glyphs, page_height=page_height)
    for glyph in glyphs:
        if id(glyph) in numbers:
            continue
        home = next((n for n, frame in enumerate(innermost) if frame.holds(glyph.middle, glyph.level)), -1)
        inside.setdefault(home, []).append(glyph)
    items: list[tuple[float, Line | Grid]] = [(line.top, line) for line in lines_of(inside.pop(-1, []))]
    items.extend(
        (innermost[home].ys[0], grid_of(innermost[home], text, page=page))
        for home, text in inside.items()
        if any(not glyph.text.isspace() for glyph in text)
    )
    return [item for _, item in sorted(items, key=lambda item: item[0])]


def _page_numbers(frames: Sequence[Frame], glyphs: Sequence[Glyph], *, page_height: float) -> set[int]:
    """The glyphs (by id) of page numbers at the page's edges; a bare number counts only outside tables."""
    margin = _MARGIN_SHARE * page_height
    found: set[int] = set()
    for line in lines_of(glyph for glyph in glyphs if not margin < glyph.level < page_height - margin):
        for run in _runs(line):
            text = run.text
            if _PAGE_NUMBER.fullmatch(text) is None and (
                _BARE_PAGE_NUMBER.fullmatch(text) is None
                or any(frame.holds(run.glyphs[0].middle, run.glyphs[0].level) for frame in frames)
            ):
                continue
            found.update(map(id, run.glyphs))
    return found


def _runs(line: Line) -> list[Line]:
    """The parts of a line between gaps as wide as between columns."""
    runs: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if runs and glyph.left - runs[-1][-1].right <= _COLUMN_GAP * glyph.height:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [Line(tuple(run), False) for run in runs]


def _words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that must stay together: the digits of one number, set without a gap; any other is on its own."""
    spaces = [[glyph] for glyph in glyphs if glyph.text.isspace()]
    words: list[list[Glyph]] = []
    for line in lines_of(glyph for glyph in glyphs if not glyph.text.isspace()):
        previous: Glyph | None = None
        for glyph in line.glyphs:
            if (
                previous is not None
                and glyph.text in _NUMBER_PART
                and previous.text in _NUMBER_PART
                and abs(glyph.left - previous.right) <= _ABUTS * glyph.height
            ):
                words[-1].append(glyph)
            else:
                words.append([glyph])
            previous = glyph
    return words + spaces


def grid_of(frame: Frame, glyphs: Sequence[Glyph], *, page: int | None) -> Grid:
    """Fill a ruled table with the text that stands in its cells.

    A number wider than its cell stays whole and stands where its middle is.
    """
    slots: dict[tuple[int, int], int] = {}
    for index, box in enumerate(frame.boxes):
        for row in range(box.row, box.row + box.row_span):
            for column in range(box.column, box.column + box.column_span):
                slots[row, column] = index
    content: list[list[Glyph]] = [[] for _ in frame.boxes]
    for word in _words(glyphs):
        x = (word[0].left + word[-1].right) / 2
        row = _interval(frame.ys, word[0].level)
        column = _interval(frame.xs, x)
        content[slots[row, column]].extend(word)
    rows: list[list[Cell]] = [[] for _ in range(len(frame.ys) - 1)]
    for box, inside in zip(frame.boxes, content, strict=True):
        lines = lines_of(inside)
        read = [glyph.confidence for glyph in inside if glyph.confidence is not None]
        rows[box.row].append(
            Cell(
                cell_text(lines, width=box.right - box.left),
                box.row + 1,
                box.column + 1,
                box.row_span,
                box.column_span,
                min(read) if read else None,
            )
        )
    return Grid(1, tuple(map(tuple, rows)), len(frame.xs) - 1, page=page)


def _interval(bounds: Sequence[float], at: float) -> int:
    for index in range(len(bounds) - 2):
        if at < bounds[index + 1]:
            return index
    return len(bounds) - 2


def cell_text(lines: Sequence[Line], *, width: float) -> str:
    """The text of a cell. A number goes on in the next line only where the line was too full for one more digit."""
    text = ""
    previous: Line | None = None
    for line in lines:
        if previous is None:
            text = line.text
        elif _goes_on(previous, line, width):
            text += line.text
        else:
            text = joined(text, line.text)
        previous = line
    return text


def _goes_on(upper: Line, lower: Line, width: float) -> bool:
    digits = upper.text
    if upper.ends_in_space or len(digits) < 2 or digits[-1] not in _NUMBER_PART or lower.text[0] not in _NUMBER_PART:
        return False
    if lower.top - upper.top > 2 * upper.height:
        return False
    one_more = lower.glyphs[0].right - lower.glyphs[0].left
    return (upper.right - upper.left) + one_more > width - 2 * _CELL_PADDING


def joined(first: str, second: str) -> str:
    """Two lines of one text: Chinese runs on without a space."""
    if not first or not second:
        return first + second
    return first + second if _is_wide(first[-1]) or _is_wide(second[0]) else f"{first} {second}"


def paragraphs_of(pages: Sequence[Sequence[Line | Grid]]) -> list[Paragraph | Grid]:
    """Join lines into paragraphs, over page ends too; tables stay where they are and get their numbers.

    A paragraph begins with an indented line, behind a line that ends early, and behind a table.
    """
    lines = [line for page in pages for line in page if isinstance(line, Line)]
    widest = max((line.right - line.left for line in lines), default=0.0)
    blocks: list[Paragraph | Grid] = []
    number = 0
    text = ""
    previous: Line | None = None
    previous_end = 0.0
    for page in pages:
        left = min((line.left for line in page if isinstance(line, Line)), default=0.0)
        for item in page:
            if isinstance(item, Grid):
                if text:
                    blocks.append(Paragraph(text))
                number += 1
                blocks.append(replace(item, number=number))
                text, previous = "", None
                continue
            if previous is not None and _continues(previous, item, left=left, end=previous_end):
                text = joined(text, item.text)
            else:
                if text:
                    blocks.append(Paragraph(text))
                text = item.text
            previous, previous_end = item, left + widest
    if text:
        blocks.append(Paragraph(text))
    return blocks


def _continues(previous: Line, line: Line, *, left: float, end: float) -> bool:
    size = line.height
    text = line.text
    if _SECTION.match(text) or (previous.text[-1] in _SENTENCE_ENDS and _NUMBERED.match(text)):
        return False
    return (
        line.left - left < _INDENT * size
        and previous.right > end - _RAGGED * size
        and abs(previous.height - size) < 0.3 * size
    )
