"""The numbered sections of a report."""

from __future__ import annotations

import pytest

from govreports import documents
from govreports.reports import extract
from govreports.reports.model import Report
from govreports.reports.sections import section_heading


def report_of(*paragraphs: str) -> Report:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return extract(documents.read(f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一、总体情况", 1),
        ("一、概述", 1),
        ("二、主动公开政府信息情况", 2),
        ("三、收到和处理政府信息公开申请情况", 3),
        ("三、依申请公开政府信息情况", 3),
        ("四、政府信息公开行政复议、行政诉讼情况", 4),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("五、存在的主要问题及改进情况", 5),
        ("五、当前存在的主要问题及下步改进措施", 5),
        ("五.政府信息公开工作存在的主要问题及改进情况", 5),
        ("六、其他需要报告的事项", 6),
        ("六 其他需要报告的事项", 6),
        ("第一部分：概述", 1),
    ],
)
def test_a_heading_is_known_by_number_and_words(text: str, number: int) -> None:
    assert section_heading(text) == (number, text, "")


@pytest.mark.parametrize(
    "text",
    [
        "（一）主动公开",
        "一、加强领导。",
        "总体情况",
        "七、附则",
        "一、本年新收政府信息公开申请数量",
        "三、" + "按月更新信息，" * 20,
        "",
    ],
)
def test_other_lines_are_no_headings(text: str) -> None:
    assert section_heading(text) is None


def test_a_heading_in_other_words_counts_where_its_number_follows() -> None:
    assert section_heading("二、工作成效", expected=2) == (2, "二、工作成效", "")
    assert section_heading("二、工作成效", expected=3) is None


def test_text_on_the_line_of_the_heading_belongs_to_the_section() -> None:
    sentence = "2023年，我镇按月更新栏目，全年公开信息，及时回应关切，接受社会监督。"
    assert section_heading(f"一、总体情况 {sentence}") == (1, "一、总体情况", sentence)
    number, heading, rest = section_heading(f"四、政府信息公开行政复议、行政诉讼情况：{sentence}") or (0, "", "")
    assert (number, heading, rest) == (4, "四、政府信息公开行政复议、行政诉讼情况", sentence)


def test_a_sentence_that_only_mentions_the_words_is_no_heading() -> None:
    assert (
        section_heading(
            "一、今年以来在县委县政府的坚强领导和正确指导下，我镇总体情况良好，各项工作有序推进并取得成效。"
        )
        is None
    )


def test_sections_have_the_text_up_to_the_next_heading() -> None:
    report = report_of(
        "前言。",
        "一、总体情况",
        "全年培训两次。",
        "按月更新。",
        "二、主动公开政府信息情况",
        "六、其他需要报告的事项",
        "无。",
        "扫一扫在手机打开",
        "页脚",
    )
    assert [(section.number, section.text) for section in report.sections] == [
        (1, "全年培训两次。\n按月更新。"),
        (2, ""),
        (6, "无。"),
    ]


def test_a_table_of_contents_does_not_hide_the_text() -> None:
    report = report_of(
        "一、总体情况", "二、主动公开政府信息情况", "一、总体情况", "全年培训两次。", "二、主动公开政府信息情况"
    )
    assert [(section.number, section.text) for section in report.sections] == [(1, "全年培训两次。"), (2, "")]


def test_a_report_before_2019_has_sections_of_its_own() -> None:
    report = report_of(
        "云台镇2012年政府信息公开年度报告",
        "一、概述",
        "按条例编制。",
        "二、公开的内容和形式",
        "网站。",
        "三、收费及减免情况",
        "没有收费。",
    )
    assert [section.heading for section in report.sections] == [
        "一、概述",
        "二、公开的内容和形式",
        "三、收费及减免情况",
    ]
    assert {issue.code for issue in report.issues} == {"narrative_only"}
    assert report.facts == ()


def test_tables_as_pictures_are_said() -> None:
    report = report_of("云台镇2023年政府信息公开年报", "一、总体情况", "培训。", '<img src="t.png" alt="">')
    assert [issue.code for issue in report.issues] == ["tables_as_image"] * 3
