"""The metadata block in every layout that portals draw."""

from __future__ import annotations

import pytest

from govreports import documents
from govreports.reports import extract
from govreports.reports.metadata import (
    is_unfilled,
    label_field,
    labels_of_field,
    normal_index_number,
    parse_date,
)
from govreports.reports.model import Report

TITLE = "青石县云台镇人民政府2023年政府信息公开工作年度报告"
INDEX = "113703030042174346/2024-5424910"
REPORT = f"<p>{TITLE}</p><p>一、总体情况</p><p>发布机构：不在此处。全年培训两次。</p>"


def report_of(markup: str, head: str = "") -> Report:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{markup}{REPORT}</body></html>'
    return extract(documents.read(page.encode()))


LAYOUTS = {
    "label and value cells below a title over the width": f"""<table>
        <tr><td>标题：</td><td colspan="3">{TITLE}</td></tr>
        <tr><td>索引号：</td><td>{INDEX}</td><td>文号：</td><td>云政发〔2024〕3号</td></tr>
        <tr><td>发文日期：</td><td>2024-01-18</td><td>发布机构：</td><td>云台镇党政办公室</td></tr>
        <tr><td>发布日期</td><td>2024-01-22</td><td>有效性</td><td></td></tr></table>""",
    "two pairs a row, empty cells": f"""<table>
        <tr><td>索 引 号</td><td>{INDEX}</td><td>组配分类</td><td></td></tr>
        <tr><td>发布机构</td><td>云台镇党政办公室</td><td>公文生成日期</td><td>2024年1月18日</td></tr>
        <tr><td>发布日期</td><td>2024/01/22</td><td>文　　号</td><td>云政发〔2024〕3号</td></tr>
        <tr><td>主题词</td><td></td><td>废止日期</td><td></td></tr></table>""",
    "th and td": f"""<table class="xxgk_table">
        <tr><th>索引号</th><td>{INDEX}</td><th>文号</th><td>云政发〔2024〕3号</td></tr>
        <tr><th>发布机构</th><td>云台镇党政办公室</td><th>成文日期</th><td>2024-01-18</td></tr>
        <tr><th>公开日期</th><td>2024-01-22</td></tr></table>""",
    "bold label and value in one cell": f"""<table><tr><td><B>索引号:</B> {INDEX}</td>
        <td><B>发文字号：</B>云政发〔2024〕3号</td></tr>
        <tr><td><B>发布机构:</B>云台镇党政办公室</td><td><B>生成日期:</B>2024-01-18</td></tr>
        <tr><td><B>发布日期:</B> 2024-01-22</td><td><B>关键词:</B></td></tr></table>""",
    "bold label, value in the next cell": f"""<table class="bd1">
        <tr><td><b>索&nbsp;引&nbsp;号：</b></td><td>{INDEX}</td><td><b>主题分类：</b></td><td>综合政务</td></tr>
        <tr><td><b>发文机关：</b></td><td>云台镇党政办公室</td><td><b>成文日期：</b></td><td>2024年01月18日</td></tr>
        <tr><td><b>发文字号：</b></td><td>云政发〔2024〕3号</td><td><b>发布日期：</b></td><td>2024年01月22日</td></tr></table>""",
    "a row of labels above a row of values": f"""<table>
        <tr><td>索引号</td><td>文号</td><td>发布机构</td><td>成文日期</td><td>发布日期</td></tr>
        <tr><td>{INDEX}</td><td>云政发〔2024〕3号</td><td>云台镇党政办公室</td><td>2024-01-18</td><td>2024-01-22</td></tr>
        </table>""",
    "a list": f"""<ul><li>索引号：{INDEX}</li><li>文号：云政发〔2024〕3号</li><li>发布机构：云台镇党政办公室</li>
        <li>发文日期：2024-01-18</li><li>发布日期：[2024-01-22]</li></ul>""",
    "a list, the value on a later line": f"""<ul><li>索引号</li><li><span>{INDEX}</span></li><li>文号：</li>
        <li>云政发〔2024〕3号</li><li>发布机构：</li><li>云台镇党政办公室</li><li>废止日期：</li><li>成文日期：</li>
        <li>2024-01-18</li><li>发布时间：</li><li>2024-01-22 10:30:00</li></ul>""",
    "alternating boxes": f"""<div class="table"><div><div>索引号</div><div>{INDEX}</div></div>
        <div><div>发文字号</div><div>云政发〔2024〕3号</div></div><div><div>发布机构</div><div>云台镇党政办公室</div></div>
        <div><div>成文日期</div><div>2024-01-18</div></div><div><div>发布日期</div><div>2024-01-22</div></div></div>""",
    "one line": f"""<p>索引号：{INDEX} 文号：云政发〔2024〕3号 发布机构：云台镇党政办公室 生成日期：2024-01-18
        发布日期：2024-01-22 浏览次数：57</p>""",
    "labels set apart by spaces only": f"""<p>索 引 号 {INDEX}</p><p>文 号 云政发〔2024〕3号</p>
        <p>发布机构 云台镇党政办公室</p><p>发文日期：2024-01-18</p><p>发布日期：2024-01-22</p>""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_block_is_read_in_this_layout(layout: str) -> None:
    report = report_of(LAYOUTS[layout])
    assert report.index_number == INDEX
    assert report.document_number == "云政发〔2024〕3号"
    assert report.publisher == "云台镇党政办公室"
    assert report.issued_on == "2024-01-18"
    assert report.published_on == "2024-01-22"
    assert report.title == TITLE


LABELS = {
    "index_number": ("索引号", "索 引 号", "信息索引号", "indexnumber"),
    "document_number": ("文号", "文　　号", "发文字号", "备注/文号", "refno"),
    "issued_on": ("发文日期", "成文日期", "生成日期", "公文生成日期", "writedate"),
    "published_on": ("发布日期", "公开日期", "信息提供日期", "发布时间", "pubdate"),
    "publisher": ("发布机构", "发文机构", "发文机关", "公开机构", "publisher"),
    "title": ("标题", "标　　题", "名称", "名        称", "信息名称"),
}
VALUES = {
    "index_number": INDEX,
    "document_number": "云政发〔2024〕3号",
    "issued_on": "2024-01-18",
    "published_on": "2024-01-18",
    "publisher": "云台镇党政办公室",
    "title": TITLE,
}


@pytest.mark.parametrize(("field", "label"), [(field, label) for field, labels in LABELS.items() for label in labels])
def test_each_label_names_its_field(field: str, label: str) -> None:
    report = report_of(f"<table><tr><td>{label}：</td><td>{VALUES[field]}</td></tr></table>")
    assert getattr(report, field) == VALUES[field]
    assert [entry.field for entry in report.metadata] == [field]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "无",
        "无文号",
        "〔〕号",
        "[ ] 号",
        "None",
        "null",
        "-",
        "请选择",
        "网站名称",
        "${title}",
        "暂无",
        "第号",
    ],
)
def test_a_placeholder_is_no_value(value: str) -> None:
    assert is_unfilled(value)
    report = report_of(f"<table><tr><td>文号：</td><td>{value}</td></tr></table>")
    assert report.document_number is None
    assert [entry.label for entry in report.metadata] == ["文号"]


def test_an_index_number_with_an_unfilled_part_is_no_value() -> None:
    report = report_of("<p>索引号：11370303004217709K/2022-None</p>")
    assert report.index_number is None
    assert report.metadata[0].raw == "11370303004217709K/2022-None"


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("113703030042174346／2024－5424910", INDEX),
        (" 014416330 / 2018 — 04736 ", "014416330/2018-04736"),
        ("XM02100–0101−2019-00001", "XM02100-0101-2019-00001"),
    ],
)
def test_an_index_number_is_written_in_one_form(raw: str, normal: str) -> None:
    assert normal_index_number(raw) == normal


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-03-06", "2025-03-06"),
        ("2025/03/06", "2025-03-06"),
        ("2025.3.6", "2025-03-06"),
        ("2026年02月13日", "2026-02-13"),
        ("2024年04月06日 16:40", "2024-04-06"),
        ("[2019-01-04]", "2019-01-04"),
        ("２０２４－０１－１８", "2024-01-18"),
        ("20240118", "2024-01-18"),
        ("2024-02-30", None),
        ("2024-02-30 2024-03-01", "2024-03-01"),
        ("12024-01-18", None),
        ("见附件", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_refused(text: str, date: str | None) -> None:
    assert parse_date(text) == date


def test_national_meta_tags_fill_what_the_block_does_not_say() -> None:
    head = (
        f'<meta name="ArticleTitle" content="{TITLE}"><META content="2024-01-22 09:00" name="pubdate"/>'
        '<meta name="ContentSource" content="云台镇党政办公室">'
    )
    page = f'<html><head><meta charset="utf-8">{head}</head><body><p>一、总体情况</p><p>全年培训。</p></body></html>'
    report = extract(documents.read(page.encode()))
    assert (report.title, report.published_on) == (TITLE, "2024-01-22")


def test_meta_tags_with_placeholders_are_refused() -> None:
    report = report_of("", '<meta name="PubDate" content="${pubdate}"><meta name="ContentSource" content="网站名称">')
    assert report.published_on is None
    assert report.publisher == "青石县云台镇人民政府"


def test_the_source_of_a_page_names_the_publisher_only_where_nothing_better_does() -> None:
    page = "<html><body><p>来源：云台镇党政办公室</p><p>一、总体情况</p><p>全年培训。</p></body></html>"
    assert extract(documents.read(page.encode())).publisher == "云台镇党政办公室"
    assert report_of("<p>来源：县融媒体中心</p>").publisher == "青石县云台镇人民政府"


def test_the_source_tag_names_the_publisher_where_nothing_else_does() -> None:
    page = (
        '<html><head><meta name="ContentSource" content="云台镇党政办公室"></head>'
        "<body><p>一、总体情况</p><p>全年培训。</p></body></html>"
    )
    assert extract(documents.read(page.encode())).publisher == "云台镇党政办公室"


def test_the_only_date_of_a_block_dates_the_document_too() -> None:
    report = report_of("<table><tr><td>公开日期</td><td>2024-01-22</td></tr></table>")
    assert (report.issued_on, report.published_on) == ("2024-01-22", "2024-01-22")


def test_the_same_pair_printed_twice_is_one_entry() -> None:
    report = report_of("<p>文号：云政发〔2024〕3号</p><p>文号：云政发〔2024〕3号</p>")
    assert len(report.metadata) == 1


def test_text_inside_the_report_is_no_metadata() -> None:
    assert all(entry.value != "不在此处。全年培训两次。" for entry in report_of("").metadata)


def test_a_line_of_prose_is_no_pair() -> None:
    prose = "有关公开日期的说明，" * 40
    report = report_of(f"<p>{prose}：2024-01-22</p><p>索引号</p><p>发布机构：云台镇党政办公室</p>")
    assert report.publisher == "云台镇党政办公室"
    assert report.index_number is None
    long_start = "云" * 120
    assert report_of(f"<p>{long_start} 文号：云政发〔2024〕3号</p>").document_number is None
    assert report_of(f"<p>索引号</p><p>{'云' * 250}</p>").index_number is None
    assert report_of(f"<table><tr><td>{'云' * 320} 文号：云政发〔2024〕3号</td></tr></table>").document_number is None


def test_a_row_of_labels_above_another_is_not_a_head() -> None:
    report = report_of("<table><tr><td>索引号</td><td>文号</td></tr><tr><td>发布机构</td><td>云台镇</td></tr></table>")
    assert (report.index_number, report.document_number, report.publisher) == (None, None, "云台镇")


def test_a_row_with_a_word_that_is_no_label_above_values() -> None:
    report = report_of(
        "<table><tr><td>索引号</td><td>序列</td><td>发布机构</td></tr><tr><td>A1</td><td>7</td><td>云台镇</td></tr></table>"
    )
    assert (report.index_number, report.publisher) == ("A1", "云台镇")


@pytest.mark.parametrize(
    ("text", "field"),
    [("索 引 号：", "index_number"), ("来源", "publisher"), ("主题词", None), ("天气", None), ("索引号" * 20, None)],
)
def test_a_label_tells_its_field(text: str, field: str | None) -> None:
    assert label_field(text) == field


def test_a_field_tells_its_labels() -> None:
    assert labels_of_field("index_number")[:2] == ["索引号", "信息索引号"]
    assert all(label_field(label) == "published_on" for label in labels_of_field("published_on"))
    assert labels_of_field("report_year") == []
