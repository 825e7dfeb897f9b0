"""The metadata block: labels and values in whatever layout the portal draws them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govreports.documents.model import Block, Grid, Paragraph
from govreports.reports.data import load_toml
from govreports.reports.model import MetadataEntry

_COLON = "：:"
_LONGEST_LINE = 300
_LONGEST_VALUE = 200
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class _Labels:
    fields: dict[str, str]
    weak: frozenset[str]
    initials: frozenset[str]
    line: re.Pattern[str]
    unfilled: frozenset[str]
    unfilled_patterns: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _labels() -> _Labels:
    data = load_toml("metadata.toml")
    fields: dict[str, str] = {}
    weak: set[str] = set()
    for name, entry in data["fields"].items():
        fields.update(dict.fromkeys(map(str.lower, entry["labels"]), name))
        fields.update(dict.fromkeys(entry.get("weak", []), name))
        weak.update(entry.get("weak", []))
    fields.update(dict.fromkeys(data["other"]["labels"], ""))
    names = sorted(fields, key=len, reverse=True)
    spaced = "|".join(r"\s*".join(map(re.escape, name)) for name in names)
    return _Labels(
        fields=fields,
        weak=frozenset(weak),
        initials=frozenset(name[0] for name in fields),
        line=re.compile(rf"(?<![㐀-鿿\w/])({spaced})(?:\s*[{_COLON}]\s*|(?=\s|$))", re.IGNORECASE),
        unfilled=frozenset(data["unfilled"]["values"]),
        unfilled_patterns=tuple(map(re.compile, data["unfilled"]["patterns"])),
    )


def _label_of(text: str) -> str | None:
    """The label that a whole cell is, compared without white space and colon."""
    if len(text) > 40:
        return None
    name = "".join(text.split()).rstrip(_COLON).lower()
    return name if name in _labels().fields else None


def label_field(text: str) -> str | None:
    """The field that a label of the metadata block names; None for any other text, and for labels without a field."""
    name = _label_of(text)
    return _labels().fields[name] or None if name is not None else None


def labels_of_field(field: str) -> list[str]:
    """The labels by which a field is known, as the data has them."""
    return [label for label, named in _labels().fields.items() if named == field]


def is_unfilled(value: str) -> bool:
    """True for what stands where nothing was filled in: 无文号, 〔〕号, ${title}, 请选择."""
    plain = "".join(value.split())
    labels = _labels()
    return (
        not plain
        or plain.lower() in labels.unfilled
        or plain in labels.fields
        or any(pattern.search(plain) for pattern in labels.unfilled_patterns)
    )


def parse_date(text: str) -> str | None:
    """The first calendar date in the text, ISO; None when there is none or it does not exist."""
    plain = unicodedata.normalize("NFKC", text)
    for pattern in (_DATE, _COMPACT_DATE):
        for match in pattern.finditer(plain):
            try:
                return datetime.date(*map(int, match.groups())).isoformat()
            except ValueError:
                continue
    return None


def read_metadata(blocks: Sequence[Block], clean: Callable[[str], str]) -> tuple[MetadataEntry, ...]:
    """Scan blocks for label and value pairs.

    A cell that is a label takes the rest of its cell, else the next cell, else, where the row is one of labels, the
    cell below. A line of text may hold several pairs; a label alone on its line takes the next line.
    """
    entries = list(_entries(blocks, clean))
    kept: dict[tuple[str, str], MetadataEntry] = {}
    for entry in entries:
        kept.setdefault((entry.label, entry.raw), entry)
    return tuple(kept.values())


def listed_metadata(listed: Mapping[str, str]) -> tuple[MetadataEntry, ...]:
    """What a portal's list said of a document, as label → value; labels that this room does not know stay out."""
    names = ((_label_of(label), value) for label, value in listed.items())
    return tuple(_entry(name, value) for name, value in names if name is not None)


def _entries(blocks: Sequence[Block], clean: Callable[[str], str]) -> Iterator[MetadataEntry]:
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            yield from _grid_entries(block, clean)
        else:
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            text = clean(block.text).lstrip("•·●▪◆ \t")
            if text[:1].lower() in _labels().initials or "：" in text or ":" in text:
                yield from _line_entries(text, after, clean)


