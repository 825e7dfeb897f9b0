"""Where reports are kept: tables, migrations, analyst views and the index into the archive. Only this room
knows SQL.
"""

from __future__ import annotations

from govreports.store.dimensions import PortalFacts
from govreports.store.errors import NewerStoreError, StoreBusyError, StoreError
from govreports.store.reading import DocumentStatus, Reading, find_defect
from govreports.store.runs import CrawlCounters, CrawlRun
from govreports.store.store import Entry, Store, open_store, share_store
from govreports.store.writer import News, Written

__all__ = [
    "CrawlCounters",
    "CrawlRun",
    "DocumentStatus",
    "Entry",
    "NewerStoreError",
    "News",
    "PortalFacts",
    "Reading",
    "Store",
    "StoreBusyError",
    "StoreError",
    "Written",
    "find_defect",
    "open_store",
    "share_store",
]
