"""大汉 Hanweb: three generations of lists, often on one host, so that each page is read for all of them."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from govreports.reports.titles import judge_title
from govreports.spiders.families.hanweb_jpaas import read_jpaas
from govreports.spiders.families.hanweb_jpage import read_jpage
from govreports.spiders.families.hanweb_xxgk import is_annual_page, read_xxgk
from govreports.spiders.links import column_links, frames, tree, words
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import ColumnLink, Family, ListedItem, Listing
from govreports.spiders.printed_count import pages_printed

_ARTICLE = re.compile(
    r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_(?:\d+_\d+|[0-9a-f]{32})\.html$|/jcms_files/.*/art_\d+_\d+\.html$"
)
_MODULE_ANSWERS = re.compile(r"dataproxy\.jsp$|/module/xxgk/\w+\.jsp$|/build/unit$")


class _Hanweb(Family):
    def list_page(self, response: TextResponse) -> Listing:
        read = [listing for reader in (read_jpage, read_jpaas, read_xxgk) if (listing := reader(response)) is not None]
        if _MODULE_ANSWERS.search(urlsplit(response.url).path):
            return read[0] if read else Listing()
        return _with_what_the_page_shows(response, read)


class HanwebJpage(_Hanweb):
    """jcms: records inside the column's page, further ones from a proxy."""

    name: ClassVar[str] = "hanweb_jpage"


class HanwebJpaas(_Hanweb):
    """The new generation: lists built by a publish server."""

    name: ClassVar[str] = "hanweb_jpaas"


class HanwebXxgk(_Hanweb):
    """The disclosure module: a search form, and a page for each organ and year."""

    name: ClassVar[str] = "hanweb_xxgk"


def _with_what_the_page_shows(response: TextResponse, read: list[Listing]) -> Listing:
    items: dict[str, ListedItem] = {item.key: item for listing in read for item in listing.items}
    lists = tuple(address for listing in read for address in listing.lists)
    list_read = bool(items or lists)
    for item in list_rows(response, _is_article):
        # Where the list was read, articles around it belong to other columns, but may be reports.
        if not list_read or judge_title(item.title or "").kind == "report":
            items.setdefault(item.key, item)
    columns = _columns(response, read)
    claims = [listing.items_claimed for listing in read if listing.items_claimed is not None]
    bare = not items and not lists
    return Listing(
        items=tuple(items.values()),
        columns=columns,
        lists=frames(response) if bare and not columns else lists,
        plan=next((listing.plan for listing in read if listing.plan is not None), None),
        next_page=next((listing.next_page for listing in read if listing.next_page is not None), None),
        items_claimed=sum(claims) if claims else None,
        gap=next((listing.gap for listing in read if listing.gap is not None), None) or _unread_pages(response, read),
    )


def _columns(response: TextResponse, read: list[Listing]) -> tuple[ColumnLink, ...]:
    """Annual-report pages as their own links describe them, and other columns by name."""
    special = [link for listing in read for link in listing.columns]
    named = [link for link in column_links(response) if not is_annual_page(link.url)]
    return (*special, *named)


def _is_article(url: str) -> bool:
    return _ARTICLE.search(urlsplit(url).path) is not None


def _unread_pages(response: TextResponse, read: list[Listing]) -> str | None:
    """Lists that are plain HTML may print a number of pages without any address of theirs."""
    if read:
        return None
    pages = pages_printed(words(tree(response))) or 1
    return f"{response.url} says that it has {pages} pages and names no address of the others" if pages > 1 else None
