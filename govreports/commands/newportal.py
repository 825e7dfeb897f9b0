"""``govreports newportal URL``: the registry entry for what is found there, printed or put into its file."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from govreports.outcome import crawl_message, crawl_state
from govreports.probe.looking import PAGES, look, why_not_looked_at
from govreports.unrecorded import leave_nothing
from govreports.usage import complain, wrong_usage

if TYPE_CHECKING:
    from govreports.probe.entry import Proposal

_FILE = re.compile(r"[a-z]+(?:_[a-z]+)*\.toml")


class Command(ScrapyCommand):
    """Looks as ``probe`` does; prints the entry alone, or writes it where ``checkportals`` accepts it."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "Print the registry entry for a portal, or write it into the registry with --write"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--write", action="store_true", help="put the entry into the registry file of its province")
        parser.add_argument("--id", metavar="ID", help="the portal's id, in place of one made of its host")
        parser.add_argument("--name", metavar="TEXT", help="its name, in place of what its pages say")
        parser.add_argument("--division-code", metavar="CODE", help="six digits of GB/T 2260, where no page says them")
        parser.add_argument("--family", metavar="NAME", help="its CMS family; detected by default")
        parser.add_argument("--file", metavar="NAME", help="name of a new registry file, where its province has none")
        parser.add_argument(
            "--pages", type=int, default=PAGES, metavar="N", help=f"ask for at most N pages (default {PAGES})"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse wrong usage; keep stdout for the entry and stderr for what is to be known of it."""
        assert self.settings is not None
        leave_nothing(self.settings)
        super().process_options(args, opts)
        wrong = why_not_looked_at("newportal", args, family=opts.family, pages=opts.pages)
        if wrong is None and opts.file is not None and not _FILE.fullmatch(opts.file):
            wrong = f"--file {opts.file}: write the province in pinyin, as hubei.toml."
        if wrong is not None:
            wrong_usage(self, wrong)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when the entry is whole, and written where that was asked for; else 1."""
        assert self.settings is not None
        assert self.crawler_process is not None
        # Here and not above: every command is imported at start.
        from govreports.probe.entry import propose, with_given
        from govreports.registry.spider_loader import registry_of

        (url,) = args
        registry = registry_of(self.settings)
        findings, stats = look(self.crawler_process, url, family=opts.family, pages=opts.pages)
        if not findings.pages:
            complain(self, f"{url}: {crawl_state(stats)}. {crawl_message(stats)}")
            return
        given = {
            key: value
            for key, value in (
                ("id", opts.id),
                ("name", opts.name),
                ("division_code", opts.division_code),
                ("family", opts.family),
            )
            if value is not None
        }
        found = propose(url, findings, registry, today=datetime.now(UTC).date().isoformat())
        proposal = with_given(found, registry, given)
        print(proposal.toml(), end="")
        if proposal.already is not None:
            complain(self, f"the registry has this column already: {proposal.already.id} in {proposal.already.file}")
        elif proposal.missing:
            options = ", ".join(f"--{key.replace('_', '-')} ({what})" for key, what in proposal.missing.items())
            complain(self, f"the entry is not whole; give {options}. 'govreports probe' tells what was seen")
        elif opts.write:
            self._write(proposal, opts.file)

    def _write(self, proposal: Proposal, new_file: str | None) -> None:
        from govreports.probe.writing import NotWritten, write_entry
        from govreports.registry.spider_loader import registry_of

        settings = self.settings
        assert settings is not None
        # The folder that is set, else the package's own.
        folder = Path(settings["GOVREPORTS_PORTALS"] or str(files("govreports.registry").joinpath("portals")))
        try:
            path = write_entry(proposal, folder=folder, new_file=new_file, read=lambda: registry_of(settings))
        except NotWritten as error:
            complain(self, str(error))
            return
        print(f"Written: {path}. Next: govreports crawl {proposal.values['id']} -a sample=1", file=sys.stderr)
