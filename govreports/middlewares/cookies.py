"""Cookies go back to the host that set them, and to no other.

Scrapy lets a host set cookies for its whole domain; which domains are nobody's own (``gov.cn``) it looks up in a list
that its library fetches from the internet at the first cookie, from a host that nobody allowed. Portals need neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import Cookie

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached


class OwnHostCookiesMiddleware(CookiesMiddleware):
    """Scrapy's middleware, for which every cookie is of the host alone that the request goes to."""

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            if cookie.domain_specified:
                # The jar gives names without a dot this ending.
                cookie.domain = host if "." in host else f"{host}.local"
                cookie.domain_specified = cookie.domain_initial_dot = False
            jar.set_cookie_if_ok(cookie, request)
