"""An item pipeline that keeps what a spider yields, and the crawl's stats as the last line, for tests to read."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler

from govreports.items import Page


class KeepPages:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        assert crawler.spider is not None
        self.target = Path(os.environ["KEPT_PAGES"]) / f"{crawler.spider.name}.jsonl"
        self.lines: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Page) -> Page:
        page = asdict(item) | {"body": item.body.decode("latin-1"), "fetched_at": item.fetched_at.isoformat()}
        self.lines.append(json.dumps(page, ensure_ascii=False))
        return item

    def close_spider(self) -> None:
        stats = {key: value for key, value in self.crawler.stats.get_stats().items() if key.startswith("govreports/")}
        self.target.write_text("\n".join([*self.lines, json.dumps(stats, ensure_ascii=False)]) + "\n", "utf-8")
