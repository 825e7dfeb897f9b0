"""Print the statutory tables the way portals, editors and converters leave them behind.

A sheet is printed in one of the dialects; before that its tables may be bent (rows, columns, labels deleted) and its
labels disturbed. Every cell that carries a figure keeps the figure's key, so that what went in is known.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import escape

from opencc import OpenCC

from govreports.replica.reports import (
    Edition,
    FigureKey,
    PrintedCell,
    PrintedRow,
    PrintedTable,
    ReportSpec,
    dispute_table,
    figure_keys,
    proactive_blocks,
    request_table,
)
from govreports.reports.model import FactStatus

Figure = tuple[str, FactStatus, int | Decimal | None, str | None]
"""A figure as printed; its status, value and the unit printed with it."""

TABLES = ("proactive", "requests", "disputes")


# --- sheets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The three tables of one report, each in one or more parts, ready to be printed."""

    title: str
    tables: Mapping[str, tuple[PrintedTable, ...]]
    year: int = 2023

    def cells(self) -> Iterator[PrintedCell]:
        """Every printed cell."""
        for parts in self.tables.values():
            for part in parts:
                for row in part:
                    yield from row

    def keys(self) -> set[FigureKey]:
        """The figures that are still printed."""
        return {cell.key for cell in self.cells() if cell.key is not None}

    def with_table(self, name: str, *parts: PrintedTable) -> Sheet:
        """The sheet with one table printed differently."""
        return replace(self, tables={**self.tables, name: parts})


def sheet_of(figures: Mapping[FigureKey, str], editions: Mapping[str, Edition]) -> Sheet:
    """A sheet whose tables are each of their own edition."""
    tables: dict[str, tuple[PrintedTable, ...]] = {}
    for name in TABLES:
        edition = editions[name]
        of_edition = {key: figures.get(key, "") for key in figure_keys(edition)}
        spec = ReportSpec(
            publisher="桃源县",
            year=2023,
            edition=edition,
            figures=of_edition,
            index_number="",
            document_number="",
            issued_on="2024-01-18",
            published_on="2024-01-18",
        )
        if name == "proactive":
            tables[name] = (tuple(row for block in proactive_blocks(spec) for row in block),)
        elif name == "requests":
            tables[name] = (request_table(spec),)
        else:
            tables[name] = (dispute_table(spec),)
    return Sheet(title="桃源县人民政府2023年政府信息公开工作年度报告", tables=tables)


def keys_of(editions: Mapping[str, Edition]) -> list[FigureKey]:
    """Every figure of a sheet of these editions, in printed order."""
    return [key for name in TABLES for key in figure_keys(editions[name]) if key[0] == name]


# --- bending tables ---------------------------------------------------------------------------------------------------

_Origin = tuple[int, int]
"""Row and place in the row (from 0) at which a cell is printed."""


def owners(table: PrintedTable) -> list[list[_Origin | None]]:
    """Rows × columns with the origin of the cell that covers each place, as a browser lays the table out."""
    grid: list[list[_Origin | None]] = [[] for _ in table]
    for number, row in enumerate(table):
        column = 0
        for index, cell in enumerate(row):
            while column < len(grid[number]) and grid[number][column] is not None:
                column += 1
            for below in grid[number : number + cell.row_span]:
                below.extend([None] * (column + cell.column_span - len(below)))
                for covered in range(column, column + cell.column_span):
                    below[covered] = (number, index)
            column += cell.column_span
    width = max(map(len, grid), default=0)
    for line in grid:
        line.extend([None] * (width - len(line)))
    return grid


