"""Parquet: a file a view, with labels in the fields' metadata and figures as exact decimals. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation, localcontext
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from govreports.store.dictionary import Column, View
from govreports.store.snapshot import Rows

_DIGITS: Final = 38
_DECIMALS: Final = 10
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
            arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return file, unfit


def _field(column: Column) -> pa.Field:
    described = {"title": column.label, "title_en": column.label_en, "unit": column.unit or ""}
    return pa.field(column.name, _TYPES[column.type], metadata=described)


def _decimals(values: list[Any]) -> tuple[list[Decimal | None], int]:
    found: list[Decimal | None] = []
    lost = 0
    for value in values:
        exact = None if value is None else _fitting(Decimal(value))
        lost += value is not None and exact is None
        found.append(exact)
    return found, lost


def _fitting(value: Decimal) -> Decimal | None:
    with localcontext(prec=_DIGITS) as context:
        try:
            fitted = value.quantize(Decimal(1).scaleb(-_DECIMALS), context=context)
        except InvalidOperation:
            return None
    return fitted if fitted == value else None
