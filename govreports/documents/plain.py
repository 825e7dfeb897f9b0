"""Text renderings of pages and files: the dialects in which converters write tables down.

A table is found by its marks (pipes, tabs, columns of numbers), never by its words. Where a rendering dropped
the spans, a row keeps its cells in order and says so (``Grid.spans_known`` is False).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govreports.documents.model import Block, Cell, Content, Grid, Paragraph, cell_text

_VALUE = re.compile(
    r"[?？]?\s*[+\-±＋－—–−]?\s*[\d０-９][\d０-９,，.．\s]*(?:[万萬亿億千]?元|[万萬]|件|[项項]|[个個]|[条條]|[户戶]|次|份|人|宗|起|例|家)?\s*"
    r"(?:[（(][^（）()]*[)）])?[*＊※。]?|[/／\\\-—–－]{1,3}|[无無](?:[（(]\w+[)）])?"
)
_UNIT = re.compile(r"[万萬]?元|[万萬]?[件条條次篇份人项項个個]|件次|人次|[条條]次")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_PAGE_NUMBER = re.compile(
    r"[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_MARKDOWN_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\|?")
_SECTION_LINE = re.compile(r"[一二三四五六七八九]、[^|]{2,40}")
_SECTION_ENDS = ("情况", "情況", "事项", "事項", "措施")
_COLUMN_GAP = re.compile(r"\t+|\s{2,}|　+")
_TABS = re.compile(r"\t+")
_SENTENCE_MARKS = re.compile(r"[。；;！!]")

_SHORT_LINE = 80
"""Characters; the longest printed label of the forms has 41, and bodies print filling hints behind it."""

_LONGEST_VALUE = 200
"""Characters of a number with its unit and a note in brackets."""
_STREAM_VALUES = 8
"""A run of short lines, or a line or two with gaps, with fewer numbers than this is prose, not a table."""


_MARKED_SHARE = 0.8
"""Share of rows that must end with a pipe of their own before each row is taken to begin with one."""


_ODD_SHARE = 0.1
"""Share of rows in which a number may stand where a label should, as where one was overwritten."""


def parse(text: str) -> Content:
    """Read a text rendering into paragraphs and grids."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return Content(blocks=_numbered(_blocks(lines)))


def tables_in_paragraphs(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Find text tables among a page's paragraphs (pages that were pasted in as text)."""
    if not any(_may_hold_tables(block) for block in blocks):
        return tuple(blocks)
    result: list[Block] = []
    run: list[Paragraph] = []
    for block in (*blocks, None):
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        result.extend(_with_tables(run))
        run = []
        if block is not None:
            result.append(block)
    return _numbered(result)


def _may_hold_tables(block: Block) -> bool:
    return isinstance(block, Paragraph) and ("|" in block.text or is_value(block.text))


def _with_tables(run: Sequence[Paragraph]) -> Iterator[Block]:
    if sum(map(_may_hold_tables, run)) < _STREAM_VALUES:
        yield from run
        return
    headings = {paragraph.text for paragraph in run if paragraph.heading}
    for block in _blocks([paragraph.text for paragraph in run]):
        yield Paragraph(block.text, heading=True) if isinstance(block, Paragraph) and block.text in headings else block


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    number = 0
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid):
            number += 1
            block = block if block.number == number else replace(block, number=number)
        numbered.append(block)
    return tuple(numbered)


def is_value(text: str) -> bool:
    """True for text that stands where a number is expected (a number, a stroke, 无)."""
    return len(text) <= _LONGEST_VALUE and _VALUE.fullmatch(text) is not None


