"""NFCMS, the system of ordinary columns on Guangdong's portals: ``index_2.html`` is the second page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from govreports.registry.addresses import folder
from govreports.spiders.links import Anchor, column_links, words
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import Family, ListedItem, Listing
from govreports.spiders.pagers import (
    NumberedPages,
    items_claimed,
    learned_name,
    next_link,
    numbered_links,
    pages_claimed,
)

_ARTICLE = re.compile(r"/content/(?:[^/]+/)*(?P<mobile>m)?post_\d+\.html$")
_FULL_PAGE = 10
"""A page without any pager that lists at least this many items may still have a second one."""


class Nfcms(Family):
    """Columns whose articles are ``content/post_<id>.html``; the articles may also lie in the host's gkmlpt."""

    name: ClassVar[str] = "nfcms"

    def list_page(self, response: TextResponse) -> Listing:
        items = tuple(_desktop_first(list_rows(response, _is_article, metadata_of=_row_metadata)))
        following = next_link(response)
        return Listing(
            items=items,
            columns=column_links(response),
            plan=_plan(response, len(items), following),
            next_page=following,
            items_claimed=items_claimed(response) if items else None,
        )


def _is_article(url: str) -> bool:
    return _ARTICLE.search(urlsplit(url).path) is not None


def _desktop_first(items: Iterable[ListedItem]) -> Iterator[ListedItem]:
    """Mobile pages become their desktop twins, and each item comes once."""
    seen: set[str] = set()
    for item in items:
        article = _ARTICLE.search(urlsplit(item.url).path)
        if article is not None and article["mobile"]:
            item = replace(item, url=item.url.replace("/mpost_", "/post_"), fallback_url=item.url)
        if item.key not in seen:
            seen.add(item.key)
            yield item


def _row_metadata(anchor: Anchor) -> dict[str, str]:
    """The document number that stands in a row of its own."""
    numbers = anchor.element.xpath("ancestor::li[1]//*[contains(concat(' ', @class, ' '), ' wh ')]")
    number = words(numbers[0]) if numbers else ""
    return {"文号": number} if number else {}


def _plan(response: TextResponse, listed: int, following: str | None) -> NumberedPages | None:
    linked = numbered_links(response)
    learned = learned_name(linked)
    claimed = [pages for pages in (pages_claimed(response), max(linked) if learned else None) if pages]
    last = max(claimed, default=None)
    if last is None and following is None and listed < _FULL_PAGE:
        return None
    here = f"{urlsplit(response.url).scheme}://{folder(response.url)}"
    return NumberedPages((learned,) if learned else (f"{here}index_{{n}}.html", f"{here}index_{{k}}.html"), last)
