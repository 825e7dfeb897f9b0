"""Parquet: a file a view, with labels in the fields' metadata and figures as exact decimals. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from govreports.store.dictionary import Column, View
from govreports.store.snapshot import Rows

_DIGITS: Final = 38
_DECIMALS: Final = 10
_LEAST_LARGE: Final = 2**63
_WIDE: Final = Context(prec=10_000)
"""Digits without end: to look at a figure must not round it."""
_TYPES: Final = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "figure": pa.decimal128(_DIGITS, _DECIMALS),
    "string": pa.string(),
    "boolean": pa.bool_(),
    "datetime": pa.timestamp("s", tz="UTC"),
}


def write_parquet(view: View, parts: Iterator[Rows], folder: Path) -> tuple[Path, int]:
    """Write a view. How many figures did not fit into decimals of 38 digits, 10 of them behind the point: they are
    null.
    """
    file = folder / f"{view.name}.parquet"
    schema = pa.schema([_field(column) for column in view.columns])
    unfit = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for part in parts:
            if not part:
                continue
            columns: list[Any] = [list(values) for values in zip(*part, strict=True)]
            for place, column in enumerate(view.columns):
                if column.type == "datetime":
                    columns[place] = [None if one is None else datetime.fromisoformat(one) for one in columns[place]]
                elif column.type == "figure":
                    columns[place], lost = _decimals(columns[place])
                    unfit += lost
            arrays = [
                values if isinstance(values, pa.Array) else pa.array(values, field.type)
                for values, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return file, unfit


def _field(column: Column) -> pa.Field:
    described = {"title": column.label, "title_en": column.label_en, "unit": column.unit or ""}
    return pa.field(column.name, _TYPES[column.type], metadata=described)


def _decimals(values: list[int | Decimal | None]) -> tuple[pa.Array, int]:
    """Figures as decimals, and how many did not fit."""
    if all(value is None or (isinstance(value, int) and abs(value) < _LEAST_LARGE) for value in values):
        # The usual column holds counts, and this is ten times as fast.
        return pa.array(values, pa.int64()).cast(_TYPES["figure"]), 0
    fitting = [None if value is None or not _fits(Decimal(value)) else Decimal(value) for value in values]
    lost = sum(value is not None and exact is None for value, exact in zip(values, fitting, strict=True))
    return pa.array(fitting, _TYPES["figure"]), lost


def _fits(value: Decimal) -> bool:
    """Whether a figure has at most 28 digits before its point and 10 behind, zeros at the end apart."""
    _, digits, exponent = value.normalize(_WIDE).as_tuple()
    assert isinstance(exponent, int)  # No infinity is ever stored.
    return exponent >= -_DECIMALS and len(digits) + exponent <= _DIGITS - _DECIMALS
