"""``govreports crawl PORTAL``: Scrapy's command, with arguments checked first and an exit code that tells the truth."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.spiderloader import get_spider_loader

from govreports import clock
from govreports.documents.charset import without_controls
from govreports.outcome import ITEMS_SEEN, REPORTS_SEEN, crawl_message, crawl_state
from govreports.usage import wrong_usage


class Command(ScrapyCrawl):
    """Crawls one portal of the registry, or with ``column`` any address."""

    def syntax(self) -> str:
        return "[options] <portal>"

    def short_desc(self) -> str:
        return "Crawl one portal of the registry, or any address with: crawl column -a url=URL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--log-json", action="store_true", help="log one JSON object a line")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse wrong usage with one sentence and exit code 2, before anything is started or logged."""
        super().process_options(args, opts)
        assert self.settings is not None
        if opts.log_json:
            self.settings.set("GOVREPORTS_LOG_JSON", True, priority="cmdline")
        if not args:
            wrong_usage(self, "crawl needs a portal; govreports list shows them all")
        if len(args) > 1 or args[0].startswith("-"):
            wrong_usage(self, f"crawl takes the name of one portal, not {' '.join(args)}; crawlall crawls several")
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.monitors.sinks import sinks_of
        from govreports.monitors.thresholds import load_thresholds
        from govreports.spiders.arguments import ArgumentError
        from govreports.spiders.portal import PortalSpider

        clock.now(self.settings)
        load_thresholds(self.settings["GOVREPORTS_THRESHOLDS"])
        sinks_of(self.settings)
        try:
            spider = get_spider_loader(self.settings).load(args[0])
            if issubclass(spider, PortalSpider):
                # Built once only to refuse bad arguments: within the crawl they would end in a traceback.
                spider(**opts.spargs)
        except (KeyError, ArgumentError) as error:
            wrong_usage(self, str(error.args[0]))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawl; exit code 0 when complete, else 1."""
        assert self.crawler_process is not None
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            self.exitcode = 1
            print(f"{args[0]}: the crawl could not be started, see the messages above.", file=sys.stderr)
            return
        stats = crawler.stats.get_stats()
        state = crawl_state(stats)
        self.exitcode = 0 if state == "complete" else 1
        found = f"reports: {stats.get(REPORTS_SEEN, 0)}, items listed: {stats.get(ITEMS_SEEN, 0)}"
        message = without_controls(" ".join((crawl_message(stats) or "").split()))
        print(f"{args[0]}: {state} ({found}). {message}".rstrip(), file=sys.stderr)
