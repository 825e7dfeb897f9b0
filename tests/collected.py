"""Stores and archives as crawls leave them, made without a crawl; and what of a store must come out the same."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from forked import Process

from govreports.archive import ArchiveWriter, read_record
from govreports.interpretation import judged, reading_of
from govreports.items import Page
from govreports.replica.rendering import report_html
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports
from govreports.store import open_store

FETCHED = datetime(2024, 3, 1, 8, 0, 0, tzinfo=UTC)
PORTAL = "harbour_district"

KILLS = int(os.environ.get("GOVREPORTS_KILLS", "4"))
"""How many times a test kills what it tests; set it to 50 to test at leisure."""


def put_empty_store(file: Path) -> str:
    """A store as ``open_store`` makes it, in a new file, and its URL: migrating takes much longer than copying."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_empty_store())
    return f"sqlite:///{file}"


@cache
def _empty_store() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite"
        open_store(f"sqlite:///{file}").close()
        return file.read_bytes()


def sample_pages(count: int) -> list[Page]:
    """Pages of ``count`` different reports."""
    years = range(2019, 2026)
    bodies = [
        Publisher(name=f"港口区第{number}局", credit_code=f"1137030300421{number:04}C")
        for number in range(-(-count // len(years)))
    ]
    return [report_page(report) for report in sample_reports(7, publishers=bodies, years=years)[:count]]


def report_page(report: ReportSpec, **changes: Any) -> Page:
    """The page that carries ``report``."""
    text = f"<html><head><title>{report.title}</title></head><body>{report_html(report)}</body></html>"
    url = f"http://harbour.gov.cn/xxgk/{report.index_number.replace('/', '-')}.html"
    fields: dict[str, Any] = {
        "portal": PORTAL,
        "url": url,
        "request_url": url,
        "status": 200,
        "headers": [("Content-Type", "text/html; charset=utf-8")],
        "body": text.encode(),
        "fetched_at": FETCHED,
        "list_url": "http://harbour.gov.cn/xxgk/",
        "listed_title": report.title,
        "listed_on": report.published_on,
        "listed_year": report.year,
    }
    return Page(**{**fields, **changes})


@dataclass(frozen=True, slots=True)
class Collection:
    """A data folder: a store and an archive. The store lies in the folder, or at ``elsewhere``."""

    folder: Path
    elsewhere: str | None = None

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def database(self) -> Path:
        return self.folder / "govreports.sqlite"

    @property
    def url(self) -> str:
        return self.elsewhere or f"sqlite:///{self.database}"

    @property
    def environment(self) -> dict[str, str]:
        """Names the collection to ``govreports``."""
        return {"GOVREPORTS_DATABASE_URL": self.url, "GOVREPORTS_DATA_DIR": str(self.folder)}

    def collect(self, pages: Iterable[Page], *, name: str = "run-1") -> None:
        """Archive, read and store pages as a crawl does."""
        if self.elsewhere is None and not self.database.exists():
            put_empty_store(self.database)
        with open_store(self.url) as store, ArchiveWriter(self.archive, name=name, software="govreports 0") as writer:
            for page in pages:
                capture = writer.write(page)
                store.write(page, judged(page, reading_of(page)), capture)
            store.settle_bodies()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query; what is true or false as 1 or 0."""
        if self.elsewhere is not None:
            with open_store(self.elsewhere) as store, store.engine.connect() as connection:
                return [tuple(map(_as_in_sqlite, row)) for row in connection.exec_driver_sql(sql)]
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()

    def change(self, *statements: str) -> None:
        """Change the store behind the program's back."""
        with closing(sqlite3.connect(self.database)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def dump(self) -> list[str]:
        """All that the store says, without what another order of work may change: row numbers, moments, places."""
        return [
            text
            for query in (
                "SELECT url, source_url, sha256, status, reading, parser_version, listed_title, origin, version,"
                " error_code, vanished_at IS NULL FROM document_list JOIN (SELECT id, reading AS reading, origin AS o"
                " FROM document) AS d ON d.id = document_id ORDER BY portal, url, sha256",
                "SELECT portal, publisher, report_year, scope, title, index_number, source_url, checks_failed, issues,"
                " versions, vanished_at IS NULL FROM report_list ORDER BY portal, source_url, report_year, scope",
                "SELECT source_url, version, is_current, title, replaces, change FROM version_list ORDER BY 1, 2",
                "SELECT source_url, report_year, form, table_code, row_code, column_code, value_text, status, raw,"
                " unit, at_table, at_row, at_column FROM report_facts ORDER BY 1, 2, 4, 5, 6",
                "SELECT title, rule, table_code, row_code, column_code, status, expected, actual FROM check_result"
                " JOIN report_version AS v ON v.id = version_id JOIN check_rule AS r ON r.id = rule_id"
                " ORDER BY 1, 2, 3, 4, 5",
                "SELECT url, code, severity, message, at_row FROM issue JOIN document ON document.id = document_id"
                " ORDER BY 1, 2, 4, 5",
            )
            # Sorted here: the two engines have their own ways with NULL and with letters.
            for text in sorted(map(repr, self.ask(query)))
        ]

    def assert_whole(self) -> None:
        """The database is sound, and every document gets its bytes back out of the archive."""
        if self.elsewhere is None:
            assert self.ask("PRAGMA integrity_check") == [("ok",)]
            assert self.ask("PRAGMA foreign_key_check") == []
        for sha256, file, offset in self.ask("SELECT sha256, archive_file, archive_offset FROM document"):
            record = read_record(self.archive / file, offset)
            assert hashlib.sha256(record.body).hexdigest() == sha256


def _as_in_sqlite(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def start_govreports(collection: Collection, *arguments: str, environment: dict[str, str] | None = None) -> Process:
    """Begin a ``govreports`` command on a collection."""
    return Process(
        "govreports.cli",
        *arguments,
        folder=collection.folder,
        environment={**os.environ, **collection.environment, **(environment or {})},
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str


def run_govreports(
    collection: Collection, *arguments: str, environment: dict[str, str] | None = None, timeout: float = 100
) -> Ran:
    """Run a ``govreports`` command on a collection and wait for it."""
    run = start_govreports(collection, *arguments, environment=environment)
    stdout, stderr = run.communicate(timeout=timeout)
    return Ran(run.returncode, stdout, stderr)


def words(lines: Sequence[str] | str) -> str:
    """Text with any white space as one blank: tables and wrapped lines compare as they read."""
    return " ".join((lines if isinstance(lines, str) else "\n".join(lines)).split())
