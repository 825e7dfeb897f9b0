"""``govreports coverage``: expected reports against stored ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.registry.years import YearsError, parse_years
from govreports.usage import complain, refuse_arguments, wrong_usage

if TYPE_CHECKING:
    from govreports.store import Store
    from govreports.store.expectations import CoverageRow

_WIDEST = 10_000
"""Characters of a line, more than any matrix has."""


class Command(ScrapyCommand):
    """Thin: reckons, reads the view, prints."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Show which reports should be there by now, and which are"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--portal", metavar="P", help="only this portal")
        parser.add_argument("--years", metavar="Y", help="only report years such as 2023 or 2019-2021")
        parser.add_argument("--status", metavar="S", action="append", help="only this status (may be repeated)")
        parser.add_argument("--csv", metavar="FILE", help="write CSV, to - for standard output")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 whatever is missing, 1 when the store or the file cannot be had, 2 for wrong usage."""
        refuse_arguments(self, args)
        try:
            years = parse_years(opts.years) if opts.years else None
        except YearsError as error:
            wrong_usage(self, f"--years: {error}")
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports import clock
        from govreports.coverage.reckoning import reckon_all
        from govreports.registry.spider_loader import registry_of
        from govreports.store import StoreError, open_store
        from govreports.store.expectations import STATUSES, read_coverage, without_place

        unknown = [status for status in opts.status or () if status not in STATUSES]
        if unknown:
            wrong_usage(self, f"--status {unknown[0]} is none of {', '.join(STATUSES)}")
        assert self.settings is not None
        try:
            with open_store(self.settings["GOVREPORTS_DATABASE_URL"]) as store:
                registry = registry_of(self.settings).portals.values()
                reckon_all(store, registry, today=clock.today(self.settings))
                rows = [
                    row
                    for row in read_coverage(store, statuses=opts.status)
                    if (opts.portal is None or row.portal == opts.portal)
                    and (years is None or row.report_year in years)
                ]
                if opts.portal is not None and not rows:
                    self._require_portal(store, opts.portal)
                self._show(rows, opts.csv, without_place(store))
        except StoreError as error:
            complain(self, str(error))

    def _require_portal(self, store: Store, name: str) -> None:
        from govreports.registry import no_portal
        from govreports.store.expectations import read_coverage

        known = {row.portal for row in read_coverage(store)}
        if name not in known:
            wrong_usage(self, f"--portal: {no_portal(name, known)}")

    def _show(self, rows: list[CoverageRow], csv: str | None, outside: int) -> None:
        from rich.console import Console

        from govreports.coverage.printing import matrix, totals, write_csv

        if csv == "-":
            write_csv(rows, sys.stdout)
            return
        if csv is not None:
            try:
                with Path(csv).open("w", encoding="utf-8", newline="") as target:
                    write_csv(rows, target)
            except OSError as error:
                complain(self, f"{csv} cannot be written ({error.strerror}); name another file")
                return
            print(f"{len(rows)} rows were written to {csv}.")
            return
        table = matrix(rows)
        # A matrix that is wider than the terminal stays one: nothing is cut.
        needed = Console(width=_WIDEST).measure(table).maximum
        console = Console(highlight=False)
        console.width = max(console.width, needed)
        console.print(table)
        for line in totals(rows):
            print(line)
        if outside:
            print(f"{outside} stored reports have no place here, because their publisher or year is not known.")
