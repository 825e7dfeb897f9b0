"""Reports in prose: their text, and the numbers in it that may be figures of indicators.

Before 2014 no table was asked for, and many small bodies printed none until 2018. What stands in a sentence is never
taken for a figure of the report: it is a candidate, kept with its sentence for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from govreports.documents.model import Block, Paragraph
from govreports.reports.data import load_toml
from govreports.reports.model import Candidate, Section
from govreports.reports.numbers import parse_value
from govreports.reports.sections import is_footer
from govreports.reports.text import folded

FIRST_STATUTORY_YEAR: Final = 2019
"""Since then every body owes the statutory tables; a report without them lacks something."""

_NUMBER: Final = r"(?<![\d.,约近超逾])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_SENTENCES: Final = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]?")
_SPACED_DIGITS: Final = re.compile(r"(?<=\d)\s+(?=\d)")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load_toml("forms/narrative.toml")
    gap: str = data["gap"]
    return tuple(
        (entry["row"], re.compile(entry["pattern"].replace("GAP", gap).replace("NUMBER", _NUMBER)))
        for entry in data["patterns"]
    )


def find_candidates(sections: Sequence[Section]) -> tuple[Candidate, ...]:
    """The numbers that sentences of the text give for indicators, in the order of the text."""
    return tuple(
        candidate
        for section in sections
        for sentence in _SENTENCES.findall(section.text)
        for candidate in _of_sentence(sentence.strip(), section.number)
    )


def _of_sentence(sentence: str, section: int) -> Iterator[Candidate]:
    # Two numbers with a space between must not become one.
    text = folded(_SPACED_DIGITS.sub("|", sentence))
    claimed: dict[int, Candidate] = {}
    for row, pattern in _patterns():
        for match in pattern.finditer(text):
            read = parse_value(f"{match['number']}{match['unit']}", money=True)
            if read.value is not None:
                raw = f"{match['number']}{match['unit']}"
                found = Candidate(row, read.value, raw, match["unit"], sentence, section)
                claimed.setdefault(match.start("number"), found)
    yield from (claimed[start] for start in sorted(claimed))


def prose_section(blocks: Sequence[Block], title: str | None, clean: Callable[[str], str]) -> Section | None:
    """The text of a report that has no numbered sections, as one of number 0: from its first sentence behind the title
    to what follows it on the page. None where there is no sentence.
    """
    lines = [clean(block.text) for block in blocks if isinstance(block, Paragraph)]
    wanted = folded(title or "")
    begin = next((index + 1 for index, line in enumerate(lines) if wanted and folded(line) == wanted), 0)
    kept: list[str] = []
    for line in lines[begin:]:
        if kept and is_footer(line):
            break
        if kept or "。" in line:
            kept.append(line)
    return Section(0, "", "\n".join(kept)) if kept else None
