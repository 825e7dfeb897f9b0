"""CSV and JSON Lines: a file a view, UTF-8, figures digit for digit."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec

from govreports.store.dictionary import View
from govreports.store.snapshot import Rows

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""Spreadsheets in Chinese and Japanese take the wide signs for the others."""
_HARMLESS: Final = re.compile(r"[-+＋－]?\d+(?:[.．]\d+)?|[-+＋－]+")
"""Plain numbers, and the strokes that stand for "does not apply"."""


def safe_text(text: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe goes in front of what would be one."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def write_csv(view: View, parts: Iterator[Rows], folder: Path, *, bom: bool = False) -> Path:
    """Write a view with its names in the first line; NULL is an empty field. ``bom`` is for Excel."""
    file = folder / f"{view.name}.csv"
    texts = [place for place, column in enumerate(view.columns) if column.type == "string"]
    changes: list[tuple[int, Callable[[Any], str]]] = [(place, safe_text) for place in texts]
    for place, column in enumerate(view.columns):
        if column.type == "boolean":
            changes.append((place, lambda value: "true" if value else "false"))
        elif column.type == "figure":
            changes.append((place, _plain))
    with file.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([column.name for column in view.columns])
        for part in parts:
            for found in part:
                row = list(found)
                for place, change in changes:
                    if row[place] is not None:
                        row[place] = change(row[place])
                writer.writerow(row)
    return file


def write_jsonl(view: View, parts: Iterator[Rows], folder: Path) -> Path:
    """Write a view as one object a line; NULL is null."""
    file = folder / f"{view.name}.jsonl"
    names = [column.name for column in view.columns]
    encoder = msgspec.json.Encoder(decimal_format="number")
    with file.open("wb") as opened:
        for part in parts:
            opened.write(encoder.encode_lines([dict(zip(names, row, strict=True)) for row in part]))
    return file


def _plain(value: int | Decimal) -> str:
    # Never with an exponent.
    return format(value, "f") if isinstance(value, Decimal) else str(value)
