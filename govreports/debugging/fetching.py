"""A page for a command, wherever it is: an address is fetched with the manners of a crawl."""

from __future__ import annotations

from pathlib import Path

from scrapy.crawler import CrawlerProcessBase
from scrapy.settings import BaseSettings

from govreports.debugging.received import NotReceived, Received, receive
from govreports.spiders.single import fetch_all, is_address


def obtain(source: str, process: CrawlerProcessBase | None, settings: BaseSettings) -> Received:
    """The page of an address, a file, a report or an archived document. Raises NotReceived.

    ``process`` is used up where an address is fetched.
    """
    if not is_address(source):
        archive = Path(settings["GOVREPORTS_DATA_DIR"]) / "archive"
        return receive(source, database_url=settings["GOVREPORTS_DATABASE_URL"], archive=archive)
    assert process is not None
    answer = fetch_all(process, [source])[source]
    if answer.error is not None:
        raise NotReceived(answer.error[1].rstrip("."))
    return Received(source=source, url=source, body=answer.body, content_type=answer.content_type)
