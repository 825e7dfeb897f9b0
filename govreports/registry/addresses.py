"""When two URLs are the same address, and which of several spellings is the one to keep."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_GATEWAY = re.compile(r"^/gate/big5/(?P<host>[^/]+)(?P<path>/.*)?$")
_MOBILE_TWIN = re.compile(r"_wap(?=\.s?html?$)")
_HANWEB_COLUMN = re.compile(r"/col/col\d+/$")
_DRAWN_IN_THE_BROWSER = re.compile(r"&?\b(?:uid|pageNum)=[^&]*")
_PLAIN_HOST = re.compile(r"[A-Za-z0-9_.:-]+")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jhtml|jsp|php|aspx?)$")

_LONGEST = 8_000
"""Characters of an address: servers take no longer ones."""


def absolute(base: str, link: str) -> str | None:
    """The http(s) address that ``link`` means on the page ``base``, without fragment; None for others and for what
    is too long to be asked for."""
    link = link.strip()
    if not link or len(link) > _LONGEST or link.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = canonical(urldefrag(urljoin(base, link))[0])
        parts = urlsplit(url)
        # Reading it is what finds a port that is no number.
        askable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if askable and _PLAIN_HOST.fullmatch(parts.netloc) is None:
            # As a request will take it apart: some hosts it refuses.
            safe_url_string(url)
    except ValueError:
        return None
    return url if askable else None


def canonical(url: str) -> str:
    """The page itself where ``url`` leads to its Traditional view through the ``/gate/big5/`` gateway."""
    parts = urlsplit(url)
    # A page in the gateway's own view may lead through it once more.
    while (gateway := _GATEWAY.match(parts.path)) is not None:
        host, path = gateway.group("host", "path")
        url = f"{parts.scheme}://{host}{path or '/'}{'?' if parts.query else ''}{parts.query}"
        parts = urlsplit(url)
    return url


def desktop_twin(url: str) -> str | None:
    """The desktop address of a ``_wap`` page, None for any other."""
    parts = urlsplit(url)
    if not _MOBILE_TWIN.search(parts.path):
        return None
    return urlunsplit(parts._replace(path=_MOBILE_TWIN.sub("", parts.path)))


def address_key(url: str) -> str:
    """Equal for addresses that mean one page: http or https, ``_wap`` twin or not, ``index.html`` or its folder,
    and whatever page number a Hanweb column leaves to the browser."""
    parts = urlsplit(canonical(url))
    path = _MOBILE_TWIN.sub("", parts.path) or "/"
    path = _INDEX.sub("/", path)
    query = parts.query
    if _HANWEB_COLUMN.search(path):
        query = _DRAWN_IN_THE_BROWSER.sub("", query).strip("&")
    return f"{parts.netloc.lower()}{path}{'?' if query else ''}{query}"


def folder(url: str) -> str:
    """Host and folder of an address, with a slash at the end."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower()}{parts.path.rpartition('/')[0]}/"


def is_folder(url: str) -> bool:
    """Whether the address is that of a folder or its index page, hence of a column rather than an article."""
    path = urlsplit(url).path
    return path in ("", "/") or path.endswith("/") or _INDEX.search(path) is not None