def _from_owners(
    table: PrintedTable, grid: Sequence[Sequence[_Origin | None]], new: Mapping[_Origin, PrintedCell] | None = None
) -> PrintedTable:
    """The table that has this layout: spans follow from the places that a cell still covers."""
    rows: list[PrintedRow] = []
    done: set[_Origin] = set()
    for line in grid:
        cells: list[PrintedCell] = []
        for origin in line:
            if origin is None or origin in done:
                continue
            done.add(origin)
            numbers = [number for number, other in enumerate(grid) if origin in other]
            height = numbers[-1] - numbers[0] + 1
            cell = new[origin] if new and origin in new else table[origin[0]][origin[1]]
            cells.append(replace(cell, row_span=height, column_span=line.count(origin)))
        rows.append(tuple(cells))
    return tuple(rows)


def without_row(table: PrintedTable, row: int, *, mend_spans: bool = True) -> PrintedTable:
    """Delete a row; without mending, cells above go on spanning as many rows as before, as in cut markup."""
    if not mend_spans:
        return table[:row] + table[row + 1 :]
    grid = owners(table)
    return _from_owners(table, grid[:row] + grid[row + 1 :])


def without_column(table: PrintedTable, column: int) -> PrintedTable:
    """Delete a column of the laid-out table."""
    return _from_owners(table, [line[:column] + line[column + 1 :] for line in owners(table)])


def without_cell(table: PrintedTable, row: int, index: int) -> PrintedTable:
    """Delete one cell's markup: what stands right of it moves left."""
    cells = table[row][:index] + table[row][index + 1 :]
    return (*table[:row], cells, *table[row + 1 :])


def with_text(table: PrintedTable, row: int, index: int, text: str) -> PrintedTable:
    """Print something else in one cell, which then carries no figure."""
    cells = list(table[row])
    cells[index] = replace(cells[index], text=text, key=None)
    return (*table[:row], tuple(cells), *table[row + 1 :])


def with_local_row(table: PrintedTable, after: int, label: str, values: Sequence[str]) -> PrintedTable:
    """Insert a row of the body's own making behind a row of values."""
    grid = owners(table)
    above = grid[after]
    below: list[_Origin | None] = grid[after + 1] if after + 1 < len(grid) else [None] * len(above)
    first_value = next(column for column, origin in enumerate(above) if origin and _key(table, origin) is not None)
    new: dict[_Origin, PrintedCell] = {(-1, 0): PrintedCell(label)}
    line: list[_Origin | None] = []
    for column in range(first_value):
        line.append(above[column] if above[column] == below[column] else (-1, 0))
    if (-1, 0) not in line:
        line[-1] = (-1, 0)
    width = len(above) - first_value
    for place in range(width):
        # The last value takes the columns that are left, as the single values of the proactive table do.
        index = min(place, len(values) - 1)
        new[-1, index + 1] = PrintedCell(values[index])
        line.append((-1, index + 1))
    return _from_owners(table, [*grid[: after + 1], line, *grid[after + 1 :]], new)


def _key(table: PrintedTable, origin: _Origin) -> FigureKey | None:
    return table[origin[0]][origin[1]].key


def with_local_column(table: PrintedTable, before: int, label: str, head_rows: int) -> PrintedTable:
    """Insert a column with a label in the lowest row of the head and a figure in every row below."""
    grid = owners(table)
    new: dict[_Origin, PrintedCell] = {}
    lines: list[list[_Origin | None]] = []
    for number, line in enumerate(grid):
        left, right = line[before - 1], line[before]
        if left == right and left is not None:
            origin: _Origin | None = left
        elif number < head_rows:
            origin = (-1, 0)
            new[-1, 0] = PrintedCell(label)
        else:
            origin = (-1, number)
            new[-1, number] = PrintedCell(str(7000 + number))
        lines.append([*line[:before], origin, *line[before:]])
    return _from_owners(table, lines, new)


_PAGE_MARK = "@@PAGE@@"
_MARKED_ROW = re.compile(rf"^(?:\|\n)?[|\t ]*{_PAGE_MARK}[^\n]*(?:\n\|+$)?", re.MULTILINE)


