"""The years before 2019 in the store: facts, rows of a body's own, candidates, and the long panel across all forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from full_reports import entry

from govreports import documents
from govreports.comparison import compare
from govreports.replica.earlier import LISTS, earlier_report, page
from govreports.replica.rendering import PLAIN, report_html
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports
from govreports.reports import Report, extract
from govreports.reports.forms import TABLES, load_forms
from govreports.reports.model import Fact
from govreports.store import Store
from govreports.store.content import read_report
from govreports.store.crosswalk import STATUTORY_FORM, load_crosswalk
from govreports.store.summary import GROUPS

Query = Callable[[str], list[dict[str, Any]]]
NAME = "青禾县财政局"
DOCUMENTS = Path(__file__).parents[1] / "reports" / "earlier"


def of_document(name: str) -> Report:
    return extract(documents.read((DOCUMENTS / name).read_bytes()))


def test_rows_of_the_body_s_own_come_back_from_the_store(store: Store) -> None:
    report = of_document("inserted_lines.html")
    (written,) = store.write_many([entry(1, report)])
    assert [_said(fact) for fact in store.read_facts(written.version_id or 0)] == [_said(fact) for fact in report.facts]


def _said(fact: Fact) -> tuple[Any, ...]:
    # The unit of a cell without a figure is the form's.
    unit = fact.unit if fact.value is not None else None
    return fact.row, fact.column, fact.status, fact.value, fact.raw, unit, fact.at, fact.local


def test_columns_of_the_body_s_own_come_back_from_the_store(store: Store) -> None:
    rows = "".join(
        f"<tr><td>{line.label}</td><td>{line.unit}</td><td>3</td><td>4</td></tr>"
        for line in LISTS["s2014"]
        if line.code
    )
    head = "<tr><td>统计指标</td><td>单位</td><td>统计数</td><td>开发区</td></tr>"
    own = "<tr><td>十、短信</td><td>条</td><td>1</td><td>2</td></tr>"
    report = extract(documents.read(f"<html><body><table>{head}{rows}{own}</table></body></html>".encode()))
    (written,) = store.write_many([entry(1, report)])
    found = store.read_facts(written.version_id or 0)
    assert {_said(fact) for fact in found} == {_said(fact) for fact in report.facts}
    assert {fact.local.column for fact in found if fact.local is not None} == {None, "开发区"}


def test_one_label_with_other_units_keeps_each(store: Store, query: Query) -> None:
    text = (DOCUMENTS / "inserted_lines.html").read_text("utf-8")
    without = extract(documents.read(text.replace("审计信息</td><td>条", "审计信息</td><td>").encode()))
    store.write_many([entry(1, of_document("inserted_lines.html")), entry(2, replace(without, report_year=2016))])
    assert query("SELECT unit FROM report_facts WHERE row_label = '审计信息' ORDER BY report_id") == [
        {"unit": "条"},
        {"unit": None},
    ]


def test_a_row_of_the_body_s_own_has_its_label_and_no_code(store: Store, query: Query) -> None:
    store.write_many([entry(1, of_document("inserted_lines.html"))])
    rows = query(
        "SELECT row_code, row_label, section_path, column_code, value, unit FROM report_facts"
        " WHERE row_code IS NULL AND value IS NOT NULL ORDER BY value"
    )
    assert rows[0] == {
        "row_code": None,
        "row_label": "审计信息",
        "section_path": "主动公开情况 / 重点领域公开政府信息数",
        "column_code": "value",
        "value": 24,
        "unit": "条",
    }
    assert [row["value"] for row in rows] == [24, 37, 51, 300, 412]


def test_a_row_of_the_form_has_its_section(store: Store, query: Query) -> None:
    store.write_many([entry(1, of_document("inserted_lines.html"))])
    rows = query("SELECT section_path, row_label_en FROM report_facts WHERE row_code = 'refused_privacy'")
    assert rows == [
        {"section_path": "依申请公开情况 / 申请答复数 / 不同意公开答复数", "row_label_en": "refused: privacy"}
    ]


def test_reports_share_the_cell_of_one_own_row(store: Store, query: Query) -> None:
    report = of_document("inserted_lines.html")
    store.write_many([entry(1, report), entry(2, replace(report, report_year=2016))])
    assert query("SELECT COUNT(*) AS n FROM cell WHERE row_code LIKE 'local.%'") == [{"n": 6}]


def test_the_wide_view_has_a_list_in_one_row(store: Store, query: Query) -> None:
    store.write_many([entry(1, of_document("inserted_lines.html"))])
    (row,) = query("SELECT * FROM indicators_table")
    assert (row["form"], row["requests_received__value__n"], row["capacity_budget__value__wan_yuan"]) == (
        *("s2014", 37),
        12.5,
    )
    assert row["channel_gazette__value__n"] is None


def test_an_amount_in_another_unit_is_not_shown_in_the_form_s(store: Store, query: Query) -> None:
    body = page(earlier_report("s2014", {("request_fees", "value"): "215"}, year=2016)).decode()
    changed = body.replace("收取的费用</td><td>万元", "收取的费用</td><td>元")
    assert changed != body
    store.write_many([entry(1, extract(documents.read(changed.encode())))])
    assert query("SELECT request_fees__value__wan_yuan AS fee FROM indicators_table") == [{"fee": None}]
    assert query("SELECT value, unit FROM report_facts WHERE row_code = 'request_fees'") == [
        {"value": 215, "unit": "元"}
    ]


def test_numbers_in_prose_are_candidates_beside_no_facts(store: Store, query: Query) -> None:
    report = of_document("prose.html")
    (written,) = store.write_many([entry(1, report)])
    rows = query("SELECT * FROM candidate_list ORDER BY position")
    assert [(row["row_code"], row["value"], row["sentence"]) for row in rows] == [
        (one.row, one.value, one.sentence) for one in report.candidates
    ]
    assert query("SELECT COUNT(*) AS n FROM report_facts") == [{"n": 0}]
    with store.engine.connect() as connection:
        read, _ = read_report(connection, written.version_id or 0)
    assert read.candidates == report.candidates


def test_a_list_in_an_attachment_stands_beside_the_text_of_its_page(store: Store, query: Query) -> None:
    prose, listed = of_document("prose.html"), of_document("inserted_lines.html")
    listed = replace(listed, publisher=prose.publisher, report_year=prose.report_year)
    site, reading, _ = entry(1, prose)
    file, read, _ = entry(2, listed)
    store.write(site, reading)
    store.write(replace(file, report_url=site.url), read)
    store.settle_bodies()
    (row,) = query("SELECT form, requests_received, candidates FROM long_panel")
    assert row == {"form": "s2014", "requests_received": 37, "candidates": 0}
    assert query("SELECT COUNT(*) AS n FROM section_list") == [{"n": 6}]


def test_another_reading_replaces_the_candidates(store: Store, query: Query) -> None:
    report = of_document("prose.html")
    store.write_many([entry(1, report)])
    store.write_many([entry(1, replace(report, candidates=report.candidates[:2]))])
    assert query("SELECT COUNT(*) AS n FROM candidate_list") == [{"n": 2}]


def test_a_difference_names_own_rows_by_their_labels() -> None:
    before = of_document("inserted_lines.html")
    text = (DOCUMENTS / "inserted_lines.html").read_text("utf-8")
    after = extract(documents.read(text.replace("<td>24</td>", "<td>25</td>").encode()))
    (change,) = compare(before, after).cells
    assert change.row_label == "主动公开情况 › 重点领域公开政府信息数 › 审计信息"


# --- the crosswalk ---------------------------------------------------------------------------------------------------


def test_every_term_of_the_crosswalk_is_a_figure_of_its_form() -> None:
    indicators = load_forms()["indicators"].forms
    for concept in load_crosswalk():
        for form, terms in concept.forms.items():
            for term in terms:
                if form != STATUTORY_FORM:
                    row = indicators[form].row(term.row)
                    assert row is not None, (concept.name, term)
                    assert "value" in {column.code for column in row.columns if not column.optional}
                elif term.column is None:
                    assert (term.table, term.row in GROUPS) == ("requests", True)
                else:
                    rows = [form.row(term.row) for form in load_forms()[term.table].forms.values()]
                    assert all(row and term.column in {column.code for column in row.columns} for row in rows)


def test_every_concept_says_where_it_breaks_and_every_form_gives_some() -> None:
    concepts = load_crosswalk()
    assert all("reak" in concept.label_en and "2019" in concept.label_en for concept in concepts)
    assert {form for concept in concepts for form in concept.forms} == {
        STATUTORY_FORM,
        *load_forms()["indicators"].editions,
    }


FIGURES = {
    "requests_received": 37,
    "reply_already_public": 6,
    "reply_granted": 14,
    "reply_partially_granted": 2,
    "reply_refused": 5,
    "refused_not_government_information": 3,
    "reply_not_this_agency": 4,
    "reply_not_exist": 3,
    "reply_amend": 1,
    "review_corrected": 1,
    "litigation_corrected": 2,
}
SHANGHAI = {
    "requests_received": 21,
    "reply_granted": 9,
    "reply_partially_granted": 1,
    "reply_refused": 8,
    "reply_refused_not_government_information": 1,
    "reply_refused_not_exist": 2,
    "reply_refused_not_held": 1,
    "reply_refused_unclear": 1,
}


def _listed(form: str, figures: dict[str, int], year: int) -> Report:
    printed = {
        (row, "value"): str(number + year) if row == "requests_received" else str(number)
        for row, number in figures.items()
    }
    return extract(documents.read(page(earlier_report(form, printed, year=year, publisher=NAME))))


def _prose(year: int) -> Report:
    body = f"<h1>{NAME}{year}年政府信息公开工作年度报告</h1><p>一、概述</p><p>全年共收到申请{year - 2000}件。</p>"
    return extract(documents.read(f"<html><body>{body}</body></html>".encode()))


def _later() -> dict[int, ReportSpec]:
    body = Publisher(name=NAME, credit_code="113700000000000000", requests=60)
    return {spec.year: spec for spec in sample_reports(7, publishers=[body], years=range(2019, 2026))}


def simulated_body() -> Iterator[Report]:
    """A body's reports from 2008 to 2025: prose, Shanghai's form, the national one, and both statutory ones."""
    yield from map(_prose, range(2008, 2011))
    for year in range(2011, 2014):
        yield _listed("s2008_shanghai", SHANGHAI, year)
    for year in range(2014, 2019):
        yield _listed("s2014", FIGURES, year)
    for spec in _later().values():
        yield extract(documents.read(f"<html><body>{report_html(spec, PLAIN)}</body></html>".encode()))


@pytest.fixture
def panel(store: Store, query: Query) -> dict[int, dict[str, Any]]:
    """The long panel of the simulated body, by year."""
    store.write_many(entry(number, report) for number, report in enumerate(simulated_body(), 1))
    return {row["report_year"]: row for row in query("SELECT * FROM long_panel ORDER BY report_year")}


def test_the_long_panel_goes_over_every_form(panel: dict[int, dict[str, Any]]) -> None:
    forms = ["narrative"] * 3 + ["s2008_shanghai"] * 3 + ["s2014"] * 5 + ["v2019"] * 2 + ["v2021"] * 5
    assert {year: row["form"] for year, row in panel.items()} == dict(zip(range(2008, 2026), forms, strict=True))
    breaks = [sum(row[f"break_{year}"] for year in (2014, 2019, 2021, 2024)) for row in panel.values()]
    assert breaks == [0] * 6 + [1] * 5 + [2] * 2 + [3] * 3 + [4] * 2
    assert {row["body"] for row in panel.values()} == {NAME}
    assert {row["reports"] for row in panel.values()} == {1}

    # Prose gives candidates only.
    concepts = [concept.name for concept in load_crosswalk()]
    assert {panel[2009][name] for name in concepts} == {None}
    assert [panel[year]["candidates"] for year in (2008, 2010, 2011, 2014, 2019)] == [1, 1, 0, 0, 0]

    assert {name: panel[2012][name] for name in concepts} == {
        **dict.fromkeys(concepts),
        "requests_received": 21 + 2012,
        "granted": 9,
        "granted_without_already_public": 9,
        "partially_granted": 1,
        "refused": 8 - 1 - 2 - 1 - 1,
        "not_held": 2 + 1,
        "unclear": 1,
    }
    assert {name: panel[2016][name] for name in concepts} == {
        "requests_received": 37 + 2016,
        "granted": 14 + 6,
        "granted_without_already_public": 14,
        "partially_granted": 2,
        "refused": 5 - 3,
        "not_held": 3 + 4,
        "unclear": 1,
        "review_corrected": 1,
        "litigation_lost": 2,
        **dict.fromkeys(("carried_in", "carried_out", "disputes_pending")),
    }
    for year, spec in _later().items():
        assert {name: panel[year][name] for name in concepts} == _expected(spec)


def _expected(spec: ReportSpec) -> dict[str, int | None]:
    def figure(*key: str) -> int:
        return int(spec.figures[key[0], key[1], key[2]])

    def total(row: str) -> int:
        return figure("requests", row, "total")

    return {
        "requests_received": total("new_received"),
        "granted": total("granted"),
        "granted_without_already_public": None,
        "partially_granted": total("partially_granted"),
        "refused": sum(
            int(number)
            for (_, row, column), number in spec.figures.items()
            if row.startswith("refused_") and column == "total"
        ),
        "not_held": total("unavailable_not_held"),
        "unclear": total("unavailable_still_unclear"),
        "review_corrected": figure("disputes", "review", "corrected"),
        "litigation_lost": sum(
            figure("disputes", row, "corrected") for row in ("litigation_direct", "litigation_after_review")
        ),
        "carried_in": total("carried_in"),
        "carried_out": total("carried_out"),
        "disputes_pending": sum(
            figure("disputes", row, "pending") for row in ("review", "litigation_direct", "litigation_after_review")
        ),
    }


def test_a_concept_without_one_of_its_parts_is_null(store: Store, query: Query) -> None:
    figures = {("reply_granted", "value"): "14", ("reply_already_public", "value"): ""}
    report = extract(documents.read(page(earlier_report("s2014", figures, year=2016))))
    store.write_many([entry(1, report)])
    assert query("SELECT granted, granted_without_already_public AS alone FROM long_panel") == [
        {"granted": None, "alone": 14}
    ]


def test_fujian_s_refusals_cannot_be_told_apart(store: Store, query: Query) -> None:
    report = extract(documents.read(page(earlier_report("s2008_fujian", {}, year=2009))))
    store.write_many([entry(1, report)])
    assert query("SELECT requests_received, refused FROM long_panel") == [{"requests_received": 0, "refused": None}]


def test_every_table_has_its_form_in_the_summary(store: Store, query: Query) -> None:
    store.write_many([entry(1, of_document("inserted_lines.html"))])
    (row,) = query(f"SELECT {', '.join(f'{table}_form' for table in TABLES)} FROM version_summary")
    assert row == {f"{table}_form": "s2014" if table == "indicators" else None for table in TABLES}
