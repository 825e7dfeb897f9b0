"""``govreports probe URL``: what system an address is of, where its annual reports are, and its registry entry."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from scrapy.commands import ScrapyCommand

from govreports.outcome import crawl_message, crawl_state
from govreports.registry.hosts import host_of

if TYPE_CHECKING:
    from govreports.spiders.probe import Findings

_PAGES = 30


class Command(ScrapyCommand):
    """Thin: looks, prints, saves. Nothing is stored."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "Find a portal's CMS family and annual-report column, and print its registry entry"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--save", type=Path, metavar="FOLDER", help="save the page at URL there, to test with it")
        parser.add_argument("--json", action="store_true", help="print a JSON object in place of text")
        parser.add_argument("--family", metavar="NAME", help="read lists as this family's; detected by default")
        parser.add_argument(
            "--pages", type=int, default=_PAGES, metavar="N", help=f"ask for at most N pages (default {_PAGES})"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse wrong usage; keep stdout and stderr for what was found and what went wrong."""
        assert self.settings is not None
        for name, value in (("LOG_LEVEL", "WARNING"), ("ITEM_PIPELINES", {}), ("EXTENSIONS", {})):
            self.settings.set(name, value, priority="project")
        super().process_options(args, opts)
        if len(args) != 1:
            _wrong_usage("probe takes one address: a home page, a column or a report.")
        if host_of(args[0]) is None:
            _wrong_usage(f"{args[0]} is no http(s) address; write it in full, as https://www.example.gov.cn/…")
        from govreports.spiders.traits import known_families

        if opts.family is not None and opts.family not in known_families():
            _wrong_usage(f"unknown family {opts.family!r}; known are {', '.join(known_families())}.")
        if opts.pages < 1:
            _wrong_usage("--pages must be 1 or more.")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when a column was found and all of it could be read, else 1."""
        assert self.settings is not None
        assert self.crawler_process is not None
        from govreports.probe.account import account, record
        from govreports.probe.entry import propose
        from govreports.registry.spider_loader import registry_of
        from govreports.spiders.probe import Findings, ProbeSpider

        (url,) = args
        registry = registry_of(self.settings)
        findings = Findings()
        crawler = self.crawler_process.create_crawler(ProbeSpider)
        self.crawler_process.crawl(crawler, url=url, family=opts.family, findings=findings, pages=opts.pages)
        self.crawler_process.start()
        stats = crawler.stats.get_stats()
        proposal = propose(url, findings, registry, today=datetime.now(UTC).date().isoformat())
        if opts.json:
            print(json.dumps(record(url, findings, proposal, stats), ensure_ascii=False, indent=1))
        else:
            sys.stdout.write(account(url, findings, proposal, stats))
        state = crawl_state(stats)
        if state != "complete":
            self.exitcode = 1
            print(f"{url}: {state}. {crawl_message(stats)}", file=sys.stderr)
        if opts.save is not None and findings.pages:
            self._save(findings, opts.save)

    def _save(self, findings: Findings, folder: Path) -> None:
        from govreports.probe.fixture import save_fixture

        try:
            saved = save_fixture(findings.pages[0], folder, family=findings.family)
        except OSError as error:
            self.exitcode = 1
            print(
                f"govreports: the page could not be saved in {folder} ({error.strerror}); name another folder.",
                file=sys.stderr,
            )
            return
        print(f"Saved: {', '.join(str(path) for path in saved)}", file=sys.stderr)


def _wrong_usage(message: str) -> NoReturn:
    print(f"govreports: {message}", file=sys.stderr)
    sys.exit(2)
