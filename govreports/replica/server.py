"""The replica portals over real HTTP on loopback.

Each portal listens on a loopback address of its own (127.0.0.2, 127.0.0.3, …), all on the same port, so that
a crawler's politeness per host works as it does outside. Where only 127.0.0.1 exists (macOS), the portals
listen there on ports of their own.
"""

from __future__ import annotations

import errno
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from govreports.replica.catalogue import make_portal
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Portal


@dataclass(frozen=True, slots=True)
class Served:
    """One request that a replica has answered."""

    portal: str
    method: str
    target: str
    status: int
    headers: dict[str, str]
    """The request's, names in lower case."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], portal: Portal, served: list[Served]) -> None:
        self.portal = portal
        self.served = served
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # HTTPServer.server_bind looks the name of the address up, which can hang where there is no resolver.
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed has nothing to be told; what else goes wrong is printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it was handed in


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body are two small packets: with Nagle's algorithm the second waits for the first's receipt.
    disable_nagle_algorithm = True
    server: _Listener
    timeout = 30

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        ask = Ask(
            method=self.command,
            path=parts.path,
            query=parts.query,
            base=f"http://{headers.get('host', '')}",
            headers=headers,
            body=self.rfile.read(length) if length else b"",
        )
        answer = self.server.portal.answer(ask)
        self.server.served.append(Served(self.server.portal.id, self.command, self.path, answer.status, headers))
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        if answer.delay:
            time.sleep(answer.delay)
        body = answer.body if answer.cut_after is None else answer.body[: answer.cut_after]
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The client has gone away: nobody is left to tell.
            self.close_connection = True
        if answer.cut_after is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Silent: ``ReplicaServer.served`` keeps what was asked."""


class ReplicaServer:
    """Replica portals, served while the ``with`` block runs.

    ``portals`` are names of the catalogue or portals of the caller's own. ``port`` 0 takes a free one.
    Raises OSError when the port is taken.
    """

    def __init__(self, portals: Sequence[str | Portal], *, port: int = 0) -> None:
        made = [make_portal(portal) if isinstance(portal, str) else portal for portal in portals]
        self.portals: dict[str, Portal] = {portal.id: portal for portal in made}
        if len(self.portals) != len(made):
            raise ValueError("two replica portals have the same id; give each its own")
        self.served: list[Served] = []
        self._port = port
        self._listeners: dict[str, _Listener] = {}
        self._running = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            for portal, listener in zip(self.portals.values(), self._listen(), strict=True):
                self._listeners[portal.id] = starting.enter_context(_running(listener))
            self._running = starting.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()
        self._listeners.clear()

    def _listen(self) -> list[_Listener]:
        listeners: list[_Listener] = []
        try:
            for place, portal in enumerate(self.portals.values()):
                listeners.append(self._listener(place, portal, listeners))
        except OSError:
            for listener in listeners:
                listener.server_close()
            raise
        return listeners

    def _listener(self, place: int, portal: Portal, earlier: Sequence[_Listener]) -> _Listener:
        port = earlier[0].server_port if earlier else self._port
        try:
            return _Listener((f"127.0.0.{place + 2}", port), portal, self.served)
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
            own_port = self._port + place if self._port else 0
            return _Listener(("127.0.0.1", own_port), portal, self.served)

    def portal(self, portal_id: str) -> Portal:
        """A portal, to change what it has published or how it behaves."""
        return self.portals[portal_id]

    def home(self, portal_id: str) -> str:
        """Address of a portal's home page."""
        host, port = self._listeners[portal_id].server_address[:2]
        return f"http://{host!s}:{port}/"

    def url(self, portal_id: str, path: str | None = None) -> str:
        """Address of a portal's annual-report column, or of another of its paths."""
        wanted = self.portals[portal_id].column if path is None else path
        return self.home(portal_id) + wanted.removeprefix("/")

    @property
    def hosts(self) -> list[str]:
        """The addresses that the portals listen on: what a crawl must be allowed to contact."""
        return sorted({str(listener.server_address[0]) for listener in self._listeners.values()})


@contextmanager
def _running(listener: _Listener) -> Iterator[_Listener]:
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
