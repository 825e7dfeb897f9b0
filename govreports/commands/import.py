"""``govreports import``: pages that were collected elsewhere enter the archive and the store."""  # noqa: N999

from __future__ import annotations

import argparse
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, wrong_usage


class Command(ScrapyCommand):
    """Thin: finds pages, hands them on, prints counts."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--portal ID] PATH..."

    def short_desc(self) -> str:
        return "Take in pages collected elsewhere: a folder, a WARC file, a list of addresses and files"

    def long_desc(self) -> str:
        return (
            "Take in pages collected elsewhere. PATH is a folder, a WARC file (.warc, .warc.gz), a list (.tsv: "
            "address, tab, file, and perhaps tab and title) or a single document. The pages are archived, read and "
            "stored as those of a crawl, with the origin 'import'."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--portal", metavar="ID", help="the portal that the pages are of (default: by their host)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all was taken in, 1 when something was not, 2 for wrong usage."""
        if not args:
            wrong_usage(
                self, "import needs at least one folder, WARC file, list or document, as in govreports import saved/"
            )
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports import __version__
        from govreports.archive import ArchiveError, ArchiveWriter
        from govreports.importing import Imported, ImportProblem, found_in, take_in
        from govreports.registry.spider_loader import registry_of
        from govreports.store import PortalFacts, StoreError, open_store

        assert self.settings is not None
        folder = Path(self.settings["GOVREPORTS_DATA_DIR"]) / "archive"
        name = f"import-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        entry = registry_of(self.settings).portals.get(opts.portal) if opts.portal else None
        imported = Imported()
        try:
            with (
                open_store(self.settings["GOVREPORTS_DATABASE_URL"]) as store,
                ArchiveWriter(folder, name=name, software=f"govreports {__version__}") as writer,
            ):
                if entry is not None:
                    store.know_portal(PortalFacts(entry.id, entry.name, entry.division_code))
                for path in args:
                    for found in found_in(Path(path), portal=opts.portal):
                        if isinstance(found, ImportProblem):
                            complain(self, str(found))
                        else:
                            take_in(store, writer, found, imported)
                store.settle_bodies()
        except (StoreError, ArchiveError) as error:
            complain(self, str(error))
        print(
            f"Taken in: {imported.new} new reports, {imported.changed} changed, {imported.unchanged} seen before, "
            f"{imported.unread} documents without a report."
        )
        if imported.left_out:
            print(f"Left out: {imported.left_out} pages and files that are no reports.")