@dataclass(slots=True)
class _Region:
    """Lines ``start`` up to ``end`` (not included) hold the rows of one grid."""

    start: int
    end: int
    rows: list[list[str]]


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    position = searched = 0
    while position < len(lines):
        region = _region_at(lines, position)
        if region is None and position >= searched and _may_begin_stream(lines, position):
            region, searched = _stream(lines, position)
        if region is not None and region.rows:
            blocks.append(_grid(region.rows))
            position = region.end
            continue
        if text := _collapse(lines[position]):
            blocks.append(Paragraph(text))
        position += 1
    return blocks


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    cells = tuple(
        tuple(Cell(text, row, column) for column, text in enumerate(texts, 1)) for row, texts in enumerate(rows, 1)
    )
    return Grid(1, cells, max(map(len, rows)), spans_known=False)


def _region_at(lines: list[str], start: int) -> _Region | None:
    if _has_pipes(lines, start):
        return _markdown(lines, start) or _loose_pipes(lines, start)
    if lines[start].startswith("\t"):
        return _indented(lines, start)
    return _separated_columns(lines, start) if lines[start].strip() else None


def _has_pipes(lines: list[str], position: int) -> bool:
    return "|" in lines[position] or "｜" in lines[position] or _pipes_follow(lines, position)


def _may_begin_stream(lines: list[str], position: int) -> bool:
    line = lines[position]
    return bool(line.strip()) and not line.startswith("\t") and not _has_pipes(lines, position)


def _is_markdown_row(line: str) -> bool:
    stripped = line.strip()
    return len(stripped) > 1 and stripped[0] == "|" == stripped[-1] and stripped.strip("| ") != ""


def _markdown_cells(line: str) -> list[str]:
    inner = line.strip()[1:-1].replace("\\|", "｜")
    return [cell_text(cell.replace("<br>", "\n").replace("<br/>", "\n")) for cell in inner.split("|")]


def _markdown(lines: list[str], start: int) -> _Region | None:
    """Rows `| a | b |`, one a line; a rule `|---|---|` marks the dialect and is dropped."""
    end = start
    rows: list[list[str]] = []
    ruled = False
    while end < len(lines):
        line = lines[end].strip()
        if _MARKDOWN_RULE.fullmatch(line) and (len(rows) == 1 or "---" in line):
            # Anywhere else a row of dashes is one of values.
            ruled = True
        elif len(line) > 1 and line[0] == "|" == line[-1] and (line.count("|") > 2 or ruled):
            rows.append(_markdown_cells(line))
        else:
            break
        end += 1
    whole_rows = sum(len(row) > 2 and sum(map(bool, row)) > 1 for row in rows)
    if not rows or not (ruled or whole_rows * 2 > len(rows)):
        return None
    return _Region(start, end, rows)


def _pipes_follow(lines: list[str], start: int) -> bool:
    """True for the first line of a cell whose text was broken before the pipe that ends it."""
    line = lines[start].strip()
    return (
        bool(line)
        and len(line) < _SHORT_LINE
        and start > 0
        and "|" in lines[start - 1]
        and start + 1 < len(lines)
        and _ends_cell(lines[start + 1])
        and _SECTION_LINE.fullmatch(line) is None
        and not _is_page_number(line)
    )


def _ends_cell(line: str) -> bool:
    stripped = line.strip()
    return stripped.endswith("|") and not stripped.startswith("|")


def _is_section(line: str) -> bool:
    """True for the heading of a report's section, which ends a table however short it is."""
    plain = line.strip()
    return plain.endswith(_SECTION_ENDS) and _SECTION_LINE.fullmatch(plain) is not None


def _value_follows(lines: list[str], position: int) -> bool:
    """True for a heading of a list of indicators: a stroke stands behind it where other lines have their unit."""
    following = next((line for line in lines[position + 1 : position + 4] if line.strip()), "")
    return is_value(_collapse(following))


def _is_page_number(line: str) -> bool:
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None


