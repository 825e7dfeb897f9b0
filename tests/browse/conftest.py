"""A store crawled from replica portals with whatever makes a page difficult, served by ``govreports browse``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from browsing import BLANK, DOCX, HOSTILE, NAME, STROKE, UNREADABLE, Browsed, start_browse
from collected import FETCHED, Collection, report_page
from crawled import served

from govreports.replica.catalogue import make_portal
from govreports.replica.files import report_docx
from govreports.replica.samples import Publisher, sample_reports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """Two portals, one of them crawled a second time after a correction, and a report that is a Word document."""
    portal = make_portal(NAME)
    by_year = {report.year: report for report in portal.reports}
    odd = portal.edit(by_year[2024], {BLANK: "", STROKE: "/", UNREADABLE: "若干"})
    portal.edit(by_year[2023], {("requests", "outcome_total", "total"): "987"})
    portal.retitle(by_year[2022], f"{HOSTILE}{by_year[2022].title}")
    with served(tmp_path_factory.mktemp("browsed"), portal, "hanweb_jpaas") as site:
        for name in (NAME, "hanweb_jpaas"):
            ran = site.crawl(name)
            assert ran.code == 0, ran.stderr
        portal.edit(odd, {("requests", "new_received", "commercial_enterprise"): "76"})
        assert site.crawl(NAME).code == 0
        collection = site.collection
    office = Publisher(name="港口区档案局", credit_code="1137030300421001XC")
    (report,) = sample_reports(3, publishers=[office], years=[2023])
    word = report_page(
        report,
        url="http://harbour.gov.cn/files/report.docx",
        headers=[("Content-Type", DOCX)],
        body=report_docx(report),
        fetched_at=FETCHED + timedelta(days=1),
    )
    collection.collect([word], name="word")
    return collection


@pytest.fixture(scope="session")
def browsed(crawled: Collection) -> Iterator[Browsed]:
    """The collection, served while tests run."""
    process, url = start_browse(crawled)
    yield Browsed(url, crawled)
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture
def page(chromium: Browser, browsed: Browsed) -> Iterator[Page]:
    """A page that fails the test when it asks another host, is refused something, or opens a dialog."""
    context = chromium.new_context(base_url=browsed.url, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    amiss: list[str] = []
    opened.on("request", lambda request: amiss.append(request.url) if not request.url.startswith(browsed.url) else None)
    opened.on("console", lambda message: amiss.append(message.text) if "404" not in message.text else None)
    opened.on("pageerror", lambda error: amiss.append(str(error)))

    def refuse(dialog: Any) -> None:
        amiss.append(dialog.message)
        dialog.dismiss()

    opened.on("dialog", refuse)
    yield opened
    context.close()
    assert amiss == []
