"""Probes the addresses named as arguments in one process, and prints the record of each as a line of JSON."""

from __future__ import annotations

import json
import os
import sys

from crawling import QUICK
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from govreports.probe.account import record
from govreports.probe.entry import propose
from govreports.registry.spider_loader import registry_of
from govreports.spiders.probe import Findings, ProbeSpider


def main(addresses: list[str]) -> None:
    settings = Settings()
    settings.setmodule("govreports.settings", priority="project")
    quick = {**QUICK, "ITEM_PIPELINES": "{}", "LOG_LEVEL": "ERROR", "TWISTED_REACTOR": settings["TWISTED_REACTOR"]}
    settings.setdict(quick, priority="cmdline")
    process = CrawlerProcess(settings)
    probes = []
    for url in addresses:
        findings, crawler = Findings(), process.create_crawler(ProbeSpider)
        process.crawl(crawler, url=url, findings=findings, pages=60)
        probes.append((url, findings, crawler))
    process.start()
    registry = registry_of(settings)
    for url, findings, crawler in probes:
        proposal = propose(url, findings, registry, today="2026-02-01")
        line = json.dumps(record(url, findings, proposal, crawler.stats.get_stats()), ensure_ascii=False)
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    os.environ["SCRAPY_SETTINGS_MODULE"] = "govreports.settings"
    main(sys.argv[1:])
