"""RTF: text in its encodings, tables by the cell edges that every row repeats.

Readers for RTF keep its words but drop merged cells; the edges of the cells (``\\cellx``) give them exactly.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from govreports.documents.model import Block, Cell, Content, Grid, Paragraph, UnreadableDocument, cell_text
from govreports.issues import Issue

GROUP_LIMIT = 5_000
"""Depth of nested groups; word processors stay below 30."""

COLUMN_LIMIT = 500
"""Cell edges of one row; Word allows 63 columns."""

_TOKEN = re.compile(
    rb"\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z\r\n])|(\r?\n))|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_DESTINATIONS = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf "
    b"footnote annotation listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping "
    b"datastore latentstyles xmlnstbl mmathPr fldinst nonshppict pntext listtext shppict".split()
)
_KEPT = frozenset((b"pntext", b"listtext"))
"""Groups that hold what an automatic number prints: 一、 before a heading."""

_CHARACTERS = {
    b"tab": "\t",
    b"line": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
}
_SYMBOLS = {b"~": " ", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\"}
_CHARSETS = {134: "gb18030", 136: "cp950", 128: "cp932", 129: "cp949"}
"""Code pages by ``\\fcharset``: Chinese simplified and traditional, Japanese, Korean."""

_SAME_EDGE = 60
"""Twips (3 points): cell edges of two rows this near are one."""


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    skipped: bool = False
    encoding: str = "gb18030"
    fallback: int = 1
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    """One cell of a row's definition: its right edge in twips, and whether it goes on from above or from the left."""

    right: int
    continues_above: bool
    continues_left: bool


@dataclass(slots=True)
class _Row:
    left: int
    edges: list[_Edge]
    texts: list[str]


