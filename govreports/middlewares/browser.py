"""Lists that are drawn by script: their pages are fetched with a browser, where an entry or a setting asks for it.

Needs the optional extra ``browser`` (scrapy-playwright) and a Chromium of the system. Everything else of a crawl, the
reports among it, goes the ordinary way. The browser is held to the same manners: one page at a time, the crawler's
name, no host outside the allowed ones, nothing that robots.txt forbids, no pictures, fonts or styles.
"""

from __future__ import annotations

import logging
import shutil
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

from govreports.middlewares.private_addresses import AddressNotAllowed, PublicAddresses, look_up
from govreports.middlewares.tls import HttpsHandler
from govreports.registry.hosts import AllowedHosts, host_of

logger = logging.getLogger(__name__)

DRAWN = "playwright"
"""Flag of responses that a browser has drawn, and key of ``Request.meta`` for requests that one is to draw."""

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NOT_NEEDED = frozenset({"image", "media", "font", "stylesheet"})
_SETTLED_WITHIN = 15_000
"""Milliseconds after which a page that still loads something is taken as it is."""


def why_no_browser(settings: BaseSettings) -> str | None:
    """Why lists cannot be drawn here, as one sentence that says what to install; None when they can."""
    if find_spec("scrapy_playwright") is None:
        return "Drawing lists needs the optional extra: pip install 'govreports[browser]'."
    if chromium(settings) is None:
        return "Drawing lists needs a Chromium: install one (chromium in Debian), or name it in GOVREPORTS_CHROMIUM."
    return None


def chromium(settings: BaseSettings) -> str | None:
    """Path of the browser: the one that the settings name, else the first that the system has."""
    named = settings.get("GOVREPORTS_CHROMIUM")
    found = (shutil.which(program) for program in ((named,) if named else _PROGRAMS))
    return next((path for path in found if path), None)


def browser_settings(settings: BaseSettings) -> dict[str, Any]:
    """Scrapy settings of a crawl that draws lists."""
    # It logs each failed page with a traceback; the crawl says in one sentence what it could not get.
    logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)
    allowed = AllowedHosts.parse(settings["GOVREPORTS_ALLOWED_HOSTS"])
    reachable = [*(f"EXCLUDE {suffix}, EXCLUDE *.{suffix}" for suffix in sorted(allowed.suffixes))]
    reachable += [f"EXCLUDE {address}" for address in sorted(allowed.addresses)]
    return {
        "DOWNLOAD_HANDLERS": {"http": DrawingHttpHandler, "https": DrawingHttpsHandler},
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": chromium(settings),
            # Also redirects, which no request handler of the browser sees, end at hosts that are not allowed.
            "args": [f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(reachable)}", "--disable-quic"],
        },
        "PLAYWRIGHT_CONTEXTS": {"default": {"user_agent": settings["USER_AGENT"], "locale": "zh-CN"}},
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("DOWNLOAD_TIMEOUT") * 1000,
        "PLAYWRIGHT_ABORT_REQUEST": _Refusal(allowed, settings["USER_AGENT"]),
    }


def drawn(request: Request) -> Request:
    """The request, to be drawn by a browser; unchanged where it is a call of an interface and no page."""
    if request.method != "GET":
        return request
    method = import_module("scrapy_playwright.page").PageMethod(_settle)
    return request.replace(meta={**request.meta, DRAWN: True, "playwright_page_methods": [method]})


async def _settle(page: Any) -> None:
    """Wait until the page's script has fetched what it draws."""
    with suppress(import_module("playwright.async_api").TimeoutError):
        await page.wait_for_load_state("networkidle", timeout=_SETTLED_WITHIN)


class _Refusal:
    """Tells which of a page's own requests are not sent."""

    def __init__(self, allowed: AllowedHosts, user_agent: str) -> None:
        self._allowed = allowed
        self._user_agent = user_agent
        self.crawler: Crawler | None = None
        """The crawl whose robots.txt rules hold."""

    async def __call__(self, request: Any) -> bool:
        if request.resource_type in _NOT_NEEDED or not self._allowed.allows(request.url):
            return True
        try:
            await look_up(request.url)
        except AddressNotAllowed as error:
            logger.warning("Not loaded: %s", error)
            return True
        robots = None if self.crawler is None else self.crawler.get_downloader_middleware(RobotsTxtMiddleware)
        if robots is None:
            return False
        rules = await robots.robot_parser(Request(request.url))
        if rules is None or rules.allowed(request.url, self._user_agent):
            return False
        logger.info("Forbidden by robots.txt: %s, which a page wanted to load.", request.url)
        return True


_browsers: WeakKeyDictionary[Crawler, Any] = WeakKeyDictionary()
"""One browser a crawl, whatever the scheme."""


class DrawingHttpHandler(BaseDownloadHandler):
    """Sends requests that are marked ``DRAWN`` to the crawl's browser, all others to the ordinary handler."""

    lazy = False
    ordinary: ClassVar[type[BaseDownloadHandler]] = HTTP11DownloadHandler

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._ordinary = self.ordinary(crawler)
        self._addresses = PublicAddresses.of(crawler.settings)
        if crawler not in _browsers:
            handler = import_module("scrapy_playwright.handler").ScrapyPlaywrightDownloadHandler
            _browsers[crawler] = handler.from_crawler(crawler)
            crawler.settings["PLAYWRIGHT_ABORT_REQUEST"].crawler = crawler
        self._browser = _browsers[crawler]

    async def download_request(self, request: Request) -> Response:
        """Draw or fetch."""
        if not request.meta.get(DRAWN):
            return await self._ordinary.download_request(request)
        # A browser has a resolver of its own: it is asked nothing before the name has been looked up here, and what it
        # had from elsewhere all the same, by a redirect, is not taken.
        await look_up(request.url)
        response: Response = await self._browser.download_request(request)
        host, address = host_of(response.url) or "", str(response.ip_address or "")
        if address and not self._addresses.allow(host, address):
            raise AddressNotAllowed(host, address)
        return response

    async def close(self) -> None:
        """Close the connections, and the browser with the first of the schemes that closes."""
        await self._ordinary.close()
        if _browsers.pop(self._crawler, None) is not None:
            await self._browser.close()


class DrawingHttpsHandler(DrawingHttpHandler):
    """The same for https."""

    ordinary = HttpsHandler
