"""Pages made anonymous, so that they may stand beside the tests: structure, labels and figures stay, prose is replaced.

It works on the source letter by letter and leaves all markup where it is, so that what makes a page difficult to read
stays in it. Whether it is still read alike is for the caller to see.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from govreports.reports.data import load_toml
from govreports.reports.explanation import Explanation
from govreports.reports.text import to_simplified
from govreports.spiders.single import is_address

_HAN: Final = re.compile("[㐀-鿿豈-﫿]")
_HAN_WORD: Final = re.compile("[㐀-鿿豈-﫿]{2,}")
_DATA: Final = (
    *("forms/proactive.toml", "forms/requests.toml", "forms/disputes.toml"),
    *("metadata.toml", "sections.toml", "titles.toml", "vocabulary.toml"),
)
"""The data by which a report is read: their words stay."""
_MARKUP: Final = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[/!?a-zA-Z][^>]*>|&[a-zA-Z]+;|&#\d+;|&#[xX][0-9a-fA-F]+;", re.DOTALL
)
_ENCODED: Final = re.compile(r"&#(?:(\d+)|[xX]([0-9a-fA-F]+));")
_LONG_NUMBER: Final = re.compile(r"\d{5,}|(?<!\d)0\d{2,3}(?=\s*[-－—]\s*\d)")
"""Numbers that may be somebody's: post codes, telephones with their area codes, codes of bodies; years are shorter."""
_DATE: Final = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_HOST: Final = re.compile(
    r"(?<=//)[\w-]+(?:\.[\w-]+)+(?::\d+)?|(?<![\w-])[\w-]+(?:\.[\w-]+)*\.gov\.cn(?::\d+)?", re.ASCII
)
_READING: Final = re.compile(r"[（(]\s*[a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]+\s*[)）]")

_SITE: Final = re.compile(r"([a-zA-Z][\w-]{2,62})\.gov\.cn", re.ASCII)
"""What a site calls itself, as it stands in the addresses of the page."""

OWN_HOST: Final = "www.example.gov.cn"
"""What the page's own host becomes; others become ``other.example.gov.cn``."""
_OTHER_HOST: Final = "other.example.gov.cn"
_MAIL_ADDRESS: Final = "x@example.gov.cn"
_INVENTED: Final = frozenset((OWN_HOST, _OTHER_HOST, "example.gov.cn"))


@dataclass(frozen=True, slots=True)
class _Words:
    letters: str
    kept: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads((files("govreports.debugging") / "disguise.toml").read_text("utf-8"))
    words = {*data["words"], *(word for name in _DATA for word in _words_in(load_toml(name)))}
    return _Words(data["letters"], frozenset(data["kept"]), frozenset(words))


def _words_in(data: Any) -> Iterator[str]:
    """Every Chinese word of two letters and more in a data file, patterns included."""
    if isinstance(data, str):
        yield from _HAN_WORD.findall(data)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _words_in(key)
            yield from _words_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from _words_in(value)


def _han(text: str) -> str:
    return "".join(_HAN.findall(text))


