"""A crawl that is to fetch only a few reports asks for no further list once it knows of enough."""

from __future__ import annotations

from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

LIST_PAGE: Final = "govreports_list_page"
"""Key of a request's meta: it asks for a list."""


class EnoughSampled(IgnoreRequest):
    """The list was not asked for, because the sample has all the reports that it is to have."""


class SampledMiddleware:
    """Drops requests for lists that were waiting when the sample became full."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or drop it."""
        if request.meta.get(LIST_PAGE) and getattr(self._crawler.spider, "has_enough", False):
            raise EnoughSampled("the sample is full")
