"""What is said of labels, codes, cells and the metadata block."""

from __future__ import annotations

import pytest
from opening import of_html, variation

from govreports.debugging.desk import Desk, Record, empty_desk
from govreports.debugging.specimen import Specimen
from govreports.debugging.telling import cells_named, tell, tell_family
from govreports.reports.explanation import Explanation
from govreports.spiders.detection import detect_family

NORMAL = "02_stroke_for_not_applicable"


def explanation(specimen: Specimen) -> Explanation:
    assert specimen.explanation is not None
    return specimen.explanation


def told(name: str, query: str) -> list[str]:
    return tell(explanation(variation(name)), query).splitlines()


def test_a_label_tells_its_cell_its_rule_and_its_values() -> None:
    lines = told(NORMAL, "予以公开")
    assert lines[:3] == [
        "requests row granted, form v2021",
        "  printed at table 2, row 6, column 2: “（一）予以公开”, read as the forms' data spells it",
        "  natural_person: 4 件, at table 2, row 6, column 4, under “自然人”",
    ]
    assert lines[4] == (
        "  research_institution: not_applicable (printed “/”), at table 2, row 6, column 6, under “科研机构”"
    )


def test_a_code_says_the_same_as_the_label() -> None:
    assert told(NORMAL, "granted") == told(NORMAL, "requests.granted") == told(NORMAL, "予以公开")


def test_one_figure_tells_both_its_labels() -> None:
    assert told(NORMAL, "requests.granted.total") == [
        "requests.granted.total = 5 件, at table 2, row 6, column 10",
        "  row granted: “（一）予以公开” at table 2, row 6, column 2, read as the forms' data spells it",
        "  column total: “总计” at table 2, row 2, column 10, read as the forms' data spells it",
    ]


def test_a_label_of_two_meanings_tells_each() -> None:
    lines = told(NORMAL, "总计")
    heads = [line for line in lines if not line.startswith(" ") and line]
    assert heads == [
        "requests column total, form v2021",
        "requests row outcome_total, form v2021",
        "disputes column total, form v2021",
    ]
    assert any("“（七）总计”, but taken for row outcome_total" in line for line in lines)


