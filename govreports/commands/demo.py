"""``govreports demo``: crawls portals of our own over HTTP on loopback and shows what was stored."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, refuse_arguments


class Command(ScrapyCommand):
    """Thin: serves, crawls, prints."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--serve]"

    def short_desc(self) -> str:
        return "Crawl replica portals on loopback into the store and show what was stored"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--serve",
            action="store_true",
            help="only serve the replica portals, until Ctrl-C, for a shell or a browser",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when every report that the portals publish is in the store, else 1."""
        refuse_arguments(self, args)
        from govreports.replica.demonstration import demonstrate

        assert self.settings is not None
        problems = demonstrate(self.settings, serve=opts.serve, quiet=not opts.loglevel)
        for problem in problems:
            complain(self, problem)
