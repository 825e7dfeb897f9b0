"""A crawl that asks no portal: its spider yields pages made by a test. Run as a program, ``yielded_pages.py``.

Takes JSON on stdin: ``pages`` (fields of Page, ``body`` as Latin-1 text), ``settings``, and ``stats`` to set.
Prints the crawl's stats as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from forked import Process
from scrapy import Request
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from govreports.items import Page
from govreports.spiders.portal import PortalSpider

FETCHED = datetime(2024, 3, 1, 8, 0, 0, tzinfo=UTC)


class YieldingSpider(PortalSpider):
    """Yields what the test handed in."""

    name = "harbour_district"
    told: dict[str, Any]

    async def start(self) -> AsyncIterator[Any]:
        for key, value in self.told["stats"].items():
            self.crawler.stats.set_value(key, value)
        # Not yielded from here: Scrapy does not wait for such items when a crawl is stopped.
        yield Request("data:text/plain,pages", callback=self.pages)

    def pages(self, response: Response) -> Iterator[Page]:
        """The pages that the test handed in, as if found on a list."""
        for fields in self.told["pages"]:
            yield as_page(fields)

    def conclude(self) -> None:
        """Nothing is missing: no column was asked for."""


def as_page(fields: dict[str, Any]) -> Page:
    return Page(
        **{
            **fields,
            "body": fields["body"].encode("latin-1"),
            "fetched_at": datetime.fromisoformat(fields["fetched_at"]),
            "headers": [(name, value) for name, value in fields["headers"]],
        }
    )


@dataclass(frozen=True, slots=True)
class Crawled:
    """A finished crawl."""

    stats: dict[str, Any]
    log: str


def made_page(body: bytes | str, **changes: Any) -> Page:
    """A page as a spider would yield it."""
    url = changes.pop("url", "http://harbour.gov.cn/xxgk/202401/t20240131_1.html")
    return Page(
        **{
            "portal": "harbour_district",
            "url": url,
            "request_url": url,
            "status": 200,
            "headers": [("Content-Type", "text/html; charset=utf-8")],
            "body": body.encode() if isinstance(body, str) else body,
            "fetched_at": FETCHED,
            **changes,
        }
    )


def start_crawl(
    folder: Path, pages: Sequence[Page], *, settings: dict[str, Any] | None = None, stats: dict[str, Any] | None = None
) -> Process:
    """Begin a crawl of ``pages`` that writes below ``folder``."""
    told = {
        "pages": [
            asdict(page) | {"body": page.body.decode("latin-1"), "fetched_at": page.fetched_at.isoformat()}
            for page in pages
        ],
        "settings": {
            "GOVREPORTS_DATABASE_URL": f"sqlite:///{folder}/reports.sqlite",
            "GOVREPORTS_DATA_DIR": str(folder),
            # Nothing is asked over the network.
            "DOWNLOADER_MIDDLEWARES": {},
            "ROBOTSTXT_OBEY": False,
            **(settings or {}),
        },
        "stats": stats or {},
    }
    (folder / "yielded.json").write_text(json.dumps(told), "utf-8")
    places = (str(Path(__file__).parent), str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH"))
    path = os.pathsep.join(place for place in places if place)
    environment = {**os.environ, "PYTHONPATH": path, "SCRAPY_SETTINGS_MODULE": "govreports.settings"}
    return Process("yielded_pages", "yielded.json", folder=folder, environment=environment)


def crawl(folder: Path, pages: Sequence[Page], **options: Any) -> Crawled:
    """Crawl ``pages`` to the end."""
    output, log = start_crawl(folder, pages, **options).communicate(timeout=60)
    return Crawled(json.loads(output), log)


def main() -> None:
    told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    settings = get_project_settings()
    settings.setdict(told["settings"], priority="cmdline")
    process = CrawlerProcess(settings)
    YieldingSpider.told = told
    crawler = process.create_crawler(YieldingSpider)
    process.crawl(crawler)
    process.start()
    sys.stdout.write(json.dumps(crawler.stats.get_stats(), default=str))


if __name__ == "__main__":
    main()
