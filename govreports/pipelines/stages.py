"""What a page is between two pipelines: each step takes one of these and gives the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from govreports.archive import Capture
from govreports.items import Page
from govreports.store import News, Reading


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """After ``archive``: the page and where its bytes lie."""

    page: Page = field(repr=False)
    capture: Capture


@dataclass(frozen=True, slots=True)
class ReadPage:
    """After ``extract``, and again after ``check``: with what was read from it."""

    page: Page = field(repr=False)
    capture: Capture
    reading: Reading | None = field(repr=False)
    """None where the present parser has read the same bytes under the same listing before."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """After ``store``: a summary without bodies, which is what Scrapy's feeds and signals see."""

    portal: str
    url: str
    news: News
    status: str
    report_id: int | None
    version: int | None
    publisher: str | None
    report_year: int | None
    title: str | None
    facts: int
    checks_failed: int
    issues: int
