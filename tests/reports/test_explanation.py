"""How a report explains itself: what became of each cell, and which label gave each figure its row and column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from layouts import LAYOUTS, laid_out
from printing import BY_NAME, TABLES, keys_of, sheet_of
from test_tables import BODY, HEAD, MORE, html

from govreports import documents
from govreports.issues import Place
from govreports.replica.reports import Edition
from govreports.reports import extract
from govreports.reports.explanation import USES, Explanation, Origin, Tried, Use, explain
from govreports.reports.labels import readings, spelling_of
from govreports.reports.model import Fact, TableCode

VARIATIONS = sorted(path for path in (Path(__file__).parent / "variations").iterdir() if path.suffix != ".json")
EDITIONS: dict[str, Edition] = dict.fromkeys(TABLES, "v2021")
HEAD_OF_REQUESTS = (*HEAD, *BODY, *MORE)
SHEET = sheet_of({key: str(number) for number, key in enumerate(keys_of(EDITIONS), 1001)}, EDITIONS)


def explained(body: bytes) -> Explanation:
    document = documents.read(body)
    return explain(document, extract(document))


def variation(name: str) -> Explanation:
    (path,) = (path for path in VARIATIONS if path.name.startswith(name))
    return explained(path.read_bytes())


def fact(found: Explanation, table: TableCode, row: str, column: str) -> Fact:
    return next(one for one in found.report.facts if (one.table, one.row, one.column) == (table, row, column))


def printed(found: Explanation, use: Use) -> list[str]:
    return [cell.cell.text for cell in found.cells if cell.use == use]


def unexplained(found: Explanation) -> list[tuple[str, str, str, str]]:
    """Figures whose row or column neither a label of that meaning nor an issue accounts for."""
    wrong = []
    for one in found.report.facts:
        if one.at is None or one.at.column is None:
            continue
        origins = {"row": found.origin(one, "row"), "column": found.origin(one, "column")}
        for axis, origin in origins.items():
            rule = origin.label.rule if origin.label is not None else None
            meant = (one.table, axis, one.row if axis == "row" else one.column)
            if (rule is None and not origin.issues) or (
                rule is not None and (rule.reading.table, rule.reading.role, rule.reading.code) != meant
            ):
                wrong.append((one.table, one.row, one.column, axis))
    return wrong


@pytest.mark.parametrize("path", VARIATIONS, ids=lambda path: path.name)
def test_every_figure_has_its_two_labels_or_an_issue(path: Path) -> None:
    found = explained(path.read_bytes())
    assert unexplained(found) == []
    figures = {one.at for one in found.report.facts if one.at is not None and one.at.column is not None}
    assert figures == {cell.place for cell in found.cells if cell.use == "figure"}
    assert {cell.use for cell in found.cells} <= set(USES)


@pytest.mark.parametrize("dialect", ["html", "pipe behind each cell", "markdown", "cells set apart by empty lines"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_are_found_in_layouts_of_a_bodys_own(layout: str, dialect: str) -> None:
    assert unexplained(explained(BY_NAME[dialect].body(laid_out(SHEET, layout)))) == []


def test_a_label_that_is_printed_in_every_group_is_that_of_the_figures_own() -> None:
    for dialect in ("html", "pipe behind each cell"):
        found = explained(BY_NAME[dialect].body(SHEET))
        labels = [
            origin.label.key
            for row in ("review", "litigation_direct", "litigation_after_review")
            if (origin := found.origin(fact(found, "disputes", row, "pending"), "column")).label is not None
        ]
        assert labels == sorted(set(labels))
        assert len(labels) == 3


@pytest.mark.parametrize(
    ("text", "how", "spelling", "likeness"),
    [
        ("（一）予以公开", "exact", "予以公开", 1.0),
        ("第二十条第（一）项", "exact", "第?二十条第?[（(]?[一二三四五六七八九十]{1,2}[）)]?[项款]", 1.0),
        ("需要另行制作现有政府信息", "keyword", "另行制作", 1.0),
        ("不予公", "prefix", "不予公开", 0.857),
        ("法律服努机构", "close", "法律服务机构", 0.833),
    ],
)
def test_the_rule_names_the_spelling_that_fitted(text: str, how: str, spelling: str, likeness: float) -> None:
    reading = readings(text)[0]
    told = spelling_of(text, reading)
    assert (reading.how, told.text, round(told.likeness, 3)) == (how, spelling, likeness)


def test_a_row_that_lost_its_label_is_said_to_be_placed_by_order() -> None:
    found = variation("13_row_labels_lost")
    ordered = {one.row for one in found.report.facts if one.at and found.origin(one, "row").label is None}
    assert len(ordered) == 2
    lost = next(one for one in found.report.facts if one.row in ordered and one.at)
    assert [issue.code for issue in found.origin(lost, "row").issues] == ["label_missing"]
    assert found.labels("requests", "row", lost.row) == []


def test_a_label_in_two_halves_is_said_to_be_split() -> None:
    found = variation("15_halves_that_resemble_other_labels")
    split = {
        one.row
        for one in found.report.facts
        if one.at and [issue.code for issue in found.origin(one, "row").issues] == ["label_split"]
    }
    assert len(split) == 2
    assert any(found.origin(one, "row").label is None for one in found.report.facts if one.row in split)
    halves = [cell for cell in found.cells if any(issue.code == "label_split" for issue in cell.issues)]
    assert len(halves) == 3
    assert {cell.use for cell in halves} == {"row label"}


def test_a_value_that_the_source_does_not_have_has_no_origin() -> None:
    found = variation("14_page_lost")
    absent = next(one for one in found.report.facts if one.status == "absent")
    assert [found.origin(absent, axis) for axis in ("row", "column")] == [Origin(None), Origin(None)]


def test_a_row_that_is_not_certain_has_a_label_and_no_columns() -> None:
    found = variation("16_sixteen_cells")
    lost = next(one for one in found.report.facts if one.status == "unreadable")
    assert found.origin(lost, "column").label is None
    assert len(printed(found, "unplaced")) == 16
    assert {issue.code for cell in found.cells if cell.use == "unplaced" for issue in cell.issues} == {"row_unplaced"}


def test_what_the_body_added_is_left_out_and_its_labels_too() -> None:
    found = variation("25_local_row_and_column")
    left = [cell for cell in found.cells if cell.use == "left out"]
    assert {issue.code for cell in left for issue in cell.issues} == {"local_row", "local_column"}
    assert any(cell.cell.text.isdecimal() for cell in left)


def test_a_cell_is_found_by_any_place_that_it_covers() -> None:
    found = variation("01_blank_for_zero")
    wide = next(cell for cell in found.cells if cell.cell.column_span > 2)
    table, row, column = wide.key
    assert found.at(table, row, column) is found.at(table, row, column + 1) is wide
    assert found.at(table, row, 99) is None


def test_the_metadata_block_and_foreign_tables_are_told_apart() -> None:
    body = html(
        (("索引号", "113703030042174346/2024-5424910", "", "本表由谁填写"),),
        HEAD_OF_REQUESTS,
    )
    found = explained(body)
    uses = {cell.cell.text: cell.use for cell in found.cells if cell.place.table == 1}
    assert uses == {
        "索引号": "metadata",
        "113703030042174346/2024-5424910": "metadata",
        "": "empty",
        "本表由谁填写": "other",
    }


def test_words_in_a_table_that_mean_nothing_are_unused() -> None:
    found = explained(html((*HEAD_OF_REQUESTS, ("经办人张某", "", "", "", "", "", "", ""))))
    assert printed(found, "unused") == ["经办人张某"]
    assert printed(found, "empty") == [""] * 7


def test_for_a_lost_label_the_likest_words_of_its_table_are_named() -> None:
    rows = tuple(("（二）部份公布", *row[1:]) if row[0] == "（二）部分公开" else row for row in HEAD_OF_REQUESTS)
    found = explained(html(rows))
    assert found.labels("requests", "row", "partially_granted") == []
    tried = found.tried("requests", "row", "partially_granted")
    cell, spelling = tried.nearest[0]
    assert (cell.cell.text, spelling.text[:4], spelling.likeness) == ("（二）部份公布", "部分公开", 0.5)
    assert (dict(tried.shown), len(tried.nearest)) == ({}, 3)


def test_for_a_lost_table_each_grid_says_how_many_of_its_labels_it_shows() -> None:
    found = explained(html((("项目", "结果维持"), ("行政复议", "1")), (("甲", "乙"), ("丙", "丁"))))
    tried = found.tried("disputes", "row", "review")
    assert (dict(tried.shown), tried.needed, tried.nearest) == ({1: 2, 2: 0}, 4, ())


def test_a_document_without_tables_has_no_cells() -> None:
    found = variation("23_tables_as_pictures")
    assert found.cells == ()


LIST = html(
    (
        ("统计指标", "单位", "统计数"),
        ("三、依申请公开情况", "——", "——"),
        ("（一）收到申请数", "件", "37"),
        ("自立一项", "件", "5"),
        ("", "", "1"),
    )
)


def listed() -> Explanation:
    """A list of indicators, of which facts were read without the rules of the statutory tables."""
    document = documents.read(LIST)
    report = extract(document)
    facts = [
        Fact("requests", row, "total", "reported", value, str(value), "件", Place(1, number, 3))
        for row, value, number in (("new_received", 37, 3), ("carried_in", 1, 5))
    ]
    return explain(document, replace(report, facts=(*report.facts, *facts)))


def test_a_figure_of_a_list_is_named_by_the_words_before_and_above_it() -> None:
    found = listed()
    received = next(one for one in found.report.facts if one.row == "new_received")
    labels = [found.origin(received, axis).label for axis in ("row", "column")]
    assert [label.cell.text for label in labels if label is not None] == ["（一）收到申请数", "统计数"]
    assert [cell.cell.text for cell in found.labels("requests", "row", "new_received")] == ["（一）收到申请数"]
    assert [one.row for one in found.named_by(found.labels("requests", "column", "total")[0])] == [
        "new_received",
        "carried_in",
    ]
    nameless = next(one for one in found.report.facts if one.row == "carried_in")
    assert found.origin(nameless, "row") == Origin(None)


def test_the_cells_of_a_list_are_told_apart() -> None:
    found = listed()
    uses = {use: printed(found, use) for use in {cell.use for cell in found.cells}}
    assert uses == {
        "figure": ["37", "1"],
        "row label": ["（一）收到申请数"],
        "column label": ["统计数"],
        "heading": ["统计指标", "单位", "三、依申请公开情况", "——", "——", "件", "自立一项", "件"],
        "left out": ["5"],
        "empty": ["", ""],
    }


def test_for_a_list_nothing_was_tried_by_the_rules_of_the_tables() -> None:
    assert listed().tried(cast("TableCode", "indicators"), "row", "received") == Tried((), {}, 0)
