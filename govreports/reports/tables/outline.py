"""Where a line of a list stands: the headings above it, by the form where it has the line, else by its numbering."""

from __future__ import annotations

from dataclasses import dataclass, field

from govreports.reports.forms import Form, Row
from govreports.reports.indicator_labels import Style, ancestors, numbered

_USUAL_DEPTHS: dict[Style, int] = {"chapter": 1, "section": 2, "item": 3, "part": 4}


@dataclass(slots=True, eq=False)
class Entry:
    """An open line: others may stand under it."""

    depth: int
    label: str
    code: str | None
    is_heading: bool = False
    """True for a line of a body's own that holds no figure."""


@dataclass(slots=True)
class Outline:
    """The open lines while a list is read from top to bottom."""

    form: Form
    _open: list[Entry] = field(default_factory=list)
    _depths: dict[Style, int] = field(default_factory=lambda: dict(_USUAL_DEPTHS))
    _last: tuple[int, Style] = (1, "")
    _nested: dict[int, int] = field(default_factory=dict)
    """Column of labels → depth of the last line that began there."""

    @property
    def codes(self) -> set[str]:
        """The form's rows among the open lines."""
        return {entry.code for entry in self._open if entry.code is not None}

    def above(self, text: str, nested: int) -> tuple[Entry, ...]:
        """The lines that a line of a body's own would stand under, outermost first."""
        depth = self._depth(numbered(text)[0], nested)
        return tuple(entry for entry in self._open if entry.depth < depth)

    def enter_known(self, row: Row, text: str, nested: int) -> None:
        """Go on to a line that the form has; where it stands is known, whatever was read before."""
        parents = ancestors(self.form, row)
        self._open = [Entry(depth, parent.label, parent.code) for depth, parent in enumerate(parents, 1)]
        self._enter(Entry(len(parents) + 1, row.label, row.code), numbered(text)[0], nested)

    def enter_local(self, text: str, nested: int) -> Entry:
        """Go on to a line that the form does not have."""
        style, label = numbered(text)
        depth = self._depth(style, nested)
        self._open = [entry for entry in self._open if entry.depth < depth]
        entry = Entry(depth, label, None)
        self._enter(entry, style, nested)
        return entry

    def _enter(self, entry: Entry, style: Style, nested: int) -> None:
        self._open.append(entry)
        # What a numbering means, the lines of the form tell: below 其中 a plain 2. is deeper than elsewhere.
        self._depths[style] = entry.depth
        self._last = entry.depth, style
        self._nested[nested] = entry.depth

    def _depth(self, style: Style, nested: int) -> int:
        depth, last_style = self._last
        if style == "among":
            return depth if last_style == "among" else depth + 1
        if style:
            return self._depths[style]
        if nested and nested - 1 in self._nested:
            return self._nested[nested - 1] + 1
        return self._nested.get(nested, depth)
