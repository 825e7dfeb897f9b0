"""Real servers that receive alerts: SMTP and HTTP on loopback."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(slots=True)
class MailBox:
    """What a mail server has taken."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    def text(self, number: int = -1) -> str:
        """The body of a mail."""
        return str(self.mails[number].get_content())


class _Taker:
    def __init__(self, box: MailBox) -> None:
        self.box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.box.mails.append(mail)
        self.box.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


class _Server(Controller):
    # To see that it runs, it connects to the port that it was given: with 0 that is another one now.
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(*, certificate: Path | None = None, password: str | None = None, port: int = 0) -> Iterator[MailBox]:
    """A mail server: with ``certificate`` it asks for STARTTLS, with ``password`` for a login."""
    box = MailBox()
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    def let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        box.logins.append((given.login.decode(), given.password.decode()))
        success = given.password.decode() == password
        return AuthResult(success=success, handled=success)

    controller = _Server(
        _Taker(box),
        hostname="127.0.0.1",
        port=port,
        # Its own name would be looked up.
        server_hostname="127.0.0.1",
        tls_context=context,
        require_starttls=context is not None,
        authenticator=let_in if password is not None else None,
        auth_required=password is not None,
        auth_require_tls=context is not None,
    )
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


@dataclass(slots=True)
class Hook:
    """What a webhook was sent."""

    url: str = ""
    status: int = 204
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def webhook(*, port: int = 0) -> Iterator[Hook]:
    """An HTTP server that takes JSON; it answers with ``status``."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if hook.status < 300:
                hook.bodies.append(body)
                hook.headers.append(dict(self.headers.items()))
            self.send_response(hook.status)
            if 300 <= hook.status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    hook.url = f"http://127.0.0.1:{server.server_port}/hooks/s3cret-t0ken"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
