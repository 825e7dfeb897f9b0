"""A store of many simulated reports, filled in batches: as large as one likes, within minutes."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, insert

from govreports.bodies import load_divisions
from govreports.issues import Place
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports
from govreports.reports.checks import run_checks
from govreports.reports.forms import load_forms
from govreports.reports.model import Fact, MetadataEntry, Report, Section, TableCode
from govreports.store import Store, derived, models, open_store
from govreports.store import engine as transactions
from govreports.store.content import heading, rows_of
from govreports.store.dimensions import Known

YEARS = range(2019, 2026)
_MOMENT = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)
_TEMPLATES = 70
"""Bodies whose figures are drawn; all others repeat them."""
_BATCH = 1000
"""Reports in one transaction."""
_KINDS = ("教育局", "民政局", "财政局", "农业农村局", "卫生健康局", "马山镇人民政府", "临江街道办事处", "人民政府")


def fill(store: Store, reports: int) -> None:
    """Put ``reports`` simulated reports into an empty store: about 200 facts each, one body seven of them."""
    templates = [_report(spec) for spec in _specs()]
    divisions = [division.code for division in load_divisions() if not division.code.endswith("00")]
    known = Known()
    for first in range(0, reports, _BATCH):
        numbers = range(first, min(first + _BATCH, reports))

        def work(connection: Connection, numbers: range = numbers) -> None:
            known.forget()
            _write(connection, known, numbers, templates, divisions)

        transactions.write(store.engine, work)
        known.keep()
    transactions.write(store.engine, derived.match_bodies)
    if store.engine.dialect.name == "sqlite":
        transactions.write(store.engine, lambda connection: connection.exec_driver_sql("ANALYZE"))


def fill_apart(url: str, reports: int) -> None:
    """Make and fill a store in a process of its own, so that what this takes is not found in one that is measured."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(_make, url, reports).result()


def _make(url: str, reports: int) -> None:
    with open_store(url) as store:
        fill(store, reports)


def _specs() -> list[ReportSpec]:
    bodies = [Publisher(name=f"局{number}", credit_code="", requests=3 + number) for number in range(_TEMPLATES)]
    reports = sample_reports(2026, publishers=bodies, years=YEARS)
    total = ("requests", "carried_out", "total")
    # Real reports have mistakes: here every ninth carries over one request too many.
    return [
        spec if number % 9 else spec.with_figures({total: str(int(spec.figures[total]) + 1)})
        for number, spec in enumerate(reports)
    ]


def _report(spec: ReportSpec) -> Report:
    """The report that would be read from a page with these figures."""
    tables: tuple[TableCode, ...] = ("proactive", "requests", "disputes")
    facts = []
    for number, table in enumerate(tables, 1):
        for line, row in enumerate(load_forms()[table].forms[spec.edition].rows, 3):
            for place, column in enumerate(row.columns, 4):
                printed = spec.figures[table, row.code, column.code]
                bare = printed.removesuffix("元")
                value = Decimal(bare) if "." in bare else int(bare)
                unit = column.unit if bare == printed else "元"
                at = Place(table=number, row=line, column=place)
                facts.append(Fact(table, row.code, column.code, "reported", value, printed, unit, at))
    forms: dict[TableCode, str | None] = dict.fromkeys(tables, spec.edition)
    return Report(
        title=spec.title,
        publisher=spec.publisher,
        report_year=spec.year,
        index_number=None,
        document_number=None,
        issued_on=spec.issued_on,
        published_on=spec.published_on,
        metadata=(MetadataEntry("发布机构", "publisher", spec.publisher, spec.publisher),),
        sections=tuple(Section(number, f"{number}、标题", "本年度工作情况。" * 5) for number in range(1, 7)),
        forms=forms,
        facts=tuple(facts),
        checks=run_checks(forms, facts),
        issues=(),
    )


def _write(connection: Connection, known: Known, numbers: range, templates: list[Report], divisions: list[str]) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {}

    def put(table: Any, **values: Any) -> None:
        rows.setdefault(table, []).append(values)

    portals = models.Portal.__table__
    if numbers.start == 0:
        for number, code in enumerate(divisions, 1):
            put(portals, id=number, code=f"portal_{code}", name=None, division_code=code)
    for number in numbers:
        template = templates[number % len(templates)]
        body, key = number // len(YEARS), number + 1
        portal = body % len(divisions) + 1
        if number % len(YEARS) == 0:
            name = f"{_KINDS[body % len(_KINDS)]}{body // len(divisions) or ''}"
            put(models.Publisher.__table__, id=body + 1, division_code=divisions[portal - 1], name=name)
        url = f"http://www.portal{portal}.gov.cn/zwgk/xxgknb/{template.report_year}/t{key}.html"
        digest = f"{key:032x}"
        put(
            models.Document.__table__,
            **{"id": key, "portal_id": portal, "url": url, "url_digest": digest, "sha256": digest * 2},
            **{"source_url": url, "listed_title": template.title, "http_status": 200, "media_type": "text/html"},
            **{"archive_file": "run.warc.gz", "archive_offset": key * 9000, "archive_length": 9000},
            **{"fetched_at": _MOMENT, "last_seen": _MOMENT, "status": "ok", "parser_version": "simulated"},
            **{"reading": digest, "origin": "crawl"},
        )
        put(
            models.Report.__table__,
            **{"id": key, "portal_id": portal, "identity": digest, "publisher_id": body + 1},
            **{"report_year": template.report_year, "scope": "area_rollup" if body % len(_KINDS) == 7 else ""},
        )
        put(
            models.ReportVersion.__table__,
            **{"id": key, "report_id": key, "number": 1, "content_hash": digest, "document_id": key},
            **{"is_current": True, "first_seen": _MOMENT, "last_seen": _MOMENT, **heading(template)},
        )
        put(models.Rendition.__table__, document_id=key, version_id=key)
        for table, found in rows_of(connection, known, key, template).items():
            rows.setdefault(table, []).extend(found)
    for table in models.Base.metadata.sorted_tables:
        if rows.get(table):
            _insert(connection, table, rows[table])


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Many rows at once, past all that SQLAlchemy does for each."""
    names = list(rows[0])
    if table in (models.Fact.__table__, models.CheckResult.__table__) and connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
        cursor = connection.connection.cursor()
        cursor.executemany(sql, [tuple(row.values()) for row in rows])
        cursor.close()
    else:
        connection.execute(insert(table), rows)