def test_other_rules_are_named_with_what_they_compared() -> None:
    assert "“4.第三方合法权益”, read because it holds the keyword “第三方”" in "\n".join(
        told("17_short_labels", "refused_third_party_rights")
    )
    assert "as the beginning of “行政规范性文件”, the only label that begins like that" in "\n".join(
        told("15_halves_that_resemble_other_labels", "normative_document")
    )
    page = of_html(
        "<table><tr><td>项目</td><td>自然人</td><td>法律服努机构</td><td>总计</td></tr>"
        "<tr><td>予以公开</td><td>1</td><td>2</td><td>3</td></tr><tr><td>部分公开</td><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    said = tell(explanation(page), "legal_service_organisation")
    assert "as a misprint of “法律服务机构” (likeness 0.83)" in said


def test_a_lost_label_tells_what_was_tried_and_how_it_was_placed() -> None:
    lines = told("13_row_labels_lost", "部分公开")
    assert lines[1] == "  No cell prints a label that is read so."
    assert lines[2].startswith("  Tried for each cell, in this order: ")
    assert [line[:10] for line in lines[3:6]] == ["  nearest:"] * 3
    assert "    label_missing: The row has lost its label; it stands where the form has partially_granted and was" in (
        "\n".join(lines)
    )


def test_a_lost_table_tells_how_many_of_its_labels_each_table_shows() -> None:
    page = of_html("<table><tr><td>项目</td><td>结果维持</td></tr><tr><td>行政复议</td><td>1</td></tr></table>")
    assert tell(explanation(page), "行政复议").splitlines() == [
        "disputes row review: the document has no table disputes (政府信息公开行政复议、行政诉讼情况)",
        "  table 1 shows 2 labels of it as the form prints them; 4 must be there",
    ]
    nothing = tell(explanation(of_html("<p>无</p>")), "行政复议")
    assert nothing.endswith("\n  The document has no table at all.")


def test_a_row_of_the_other_edition_is_said_to_be_one() -> None:
    lines = told(NORMAL, "other_correction_overdue")
    assert "printed" in lines[1]
    assert told("26_form_of_another_year", "other_correction_overdue") == [
        "requests row other_correction_overdue, form v2019",
        "  The form v2019 has no such row; v2021 has.",
    ]


def test_a_heading_tells_where_it_stands() -> None:
    assert told(NORMAL, "申请人情况")[0] == "requests heading, form v2021"


def test_a_row_that_is_not_certain_says_so() -> None:
    said = "\n".join(told("16_sixteen_cells", "disputes.review.upheld"))
    assert "  column: the cells of this row could not be told apart" in said


def test_a_value_that_the_source_does_not_have_is_said_to_be_absent() -> None:
    said = tell(explanation(variation("22_one_block_only")), "proactive.regulation.newly_made")
    assert said.splitlines()[1] == "  The document has no cell for it."


def test_any_other_text_of_a_cell_tells_what_became_of_it() -> None:
    said = told("25_local_row_and_column", "其他主动公开文件")
    assert said[0].startswith("table 1, row 5, column 1: “其他主动公开文件” is left out (")
    assert said[1].startswith("  info local_row: ")


def test_a_label_in_its_place_tells_the_figures_that_it_names() -> None:
    desk = Desk(variation(NORMAL))
    lines = desk.explain(2, 6, 2).splitlines()
    assert lines[1] == "  understood as requests row granted, as the forms' data spells it"
    assert lines[2] == "  names requests.granted.natural_person = 4 件, at table 2, row 6, column 4"
    assert len(lines) == 9


def test_what_nothing_knows_is_said_to_be_unknown() -> None:
    assert told(NORMAL, "天气预报")[0].startswith("“天气预报” is no label that the forms or the metadata block know")


def test_the_metadata_block_tells_what_was_made_of_each_label() -> None:
    page = of_html("<p>索引号：003/2024-1</p><p>文号：无</p><p>来源：某局</p><p>主题分类：政务</p>")
    lines = Desk(page).metadata().splitlines()
    assert "index_number = 003/2024-1" in lines
    assert "  the label “索引号” has “003/2024-1”: read as 003/2024-1" in lines
    assert "  the label “文号” has “无”: nothing that could be read" in lines
    assert "  the label “来源” has “某局”: read as 某局, counts only where nothing better names the field" in lines
    assert "no field is made of “主题分类”: “政务”" in lines
    assert any(line.startswith("  No label of the metadata block names it; known are 发布日期") for line in lines)
    assert tell(explanation(page), "索引号") == tell(explanation(page), "index_number")


def test_the_cells_that_a_word_names_are_its_labels_else_its_figures() -> None:
    found = explanation(variation("13_row_labels_lost"))
    assert {use.use for use in cells_named(found, "carried_in")} == {"row label"}
    assert {use.use for use in cells_named(found, "partially_granted")} == {"figure"}
    assert len(cells_named(found, "partially_granted")) == 7
    assert [use.key for use in cells_named(found, "requests.granted.total")] == [
        use.key for use in found.cells for fact in use.facts if (fact.row, fact.column) == ("granted", "total")
    ]


def test_the_family_is_told_with_what_speaks_for_it() -> None:
    sure = tell_family(detect_family("http://a.gov.cn/xxgk/t20260116_1208050.shtml", "createPageHTML(3, 0)"))
    assert sure.startswith("Family: trs, ")
    assert "    page: createPageHTML(3" in sure
    assert tell_family(detect_family("http://a.gov.cn/", "")).startswith("Family: undecided.\n  in doubt: ")


def test_a_record_is_a_dictionary_whose_parts_are_attributes() -> None:
    record = Desk(variation(NORMAL)).record()
    assert isinstance(record, Record)
    assert record.title == record["title"] == record.get("title")
    assert "facts: 200 of them" in repr(record)
    with pytest.raises(AttributeError, match="the record has no titel; it has source"):
        _ = record.titel


def test_without_anything_read_every_function_says_why() -> None:
    desk = empty_desk("It is empty.")
    asked = [
        desk.tables(),
        desk.table(1),
        desk.explain("予以公开"),
        desk.issues(),
        desk.metadata(),
        desk.view_cell(1, 1, 1),
    ]
    assert set(asked) == {"Nothing could be read: It is empty."}
    assert desk.record() is None


def test_places_that_are_not_there_are_said_not_to_be() -> None:
    desk = Desk(variation(NORMAL))
    assert desk.explain(9, 9, 9) == desk.explain({"table": 1}) == desk.view_cell(9, 9, 9) == "There is no such cell."
    assert desk.view_cell("天气预报") == "There is no such cell."
    assert desk.table(9) == "There is no table 9; the document has 3."
    place = {"table": 2, "row": 6, "column": 4}
    assert desk.explain(place) == desk.explain(2, 6, 4)
    assert desk.explain(place).startswith("table 2, row 6, column 4: “4” is a figure (a value of the form)")
