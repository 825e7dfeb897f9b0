"""Pages a second through the whole pipeline, against a bare Scrapy spider on the same replicas and settings."""

from __future__ import annotations

import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

from benchmarks.measure import Comparison, Figure, Ratio, Timing, ratio_of, spread
from benchmarks.memory import resident
from govreports.outcome import crawl_message
from govreports.replica.families.trs import TrsHabits, TrsPortal
from govreports.replica.faults import Answer, Ask
from govreports.replica.registry_folder import write_registry
from govreports.replica.rendering import Layout
from govreports.replica.samples import Publisher, sample_reports
from govreports.replica.server import ReplicaServer

_YEARS = range(2019, 2026)
SMALL = {"turns": 1, "portals": 2, "bodies": 1}
_SETTINGS: dict[str, Any] = {"AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "ERROR"}


@dataclass(frozen=True, slots=True)
class Load:
    """How many portals are crawled at once, the bodies that publish on each (seven reports a body), and the delay."""

    name: str
    portals: int
    bodies: int
    delay: float
    """Seconds between two requests to one host. A delay of 0 would lift the limit of one connection a host."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """One crawl in a process of its own: seconds on the clock from first request to last item, and of the processor."""

    seconds: float
    processor: float
    reports: int
    resident_mib: tuple[float, ...]
    """After each tenth of the reports."""


class RememberingPortal(TrsPortal):
    """Makes each page once: what is measured is the crawler, not the replica."""

    def __init__(self, *arguments: Any, **site: Any) -> None:
        self._made: dict[tuple[str, str], Answer] = {}
        super().__init__(*arguments, **site)

    def answer(self, ask: Ask) -> Answer:
        """The page as it was made the first time."""
        key = (ask.path, ask.query)
        if key not in self._made:
            self._made[key] = super().answer(ask)
        return self._made[key]


class BareSpider(Spider):
    """What a tutorial would write: follows the list, takes the title of each article."""

    name = "bare"

    def parse(self, response: Response, **arguments: Any) -> Iterator[Any]:
        """A list page."""
        for link in response.css("ul.list a::attr(href)").getall():
            yield response.follow(link, callback=self.parse_article)
        page = int(response.meta.get("page", 0)) + 1
        if page < self.last:
            yield Request(f"{self.start_urls[0]}index_{page}.shtml", callback=self.parse, meta={"page": page})

    def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
        """An article."""
        yield {"url": response.url, "title": response.css("h1::text").get()}

    last: int = 1
    """Number of list pages."""


def run(*, turns: int = 3, portals: int = 12, bodies: int = 3) -> Comparison:
    """Compare in turns: with ``portals`` hosts at once, each asked twice as often as the project's settings do, and
    with half of them without a delay, as no portal is ever asked.
    """
    polite = Load("polite", portals=portals, bodies=bodies, delay=0.5)
    undelayed = Load("no delay", portals=max(1, portals // 2), bodies=3 * bodies, delay=0.001)
    taken: dict[str, list[Crawled]] = {}
    for load in (polite, undelayed):
        with served_portals(load) as served:
            for turn in range(turns + 1):
                for spider in ("bare", "whole"):
                    crawled = crawl(spider, served)
                    # The first turn makes the replicas' pages.
                    if turn:
                        taken.setdefault(_label(spider, load), []).append(crawled)
    fast = taken[_label("whole", undelayed)]
    return Comparison(
        name="crawl",
        timings={
            f"a report, {name}": Timing(
                statistics.median(crawl.seconds / crawl.reports for crawl in crawls),
                spread([crawl.seconds / crawl.reports for crawl in crawls]),
                max(crawl.resident_mib[-1] for crawl in crawls),
                "resident",
            )
            for name, crawls in taken.items()
        },
        ratios={
            "pages a second, whole pipeline / bare spider, polite": _ratio(taken, polite, aim="at least 0.8"),
            "pages a second, whole pipeline / bare spider, no delay": _ratio(taken, undelayed),
        },
        figures={
            _label("whole", undelayed): Figure(
                statistics.median(crawl.reports / crawl.seconds for crawl in fast), "pages a second"
            ),
            **{
                f"processor, {name}": Figure(
                    statistics.median(crawl.processor / crawl.reports for crawl in crawls) * 1000, "ms a report"
                )
                for name, crawls in taken.items()
            },
        },
    )


def _label(spider: str, load: Load) -> str:
    return f"{'bare spider' if spider == 'bare' else 'whole pipeline'}, {load.name}"


def _ratio(taken: dict[str, list[Crawled]], load: Load, *, aim: str = "") -> Ratio:
    bare, whole = taken[_label("bare", load)], taken[_label("whole", load)]
    return ratio_of([crawl.seconds for crawl in bare], [crawl.seconds for crawl in whole], aim=aim)


@contextmanager
def served_portals(load: Load) -> Iterator[dict[str, Any]]:
    """The replicas in a process of their own, so that they do not share the crawler's."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, load), daemon=True)
    server.start()
    try:
        yield here.recv()
    finally:
        here.send("stop")
        server.join(10)


def _serve(connection: Connection, load: Load) -> None:
    portals = [_portal(place, load.bodies) for place in range(load.portals)]
    with ReplicaServer(portals) as server, tempfile.TemporaryDirectory() as folder:
        write_registry(server, Path(folder))
        connection.send(
            {
                "registry": folder,
                "hosts": server.hosts,
                "columns": {name: server.url(name) for name in server.portals},
                "last": {name: portal.page_count(portal.items) for name, portal in server.portals.items()},
                "delay": load.delay,
                "reports": sum(len(portal.reports) for portal in portals),
            }
        )
        connection.recv()


def _portal(place: int, bodies: int) -> RememberingPortal:
    code = f"4202{10 + place}"
    publishers = [Publisher(name=f"第{place}{body:02d}号街道办事处", credit_code=f"11{code}") for body in range(bodies)]
    return RememberingPortal(
        f"portal_{place}",
        habits=TrsHabits(),
        name=f"试验{place}区人民政府",
        division_code=code,
        page_size=20,
        layouts=(Layout(), Layout(word_paste=True)),
        reports=sample_reports(place, publishers=publishers, years=_YEARS),
    )


def crawl(spider: str, served: dict[str, Any]) -> Crawled:
    """One crawl of all that is served, by the ``bare`` spider or the ``whole`` pipeline. Raises RuntimeError."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.crawl", spider, folder, json.dumps(served)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or "{" not in done.stdout:
        raise RuntimeError(f"the crawl ended with code {done.returncode}:\n{done.stderr[-2000:]}")
    crawled = json.loads(done.stdout.splitlines()[-1])
    if crawled["reports"] != served["reports"]:
        said = "\n".join(filter(None, crawled["messages"]))
        raise RuntimeError(
            f"{crawled['reports']} of {served['reports']} reports were had:\n{said}\n{done.stderr[-2000:]}"
        )
    return Crawled(crawled["seconds"], crawled["processor"], crawled["reports"], tuple(crawled["resident_mib"]))


def crawl_here(spider: str, folder: str, served: dict[str, Any]) -> dict[str, Any]:
    """One crawl in this process: seconds, reports and resident memory."""
    settings = Settings()
    settings.setmodule("govreports.settings", priority="project")
    settings.setdict(_SETTINGS, priority="cmdline")
    settings.setdict(
        {
            "DOWNLOAD_DELAY": served["delay"],
            "GOVREPORTS_PORTALS": served["registry"],
            "GOVREPORTS_ALLOWED_HOSTS": ",".join(served["hosts"]),
            "GOVREPORTS_DATA_DIR": folder,
            "GOVREPORTS_DATABASE_URL": f"sqlite:///{folder}/reports.sqlite",
        },
        priority="cmdline",
    )
    if spider == "bare":
        settings.setdict({"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "DOWNLOADER_MIDDLEWARES": {}}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    memory: list[float] = []
    reports = 0

    def count() -> None:
        nonlocal reports
        reports += 1
        if reports * 10 // served["reports"] > len(memory):
            memory.append(resident()[0])

    crawlers = []
    for name, column in served["columns"].items():
        crawler = process.create_crawler(BareSpider if spider == "bare" else name)
        crawler.signals.connect(count, signal=signals.item_scraped, weak=False)
        crawlers.append(crawler)
        given = {"start_urls": [column], "last": served["last"][name]} if spider == "bare" else {}
        process.crawl(crawler, **given)
    started = time.process_time()
    process.start()
    processor = time.process_time() - started
    begun = min(crawler.stats.get_value("start_time") for crawler in crawlers)
    ended = max(crawler.stats.get_value("finish_time") for crawler in crawlers)
    return {
        "seconds": (ended - begun).total_seconds(),
        "processor": processor,
        "reports": reports,
        "resident_mib": memory,
        "requests": sum(crawler.stats.get_value("downloader/request_count") for crawler in crawlers),
        "messages": [crawl_message(crawler.stats.get_stats()) for crawler in crawlers],
    }


if __name__ == "__main__":
    print(json.dumps(crawl_here(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
