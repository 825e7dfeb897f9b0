"""``govreports probe URL``: what system an address is of, where its annual reports are, and its registry entry."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from scrapy.commands import ScrapyCommand

from govreports.outcome import crawl_message, crawl_state
from govreports.probe.looking import PAGES, why_not_looked_at
from govreports.unrecorded import leave_nothing
from govreports.usage import wrong_usage


class Command(ScrapyCommand):
    """Thin: looks, prints. Nothing is stored."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "Find a portal's CMS family and annual-report column, and print its registry entry"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print a JSON object in place of text")
        parser.add_argument("--family", metavar="NAME", help="read lists as this family's; detected by default")
        parser.add_argument(
            "--pages", type=int, default=PAGES, metavar="N", help=f"ask for at most N pages (default {PAGES})"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse wrong usage; keep stdout and stderr for what was found and what went wrong."""
        assert self.settings is not None
        leave_nothing(self.settings)
        super().process_options(args, opts)
        if (wrong := why_not_looked_at("probe", args, family=opts.family, pages=opts.pages)) is not None:
            wrong_usage(self, wrong)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when a column was found and all of it could be read, else 1."""
        assert self.settings is not None
        assert self.crawler_process is not None
        from govreports.probe.account import account, record
        from govreports.probe.entry import propose
        from govreports.probe.looking import look
        from govreports.registry.spider_loader import registry_of

        (url,) = args
        registry = registry_of(self.settings)
        findings, stats = look(self.crawler_process, url, family=opts.family, pages=opts.pages)
        proposal = propose(url, findings, registry, today=datetime.now(UTC).date().isoformat())
        if opts.json:
            print(json.dumps(record(url, findings, proposal, stats), ensure_ascii=False, indent=1))
        else:
            sys.stdout.write(account(url, findings, proposal, stats))
        state = crawl_state(stats)
        if state != "complete":
            self.exitcode = 1
            print(f"{url}: {state}. {crawl_message(stats)}", file=sys.stderr)
