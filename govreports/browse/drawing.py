"""Charts as SVG, drawn here: no script, no style but by class, readable by a screen reader through its title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

_WIDTH: Final = 640
_BAR_HEIGHT: Final = 220
_ROW: Final = 30
_GRID_ROW: Final = 22
_LABELS: Final = 110
_STEPS: Final = 5
"""Shades of the grid."""


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: 0 to 1, how it is called, and the class that colours it."""

    share: float
    name: str
    css: str


def bars(values: Sequence[tuple[str, float, str]], *, title: str) -> Markup:
    """A bar a value: label beneath, height, and what is written on top."""
    highest = max((value for _, value, _ in values), default=0) or 1
    step = (_WIDTH - 20) / max(len(values), 1)
    width = min(step * 0.7, 72)
    parts = []
    for place, (label, value, note) in enumerate(values):
        middle = 10 + step * (place + 0.5)
        height = (_BAR_HEIGHT - 50) * value / highest
        top = _BAR_HEIGHT - 24 - height
        parts.append(
            Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                _px(middle - width / 2), _px(top), _px(width), _px(height), f"{label}: {note}"
            )
        )
        parts.append(_text(middle, top - 5, note, "note"))
        parts.append(_text(middle, _BAR_HEIGHT - 8, label, "label"))
    axis = Markup('<line class="axis" x1="10" x2="{}" y1="{}" y2="{}"/>').format(
        _WIDTH - 10, _BAR_HEIGHT - 24, _BAR_HEIGHT - 24
    )
    return _svg(_WIDTH, _BAR_HEIGHT, title, [*parts, axis])


def shares(rows: Sequence[tuple[str, Sequence[Share]]], *, title: str) -> Markup:
    """A horizontal bar a row, divided into its parts."""
    left, width = 60, _WIDTH - 70
    parts = []
    for place, (label, row) in enumerate(rows):
        top = place * _ROW + 4
        parts.append(_text(left - 8, top + 16, label, "label end"))
        start = float(left)
        # Where the parts are more than the total that is printed, they fill the bar all the same.
        whole = max(sum(share.share for share in row), 1)
        for share in row:
            length = width * share.share / whole
            parts.append(
                Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                    share.css, _px(start), top, _px(length), _ROW - 8, f"{label} {share.name}: {share.share:.1%}"
                )
            )
            if length > 42:
                parts.append(_text(start + length / 2, top + 15, f"{share.share:.0%}", "inside"))
            start += length
    return _svg(_WIDTH, len(rows) * _ROW + 4, title, parts)


def grid(rows: Sequence[tuple[str, Mapping[int, int]]], years: Sequence[int], *, title: str) -> Markup:
    """A row a province, a column a year, darker where there are more."""
    highest = max((count for _, counts in rows for count in counts.values()), default=0) or 1
    step = (_WIDTH - _LABELS - 10) / max(len(years), 1)
    parts = [_text(_LABELS + step * (place + 0.5), 16, str(year), "label") for place, year in enumerate(years)]
    for line, (label, counts) in enumerate(rows):
        top = 24 + line * _GRID_ROW
        parts.append(_text(_LABELS - 8, top + 15, label, "label end"))
        for place, year in enumerate(years):
            count = counts.get(year, 0)
            shade = 0 if count == 0 else 1 + min(int(_STEPS * count / highest), _STEPS - 1)
            parts.append(
                Markup('<rect class="shade{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                    shade,
                    _px(_LABELS + step * place + 1),
                    top + 1,
                    _px(step - 2),
                    _GRID_ROW - 2,
                    f"{label} {year}: {count}",
                )
            )
            css = "inside" if shade > 2 else "note"
            parts.append(_text(_LABELS + step * (place + 0.5), top + 15, str(count) if count else "·", css))
    return _svg(_WIDTH, 28 + len(rows) * _GRID_ROW, title, parts)


def _svg(width: int, height: int, title: str, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>').format(
        width, height, title, Markup("").join(parts)
    )


def _text(x: float, y: float, text: str, css: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(css, _px(x), _px(y), text)


def _px(number: float) -> str:
    return f"{number:.1f}"
