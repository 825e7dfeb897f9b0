"""How many bytes an answer may have, by what was asked for: parsed, a list takes ten times its size."""

from __future__ import annotations

from typing import Final, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from govreports.middlewares.sampled import LIST_PAGE

ROBOTS_BYTES: Final = 512 * 1024
"""Bytes of a robots.txt: RFC 9309 asks that at least 500 KiB be read."""


class SizesMiddleware:
    """Sets the limit that Scrapy holds answers to, before and after decompression. Attachments bring their own."""

    def __init__(self, list_bytes: int) -> None:
        self._list_bytes = list_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("GOVREPORTS_MAX_LIST_BYTES"))

    def process_request(self, request: Request) -> None:
        """Put the limit on requests for lists and robots.txt."""
        if request.meta.get(LIST_PAGE):
            request.meta["download_maxsize"] = self._list_bytes
        elif urlsplit(request.url).path == "/robots.txt":
            request.meta["download_maxsize"] = ROBOTS_BYTES
