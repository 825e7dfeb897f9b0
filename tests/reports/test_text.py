"""Text as printed to text to compare and keep."""

from __future__ import annotations

import pytest

from govreports.reports.text import TextCleaner, folded, label_key, to_simplified


def clean(text: str, *, page: str = "") -> str:
    return TextCleaner((text, page)).clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("張店區(qū)人民政府2023年政府信息公開工作年度報(bào)告", "张店区人民政府2023年政府信息公开工作年度报告"),
        ("公開（kāi）", "公开"),
        ("標(biāo)題:", "标题:"),
        ("政(zheng)(zheng)(zheng)府(fu)(fu)信(xin)(xin)息", "政府信息"),
    ],
)
def test_readings_are_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text", ["（AB）", "标准(GB/T 2260)", "中国(上海)自由贸易区", "正文(a)", "乾隆(qián lóng)", "三公经费(fei)"]
)
def test_what_is_no_reading_stays(text: str) -> None:
    assert clean(text) == text


def test_toneless_readings_go_only_where_the_page_repeats_them() -> None:
    assert clean("政(zheng)(zheng)府(fu)") == "政(zheng)(zheng)府(fu)"
    page = "政(zheng)(zheng)(zheng)府(fu)(fu)信(xin)(xin)息(xi)(xi)"
    assert clean("公開(kai)", page=page) == "公開"
    assert clean("(AB)", page=page) == "(AB)"


def test_a_simplified_page_is_not_converted() -> None:
    assert clean("著作权与乾隆", page="政府信息公开工作年度报告" * 40) == "著作权与乾隆"


def test_words_of_another_region_are_turned_back_on_traditional_pages_only() -> None:
    assert clean("規範性檔案與資訊公開") == "规范性文件与信息公开"
    assert clean("资讯公开", page="政府信息公开工作年度报告") == "资讯公开"


def test_phrases_are_converted_as_a_whole() -> None:
    assert to_simplified("乾隆年間乾燥") == "乾隆年间干燥"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("规\u200b章\ufeff", "规章"),
        ("[bookmark: _GoBack]关于年报", "关于年报"),
        ("plain ascii", "plain ascii"),
        ("[a]", "[a]"),
    ],
)
def test_residue_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["政府�信息", "汇总?cè)姓", "`??梢酝ㄟ^`", "公开??信息", "锟斤拷"])
def test_damage_is_noticed(text: str) -> None:
    assert TextCleaner((text,)).lossy


def test_a_sound_text_is_not_damaged() -> None:
    assert not TextCleaner(("政府信息公开了吗？？有(qū)",)).lossy


def test_damaged_text_is_an_issue_of_the_report() -> None:
    from govreports import documents
    from govreports.reports import extract

    report = extract(documents.read("云台镇2023年政府信息公开年报\n汇总?cè)姓机关公开??信息\n".encode()))
    assert "text_lossy" in {issue.code for issue in report.issues}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("1．属于国家秘密", "属于国家秘密"),
        ("1属于国家秘密", "属于国家秘密"),
        ("三、本年度 办理\n结果", "本年度办理结果"),
        ("（本列数据的勾稽关系为：…）", "本列数据的勾稽关系为"),
        ("【第3栏】自然人", "自然人"),
        ("總計", "总计"),
        ("5", "5"),
        ("——", ""),
        ("", ""),
    ],
)
def test_printings_of_one_label_have_one_key(text: str, key: str) -> None:
    assert label_key(text) == key


def test_folding_joins_wide_and_split_characters() -> None:
    assert folded(" Ａ　（１）\u200b ") == "A(1)"
