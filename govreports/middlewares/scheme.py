"""http in place of https, or https in place of http, once, where a host does not answer under the one asked for."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response

from govreports.middlewares.tls import PERMISSIVE
from govreports.outcome import Outcome

_ASKED = "govreports_scheme_of"
"""Key of ``Request.meta``: the address as it was asked for, while the other scheme is tried."""
_TRIED = "govreports_scheme_tried"
_FAILURES = (DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_OTHERS = {"http": "https", "https": "http"}

Origin = tuple[str, str]
"""Scheme and host with port."""


class SchemeFallbackMiddleware:
    """Tries the other scheme of the same host, once a host, and stays with it where it answers.

    A host that has answered under a scheme in this crawl is not doubted any more: there, only retries help.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answered: set[Origin] = set()
        self._moved: set[Origin] = set()
        self._tried: set[Origin] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> Request | None:
        """Ask at once under the scheme that the host turned out to answer."""
        if _origin(request.url) in self._moved and not request.meta.get(_TRIED):
            return _asked_otherwise(request)
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember what answers."""
        self._answered.add(_origin(request.url))
        asked = request.meta.get(_ASKED)
        if asked is not None and (origin := _origin(asked)) not in self._moved:
            self._moved.add(origin)
            there = "{}://{}".format(*_origin(other_scheme(asked)))
            Outcome(self._crawler.stats).note(f"{origin[1]} does not answer under {origin[0]}, so {there} was asked")
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try the other scheme, or go back to the one asked for when that fails, too."""
        if not isinstance(exception, _FAILURES):
            return None
        asked = request.meta.get(_ASKED)
        if asked is not None:
            if _origin(asked) in self._moved:
                return None
            meta = {key: value for key, value in request.meta.items() if key not in (_ASKED, PERMISSIVE)}
            return request.replace(url=asked, dont_filter=True, meta={**meta, _TRIED: True})
        origin = _origin(request.url)
        if origin[0] not in _OTHERS or origin in self._answered or origin in self._tried:
            return None
        self._tried.add(origin)
        return _asked_otherwise(request)


def _asked_otherwise(request: Request) -> Request:
    meta = {**request.meta, _ASKED: request.url}
    # Whoever asked finds the address again, as after a redirect.
    meta.setdefault("redirect_urls", [request.url])
    return request.replace(url=other_scheme(request.url), dont_filter=True, meta=meta)


def other_scheme(url: str) -> str:
    """The same address under https in place of http, or the reverse; a port other than the usual one stays."""
    parts = urlsplit(url)
    netloc = parts.netloc
    if parts.port == _DEFAULT_PORTS[parts.scheme]:
        netloc = netloc.rpartition(":")[0]
    return urlunsplit(parts._replace(scheme=_OTHERS[parts.scheme], netloc=netloc))


def _origin(url: str) -> Origin:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