def with_page_number(table: PrintedTable, before: int) -> PrintedTable:
    """Let a page end before a row: text renderings print the page's number there."""
    grid = owners(table)
    line: list[_Origin | None] = [
        above if above == below else (-1, 0) for above, below in zip(grid[before - 1], grid[before], strict=True)
    ]
    return _from_owners(table, [*grid[:before], line, *grid[before:]], {(-1, 0): PrintedCell(_PAGE_MARK)})


def with_note_row(table: PrintedTable, text: str) -> PrintedTable:
    """Add a footnote over the whole width."""
    return (*table, (PrintedCell(text, column_span=len(owners(table)[0])),))


def in_two_parts(
    table: PrintedTable, at: int, *, head_rows: int = 0, carry_text: bool = False
) -> tuple[PrintedTable, PrintedTable]:
    """Cut a table before a row; cells that span the cut go on as empty cells (or printed again)."""
    grid = owners(table)
    first = _from_owners(table, grid[:at])
    covering = {origin for origin in grid[at] if origin is not None and origin[0] < at}
    new = {origin: PrintedCell(table[origin[0]][origin[1]].text if carry_text else "") for origin in covering}
    second = _from_owners(table, grid[at:], new)
    return first, (*table[:head_rows], *second)


# --- noise ------------------------------------------------------------------------------------------------------------

_HINTS = (
    "（填报说明：减用负值表示，如-8）",
    "（2023年1月1日至12月31日）",
    "(单位：件，填0表示没有)",
    "【第3栏】",
)
_SHORT = {
    "部分公开（区分处理的，只计这一情形，不计其他情形）": "部分公开",
    "现行有效件数": "现行有效件",
    "其他法律行政法规禁止公开": "法律行政法规禁止公开",
    "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "申请人逾期未按收费通知要求缴纳费用",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "申请人无正当理由逾期不补正",
    "本年新收政府信息公开申请数量": "本年新收申请数量",
    "上年结转政府信息公开申请数量": "上年结转申请数量",
    "结转下年度继续办理": "结转下年度",
    "要求行政机关确认或重新出具已获取信息": "要求确认或重新出具已获取信息",
    "本年收费金额（单位：万元）": "本年收费金额",
    "危及“三安全一稳定”": "三安全一稳定",
    "保护第三方合法权益": "第三方合法权益",
}
_HALF_WIDTH = str.maketrans("（）：，“”．", '():,"".')
_NUMBERED = re.compile(r"^(（[一二三四五六七八九十]）|[一二三四]、|\d\.)")


def _between(text: str, mark: str, chance: random.Random) -> str:
    return "".join(character + (mark if chance.random() < 0.3 else "") for character in text)


def _numbering(text: str, chance: random.Random) -> str:
    match = _NUMBERED.match(text)
    if match is None:
        return text
    number, rest = match.group(0), text[match.end() :]
    inner = number.strip("（）、.")
    if number.endswith("."):
        return chance.choice((f"{inner}、", f"{inner}．", f"{inner}. ", f"（{inner}）", inner)) + rest
    if number.endswith("、"):
        return chance.choice((f"{inner}，", f"{inner}.", f"{inner}、 ")) + rest
    return chance.choice((f"({inner})", f"（{inner}） ", f"（{inner}）、")) + rest


def _short(text: str, chance: random.Random) -> str:
    for long, short in _SHORT.items():
        if text.endswith(long):
            return text[: -len(long)] + short
    return text


def _misprinted(text: str, chance: random.Random) -> str:
    characters = list(text)
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(characters))
        if chance.random() < 0.4 and len(characters) > 4:
            del characters[at]
        else:
            characters[at] = chance.choice("止凌己末人入士土日曰")
    return "".join(characters)


