"""What a printed label may mean."""

from __future__ import annotations

import pytest

from govreports.reports.labels import is_cut, label_tails, readings


def meanings(text: str) -> set[tuple[str, str, str]]:
    return {(reading.table, reading.role, reading.code) for reading in readings(text)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2.其他法律行政法规禁止公开", "refused_prohibited_by_law"),
        ("其他法律行政止公开", "refused_prohibited_by_law"),
        ("其他法律行政法规禁止公升", "refused_prohibited_by_law"),
        ("（二）部分公开", "partially_granted"),
        ("4. 保护第三方合法权", "refused_third_party_rights"),
        ("3.危及“三安全一稳定”", "refused_security_stability"),
        ('3.危及"三安全一稳定"', "refused_security_stability"),
        ("二、上年结转政府信息公开申请数量（2023年1月1日，如8件）", "carried_in"),
        ("四、结转下一年度继续办理", "carried_out"),
        ("2.申请人逾期不缴费、行政机关不再处理其政府信息公开申请", "other_fee_unpaid"),
        ("重复申请", "not_processed_duplicate"),
        ("4.无正当理由大量反复申请", "not_processed_excessive"),
        ("屬於國家秘密", "refused_state_secret"),
    ],
)
def test_a_row_label_is_known_in_many_printings(text: str, code: str) -> None:
    assert meanings(text) == {("requests", "row", code)}


def test_a_word_with_several_meanings_keeps_them_all() -> None:
    assert {("requests", "row", "other_other"), ("requests", "column", "other_organisation")} == meanings("3.其他")
    assert {role for _, role, _ in meanings("总计")} == {"row", "column"}


@pytest.mark.parametrize("text", ["", "　", "本年度工作要点", "5", "其他情形说明", "政府" * 60, "本年"])
def test_what_is_no_label_means_nothing(text: str) -> None:
    assert meanings(text) == set()


def test_a_clause_is_a_heading_however_it_is_numbered() -> None:
    for text in ("第二十条第（一）项", "第二十条第(八)项", "二十条第五项", "第二十条第（六）款"):
        assert meanings(text) == {("proactive", "heading", "clause")}


def test_a_misprint_between_two_labels_is_not_decided() -> None:
    assert meanings("1.结果维正") == set() or len(meanings("结果维正")) == 1
    assert meanings("属于四类内部过程事务性信息") == set()


def test_a_label_that_begins_several_is_cut() -> None:
    assert is_cut("本年新")
    assert not is_cut("本年新制作")
    assert not is_cut("本")
    assert not is_cut("")


def test_what_a_page_break_leaves_of_a_label_is_its_tail() -> None:
    assert "保护第三方合法权益" in set(label_tails("益"))
    assert not set(label_tails("保护第三方合法权益"))
    assert not set(label_tails(""))
