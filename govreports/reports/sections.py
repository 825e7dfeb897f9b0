"""The numbered sections of a report with their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from govreports.documents.model import Block, Grid
from govreports.reports.data import load_toml
from govreports.reports.model import Section

_NUMERALS = "一二三四五六七八九十"
_HEADING = re.compile(rf"(?:第?([{_NUMERALS}])(?:部分)?)\s*[、.．,，:：\s]\s*(.+)", re.DOTALL)
_LONGEST_HEADING = 45
_SENTENCE_END = ("。", "；", ";", "！")


@lru_cache(maxsize=1)
def _words() -> dict[int, tuple[str, ...]]:
    return {int(number): tuple(words) for number, words in load_toml("sections.toml")["headings"].items()}


@lru_cache(maxsize=1)
def _footers() -> tuple[str, ...]:
    return tuple(load_toml("sections.toml")["footer"]["begins"])


def is_footer(text: str) -> bool:
    """True for what follows a report on its page."""
    return text.startswith(_footers())


@lru_cache(maxsize=1024)
def section_heading(text: str, *, expected: int | None = None) -> tuple[int, str, str] | None:
    """Number, heading and the text behind it on the same line; None when the line is no section heading.

    ``expected`` is the number that would follow the last one: a heading in words that this room does not know counts
    only there.
    """
    match = _HEADING.match(text.strip())
    if match is None:
        return None
    number = _NUMERALS.index(match.group(1)) + 1
    words = match.group(2).strip()
    known = any(word in words[:_LONGEST_HEADING] for word in _words().get(number, ()))
    if len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END):
        return (number, text.strip(), "") if known or number == expected else None
    for word in _words().get(number, ()):
        # Heading and first sentence run together: 一、总体情况 2023年，…
        title, found, rest = words.partition(word)
        if found and len(title) < 12:
            tail = re.match(r"[政府信息公开申请行诉讼、，和及被提起工作措施方面的主要存在改进报告事项情况]*", rest)
            cut = tail.end() if tail else 0
            return number, text.strip()[: len(text.strip()) - len(rest) + cut], rest[cut:].lstrip("：:。 ")
    return None


def read_sections(blocks: Sequence[Block], clean: Callable[[str], str]) -> tuple[Section, ...]:
    """The sections in the order of their numbers, each with the text up to the next heading."""
    found: list[tuple[int, str, list[str]]] = []
    for block in blocks:
        if isinstance(block, Grid):
            continue
        text = clean(block.text)
        heading = section_heading(text, expected=found[-1][0] + 1 if found else 1)
        if heading is not None:
            number, title, rest = heading
            found.append((number, title, [rest] if rest else []))
        elif found:
            if is_footer(text):
                break
            found[-1][2].append(text)
    best: dict[int, Section] = {}
    for number, title, lines in found:
        section = Section(number, "".join(title.split()), "\n".join(lines))
        # A table of contents repeats the headings without their text.
        if number not in best or len(section.text) > len(best[number].text):
            best[number] = section
    return tuple(best[number] for number in sorted(best))
