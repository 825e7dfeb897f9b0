"""HTML pages: broken, nested, pasted from Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from govreports.documents import plain
from govreports.documents.model import Block, Cell, Content, Grid, Link, Paragraph
from govreports.issues import Issue

_BREAKS = re.compile(r"<(?=/(?:p|div|li|h[1-6]|dd|dt|tr|td|th)\b|br\b)", re.IGNORECASE)
_INVISIBLE = ("script", "style", "noscript", "template", "select", "textarea", "iframe", "object")
_BLOCK_TAGS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure")
    + ("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p")
    + ("pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)
_HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "ucaptitle"))
_WALKED_TAGS = ("br", "table", "div", "ul", "ol", "ucaptitle")
"""What may stand in a p and breaks its text; a p without these is one paragraph."""
_CELL_TAGS = frozenset(("td", "th"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_DOCUMENT_ADDRESS = re.compile(
    r"""["']([^"'\s<>]*\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar)(?:\?[^"'\s<>]*)?)(?:\|[^"']*)?["']""", re.IGNORECASE
)
_SPAN_LIMIT = 1000
"""The HTML standard's own limit for colspan."""

_CELL_LIMIT = 100_000
"""Cells of one expanded grid: 500 times the largest statutory table."""


def parse(text: str) -> Content:
    """Read a page into paragraphs and grids, in reading order."""
    # A break between two blocks must survive when a cell's text is joined: "12<br>34" is not 1234.
    marked = _BREAKS.sub("\n<", text.replace("\x00", ""))
    # The plain parser, not lxml.html's: its elements need no Python call each to be made.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(marked.encode("utf-8", "replace"), parser)
    if root is None:
        return Content(blocks=())
    links = tuple(_links(root))
    metas = tuple(
        (name, (meta.get("content") or "").strip())
        for meta in root.iter("meta")
        if (name := (meta.get("name") or meta.get("property") or "").strip())
    )
    title = root.find(".//title")
    page_title = _text(title) if title is not None else None
    etree.strip_elements(root, *_INVISIBLE, with_tail=False)
    walk = _Walk()
    body = root.find("body")
    walk.visit(body if body is not None else root)
    walk.flush()
    return Content(
        blocks=tuple(plain.tables_in_paragraphs(walk.blocks)),
        page_title=page_title or None,
        metas=metas,
        links=links,
        issues=tuple(walk.issues),
    )


def _text(element: etree._Element) -> str:
    # One call into libxml2; joining itertext() takes ten times as long.
    return " ".join(etree.tostring(element, method="text", encoding="unicode", with_tail=False).split())


def _links(root: etree._Element) -> Iterator[Link]:
    for element in root.iter("a", "img", "iframe", "embed", "object", "script"):
        tag = element.tag
        if tag == "a":
            address = element.get("href")
            if address and not address.startswith(("javascript:", "#", "mailto:")):
                name = element.get("download") or _text(element) or element.get("title") or ""
                yield Link(address, name, "anchor")
        elif tag == "img":
            if address := element.get("src"):
                yield Link(address, element.get("alt") or element.get("title") or "", "image")
        elif tag == "script":
            for match in _DOCUMENT_ADDRESS.finditer(element.text or ""):
                yield Link(match.group(1), "", "script")
        elif address := element.get("src") or element.get("data"):
            yield Link(address, element.get("title") or "", "frame")


@dataclass(slots=True)
class _Walk:
    """One pass over the tree: text between block boundaries becomes paragraphs, data tables become grids."""

    blocks: list[Block] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    heading: bool = False
    tables: int = 0

    def flush(self) -> None:
        if not self.pieces:
            return
        text = "".join(self.pieces)
        self.pieces.clear()
        for line in text.split("\n") if "\n" in text else (text,):
            if line := " ".join(line.split()):
                self.blocks.append(Paragraph(line, self.heading))

    def visit(self, top: etree._Element) -> None:
        """Depth first without recursion: pasted markup nests deeper than Python's stack."""
        stack: list[tuple[etree._Element, bool]] = [(top, False)]
        while stack:
            element, leaving = stack.pop()
            tag = element.tag
            if not leaving:
                if tag == "table":
                    self.flush()
                    if self._table(element):
                        if element.tail:
                            self.pieces.append(element.tail)
                        continue
                elif tag == "p" and next(element.iter(*_WALKED_TAGS), None) is None:
                    self.flush()
                    if text := _text(element):
                        self.blocks.append(Paragraph(text, self.heading))
                    if element.tail:
                        self.pieces.append(element.tail.replace("\n", " "))
                    continue
                elif tag in _HEADING_TAGS:
                    self.flush()
                    self.heading = True
                elif tag in _BLOCK_TAGS:
                    self.flush()
                if element.text:
                    self.pieces.append(element.text if tag == "pre" else element.text.replace("\n", " "))
                if tag == "br":
                    self.flush()
                if len(element):
                    stack.append((element, True))
                    stack.extend((child, False) for child in reversed(element))
                    continue
            if tag in _HEADING_TAGS:
                self.flush()
                self.heading = False
            elif tag in _BLOCK_TAGS:
                self.flush()
            if element.tail and element is not top:
                self.pieces.append(element.tail.replace("\n", " "))

    def _table(self, table: etree._Element) -> bool:
        """Turn a data table into a grid; False for a layout table, whose cells are walked as blocks instead."""
        if _is_layout(table):
            return False
        self.tables += 1
        grid, cut = grid_of(table, number=self.tables)
        if cut:
            self.issues.append(
                Issue("table_too_large", "error", f"Table {self.tables} has more than {_CELL_LIMIT} cells and was cut.")
            )
        if grid.rows:
            self.blocks.append(grid)
        else:
            self.tables -= 1
        return True


def _is_layout(table: etree._Element) -> bool:
    """True when the table's text stands mostly in tables nested in it."""
    nested = [inner for inner in table.iter("table") if inner is not table]
    if not nested:
        return False
    inside = sum(
        _text_length(inner)
        for inner in nested
        if sum(1 for _ in inner.iter("td", "th")) > 1 and _enclosing_table(inner) is table
    )
    return inside * 2 > _text_length(table)


def _text_length(element: etree._Element) -> int:
    return sum(len(piece.strip()) for piece in element.itertext())


def _enclosing_table(element: etree._Element) -> etree._Element | None:
    parent = element.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent


def _rows_of(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The table's own rows as lists of cells; cells outside any row form one of their own."""
    stray: list[etree._Element] = []
    for child in table:
        tag = child.tag
        if tag in _CELL_TAGS:
            stray.append(child)
            continue
        if stray:
            yield stray
            stray = []
        if tag == "tr":
            yield [cell for cell in child if cell.tag in _CELL_TAGS]
        elif tag in _ROW_GROUPS:
            yield from _rows_of(child)
    if stray:
        yield stray


def _span(value: str) -> int:
    digits = value.strip().rstrip("%")
    return min(max(int(digits), 1), _SPAN_LIMIT) if digits.isascii() and digits.isdigit() else 1


def grid_of(table: etree._Element, *, number: int) -> tuple[Grid, bool]:
    """Expand a table's spans; each cell keeps its origin. The second value says that the grid was cut."""
    source = list(_rows_of(table))
    count = len(source)
    rows: list[tuple[Cell, ...]] = []
    taken: dict[int, int] = {}
    width = filled = 0
    for index, cells in enumerate(source):
        column = 0
        row: list[Cell] = []
        for cell in cells:
            while taken and taken.get(column, 0) > index:
                column += 1
            wide, high = cell.get("colspan"), cell.get("rowspan")
            columns = 1 if wide is None else _span(wide)
            below = 1 if high is None else min(_span(high), count - index)
            row.append(Cell(_text(cell), index + 1, column + 1, below, columns))
            if below > 1:
                for covered in range(column, column + columns):
                    taken[covered] = index + below
            column += columns
            filled += below * columns
        rows.append(tuple(row))
        width = max(width, column)
        if filled > _CELL_LIMIT:
            return Grid(number, tuple(rows), width), True
    return Grid(number, tuple(rows), width), False
