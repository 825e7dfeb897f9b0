"""The extraction record of the contract."""

from __future__ import annotations

import json
from decimal import Decimal

from printing import BY_NAME, TABLES, keys_of, sheet_of

from govreports import documents
from govreports.documents.model import Cell, Grid
from govreports.reports import extract
from govreports.reports.record import encode, error_record, to_record


def printed_record() -> dict[str, object]:
    editions = dict.fromkeys(TABLES, "v2021")
    figures = dict.fromkeys(keys_of(editions), "0")  # type: ignore[arg-type]  # editions are literals
    figures["proactive", "administrative_fee", "amount"] = "59237.2449"
    figures["proactive", "regulation", "issued"] = "/"
    body = BY_NAME["html"].body(sheet_of(figures, editions))  # type: ignore[arg-type]
    document = documents.read(body)
    return to_record(extract(document), document, source="reports/a.html")


def test_the_record_has_the_fields_of_the_contract() -> None:
    record = printed_record()
    assert list(record) == [
        "source",
        "sha256",
        "media_type",
        "title",
        "publisher",
        "report_year",
        "index_number",
        "document_number",
        "issued_on",
        "published_on",
        "metadata",
        "sections",
        "forms",
        "facts",
        "checks",
        "issues",
    ]
    assert record["source"] == "reports/a.html"
    assert record["forms"] == {"proactive": "v2021", "requests": "v2021", "disputes": "v2021"}


def test_every_cell_of_the_forms_is_a_fact_once() -> None:
    facts = printed_record()["facts"]
    assert isinstance(facts, list)
    assert len({(fact["table"], fact["row"], fact["column"]) for fact in facts}) == len(facts) == 200


def test_a_fact_has_value_source_text_unit_status_and_place() -> None:
    facts = printed_record()["facts"]
    assert isinstance(facts, list)
    stroke, *_ = facts
    assert stroke == {
        "table": "proactive",
        "row": "regulation",
        "column": "issued",
        "value": None,
        "raw": "/",
        "unit": None,
        "status": "not_applicable",
        "at": {"table": 1, "row": 3, "column": 2},
    }
    amount = next(fact for fact in facts if fact["column"] == "amount")
    assert (amount["value"], amount["unit"]) == (Decimal("59237.2449"), "万元")


def test_checks_say_where_they_were_made() -> None:
    checks = printed_record()["checks"]
    assert isinstance(checks, list)
    balance = next(check for check in checks if check["rule"] == "requests_balance")
    assert balance == {
        "rule": "requests_balance",
        "relation": "R1",
        "table": "requests",
        "column": "natural_person",
        "status": "pass",
        "expected": 0,
        "actual": 0,
    }
    total = next(check for check in checks if check["rule"] == "disputes_sum")
    assert (total["row"], "column" in total) == ("review", False)


def test_decimals_are_written_digit_for_digit() -> None:
    line = encode({"value": Decimal("59237.2449000"), "count": 10**29, "text": "万元"})
    assert line == '{"value":59237.2449000,"count":100000000000000000000000000000,"text":"万元"}'.encode()


def test_a_whole_record_is_one_line_of_json() -> None:
    line = encode(printed_record())
    assert b"\n" not in line
    assert json.loads(line, parse_float=Decimal)["facts"][9]["value"] == Decimal("59237.2449")


def test_a_record_without_facts_or_places_is_written_too() -> None:
    body = "云台镇2023年政府信息公开年报\n一、总体情况\n培训。\n索引号：A1\n".encode()
    document = documents.read("索引号：A1\n".encode() + body)
    record = to_record(extract(document), document, source="a.txt")
    assert record["facts"] == []
    assert record["metadata"] == [{"label": "索引号", "field": "index_number", "value": "A1", "raw": "A1"}]
    assert record["sections"] == [{"number": 1, "heading": "一、总体情况", "text": "培训。\n索引号：A1"}]
    assert encode(record)


def test_a_figure_read_by_a_machine_says_how_sure_it_was() -> None:
    words = [("信息内容", "采购项目数量", "采购总金额"), ("政府集中采购", "5", "517200元")]
    rows = tuple(
        tuple(Cell(text, row, column, confidence=0.98765) for column, text in enumerate(texts, 1))
        for row, texts in enumerate(words, 1)
    )
    document = documents.Document(media_type="image/png", sha256="", encoding=None, blocks=(Grid(1, rows, 3),))
    record = to_record(extract(document), document, source="a.png")
    assert [fact["confidence"] for fact in record["facts"] if fact["value"] is not None] == [0.988, 0.988]


def test_an_unreadable_input_gives_an_error_record() -> None:
    assert error_record("a.bin", code="empty", message="Nothing there.") == {
        "source": "a.bin",
        "error": {"code": "empty", "message": "Nothing there."},
    }


def test_an_absent_cell_has_no_place() -> None:
    page = (
        "<html><body><table><tr><td>信息内容</td><td>采购项目数量</td><td>采购总金额</td></tr>"
        "<tr><td>政府集中采购</td><td>5</td><td>517200元</td></tr></table></body></html>"
    )
    document = documents.read(page.encode())
    record = to_record(extract(document), document, source="a.html")
    facts = record["facts"]
    absent = next(fact for fact in facts if fact["row"] == "regulation")
    assert (absent["status"], absent["value"], absent["raw"], "at" in absent) == ("absent", None, None, False)


def test_a_figure_of_the_body_s_own_has_labels_instead_of_codes() -> None:
    table = "<tr><td>统计指标</td><td>单位</td><td>统计数</td><td>开发区</td></tr>" + "".join(
        f"<tr><td>{label}</td><td>件</td><td>{number}</td><td>0</td></tr>"
        for number, label in enumerate(
            ("（一）收到申请数", "1．当面申请数", "2．传真申请数", "3．网络申请数", "4．信函申请数", "5．短信申请数")
        )
    )
    document = documents.read(f"<html><body><h1>云台镇2015年年报</h1><table>{table}</table></body></html>".encode())
    facts = to_record(extract(document), document, source="a.html")["facts"]
    (own,) = [fact for fact in facts if fact["row"] is None and fact["column"] == "value"]
    assert own == {
        "table": "indicators",
        "row": None,
        "column": "value",
        "value": 5,
        "raw": "5",
        "unit": "件",
        "status": "reported",
        "at": {"table": 1, "row": 7, "column": 3},
        "row_label": "短信申请数",
        "path": ["依申请公开情况", "收到申请数"],
    }
    assert [fact["column_label"] for fact in facts if fact["column"] is None] == ["开发区"] * 6


def test_numbers_in_prose_are_candidates_and_no_facts() -> None:
    body = "<h1>云台镇2012年政府信息公开年报</h1><p>一、概述</p><p>全年收到申请2件。</p>"
    document = documents.read(f"<html><body>{body}</body></html>".encode())
    record = to_record(extract(document), document, source="a.html")
    assert record["facts"] == []
    assert record["candidates"] == [
        {
            "row": "requests_received",
            "value": 2,
            "raw": "2件",
            "unit": "件",
            "section": 1,
            "sentence": "全年收到申请2件。",
        }
    ]
