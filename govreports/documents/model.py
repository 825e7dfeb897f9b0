"""What every reader in this room returns: a document as a run of paragraphs and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from govreports.issues import Issue

_BROKEN_NUMBER = re.compile(r"(?<=\d)[^\S\n]*\n\s*(?=\d)")
_DIGITS_APART = re.compile(r"\d\s+\d")
"""What a broken number shows, in a pattern that begins with something to look for."""


def cell_text(text: str) -> str:
    """A cell's text with its white space collapsed.

    A line break between two digits stays one: "12" above "345" is not said to be 12345, as "12 345" is.
    """
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    if "\n" in text and _DIGITS_APART.search(text) and _BROKEN_NUMBER.search(text):
        return "\n".join(" ".join(part.split()) for part in _BROKEN_NUMBER.split(text.strip()))
    return " ".join(words)


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell as printed (white space collapsed, see ``cell_text``), at its origin in the expanded grid (from 1)."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    confidence: float | None = None
    """0 to 1 where a machine read a picture, else None."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. ``rows`` holds, per row, the cells that begin there, left to right.

    ``spans_known`` is False for renderings that dropped their spans (text dialects): there a column number
    is only the cell's place in its row.
    """

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    width: int
    spans_known: bool = True
    page: int | None = None

    def cells(self) -> Iterator[Cell]:
        """Every cell once, in reading order."""
        for row in self.rows:
            yield from row

    def expanded(self) -> list[list[Cell | None]]:
        """Rows × columns, a spanned cell standing at every place that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.width for _ in self.rows]
        for cell in self.cells():
            for row in grid[cell.row - 1 : cell.row - 1 + cell.row_span]:
                for column in range(cell.column - 1, min(cell.column - 1 + cell.column_span, self.width)):
                    if row[column] is None:
                        row[column] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text between two breaks; ``heading`` when the source marks it as one (h1 … h6, title tags)."""

    text: str
    heading: bool = False


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to something that may be an attachment or a picture: address as printed and visible name."""

    url: str
    name: str
    kind: str
    """``anchor``, ``frame``, ``image`` or ``script`` (an address that stands only in script text)."""


@dataclass(frozen=True, slots=True)
class Document:
    """One readable source, independent of its file format."""

    media_type: str
    sha256: str
    encoding: str | None
    blocks: tuple[Block, ...]
    page_title: str | None = None
    metas: tuple[tuple[str, str], ...] = ()
    """(name as printed, content) of meta tags."""
    links: tuple[Link, ...] = ()
    issues: tuple[Issue, ...] = field(default=())

    def grids(self) -> Iterator[Grid]:
        """The tables in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield block

    def paragraphs(self) -> Iterator[Paragraph]:
        """The text blocks in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block


class UnreadableDocument(Exception):
    """The bytes cannot be read. ``code`` is stable (``needs:documents``, ``empty``, …); the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Content:
    """What one format's reader finds; ``documents.read`` makes the Document of it."""

    blocks: tuple[Block, ...]
    page_title: str | None = None
    metas: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    issues: tuple[Issue, ...] = ()
