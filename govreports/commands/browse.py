"""``govreports browse``: the store in a browser, for reading."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, refuse_arguments

_PATIENCE = 2.0
"""Seconds for which the pages wait for the search index; that of a large store grows while they are served."""


class Command(ScrapyCommand):
    """Thin: opens the store for reading, brings the search index up to it, serves."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--host ADDRESS] [--port PORT] [--no-open]"

    def short_desc(self) -> str:
        return "Show the store in a browser: search, reports beside their sources, charts, SQL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="the address to serve at (default: this machine alone)")
        parser.add_argument("--port", type=int, default=8001, help="its port (default 8001; 0 for any free one)")
        parser.add_argument("--no-open", action="store_true", help="open no browser")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when it was ended, 1 when there is nothing to serve, 2 for wrong usage."""
        refuse_arguments(self, args)
        if find_spec("datasette") is None:
            complain(self, "browsing needs the optional extra: pip install 'govreports[browse]'")
            return
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.browse import BrowseError, serve
        from govreports.store import StoreError
        from govreports.store.reader import open_reader
        from govreports.store.search import open_index

        assert self.settings is not None
        archive = Path(self.settings["GOVREPORTS_DATA_DIR"]) / "archive"
        try:
            with open_reader(self.settings["GOVREPORTS_DATABASE_URL"]) as store, open_index(store) as index:
                if index.temporary is not None:
                    print(
                        "The folder of the store takes no file: search is indexed for this time only.", file=sys.stderr
                    )
                index.refresh_beside(wait=_PATIENCE)

                def ready(address: str) -> None:
                    print(f"The store can be browsed at {address} (Ctrl-C ends it)", flush=True)
                    if not opts.no_open:
                        webbrowser.open(address)

                serve(store, index, archive, host=opts.host, port=opts.port, ready=ready)
        except (StoreError, BrowseError) as error:
            complain(self, str(error))