LABEL_NOISE: Mapping[str, Callable[[str, random.Random], str]] = {
    "none": lambda text, chance: text,
    "no-break spaces": lambda text, chance: _between(text, "\u00a0", chance),
    "zero-width": lambda text, chance: _between(text, chance.choice("\u200b\ufeff\u2060\u00ad"), chance),
    "inner spaces": lambda text, chance: _between(text, " ", chance),
    "wide spaces inside": lambda text, chance: _between(text, "\u3000", chance),
    "half-width": lambda text, chance: text.translate(_HALF_WIDTH),
    "numbering": _numbering,
    "short": _short,
    "filling hint": lambda text, chance: text + chance.choice(_HINTS) if len(text) > 3 else text,
}
"""Noise that a person reads through: what comes back must be exactly what went in."""


def with_label_noise(sheet: Sheet, kind: str, seed: int) -> Sheet:
    """Disturb every label of a sheet."""
    chance = random.Random(seed)
    return _with_labels(sheet, lambda text: LABEL_NOISE[kind](text, chance))


def with_misprints(sheet: Sheet, seed: int, share: float = 0.3) -> Sheet:
    """Change one or two characters in some of the labels."""
    chance = random.Random(seed)
    return _with_labels(
        sheet, lambda text: _misprinted(text, chance) if len(text) > 1 and chance.random() < share else text
    )


