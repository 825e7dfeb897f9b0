"""Cookies go back to the host that set them, and nowhere else."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from govreports.middlewares.cookies import OwnHostCookiesMiddleware


def sent(url: str, *, set_by: str, cookie: str) -> bytes | None:
    """The Cookie header that goes to ``url`` after the host of ``set_by`` has set one."""
    middleware = OwnHostCookiesMiddleware.from_crawler(get_crawler())
    setting = Request(set_by)
    middleware.process_request(setting)
    middleware.process_response(setting, Response(set_by, headers={"Set-Cookie": cookie}))
    request = Request(url)
    middleware.process_request(request)
    header: bytes | None = request.headers.get("Cookie")
    return header


def test_a_host_gets_its_own_cookies_back() -> None:
    home = "http://www.a.gov.cn/"
    assert sent(home, set_by=home, cookie="x=1; Path=/") == b"x=1"
    assert sent(home, set_by=home, cookie="x=1; Path=/; Domain=.a.gov.cn") == b"x=1"
    assert sent("http://127.0.0.1:80/", set_by="http://127.0.0.1:80/", cookie="x=1; Path=/") == b"x=1"
    assert sent("http://localhost/", set_by="http://localhost/", cookie="x=1; Path=/; Domain=localhost") == b"x=1"


def test_no_other_host_does_whatever_domain_was_named() -> None:
    for domain in ("", "; Domain=.a.gov.cn", "; Domain=gov.cn", "; Domain=b.a.gov.cn"):
        cookie = f"x=1; Path=/{domain}"
        assert sent("http://b.a.gov.cn/", set_by="http://www.a.gov.cn/", cookie=cookie) is None
        assert sent("http://a.gov.cn/", set_by="http://www.a.gov.cn/", cookie=cookie) is None
