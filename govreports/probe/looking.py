"""One look at an address, for the commands that tell or use what is found there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from govreports.registry.hosts import host_of
from govreports.spiders.traits import known_families

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase

    from govreports.spiders.probe import Findings

PAGES: Final = 30
"""Pages that a look asks for at most, if nothing else is said."""


def why_not_looked_at(command: str, args: Sequence[str], *, family: str | None, pages: int) -> str | None:
    """Why this is wrong usage, as a sentence; None where it is not."""
    if len(args) != 1:
        return f"{command} takes one address: a home page, a column or a report."
    if host_of(args[0]) is None:
        return f"{args[0]} is no http(s) address; write it in full, as https://www.example.gov.cn/…"
    if family is not None and family not in known_families():
        return f"unknown family {family!r}; known are {', '.join(known_families())}."
    return None if pages >= 1 else "--pages must be 1 or more."


def look(
    process: CrawlerProcessBase, url: str, *, family: str | None, pages: int
) -> tuple[Findings, Mapping[str, Any]]:
    """What is at an address and hangs on it, and the stats of looking. The process is used up by it."""
    # Here and not above: commands are imported at every start, and the spiders bring all families with them.
    from govreports.spiders.probe import Findings, ProbeSpider

    findings = Findings()
    crawler = process.create_crawler(ProbeSpider)
    process.crawl(crawler, url=url, family=family, findings=findings, pages=pages)
    process.start()
    return findings, crawler.stats.get_stats()
