"""Commands that ask portals for something and leave nothing behind: no run, no record, nothing stored."""

from __future__ import annotations

import logging
from typing import Any, Final

from scrapy.settings import BaseSettings

SETTINGS: Final[dict[str, Any]] = {
    # What went wrong, the command says itself.
    "LOG_LEVEL": "WARNING",
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {},
}


def leave_nothing(settings: BaseSettings) -> None:
    """Let what a command asks pass all guards, and be neither recorded nor stored; the user's own settings hold."""
    for name, value in SETTINGS.items():
        settings.set(name, value, priority="project")
    # A host that does not answer is told once, of the page that was asked for; of its robots.txt as a traceback first.
    # No level: Scrapy sets those anew when it configures logging.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(_pass_nothing)


def _pass_nothing(record: logging.LogRecord) -> bool:
    return False
