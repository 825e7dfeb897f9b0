"""XLSX: one workbook with a sheet a view, for people who look and sort. Needs XlsxWriter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from govreports.store.dictionary import Column, View
from govreports.store.snapshot import Rows

_LINES: Final = 1_048_576
"""Rows of a sheet, the three of its head included."""
_HEAD: Final = 3
_LONGEST: Final = 32_767
"""Characters of a cell."""
_EXACT_DIGITS: Final = 15
"""Digits that a spreadsheet's numbers hold for sure."""
_WIDTHS: Final = {"string": 24, "datetime": 20}


class Workbook:
    """A workbook under way; rows go to disk as they come."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.notes: list[str] = []
        """What a reader of the workbook should know, as sentences."""
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # Rows on their way lie beside the file, and go with its folder after a kill.
            "tmpdir": str(file.parent),
        }
        self._book = xlsxwriter.Workbook(str(file), options)
        self._bold = self._book.add_format({"bold": True})
        self._grey = self._book.add_format({"font_color": "#666666"})

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def add_text(self, name: str, lines: list[str]) -> None:
        """A sheet of plain lines."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 120)
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, line)

    def add(self, view: View, rows: int, parts: Callable[[], Iterator[Rows]]) -> None:
        """A sheet of a view: names, Chinese and English labels with units above, frozen. A view with more rows than a
        sheet holds is left out, and a note says so.
        """
        if rows > _LINES - _HEAD:
            self.notes.append(f"{view.name} has {rows:,} rows, more than a sheet holds; take it from another format.")
            return
        sheet = self._book.add_worksheet(view.name)
        sheet.freeze_panes(_HEAD, 1)
        for place, column in enumerate(view.columns):
            sheet.set_column(place, place, _WIDTHS.get(column.type, 12))
        writes = [self._write_of(column) for column in view.columns]
        for place, column in enumerate(view.columns):
            sheet.write_string(0, place, column.name, self._bold)
        for line, texts in enumerate((_labels(view), _english(view)), 1):
            for place, text in enumerate(texts):
                sheet.write_string(line, place, text, self._grey)
        line = _HEAD
        cut = 0
        for part in parts():
            for row in part:
                for place, (value, write) in enumerate(zip(row, writes, strict=True)):
                    if value is not None:
                        cut += write(sheet, line, place, value)
                line += 1
        if cut:
            self.notes.append(
                f"{view.name}: {cut} texts are longer than a cell holds and were cut; see another format."
            )

    def _write_of(self, column: Column) -> Callable[[Any, int, int, Any], bool]:
        if column.type == "figure":
            return _write_figure
        if column.type in ("integer", "number"):
            return _write_number
        return _write_boolean if column.type == "boolean" else _write_text


def _labels(view: View) -> list[str]:
    return [f"{column.label}（{column.unit}）" if column.unit else column.label for column in view.columns]


def _english(view: View) -> list[str]:
    return [f"{column.label_en} [{column.unit}]" if column.unit else column.label_en for column in view.columns]


def _write_text(sheet: Any, line: int, place: int, value: str) -> bool:
    sheet.write_string(line, place, value[:_LONGEST])
    return len(value) > _LONGEST


def _write_number(sheet: Any, line: int, place: int, value: float) -> bool:
    sheet.write_number(line, place, value)
    return False


def _write_boolean(sheet: Any, line: int, place: int, value: bool) -> bool:
    sheet.write_boolean(line, place, value)
    return False


def _write_figure(sheet: Any, line: int, place: int, value: int | Decimal) -> bool:
    # A number with more digits than a spreadsheet's would come out as another one: it goes in as text.
    if len(Decimal(value).as_tuple().digits) > _EXACT_DIGITS:
        sheet.write_string(line, place, format(value, "f") if isinstance(value, Decimal) else str(value))
    else:
        sheet.write_number(line, place, value)
    return False