def _loose_pipes(lines: list[str], start: int) -> _Region | None:
    """Cells ended (or begun) by a pipe, one or more a line; rows are not marked and must be found."""
    end = start
    kept: list[str] = []
    while end < len(lines):
        line = lines[end].replace("｜", "|")
        if "|" in line or _pipes_follow(lines, end):
            kept.append(line)
        elif line.strip() and not _is_page_number(line):
            break
        elif not line.strip() and not any("|" in later for later in lines[end + 1 : end + 2]):
            break
        end += 1
    text = "\n".join(kept)
    if text.count("|") < 3:
        return None
    tokens = [cell_text(token) for token in text.split("|")]
    if not tokens[-1]:
        tokens.pop()
    if tokens[0]:
        return _Region(start, end, _even_rows(tokens) or _rows_of_tokens(tokens))
    # A pipe that begins each row counts as the end of the row above, and the last row gets its own; but the first one
    # may be that of an empty cell.
    rows = _even_rows([*tokens[1:], ""]) or _even_rows(tokens)
    if rows is None:
        tokens = tokens[next((index for index, token in enumerate(tokens) if token), len(tokens)) :]
        above = _rows_by_labels(tokens)[:-1]
        begun = sum(not row[-1] for row in above) >= _MARKED_SHARE * len(above)
        rows = _rows_of_tokens([*tokens, ""] if begun else tokens)
    return _Region(start, end, rows)


def _rows_of_tokens(tokens: Sequence[str]) -> list[list[str]]:
    """Cut a run of cells into rows: a label after a value or an empty cell begins one.

    Renderings of this kind pad each row to the table's width, so the usual length of a row tells where rows
    that hold no label, or nothing but labels, end.
    """
    rows = _rows_by_labels(tokens)
    width = _usual_width(rows)
    return [row[at : at + width] for row in rows for at in range(0, len(row), width)] if width else rows


def _even_rows(tokens: Sequence[str]) -> list[list[str]] | None:
    """The rows of a run that falls into rows of one length, all but a few beginning with labels; None of any other."""
    width = _usual_width(_rows_by_labels(tokens))
    for even_width in (width, width + 1) if width else ():
        even = [list(tokens[at : at + even_width]) for at in range(0, len(tokens), even_width)]
        odd = sum(not _begins_with_labels(row) for row in even)
        if len(even[-1]) == even_width and odd <= max(1, len(even) * _ODD_SHARE) and odd * 2 < len(even):
            return even
    return None


