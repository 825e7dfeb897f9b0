"""Hosts outside GOVREPORTS_ALLOWED_HOSTS are never contacted: no page, no redirect, no robots.txt, no attachment."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from govreports.outcome import HOSTS_REFUSED
from govreports.registry.hosts import AllowedHosts, host_of

logger = logging.getLogger(__name__)

_LOCAL_SCHEMES = ("file:", "data:")


class HostNotAllowed(IgnoreRequest):
    """The request was not sent, because its host is not allowed."""

    def __init__(self, host: str, allowed: AllowedHosts) -> None:
        super().__init__(f"{host} is outside the allowed hosts ({allowed}); see GOVREPORTS_ALLOWED_HOSTS.")
        self.host = host
        self.allowed = allowed


class AllowedHostsMiddleware:
    """Stands before all others, so that redirects and robots.txt pass here, too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._told: set[str] = set()
        self._allowed = AllowedHosts.parse(crawler.settings["GOVREPORTS_ALLOWED_HOSTS"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse the request, or let it pass."""
        # `shell` and `parse` also read local files, which a person names; no page leads to one.
        named = not request.meta.get("depth") and "redirect_urls" not in request.meta
        if (named and request.url.startswith(_LOCAL_SCHEMES)) or self._allowed.allows(request.url):
            return
        self._crawler.stats.inc_value(HOSTS_REFUSED)
        refused = HostNotAllowed(host_of(request.url) or request.url, self._allowed)
        if refused.host not in self._told:
            self._told.add(refused.host)
            logger.warning("Not asked: %s", refused)
        raise refused
