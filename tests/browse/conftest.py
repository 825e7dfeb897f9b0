"""A store crawled from replica portals with whatever makes a page difficult, served by ``govreports browse``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from collected import FETCHED, Collection, report_page, start_govreports
from crawled import served

from govreports.replica.catalogue import make_portal
from govreports.replica.files import report_docx
from govreports.replica.samples import Publisher, sample_reports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "trs_plain"
HOSTILE = '<img src="http://evil.example/x.png" onerror="alert(1)"><script>alert(2)</script>'
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
BLANK = ("requests", "granted", "natural_person")
STROKE = ("requests", "partially_granted", "natural_person")
UNREADABLE = ("requests", "refused_state_secret", "natural_person")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Browsed:
    """A served store."""

    url: str
    collection: Collection

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.collection.ask(sql)

    def get(self, path: str, **headers: str) -> Answer:
        """An answer as it comes, whatever its status."""
        request = Request(self.url.rstrip("/") + path, headers=headers)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
                return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
        except HTTPError as error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())

    def report_id(self, year: int, portal: str = NAME) -> int:
        """The government's report of a year."""
        ((number,),) = self.ask(
            f"SELECT MIN(report_id) FROM report_list WHERE portal = '{portal}' AND report_year = {year}"
        )
        return int(number)


def start_browse(collection: Collection, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Begin to serve a collection; the process and its address."""
    process = start_govreports(collection, "browse", "--port", "0", "--no-open", *options)
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("The store can be browsed at http://"):
        raise AssertionError(f"{line}{process.communicate(timeout=20)}")
    return process, line.split()[6]


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


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
