"""What the server answers, whoever asks: nothing runs, nothing is written, mistakes are one sentence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from urllib.parse import quote

import pytest
from browsing import Browsed
from lxml import html

from govreports.browse.plugin import web_address
from govreports.store.queries import canned_queries

PAGES = [
    "/",
    f"/?q={quote('复议')}",
    "/-/report/1",
    "/-/archived/1",
    "/-/charts",
    "/govreports",
    "/govreports/panel",
    "/govreports/report_list",
    "/govreports/code_row",
    "/govreports/requests_by_year",
    "/govreports?sql=select+1",
    "/nothing/here",
]
ENDLESS = "with recursive x(n) as (select 1 union all select n + 1 from x) select count(*) from x"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_a_style_of_its_own(browsed: Browsed, path: str) -> None:
    page = html.fromstring(browsed.get(path).text)
    assert not page.xpath("//script | //style | //iframe | //object | //embed")
    assert not page.xpath("//@style")
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on")]


@pytest.mark.parametrize("path", [*PAGES, "/govreports/panel.json", "/govreports/panel.csv", "/-/archived/1/download"])
def test_every_answer_forbids_scripts_and_other_hosts(browsed: Browsed, path: str) -> None:
    headers = browsed.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_language_and_where_its_content_begins(browsed: Browsed, path: str) -> None:
    page = html.fromstring(browsed.get(path).text)
    assert page.get("lang") == "zh"
    assert page.xpath("//body/a[1]/@href") == ["#content"]
    assert len(page.xpath("//main[@id = 'content']//h1")) == 1
    assert page.xpath("//*[@lang = 'en']")


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label(browsed: Browsed, path: str) -> None:
    page = html.fromstring(browsed.get(path).text)
    for field in page.xpath("//input[not(@type = 'hidden')] | //select | //textarea"):
        assert field.xpath("ancestor::label") or page.xpath("//label[@for = $id]", id=field.get("id")), field.attrib


def test_every_placed_figure_has_its_cell_in_the_archived_copy(browsed: Browsed) -> None:
    """As printed there, for pages and Word documents alike."""
    facts = browsed.ask(
        "SELECT report_version.document_id, at_table, at_row, at_column, COALESCE(report_facts.raw, '')"
        "  FROM report_facts JOIN report_version USING (report_id)"
        " WHERE is_current AND at_row IS NOT NULL"
    )
    documents = {fact[0] for fact in facts}
    assert len(facts) > 2000
    assert len({row[0] for row in browsed.ask("SELECT DISTINCT media_type FROM document")}) == 2
    cells = {}
    for document in documents:
        page = html.fromstring(browsed.get(f"/-/archived/{document}").text)
        found = {cell.get("id"): cell.text_content() for cell in page.xpath("//td[@id]")}
        cells.update({(document, name): text for name, text in found.items()})
    wrong = [fact for fact in facts if cells.get((fact[0], f"t{fact[1]}r{fact[2]}c{fact[3]}")) != fact[4]]
    assert wrong == []


def test_a_report_links_every_placed_figure_to_its_cell(browsed: Browsed) -> None:
    report = browsed.report_id(2024)
    placed = browsed.ask(
        "SELECT '/-/archived/' || document_id || '#t' || at_table || 'r' || at_row || 'c' || at_column"
        f"  FROM report_facts JOIN report_version USING (report_id) WHERE is_current AND report_id = {report}"
        " AND at_row IS NOT NULL"
    )
    page = html.fromstring(browsed.get(f"/-/report/{report}").text)
    links = page.xpath("//section[@id = 'tables']//td/a/@href")
    assert sorted(links) == sorted(row[0] for row in placed)


def test_a_report_prints_its_cells_in_the_order_of_the_form(browsed: Browsed) -> None:
    report = browsed.report_id(2025)
    said = browsed.ask(
        f"SELECT table_code, value_text FROM report_facts WHERE report_id = {report} ORDER BY table_code, cell_position"
    )
    page = html.fromstring(browsed.get(f"/-/report/{report}").text)
    for table in ("proactive", "requests", "disputes"):
        shown = [cell.text_content() for cell in page.xpath(f"//table[@id = '{table}']//td")]
        assert shown == [value for code, value in said if code == table]


def test_a_download_is_the_file_as_received_and_never_a_page(browsed: Browsed) -> None:
    for document, sha256 in browsed.ask(
        "SELECT id, sha256 FROM document WHERE id IN (1, (SELECT MAX(id) FROM document))"
    ):
        answer = browsed.get(f"/-/archived/{document}/download")
        assert hashlib.sha256(answer.body).hexdigest() == sha256
        assert answer.headers["content-type"] == "application/octet-stream"
        assert re.fullmatch(r'attachment; filename="document-\d+\.\w+"', answer.headers["content-disposition"])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/-/report/999999", "没有编号为 999999 的报告。 · There is no report 999999."),
        ("/-/report/1?version=9", "报告 1 没有版本 9。 · Report 1 has no version 9."),
        ("/-/archived/999999", "没有编号为 999999 的文件。 · There is no document 999999."),
        ("/nothing", "没有这一页。 · There is no such page."),
    ],
)
def test_what_is_not_there_is_said(browsed: Browsed, path: str, said: str) -> None:
    answer = browsed.get(path)
    assert answer.status == 404
    assert html.fromstring(answer.text).xpath("string(//p[@class = 'message'])") == said


def test_an_archive_that_is_gone_is_said_and_does_no_harm(browsed: Browsed) -> None:
    ((document, name),) = browsed.ask("SELECT id, archive_file FROM document WHERE media_type NOT LIKE 'text/%'")
    file = browsed.collection.archive / name
    moved = file.with_suffix(".away")
    file.rename(moved)
    try:
        page, gone = browsed.get(f"/-/archived/{document}"), browsed.get(f"/-/archived/{document}/download")
    finally:
        moved.rename(file)
    assert page.status == 200
    assert f"the archive file {name} is not there" in page.text
    assert f"/-/archived/{document}/download" not in page.text
    assert gone.status == 404
    assert f"/-/archived/{document}/download" in browsed.get(f"/-/archived/{document}").text


@pytest.mark.slow
def test_a_query_that_runs_too_long_is_stopped_and_says_what_to_do(browsed: Browsed) -> None:
    answer = browsed.get(f"/govreports?sql={quote(ENDLESS)}")
    assert answer.status == 400
    assert "5 秒" in answer.text
    assert "Narrow it (by year, province or LIMIT)" in answer.text
    assert json.loads(browsed.get(f"/govreports.json?sql={quote(ENDLESS)}").body)["error"].endswith("your own machine.")


@pytest.mark.parametrize(
    "sql",
    [
        "delete from report",
        "pragma query_only = off",
        "attach database 'x.sqlite' as x",
        "with gone as (select 1) delete from report",
        "select load_extension('x')",
        "select writefile('x', 'x')",
    ],
)
def test_a_statement_that_is_no_question_is_refused(browsed: Browsed, sql: str) -> None:
    assert browsed.get(f"/govreports.json?sql={quote(sql)}").status == 400


def test_no_text_of_a_csv_answer_runs_as_a_formula(browsed: Browsed) -> None:
    sql = """select '=HYPERLINK("http://evil.example")' as a, 'b"c,' || char(10) || '-2' as b, '@SUM(1)' as c, -5 as d,
      '＝1+1' as e, '-' as f"""
    answer = browsed.get(f"/govreports.csv?sql={quote(sql)}")
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert rows == [[*"abcdef"], ['\'=HYPERLINK("http://evil.example")', 'b"c,\n-2', "'@SUM(1)", "-5", "'＝1+1", "-"]]


def test_a_csv_answer_holds_every_row(browsed: Browsed) -> None:
    rows = list(csv.reader(io.StringIO(browsed.get("/govreports/report_list.csv?_stream=on").text, newline="")))
    assert len(rows) == 1 + browsed.ask("SELECT COUNT(*) FROM report_list")[0][0]
    assert len({len(row) for row in rows}) == 1
    assert browsed.get("/govreports.csv?sql=delete+from+report").status == 400


def test_a_question_makes_no_gigabytes(browsed: Browsed) -> None:
    assert browsed.get(f"/govreports.json?sql={quote('select hex(zeroblob(900000000))')}").status == 400


def test_the_store_is_left_as_it_was(browsed: Browsed) -> None:
    before = hashlib.sha256(browsed.collection.database.read_bytes()).digest()
    for path in PAGES:
        browsed.get(path)
    assert hashlib.sha256(browsed.collection.database.read_bytes()).digest() == before


def test_another_name_for_this_machine_is_refused(browsed: Browsed) -> None:
    assert browsed.get("/", Host="evil.example").status == 400
    assert browsed.get("/", Host="localhost:8001").status == 200


def test_hostile_text_stands_there_as_text(browsed: Browsed) -> None:
    report = browsed.report_id(2022)
    page = html.fromstring(browsed.get(f"/-/report/{report}").text)
    assert "<script>alert(2)</script>" in page.xpath("string(//h1)")
    assert not page.xpath("//img | //script")


def test_a_source_that_is_no_web_address_is_no_link() -> None:
    assert web_address("javascript:alert(1)") is None
    assert web_address("http://[") is None
    assert web_address("https://www.example.gov.cn/x") == "https://www.example.gov.cn/x"


def test_the_canned_queries_all_run(browsed: Browsed) -> None:
    answers = {query.name: browsed.get(f"/govreports/{query.name}").status for query in canned_queries()}
    assert len(answers) == 10
    assert set(answers.values()) == {200}


def test_the_views_that_analysts_need_are_offered_and_explained(browsed: Browsed) -> None:
    page = html.fromstring(browsed.get("/govreports").text)
    offered = {link.rpartition("/")[2] for link in page.xpath("//section[h2[@id = 'views' or @id = 'codes']]//a/@href")}
    assert {"panel", "indicators", "report_list", "report_facts", "requests_table", "code_row"} <= offered
    assert not offered & {"fact", "report", "kept_reading", "alert_list", "run_list"}
    panel = browsed.get("/govreports/panel").text
    assert "报告年度 · the year reported on" in panel
