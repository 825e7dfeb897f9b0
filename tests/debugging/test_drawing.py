"""Tables as they are drawn on a terminal."""

from __future__ import annotations

from opening import of_html, variation
from rich.cells import cell_len

from govreports.debugging.drawing import draw_issues, draw_summary, draw_table, draw_tables
from govreports.debugging.specimen import Specimen


def drawn(specimen: Specimen, number: int, width: int = 150) -> list[str]:
    assert specimen.explanation is not None
    grid = next(grid for grid in specimen.explanation.document.grids() if grid.number == number)
    return draw_table(specimen.explanation, grid, width=width).splitlines()


def test_a_row_shows_its_number_its_code_and_its_cells() -> None:
    lines = drawn(variation("25_local_row_and_column"), 1)
    assert lines[0] == "table 1: proactive (v2021)"
    assert [piece.strip() for piece in lines[1].split("│")] == ["", "1", "2", "3", "4"]
    cells = {line.split()[0]: [piece.strip() for piece in line.split("│")] for line in lines[2:]}
    assert cells["2"] == ["2", "§ 信息内容", "↓ 本年制发件数 issued", "↓ 本年废止件数", "↓ 现行有效件数"]
    assert cells["4"] == ["4 normative_document", "→ 行政规范性文件", "3", "1", "17"]
    assert cells["5"] == ["5", "× 其他主动公开文件", "× 28", "× 2", "× 131"]
    assert lines[-1] == "columns: 3 repealed, 4 in_force"


def test_every_line_is_as_wide_as_the_terminal_at_most_where_that_is_possible() -> None:
    lines = drawn(variation("01_blank_for_zero"), 2, width=140)
    table = [line for line in lines if "│" in line]
    assert max(map(cell_len, table)) <= 140
    assert any(line.startswith("6 granted ") for line in table)


def test_a_value_that_was_not_read_as_printed_says_so() -> None:
    assert any("│ □ " in line for line in drawn(variation("01_blank_for_zero"), 2))
    assert any("│ ∅ / " in line for line in drawn(variation("02_stroke_for_not_applicable"), 2))
    page = of_html(
        "<table><tr><td>项目</td><td>自然人</td><td>商业企业</td><td>总计</td></tr>"
        "<tr><td>（一）予以公开</td><td>17件</td><td>若干</td><td>17</td></tr></table>"
    )
    assert [piece.strip() for piece in drawn(page, 1)[3].split("│")[2:]] == ["= 17 (17件)", "⁇ 若干", "17"]


def test_a_place_that_a_spanned_cell_covers_is_a_dot() -> None:
    assert any("│ ·" in line for line in drawn(variation("01_blank_for_zero"), 2))


def test_spans_that_are_not_known_are_said_to_be_so() -> None:
    assert drawn(variation("13_row_labels_lost"), 1)[0].endswith(
        "(spans unknown: a column is a cell's place in its row)"
    )


def test_a_foreign_table_belongs_to_none_and_a_long_one_is_cut() -> None:
    rows = "".join(f"<tr><td>第{number}行</td></tr>" for number in range(305))
    lines = drawn(of_html(f"<table>{rows}</table>"), 1)
    assert lines[0] == "table 1: none of the three"
    assert lines[-1] == "(5 further rows are not drawn)"


def test_a_document_without_tables_says_so() -> None:
    specimen = of_html("<p>无表</p>")
    assert specimen.explanation is not None
    assert draw_tables(specimen.explanation) == "The document has no table."


def test_the_summary_counts_statuses_issues_and_checks() -> None:
    lines = draw_summary(variation("13_row_labels_lost")).splitlines()
    assert lines[1] == (
        "Report: 青石县云台镇人民政府2023年政府信息公开工作年度报告; year 2023, publisher 青石县云台镇人民政府"
    )
    assert "Table requests: form v2021, 175 reported" in lines
    assert "Issues: 2 label_missing" in lines


def test_issues_stand_with_their_places_and_failing_checks_with_what_they_expect() -> None:
    wrong = variation("07_decimal_amounts").report
    assert wrong is not None
    assert draw_issues(wrong) == "No issue, and no failing check."
    page = of_html(
        "<table><tr><td>项目</td><td>自然人</td><td>商业企业</td><td>总计</td></tr>"
        "<tr><td>一、本年新收政府信息公开申请数量</td><td>1</td><td>2</td><td>9</td></tr>"
        "<tr><td>（一）予以公开</td><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    assert page.report is not None
    said = draw_issues(page.report)
    assert "warning rows_absent at table 1: The table “requests” has no values for " in said
