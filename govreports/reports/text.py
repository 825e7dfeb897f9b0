"""Text as printed → text to compare and keep: pinyin glosses, Traditional characters, labels.

Traditional pages with readings in parentheses are copies made by machine; they are read because people collected
them, and turned back once per document (``TextCleaner``). Labels are compared by ``label_key``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import opencc

from govreports.reports.data import load_toml

_HAN = "㐀-鿿豈-﫿"
_TONED_LETTERS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_TONED_GLOSS = re.compile(rf"(?<=[{_HAN}])[（(]\s*[a-zü]{{0,5}}[{_TONED_LETTERS}][a-zü]{{0,5}}\s*[)）]")
_SYLLABLE = r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]{1,3}(?:ng|n|r)?"
_TONELESS_GLOSSES = re.compile(rf"(?<=[{_HAN}])(?:[（(]{_SYLLABLE}[)）])+")
_REPEATED_GLOSS = re.compile(rf"(?<=[{_HAN}])[（(]({_SYLLABLE})[)）][（(]\1[)）]")
_BETWEEN_GLOSSES = tuple(close + begin for close in ")）" for begin in "(（")
_REPEATED_GLOSSES_OF_A_PAGE = 3
"""A page shows the toneless variant when it repeats a reading at least this often: 政(zheng)(zheng)府."""

_INVISIBLE_CHARACTERS = frozenset(
    chr(number)
    for part in (range(0x200B, 0x2010), range(0x2028, 0x202F), range(0x2060, 0x2065), (0xFEFF, 0xAD))
    for number in part
)
_INVISIBLE = re.compile(f"[{''.join(sorted(_INVISIBLE_CHARACTERS))}]")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)
_DAMAGE = re.compile(
    rf"�|\?[{_TONED_LETTERS}a-zü]{{1,6}}\)|ㄟ\^|⒐_|(?<=[{_HAN}])\?\?(?=[{_HAN}])|锟斤拷|æ”¿|åºœ|鏀垮簻"
)
_DAMAGED = frozenset("�?ㄟ⒐锟æå鏀")
"""The first characters of what ``_DAMAGE`` finds: few texts hold any of them."""

_TRADITIONAL_SHARE = 0.02
"""Share of Traditional characters from which a text counts as Traditional.

Simplified reports quote a name or a seal now and then; a Traditional page has about 0.3.
"""


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _dictionary(name: str) -> dict[str, str]:
    lines = (files(opencc) / "dictionary" / name).read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {source: targets.split(" ")[0] for source, targets in pairs}


@lru_cache(maxsize=1)
def _character_table() -> dict[int, str]:
    """OpenCC's own table of single characters; with it a conversion is one pass in C."""
    return {
        ord(source): target
        for source, target in _dictionary("TSCharacters.txt").items()
        if len(source) == 1 and source != target
    }


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """The phrases that OpenCC converts as a whole, where character by character would come out differently."""
    table = _character_table()
    phrases = (source for source, target in _dictionary("TSPhrases.txt").items() if source.translate(table) != target)
    return re.compile("|".join(sorted(map(re.escape, phrases), key=len, reverse=True)))


def to_simplified(text: str) -> str:
    """Traditional → Simplified as OpenCC's ``t2s`` does it."""
    if _phrases().search(text):
        return str(_converter().convert(text))
    return text.translate(_character_table())


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[str, str], ...]:
    data = load_toml("vocabulary.toml")
    return tuple((alias, word) for word, aliases in data["words"].items() for alias in aliases)


class TextCleaner:
    """Turns one document's text into Simplified text without glosses; decides once what the document needs."""

    def __init__(self, texts: Iterable[str]) -> None:
        whole = "\n".join(texts)
        characters = set(whole)
        self.toned = not characters.isdisjoint(_TONED_LETTERS)
        repeated = _REPEATED_GLOSS.findall(whole) if any(marks in whole for marks in _BETWEEN_GLOSSES) else []
        self.toneless = len(repeated) >= _REPEATED_GLOSSES_OF_A_PAGE
        self.traditional = not characters.isdisjoint(_traditional_characters()) and _is_traditional(whole)
        self.lossy = not characters.isdisjoint(_DAMAGED) and _DAMAGE.search(whole) is not None
        self._plain = not (self.toned or self.toneless or self.traditional)
        bookmark = "[" in characters and _BOOKMARK.search(whole) is not None
        self._untouched = self._plain and characters.isdisjoint(_INVISIBLE_CHARACTERS) and not bookmark
        self._known: dict[str, str] = {}

    def clean(self, text: str) -> str:
        """Simplified text without glosses, invisible characters and word processor residue."""
        if self._untouched:
            return text
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._cleaned(text)
        return known

    def _cleaned(self, text: str) -> str:
        if text.isascii() and "[" not in text:
            return text
        text = _INVISIBLE.sub("", text)
        if "[" in text:
            text = _BOOKMARK.sub("", text)
        if self._plain:
            return text
        if self.toned:
            text = _TONED_GLOSS.sub("", text)
        if self.toneless:
            text = _TONELESS_GLOSSES.sub("", text)
        if self.traditional:
            text = to_simplified(text)
            for alias, word in _vocabulary():
                text = text.replace(alias, word)
        return text


@lru_cache(maxsize=1)
def _traditional_characters() -> frozenset[str]:
    return frozenset(map(chr, _character_table()))


def _is_traditional(text: str) -> bool:
    traditional = _traditional_characters()
    return sum(character in traditional for character in text) > _TRADITIONAL_SHARE * len(text)


_NUMBERING = re.compile(
    r"(?:[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)\]、.,:]+|(?=\([一二三四五六七八九十\d])))+(?:\d{1,2}(?=[㐀-鿿]))?"
    r"|\d{1,2}(?=[㐀-鿿])"
)
_NOTE = re.compile(r"[(\[][^()\[\]]*(?:[)\]]|$)")
_NOT_LETTERS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Compatibility form (NFKC) without white space or invisible characters."""
    return "".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).split())


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """What two printings of one label have in common.

    NFKC, Simplified, without white space, leading numbering, notes in brackets and punctuation; the numbering or
    note stays when nothing else is printed.
    """
    text = to_simplified(folded(text)).replace("〔", "[").replace("〕", "]").replace("【", "[").replace("】", "]")
    unnumbered = text[match.end() :] if (match := _NUMBERING.match(text)) else text
    for candidate in (_NOTE.sub("", unnumbered), unnumbered, text):
        if key := _NOT_LETTERS.sub("", candidate):
            return key
    return ""
