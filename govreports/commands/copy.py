"""``govreports copy``: a whole store into another database."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, has_store, refuse_arguments, wrong_usage


class Command(ScrapyCommand):
    """Thin: copies, compares, and says so."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "--to URL"

    def short_desc(self) -> str:
        return "Copy the store into another database (SQLite to PostgreSQL, or back), checked row by row"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--to", metavar="URL", help="an empty database: postgresql://user@host/name, sqlite:///file"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all arrived as it is, 1 when it did not or could not be done, 2 for wrong usage."""
        refuse_arguments(self, args)
        if not opts.to:
            wrong_usage(
                self, "copy needs --to URL, an empty database, as in govreports copy --to sqlite:///copy.sqlite"
            )
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.store import StoreError, open_store
        from govreports.store.copying import copy_store
        from govreports.store.errors import shown

        assert self.settings is not None
        url = self.settings["GOVREPORTS_DATABASE_URL"]
        if not has_store(self, url):
            return
        try:
            with open_store(url) as store:
                copied = copy_store(store, opts.to, told=_tell)
        except StoreError as error:
            complain(self, str(error))
            return
        print(
            f"{copied.total} rows of {len(copied.rows)} tables were copied from {shown(url)} to {shown(opts.to)} and "
            "compared row by row: all are the same."
        )
        print("The archive is no part of the store: its folder stays where it is (GOVREPORTS_DATA_DIR).")


def _tell(table: str, rows: int) -> None:
    if rows:
        print(f"{table}: {rows} rows", file=sys.stderr)
