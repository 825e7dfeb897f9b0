"""A page and its attachments are one report, whatever came first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from collected import put_empty_store
from made_reports import URL, days, fact, made_page, made_reading, made_report
from sqlalchemy import create_engine, text

import govreports.store
from govreports.issues import Place
from govreports.items import Page
from govreports.reports.model import Report
from govreports.store import Reading, Store, open_store
from govreports.store.reading import url_digest

Query = Callable[[str], list[dict[str, Any]]]
Arrival = tuple[Page, Reading]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TYPES = {"docx": DOCX, "pdf": PDF, "png": "image/png", "html": "text/html"}
WITHOUT_TABLES: dict[str, Any] = {
    "facts": (),
    "checks": (),
    "issues": (),
    "forms": {"proactive": None, "requests": None, "disputes": None},
}


def page(report: Report, body: bytes = b"page", **changes: Any) -> Arrival:
    """The report's page."""
    made = made_page(body, **changes)
    return made, made_reading(made, report)


def attachment(name: str, report: Report, body: bytes | None = None, **changes: Any) -> Arrival:
    """A file attached to the page; one that ends in png was read by a machine."""
    ending = name.rpartition(".")[2]
    made = made_page(body or name.encode(), url=f"{URL}/{name}", report_url=URL, listed_title=name, **changes)
    return made, made_reading(made, report, media_type=TYPES[ending], recognised=ending == "png")


def read(value: int, *, table: int = 2, page_number: int | None = None) -> Report:
    """A file's report: no metadata of its own, one figure of its own, at a place of its own."""
    at = Place(table=table, row=4, column=3, page=page_number)
    cell = fact("requests", "new_received", "natural_person", value, at=at)
    return made_report(
        title=None,
        index_number=None,
        issued_on=None,
        publisher=None,
        metadata=(),
        facts=(cell, fact("requests", "new_received", "total", 1234, raw="1,234")),
        issues=(),
    )


def part(table: Any, row: str, column: str, value: int) -> Report:
    """A picture of one table."""
    cell = fact(table, row, column, value)
    return replace(
        read(0),
        facts=(cell,),
        checks=(),
        forms={"proactive": None, "requests": None, "disputes": None, table: "v2021"},
        sections=(),
    )


def write(store: Store, arrivals: Sequence[Arrival]) -> list[Any]:
    return [store.write(*arrival) for arrival in arrivals]


def stored(query: Query) -> dict[str, list[dict[str, Any]]]:
    """What an analyst sees, without numbers that only count arrivals."""
    left_out = {"report_id", "first_seen", "last_seen"}
    ordered = {"report_list": "title", "report_facts": "table_code, row_code, column_code"}
    found = {
        view: [{key: value for key, value in row.items() if key not in left_out} for row in query(sql)]
        for view, by in ordered.items()
        for sql in [f"SELECT * FROM {view} ORDER BY {by}"]
    }
    found["issues"] = query(
        "SELECT url, code, message FROM issue JOIN document ON document.id = document_id ORDER BY 1, 2, 3"
    )
    return found


def figure(query: Query) -> list[tuple[Any, ...]]:
    sql = "SELECT value, source_url, document_url, at_page FROM report_facts WHERE column_code = 'natural_person'"
    return [tuple(row.values()) for row in query(sql)]


def test_the_file_gives_the_figures_that_the_page_lacks_and_the_page_the_metadata(store: Store, query: Query) -> None:
    news = write(store, [page(made_report(**WITHOUT_TABLES)), attachment("a.pdf", read(5, page_number=2))])
    assert [written.news for written in news] == ["new", "rendition"]
    assert figure(query) == [(5, URL, f"{URL}/a.pdf", 2)]
    (row,) = query("SELECT title, index_number, issued_on, source_url, document_url, versions FROM report_list")
    assert row == {
        "title": "港口区教育局2023年政府信息公开工作年度报告",
        "index_number": "11370303/2024-001",
        "issued_on": "2024-01-18",
        "source_url": URL,
        "document_url": f"{URL}/a.pdf",
        "versions": 1,
    }


RENDITIONS = {
    "html": lambda: page(made_report(3)),
    "docx": lambda: attachment("a.docx", read(4)),
    "pdf": lambda: attachment("a.pdf", read(5)),
    "png": lambda: attachment("a.png", read(6)),
}


@pytest.mark.parametrize("best", range(3))
def test_the_best_rendition_gives_the_figures(store: Store, query: Query, best: int) -> None:
    kinds = list(RENDITIONS)[best:]
    bare = [] if best == 0 else [page(made_report(**WITHOUT_TABLES))]
    write(store, [*bare, *(RENDITIONS[kind]() for kind in reversed(kinds))])
    assert [row[0] for row in figure(query)] == [3 + best]


