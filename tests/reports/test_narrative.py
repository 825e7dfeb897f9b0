"""Reports in prose: which numbers are candidates, which are not, and where the text is."""

from __future__ import annotations

import pytest

from govreports import documents
from govreports.reports import Report, extract
from govreports.store.codes import load_codes


def report_of(*paragraphs: str, title: str = "云台镇2012年政府信息公开工作年度报告", behind: str = "") -> Report:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return extract(documents.read(f"<html><body><h1>{title}</h1>{body}{behind}</body></html>".encode()))


def candidates(*sentences: str) -> list[tuple[str, str]]:
    report = report_of("一、概述", "".join(sentences))
    assert report.facts == ()
    return [(one.row, str(one.value)) for one in report.candidates]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("全年共收到政府信息公开申请12件。", [("requests_received", "12")]),
        ("本年度受理5件依申请公开事项申请。", [("requests_received", "5")]),
        ("全年主动公开政府信息1,286条。", [("proactive_items", "1286")]),
        ("其中当面申请２件，信函3件。", [("received_in_person", "2"), ("received_letter", "3")]),
        ("收取复制费用共120.5元。", [("request_fees", "120.5")]),
        ("予以公开4件，不予公开1件。", [("reply_granted", "4"), ("reply_refused", "1")]),
        ("发生行政复议2件；行政诉讼1起。", [("review_total", "2"), ("litigation_total", "1")]),
    ],
)
def test_a_sentence_gives_its_numbers(sentence: str, found: list[tuple[str, str]]) -> None:
    assert candidates(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "主动公开信息  条。",  # left blank
        "未收到政府信息公开申请。",
        "主动公开信息1000余条。",
        "主动公开信息约900条。",
        "主动公开信息1.2万条。",
        "收到申请005件。",
        "收到申请1 286件。",  # one number or two
        "召开会议3次，印发文件2012年第5号。",
        "收到申请后，按规定登记，办理3件信访。",
    ],
)
def test_what_is_no_number_of_an_indicator_is_left_out(sentence: str) -> None:
    assert candidates(sentence) == []


def test_a_candidate_keeps_its_sentence_and_section() -> None:
    report = report_of("一、概述", "按条例编制。", "二、依申请公开", "受理规范。收到申请3件，均已答复。")
    (found,) = report.candidates
    assert (found.section, found.sentence, found.raw, found.unit) == (2, "收到申请3件，均已答复。", "3件", "件")


def test_text_without_sections_is_one_without_number() -> None:
    report = report_of("字号：大 中 小", "2012年，我镇按要求公开。", "收到申请3件。", "扫一扫在手机打开", "版权所有。")
    assert [(section.number, section.text) for section in report.sections] == [
        (0, "2012年，我镇按要求公开。\n收到申请3件。")
    ]
    assert [one.value for one in report.candidates] == [3]


def test_a_page_without_sentence_has_no_text() -> None:
    assert report_of("字号：大 中 小").sections == ()


def test_a_page_of_another_kind_has_no_text_of_a_report() -> None:
    assert report_of("全年收到申请3件。", title="云台镇2012年政府工作要点").sections == ()


def test_a_report_of_today_without_tables_lacks_them() -> None:
    report = report_of("一、总体情况", "收到申请3件。", title="云台镇2022年政府信息公开工作年度报告")
    assert {issue.code for issue in report.issues} == {"table_missing"}
    assert report.candidates == ()


def test_a_table_may_be_among_the_pictures() -> None:
    report = report_of("一、概述", "见附表。", behind='<img src="t.png" alt="">')
    assert [issue.code for issue in report.issues] == ["tables_as_image"]


def test_a_report_in_prose_says_so_and_the_code_is_explained() -> None:
    (issue,) = report_of("一、概述", "按条例编制。").issues
    assert (issue.code, issue.severity) == ("narrative_only", load_codes()["issue"]["narrative_only"]["severity"])
