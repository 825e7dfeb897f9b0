"""DOCX: paragraphs with their numbering, tables with their merged and nested cells, in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from govreports.documents.model import Block, Cell, Content, Grid, Paragraph, cell_text
from govreports.documents.zipped import checked_archive
from govreports.issues import Issue

CELL_LIMIT = 100_000
"""Cells of one table, as for HTML: 500 times the largest statutory table."""

_SKIPPED = frozenset(
    (
        *(qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
"""What was deleted or moved away, field codes, and the second copy of a drawing for old readers."""

_WRAPPERS = frozenset(qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml"))
_CHINESE = "〇一二三四五六七八九十"
_CHINESE_FORMATS = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting")
)


def parse(body: bytes) -> Content:
    """Read a DOCX. Raises UnreadableDocument (``too_large`` …), and what python-docx raises on a broken file."""
    checked_archive(body).close()
    document = docx.Document(io.BytesIO(body))
    walk = _Walk(_Numbering.of(document), _heading_styles(document))
    walk.visit(document.element.body)
    return Content(tuple(walk.blocks), issues=tuple(walk.issues))


def _heading_styles(document: Any) -> frozenset[str]:
    """Ids of the styles that mark a heading: by name, or by an outline level."""
    found = set()
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        title = (name.get(qn("w:val")) or "").lower() if name is not None else ""
        if title.startswith(("heading", "title", "标题")) or style.find(f".//{qn('w:outlineLvl')}") is not None:
            found.add(style.get(qn("w:styleId")))
    return frozenset(found)


@dataclass(slots=True)
class _Walk:
    """One pass over the body: paragraphs and grids in reading order."""

    numbering: _Numbering
    headings: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    tables: int = 0

    def visit(self, parent: etree._Element) -> None:
        """Read the paragraphs and tables below ``parent``."""
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in _WRAPPERS:
                self.visit(child)

    def _paragraph(self, element: etree._Element) -> None:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        heading = outline is not None or (style is not None and style.get(qn("w:val")) in self.headings)
        text = self.numbering.label(element) + "".join(_pieces(element))
        for line in text.split("\n"):
            if line := " ".join(line.split()):
                self.blocks.append(Paragraph(line, heading))

    def _table(self, table: etree._Element) -> None:
        nested = sum(_letters(inner) for inner in _tables_below(table))
        if nested * 2 > _letters(table):
            # A table that only arranges others: what stands in its cells is read as it comes.
            for cell in table.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tbl"))) is table:
                    self.visit(cell)
            return
        self.tables += 1
        rows, width, cut = self._rows(table)
        if cut:
            message = f"Table {self.tables} has more than {CELL_LIMIT} cells and was cut."
            self.issues.append(Issue("table_too_large", "error", message))
        if rows:
            self.blocks.append(Grid(self.tables, rows, width))
        else:
            self.tables -= 1

    def _rows(self, table: etree._Element) -> tuple[tuple[tuple[Cell, ...], ...], int, bool]:
        """The table's cells; one that goes on below (vMerge) is counted to its origin."""
        origins: list[list[_Origin]] = []
        open_at: dict[int, _Origin] = {}
        width = count = 0
        for number, row in enumerate(_below(table, "w:tr"), 1):
            column = 1 + _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"))
            here: list[_Origin] = []
            for cell in _below(row, "w:tc"):
                properties = cell.find(qn("w:tcPr"))
                span = _number(properties.find(qn("w:gridSpan")), 1) if properties is not None else 1
                merge = properties.find(qn("w:vMerge")) if properties is not None else None
                above = open_at.get(column)
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
                if goes_on and above is not None and above.columns == span:
                    above.rows += 1
                else:
                    origin = _Origin(self._cell_text(cell), number, column, 1, max(span, 1))
                    here.append(origin)
                    open_at[column] = origin
                column += max(span, 1)
                count += 1
            origins.append(here)
            width = max(width, column - 1)
            if count > CELL_LIMIT or width > CELL_LIMIT:
                break
        rows = tuple(tuple(Cell(o.text, o.row, o.column, o.rows, o.columns) for o in row) for row in origins)
        return rows, width, count > CELL_LIMIT or width > CELL_LIMIT

    def _cell_text(self, cell: etree._Element) -> str:
        texts = [self.numbering.label(paragraph) + "".join(_pieces(paragraph)) for paragraph in cell.iter(qn("w:p"))]
        return cell_text("\n".join(texts))


