"""Words of the search index: what is in a text is found, whatever its length."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreports.store.words import index_words, match_expression, search_terms

LETTERS = "行政复议公开信息2024abＡ、。 \n"


def finds(query: str, text: str) -> bool:
    """Whether an FTS5 index over ``text`` answers ``query``."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 0')")
        connection.execute("INSERT INTO words VALUES (?)", (index_words(text),))
        return bool(
            connection.execute("SELECT 1 FROM words WHERE words MATCH ?", (match_expression(query),)).fetchall()
        )


@given(st.text("行政复议公开信息", min_size=1, max_size=12), st.data())
def test_every_part_of_a_run_of_characters_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert finds(text[start:end], text)


@given(st.text("行政复议公开信息", min_size=1, max_size=8), st.text("行政复议公开信息", min_size=1, max_size=3))
def test_nothing_is_found_that_is_not_there(text: str, query: str) -> None:
    assert finds(query, text) == (query in text)


@given(st.text(LETTERS, max_size=20))
def test_any_query_is_a_sound_expression(query: str) -> None:
    if match_expression(query) is not None:
        assert finds(query, query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("复议", True),
        ("行政复议", True),
        ("议", True),
        ("政复", True),
        ("议行", False),
        ("2024年", True),
        ("2024年度", True),
        ("年度", True),
        ("024", False),
        ("复议 诉讼", True),
        ("复议 罚款", False),
        ("ＳＭ", True),
        ('复议" OR "x', False),
        ("复议*", True),
    ],
)
def test_what_is_found(query: str, found: bool) -> None:
    assert finds(query, "2024年度，行政复议、行政诉讼 SM 系统") is found


@pytest.mark.parametrize("query", ["", "  ", "，。!", '"*"', "--"])
def test_a_query_without_a_term_asks_nothing(query: str) -> None:
    assert match_expression(query) is None


def test_a_query_is_cut_before_it_becomes_a_burden() -> None:
    assert len("".join(search_terms("公" * 10_000))) == 200