def _rows_by_labels(tokens: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    previous_is_label = False
    for token in tokens:
        # A unit in a cell of its own belongs to the label in front of it.
        is_label = bool(token) and not is_value(token) and _UNIT.fullmatch(token) is None
        if not rows or (is_label and not previous_is_label):
            rows.append([])
        rows[-1].append(token)
        previous_is_label = is_label
    return rows


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """The length that most rows have, 0 where none is usual."""
    lengths = Counter(len(row) for row in rows if len(row) > 2)
    width = max(lengths, key=lambda length: (lengths[length], length), default=0)
    return width if lengths[width] > 1 else 0


def _begins_with_labels(row: Sequence[str]) -> bool:
    """True for rows in which no label stands behind a value or, but at the row's beginning, an empty cell."""
    behind = False
    begun = False
    for cell in row:
        label = bool(cell) and not is_value(cell)
        if label and behind:
            return False
        begun = begun or bool(cell)
        behind = behind or (begun and not label)
    return True


def _indented(lines: list[str], start: int) -> _Region | None:
    """Cells one a line behind a tab, empty ones kept; an empty line ends a row; other lines continue a cell."""
    rows: list[list[str]] = [[]]
    position = start
    while position < len(lines):
        line = lines[position]
        if line.startswith("\t"):
            rows[-1].append(_collapse(line))
        elif not line.strip():
            following = next((later for later in lines[position + 1 : position + 4] if later.strip("\n ")), "")
            if not following.startswith("\t"):
                if not _is_page_number(following):
                    break
            elif rows[-1]:
                rows.append([])
        elif _is_page_number(line):
            pass
        elif rows[-1]:
            rows[-1][-1] = cell_text(f"{rows[-1][-1]}\n{line}")
        else:
            break
        position += 1
    rows = [row for row in rows if row]
    if sum(map(len, rows)) < 3:
        return None
    return _Region(start, position, rows)


def _columns(line: str) -> list[str] | None:
    """The cells of a line that holds a whole row, else None."""
    stripped = line.strip(" \r\n")
    if "\t" in stripped:
        tabbed = [_collapse(cell) for cell in stripped.split("\t")]
        one_value = len(tabbed) == 2 and tabbed[0] and (not tabbed[1] or is_value(tabbed[1]))
        return tabbed if len(tabbed) > 2 or one_value else None
    cells = [cell for cell in _COLUMN_GAP.split(stripped.strip()) if cell]
    if len(cells) > 2 and sum(map(is_value, cells)) >= 2:
        return cells
    if len(cells) == 2 and is_value(cells[1]) and not is_value(cells[0]):
        return cells
    words = stripped.split()
    tail = 0
    while tail < len(words) and is_value(words[-1 - tail]):
        tail += 1
    if tail >= 3 and tail < len(words):
        return [" ".join(words[:-tail]), *words[-tail:]]
    if tail >= 7:
        return words
    return None


def _gap_cells(line: str) -> list[str]:
    """The cells of a line without numbers; where tabs set them apart, wide spaces are part of a cell."""
    gap = _TABS if "\t" in line.strip() else _COLUMN_GAP
    return [_collapse(cell) for cell in gap.split(line.strip()) if cell.strip()]


def _is_short(line: str) -> bool:
    return all(len(cell) < _SHORT_LINE for cell in _gap_cells(line))


def _separated_columns(lines: list[str], start: int) -> _Region | None:
    """A row a line, its cells set apart by tabs or wide gaps; short lines between such rows belong to them."""
    rows: list[list[str]] = []
    position = start
    last = start
    found = whole = 0
    while position < len(lines):
        line = lines[position]
        cells = _columns(line)
        if cells is not None:
            found += 1
            rows.append(cells)
            last, whole = position + 1, len(rows)
        elif not line.strip() or _is_page_number(line):
            if position - last > 3:
                break
        elif _is_section(line):
            break
        elif _is_short(line) and not _SENTENCE_MARKS.search(line) and position - last < 6:
            if is_value(line.strip()):
                # A column of numbers is the stream dialect.
                break
            rows.append(_gap_cells(line))
        else:
            break
        position += 1
    if found < 3 and not any(sum(map(is_value, row)) >= _STREAM_VALUES for row in rows[1:]):
        return None
    return _Region(start, last, rows[:whole])


def _stream(lines: list[str], start: int) -> tuple[_Region | None, int]:
    """Cells one a line with nothing but empty lines between them, and the line before which no other stream begins.

    Some renderings keep an empty cell as additional empty lines; where the usual gap makes that certain, the
    empty cell is put back, otherwise the row stays short.
    """
    tokens: list[tuple[str, int]] = []
    position, last, blank = start, start, 0
    while position < len(lines):
        line = _collapse(lines[position])
        if not line:
            blank += 1
        elif _is_page_number(line):
            pass
        elif len(line) > _SHORT_LINE or _SENTENCE_MARKS.search(line) or "|" in line or lines[position][0] == "\t":
            break
        elif _is_section(line) and not _value_follows(lines, position):
            break
        else:
            tokens.append((line, blank))
            blank = 0
            last = position + 1
        position += 1
    if sum(is_value(token) for token, _ in tokens) < _STREAM_VALUES:
        return None, position
    gaps = Counter(gap for (token, gap) in tokens[1:] if is_value(token))
    usual = gaps.most_common(1)[0][0]
    cells: list[str] = []
    for token, gap in tokens:
        if cells and gap > usual and (gap - usual) % (usual + 1) == 0 and is_value(token):
            cells.extend([""] * ((gap - usual) // (usual + 1)))
        cells.append(token)
    return _Region(start, last, _rows_by_labels(cells)), position