def test_every_order_of_arrival_leaves_the_same(tmp_path: Path) -> None:
    arrivals = [make() for make in RENDITIONS.values()]
    outcomes = []
    for number, order in enumerate(permutations(arrivals)):
        with open_store(put_empty_store(tmp_path / f"{number}.sqlite")) as store:
            write(store, order)
            outcomes.append(stored(_query_of(store)))
    assert all(outcome == outcomes[0] for outcome in outcomes)


def _query_of(store: Store) -> Query:
    def ask(sql: str) -> list[dict[str, Any]]:
        with store.engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(sql)).mappings()]

    return ask


def test_a_disagreement_names_both_cells_and_both_values(store: Store, query: Query) -> None:
    write(store, [page(made_report(3)), attachment("a.pdf", read(5, table=7, page_number=2))])
    (issue,) = query("SELECT * FROM issue WHERE code = 'renditions_disagree'")
    assert issue["message"] == (
        f"requests/new_received/natural_person is 3 in {URL} (table 2, row 4, column 3), "
        f"but 5 in {URL}/a.pdf (table 7, row 4, column 3, page 2); the former was taken"
    )
    assert (issue["severity"], issue["at_table"], issue["at_row"], issue["at_column"]) == ("warning", 2, 4, 3)
    assert query("SELECT issues FROM report_list") == [{"issues": 2}]


def test_renditions_that_agree_leave_no_issue_and_one_version(store: Store, query: Query) -> None:
    news = write(store, [page(made_report(3)), attachment("a.docx", read(3))])
    assert [written.news for written in news] == ["new", "rendition"]
    assert query("SELECT code FROM issue WHERE code = 'renditions_disagree'") == []
    assert query("SELECT versions, document_url FROM report_list") == [{"versions": 1, "document_url": None}]
    assert query("SELECT COUNT(*) AS renditions FROM rendition") == [{"renditions": 2}]


def test_a_cell_that_a_scan_leaves_open_is_no_disagreement(store: Store, query: Query) -> None:
    unread = replace(read(3), facts=(fact("requests", "new_received", "total", None, status="unreadable", raw="l2"),))
    write(store, [page(made_report(3)), attachment("a.png", unread)])
    assert query("SELECT code FROM issue WHERE code = 'renditions_disagree'") == []


def test_tables_that_are_pictures_are_put_together(store: Store, query: Query) -> None:
    pictures = [
        attachment("1.png", part("proactive", "administrative_licence", "decisions", 7)),
        attachment("2.png", part("requests", "new_received", "natural_person", 8)),
        attachment("3.png", part("disputes", "review", "upheld", 9)),
    ]
    write(store, [page(made_report(**WITHOUT_TABLES)), *pictures])
    rows = query("SELECT table_code, value, document_url FROM report_facts ORDER BY 1")
    assert [tuple(row.values()) for row in rows] == [
        ("disputes", 9, f"{URL}/3.png"),
        ("proactive", 7, f"{URL}/1.png"),
        ("requests", 8, f"{URL}/2.png"),
    ]


def test_the_same_crawl_twice_moves_nothing_but_last_seen(store: Store, query: Query) -> None:
    arrivals = [page(made_report(3)), attachment("a.pdf", read(5)), attachment("b.docx", read(4))]
    write(store, arrivals)
    before = stored(query)
    news = write(store, [(replace(made, fetched_at=days(7)), reading) for made, reading in arrivals])
    assert ([written.news for written in news], stored(query)) == (["unchanged"] * 3, before)
    assert query("SELECT last_seen, versions FROM report_list") == [
        {"last_seen": "2024-03-08T08:00:00Z", "versions": 1}
    ]


def test_a_replaced_file_makes_a_second_version_and_keeps_the_first(store: Store, query: Query) -> None:
    bare = page(made_report(**WITHOUT_TABLES))
    write(store, [bare, attachment("a.pdf", read(5))])
    again = (replace(bare[0], fetched_at=days(30)), bare[1])
    news = write(store, [again, attachment("a.pdf", read(6), b"corrected", fetched_at=days(30))])
    assert [written.news for written in news] == ["unchanged", "changed"]
    rows = query(
        "SELECT number, value, is_current FROM fact JOIN cell ON cell.id = cell_id JOIN report_version"
        " ON report_version.id = version_id WHERE column_code = 'natural_person' ORDER BY 1"
    )
    assert [tuple(row.values()) for row in rows] == [(1, "5", 0), (2, "6", 1)]


