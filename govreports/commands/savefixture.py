"""``govreports savefixture PAGE``: a page as a test case, made anonymous, with what is read of it to be reviewed."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path

from scrapy.commands import ScrapyCommand

from govreports.unrecorded import leave_nothing
from govreports.usage import complain, wrong_usage

_NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


class Command(ScrapyCommand):
    """Thin: opens, disguises, writes."""

    requires_project = True

    def syntax(self) -> str:
        return "--name NAME --about TEXT [options] URL|FILE|REPORT_ID"

    def short_desc(self) -> str:
        return "Make a test case of a page: anonymous, with what is read of it as the expectation to review"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--name", metavar="NAME", help="what the files are called, as 25_local_row")
        parser.add_argument("--about", metavar="TEXT", help="what is unusual in the page, in a few words")
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to, if not in the tests of this checkout")
        parser.add_argument(
            "--url", metavar="URL", help="where a file was fetched from: links of a list count from there"
        )
        parser.add_argument("--family", metavar="NAME", help="the page is a list of this CMS family")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep stdout and stderr for what is said; nothing is crawled in the sense of a run, or stored."""
        assert self.settings is not None
        leave_nothing(self.settings)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 1 where no test case can be made, or it is read otherwise than the page; 2 for wrong usage."""
        # Here and not above: every command is imported at start.
        from govreports.debugging.fetching import obtain
        from govreports.debugging.fixture import NoFixture, draft, write_expected
        from govreports.debugging.received import NotReceived
        from govreports.spiders.families import FAMILIES

        if len(args) != 1:
            wrong_usage(
                self,
                "savefixture takes one page: an address, a file or a report_id, as in govreports savefixture page.html",
            )
        if not opts.about or not _NAME.fullmatch(opts.name or ""):
            message = "savefixture needs --about, and --name in lower case with _ between words, as 25_local_row"
            wrong_usage(self, message)
        if opts.family is not None and opts.family not in FAMILIES:
            wrong_usage(self, f"unknown family {opts.family!r}; known are {', '.join(FAMILIES)}")
        assert self.settings is not None
        try:
            received = obtain(args[0], self.crawler_process, self.settings)
            received = received if opts.url is None else replace(received, url=opts.url)
            made = draft(received, about=opts.about, family=opts.family)
        except (NotReceived, NoFixture) as error:
            complain(self, str(error))
            return
        folder = opts.to or made.folder
        page = folder / f"{opts.name}{made.ending}"
        if not folder.is_dir():
            complain(self, f"there is no folder {folder} here: go to a checkout, or name one with --to")
            return
        if page.exists() or page.with_suffix(".json").exists():
            complain(self, f"{page.with_suffix('')} is there already: choose another name, or delete it first")
            return
        page.write_bytes(made.body)
        write_expected(page, made.expected)
        print(f"Written: {page} and {page.with_suffix('.json')}")
        print("Look through both before you keep them: is the page anonymous, and is what is expected right?")
        if made.changed:
            named = ", ".join(made.changed[:10]) + (
                f" and {len(made.changed) - 10} more" if len(made.changed) > 10 else ""
            )
            complain(self, f"the anonymous page is not read as the one that was given; what differs: {named}")
