"""``govreports explain PAGE``: how a page is read and why, on the terminal or as an HTML file."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from govreports.unrecorded import leave_nothing
from govreports.usage import complain, wrong_usage


class Command(ScrapyCommand):
    """Thin: opens, reads, tells. Nothing is stored."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] URL|FILE|REPORT_ID [LABEL...]"

    def short_desc(self) -> str:
        return "Show how a page is read and why: tables as understood, issues beside their places, the record"

    def long_desc(self) -> str:
        """Beside the rest, what a LABEL is."""
        return (
            "Show how a page is read: its tables as they were understood, the issues at their places, and with --html "
            "the record. The page is an address, a file, the report_id of a stored report or document:ID for an "
            "archived document. With LABELs (予以公开, granted, requests.granted.total, published_on) only these are "
            "explained."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--html", type=Path, metavar="FILE", help="write it as one HTML file, which needs no other")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep stdout and stderr for what is told; nothing is crawled in the sense of a run, or stored."""
        assert self.settings is not None
        leave_nothing(self.settings)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 1 where the page cannot be had or read, 2 for wrong usage."""
        if not args:
            wrong_usage(self, "explain takes a page: an address, a file or a report_id, as in govreports explain 12")
        # Here and not above: every command is imported at start.
        from govreports.debugging.drawing import draw_issues, draw_summary, draw_tables
        from govreports.debugging.explained_page import explained_page
        from govreports.debugging.fetching import obtain
        from govreports.debugging.received import NotReceived
        from govreports.debugging.specimen import examine
        from govreports.debugging.telling import tell

        assert self.settings is not None
        try:
            specimen = examine(obtain(args[0], self.crawler_process, self.settings))
        except NotReceived as error:
            complain(self, str(error))
            return
        if opts.html is not None:
            try:
                opts.html.write_text(explained_page(specimen), "utf-8")
            except OSError as error:
                complain(self, f"{opts.html} cannot be written ({error.strerror}); name another file")
                return
        if specimen.explanation is None or specimen.report is None:
            complain(self, f"{args[0]}: {specimen.problem}")
            return
        if len(args) > 1:
            print("\n\n".join(tell(specimen.explanation, label) for label in args[1:]))
        elif opts.html is not None:
            print(f"{draw_summary(specimen)}\nWritten: {opts.html}")
        else:
            print(
                "\n".join(
                    (draw_summary(specimen), "", draw_tables(specimen.explanation), "", draw_issues(specimen.report))
                )
            )
