"""How values lie in columns: moments, free text, exact figures and places, the same on SQLite and PostgreSQL.

Exact figures are kept as their decimal text (``3``, ``59237.2449``) in a TEXT column. Text is exact without a
limit on digits, keeps ``11.80`` apart from ``11.8``, costs one byte for the usual single digit, and both
engines turn it into a number in SQL with ``CAST(value AS NUMERIC)``, which the views do: PostgreSQL then
counts in exact decimals; SQLite in integers, and in the nearest double for amounts (right for up to 15
digits). A scaled integer would need a second column, a division per row and a bound; REAL would not be exact
at all.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import DateTime, Text
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from govreports.issues import Place

# 63 bits, so that a place is one signed integer; the views unpack it with shifts.
_COLUMN_BITS: Final = 12
_ROW_BITS: Final = 20
_TABLE_BITS: Final = 16
_PAGE_BITS: Final = 15
_ROW_SHIFT: Final = _COLUMN_BITS
_TABLE_SHIFT: Final = _ROW_SHIFT + _ROW_BITS
_PAGE_SHIFT: Final = _TABLE_SHIFT + _TABLE_BITS

# ISO 8601 in UTC with its Z: sorts as text, reads well in the sqlite3 shell, and says its zone.
_SQLITE_FORMAT: Final = "%(year)04d-%(month)02d-%(day)02dT%(hour)02d:%(minute)02d:%(second)02dZ"
_SQLITE_PATTERN: Final = r"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)Z"


class Moment(TypeDecorator[datetime]):
    """A point in time, to the second: aware UTC in Python, ISO text on SQLite, ``timestamptz`` on
    PostgreSQL.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(
                DATETIME(  # type: ignore[no-untyped-call]
                    storage_format=_SQLITE_FORMAT, regexp=_SQLITE_PATTERN
                )
            )
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value.isoformat()}")
        value = value.astimezone(UTC).replace(microsecond=0)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Figure(UserDefinedType[Any]):
    """A number that SQL counts with: NUMERIC. Whole numbers stay whole on both engines, and PostgreSQL keeps all
    decimals; what must be exact on SQLite as well is kept as text.
    """

    cache_ok = True

    def get_col_spec(self, **options: Any) -> str:
        return "NUMERIC"

    def bind_processor(self, dialect: Dialect) -> Any:
        def bind(value: int | Decimal | None) -> Any:
            # SQLite's driver takes no decimals; NUMERIC makes a number of the text.
            return to_text(value) if isinstance(value, Decimal) and dialect.name == "sqlite" else value

        return bind


class WebText(TypeDecorator[str]):
    """Text that came from outside: NUL and lone surrogates, which not every database holds, become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """``text`` with what a database cannot hold replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "�")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_text(value: int | Decimal) -> str:
    """The decimal text of an exact figure, never with an exponent. ValueError for NaN and infinities."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no figure that can be stored")
        return format(value, "f")
    return str(value)


def from_text(text: str) -> int | Decimal:
    """The figure that ``to_text`` wrote: an integer unless the text has a decimal point."""
    return Decimal(text) if "." in text else int(text)


def pack_place(place: Place | None) -> int | None:
    """Table, row, column and page as one integer; a part that is not known counts as 0.

    ValueError for a part that does not fit (over 65,535 tables, 1,048,575 rows, 4,095 columns, 32,767 pages).
    """
    if place is None:
        return None
    packed = 0
    for number, shift, bits in (
        (place.column, 0, _COLUMN_BITS),
        (place.row, _ROW_SHIFT, _ROW_BITS),
        (place.table, _TABLE_SHIFT, _TABLE_BITS),
        (place.page, _PAGE_SHIFT, _PAGE_BITS),
    ):
        if number is not None:
            if not 0 < number < 1 << bits:
                raise ValueError(f"{place} does not fit into a stored place")
            packed |= number << shift
    return packed or None


def unpack_place(packed: int | None) -> Place | None:
    """The place that ``pack_place`` wrote."""
    if packed is None:
        return None

    def part(shift: int, bits: int) -> int | None:
        return (packed >> shift) & ((1 << bits) - 1) or None

    return Place(
        table=part(_TABLE_SHIFT, _TABLE_BITS),
        row=part(_ROW_SHIFT, _ROW_BITS),
        column=part(0, _COLUMN_BITS),
        page=part(_PAGE_SHIFT, _PAGE_BITS),
    )
