"""What spiders yield."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class Page:
    """One document as received from a portal, before anything is parsed.

    ``url`` is the address that answered, ``request_url`` the one that was asked (before redirects).
    ``listed_*`` is what the list page said of the item; ``listed_metadata`` holds label → value pairs that some
    families give only in their list (for example an index number in JSON).
    """

    portal: str
    url: str
    request_url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)
    fetched_at: datetime
    """UTC, aware."""
    request_headers: list[tuple[str, str]] = field(default_factory=list)
    list_url: str | None = None
    listed_title: str | None = None
    listed_on: str | None = None
    """ISO date, as the list printed it."""
    listed_year: int | None = None
    """Report year that the title rule read from the listed title."""
    listed_metadata: dict[str, str] = field(default_factory=dict)
    report_url: str | None = None
    """The page on which the report was published, where this page is one of its attachments."""
    origin: str = "crawl"
    """How the page came in: ``crawl`` or ``import``."""
    kept: bool = False
    """Whether nothing was received: the page has not changed, and these are the bytes of the archive."""
