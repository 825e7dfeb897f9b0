"""What a page leaves in the store: reports, versions, facts and issues, once each and whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from made_reports import MORNING, PORTAL, URL, days, fact, made_page, made_reading, made_report
from sqlalchemy import text

from govreports.archive import Capture
from govreports.issues import Issue
from govreports.items import Page
from govreports.reports.model import Report
from govreports.store import PortalFacts, Store, StoreError

Query = Callable[[str], list[dict[str, Any]]]
TABLES = [
    "portal",
    "publisher",
    "document",
    "report",
    "report_version",
    "rendition",
    "cell",
    "fact",
    "section",
    "metadata_entry",
    "issue",
]
TABLES += ["check_rule", "check_result"]


def write(store: Store, page: Page, report: Report | None, **reading: Any) -> Any:
    return store.write(page, made_reading(page, report, **reading))


def whole(query: Query, *, without: tuple[str, ...] = ("last_seen",)) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without the columns named."""
    return {
        table: [{name: value for name, value in row.items() if name not in without} for row in rows]
        for table in TABLES
        for rows in [query(f"SELECT * FROM {table}")]
    }


def test_facts_read_back_as_they_were_written(store: Store) -> None:
    report = made_report()
    written = write(store, made_page(), report)
    key = lambda fact: (fact.table, fact.row, fact.column)  # noqa: E731
    assert sorted(store.read_facts(written.version_id), key=key) == sorted(report.facts, key=key)


def test_report_list_shows_a_report_as_the_contract_names_it(store: Store, query: Query) -> None:
    store.start_crawl(PortalFacts(PORTAL, "港口区人民政府", "370303"), at=MORNING, software="govreports 0")
    write(store, made_page(), made_report())
    (row,) = query("SELECT * FROM report_list")
    expected = {
        "report_id": 1,
        "portal": PORTAL,
        "publisher": "港口区教育局",
        "division_code": "370303",
        "report_year": 2023,
        "title": "港口区教育局2023年政府信息公开工作年度报告",
        "index_number": "11370303/2024-001",
        "document_number": None,
        "issued_on": "2024-01-18",
        "published_on": "2024-01-31",
        "source_url": URL,
        "checks_failed": 1,
        "issues": 1,
        "first_seen": "2024-03-01T08:00:00Z",
        "last_seen": "2024-03-01T08:00:00Z",
        "versions": 1,
    }
    assert list(row)[: len(expected)] == list(expected)
    assert {name: row[name] for name in expected} == expected


