"""Boda VSB: page numbers run down, so the link to the next page is followed and no address is computed."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from govreports.registry.addresses import absolute, is_folder
from govreports.spiders.links import anchors, base_url, column_links, tree, words
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import Family, Listing
from govreports.spiders.pagers import items_claimed, next_link, pages_claimed
from govreports.spiders.printed_count import printed_count

_ARTICLE = re.compile(r"/info/(?:\d+|egovinfo/(?:[^/]+/)+\d{4}-\d+|egovinfo(?:/[^/]+)+)(?:/\d+)?\.htm$")
_CONTENT = re.compile(r"(?:^|&)(?:wbnewsid|urltype=news\.NewsContentUrl)")
_COLUMN = re.compile(r"/[a-z]\w*\.htm$")
_PLACE = re.compile(r"(?<!\d)(\d{1,7}) ?/ ?(\d{1,7})(?!\d)")
_MODULE_PAGE = re.compile(r"[?&](?P<name>\w+?)p=(?P<page>\d+)(?=&|$)")


class Vsb(Family):
    """博达 VSB: static lists, ``list.jsp?…PAGENUM=``, and the disclosure module's ``ainfolist``."""

    name: ClassVar[str] = "vsb"

    def list_page(self, response: TextResponse) -> Listing:
        items = list_rows(response, _is_article)
        place, last = _place(response)
        following = _next_page(response, place, last)
        gap = None
        if following is None and last is not None and place is not None and place < last:
            gap = f"page {place} of {last} of {response.url} leads to no next page"
        return Listing(
            items=items,
            columns=column_links(response, is_column=_is_column),
            next_page=following,
            items_claimed=items_claimed(response) if items else None,
            gap=gap,
        )


def _is_article(url: str) -> bool:
    parts = urlsplit(url)
    return _ARTICLE.search(parts.path) is not None or _CONTENT.search(parts.query) is not None


def _is_column(url: str) -> bool:
    return is_folder(url) or (_COLUMN.search(urlsplit(url).path) is not None and not _is_article(url))


def _place(response: TextResponse) -> tuple[int | None, int | None]:
    """Number of this page and of the last one, as the pager or the address says them."""
    for pager in tree(response).css("span.p_t, span.p_pages"):
        if (printed := _PLACE.search(words(pager))) is not None:
            return printed_count(printed[1]), printed_count(printed[2])
    if (module := _module_page(response.url)) is not None:
        name, page = module
        # A kept address may hold the count of long ago; the pager's links have today's.
        addresses = (response.url, *(anchor.url for anchor in anchors(response)))
        totals = [url_query_parameter(address, f"{name}t") or "" for address in addresses]
        return page, max(filter(None, map(printed_count, totals)), default=None)
    number, total = (url_query_parameter(response.url, name) or "" for name in ("PAGENUM", "totalpage"))
    if (place := printed_count(number)) is not None:
        return place, printed_count(total) or pages_claimed(response)
    return None, None


def _next_page(response: TextResponse, place: int | None, last: int | None) -> str | None:
    linked = tree(response).css(".p_next a::attr(href)").get()
    following = (absolute(base_url(response), linked) if linked else None) or next_link(response)
    if following is not None or place is None or last is None or place >= last:
        return following
    # The query lists number their pages upwards, and their pagers may leave out "next".
    if (module := _module_page(response.url)) is not None:
        return add_or_replace_parameter(response.url, f"{module[0]}p", str(place + 1))
    if url_query_parameter(response.url, "PAGENUM") is not None:
        return add_or_replace_parameter(response.url, "PAGENUM", str(place + 1))
    numbers = (anchor.url for anchor in anchors(response) if anchor.text == str(place + 1))
    return next(numbers, None)


def _module_page(url: str) -> tuple[str, int | None] | None:
    """Name and page number of a disclosure module's list, as ``ainfolist1501p=2`` says them."""
    found = _MODULE_PAGE.search(url)
    if found is None or url_query_parameter(url, f"{found['name']}t") is None:
        return None
    return found["name"], printed_count(found["page"])
