"""How a portal misbehaves on purpose: slow, broken off, error pages, protection products' answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

FaultKind = Literal[
    "slow",
    "cut_off",
    "not_found",
    "server_error",
    "soft_404",
    "empty_stub",
    "ruishu",
    "jsluid",
    "cookie_loop",
    "cookie_once",
    "script_stub",
    "geo_block",
    "slider",
    "waf_text",
    "wzws",
    "home_page",
]
FAULT_KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request as it came in. ``path`` has no query; ``base`` is ``http://host:port``."""

    method: str
    path: str
    query: str
    base: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back. ``cut_after`` breaks the body off after so many bytes, ``delay`` is in seconds."""

    body: bytes
    status: int = 200
    content_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    cut_after: int | None = None
    delay: float = 0.0


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of misbehaviour, on the paths that the pattern ``paths`` matches anywhere.

    It begins after ``after`` such requests and strikes ``times`` times (None: always). ``seconds`` is how
    long ``slow`` waits.
    """

    kind: FaultKind
    paths: str = ""
    after: int = 0
    times: int | None = None
    seconds: float = 0.5
    _met: int = field(default=0, init=False)

    def strikes(self, ask: Ask) -> bool:
        """True when this request gets the fault; counts the requests that match."""
        if not re.search(self.paths, ask.path):
            return False
        self._met += 1
        begun = self._met > self.after
        return begun and (self.times is None or self._met <= self.after + self.times)


def challenge(kind: FaultKind, ask: Ask) -> Answer | None:
    """The answer that stands in for the page, None where the kind lets the page through."""
    match kind:
        case "not_found":
            return Answer(status=404, body=b"<html><body><h1>404 Not Found</h1></body></html>")
        case "server_error":
            return Answer(status=500, body=b"<html><body>Internal Server Error</body></html>")
        case "soft_404":
            return Answer(
                body=(
                    "<html><head><meta charset='utf-8'><title>页面不存在</title></head>"
                    "<body><div>您访问的页面不存在或已被删除</div><a href='/'>返回首页</a></body></html>"
                ).encode()
            )
        case "empty_stub":
            # What some sites answer past the end of a list: a page of nothing, with status 200.
            return Answer(body=b"<html><head><title></title></head><body>" + b"&nbsp;" * 40 + b"</body></html>")
        case "ruishu":
            script = "$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=31872;$_ts.cd='qcA0rGl';_$_t=1;"
            return Answer(
                status=412,
                body=f"<html><head><script>{script}</script></head><body></body></html>".encode(),
                headers=(("Set-Cookie", "Kq3nTgWzSO=60a1; Path=/; HttpOnly"),),
            )
        case "jsluid":
            script = "document.cookie=('__jsl_clearance=1;path=/');location.href=location.pathname"
            return Answer(
                status=521,
                body=f"<script>{script}</script>".encode(),
                headers=(("Set-Cookie", "__jsluid_h=5d41402abc4b2a76; Path=/"),),
            )
        case "cookie_loop":
            return Answer(
                status=302,
                body=b"",
                headers=(("Location", ask.path), ("Set-Cookie", "C3VK=9f2e41; Path=/; Max-Age=300")),
            )
        case "cookie_once":
            if "CT6T" in ask.headers.get("cookie", ""):
                return None
            return Answer(
                status=302,
                body=b"",
                headers=(("Location", ask.path), ("Set-Cookie", "CT6T=b81c; Path=/")),
            )
        case "script_stub":
            opening = b"<html><head><script>var a=["
            return Answer(body=(opening + b"0," * 600)[:1140] + b"];</script></head></html>")
        case "geo_block":
            return Answer(status=403, body=b"<html><body>Access denied. reason:GeoBL</body></html>")
        case "slider":
            return Answer(
                body=(
                    "<html><head><meta charset='utf-8'><title>访问验证</title></head><body>"
                    "<div id='slider' class='nwaf-slider'>请按住滑块，拖动到最右边</div>"
                    "<script src='/nwaf_slider.js'></script></body></html>"
                ).encode()
            )
        case "waf_text":
            return Answer(
                status=405,
                body=(
                    "<html><head><meta charset='utf-8'></head><body>"
                    "<div class='online-desc-con'>您的访问被阻断</div></body></html>"
                ).encode(),
            )
        case "wzws":
            return Answer(
                body=b"<html><script>var wzwschallenge='x';location.reload()</script></html>",
                headers=(("Set-Cookie", "wzws_sessionid=gmE2NjY; Path=/"),),
            )
        case "slow" | "cut_off" | "home_page":
            return None
