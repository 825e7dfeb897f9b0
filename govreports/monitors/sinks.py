"""Ways that alerts go: the log, a file, e-mail, a webhook. Each takes several alerts at once, or says why not."""

from __future__ import annotations

import hashlib
import http.client
import json
import logging
import os
import smtplib
import socket
import ssl
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, getaddresses
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import SplitResult, urlsplit

from scrapy.settings import BaseSettings

from govreports import __version__
from govreports.monitors.errors import SinkConfigError, SinkError
from govreports.store.alerts import ToldAlert

_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
_PATIENCE: Final = 30.0
"""Seconds that a server may take for one answer."""

logger = logging.getLogger(__name__)


class Sink(Protocol):
    """A way that alerts go."""

    @property
    def name(self) -> str:
        """Under which the store remembers what was told on it."""

    def send(self, alerts: Sequence[ToldAlert]) -> None:
        """Tell all of these, at least one. Raises SinkError when it is not sure that they have arrived."""


@dataclass(frozen=True, slots=True)
class LogSink:
    """One line an alert in the log."""

    name: str = "log"

    def send(self, alerts: Sequence[ToldAlert]) -> None:
        """Warnings for what turned bad, plain lines for what recovered."""
        for alert in alerts:
            level = logging.WARNING if alert.change == "turned_bad" else logging.INFO
            logger.log(level, "%s", sentence(alert), extra={"alert": record(alert)})


