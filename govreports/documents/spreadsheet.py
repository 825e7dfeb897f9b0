"""XLS, XLSX (and ET, which is XLS): each sheet one grid, merged ranges as spans."""

from __future__ import annotations

import datetime
import io
import json
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

from msgspec import structs

from govreports.documents.apart import limit, read_apart
from govreports.documents.model import Block, Cell, Content, Grid, Paragraph, UnreadableDocument
from govreports.documents.zipped import checked_archive
from govreports.issues import Issue

SHEET_LIMIT = 50
"""Sheets that are read; a report has one to four."""

CELL_LIMIT = 200_000
"""Cells of one sheet, from A1 to its last used cell: a thousand times the statutory tables."""

MEMORY_LIMIT = 2 << 30
"""Bytes for the child: a sheet whose last cell lies far away takes room for all cells before it."""

_PROSE = re.compile(r"[。；]|年度报告|^[一二三四五六七八九]、.{2,40}(?:情况|事项|措施)$")
_ENCRYPTED = b"PasswordError"
_NO_MEMORY = (b"memory allocation", b"MemoryError")
Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as the child writes it; ``rows`` is None where it has too many cells. Places count from 0."""

    name: str
    rows: list[list[str]] | None
    merged: dict[tuple[int, int], tuple[int, int]]


def parse(body: bytes) -> Content:
    """Read a workbook. Raises UnreadableDocument (``damaged``, ``encrypted``, ``too_large``, ``too_slow``)."""
    if find_spec("python_calamine") is None:
        raise ModuleNotFoundError("python_calamine", name="python_calamine")
    if body.startswith(b"PK"):
        checked_archive(body).close()
    written: dict[str, Any] = json.loads(read_apart(write_sheets, body, what="workbook", refusal=_refusal))
    sheets = [
        _Sheet(name, rows, {(top, left): (bottom, right) for top, left, bottom, right in merged})
        for name, rows, merged in written["sheets"]
    ]
    return _content(sheets, count=written["count"])


def _refusal(stderr: bytes) -> UnreadableDocument:
    if _ENCRYPTED in stderr:
        message = "The workbook is encrypted and opens only with a password: ask its publisher for an open one."
        return UnreadableDocument("encrypted", message)
    if any(word in stderr for word in _NO_MEMORY):
        message = "The workbook has cells very far apart and takes too much memory to be read: look at it by hand."
        return UnreadableDocument("too_large", message)
    return UnreadableDocument("damaged", "The workbook is cut short or broken: fetch it again.")


def write_sheets() -> None:
    """The child: a workbook on stdin, its visible sheets on stdout, as JSON."""
    import python_calamine as calamine

    limit(memory=MEMORY_LIMIT)
    sheets: list[tuple[str, list[list[str]] | None, list[tuple[int, ...]]]] = []
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as workbook:
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ is calamine.SheetTypeEnum.WorkSheet and sheet.visible is calamine.SheetVisibleEnum.Visible
        ]
        for name in names[:SHEET_LIMIT]:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > CELL_LIMIT:
                sheets.append((name, None, []))
                continue
            rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            sheets.append((name, rows, [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]))
    sys.stdout.write(json.dumps({"count": len(names), "sheets": sheets}))


def _content(sheets: Sequence[_Sheet], *, count: int) -> Content:
    blocks: list[Block] = []
    issues: list[Issue] = []
    if count > SHEET_LIMIT:
        message = f"The workbook has {count} sheets; only the first {SHEET_LIMIT} were read."
        issues.append(Issue("document_cut", "warning", message))
    for sheet in sheets:
        if sheet.rows is None:
            message = f"The sheet “{sheet.name}” has more than {CELL_LIMIT:,} cells and was left out."
            issues.append(Issue("table_too_large", "error", message))
            continue
        tables = sum(isinstance(block, Grid) for block in blocks)
        blocks.extend(_blocks(sheet.rows, sheet.merged, grids_before=tables))
    return Content(tuple(blocks), issues=tuple(issues))


def _blocks(
    rows: Sequence[list[str]], ends: dict[tuple[int, int], tuple[int, int]], *, grids_before: int
) -> Iterator[Block]:
    """A sheet's tables; lines of text between them (titles, section headings) become paragraphs."""
    width = max(map(len, rows), default=0)
    hidden = {
        (row, column)
        for (top, left), (bottom, right) in ends.items()
        for row in range(top, min(bottom, len(rows) - 1) + 1)
        for column in range(left, min(right, width - 1) + 1)
    } - set(ends)
    run: list[tuple[int, list[str]]] = []
    number = grids_before
    for index, row in enumerate([*rows, None]):
        line = _line(row) if row is not None else ""
        if line is None and row is not None:
            run.append((index, row))
            continue
        if any(text for _, texts in run for text in texts):
            number += 1
            yield _grid(run, ends, hidden, width=width, number=number)
        run = []
        if line:
            yield Paragraph(line)


def _line(row: list[str]) -> str | None:
    """The text of a row that holds one line of text and is no row of a table."""
    texts = [text for text in row if text]
    if len(texts) != 1 or not row[0]:
        return None
    return texts[0] if _PROSE.search(texts[0]) else None


def _grid(
    run: list[tuple[int, list[str]]],
    ends: dict[tuple[int, int], tuple[int, int]],
    hidden: set[tuple[int, int]],
    *,
    width: int,
    number: int,
) -> Grid:
    first, last = run[0][0], run[-1][0]
    rows: list[tuple[Cell, ...]] = []
    for index, texts in run:
        cells: list[Cell] = []
        for column, text in enumerate(texts):
            if (index, column) in hidden:
                continue
            bottom, right = ends.get((index, column), (index, column))
            cells.append(
                Cell(
                    text,
                    index - first + 1,
                    column + 1,
                    min(bottom, last) - index + 1,
                    min(right, width - 1) - column + 1,
                )
            )
        rows.append(tuple(cells))
    return _own_columns(rows, number=number)


def _own_columns(rows: list[tuple[Cell, ...]], *, number: int) -> Grid:
    """The table with the columns that it uses itself: tables below each other share a sheet's columns by merging."""
    used = max((cell.column for row in rows for cell in row if cell.text), default=1)
    starts = sorted({cell.column for row in rows for cell in row if cell.column <= used})
    place = {column: index for index, column in enumerate(starts, 1)}
    moved = tuple(
        tuple(
            structs.replace(
                cell,
                column=place[cell.column],
                column_span=bisect_left(starts, cell.column + cell.column_span) - place[cell.column] + 1,
            )
            for cell in row
            if cell.column <= used
        )
        for row in rows
    )
    return Grid(number, moved, len(starts))


def _text(value: Value) -> str:
    """A cell as Excel shows it under its general format: at most 15 significant digits."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return " ".join(str(value).split())
