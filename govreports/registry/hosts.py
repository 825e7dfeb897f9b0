"""Which hosts the crawler may contact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

_HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")


class HostListError(ValueError):
    """GOVREPORTS_ALLOWED_HOSTS holds something that is neither a host suffix nor an address."""


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Host suffixes (``gov.cn`` allows ``www.zibo.gov.cn``) and addresses (allowed exactly, on any port)."""

    suffixes: frozenset[str]
    addresses: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> AllowedHosts:
        """Read a comma-separated list as GOVREPORTS_ALLOWED_HOSTS holds it. Raises HostListError."""
        suffixes, addresses = set(), set()
        for part in (part.strip().lower() for part in text.split(",")):
            if not part:
                continue
            if (address := _address(part)) is not None:
                addresses.add(address)
            elif _HOST_NAME.fullmatch(part.removeprefix(".")):
                suffixes.add(part.removeprefix("."))
            else:
                raise HostListError(
                    f"GOVREPORTS_ALLOWED_HOSTS: {part!r} is neither a host suffix nor an address; "
                    "write gov.cn or 127.0.0.1, without scheme, port or path."
                )
        if not suffixes and not addresses:
            raise HostListError("GOVREPORTS_ALLOWED_HOSTS is empty, so no host may be contacted; write gov.cn.")
        return cls(frozenset(suffixes), frozenset(addresses))

    def allows(self, url: str) -> bool:
        """Whether the host of ``url`` may be contacted."""
        host = host_of(url)
        if host is None:
            return False
        if (address := _address(host)) is not None:
            return address in self.addresses
        parts = host.split(".")
        return any(".".join(parts[start:]) in self.suffixes for start in range(len(parts)))

    def __str__(self) -> str:
        return ", ".join(sorted(self.suffixes) + sorted(self.addresses))


def host_of(url: str) -> str | None:
    """The host of an absolute http(s) URL in lower case, None when it has none or an odd one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "\\" in parts.netloc:
        return None
    host = host.lower().removesuffix(".")
    return host if _address(host) is not None or _HOST_NAME.fullmatch(host) else None


def _address(text: str) -> str | None:
    try:
        return ip_address(text.removeprefix("[").removesuffix("]")).compressed
    except ValueError:
        return None