@dataclass(frozen=True, slots=True)
class FileSink:
    """One JSON object a line, appended to a file."""

    path: Path
    name: str = "file"

    def send(self, alerts: Sequence[ToldAlert]) -> None:
        """Written and brought to the disk, or not at all said to be."""
        lines = "".join(json.dumps(record(alert), ensure_ascii=False) + "\n" for alert in alerts)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as target:
                target.write(lines)
                target.flush()
                os.fsync(target.fileno())
        except OSError as error:
            raise SinkError(f"{self.path} cannot be written: {error.strerror}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSink:
    """One e-mail for all alerts, over SMTP. ``security`` is ``starttls``, ``tls`` or ``none``."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]
    name: str = "email"

    def send(self, alerts: Sequence[ToldAlert]) -> None:
        """Handed over to the server for all recipients."""
        try:
            with self._connect() as server:
                if self.security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                refused = server.send_message(self._message(alerts), self.sender, list(self.recipients))
        except smtplib.SMTPAuthenticationError as error:
            # What the server says may repeat what it was told.
            raise SinkError(
                f"the mail server {self.host}:{self.port} refuses the login ({error.smtp_code}); mend it"
            ) from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise SinkError(
                f"the mail server {self.host}:{self.port} does not take it: {_first_line(error)}"
            ) from error
        if refused:
            logger.warning("The mail server refuses some of the recipients: %s.", ", ".join(sorted(refused)))

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)

    def _message(self, alerts: Sequence[ToldAlert]) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = f"govreports: {headline(alerts)}"
        message["From"] = self.sender
        message["To"] = ", ".join(self.recipients)
        message["Date"] = format_datetime(max(alert.raised_at for alert in alerts))
        # The same for the same alerts: should a server take a mail and the answer be lost, readers can tell.
        message["Message-ID"] = f"<{_key(alerts)}@{socket.gethostname() or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"
        body = "\n\n".join(sentence(alert) for alert in alerts)
        message.set_content(f"{body}\n\n-- \ngovreports {__version__} on {socket.gethostname()}\n")
        return message


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSink:
    """One POST request with a JSON object for all alerts. The address may hold a secret and is never shown."""

    url: str = field(repr=False)
    name: str = "webhook"

    def send(self, alerts: Sequence[ToldAlert]) -> None:
        """Answered with a status of success."""
        body = {"text": headline(alerts), "alerts": [record(alert) for alert in alerts]}
        request = urllib.request.Request(
            self.url,
            data=json.dumps(body, ensure_ascii=False).encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": f"govreports/{__version__}",
                "Idempotency-Key": _key(alerts),
            },
        )
        host = urlsplit(self.url).netloc.rpartition("@")[2]
        try:
            with _opener().open(request, timeout=_PATIENCE) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            raise SinkError(f"the webhook at {host} answers {error.code}; check GOVREPORTS_WEBHOOK_URL") from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise SinkError(f"the webhook at {host} cannot be reached: {_first_line(reason)}") from error


def sinks_of(settings: BaseSettings) -> list[Sink]:
    """The ways that the settings name; the log always. Raises SinkConfigError."""
    found: list[Sink] = [LogSink()]
    makers: tuple[Callable[[BaseSettings], Sink | None], ...] = (_file, _mail, _webhook)
    for make in makers:
        sink = make(settings)
        if sink is not None:
            found.append(sink)
    return found


def headline(alerts: Sequence[ToldAlert]) -> str:
    """``2 turned bad, 1 recovered (wuhan_hongshan, …)``."""
    counts = Counter(alert.change for alert in alerts)
    words = {"turned_bad": "turned bad", "recovered": "recovered"}
    told = ", ".join(f"{counts[change]} {word}" for change, word in words.items() if counts[change])
    portals = list(dict.fromkeys(alert.portal for alert in alerts))
    more = f" and {len(portals) - 3} more" if len(portals) > 3 else ""
    return f"{told} ({', '.join(portals[:3])}{more})"


def sentence(alert: ToldAlert) -> str:
    """An alert for people, in one sentence and the threshold."""
    name = f" ({alert.portal_name})" if alert.portal_name else ""
    word = "turned bad" if alert.change == "turned_bad" else "recovered"
    return f"{alert.portal}{name}: {alert.monitor} {word}: {alert.message}. Threshold: {alert.threshold}."


def record(alert: ToldAlert) -> dict[str, Any]:
    """An alert for programs."""
    return {
        "alert_id": alert.id,
        "raised_at": alert.raised_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "portal": alert.portal,
        "portal_name": alert.portal_name,
        "monitor": alert.monitor,
        "change": alert.change,
        "message": alert.message,
        "threshold": alert.threshold,
        "crawl_id": alert.crawl_id,
    }


def _file(settings: BaseSettings) -> FileSink | None:
    path = settings["GOVREPORTS_ALERTS_FILE"]
    return FileSink(Path(path)) if path else None


def _webhook(settings: BaseSettings) -> WebhookSink | None:
    url = settings["GOVREPORTS_WEBHOOK_URL"]
    if not url:
        return None
    parts = _parted(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise SinkConfigError("GOVREPORTS_WEBHOOK_URL is no http(s) address; write it in full.")
    return WebhookSink(url=url)


def _mail(settings: BaseSettings) -> MailSink | None:
    recipients = tuple(address for _, address in getaddresses([settings["GOVREPORTS_MAIL_TO"] or ""]) if address)
    host = settings["GOVREPORTS_SMTP_HOST"]
    if not recipients and not host:
        return None
    if not recipients or not host:
        missing = "GOVREPORTS_SMTP_HOST" if recipients else "GOVREPORTS_MAIL_TO"
        raise SinkConfigError(f"alerts by e-mail need {missing}, too.")
    if wrong := [address for address in recipients if "@" not in address]:
        raise SinkConfigError(f"GOVREPORTS_MAIL_TO: {wrong[0]!r} is no e-mail address; write it as name@example.org.")
    security = settings["GOVREPORTS_SMTP_SECURITY"]
    if security not in _PORTS:
        raise SinkConfigError(f"GOVREPORTS_SMTP_SECURITY={security} is none of {', '.join(_PORTS)}.")
    user, password = settings["GOVREPORTS_SMTP_USER"], settings["GOVREPORTS_SMTP_PASSWORD"]
    if user and security == "none":
        raise SinkConfigError(
            "GOVREPORTS_SMTP_SECURITY=none would send the password in the clear; use starttls or tls."
        )
    port = settings["GOVREPORTS_SMTP_PORT"] or _PORTS[security]
    if not str(port).isdecimal():
        raise SinkConfigError(f"GOVREPORTS_SMTP_PORT={port} is no port; leave it out for the usual one.")
    return MailSink(
        host=host,
        port=int(port),
        security=security,
        user=user,
        password=password,
        sender=settings["GOVREPORTS_MAIL_FROM"] or formataddr(("govreports", f"govreports@{socket.getfqdn()}")),
        recipients=recipients,
    )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST becomes a GET without the alerts: it must count as refused."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect)


def _parted(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _key(alerts: Sequence[ToldAlert]) -> str:
    numbers = ",".join(f"{alert.id}:{alert.raised_at.isoformat()}:{alert.portal}" for alert in alerts)
    return f"govreports-{hashlib.blake2b(numbers.encode(), digest_size=12).hexdigest()}"


def _first_line(error: object) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
