"""``govreports reparse``: archive → records again, without the network."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.registry.years import YearsError, parse_years
from govreports.usage import complain, refuse_arguments, wrong_usage

if TYPE_CHECKING:
    from govreports.reparsing.changes import Summary
    from govreports.store import Store
    from govreports.store.rereading import Selection


class Command(ScrapyCommand):
    """Thin: selects, reads, sums up, writes."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Read archived documents again with the present parser, without the network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--jobs", type=int, metavar="N", help="processes that read (default: one a core)")
        parser.add_argument("--portal", metavar="P", help="only documents of this portal")
        parser.add_argument("--year", metavar="Y", help="only report years such as 2023 or 2019-2021")
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--older-than-parser",
            action="store_true",
            help="what another parser read, or what waited for an extra (the default)",
        )
        which.add_argument("--all", action="store_true", help="what the present parser has read already, too")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all was read, 1 when something could not be, 2 for wrong usage."""
        refuse_arguments(self, args)
        if opts.jobs is not None and opts.jobs < 1:
            wrong_usage(self, f"--jobs {opts.jobs}: at least one process must read; leave it out for one a core")
        try:
            years = parse_years(opts.year) if opts.year else None
        except YearsError as error:
            wrong_usage(self, f"--year: {error}")
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.reparsing.parallel import WorkerDied
        from govreports.reparsing.spool import SpoolError
        from govreports.store import StoreError
        from govreports.store.rereading import Selection

        selection = Selection(portal=opts.portal, years=years, everything=opts.all)
        try:
            self._reparse(selection, jobs=opts.jobs or os.cpu_count() or 1, dry_run=opts.dry_run)
        except (StoreError, SpoolError, WorkerDied) as error:
            complain(self, str(error))
        except KeyboardInterrupt:
            complain(self, "stopped; start it again to go on from here")

    def _reparse(self, selection: Selection, *, jobs: int, dry_run: bool) -> None:
        from govreports.reparsing.changes import summarise
        from govreports.reparsing.progress import on_terminal
        from govreports.reparsing.run import fill, open_spool, preview, write
        from govreports.store import open_store

        assert self.settings is not None
        data = Path(self.settings["GOVREPORTS_DATA_DIR"])
        archive = data / "archive"
        with open_store(self.settings["GOVREPORTS_DATABASE_URL"]) as store:
            if selection.portal is not None:
                self._require_portal(store, selection.portal)
            if dry_run:
                with on_terminal("Reading") as progress:
                    summary = preview(store, archive, selection, jobs=jobs, progress=progress)
                self._report(summary)
                print("Nothing was written.")
                return
            with open_spool(store, data, selection) as spool:
                with on_terminal("Reading") as progress:
                    fill(store, archive, selection, spool, jobs=jobs, progress=progress)
                self._report(summarise(store, spool))
                with on_terminal("Writing") as progress:
                    write(store, spool, progress=progress)
        print("Written.")

    def _require_portal(self, store: Store, name: str) -> None:
        from govreports.registry import no_portal
        from govreports.registry.spider_loader import registry_of
        from govreports.store.rereading import portals_of_documents

        assert self.settings is not None
        known = portals_of_documents(store).union(registry_of(self.settings).portals)
        if name not in known:
            wrong_usage(self, f"--portal: {no_portal(name, known)}")

    def _report(self, summary: Summary) -> None:
        from govreports.reparsing.printing import print_summary

        print_summary(summary)
        for message in summary.not_in_archive:
            complain(self, f"{message}; see govreports doctor")
        for url in summary.parser_failed:
            complain(self, f"the parser failed on {url}; what an earlier one read stays")
