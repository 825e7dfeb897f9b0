"""Crawls the portals named as arguments in one process, for tests that need many crawls and not the command line."""

from __future__ import annotations

import json
import os
import sys

from crawling import QUICK
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings


def main(portals: list[str]) -> None:
    settings = Settings()
    settings.setmodule("govreports.settings", priority="project")
    chosen = {**QUICK, "LOG_LEVEL": "WARNING", **json.loads(os.environ.get("CRAWL_SETTINGS", "{}"))}
    settings.setdict({**chosen, "TWISTED_REACTOR": settings["TWISTED_REACTOR"]}, priority="cmdline")
    process = CrawlerProcess(settings)
    for portal in portals:
        process.crawl(portal)
    process.start()


if __name__ == "__main__":
    os.environ["SCRAPY_SETTINGS_MODULE"] = "govreports.settings"
    main(sys.argv[1:])
