"""Literals of a page's script are read without running it."""

from __future__ import annotations

import pytest

from govreports.spiders.script_values import NoLiteral, literal_at, objects_with, value_named


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"id": 1, "name": "年报", "children": []}', {"id": 1, "name": "年报", "children": []}),
        ("{id: 1, name: '年\\u62a5', children: [{id: 2,},]}", {"id": 1, "name": "年报", "children": [{"id": 2}]}),
        (
            "{a: true, b: false, c: null, d: -3, e: 'it\\'s \"so\"'}",
            {"a": True, "b": False, "c": None, "d": -3, "e": 'it\'s "so"'},
        ),
        ("[1, /* two */ 3 // four\n, 5]", [1, 3, 5]),
        ("{url: 'http://a.gov.cn/x', n: 1}", {"url": "http://a.gov.cn/x", "n": 1}),
    ],
)
def test_objects_and_arrays_are_read_as_scripts_write_them(text: str, value: object) -> None:
    assert literal_at(text, 0) == value


def test_an_expression_is_no_value_and_what_follows_it_is_read() -> None:
    text = "{a: $('#x').val(), b: function (p, q) { return {c: 1}; }, d: first(1, 2) + 3, e: 5}"
    assert literal_at(text, 0) == {"a": None, "b": None, "d": None, "e": 5}


@pytest.mark.parametrize("text", ["{a: 1", "[1, 2", "", ")", "{a}", "[" * 200 + "]" * 200])
def test_what_is_no_whole_literal_is_refused(text: str) -> None:
    with pytest.raises(NoLiteral):
        literal_at(text, 0)


def test_the_first_readable_value_of_a_name_is_taken() -> None:
    assert value_named("SUBTREE: [0], TREE: [broken; window.TREE = [{id: 7}];", "TREE") == [{"id": 7}]


def test_every_object_with_a_key_of_its_own_is_found_once() -> None:
    text = "f({labelName: 'a', x: {y: 1}}); g({url: 'u', data: {siteId: 5, labelName: 'b'}});"
    assert [found["labelName"] for found in objects_with(text, "labelName")] == ["a", "b"]
