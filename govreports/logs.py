"""The log: lines that a person can follow, or JSON for programs, and no secrets in either."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from govreports.documents.charset import without_controls

HIDDEN: Final = "***"
"""What stands in the place of a secret."""
_SHORTEST_SECRET: Final = 4
"""Shorter ones are part of too much that is none."""
_PASSWORD_IN_URL: Final = re.compile(r"(?<=://)([^\s/:@]*):([^\s/@]+)@")
_TALKATIVE: Final = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.utils.log")
"""Loggers that tell at INFO, at each crawl's start and on many lines, how Scrapy is set up."""
_ASKS_FOR_RULES: Final = "scrapy.downloadermiddlewares.robotstxt"
_USUAL: Final = frozenset((*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName", "crawler", "spider"))


class Logs:
    """A Scrapy add-on: puts the project's handler in the place of Scrapy's, wherever a crawl is started from.

    The LOG_ settings mean what they mean in Scrapy, but for the colours. GOVREPORTS_LOG_JSON makes every line a JSON
    object. A program that set LOG_INSTALL_ROOT_HANDLER to False itself keeps its own handlers.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Called by Scrapy before it sets up its own handler."""
        if (settings.getpriority("LOG_INSTALL_ROOT_HANDLER") or 0) > SETTINGS_PRIORITIES["addon"]:
            return
        settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="addon")
        install(settings)


class Redactor:
    """Hides secrets: those it knows, and every password in an address."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """``text`` without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        return _PASSWORD_IN_URL.sub(rf"\1:{HIDDEN}@", text) if "://" in text else text


class LineFormatter(logging.Formatter):
    """Scrapy's lines, without secrets, and without what a page could put into them to look like a line of its own."""

    def __init__(self, form: str | None, date_form: str | None, redact: Redactor) -> None:
        super().__init__(form, date_form)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the lines of a traceback."""
        return self._redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """The line; what goes on on further lines is indented."""
        record.message = without_controls("\n    ".join(record.message.splitlines()))
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a record: ``at``, ``level``, ``logger``, ``message``, and what the record carries besides."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The object on one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said: dict[str, Any] = {
            "at": at,
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (portal := getattr(getattr(record, "spider", None), "name", None)) is not None:
            said["portal"] = portal
        said |= {name: value for name, value in record.__dict__.items() if name not in _USUAL}
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return self._redact(json.dumps(said, ensure_ascii=False, default=str))


def install(settings: BaseSettings) -> None:
    """Put a handler as the settings want it into the place of an earlier one."""
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if getattr(handler, "name", None) == _NAME]:
        root.removeHandler(earlier)
        earlier.close()
    handler = _handler(settings)
    handler.set_name(_NAME)
    handler.setLevel(settings.get("LOG_LEVEL"))
    redact = Redactor(secrets_of(settings))
    handler.setFormatter(
        JsonFormatter(redact)
        if settings.getbool("GOVREPORTS_LOG_JSON")
        else LineFormatter(settings.get("LOG_FORMAT"), settings.get("LOG_DATEFORMAT"), redact)
    )
    handler.addFilter(_is_worth_a_line)
    root.setLevel(logging.NOTSET)
    root.addHandler(handler)


def secrets_of(settings: BaseSettings) -> Iterator[str]:
    """What of the settings must not be seen in a log."""
    for name in ("GOVREPORTS_DATABASE_URL", "GOVREPORTS_REDIS_URL"):
        if password := _password(str(settings.get(name) or "")):
            yield from (password, unquote(password))
    if password := settings.get("GOVREPORTS_SMTP_PASSWORD"):
        yield str(password)
    if url := settings.get("GOVREPORTS_WEBHOOK_URL"):
        # The path is what makes it one's own.
        yield from (str(url), str(url).partition("://")[2].partition("/")[2])


_NAME: Final = "govreports"


def _handler(settings: BaseSettings) -> logging.Handler:
    if path := settings.get("LOG_FILE"):
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        return logging.FileHandler(path, mode=mode, encoding=settings.get("LOG_ENCODING"))
    return logging.StreamHandler() if settings.getbool("LOG_ENABLED") else logging.NullHandler()


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    if record.name == _ASKS_FOR_RULES:
        # A host that does not answer is no fault of the program: one line says it.
        record.exc_info = record.exc_text = None
    return record.levelno != logging.INFO or record.name not in _TALKATIVE


def _password(url: str) -> str | None:
    try:
        return urlsplit(url).password
    except ValueError:
        return None