def _with_labels(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    def part(table: PrintedTable) -> PrintedTable:
        return tuple(
            tuple(replace(cell, text=change(cell.text)) if cell.key is None and cell.text else cell for cell in row)
            for row in table
        )

    return replace(sheet, tables={name: tuple(map(part, parts)) for name, parts in sheet.tables.items()})


_READINGS = {
    "開": "kāi", "報": "bào", "務": "wù", "總": "zǒng", "數": "shù", "規": "guī", "訴": "sù", "訟": "sòng", "業": "yè",
    "結": "jié", "處": "chù", "無": "wú", "請": "qǐng", "復": "fù", "議": "yì", "項": "xiàng", "計": "jì", "機": "jī",
    "構": "gòu", "許": "xǔ", "強": "qiáng", "費": "fèi", "廢": "fèi", "現": "xiàn", "據": "jù", "繼": "jì", "續": "xù",
}  # fmt: skip


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def traditional(text: str, *, glosses: bool = True) -> str:
    """The text as copying machines print it: Traditional, every second known character with its toned reading."""
    converted = str(_to_traditional().convert(text))
    if not glosses:
        return converted
    count = 0
    pieces: list[str] = []
    for character in converted:
        pieces.append(character)
        reading = _READINGS.get(character)
        if reading is not None:
            count += 1
            if count % 2:
                pieces.append(f"({reading})")
    return "".join(pieces)


# --- dialects ---------------------------------------------------------------------------------------------------------

_SECTIONS = (
    ("一、总体情况", None),
    ("二、主动公开政府信息情况", "proactive"),
    ("三、收到和处理政府信息公开申请情况", "requests"),
    ("四、政府信息公开行政复议、行政诉讼情况", "disputes"),
    ("五、存在的主要问题及改进情况", None),
    ("六、其他需要报告的事项", None),
)
_SENTENCES = {
    "一": "本报告由桃源县人民政府编制，统计期限为2023年1月1日至2023年12月31日。全年更新栏目若干次，培训两次。",
    "五": "目录分类还不够细，下一年将逐项补充说明并安排培训；公开的及时性也要继续提高。",
    "六": "本年度没有收取信息处理费，无其他需要报告的事项。",
}


def _framed(sheet: Sheet, paragraph: Callable[[str], str], tables: Callable[[tuple[PrintedTable, ...]], str]) -> str:
    parts = [paragraph(sheet.title)]
    for heading, table in _SECTIONS:
        parts.append(paragraph(heading))
        if heading[0] in _SENTENCES:
            parts.append(paragraph(_SENTENCES[heading[0]]))
        if table is not None:
            parts.append(tables(sheet.tables[table]))
    return "\n".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A way to print a sheet. ``keeps_blanks``: an empty cell can be told from none at all."""

    name: str
    write: Callable[[Sheet], str]
    keeps_blanks: bool = True
    markup: bool = False

    def __repr__(self) -> str:
        return f"BY_NAME[{self.name!r}]"

    def body(self, sheet: Sheet, *, in_traditional: bool = False) -> bytes:
        """The printed document; marks of pages become page numbers."""
        text = _MARKED_ROW.sub("- 3 -", self.write(sheet))
        return (traditional(text) if in_traditional else text).encode()


def _spans(cell: PrintedCell) -> str:
    return "".join(
        f' {name}="{number}"'
        for name, number in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if number > 1
    )


def _td(cell: PrintedCell) -> str:
    return f"<td{_spans(cell)}>{escape(cell.text) or '&nbsp;'}</td>"


def _word_td(cell: PrintedCell) -> str:
    if cell.key is None and len(cell.text) > 3 and not cell.text.isdigit():
        half = len(cell.text) // 2
        inner = f"<span>{escape(cell.text[:half])}</span><br/>\n<span>{escape(cell.text[half:])}</span>"
    else:
        inner = f'<span lang="EN-US" style="font-size:10pt">{escape(cell.text) or "&nbsp;"}</span>'
    return f'<td{_spans(cell)} valign="center"><p class="MsoNormal" align="center">{inner}<o:p></o:p></p></td>'


def _table(rows: Sequence[PrintedRow], td: Callable[[PrintedCell], str] = _td) -> str:
    body = "\n".join(f"<tr>{''.join(map(td, row))}</tr>" for row in rows)
    return f'<table border="1"><tbody>\n{body}\n</tbody></table>'


def _page(sheet: Sheet, tables: Callable[[tuple[PrintedTable, ...]], str]) -> str:
    inner = _framed(sheet, lambda text: f"<p>{escape(text)}</p>", tables)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(sheet.title)}</title></head>\n'
        f'<body><div class="article">\n{inner}\n</div></body></html>'
    )


def _html(sheet: Sheet) -> str:
    return _page(sheet, lambda parts: "\n".join(map(_table, parts)))


def _word(sheet: Sheet) -> str:
    return _page(sheet, lambda parts: "\n".join(_table(part, _word_td) for part in parts))


def _nested(sheet: Sheet) -> str:
    def nested(parts: tuple[PrintedTable, ...]) -> str:
        inner = "\n".join(map(_table, parts))
        return f'<table width="100%"><tr><td><table><tr><td align="center">{inner}</td></tr></table></td></tr></table>'

    return _page(sheet, nested)


def _one_table(sheet: Sheet) -> str:
    """All tables are rows of one: section headings are rows, too."""
    rows: list[PrintedRow] = []
    for heading, name in _SECTIONS[1:4]:
        rows.append((PrintedCell(heading, column_span=15),))
        for part in sheet.tables[name or ""]:
            rows.extend(part)
    inner = f"<p>{escape(sheet.title)}</p><p>{_SECTIONS[0][0]}</p><p>{_SENTENCES['一']}</p>{_table(rows)}"
    return f'<html><head><meta charset="utf-8"></head><body>{inner}<p>五、存在的主要问题及改进情况</p></body></html>'


def _lines(sheet: Sheet, tables: Callable[[tuple[PrintedTable, ...]], str]) -> str:
    return _framed(sheet, lambda text: text, tables) + "\n"


def _padding(table: PrintedTable, number: int) -> int:
    """How many places of a row no cell of its own stands at."""
    return sum(origin is not None for origin in owners(table)[number]) - len(table[number])


def _ended(parts: tuple[PrintedTable, ...]) -> str:
    """A cell a line, a pipe behind it; rows padded with bare pipes to the table's width."""
    lines: list[str] = []
    for table in parts:
        for number, row in enumerate(table):
            cells = [f"{cell.text} |" for cell in row]
            if cells:
                cells[-1] += " " + "|" * _padding(table, number)
            lines.extend(cell.strip() for cell in cells)
    return "\n".join(lines)


def _begun(parts: tuple[PrintedTable, ...]) -> str:
    """A row begins with a pipe on a line of its own; cells, a line each, end with one; padding is a line of pipes."""
    lines: list[str] = []
    for table in parts:
        for number, row in enumerate(table):
            lines.append("|")
            lines.extend(f"{cell.text} |".strip() for cell in row)
            if padding := _padding(table, number):
                lines.append("|" * padding)
    return "\n".join(lines)


def _markdown(*, fill: bool) -> Callable[[tuple[PrintedTable, ...]], str]:
    def write(parts: tuple[PrintedTable, ...]) -> str:
        return "\n\n".join(_markdown_table(part, fill=fill) for part in parts)

    return write


def _laid_out(table: PrintedTable, *, fill: bool) -> list[list[str]]:
    """Every place of the grid: spanned ones empty, or filled with the label again."""
    texts: list[list[str]] = []
    for number, line in enumerate(owners(table)):
        row: list[str] = []
        for column, origin in enumerate(line):
            if origin is None:
                continue
            cell = table[origin[0]][origin[1]]
            first = origin[0] == number and (column == 0 or line[column - 1] != origin)
            row.append(cell.text if first or (fill and cell.key is None) else "")
        texts.append(row)
    return texts


def _markdown_table(table: PrintedTable, *, fill: bool) -> str:
    rows = [f"| {' | '.join(row)} |" for row in _laid_out(table, fill=fill)]
    width = len(owners(table)[0])
    return "\n".join([rows[0], "|" + "---|" * width, *rows[1:]])


def _indented(parts: tuple[PrintedTable, ...]) -> str:
    """Cells behind a tab, a line each; a cell that continues one above is empty; an empty line ends the row."""
    blocks: list[str] = []
    for table in parts:
        for number, line in enumerate(owners(table)):
            cells: list[str] = []
            previous: _Origin | None = None
            for origin in line:
                if origin is not None and origin != previous:
                    cells.append(f"\t{table[origin[0]][origin[1]].text if origin[0] == number else ''}")
                previous = origin
            blocks.append("\n".join(cells) + "\n")
    return "\n".join(blocks)


def _stream(parts: tuple[PrintedTable, ...]) -> str:
    """A cell a line, an empty line between cells; empty cells leave nothing behind."""
    return "\n" + "\n\n".join(cell.text for table in parts for row in table for cell in row if cell.text.strip()) + "\n"


def _joined(separator: str, *, keep_empty: bool) -> Callable[[tuple[PrintedTable, ...]], str]:
    def write(parts: tuple[PrintedTable, ...]) -> str:
        lines: list[str] = []
        for table in parts:
            for row in table:
                lines.append(separator.join(cell.text for cell in row if cell.text or keep_empty))
        return "\n".join(lines)

    return write


def _text(write: Callable[[tuple[PrintedTable, ...]], str]) -> Callable[[Sheet], str]:
    return lambda sheet: _lines(sheet, write)


HTML = Dialect(name="html", write=_html, markup=True)
DIALECTS: tuple[Dialect, ...] = (
    HTML,
    Dialect(name="html pasted from Word", write=_word, markup=True),
    Dialect(name="html in layout tables", write=_nested, markup=True),
    Dialect(name="html in one table", write=_one_table, markup=True),
    Dialect(name="pipe behind each cell", write=_text(_ended)),
    Dialect(name="pipe before each row", write=_text(_begun)),
    Dialect(name="markdown", write=_text(_markdown(fill=False))),
    Dialect(name="markdown, labels repeated", write=_text(_markdown(fill=True))),
    Dialect(name="tab before each cell", write=_text(_indented)),
    Dialect(name="tabs between cells", write=_text(_joined("\t", keep_empty=True))),
    Dialect(name="wide gaps between cells", write=_text(_joined("   ", keep_empty=False)), keeps_blanks=False),
    Dialect(name="cells set apart by empty lines", write=_text(_stream), keeps_blanks=False),
)
BY_NAME: Mapping[str, Dialect] = {dialect.name: dialect for dialect in DIALECTS}