class Disguise:
    """Replaces what tells whose page it is.

    ``explanation`` says what of the page must stay as printed (labels and figures, misprinted ones above all),
    ``source`` is the page as text, ``url`` says which host is its own.
    """

    def __init__(self, explanation: Explanation | None, source: str, *, url: str) -> None:
        self._source = _ENCODED.sub(_decoded, source)
        cells = [use.cell.text for use in explanation.cells if use.table is not None] if explanation is not None else []
        self._protected = frozenset(_han(text) for text in cells) - {""}
        self._numbers = frozenset(number for text in cells for number in _LONG_NUMBER.findall(text))
        self._names = tuple(_distinctive(explanation)) if explanation is not None else ()
        self._host = urlsplit(url).netloc if is_address(url) else ""
        # Sites name themselves in paths and scripts, too.
        sites = {*_SITE.findall(self._source), *_SITE.findall(self._host)} - {"example"}
        self._sites = re.compile(
            "|".join(sorted(map(re.escape, sites), key=len, reverse=True)) or "(?!)", re.IGNORECASE
        )

    def page(self) -> str:
        """The source as that of a web page."""
        text = self._source
        pieces = list(_pieces(text))
        visible = [place for start, end, markup in pieces if not markup for place in range(start, end)]
        letters = self._replaced(text, visible)
        for start, end, markup in pieces:
            if markup:
                letters |= self._replaced(text, range(start, end))
        new = [letters.get(place, letter) for place, letter in enumerate(text)]
        return "".join(self._addresses("".join(new[start:end]), markup=markup) for start, end, markup in pieces)

    def plain(self) -> str:
        """The source as a text without markup."""
        text = self._source
        letters = self._replaced(text, range(len(text)))
        new = "".join(letters.get(place, letter) for place, letter in enumerate(text))
        return self._addresses(new, markup=False)

    def address(self, url: str) -> str:
        """The page's own address."""
        return self._without_sites(_HOST.sub(self._host_for, url)) if is_address(url) else "file:///page"

    def _replaced(self, text: str, places: Iterable[int]) -> dict[int, str]:
        """The new letters by their places. A word counts wherever white space or markup stands inside it."""
        own = [place for place in places if _HAN.match(text[place])]
        letters = "".join(text[place] for place in own)
        simplified = to_simplified(letters)
        compared = simplified if len(simplified) == len(letters) else letters
        kept = [letter in _words().kept for letter in compared]
        for word in _words().words:
            _set(kept, compared, word, True)
        for word in self._protected:
            _set(kept, letters, word, True)
        for name in self._names:
            _set(kept, compared, name, False)
        pool = _words().letters
        return {
            place: pool[ord(letter) % len(pool)]
            for place, letter, stays in zip(own, letters, kept, strict=True)
            if not stays
        }

    def _addresses(self, piece: str, *, markup: bool) -> str:
        piece = _MAIL.sub(_MAIL_ADDRESS, piece)
        piece = _HOST.sub(self._host_for, piece.replace(self._host, OWN_HOST) if self._host else piece)
        piece = self._without_sites(piece)
        if markup and not piece.lower().startswith("<meta"):
            return piece
        piece = _READING.sub("(jiǎ)", piece) if not markup else piece
        return _LONG_NUMBER.sub(self._number, piece)

    def _without_sites(self, text: str) -> str:
        return self._sites.sub("example", text)

    def _host_for(self, match: re.Match[str]) -> str:
        return match[0] if match[0] in _INVENTED else OWN_HOST if match[0] == self._host else _OTHER_HOST

    def _number(self, match: re.Match[str]) -> str:
        number = match[0]
        return number if number in self._numbers or _DATE.fullmatch(number) else "0" * len(number)


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Beginning and end of each run of text or markup, and whether it is markup."""
    at = 0
    for found in _MARKUP.finditer(text):
        if found.start() > at:
            yield at, found.start(), False
        yield found.start(), found.end(), True
        at = found.end()
    if at < len(text):
        yield at, len(text), False


def _decoded(match: re.Match[str]) -> str:
    """A Chinese letter that is written by its number."""
    letter = chr(int(match[1]) if match[1] else int(match[2], 16) & 0xFFFFF)
    return letter if _HAN.match(letter) else match[0]


def _set(kept: list[bool], letters: str, word: str, value: bool) -> None:
    at = letters.find(word)
    while at >= 0:
        kept[at : at + len(word)] = [value] * len(word)
        at = letters.find(word, at + 1)


def _distinctive(explanation: Explanation) -> Iterator[str]:
    """What of the publisher's name is its own: 张店 and 马尚 of 张店区人民政府马尚街道办事处."""
    words = sorted((*_words().words, *_words().kept), key=len, reverse=True)
    parts: Sequence[str] = [_han(explanation.report.publisher or "")]
    for word in words:
        parts = [piece for part in parts for piece in part.split(word)]
    yield from (part for part in parts if len(part) > 1)
