"""Object and array literals that a page's script holds, read without running it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy.http import TextResponse

# What is not closed goes on to the end, as in a browser: a search from each beginning would take for ever.
_SCRIPT = re.compile(r"<script\b[^<>]*>(.*?)(?:</script>|\Z)", re.IGNORECASE | re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<mark>[\[\]{}:,])|(?P<word>(?:(?!//|/\*)[^\s\[\]{}:,"'])+)""",
    re.DOTALL,
)
_DEEPEST = 60
_FAILURES = 20
"""Places where a literal should begin and none does: each is looked for up to the end of the script."""
_FURTHEST = 20_000
"""Characters between a key and the brace that opens its object."""
_KNOWN_WORDS = {"true": True, "false": False}


class NoLiteral(ValueError):
    """What stands there is no object or array literal, or one that does not end."""


def scripts_of(response: TextResponse) -> list[str]:
    """The text of every script element."""
    return _SCRIPT.findall(response.text)


def value_named(text: str, name: str) -> Any | None:
    """The object or array that ``name`` is first set to (``name: {…}``, ``name = […]``); None where none is."""
    places = re.finditer(rf"""(?<![\w$]){name}["']?\s*[:=]\s*(?=[\[{{])""", text)
    return next(_literals(text, (found.end() for found in places)), None)


def objects_with(text: str, key: str) -> Iterator[dict[str, Any]]:
    """Every object literal that has ``key`` among its own keys, in the order of the text."""
    places = re.finditer(rf"""(?<![\w$]){key}["']?\s*:""", text)
    for value in _literals(text, (_opening_brace(text, found.start()) for found in places)):
        if isinstance(value, dict) and key in value:
            yield value


def _literals(text: str, starts: Iterable[int | None]) -> Iterator[Any]:
    """What begins at these places, each once. Gives up where too often nothing does."""
    seen: set[int] = set()
    failed = 0
    for start in starts:
        if start in seen:
            continue
        try:
            if start is None:
                raise NoLiteral("no brace opens an object here")
            seen.add(start)
            yield literal_at(text, start)
        except NoLiteral:
            failed += 1
            if failed == _FAILURES:
                return


def literal_at(text: str, start: int) -> Any:
    """The literal that begins at ``start``. Keys may stand without quotes; an expression is read as None.

    Raises NoLiteral.
    """
    if text[start : start + 1] not in ("{", "["):
        raise NoLiteral("neither an object nor an array stands there")
    value, _ = _value(_tokens(text, start), 0)
    return value


def _opening_brace(text: str, before: int) -> int | None:
    depth = 0
    for place in range(before - 1, max(before - _FURTHEST, 0) - 1, -1):
        if text[place] == "}":
            depth += 1
        elif text[place] == "{":
            if depth == 0:
                return place
            depth -= 1
    return None


_Tokens = Iterator[tuple[str, str]]


def _tokens(text: str, start: int) -> _Tokens:
    place = start
    while (found := _TOKEN.match(text, place)) is not None:
        place = found.end()
        if found.lastgroup != "blank":
            yield str(found.lastgroup), found[0]


def _next(tokens: _Tokens) -> tuple[str, str]:
    try:
        return next(tokens)
    except StopIteration:
        raise NoLiteral("the literal does not end") from None


def _value(tokens: _Tokens, depth: int) -> tuple[Any, str]:
    """A value, and the comma or closing mark after it (empty after the outermost)."""
    if depth > _DEEPEST:
        raise NoLiteral("the literal is nested too deeply")
    kind, token = _next(tokens)
    value: Any = None
    if token == "{" and kind == "mark":
        value = _object(tokens, depth)
    elif token == "[" and kind == "mark":
        value = _array(tokens, depth)
    elif kind == "mark":
        if token in "]}," and depth:
            return None, token
        raise NoLiteral("no value stands there")
    else:
        value = _scalar(kind, token)
    if depth == 0:
        return value, ""
    open_calls = _calls(kind, token)
    end = _next(tokens)
    if not open_calls and end[0] == "mark" and end[1] in ",]}":
        return value, end[1]
    return None, _skip_expression(tokens, end, open_calls)


def _skip_expression(tokens: _Tokens, token: tuple[str, str], depth: int) -> str:
    """The mark that ends an expression such as ``$('#x').val()`` or a function."""
    while True:
        kind, text = token
        if kind == "mark" and depth == 0 and text in ",]}":
            return text
        depth += _calls(kind, text)
        if kind == "mark":
            depth += (text in "[{") - (text in "]}")
        token = _next(tokens)


def _calls(kind: str, token: str) -> int:
    """Brackets of calls that a word opens and leaves open."""
    return token.count("(") - token.count(")") if kind == "word" else 0


def _object(tokens: _Tokens, depth: int) -> dict[str, Any]:
    read: dict[str, Any] = {}
    while True:
        kind, token = _next(tokens)
        if (kind, token) == ("mark", "}"):
            return read
        if (kind, token) == ("mark", ","):
            continue
        if kind == "mark":
            raise NoLiteral("a key is missing")
        key = str(_scalar("string", token)) if kind == "string" else token
        if _next(tokens) != ("mark", ":"):
            raise NoLiteral(f"the key {key} has no value")
        read[key], end = _value(tokens, depth + 1)
        if end == "}":
            return read


def _array(tokens: _Tokens, depth: int) -> list[Any]:
    read: list[Any] = []
    end = ","
    while end == ",":
        value, end = _value(tokens, depth + 1)
        if value is not None:
            read.append(value)
    return read


def _scalar(kind: str, token: str) -> Any:
    if kind == "string":
        inner = token[1:-1]
        if token[0] == "'":
            inner = inner.replace("\\'", "'").replace('\\"', '"').replace('"', '\\"')
        try:
            return json.loads(f'"{inner}"', strict=False)
        except json.JSONDecodeError:
            return token[1:-1]
    if re.fullmatch(r"-?\d{1,18}", token):
        return int(token)
    return _KNOWN_WORDS.get(token)