@dataclass(slots=True)
class _Reader:
    """The document while it is read."""

    encoding: str = "gb18030"
    fonts: dict[int, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    rows: list[_Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    left: int = 0
    edges: list[_Edge] = field(default_factory=list)
    above: bool = False
    beside: bool = False
    tables: int = 0

    def decode(self, encoding: str) -> None:
        """Bytes of a multi-byte character come one by one; they are text once something else follows."""
        if self.raw:
            self.pieces.append(self.raw.decode(encoding, "replace"))
            self.raw.clear()

    def text(self) -> str:
        """What was gathered since the last end of a paragraph or cell; halves of a character are put together."""
        text = "".join(self.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self.pieces.clear()
        return text

    def end_paragraph(self, *, in_table: bool) -> None:
        """A paragraph ends; inside a table its text belongs to the cell."""
        if in_table:
            self.pieces.append("\n")
            return
        self.end_table()
        for line in self.text().split("\n"):
            if line := " ".join(line.split()):
                self.blocks.append(Paragraph(line))

    def end_row(self) -> None:
        """A row ends; its definition stands before or behind its text."""
        if self.cells:
            self.rows.append(_Row(self.left, list(self.edges), list(self.cells)))
        self.cells.clear()

    def end_table(self) -> None:
        """Something else than a row follows."""
        if self.rows:
            self.tables += 1
            self.blocks.append(_grid(self.rows, number=self.tables))
            self.rows.clear()


def parse(body: bytes) -> Content:
    """Read an RTF file. Raises UnreadableDocument (``damaged``, ``too_large``)."""
    reader = _Reader()
    states = [_State()]
    ignorable = False
    font: int | None = None
    skip = position = 0
    while (match := _TOKEN.search(body, position)) is not None:
        position = match.end()
        hexadecimal, word, number, symbol, newline, brace, plain = match.groups()
        state = states[-1]
        if hexadecimal is None:
            reader.decode(state.encoding)
        if brace == b"{":
            if len(states) > GROUP_LIMIT:
                raise UnreadableDocument("too_large", f"The RTF file nests more than {GROUP_LIMIT} groups: not read.")
            states.append(replace(state))
            ignorable = False
        elif brace == b"}":
            if len(states) > 1:
                states.pop()
            skip = 0
        elif symbol == b"*":
            ignorable = True
        elif word is not None:
            value = int(number) if number is not None else None
            if (ignorable or word in _DESTINATIONS) and word not in _KEPT:
                state.skipped = True
            ignorable = False
            if word == b"f" and value is not None:
                font = value
                state.encoding = reader.fonts.get(font, reader.encoding)
            elif word == b"fcharset" and font is not None and value is not None:
                reader.fonts[font] = _CHARSETS.get(value, reader.encoding)
            elif word == b"ansicpg" and value is not None:
                reader.encoding = state.encoding = _code_page(value)
            elif word == b"bin" and value is not None:
                position += max(value, 0)
            elif not state.skipped:
                skip = _control(reader, state, word, value)
        elif state.skipped:
            continue
        elif hexadecimal is not None:
            if skip:
                skip -= 1
            else:
                reader.raw += bytes.fromhex(hexadecimal.decode("ascii"))
        elif symbol is not None:
            reader.pieces.append(_SYMBOLS.get(symbol, ""))
        elif newline is not None:
            reader.end_paragraph(in_table=state.in_table)
        elif plain is not None:
            reader.pieces.append(plain[skip:].decode(state.encoding, "replace"))
            skip = max(0, skip - len(plain))
    reader.decode(states[-1].encoding)
    reader.end_paragraph(in_table=False)
    if not reader.blocks:
        raise UnreadableDocument("damaged", "The RTF file holds no text: fetch it again.")
    cut = (Issue("document_cut", "warning", "The file ends inside a group: its end is missing, fetch it again."),)
    return Content(tuple(reader.blocks), issues=cut if len(states) > 1 else ())


def _code_page(number: int) -> str:
    try:
        return {936: "gb18030", 65001: "utf-8"}.get(number) or codecs.lookup(f"cp{number}").name
    except LookupError:
        return "gb18030"


def _control(reader: _Reader, state: _State, word: bytes, value: int | None) -> int:
    """Obey a control word; returns how many characters of replacement text follow that must be skipped."""
    if word == b"u" and value is not None:
        reader.pieces.append(chr(value % 0x10000))
        return state.fallback
    if word == b"uc":
        state.fallback = min(max(value or 0, 0), 16)
    elif word in _CHARACTERS:
        reader.pieces.append(_CHARACTERS[word])
    elif word in (b"par", b"sect", b"page"):
        reader.end_paragraph(in_table=state.in_table)
    elif word == b"pard":
        state.in_table = False
    elif word == b"intbl":
        state.in_table = True
    elif word == b"cell":
        reader.cells.append(cell_text(reader.text()))
    elif word in (b"nestcell", b"nestrow"):
        reader.pieces.append("\n")
    elif word == b"row":
        reader.end_row()
    elif word == b"trowd":
        reader.left, reader.above, reader.beside = 0, False, False
        reader.edges.clear()
    elif word == b"trleft" and value is not None:
        reader.left = value
    elif word == b"clvmrg":
        reader.above = True
    elif word == b"clmrg":
        reader.beside = True
    elif word == b"cellx" and value is not None and len(reader.edges) < COLUMN_LIMIT:
        reader.edges.append(_Edge(value, reader.above, reader.beside))
        reader.above = reader.beside = False
    return 0


def _grid(rows: Sequence[_Row], *, number: int) -> Grid:
    """A table of the rows' cell edges; where a row has not as many cells as edges, spans are unknown."""
    if any(len(row.texts) != len(row.edges) for row in rows):
        cells = tuple(
            tuple(Cell(text, index, column) for column, text in enumerate(row.texts, 1))
            for index, row in enumerate(rows, 1)
        )
        return Grid(number, cells, max(len(row.texts) for row in rows), spans_known=False)
    bounds: list[int] = []
    for place in sorted({row.left for row in rows} | {edge.right for row in rows for edge in row.edges}):
        if not bounds or place - bounds[-1] > _SAME_EDGE:
            bounds.append(place)
    origins: list[list[Cell]] = []
    open_at: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows, 1):
        origins.append([])
        left = _bound(bounds, row.left)
        for edge, text in zip(row.edges, row.texts, strict=True):
            right = max(_bound(bounds, edge.right), left + 1)
            cell = Cell(text, index, left + 1, 1, right - left)
            above = open_at.get(cell.column)
            if edge.continues_left and origins[-1]:
                last = origins[-1][-1]
                joined = f"{last.text} {text}".strip()
                origins[-1][-1] = structs.replace(last, text=joined, column_span=right + 1 - last.column)
            elif edge.continues_above and above is not None:
                origin = origins[above[0]][above[1]]
                origins[above[0]][above[1]] = structs.replace(origin, row_span=index + 1 - origin.row)
            else:
                open_at[cell.column] = (index - 1, len(origins[-1]))
                origins[-1].append(cell)
            left = right
    return Grid(number, tuple(map(tuple, origins)), max(len(bounds) - 1, 1))


def _bound(bounds: Sequence[int], edge: int) -> int:
    """The index of the boundary that stands for an edge."""
    return max(bisect_right(bounds, edge) - 1, 0)
