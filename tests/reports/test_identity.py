"""Title and year of a report."""

from __future__ import annotations

import pytest

from govreports import documents
from govreports.reports import extract
from govreports.reports.identity import _joined_lines
from govreports.reports.model import Report

SECTION = "<p>一、总体情况</p><p>{text}</p><p>二、主动公开政府信息情况</p><p>按月更新。</p>"


def report_of(markup: str, *, text: str = "全年培训两次。", head: str = "") -> Report:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{markup}{SECTION.format(text=text)}</body></html>'
    return extract(documents.read(page.encode()))


def codes(report: Report) -> set[str]:
    return {issue.code for issue in report.issues if issue.code not in ("table_missing", "tables_as_image")}


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<h1>云台镇人民政府2023年政府信息公开工作年度报告</h1>", "云台镇人民政府2023年政府信息公开工作年度报告"),
        ("<p>云台镇人民政府</p><p>2023年政府信息公开工作年度报告</p>", "云台镇人民政府2023年政府信息公开工作年度报告"),
        (
            "<p>云台镇</p><p>人民政府</p><p>关于2023年政府信息公开工作的年度报告</p>",
            "云台镇人民政府关于2023年政府信息公开工作的年度报告",
        ),
        (
            "<p>云台镇人民政府</p><p>[bookmark: _GoBack]2023年政府信息公开年报</p>",
            "云台镇人民政府2023年政府信息公开年报",
        ),
        ("<p>2023年度云台镇政府信息公开工作年度报告</p>", "2023年度云台镇政府信息公开工作年度报告"),
        (
            "<table><tr><td>云台镇2023年政府信息公开工作年度报告</td></tr></table><p>正文</p>",
            "云台镇2023年政府信息公开工作年度报告",
        ),
    ],
)
def test_the_title_is_found_in_the_text(markup: str, title: str) -> None:
    report = report_of(markup)
    assert (report.title, report.report_year) == (title, 2023)
    assert codes(report) == set()


def test_the_site_name_is_cut_off_the_page_title() -> None:
    head = "<title>云台镇2023年政府信息公开工作年度报告_青石县人民政府门户网站</title>"
    assert report_of("", head=head).title == "云台镇2023年政府信息公开工作年度报告"


def test_a_dash_inside_the_title_stays() -> None:
    head = "<title>青石县-云台镇-2023年政府信息公开工作年度报告</title>"
    assert report_of("", head=head).title == "青石县-云台镇-2023年政府信息公开工作年度报告"


def test_a_prose_line_above_is_no_part_of_the_title() -> None:
    report = report_of("<p>现公布如下：</p><p>云台镇2023年政府信息公开工作年度报告</p>")
    assert report.title == "云台镇2023年政府信息公开工作年度报告"
    report = report_of(f"<p>{'云台镇' * 30}</p><p>2023年政府信息公开工作年度报告</p>")
    assert report.title == "2023年政府信息公开工作年度报告"


def test_a_document_without_title_says_so() -> None:
    report = report_of("<p>通知。</p>", text="2023年全年培训两次。")
    assert report.title is None
    assert "title_missing" in codes(report)


def test_a_vague_title_is_kept_and_doubted() -> None:
    report = report_of("<h1>云台镇政务公开2023年度工作报告</h1>")
    assert report.title == "云台镇政务公开2023年度工作报告"
    assert "title_uncertain" in codes(report)


def test_an_unfilled_title_tag_is_no_title() -> None:
    report = report_of("<p>云台镇2023年政府信息公开年报</p>", head='<meta name="ArticleTitle" content="${title}">')
    assert report.title == "云台镇2023年政府信息公开年报"


PERIODS = (
    "统计期限自2022年1月1日起至2022年12月31日止。",
    "统计期限为2022年1月1日至12月31日。",
    "统计期限：2022年01月01日—12月31日。",
    "所列数据的统计期限从2022年1月1日起，到2022年12月31日止。",
)


@pytest.mark.parametrize("period", PERIODS)
def test_the_year_comes_from_the_period_where_the_title_has_none(period: str) -> None:
    report = report_of("<h1>云台镇政府信息公开工作年度报告</h1>", text=f"2023年起草。{period}")
    assert report.report_year == 2022
    assert codes(report) == {"year_from_period"}


def test_title_and_period_at_odds_are_reported() -> None:
    report = report_of("<h1>云台镇2023年政府信息公开工作年度报告</h1>", text=PERIODS[0])
    assert report.report_year == 2023
    assert codes(report) == {"year_disagrees"}


def test_another_year_in_the_text_does_not_count() -> None:
    report = report_of("<h1>云台镇2019年政府信息公开工作年度报告</h1>", text="2020年我镇收到申请5件。")
    assert (report.report_year, codes(report)) == (2019, set())


def test_the_only_year_of_section_one_is_a_guess_that_is_said() -> None:
    report = report_of("<h1>云台镇政府信息公开工作年度报告</h1>", text="2021年收到申请5件，2021年办结5件。")
    assert (report.report_year, codes(report)) == (2021, {"year_from_text"})


def test_no_year_is_guessed_among_several() -> None:
    report = report_of(
        "<h1>云台镇政府信息公开工作年度报告</h1>", text="2021年收到申请5件，比2020年多2件，至12月31日办结。"
    )
    assert (report.report_year, codes(report)) == (None, {"year_missing"})


def test_every_line_and_run_of_lines_that_may_be_a_title_is_offered() -> None:
    lines = ["云台镇2023年政府信息公开年报", "正文。", "云台镇", "2022年政府信息公开年报", "2021年政府信息公开年报"]
    assert list(_joined_lines(lines)) == [
        "云台镇2023年政府信息公开年报",
        "云台镇2022年政府信息公开年报",
        "2022年政府信息公开年报",
        "2021年政府信息公开年报",
    ]
