"""``govreports rerun``: the expectations of all test pages made anew, and what changed in them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain


class Command(ScrapyCommand):
    """Thin: reads, compares, writes."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--check] [FILE|FOLDER...]"

    def short_desc(self) -> str:
        return "Write what is expected of the test pages anew from what is read now, and show what changed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="only show; exit code 1 where something changed")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all was written (or nothing changed), 1 where a place is not there or --check found news."""
        # Here and not above: every command is imported at start.
        from govreports.debugging.expectation import differences
        from govreports.debugging.fixture import LISTS, REPORTS, expected_of, fixtures_in, read_anew, write_expected

        places = [Path(arg) for arg in args] or [place for place in (REPORTS, LISTS) if place.is_dir()]
        missing = [place for place in places if not place.exists()]
        if missing or not places:
            named = str(missing[0]) if missing else f"{REPORTS} here"
            complain(self, f"there is no {named}: go to a checkout, or name files or folders that are there")
            return
        pages = [page for place in places for page in fixtures_in(place)]
        changed = 0
        for page in pages:
            now = read_anew(page)
            if not (found := differences(expected_of(page), now)):
                continue
            changed += 1
            print(f"{page}:")
            print("\n".join(f"  {line}" for line in found))
            if not opts.check:
                write_expected(page, now)
        print(f"{len(pages)} test pages, {changed} read otherwise than expected{'' if opts.check else ' before'}.")
        self.exitcode = 1 if opts.check and changed else 0
