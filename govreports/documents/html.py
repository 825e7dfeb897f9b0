"""HTML pages: broken, nested, pasted from Word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import tostring

from govreports.documents import plain
from govreports.documents.crowded import crowding
from govreports.documents.links import links_of
from govreports.documents.model import Block, Cell, Content, Grid, Paragraph, UnreadableDocument, cell_text
from govreports.issues import Issue

_BREAKS = re.compile(
    rb"<(?=/?(?:p[\s>/r]|d[dlti]|t[dhr]|h[1-6re]|li|u[lc]|ol|b[rl]|s(?:e|u[bp])|a[rsd]|ce|f(?:or|oo|i)|na|mai))",
    re.IGNORECASE,
)
"""The beginnings of the tags of blocks (p, div, td, h1, li, …, ucaptitle): enough to tell them from inline ones.

Superscripts are told from the number before them, too: a footnote's mark is no digit of it."""

_CONTROL_REFERENCES = re.compile(
    rb"&#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[eEfF])(?![0-9a-fA-F])"
    rb"|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|127|6553[45])(?![0-9]));?"
)
"""Control characters, written out."""

_PREFORMATTED_BEGINS = re.compile(rb"<[pP][rR][eE]\b")
_PREFORMATTED = re.compile(rb"<pre\b.*?(?:</pre>|\Z)", re.IGNORECASE | re.DOTALL)
_WORD_HIDES = re.compile(rb"mso-hide")
_DISPLAY_NONE = re.compile(rb"display\s*:\s*none")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDEABLE = ("tr", "td", "th", "p", "span", "font", "b", "strong", "i", "em", "u", "a")
_STRUCK = ("s", "del", "strike")
_TABLE_PARTS = frozenset(("tr", "td", "th"))
_UNSEEN = "unseen"
_INVISIBLE = ("script", "style", "noscript", "template", "select", "textarea", "iframe", "object")
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "ucaptitle")
_HEADING_MARK = "\ue001"
_TABLE_MARK = "\ue002"
"""Private characters that stand for a heading and for a table while a page is taken apart; never kept from a source."""
_PRIVATE_LEAD = b"\xee"
"""The first byte of both marks in UTF-8, and of private characters only, which few pages have."""

_CELL_TAGS = frozenset(("td", "th"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_SPAN_LIMIT = 1000
"""The HTML standard's own limit for colspan."""

CELL_LIMIT = 100_000
"""Cells of one expanded grid: 500 times the largest statutory table."""


def parse(source: bytes) -> Content:
    """Read a page, UTF-8 without control characters, into paragraphs and grids in reading order.

    Raises UnreadableDocument (``too_large``).
    """
    if (what := crowding(source)) is not None:
        raise UnreadableDocument("too_large", f"The page has {what}: look at it by hand.")
    root = _tree(source)
    if root is None:
        return Content(blocks=())
    links = tuple(links_of(root))
    metas = tuple(
        (name, (meta.get("content") or "").strip())
        for meta in root.iter("meta")
        if (name := (meta.get("name") or meta.get("property") or "").strip())
    )
    title = root.find(".//title")
    page_title = _text(title) if title is not None else None
    etree.strip_elements(root, *_INVISIBLE, "title", with_tail=False)
    if next(root.iter(*_STRUCK), None) is not None or _hides_by_style(source.lower()):
        _strip_unseen(root)
    _write_out_fields(root)
    grids, issues = _take_tables(root)
    for heading in root.iter(*_HEADING_TAGS):
        heading.text = _HEADING_MARK + (heading.text or "")
    return Content(
        blocks=plain.tables_in_paragraphs(tuple(_blocks(root, grids))),
        page_title=page_title or None,
        metas=metas,
        links=links,
        issues=tuple(issues),
    )


def _tree(source: bytes) -> etree._Element | None:
    """The page's tree, in whose text a line break stands for a break between blocks and for nothing else.

    Breaks are written into the source before it is parsed: then whole stretches of text come out of libxml2 in one
    call, and two numbers in one cell ("12<br>34") never run together.
    """
    if _PRIVATE_LEAD in source:
        for mark in (_HEADING_MARK, _TABLE_MARK):
            source = source.replace(mark.encode(), b"")
    source = _CONTROL_REFERENCES.sub(b"", source)
    if _PREFORMATTED_BEGINS.search(source) is not None:
        source = _PREFORMATTED.sub(lambda found: found.group().replace(b"\n", b"<br>"), source)
    marked = _BREAKS.sub(b"\n<", source.replace(b"\n", b" ").replace(b"\r", b" "))
    # The plain parser, not lxml.html's: its elements need no Python call each to be made.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return etree.fromstring(marked, parser)


def _hides_by_style(lower: bytes) -> bool:
    """Whether a style of the page, in lower case, may hide something: much quicker than reading every element's."""
    return _WORD_HIDES.search(lower) is not None or _DISPLAY_NONE.search(lower) is not None


def _strip_unseen(root: etree._Element) -> None:
    """Take away what a reader does not see in a table: hidden rows, cells and words, and words struck through."""
    for element in list(root.iter(*_HIDEABLE, *_STRUCK)):
        hidden = element.tag in _STRUCK or _HIDDEN.search(element.get("style") or "") is not None
        inside = element.tag in _TABLE_PARTS or next(element.iterancestors(*_CELL_TAGS), None) is not None
        if hidden and inside and next(element.iter("table"), None) is None:
            element.tag = _UNSEEN
    etree.strip_elements(root, _UNSEEN, with_tail=False)


def _write_out_fields(root: etree._Element) -> None:
    """Pages that show a form to fill in keep its figures in text fields."""
    for field in root.iter("input"):
        value = (field.get("value") or "").strip()
        if (field.get("type") or "text").lower() == "text" and plain.is_value(value):
            field.text = value


def _take_tables(root: etree._Element) -> tuple[list[Grid], list[Issue]]:
    """Turn every data table into a grid and leave its mark in the tree; layout tables stay as they are."""
    grids: list[Grid] = []
    issues: list[Issue] = []
    inside: set[etree._Element] = set()
    for table in list(root.iter("table")):
        if table in inside or _is_layout(table):
            continue
        inside.update(table.iter("table"))
        grid, cut = grid_of(table, number=len(grids) + 1)
        if not grid.rows:
            continue
        if cut:
            message = f"Table {grid.number} has more than {CELL_LIMIT} cells and was cut."
            issues.append(Issue("table_too_large", "error", message))
        del table[:]
        table.text = f"\n{_TABLE_MARK}{len(grids)}\n"
        grids.append(grid)
    return grids, issues


def _blocks(root: etree._Element, grids: list[Grid]) -> Iterator[Block]:
    for line in etree.tostring(root, method="text", encoding="unicode").split("\n"):
        text = " ".join(line.split())
        if not text:
            continue
        if text[0] == _TABLE_MARK:
            yield grids[int(text[1:])]
        elif text[0] == _HEADING_MARK:
            if len(text) > 1:
                yield Paragraph(text[1:].strip(), heading=True)
        else:
            yield Paragraph(text.replace(_HEADING_MARK, ""))


def _text(element: etree._Element) -> str:
    return cell_text(tostring(element, method="text", encoding="unicode", with_tail=False))


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
        if filled > CELL_LIMIT:
            return Grid(number, tuple(rows), width), True
    return Grid(number, tuple(rows), width), False
