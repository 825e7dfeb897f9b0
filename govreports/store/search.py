"""Full-text search over titles and section text: an index in a file of its own beside the store.

The store is left alone, because a crawl may be writing it. The index follows the store by version: what was indexed
before is not read again. It holds words and the few columns by which results are counted, not the text; excerpts are
read from the store.
"""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, bindparam, text

from govreports.reports.text import to_simplified
from govreports.store import engine as transactions
from govreports.store.errors import StoreBusyError, StoreError
from govreports.store.inspection import database_file
from govreports.store.store import Store
from govreports.store.words import index_words, match_expression, search_terms

PAGE: Final = 20
"""Results on one page."""
FACETS: Final = ("province", "year", "form", "level")
"""Columns by which results are counted and narrowed."""

_LAYOUT: Final = 1
"""Of the index file; one of another layout is made anew."""
_PART: Final = 200
"""Reports that are indexed in one transaction."""
_SPARE: Final = 1000
"""Replaced entries that are left in the index in any case."""
_EXCERPT: Final = 60
"""Characters shown on either side of what was found."""
_TABLES: Final = (
    """
    CREATE TABLE entry (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        report_id INTEGER NOT NULL UNIQUE,
        version_id INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        title TEXT, publisher TEXT, province TEXT, year INTEGER, form TEXT, level TEXT,
        scope TEXT NOT NULL, portal TEXT NOT NULL, checks_failed INTEGER NOT NULL
    )
    """,
    # Contentless: the words alone. What an entry that was replaced left behind joins with no entry any more.
    "CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 0')",
    "CREATE INDEX ix_entry_facets ON entry (province, year, form, level)",
)
_REPORTS: Final = """
    SELECT report.id, report_version.id, report_version.content_hash, report_version.title, publisher.name,
           NULLIF(SUBSTR(COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''),
                                  portal.division_code), 1, 2), ''),
           report.report_year,
           COALESCE(version_summary.requests_form, version_summary.proactive_form, version_summary.disputes_form,
                    version_summary.indicators_form),
           body.level, report.scope, portal.code,
           (SELECT COUNT(*) FROM check_result
             WHERE check_result.version_id = report_version.id AND check_result.status = 'fail')
      FROM report
      JOIN portal ON portal.id = report.portal_id
      JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
      LEFT JOIN version_summary ON version_summary.version_id = report_version.id
      LEFT JOIN publisher ON publisher.id = report.publisher_id
      LEFT JOIN body ON body.id = publisher.body_id
"""
_COLUMNS: Final = (
    *("report_id", "version_id", "content_hash", "title", "publisher", "province", "year"),
    *("form", "level", "scope", "portal", "checks_failed"),
)
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; a part that is None does not narrow."""

    query: str = ""
    province: str | None = None
    """First two digits of the division code."""
    year: int | None = None
    form: str | None = None
    level: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in the text: what stands before, what was found, what stands behind."""

    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One report that was found."""

    report_id: int
    title: str | None
    publisher: str | None
    province: str | None
    year: int | None
    form: str | None
    level: str | None
    scope: str
    portal: str
    checks_failed: int
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found, and how all of it divides."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[Any, int]]] = field(default_factory=dict)
    """Per facet its values with counts, those that nothing is known of as None."""


_HIT: Final = [one.name for one in fields(Hit) if one.name != "excerpt"]


class SearchIndex:
    """The index of one store. Threads may share it; StoreError when the file fails."""

    def __init__(self, store: Store, file: Path, *, temporary: tempfile.TemporaryDirectory[str] | None = None) -> None:
        self.file = file
        self.temporary = temporary
        """The folder that goes when the index is closed; None where it is kept."""
        self.as_of: datetime | None = None
        """When it was last brought up to date; None before that is done."""
        self.progress = (0, 0)
        """Reports read and to be read, while it is being brought up to date."""
        self.failure: str | None = None
        """Why it could not be brought up to date, as one sentence."""
        self._ending = threading.Event()
        self._worker: threading.Thread | None = None
        self._store = store
        self._engine = _open(file)

    def __enter__(self) -> SearchIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is being brought up to date stops where it is, and goes on the next time."""
        self._ending.set()
        if self._worker is not None:
            self._worker.join()
        self._engine.dispose()
        if self.temporary is not None:
            self.temporary.cleanup()

    def refresh_beside(self, *, wait: float) -> None:
        """Bring the index up to the store in a thread of its own; a small store is done within ``wait`` seconds."""
        self._worker = threading.Thread(target=self._refresh_or_say_why, name="search index")
        self._worker.start()
        self._worker.join(wait)

    def _refresh_or_say_why(self) -> None:
        try:
            self.refresh()
        except StoreError as error:
            self.failure = str(error)

    def refresh(self) -> int:
        """Bring the index up to the store; how many reports were read for it."""
        found = {
            row[0]: tuple(row)
            for row in transactions.read(self._store.engine, lambda connection: connection.execute(text(_REPORTS)))
        }
        known = {row[0]: tuple(row) for row in self._ask(f"SELECT {', '.join(_COLUMNS)} FROM entry")}
        gone = [number for number in known if number not in found]
        changed = [row for number, row in found.items() if known.get(number) != row]
        # Text is read again only where it is another: the rest is counted otherwise, no more.
        read = [row for row in changed if known.get(row[0], ())[1:3] != row[1:3]]
        moved = [row for row in changed if known.get(row[0], ())[1:3] == row[1:3]]
        transactions.write(self._engine, lambda connection: _move(connection, gone, moved))
        for start in range(0, len(read), _PART):
            part = read[start : start + _PART]
            self._take(part)
            self.progress = (min(start + _PART, len(read)), len(read))
            if self._ending.is_set():
                return self.progress[0]
        if read:
            self._drop_leftovers()
        self.as_of = datetime.now(UTC)
        return len(read)

    def search(self, search: Search) -> Results:
        """What the index finds, best first; without a query the newest years first."""
        # All that is stored is Simplified.
        query = to_simplified(search.query)
        match = match_expression(query)
        if search.query.strip() and match is None:
            return Results(0, ())
        source = "entry JOIN words ON words.rowid = entry.number" if match else "entry"
        narrowed = {name: getattr(search, name) for name in FACETS if getattr(search, name) is not None}
        conditions = [*(["words MATCH :match"] if match else []), *(f"entry.{name} = :{name}" for name in narrowed)]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        values = {"match": match, **narrowed} if match else narrowed
        counts = self._ask(f"SELECT {_listed(FACETS)}, COUNT(*) FROM {source}{where} GROUP BY 1, 2, 3, 4", values)
        order = "bm25(words, 8.0, 1.0)" if match else "entry.year DESC, entry.province, entry.publisher"
        rows = self._ask(
            f"SELECT entry.version_id, {_listed(_HIT)} FROM {source}{where}"
            f" ORDER BY {order}, entry.report_id LIMIT :size OFFSET :start",
            {**values, "size": PAGE, "start": (search.page - 1) * PAGE},
        )
        excerpts = self._excerpts([row[0] for row in rows], query) if match else {}
        hits = tuple(replace(Hit(*row[1:]), excerpt=excerpts.get(row[0])) for row in rows)
        return Results(sum(row[-1] for row in counts), hits, _facets(counts))

    def coverage(self) -> list[tuple[str | None, int | None, int]]:
        """How many reports there are, by province and year."""
        return [tuple(row) for row in self._ask("SELECT province, year, COUNT(*) FROM entry GROUP BY 1, 2")]

    def _take(self, rows: Sequence[_Row]) -> None:
        versions = [row[1] for row in rows]
        texts = transactions.read(self._store.engine, lambda connection: _texts(connection, versions))
        transactions.write(self._engine, lambda connection: _add(connection, rows, texts))

    def _excerpts(self, versions: Sequence[int], query: str) -> dict[int, Excerpt]:
        texts = transactions.read(self._store.engine, lambda connection: _texts(connection, versions))
        found = {version: _excerpt(said, search_terms(query)) for version, said in texts.items()}
        return {version: excerpt for version, excerpt in found.items() if excerpt is not None}

    def _drop_leftovers(self) -> None:
        """Make the index anew where more than half of it belongs to entries that were replaced."""
        highest, count = self._ask("SELECT COALESCE(MAX(number), 0), COUNT(*) FROM entry")[0]
        if highest > 2 * count + _SPARE:
            transactions.write(self._engine, _forget)
            self.refresh()

    def _ask(self, sql: str, values: dict[str, Any] | None = None) -> Sequence[Any]:
        return transactions.read(self._engine, lambda connection: connection.execute(text(sql), values or {}).all())


