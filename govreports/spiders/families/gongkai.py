"""The Shandong ``gongkai`` system: documents come whole, the list of a channel is drawn by script.

Without a browser a channel shows none of its items. So the crawl starts from documents whose addresses are known
and goes from document to document and from organ to organ by their links; it cannot claim to have seen all. With a
browser the channels come drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from govreports.middlewares.browser import DRAWN
from govreports.registry.addresses import address_key
from govreports.reports.titles import judge_title
from govreports.spiders.links import anchors, column_links, row_date, tree, words
from govreports.spiders.listing import ColumnLink, Family, ListedItem, Listing
from govreports.spiders.printed_count import count_found

_DOCUMENT = re.compile(r"/(?P<channel>channel_[^/]+)/doc_(?P<id>[0-9a-f]{24})\.html$")
_CHANNEL = re.compile(r"/(?P<channel>channel_[^/]+)/?$")
_ORGAN_HOME = re.compile(r"^(?:/gongkai)?/site_[^/]+/?$")
_ORGAN_CHANNEL = re.compile(r"^channel_c_[0-9a-f]{24}_(?P<kind>[0-9a-f]{24})$")
_ITEMS = re.compile(r"共\s*(\d+)\s*(?:条|篇)")
_NOT_DRAWN = "a channel's list is drawn by script, so only documents reached by links were had"
_CHINA = timezone(timedelta(hours=8))
# The old sites' documents were all given ids in these days; such an id says nothing of the document's date.
_MIGRATION = (datetime(2020, 11, 17, tzinfo=_CHINA), datetime(2020, 12, 31, tzinfo=_CHINA))


class Gongkai(Family):
    """淄博 and its districts, districts of 济南, and others of the same system."""

    name: ClassVar[str] = "gongkai"

    def __init__(self) -> None:
        self._drawn = False

    def list_page(self, response: TextResponse) -> Listing:
        items = tuple(_items(response))
        claimed = count_found(_ITEMS.search(words(tree(response))))
        gap = None
        if claimed is None and _CHANNEL.search(urlsplit(response.url).path):
            by_browser = DRAWN in response.flags and bool(items)
            self._drawn = self._drawn or by_browser
            gap = None if by_browser else _NOT_DRAWN
        return Listing(
            items=items,
            columns=(*column_links(response), *_organs(response), *_sister_channels(response)),
            items_claimed=claimed,
            gap=gap,
        )

    def beside_document(self, response: Response) -> Listing:
        if not isinstance(response, TextResponse):
            return Listing()
        return Listing(
            items=tuple(_items(response)),
            columns=(*column_links(response), *_sister_channels(response)),
            gap=None if self._drawn else _NOT_DRAWN,
        )


def document_date(url: str) -> str | None:
    """ISO date (Chinese time) at which a document was made, from its id; None for migrated ones."""
    found = _DOCUMENT.search(urlsplit(url).path)
    if found is None:
        return None
    made = datetime.fromtimestamp(int(found["id"][:8], 16), _CHINA)
    return None if _MIGRATION[0] <= made <= _MIGRATION[1] else made.date().isoformat()


def _items(response: TextResponse) -> Iterator[ListedItem]:
    own = _channel_of(response.url)
    found: set[str] = set()
    for anchor in anchors(response):
        document = _DOCUMENT.search(urlsplit(anchor.url).path)
        if document is None or (key := address_key(anchor.url)) in found:
            continue
        kind = judge_title(anchor.title).kind
        # Links to other channels' documents stand on every page: only what is named as a report counts.
        if kind == "report" or (document["channel"] == own and kind != "other"):
            found.add(key)
            listed_on = row_date(anchor) or document_date(anchor.url)
            yield ListedItem(url=anchor.url, title=anchor.title or None, listed_on=listed_on)


def _organs(response: TextResponse) -> Iterator[ColumnLink]:
    """Homes of the organs: their own annual-report channels are linked there."""
    for anchor in anchors(response):
        if _ORGAN_HOME.match(urlsplit(anchor.url).path):
            yield ColumnLink(url=anchor.url, label=anchor.text)


def _sister_channels(response: TextResponse) -> Iterator[ColumnLink]:
    """Other organs' channels of the same kind: within a district the second half of the id is the kind."""
    own = _ORGAN_CHANNEL.match(_channel_of(response.url) or "")
    if own is None:
        return
    for anchor in anchors(response):
        channel = _CHANNEL.search(urlsplit(anchor.url).path)
        other = _ORGAN_CHANNEL.match(channel["channel"]) if channel else None
        if other is not None and other["kind"] == own["kind"]:
            yield ColumnLink(url=anchor.url, label=anchor.text)


def _channel_of(url: str) -> str | None:
    path = urlsplit(url).path
    found = _DOCUMENT.search(path) or _CHANNEL.search(path)
    return found["channel"] if found else None
