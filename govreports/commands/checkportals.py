"""``govreports checkportals``: the registry's mistakes, without the network."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import refuse_arguments


class Command(ScrapyCommand):
    """Validates every registry file."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Check the portal registry for mistakes, without the network"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print each mistake with its file and entry; exit code 1 when there are any."""
        refuse_arguments(self, args)
        from govreports.registry.spider_loader import registry_of
        from govreports.spiders.families import why_not_crawlable

        assert self.settings is not None
        registry = registry_of(self.settings)
        for finding in registry.findings:
            print(finding)
        waiting = sum(why_not_crawlable(portal) is not None for portal in registry.portals.values())
        print(
            f"{len(registry.portals)} portals without mistakes, {waiting} of them not crawlable yet; "
            f"{len(registry.findings)} mistakes."
        )
        self.exitcode = 1 if registry.findings else 0