def open_index(store: Store) -> SearchIndex:
    """The index of a store: beside it, else, where that folder takes no file, in one for temporary files."""
    database = database_file(store.engine.url.render_as_string())
    assert database is not None
    beside = database.with_name(f"{database.stem}.search.sqlite")
    try:
        return SearchIndex(store, beside)
    except StoreBusyError:
        raise
    except StoreError:
        folder = tempfile.TemporaryDirectory(prefix="govreports-search-")
        return SearchIndex(store, Path(folder.name) / beside.name, temporary=folder)


def _open(file: Path) -> Engine:
    url = URL.create("sqlite", database=str(file)).render_as_string()
    engine = transactions.make_engine(url)
    try:
        transactions.write(engine, _prepare)
        transactions.use_write_ahead_log(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(connection: Connection) -> None:
    layout = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if layout != _LAYOUT:
        _forget(connection)


def _forget(connection: Connection) -> None:
    for name in ("words", "entry"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {_LAYOUT}")


def _move(connection: Connection, gone: Iterable[int], moved: Iterable[_Row]) -> None:
    leaving = [{"report_id": number} for number in gone]
    if leaving:
        connection.execute(text("DELETE FROM entry WHERE report_id = :report_id"), leaving)
    staying = [dict(zip(_COLUMNS, row, strict=True)) for row in moved]
    if staying:
        changes = ", ".join(f"{name} = :{name}" for name in _COLUMNS if name != "report_id")
        connection.execute(text(f"UPDATE entry SET {changes} WHERE report_id = :report_id"), staying)


def _add(connection: Connection, rows: Iterable[_Row], texts: dict[int, str]) -> None:
    marks = ", ".join(f":{name}" for name in _COLUMNS)
    forget = text("DELETE FROM entry WHERE report_id = :report_id")
    enter = text(f"INSERT INTO entry ({', '.join(_COLUMNS)}) VALUES ({marks}) RETURNING number")
    index = text("INSERT INTO words (rowid, title, text) VALUES (:number, :title, :text)")
    for row in rows:
        entry = dict(zip(_COLUMNS, row, strict=True))
        connection.execute(forget, entry)
        number = connection.execute(enter, entry).scalar_one()
        title = f"{entry['title'] or ''}\n{entry['publisher'] or ''}"
        words = {"number": number, "title": index_words(title), "text": index_words(texts.get(entry["version_id"], ""))}
        connection.execute(index, words)


def _texts(connection: Connection, versions: Sequence[int]) -> dict[int, str]:
    """The section text of versions, a line a heading and a text."""
    query = text(
        "SELECT version_id, heading, text FROM section WHERE version_id IN :versions ORDER BY version_id, position"
    ).bindparams(bindparam("versions", expanding=True))
    found: dict[int, list[str]] = {}
    for version, heading, said in connection.execute(query, {"versions": list(versions)}):
        found.setdefault(version, []).append(f"{heading}\n{said}")
    return {version: "\n".join(parts) for version, parts in found.items()}


def _excerpt(said: str, terms: Sequence[str]) -> Excerpt | None:
    """Where the first of the terms stands; None where none does (it is in the title, or printed otherwise)."""
    flat = " ".join(said.split())
    folded = flat.casefold()
    if len(folded) != len(flat):
        folded = flat
    for term in terms:
        start = folded.find(term)
        if start >= 0:
            end = start + len(term)
            before, after = flat[max(start - _EXCERPT, 0) : start], flat[end : end + _EXCERPT]
            return Excerpt(
                before=f"…{before}" if start > _EXCERPT else before,
                found=flat[start:end],
                after=f"{after}…" if end + _EXCERPT < len(flat) else after,
            )
    return None


def _facets(counts: Iterable[Sequence[Any]]) -> dict[str, list[tuple[Any, int]]]:
    sums: dict[str, Counter[Any]] = {name: Counter() for name in FACETS}
    for *values, count in counts:
        for name, value in zip(FACETS, values, strict=True):
            sums[name][value] += count
    return {name: sorted(found.items(), key=lambda one: _order(name, *one)) for name, found in sums.items()}


def _order(name: str, value: Any, count: int) -> tuple[Any, ...]:
    if value is None:
        return (1, 0, "")
    if name == "year":
        return (0, -value, "")
    return (0, 0, value) if name == "province" else (0, -count, value)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"entry.{name}" for name in names)
