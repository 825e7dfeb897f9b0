"""A site that answers with whatever bytes a test wants, as slowly as it wants, on a loopback address of its own."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]
"""Raw bytes of a whole answer, after which the connection is closed; or what writes them itself."""

REPORT = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>一、总体情况</p></body></html>"


@dataclass(slots=True)
class Site:
    """Where a site listens, what it answers by path, and what was asked of it: the heads of the requests."""

    base: str
    pages: dict[str, Answer] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for."""
        return [head.split(" ")[1] for head in self.heads]


def answer(body: str | bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP answer; ``length`` is what Content-Length says where that is not the truth."""
    content = body.encode() if isinstance(body, str) else body
    told = len(content) if length is None else length
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", f"Content-Length: {told}"]
    lines = [line for line in lines if line.partition(":")[0] not in {header.partition(":")[0] for header in headers}]
    return "\r\n".join([*lines, *headers, "Connection: close", "", ""]).encode() + content


def redirect(target: str) -> bytes:
    """An answer that leads elsewhere."""
    return answer("", f"Location: {target}", status="302 Found")


def title(year: int) -> str:
    """The title of an annual report."""
    return f"某区{year}年政府信息公开工作年度报告"


def article(year: int) -> str:
    """Path of the report of a year."""
    return f"/zfxxgknb/{year}01/t{year}0130_1.html"


def column(*years: int) -> bytes:
    """A list of the reports of these years."""
    rows = "".join(f'<li><a href="{article(year)}">{title(year)}</a><span>{year}-01-30</span></li>' for year in years)
    return answer(f"<html><body><ul>{rows}</ul></body></html>")


def reports(*years: int) -> dict[str, Answer]:
    """A column at ``/zfxxgknb/`` and the pages of its reports."""
    pages: dict[str, Answer] = {article(year): answer(REPORT.format(title(year))) for year in years}
    return {"/zfxxgknb/": column(*years), **pages}


@contextmanager
def site(pages: Mapping[str, Answer], *, address: str = "127.0.0.1") -> Iterator[Site]:
    """Serve ``pages`` while the block runs; what they do not hold is answered with 404."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(20)
            head = b""
            while b"\r\n\r\n" not in head:
                received = self.request.recv(65536)
                if not received:
                    return
                head += received
            there.heads.append(head.decode("latin-1"))
            found = there.pages.get(there.asked[-1], answer("not found", status="404 Not Found"))
            try:
                if isinstance(found, bytes):
                    self.request.sendall(found)
                else:
                    found(self.request)
            except OSError:
                # The client has gone away: nobody is left to tell.
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server = Server((address, 0), Handler)
    there = Site(f"http://{address}:{server.server_address[1]}", dict(pages))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
