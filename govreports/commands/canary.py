"""``govreports canary``: one report of each portal is visited live, and it is said which portals are well."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, wrong_usage


class Command(ScrapyCommand):
    """Thin: selects, tries, says. Nothing is stored."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [PORTAL...]"

    def short_desc(self) -> str:
        return "Visit one report of each portal and say ok or what is wrong; nothing is stored"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--province", metavar="P", help="only portals of this province, as 湖北省, 湖北 or 42")
        parser.add_argument("--family", metavar="F", help="only portals of this CMS family")
        parser.add_argument("--parallel", type=int, metavar="N", help="portals at a time (GOVREPORTS_PARALLEL_PORTALS)")
        parser.add_argument("--minutes", type=float, metavar="N", help="stop politely after N minutes")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep stdout for the portals; what Scrapy says of each page is left out."""
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", "ERROR", priority="project")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all portals are well, 1 when one is not or was not tried, 2 for wrong usage."""
        # Here and not above: every command is imported at start.
        from govreports.crawling.canary import ARGUMENTS, SETTINGS, CanaryWatcher
        from govreports.crawling.run import OwnPortals, crawl_portals
        from govreports.crawling.selection import SelectionError, choose, make_selection
        from govreports.registry import no_portal
        from govreports.registry.spider_loader import registry_of

        assert self.settings is not None
        parallel = self.settings.getint("GOVREPORTS_PARALLEL_PORTALS") if opts.parallel is None else opts.parallel
        if parallel < 1:
            wrong_usage(self, f"--parallel {parallel}: at least one portal must be tried; write 1 or more")
        if opts.minutes is not None and opts.minutes <= 0:
            wrong_usage(self, f"--minutes {opts.minutes:g}: a run needs some time; leave it out for no limit")
        registry = registry_of(self.settings)
        for name in args:
            if name not in registry.portals:
                wrong_usage(self, no_portal(name, registry.portals))
        try:
            selection = make_selection(
                province=opts.province, family=opts.family, shard=None, due=False, sample=1, years=None
            )
        except SelectionError as error:
            wrong_usage(self, str(error))
        portals = [portal for portal in choose(selection, registry.portals.values()) if not args or portal.id in args]
        if not portals:
            complain(
                self, "no portal that can be crawled is chosen; leave an option out, or see govreports checkportals"
            )
            return
        settings = self.settings.copy()
        settings.setdict(SETTINGS, priority="cmdline")
        watcher = CanaryWatcher(lambda line: print(line, flush=True))
        result = crawl_portals(
            settings,
            OwnPortals(portals),
            arguments=ARGUMENTS,
            parallel=parallel,
            minutes=opts.minutes,
            watcher=watcher,
            sign=lambda: True,
        )
        left = len(portals) - len(result.portals)
        untried = f", {left} not tried ({result.reason})" if left else ""
        print(f"{len(result.portals)} of {len(portals)} portals tried, {len(watcher.wrong)} not well{untried}.")
        if watcher.wrong or left:
            self.exitcode = 1
