"""Tables in Markdown, for the pages of the documentation that are made from the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that ends with a line break; each row has as many cells as the head."""
    lines = [head, ["---"] * len(head), *rows]
    # A bar inside a cell would end it, in code as well.
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """Text as code; nothing for no text."""
    return f"`{text}`" if text else ""
