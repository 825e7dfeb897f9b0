"""Encrypted connections: checked first, and let pass with an old or wrong certificate only where the registry says so.

A lenient context is never the first choice, also because some modern hosts hang on it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.protocols.tls import TLSMemoryBIOProtocol
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from govreports.outcome import Outcome
from govreports.registry.portal import Portal

logger = logging.getLogger(__name__)

PERMISSIVE = "govreports_tls_permissive"
"""Key of ``Request.meta`` for requests that go over the lenient context."""

_LENIENT_CIPHERS = b"DEFAULT:@SECLEVEL=1"
_ALLOW_LEGACY_RENEGOTIATION = 0x4 | 0x40000
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT and SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION; pyOpenSSL has no names."""


class TlsRefused(IgnoreRequest):
    """The connection was not secure, and the registry does not allow it to be less."""


class TlsFallbackMiddleware:
    """After a handshake error, asks once more with a lenient context where the portal's entry allows that.

    What fails otherwise, or again, goes on to the retries; a certificate that is not valid does not: asking again
    would not mend it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._lenient: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Use the context that the host needed before."""
        if urlsplit(request.url).netloc in self._lenient:
            request.meta[PERMISSIVE] = True

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask again with a lenient context, or say that the certificate is not valid."""
        problem = tls_problem(exception)
        if problem is None or request.meta.get(PERMISSIVE):
            return None
        host = urlsplit(request.url).netloc
        entry: Portal | None = getattr(self._crawler.spider, "entry", None)
        if entry is not None and entry.tls == "permissive":
            self._lenient.add(host)
            Outcome(self._crawler.stats).note(
                f"the connection to {host} was not verified: {problem}, which its registry entry allows"
            )
            return request.replace(dont_filter=True, meta={**request.meta, PERMISSIVE: True})
        if "certificate" in problem:
            raise TlsRefused(f'{problem}; tls = "permissive" in the portal\'s registry entry would let it pass')
        return None


def tls_problem(exception: BaseException) -> str | None:
    """What went wrong in a TLS handshake, as a clause; None for other errors."""
    for error in _causes(exception):
        if isinstance(error, VerificationError):
            return "the certificate belongs to another host"
        if isinstance(error, SSL.Error):
            reasons = {part[-1] for part in next(iter(error.args), ()) if part}
            if "certificate verify failed" in reasons:
                return "the certificate is not valid (expired, self-signed or of an unknown issuer)"
            return f"the TLS handshake failed ({', '.join(sorted(reasons)) or 'no reason given'})"
    return None


def _causes(exception: BaseException) -> Iterator[BaseException]:
    """An error and those that Twisted and Scrapy have wrapped it around."""
    yield exception
    for reason in getattr(exception, "reasons", None) or ():
        if isinstance(reason, Failure) and reason.value is not None:
            yield from _causes(reason.value)
    if exception.__cause__ is not None:
        yield from _causes(exception.__cause__)


@implementer(IOpenSSLClientConnectionCreator)
class _LenientConnections:
    """Connections to one host, without verification and with what old servers need."""

    def __init__(self, host: str) -> None:
        self._host = host

    def clientConnectionForTLS(self, protocol: TLSMemoryBIOProtocol) -> SSL.Connection:  # noqa: N802  # Twisted's name
        """A connection over the protocol's own transport."""
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_options(_ALLOW_LEGACY_RENEGOTIATION)
        context.set_cipher_list(_LENIENT_CIPHERS)
        context.set_verify(SSL.VERIFY_NONE)
        connection = SSL.Connection(context, None)
        if not _is_address(self._host):
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        return connection


@implementer(IPolicyForHTTPS)
class _LenientPolicy:
    def creatorForNetloc(self, hostname: bytes, port: int) -> _LenientConnections:  # noqa: N802  # Twisted's name
        """Connections to this host."""
        return _LenientConnections(hostname.decode("ascii"))


class _LenientHandler(HTTP11DownloadHandler):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = _LenientPolicy()  # type: ignore[assignment]  # zope interfaces are no types


class HttpsHandler(BaseDownloadHandler):
    """Scrapy's own handler for https, and beside it one with a lenient context for requests marked ``PERMISSIVE``."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._standard = HTTP11DownloadHandler(crawler)
        self._permissive: _LenientHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """Send a request over the context that it is marked for."""
        if not request.meta.get(PERMISSIVE):
            return await self._standard.download_request(request)
        if self._permissive is None:
            self._permissive = _LenientHandler(self._crawler)
        return await self._permissive.download_request(request)

    async def close(self) -> None:
        """Close the connections of both."""
        await self._standard.close()
        if self._permissive is not None:
            await self._permissive.close()


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
