"""``govreports export``: what the store's views show, as files for analysts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, has_store, refuse_arguments, wrong_usage


class Command(ScrapyCommand):
    """Thin: writes one folder and says where it is."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "--to DIR [--format sqlite,csv,parquet,xlsx,jsonl]"

    def short_desc(self) -> str:
        return "Write a dated folder of analyst files with a data dictionary"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="DIR", help="the folder in which the dated folder is made")
        parser.add_argument("--format", metavar="LIST", help="some of sqlite,csv,parquet,xlsx,jsonl (default: all)")
        parser.add_argument("--bom", action="store_true", help="begin CSV files with a byte order mark, for Excel")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all was written, 1 when a format or everything was not, 2 for wrong usage."""
        refuse_arguments(self, args)
        if not opts.to:
            wrong_usage(self, "export needs --to DIR, the folder to write into, as in govreports export --to exports")
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.exports import FORMATS, ExportError, export
        from govreports.store import StoreError, open_store

        wanted = opts.format.split(",") if opts.format else list(FORMATS)
        unknown = [one for one in wanted if one not in FORMATS]
        if unknown:
            wrong_usage(
                self, f"--format: {', '.join(unknown)} is none of {', '.join(FORMATS)}; separate several with commas"
            )
        assert self.settings is not None
        url = self.settings["GOVREPORTS_DATABASE_URL"]
        if not has_store(self, url):
            return
        try:
            with open_store(url) as store:
                exported = export(store, Path(opts.to), formats=wanted, bom=opts.bom)
        except (StoreError, ExportError) as error:
            complain(self, str(error))
            return
        for sentence in exported.left_out:
            complain(self, sentence)
        for note in exported.notes:
            print(note, file=sys.stderr)
        print(f"{exported.overview.reports} reports were written to {exported.folder}")
