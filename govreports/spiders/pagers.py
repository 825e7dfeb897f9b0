"""What a list page says of its further pages: a link to the next one, numbered links, counts in script or text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from govreports.registry.addresses import address_key, folder
from govreports.registry.hosts import host_of
from govreports.spiders.links import anchors, tree, words
from govreports.spiders.printed_count import count_found, items_printed, pages_printed
from govreports.spiders.script_values import scripts_of

_NEXT = re.compile(r"^[\[【(（]?(?:下一?[页頁]|后一?页|next(?:page)?)[\]】)）]?[>›»→]*$|^[>›»]$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^[\[【]?(\d{1,3})[\]】]?$")
_SCRIPT_PAGES = re.compile(r"""\b(?:countPage|pageCount|totalPages?|page_count|pages?Total)["']?\s*[:=]\s*["']?(\d+)""")
_SCRIPT_ITEMS = re.compile(r"""\b(?:dataCount|recordCount|totalCount|totalRecords?)["']?\s*[:=]\s*["']?(\d+)""")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class NumberedPages:
    """A page plan of addresses with a number in them."""

    names: tuple[str, ...]
    """Absolute addresses, the likeliest first; ``{n}`` stands for the number, ``{k}`` for one less."""
    last: int | None

    def candidates(self, number: int) -> Sequence[str]:
        return [name.replace("{n}", str(number)).replace("{k}", str(number - 1)) for name in self.names]


def next_link(response: TextResponse) -> str | None:
    """Address of the page that a link called "next page" leads to, on the same host."""
    own = address_key(response.url)
    for anchor in anchors(response):
        named = _NEXT.match("".join(anchor.text.split())) or _NEXT.match("".join(anchor.title.split()))
        if named and address_key(anchor.url) != own and host_of(anchor.url) == host_of(response.url):
            return anchor.url
    return None


def numbered_links(response: TextResponse) -> dict[int, str]:
    """Addresses of the pages whose numbers are links, where they lie beside this page."""
    own, path = folder(response.url), urlsplit(response.url).path
    found: dict[int, str] = {}
    for anchor in anchors(response):
        number = _PAGE_NUMBER.match(anchor.text)
        if not (page := count_found(number)):
            continue
        parts = urlsplit(anchor.url)
        if folder(anchor.url) == own or (parts.query and parts.path == path):
            found.setdefault(page, anchor.url)
    return found


def learned_name(linked: Mapping[int, str]) -> str | None:
    """How pages are called, as the links to pages 2 and up show it; None where they do not agree."""
    further = [(number, url) for number, url in sorted(linked.items()) if number > 1]
    if not further:
        return None
    number, url = further[0]
    for name in _readings(number, url):
        # Both "2" and "1" may stand for the second page; what holds for all links is right.
        if all(NumberedPages((name,), None).candidates(other)[0] == address for other, address in further):
            return name
    return None


def pages_claimed(response: TextResponse) -> int | None:
    """How many pages the list has, as a script or the text says it."""
    scripts = "\n".join(scripts_of(response))
    return count_found(_SCRIPT_PAGES.search(scripts)) or pages_printed(words(tree(response)))


def items_claimed(response: TextResponse) -> int | None:
    """How many items the list has, as a script or the text says it."""
    scripts = "\n".join(scripts_of(response))
    return count_found(_SCRIPT_ITEMS.search(scripts)) or items_printed(words(tree(response)))


def _readings(number: int, url: str) -> Iterator[str]:
    start = url.find("/", url.find("//") + 2)
    for place in reversed(list(_NUMBER.finditer(url, start))):
        for mark, value in (("{n}", number), ("{k}", number - 1)):
            if place[0] == str(value):
                yield url[: place.start()] + mark + url[place.end() :]
