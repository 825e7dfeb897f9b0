"""The data dictionary as a page: every view and column in Chinese and English, from the same data as the views."""

from __future__ import annotations

from collections.abc import Iterator

from govreports.markdown import code, table
from govreports.store.dictionary import Column, View, load_views

_TYPES = {
    "integer": "整数 integer",
    "number": "小数 number",
    "figure": "精确数 exact figure",
    "string": "文本 text",
    "boolean": "是否 boolean",
    "datetime": "时间 UTC",
}


def dictionary_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 数据字典 Data dictionary"
    yield ""
    yield "由程序依据视图的元数据生成。Generated from the metadata of the views; do not edit."
    yield ""
    yield "空值表示该处没有数字，绝不等于零。A value that is empty is missing and never stands for 0."
    yield "宽表列名为“行代码__列代码__单位”。Columns of the wide tables are named row__column__unit."
    yield ""
    for view in load_views().values():
        yield f"- [{view.name}](#{view.name}) {view.title} · {view.title_en}"
    for view in load_views().values():
        yield from _section(view)


def _section(view: View) -> Iterator[str]:
    yield ""
    yield f"## {view.name}"
    yield ""
    yield f"{view.title}。{view.title_en}."
    yield ""
    head = ("列 column", "类型 type", "单位 unit", "说明", "meaning")
    yield table(head, [_row(column) for column in view.columns]).removesuffix("\n")


def _row(column: Column) -> tuple[str, ...]:
    return code(column.name), _TYPES[column.type], column.unit or "", column.label, column.label_en
