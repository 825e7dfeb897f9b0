"""The one rule that tells an annual report from its look-alikes by title."""

from __future__ import annotations

import pytest

from govreports.reports.titles import column_name, judge_title

REPORTS = [
    ("张店区人民政府马尚街道办事处2023年政府信息公开工作年度报告", 2023, "张店区人民政府马尚街道办事处"),
    (
        "重庆市渝北区人民政府王家街道办事处关于2019年政府信息公开工作的年度报告",
        2019,
        "重庆市渝北区人民政府王家街道办事处",
    ),
    ("重庆市万州区郭村镇人民政府2021年政府信息公开工作年度报告", 2021, "重庆市万州区郭村镇人民政府"),
    ("湛河区荆山街道办事处 2020 年政府信息公开工作年度报告", 2020, "湛河区荆山街道办事处"),
    ("2022年度螅镇人民政府信息公开工作年度报告", 2022, "螅镇人民政府"),
    ("2008年张义镇人民政府信息公开工作年度报告", 2008, "张义镇人民政府"),
    ("驼峰路街道政府信息公开工作年度报告", None, "驼峰路街道"),
    ("淄博市2024年政府信息公开工作年度报告", 2024, "淄博市"),
    ("洪泽区2023年政府信息公开年报", 2023, "洪泽区"),
    ("２０２１年度沭阳县房管局政府信息公开工作报告", 2021, "沭阳县房管局"),
    ("某区政府信息公开工作年度报告（2023年）", 2023, "某区"),
    ("某区政府信息公开2019年度报告", 2019, "某区"),
    ("二〇二〇年某镇政府信息公开工作年度报告", 2020, "某镇"),
    ("某局2016政府信息公开年度报告", 2016, "某局"),
    ("[bookmark: _GoBack]某街道关于2019年政府信息公开工作的年度报告", 2019, "某街道"),
    ("附件1：某乡2020年政府信息公开工作年度报告.pdf", 2020, "某乡"),
    ("更正：某区2021年政府信息公开工作年度报告", 2021, "某区"),
    ("某预算评审中心2022年政府信息公开年度报告", 2022, "某预算评审中心"),
    ("某市统计局2022年政府信息公开工作年度报告", 2022, "某市统计局"),
    ("某区2019年政府信息公开工作情况报告", 2019, "某区"),
    ("某区司法局2023年政府信息公开工作年度报告[2024-01-18]", 2023, "某区司法局"),
]


@pytest.mark.parametrize(("title", "year", "body"), REPORTS)
def test_report_titles_are_recognised_with_year_and_body(title: str, year: int | None, body: str) -> None:
    found = judge_title(title)
    assert (found.kind, found.year) == ("report", year), found
    assert found.body == body


@pytest.mark.parametrize("rendition", ["（图片版）", "（文字版）", "（PDF版）", "（Word版）", "(全文)"])
def test_a_rendition_of_the_report_is_the_report(rendition: str) -> None:
    found = judge_title(f"某市人民政府2019年政府信息公开工作年度报告{rendition}")
    assert (found.kind, found.year, found.body) == ("report", 2019, "某市人民政府")


LOOKALIKES = [
    "某区2023年政府网站工作年度报表",
    "某区政府信息公开工作年度报告制度",
    "政府信息公开年度报告制度",
    "某区2023年法治政府建设年度报告",
    "某局2022年度部门决算",
    "文字解读：天桥区教育和体育局2023年政府信息公开工作年度报告",
    "图解：某区2023年政府信息公开工作年度报告",
    "【图解】某区2023年政府信息公开工作年度报告",
    "一图读懂某区2023年政府信息公开工作年度报告",
    "某区2023年政府信息公开工作年度报告（图解）",
    "《某区2023年政府信息公开工作年度报告》解读",
    "2023年政务公开工作要点",
    "某区政府信息公开指南",
    "某区2016年政府信息公开情况统计表",
    "某区2016年政府信息公开工作年度报告统计表",
    "关于做好2023年政府信息公开工作年度报告编制工作的通知",
    "关于报送2023年政府信息公开工作年度报告的通知",
    "2022-2023学年学校信息公开年度报告",
    "某公司2020年环境信息公开年度报告",
    "2023年政府信息公开工作总结",
]


@pytest.mark.parametrize("title", LOOKALIKES)
def test_lookalikes_are_refused(title: str) -> None:
    assert judge_title(title).kind == "lookalike"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("张店区人民政府马尚街道办事处2023年政府信息公…", 2023),
        ("张店区人民政府马尚街道办事处2023年政...", 2023),
        ("张店区人民政府马尚街道办事处…", None),
        ("2022年度螅镇人民政府信…", 2022),
        ("政府信息公开年报", None),
        ("某街道2023年年度报告", 2023),
        ("某街道2023年政务公开年度报告", 2023),
        ("某区政府信息公开工作报告", None),
        ("某区2023年政府信息公开工作年度报告汇总", 2023),
        ("", None),
    ],
)
def test_vague_or_cut_titles_are_left_to_the_document(title: str, year: int | None) -> None:
    found = judge_title(title)
    assert (found.kind, found.year) == ("undecided", year)


def test_a_cut_title_that_already_says_all_is_a_report() -> None:
    assert judge_title("某区2023年政府信息公开工作年度报告（文…").kind == "report"


@pytest.mark.parametrize(
    "title",
    ["关于2024年春节放假安排的公示", "全区春季植树活动举行", "首页", "2024年春节期间市场保供…", "政务动态"],
)
def test_other_texts_are_other(title: str) -> None:
    assert judge_title(title).kind == "other"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("政府信息\n公开年报", None),
        ("政府信息公开年报", None),
        ("信息公开年报", None),
        ("年度报告", None),
        ("公开年报", None),
        ("年报", None),
        ("区政府政府信息公开年度报告", None),
        ("部门信息公开年报", None),
        ("2023年", 2023),
        ("2023年度", 2023),
        ("2023", 2023),
        ("2022年政府信息公开年报", 2022),
    ],
)
def test_names_of_columns_are_told(text: str, year: int | None) -> None:
    found = column_name(text)
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize(
    "text",
    ["政府信息公开指南", "企业年报", "政府网站年报", "政府信息公开年度报告制度", "首页", "", "法治政府建设年度报告"],
)
def test_names_of_other_columns_are_not_taken(text: str) -> None:
    assert column_name(text) is None


def test_a_title_in_traditional_script_is_judged_like_any_other() -> None:
    found = judge_title("2021年蛇口街道辦事處政府信息公開工作年度報告")
    assert (found.kind, found.year, found.body) == ("report", 2021, "蛇口街道办事处")


def test_dots_in_a_row_are_taken_in_one_way_only() -> None:
    # Each pair of dots more once doubled the time: these would take longer than anyone waits.
    assert judge_title("关于" + "." * 300 + "公开").kind == "other"
    assert judge_title("某区2023年政府信" + "。。..…" * 50).kind == "undecided"


def test_what_is_too_long_is_no_title_and_no_name_of_a_column() -> None:
    page = "2023年政府信息公开工作年度报告" + "正文" * 400
    assert (judge_title(page).kind, judge_title(page).reason) == ("other", "it is too long for a title")
    assert column_name("政府信息公开年报" + "正文" * 400) is None