def test_a_new_page_with_a_new_file_leaves_the_old_file_to_the_old_version(store: Store, query: Query) -> None:
    write(store, [page(made_report(**WITHOUT_TABLES)), attachment("old.docx", read(5))])
    later = made_report(title="港口区教育局2023年政府信息公开工作年度报告（更正）", **WITHOUT_TABLES)
    write(
        store,
        [page(later, b"other", fetched_at=days(30)), attachment("new.pdf", read(6), fetched_at=days(30))],
    )
    assert figure(query) == [(6, URL, f"{URL}/new.pdf", None)]
    assert query("SELECT versions FROM report_list") == [{"versions": 2}]
    assert query("SELECT code FROM issue WHERE code = 'renditions_disagree'") == []


def test_attached_reports_of_other_bodies_are_reports_of_their_own(store: Store, query: Query) -> None:
    bodies = ["港口区教育局", "港口区民政局"]
    cover = page(made_report(publisher="港口区人民政府", **WITHOUT_TABLES))
    files = [attachment(f"{n}.pdf", replace(read(n), publisher=body)) for n, body in enumerate(bodies)]
    write(store, [cover, *files])
    rows = query("SELECT publisher, document_url FROM report_list ORDER BY publisher")
    assert [tuple(row.values()) for row in rows] == [
        ("港口区人民政府", None),
        ("港口区教育局", f"{URL}/0.pdf"),
        ("港口区民政局", f"{URL}/1.pdf"),
    ]


def test_a_file_that_names_its_body_in_full_belongs_to_the_page(store: Store, query: Query) -> None:
    write(
        store,
        [
            page(made_report(**WITHOUT_TABLES)),
            attachment("a.pdf", replace(read(5), publisher="滨海市港口区教育局")),
        ],
    )
    assert query("SELECT publisher, document_url FROM report_list") == [
        {"publisher": "港口区教育局", "document_url": f"{URL}/a.pdf"}
    ]


def test_a_page_that_cannot_be_read_leaves_the_report_to_its_file(store: Store, query: Query) -> None:
    cover = made_page()
    store.write(cover, made_reading(cover, None))
    write(store, [attachment("a.pdf", replace(read(5), publisher="港口区教育局"))])
    assert query("SELECT publisher, source_url, document_url FROM report_list") == [
        {"publisher": "港口区教育局", "source_url": URL, "document_url": f"{URL}/a.pdf"}
    ]


def test_a_file_that_is_no_report_is_kept_beside_the_report(store: Store, query: Query) -> None:
    made = made_page(b"<html>404</html>", url=f"{URL}/a.pdf", report_url=URL)
    write(store, [page(made_report(3)), (made, made_reading(made, None, status="not_a_report"))])
    assert query("SELECT versions, document_url FROM report_list") == [{"versions": 1, "document_url": None}]
    rows = query("SELECT url, status, source_url FROM document_list ORDER BY document_id")
    assert [tuple(row.values()) for row in rows] == [(URL, "ok", URL), (f"{URL}/a.pdf", "not_a_report", URL)]


def test_a_better_reading_of_the_file_replaces_the_one_before(store: Store, query: Query) -> None:
    file = attachment("a.pdf", read(5))
    write(store, [page(made_report(**WITHOUT_TABLES)), file])
    made, reading = file
    again = store.write(made, replace(reading, report=read(6), parser_version="2"))
    assert (again.news, [row[0] for row in figure(query)]) == ("reread", [6])
    assert query("SELECT versions FROM report_list") == [{"versions": 1}]


def test_a_file_that_loses_its_report_gives_the_figures_back(store: Store, query: Query) -> None:
    made, reading = attachment("a.docx", read(5))
    write(store, [page(made_report(**WITHOUT_TABLES)), attachment("b.pdf", read(6)), (made, reading)])
    store.write(made, made_reading(made, None, status="not_a_report", parser_version="2"))
    assert figure(query) == [(6, URL, f"{URL}/b.pdf", None)]


def test_a_store_from_before_takes_its_attachments_along(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.sqlite"
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(govreports.store.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(text("INSERT INTO portal (id, code) VALUES (1, 'harbour_district')"))
        connection.execute(
            text(
                "INSERT INTO document (portal_id, url, url_digest, sha256, source_url, http_status, fetched_at,"
                " last_seen, status, parser_version, reading) VALUES (1, :file, 'a', 'b', :page, 200,"
                " '2024-03-01T08:00:00Z', '2024-03-01T08:00:00Z', 'unreadable', '1', 'c')"
            ),
            {"file": f"{URL}/a.pdf", "page": URL},
        )
    engine.dispose()
    with open_store(url) as store:
        rows = _query_of(store)("SELECT page_digest FROM document")
        assert rows == [{"page_digest": url_digest(URL)}]


def test_figures_keep_their_exact_digits_over_the_composing(store: Store, query: Query) -> None:
    write(store, [page(made_report()), attachment("a.docx", read(3))])
    rows = query("SELECT value_text, raw FROM report_facts WHERE table_code = 'proactive'")
    assert rows == [{"value_text": "59237.2449", "raw": "59237.2449"}]