def _entry(label: str, raw: str) -> MetadataEntry:
    field = _labels().fields[label] or None
    value = " ".join(raw.split())[:_LONGEST_VALUE] or None
    if value is not None and is_unfilled(value):
        value = None
    if field in ("issued_on", "published_on"):
        value = parse_date(value or "")
    elif field == "index_number" and value is not None:
        value = normal_index_number(value)
    elif field == "title" and value is not None:
        value = "".join(value.split())
    return MetadataEntry(label, field, value, raw)


def normal_index_number(value: str) -> str:
    """An index number without white space, its separators in one form: ``113703…346/2024-5424910``."""
    plain = "".join(unicodedata.normalize("NFKC", value).split())
    for dash in "－—–−":
        plain = plain.replace(dash, "-")
    return plain


def _grid_entries(grid: Grid, clean: Callable[[str], str]) -> Iterator[MetadataEntry]:
    rows = [[(cell, clean(cell.text)) for cell in row] for row in grid.rows]
    for number, row in enumerate(rows):
        names = [_label_of(text) for _, text in row]
        filled = [name for name, (_, text) in zip(names, row, strict=True) if text]
        labels = sum(name is not None for name in filled)
        if labels > 1 and 2 * labels > len(filled) and number + 1 < len(rows):
            below = {cell.column: text for cell, text in rows[number + 1]}
            if not any(_label_of(text) for text in below.values()):
                for (cell, _), name in zip(row, names, strict=True):
                    if name is not None:
                        yield _entry(name, below.get(cell.column, ""))
                continue
        for index, ((_, text), name) in enumerate(zip(row, names, strict=True)):
            if name is not None:
                follows = row[index + 1][1] if index + 1 < len(row) and names[index + 1] is None else ""
                yield _entry(name, follows)
            elif text and len(text) < _LONGEST_LINE:
                yield from _pairs(text, colon_needed=True)


def _line_entries(text: str, after: Block | None, clean: Callable[[str], str]) -> Iterator[MetadataEntry]:
    """The entries of a line that begins with what may be a label, or holds a colon."""
    if len(text) > _LONGEST_LINE or text[:1].lower() not in _labels().initials:
        yield from _pairs(text, colon_needed=True)
        return
    name = _label_of(text)
    if name is None:
        yield from _pairs(text, colon_needed=not _begins_with_spaced_label(text))
        return
    value = clean(after.text).lstrip("•·●▪◆ \t") if isinstance(after, Paragraph) else ""
    if len(value) > _LONGEST_VALUE or any(True for _ in _pairs(value, colon_needed=True)) or _label_of(value):
        value = ""
    yield _entry(name, value)


def _begins_with_spaced_label(text: str) -> bool:
    """True for blocks that set label and value apart by white space only: 索 引 号 003110926/201510-00216."""
    match = _labels().line.match(text)
    if match is None or match.group(0).rstrip().endswith(tuple(_COLON)):
        return False
    name = "".join(match.group(1).split())
    return _labels().fields.get(name.lower(), "") in ("index_number", "publisher", "document_number", "title")


def _pairs(text: str, *, colon_needed: bool) -> Iterator[MetadataEntry]:
    """The pairs of one line: ``发布日期：… 发布机构：…``."""
    if colon_needed and not any(colon in text for colon in _COLON):
        return
    if len(text) > _LONGEST_LINE:
        return
    matches = [
        match
        for match in _labels().line.finditer(text)
        if not colon_needed or match.group(0).rstrip().endswith(tuple(_COLON))
    ]
    if not matches or len(text[: matches[0].start()].strip()) > _LONGEST_VALUE // 2:
        return
    ends: Iterable[int] = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=True):
        yield _entry("".join(match.group(1).split()).lower(), text[match.end() : end].strip())


def is_weak(entry: MetadataEntry) -> bool:
    """True for labels that name the field only where nothing better does (来源, 时间)."""
    return entry.label in _labels().weak


def first_value(entries: Iterable[MetadataEntry], field: str, *, weak: bool = False) -> str | None:
    """The first filled value of a field."""
    return next(
        (entry.value for entry in entries if entry.field == field and entry.value and is_weak(entry) == weak), None
    )
