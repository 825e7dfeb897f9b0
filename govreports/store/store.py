"""The store as the rest of the program sees it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from types import TracebackType

from sqlalchemy import Connection, Engine, select

from govreports.archive import Capture, EarlierCapture
from govreports.items import Page
from govreports.process import this_process
from govreports.reports.model import Fact
from govreports.store import bodies, content, derived, runs, writer
from govreports.store import engine as transactions
from govreports.store.derived import Matched
from govreports.store.dimensions import Known, PortalFacts, portal_id
from govreports.store.models import Document, Portal
from govreports.store.reading import Reading, url_digest
from govreports.store.runs import CrawlCounters, CrawlEnd, CrawlRun, RunFacts
from govreports.store.schema import migrate
from govreports.store.writer import Written

Entry = tuple[Page, Reading, Capture | None]
"""A page, what was read from it, and its place in the archive (None where it was not archived)."""


def open_store(url: str, *, patience: float = transactions.PATIENCE) -> Store:
    """Open the store at a database URL: SQLite (folder and file are made) or PostgreSQL, migrated to this
    version.

    ``patience`` is how many seconds to wait for a lock that another process holds. Raises StoreError with one
    clear sentence: a URL of no use, a folder that cannot be written, a file of another program;
    NewerStoreError for a schema newer than this program, which is then left as it was.
    """
    engine = transactions.make_engine(url, patience=patience)
    transactions.make_folder(engine)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


_shared: dict[str, Store] = {}


def share_store(url: str) -> Store:
    """The store at a database URL, the same one for all who ask in this process while any of them has it open.

    The crawls of one process share connections, what they know of its rows, and their turn to write. Raises as
    ``open_store`` does.
    """
    store = _shared.get(url)
    if store is None or not store.is_open:
        store = _shared[url] = open_store(url)
    else:
        store.users += 1
    return store


class Store:
    """An open store. All writing goes through here, each call one transaction; threads may share it.

    Every method raises StoreError when the database fails, and StoreBusyError when it stays locked.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.users = 1
        self._known = Known()
        # One writer a process: threads queue here, in turn, and not at the file's lock, which is not fair.
        self._lock = threading.Lock()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections, once everybody who shares the store has closed it."""
        self.users -= 1
        if not self.is_open:
            self.engine.dispose()

    @property
    def is_open(self) -> bool:
        """Whether anybody still works with it."""
        return self.users > 0

    def write(self, page: Page, reading: Reading, capture: Capture | None = None) -> Written:
        """Write one page whole, or not at all. Its publisher is matched with others by ``settle_bodies``."""
        return self._write([(page, reading, capture)], settle=False)[0]

    def write_many(self, entries: Iterable[Entry]) -> list[Written]:
        """Write several pages in one transaction, all of them or none, and match their publishers."""
        return self._write(list(entries), settle=True)

    def _write(self, entries: Sequence[Entry], *, settle: bool) -> list[Written]:
        def work(connection: Connection) -> list[Written]:
            self._known.forget()
            written = [writer.write_page(connection, self._known, *entry) for entry in entries]
            if settle:
                bodies.settle(connection)
            return written

        with self._lock:
            written = transactions.write(self.engine, work)
            self._known.keep()
        return written

    def know_portal(self, portal: PortalFacts) -> None:
        """Keep what the registry says of a portal."""
        with self._lock:
            transactions.write(self.engine, lambda connection: portal_id(connection, portal))

    def see_again(self, page: Page, sha256: str) -> Written | None:
        """Note that a page was seen whose bytes were read before; None where the store does not hold them."""

        def work(connection: Connection) -> Written | None:
            self._known.forget()
            return writer.see_again(connection, self._known, page, sha256)

        with self._lock:
            written = transactions.write(self.engine, work)
            self._known.keep()
        return written

    def match_bodies(self) -> Matched:
        """Match all publishers to bodies anew, as after a change of the corrections."""
        with self._lock:
            return transactions.write(self.engine, derived.match_bodies)

    def settle_bodies(self) -> None:
        """Match the publishers of what was written since this was last done; the end of a crawl does so, too."""
        with self._lock:
            transactions.write(self.engine, bodies.settle)

    def find_capture(self, portal: str, url: str, sha256: str) -> EarlierCapture | None:
        """The archived capture of these bytes from this address, None where there is none."""
        query = (
            select(Document.url, Document.fetched_at, Document.archive_file)
            .join(Portal, Portal.id == Document.portal_id)
            .where(
                Portal.code == portal,
                Document.url_digest == url_digest(url),
                Document.sha256 == sha256,
                Document.archive_file.is_not(None),
            )
        )
        row = transactions.read(self.engine, lambda connection: connection.execute(query).one_or_none())
        return None if row is None else EarlierCapture(row.url, row.fetched_at, str(row.archive_file))

    def read_facts(self, version_id: int) -> list[Fact]:
        """The facts of one version as they were written, in the order of printing."""
        return transactions.read(self.engine, lambda connection: content.read_facts(connection, version_id))

    def start_crawl(
        self,
        portal: PortalFacts,
        *,
        at: datetime,
        software: str,
        parser_version: str | None = None,
        scope: str = "",
        crawl_id: int | None = None,
    ) -> CrawlRun:
        """Begin the record of a portal's crawl: in the run ``crawl_id``, or in a new one.

        ``scope`` is empty for a crawl of the whole portal, else what it is narrowed to (``years=2023``).
        """
        process = this_process()
        facts = RunFacts(software=software, parser_version=parser_version, host=process.host, pid=process.pid)
        with self._lock:
            return transactions.write(
                self.engine,
                lambda connection: runs.start_crawl(connection, portal, facts, at=at, crawl_id=crawl_id, scope=scope),
            )

    def finish_crawl_portal(
        self,
        run: CrawlRun,
        *,
        at: datetime,
        state: str,
        counters: CrawlCounters,
        finish_reason: str | None = None,
        lists_whole: bool | None = None,
        message: str | None = None,
    ) -> None:
        """End the record of a portal's crawl with a state of the contract."""
        end = CrawlEnd(state=state, finish_reason=finish_reason, lists_whole=lists_whole, message=message)

        def work(connection: Connection) -> None:
            bodies.settle(connection)
            runs.finish_crawl_portal(connection, run, end, at=at, counters=counters)
            _refresh_statistics(connection)

        with self._lock:
            transactions.write(self.engine, work)


def _refresh_statistics(connection: Connection) -> None:
    """Tell SQLite how its tables are filled; without that it reads all facts to find those of one publisher."""
    if connection.dialect.name == "sqlite":
        # A sample is enough, and keeps this at milliseconds whatever the size.
        connection.exec_driver_sql("PRAGMA analysis_limit = 400")
        connection.exec_driver_sql("ANALYZE")
