"""``govreports doctor``: what is wrong with the store and the archive, and with --repair mended where it can be."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, refuse_arguments

if TYPE_CHECKING:
    from govreports.doctor import Finding


class Command(ScrapyCommand):
    """Thin: examines, prints, mends what it is told to."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--repair]"

    def short_desc(self) -> str:
        return "Find what is wrong with the store and the archive, and mend what can be mended"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--repair", action="store_true", help="mend what can be mended; without it nothing changes")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all is well, or is now; 1 when something is left to do."""
        refuse_arguments(self, args)
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.archive import ArchiveError
        from govreports.doctor import examine, examine_folder
        from govreports.store import StoreError, open_store
        from govreports.store.inspection import database_file

        assert self.settings is not None
        url = self.settings["GOVREPORTS_DATABASE_URL"]
        folder = Path(self.settings["GOVREPORTS_DATA_DIR"])
        self._left = 0
        self._found = 0
        try:
            for finding in examine_folder(folder):
                self._take(finding, repair=False)
            file = database_file(url)
            if file is not None and not file.exists() and not opts.repair:
                print(f"There is no store at {file}; a crawl makes one, and --repair makes it from the archive.")
                self._left += any((folder / "archive").glob("*.warc.gz"))
            elif not self._left:
                with open_store(url) as store:
                    for finding in examine(store, folder):
                        self._take(finding, repair=opts.repair)
                    store.settle_bodies()
        except (StoreError, ArchiveError, OSError) as error:
            complain(self, str(error))
            self._left += 1
        if not self._found and not self._left:
            print("All is well.")
        self.exitcode = 1 if self._left else 0

    def _take(self, finding: Finding, *, repair: bool) -> None:
        self._found += 1
        if finding.mend is None:
            self._left += 1
            print(f"{finding.message}.")
        elif repair:
            print(f"{finding.message}: {finding.mend()}.")
        else:
            self._left += 1
            print(f"{finding.message}; --repair mends it.")
