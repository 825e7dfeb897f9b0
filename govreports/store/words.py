"""Text → words of a search index, for a language that prints none: pairs of neighbouring characters.

SQLite's trigram tokenizer finds nothing shorter than three characters, and most Chinese words have two. Here a run of
Chinese characters becomes its pairs, and its last character once more by itself:

    行政复议 2024 → 行政 政复 复议 议 2024

So a query of two characters is one word of the index, a longer one a phrase, and a single character the beginning of a
word. Nothing is guessed about where words end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_HAN: Final = "々〇㐀-鿿豈-﫿\U00020000-\U0003ffff"
_RUN: Final = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")
_IS_HAN: Final = re.compile(f"[{_HAN}]")
_LONGEST_QUERY: Final = 200
"""Characters of a query that are heeded."""


def index_words(text: str) -> str:
    """The words of a text with blanks between, as the index takes them."""
    found: list[str] = []
    for run in _runs(text):
        found += _pairs(run, last=True)
    return " ".join(found)


def search_terms(query: str) -> list[str]:
    """What a query asks for, one entry a term: its parts between white space and punctuation, each of letters, digits
    and Chinese characters only.
    """
    normal = _normal(query[:_LONGEST_QUERY])
    return [match.group() for match in re.finditer(r"[^\W_]+", normal)]


def match_expression(query: str) -> str | None:
    """The FTS5 expression of a query: every term must be found, each as a phrase. None for a query without any term."""
    phrases = [_phrase(term) for term in search_terms(query)]
    return " AND ".join(phrases) or None


def _phrase(term: str) -> str:
    runs = list(_runs(term))
    words: list[str] = []
    for run in runs[:-1]:
        words += _pairs(run, last=True)
    words += _pairs(runs[-1], last=len(runs[-1]) == 1)
    begins = "*" if len(runs[-1]) == 1 and _IS_HAN.match(runs[-1]) else ""
    return f'"{" ".join(words)}"{begins}'


def _runs(text: str) -> Iterator[str]:
    return (match.group() for match in _RUN.finditer(_normal(text)))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pairs(run: str, *, last: bool) -> list[str]:
    if not _IS_HAN.match(run):
        return [run]
    pairs = [first + second for first, second in pairwise(run)]
    return [*pairs, run[-1]] if last else pairs
