"""No allowed name leads into the network that the crawler runs in: what it resolves to must be a public address.

Whoever holds a name below gov.cn, an expired one among them, also says where it leads: to this machine, a router, the
metadata service of a cloud. The check stands where a name becomes an address, so that it holds for redirects and
robots.txt, and the address that was checked is the one that is connected to.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address
from typing import Final, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from govreports.outcome import HOSTS_REFUSED
from govreports.registry.hosts import AllowedHosts, HostListError, host_of

logger = logging.getLogger(__name__)


class AddressNotAllowed(IgnoreRequest):
    """The request was not sent, because its host resolves to an address that is not public."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} resolves to {address}, which is no public address; see GOVREPORTS_ALLOWED_NETWORKS.")
        self.host = host
        self.address = address


@dataclass(frozen=True, slots=True)
class PublicAddresses:
    """Public addresses, those that GOVREPORTS_ALLOWED_HOSTS names, and those in GOVREPORTS_ALLOWED_NETWORKS."""

    named: frozenset[str]
    networks: tuple[IPv4Network, ...]
    proxies: frozenset[str] = field(default_factory=lambda: _proxies())
    """Names of proxies of this machine's environment: these lie where they lie."""

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Read the settings. Raises HostListError."""
        networks = []
        for part in filter(None, map(str.strip, str(settings["GOVREPORTS_ALLOWED_NETWORKS"] or "").split(","))):
            try:
                networks.append(IPv4Network(part))
            except ValueError as error:
                raise HostListError(
                    f"GOVREPORTS_ALLOWED_NETWORKS: {part!r} is no IPv4 network ({error}); write 198.18.0.0/15."
                ) from None
        return cls(AllowedHosts.parse(settings["GOVREPORTS_ALLOWED_HOSTS"]).addresses, tuple(networks))

    def allow(self, name: str, address: str) -> bool:
        """Whether ``name`` may lead to ``address``."""
        if name in self.proxies or address in self.named:
            return True
        found = ip_address(address)
        if isinstance(found, IPv4Address) and any(found in network for network in self.networks):
            return True
        return _is_public(found)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


def _proxies() -> frozenset[str]:
    hosts = (urlsplit(url).hostname for url in getproxies().values())
    return frozenset(host for host in hosts if host)


refused: Final[dict[str, str]] = {}
"""Names that were refused in this process, and the address that each resolved to. Twisted drops a resolver's reason."""


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which does not find names that lead elsewhere than to a public address."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, addresses: PublicAddresses) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._addresses = addresses

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        settings = crawler.settings
        size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, size, settings.getfloat("DNS_TIMEOUT"), PublicAddresses.of(settings))

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """The address of a name."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if self._addresses.allow(name, address):
            return address
        refused[name] = address
        raise DNSLookupError(f"{name} resolves to {address}, which is no public address")


async def look_up(url: str) -> None:
    """Resolve the host of an address for somebody who will do so again. Raises AddressNotAllowed."""
    from twisted.internet import reactor

    host = host_of(url) or ""
    # What cannot be resolved at all will be said by who asks.
    with suppress(DNSLookupError, OSError):
        await maybe_deferred_to_future(reactor.resolve(host))  # type: ignore[arg-type]  # Twisted annotates it wrongly
        return
    if host in refused:
        raise AddressNotAllowed(host, refused[host])


class PrivateAddressesMiddleware:
    """Says of a request that was not sent for its host's address why it was not, and that nothing else helps."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._told: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise AddressNotAllowed in the place of a name that was not found."""
        host = host_of(request.url)
        if not isinstance(exception, CannotResolveHostError) or host not in refused:
            return
        self._crawler.stats.inc_value(HOSTS_REFUSED)
        error = AddressNotAllowed(host, refused[host])
        if host not in self._told:
            self._told.add(host)
            logger.warning("Not asked: %s", error)
        raise error from exception