def test_report_facts_shows_every_cell_with_its_labels(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    rows = query("SELECT * FROM report_facts WHERE table_code = 'requests' ORDER BY cell_position")
    names = "report_id publisher division_code report_year form table_code row_code column_code row_label column_label"
    assert list(rows[0])[:15] == [*names.split(), "value", "unit", "status", "raw", "source_url"]
    first = {name: rows[0][name] for name in ("form", "row_label", "column_label", "value", "unit", "status", "raw")}
    assert first == {
        "form": "v2021",
        "row_label": rows[0]["row_label"],
        "column_label": "自然人",
        "value": 3,
        "unit": "件",
        "status": "reported",
        "raw": "3",
    }
    assert "新收" in rows[0]["row_label"]


def test_report_facts_never_turns_a_missing_value_into_a_number(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    rows = query("SELECT column_code, status, value, raw FROM report_facts WHERE status <> 'reported'")
    assert {(row["status"], row["value"], row["raw"]) for row in rows} == {
        ("blank", None, ""),
        ("not_applicable", None, "/"),
        ("absent", None, None),
        ("unreadable", None, "若干"),
    }


def test_report_facts_leads_back_to_the_place_in_the_source(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    rows = query("SELECT at_table, at_row, at_column, at_page FROM report_facts WHERE column_code = 'natural_person'")
    assert rows == [{"at_table": 2, "at_row": 4, "at_column": 3, "at_page": None}]


def test_amounts_count_as_numbers_in_sql_and_stay_exact_as_text(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    (row,) = query("SELECT value + 1 AS more, value_text FROM report_facts WHERE column_code = 'amount'")
    assert row == {"more": 59238.2449, "value_text": "59237.2449"}


def test_an_attachment_names_its_page_as_source_and_itself_as_document(store: Store, query: Query) -> None:
    write(store, made_page(url=f"{URL}.pdf", report_url=URL), made_report())
    assert query("SELECT source_url, document_url FROM report_list") == [
        {"source_url": URL, "document_url": f"{URL}.pdf"}
    ]


def test_the_same_crawl_twice_moves_nothing_but_last_seen(store: Store, query: Query) -> None:
    pages = [(made_page(), made_report()), (made_page(b"x", url=f"{URL}?2"), made_report(report_year=2022))]
    for page, report in pages:
        write(store, page, report)
    before = whole(query)
    news = [write(store, replace(page, fetched_at=days(7)), report).news for page, report in pages]
    assert (news, whole(query)) == (["unchanged", "unchanged"], before)
    assert {row["last_seen"] for row in query("SELECT last_seen FROM report_list")} == {"2024-03-08T08:00:00Z"}


def test_a_changed_figure_makes_a_second_version_and_keeps_the_first(store: Store, query: Query) -> None:
    first = write(store, made_page(), made_report(3))
    second = write(store, made_page(b"corrected", fetched_at=days(1)), made_report(4))
    assert (second.news, second.version, second.report_id) == ("changed", 2, first.report_id)
    figures = query(
        "SELECT report_version.number, fact.value, is_current FROM fact JOIN cell ON cell.id = cell_id"
        " JOIN report_version ON report_version.id = version_id WHERE column_code = 'natural_person' ORDER BY 1"
    )
    assert [tuple(row.values()) for row in figures] == [(1, "3", 0), (2, "4", 1)]
    assert query("SELECT versions, first_seen FROM report_list") == [
        {"versions": 2, "first_seen": "2024-03-01T08:00:00Z"}
    ]


def test_other_bytes_with_the_same_content_are_no_new_version(store: Store, query: Query) -> None:
    visits = replace(made_report().metadata[1], value="18", raw="18")
    write(store, made_page(), made_report())
    again = write(
        store,
        made_page(b"visit counter moved", fetched_at=days(1)),
        made_report(metadata=(made_report().metadata[0], visits)),
    )
    assert (again.news, again.version) == ("unchanged", 1)
    assert query("SELECT COUNT(*) AS documents FROM document") == [{"documents": 2}]


def test_a_page_that_goes_back_to_its_old_content_shows_it_again(store: Store, query: Query) -> None:
    for day, (body, figure) in enumerate([(b"old", 3), (b"new", 4), (b"old", 3)]):
        write(store, made_page(body, fetched_at=days(day)), made_report(figure))
    (row,) = query("SELECT value FROM report_facts WHERE column_code = 'natural_person'")
    assert (row, query("SELECT versions FROM report_list")) == ({"value": 3}, [{"versions": 2}])


def test_an_old_capture_read_again_does_not_become_current(store: Store, query: Query) -> None:
    old, new = made_page(b"old"), made_page(b"new", fetched_at=days(1))
    write(store, old, made_report(3))
    write(store, new, made_report(4))
    write(store, old, made_report(3))
    assert query("SELECT value FROM report_facts WHERE column_code = 'natural_person'") == [{"value": 4}]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_addresses_the_one_with_figures_is_current(store: Store, query: Query, order: tuple[int, int]) -> None:
    with_figures = (made_page(b"again", url=f"{URL}?again"), made_report())
    without = (made_page(), made_report(facts=(), checks=()))
    for index in order:
        write(store, *[with_figures, without][index])
    assert query("SELECT source_url, versions FROM report_list") == [{"source_url": f"{URL}?again", "versions": 2}]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_publications_the_later_one_is_current(store: Store, query: Query, order: tuple[int, int]) -> None:
    first = (made_page(), made_report(3, published_on="2024-01-31"))
    corrected = (made_page(b"again", url=f"{URL}?again"), made_report(4, published_on="2024-02-20"))
    for index in order:
        write(store, *[first, corrected][index])
    assert query("SELECT source_url, published_on FROM report_list") == [
        {"source_url": f"{URL}?again", "published_on": "2024-02-20"}
    ]


def test_two_addresses_do_not_take_turns_at_every_crawl(store: Store, query: Query) -> None:
    pages = [(made_page(), made_report(3)), (made_page(b"b", url=f"{URL}?b"), made_report(4))]
    for page, report in pages:
        write(store, page, report)
    before = whole(query)
    for page, report in pages:
        write(store, replace(page, fetched_at=days(3)), report)
    assert whole(query) == before


def test_another_reading_of_the_same_bytes_replaces_the_one_before(store: Store, query: Query) -> None:
    write(store, made_page(), made_report(3))
    again = write(store, made_page(fetched_at=days(1)), made_report(5, issues=()), parser_version="2")
    assert (again.news, again.version) == ("reread", 1)
    assert query("SELECT versions, issues, parser_version FROM report_list") == [
        {"versions": 1, "issues": 0, "parser_version": "2"}
    ]
    assert query("SELECT value FROM report_facts WHERE column_code = 'natural_person'") == [{"value": 5}]


def test_a_reading_that_finds_another_publisher_moves_the_report(store: Store, query: Query) -> None:
    write(store, made_page(), made_report(publisher="港口区教育局办公室电话"))
    again = write(store, made_page(), made_report(), parser_version="2")
    assert (again.news, query("SELECT publisher, versions FROM report_list")) == (
        "reread",
        [{"publisher": "港口区教育局", "versions": 1}],
    )


def test_a_reading_that_finds_no_report_takes_the_wrong_one_away(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    write(store, made_page(), None, parser_version="2", status="not_a_report")
    assert query("SELECT * FROM report_list") == []
    assert [query(f"SELECT * FROM {table}") for table in ("report_version", "fact", "section", "rendition")] == [[]] * 4


def test_a_fault_of_the_parser_takes_nothing_away(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    fault = Issue("parser_failed", "error", "the parser failed")
    for _ in range(2):
        write(store, made_page(), None, status="parser_failed", issues=(fault,), parser_version="2")
    assert query("SELECT status, error_code FROM document_list") == [{"status": "ok", "error_code": "parser_failed"}]
    assert query("SELECT issues, versions FROM report_list") == [{"issues": 2, "versions": 1}]
    write(store, made_page(), made_report(), parser_version="3")
    assert query("SELECT issues, versions FROM report_list") == [{"issues": 1, "versions": 1}]


def test_a_page_that_cannot_be_read_is_a_document_with_its_issue(store: Store, query: Query) -> None:
    written = write(store, made_page(b""), None)
    assert (written.news, written.report_id, written.issues) == ("unread", None, 1)
    assert query("SELECT url, status, error_code, error_message, report_id FROM document_list") == [
        {
            "url": URL,
            "status": "unreadable",
            "error_code": "empty",
            "error_message": "The document has no content.",
            "report_id": None,
        }
    ]


@pytest.mark.parametrize(("publisher", "year"), [(None, 2023), ("港口区教育局", None)])
def test_a_report_without_publisher_or_year_is_known_by_its_address(
    store: Store, query: Query, publisher: str | None, year: int | None
) -> None:
    for address in (URL, f"{URL}?other"):
        page = made_page(url=address, listed_year=None)
        write(store, page, made_report(publisher=publisher, report_year=year))
    assert (
        query("SELECT publisher, report_year, versions FROM report_list")
        == [{"publisher": publisher, "report_year": year, "versions": 1}] * 2
    )
    assert {row["code"] for row in query("SELECT code FROM issue")} == {"label_missing", "identity_by_url"}


def test_the_year_of_the_list_serves_where_the_page_has_none(store: Store, query: Query) -> None:
    write(store, made_page(), made_report(report_year=None))
    assert query("SELECT report_year FROM report_list") == [{"report_year": 2023}]
    assert "year_from_list" in {row["code"] for row in query("SELECT code FROM issue")}


def test_two_scopes_stay_two_reports(store: Store, query: Query) -> None:
    write(store, made_page(), made_report(), scope="own_agency")
    write(store, made_page(url=f"{URL}?all"), made_report(), scope="area_rollup")
    assert [row["scope"] for row in query("SELECT scope FROM report_list")] == ["own_agency", "area_rollup"]


def test_publishers_are_told_apart_by_division_and_joined_over_spellings(store: Store, query: Query) -> None:
    for portal, division in (("a", "370303"), ("b", "370304")):
        store.start_crawl(PortalFacts(portal, portal, division), at=MORNING, software="govreports 0")
        for year, name in ((2022, "教 育局"), (2023, "教育局")):
            page = made_page(portal=portal, url=f"http://{portal}/{year}")
            write(store, page, made_report(publisher=name, report_year=year))
    assert query("SELECT division_code, name FROM publisher ORDER BY 1") == [
        {"division_code": "370303", "name": "教育局"},
        {"division_code": "370304", "name": "教育局"},
    ]


def test_a_corrected_division_of_a_portal_reaches_its_reports(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    store.start_crawl(PortalFacts(PORTAL, "港口区人民政府", "370303"), at=days(1), software="govreports 0")
    write(store, made_page(fetched_at=days(1)), made_report())
    assert query("SELECT division_code, versions FROM report_list") == [{"division_code": "370303", "versions": 1}]


def test_the_archive_place_is_kept_of_the_first_full_capture(store: Store, query: Query) -> None:
    page = made_page()
    reading = made_reading(page, made_report())
    store.write(page, reading, Capture("a.warc.gz", 700, 90))
    store.write(replace(page, fetched_at=days(1)), reading, Capture("b.warc.gz", 5, 6, revisit=True))
    assert query("SELECT archive_file, archive_offset, archive_length FROM document") == [
        {"archive_file": "a.warc.gz", "archive_offset": 700, "archive_length": 90}
    ]
    found = store.find_capture(PORTAL, URL, reading.sha256)
    assert found is not None
    assert (found.url, found.fetched_at, found.file) == (URL, MORNING, "a.warc.gz")


def test_bytes_never_archived_have_no_capture(store: Store) -> None:
    write(store, made_page(), made_report())
    assert store.find_capture(PORTAL, URL, made_reading(made_page(), None).sha256) is None


def test_text_that_no_database_holds_is_stored_with_marks(store: Store, query: Query) -> None:
    page = made_page(listed_title="a\0b\ud800")
    write(store, page, made_report(title="标\0题\udfff", publisher="教\ud800育局"))
    assert query("SELECT title, publisher FROM report_list") == [{"title": "标�题�", "publisher": "教�育局"}]


def test_a_batch_with_a_broken_page_leaves_nothing(store: Store, query: Query) -> None:
    sound = made_page()
    twice = fact("requests", "new_received", "total", 1)
    broken = made_page(url=f"{URL}?2")
    with pytest.raises(StoreError, match="failed"):
        store.write_many(
            [
                (sound, made_reading(sound, made_report()), None),
                (broken, made_reading(broken, made_report(facts=(twice, twice))), None),
            ]
        )
    assert all(rows == [] for rows in whole(query).values())


def test_cells_made_by_an_undone_transaction_are_made_again(store: Store, query: Query) -> None:
    page = made_page()
    twice = fact("requests", "new_received", "total", 1)
    with pytest.raises(StoreError):
        write(store, page, made_report(facts=(twice, twice)))
    write(store, page, made_report())
    assert len(query("SELECT * FROM report_facts")) == 7


def test_what_could_not_be_described_by_a_form_keeps_its_codes_and_unit(store: Store, query: Query) -> None:
    odd = fact("proactive", "an_old_row", "amount", Decimal("1.50"), unit="元")
    write(store, made_page(), made_report(facts=(odd,), forms={"proactive": None, "requests": None, "disputes": None}))
    assert query("SELECT form, row_code, row_label, value, unit FROM report_facts") == [
        {"form": "", "row_code": "an_old_row", "row_label": None, "value": 1.5, "unit": "元"}
    ]


def test_a_unit_that_differs_from_the_forms_is_kept_with_the_fact(store: Store, query: Query) -> None:
    write(store, made_page(), made_report(facts=(fact("requests", "new_received", "total", 2, unit="份"),)))
    assert query("SELECT unit FROM report_facts") == [{"unit": "份"}]


def test_checks_are_kept_with_their_figures(store: Store, query: Query) -> None:
    write(store, made_page(), made_report())
    rows = query("SELECT rule, status, expected, actual FROM check_result JOIN check_rule ON id = rule_id ORDER BY 1")
    assert [tuple(row.values()) for row in rows] == [
        ("disputes_total", "not_assessable", None, None),
        ("requests_balance", "pass", "3", "3"),
        ("requests_row_total", "fail", "4", "3"),
    ]


def test_foreign_keys_are_held(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.engine.begin() as connection:
        connection.execute(text("INSERT INTO rendition VALUES (99, 99)"))