@dataclass(slots=True)
class _Origin:
    """A cell while its table is read: ``rows`` grows with every row that it goes on in."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def _below(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of that name, those inside content controls and insertions included."""
    for child in parent:
        if child.tag == qn(name):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, name)


def _tables_below(table: etree._Element) -> Iterator[etree._Element]:
    """Tables nested directly in this one, of more than one cell."""
    for inner in table.iter(qn("w:tbl")):
        if inner is not table and next(inner.iterancestors(qn("w:tbl"))) is table:
            cells = inner.iter(qn("w:tc"))
            if next(cells, None) is not None and next(cells, None) is not None:
                yield inner


def _letters(element: etree._Element) -> int:
    return sum(len((text.text or "").strip()) for text in element.iter(qn("w:t")))


def _number(element: etree._Element | None, default: int = 0) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value is not None and value.isascii() and value.isdigit() else default


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph as it is shown: without what was deleted."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag in (qn("w:tab"), qn("w:ptab")):
            yield "\t"
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag == qn("w:p"):
            # A paragraph of a text box inside this one.
            yield "\n"
            yield from _pieces(child)
            yield "\n"
        else:
            yield from _pieces(child)


@dataclass(slots=True)
class _Numbering:
    """Automatic numbers, which stand in no text: 一、 before a heading, 1. before a label."""

    levels: dict[str, dict[int, tuple[str, str, int]]]
    """Per list (numId) and level: number format, text with %1 … %9, first number."""
    styles: dict[str, tuple[str, int]]
    """Per paragraph style: list and level."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> _Numbering:
        """Read the lists that a document defines."""
        styles = {
            style.get(qn("w:styleId")): found
            for style in document.styles.element.iter(qn("w:style"))
            if (found := _list_of(style)) is not None
        }
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return cls({}, styles)
        abstract = {
            item.get(qn("w:abstractNumId")): {
                _attribute(level): _level(level) for level in item.iterchildren(qn("w:lvl"))
            }
            for item in root.iterchildren(qn("w:abstractNum"))
        }
        levels = {}
        for item in root.iterchildren(qn("w:num")):
            reference = item.find(qn("w:abstractNumId"))
            if reference is not None:
                levels[item.get(qn("w:numId"))] = abstract.get(reference.get(qn("w:val")), {})
        return cls(levels, styles)

    def label(self, paragraph: etree._Element) -> str:
        """The number that is printed before a paragraph, counted on; empty when it has none."""
        found = _list_of(paragraph)
        if found is None:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            found = self.styles.get(style.get(qn("w:val")) or "") if style is not None else None
        levels = self.levels.get(found[0]) if found is not None else None
        if found is None or levels is None or found[1] not in levels:
            return ""
        number, level = found
        counts = self.counts.setdefault(number, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        text = levels[level][1]
        for other, (form, _, first) in levels.items():
            text = text.replace(f"%{other + 1}", _printed(counts.get(other, first), form))
        return text


def _attribute(level: etree._Element) -> int:
    value = level.get(qn("w:ilvl")) or "0"
    return int(value) if value.isdigit() else 0


def _level(level: etree._Element) -> tuple[str, str, int]:
    form = level.find(qn("w:numFmt"))
    text = level.find(qn("w:lvlText"))
    kind = form.get(qn("w:val")) if form is not None else "decimal"
    # A bullet is an ornament of a symbol font.
    pattern = (text.get(qn("w:val")) or "") if text is not None and kind not in ("bullet", "none") else ""
    return kind or "decimal", pattern, _number(level.find(qn("w:start")), 1)


def _list_of(element: etree._Element) -> tuple[str, int] | None:
    properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if properties is None:
        return None
    number = properties.find(qn("w:numId"))
    if number is None:
        return None
    return number.get(qn("w:val")) or "", _number(properties.find(qn("w:ilvl")))


def _printed(number: int, form: str) -> str:
    if form in _CHINESE_FORMATS and 0 < number < 100:
        tens, ones = divmod(number, 10)
        leading = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens]}十"
        return leading + (_CHINESE[ones] if ones or not tens else "")
    return str(number)
