"""TRS WCM and static sites like it: dated article names, pagers written by script, one folder a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy.http import TextResponse

from govreports.registry.addresses import absolute, desktop_twin, folder, is_folder
from govreports.reports.titles import judge_title
from govreports.spiders.links import anchors, base_url, column_links, find_date, row_date, tree, words
from govreports.spiders.listing import Family, ListedItem, Listing
from govreports.spiders.printed_count import count_found, items_printed, pages_printed, printed_count

_ARTICLE = re.compile(r"/t(20\d{2})(\d{2})(\d{2})_\d+(?:_wap)?\.(s?html?)$")
_SCRIPT_ARTICLE = re.compile(r"""["'](\.{0,2}/?[^"'\s<>]*t20\d{6}_\d+(?:_wap)?\.s?html?)["']""")
# What is not closed goes on to the end, as in a browser: a search from each beginning would take for ever.
_SCRIPT = re.compile(r"<script\b[^<>]*>(.*?)(?:</script>|\Z)", re.IGNORECASE | re.DOTALL)
_SCRIPT_COMMENT = re.compile(
    r"/\*.*?(?:\*/|\Z)|^[^\S\n]*//[^\n]*$|(?<=[;{}])[^\S\n]*//[^\n]*$", re.DOTALL | re.MULTILINE
)
_SCRIPT_TITLE = re.compile(
    r"""\btitle\s*[=:]\s*\\?["']([^"'\\<>]+)|(?:txt|text|name|bt)\s*=\s*["']([^"'<>]+)|>([^<>'"+]+)</a>"""
)
# An optional first argument names the element; the others are the count, the place (from 0), name and ending.
_PAGER_CALL = re.compile(
    r"""\bcreatePage(?:HTML)?\s*\(\s*(?:["'][^"']*["']\s*,\s*)?(?P<last>\d+|[A-Za-z_]\w*)\s*,\s*(?:\d+|[A-Za-z_]\w*)\s*,"""
    r"""\s*["'](?P<name>[^"']+)["']\s*(?:,\s*["'](?P<ending>\w+)["'])?"""
)
_PAGE_COUNT = re.compile(r"""\bcountPage\s*=\s*["']?(\d+)""")
_ITEM_COUNT = re.compile(r"""\b(?:dataCount|m_nRecordCount)\s*=\s*["']?(\d+)""")
_PAGE_SIZE = re.compile(r"""\bm_nPageSize\s*=\s*["']?(\d+)""")
_NEI_PAGES = re.compile(r"""\bnei["'\d]""")
_NUMBERED = re.compile(r"/(?:index|nei|list)_?\d+\.\w+$")
_FULL_PAGE = 10
"""A page without any pager that lists at least this many items may still have a second one."""


@dataclass(frozen=True, slots=True)
class StaticPages:
    """``index_1.html`` or ``index_2.html`` for the second page, and so on."""

    base: str
    names: tuple[str, ...]
    """File names with ``{}`` for the number, the likeliest first."""
    last: int | None

    def candidates(self, number: int) -> Sequence[str]:
        """Page ``number`` counted from 1: most sites call the second page 1, some call it 2."""
        return [urljoin(self.base, name.format(printed)) for name in self.names for printed in (number - 1, number)]


class Trs(Family):
    """拓尔思 TRS WCM, and the static sites that look the same."""

    name: ClassVar[str] = "trs"

    def list_page(self, response: TextResponse) -> Listing:
        items = tuple(_items(response))
        scripts = _SCRIPT_COMMENT.sub("", "\n".join(_SCRIPT.findall(response.text)))
        text = words(tree(response))
        return Listing(
            items=items,
            columns=column_links(response),
            plan=_plan(response, scripts, text, items),
            items_claimed=_items_claimed(scripts, text),
        )


def _items(response: TextResponse) -> Iterator[ListedItem]:
    """Articles of the column, and what is named as a report wherever it lies."""
    own = folder(response.url)
    found: dict[str, ListedItem] = {}
    for anchor in anchors(response):
        path = urlsplit(anchor.url).path
        article = _ARTICLE.search(path)
        if article is None and (is_folder(anchor.url) or _NUMBERED.search(path)):
            continue
        judged = judge_title(anchor.title).kind
        if judged == "report" or (article and (judged != "other" or folder(anchor.url).startswith(own))):
            item = _item(anchor.url, anchor.title or None, row_date(anchor))
            found.setdefault(item.key, item)
    for item in _script_items(response):
        found.setdefault(item.key, item)
    articles = {key for key in found if key.startswith(own)}
    for key, item in found.items():
        # A list that holds articles of its own also shows news of other columns in its margin.
        if not articles or key in articles or judge_title(item.title or "").kind in ("report", "undecided"):
            yield item


def _item(url: str, title: str | None, listed_on: str | None) -> ListedItem:
    twin = desktop_twin(url)
    if listed_on is None and (dated := _ARTICLE.search(urlsplit(url).path)) is not None:
        listed_on = find_date("-".join(dated.groups()[:3]))
    return ListedItem(url=twin or url, title=title, listed_on=listed_on, fallback_url=url if twin else None)


def _script_items(response: TextResponse) -> Iterator[ListedItem]:
    """Rows that a script writes: the address in quotes, title and date near it."""
    base = base_url(response)
    for script in _SCRIPT.findall(response.text):
        hits = list(_SCRIPT_ARTICLE.finditer(script))
        for place, hit in enumerate(hits):
            url = absolute(base, hit[1])
            if url is None:
                continue
            end = hits[place + 1].start() if place + 1 < len(hits) else len(script)
            row = script[hit.end() : end]
            named = _SCRIPT_TITLE.search(row)
            title = next((text.strip() for text in named.groups() if text), None) if named else None
            yield _item(url, title, find_date(row))


def _plan(response: TextResponse, scripts: str, text: str, items: tuple[ListedItem, ...]) -> StaticPages | None:
    last, name, ending = _pager(scripts, text)
    if last is None and not _names_a_second_page(response) and len(items) < _FULL_PAGE:
        return None
    ending = ending or _ending(response, items)
    names = [f"{name}_{{}}.{ending}"]
    if _NEI_PAGES.search(scripts):
        names.insert(0, f"nei{{}}.{ending}")
    return StaticPages(base_url(response), tuple(names), last)


def _pager(scripts: str, text: str) -> tuple[int | None, str, str | None]:
    """Number of pages, name of the index page and its ending, as far as the page says them."""
    last = count_found(_PAGE_COUNT.search(scripts))
    call = _PAGER_CALL.search(scripts)
    if call is not None:
        # A variable in place of the count stands for the one declared above it.
        return (printed_count(call["last"]) if call["last"].isdigit() else last), call["name"], call["ending"]
    if last is None:
        size, total = count_found(_PAGE_SIZE.search(scripts)), count_found(_ITEM_COUNT.search(scripts))
        last = -(-total // max(1, size)) if size is not None and total is not None else None
    if last is None:
        last = pages_printed(text)
    return last, "index", None


def _items_claimed(scripts: str, text: str) -> int | None:
    return printed_count(count_found(_ITEM_COUNT.search(scripts)), items_printed(text))


def _names_a_second_page(response: TextResponse) -> bool:
    own = folder(response.url)
    return any(
        folder(anchor.url) == own and re.search(r"/index_[12]\.\w+$", urlsplit(anchor.url).path)
        for anchor in anchors(response)
    )


def _ending(response: TextResponse, items: tuple[ListedItem, ...]) -> str:
    """Ending of list pages: as the page's own address has it, or its articles, which share the template's."""
    for address in (response.url, *(item.url for item in items if folder(item.url).startswith(folder(response.url)))):
        named = re.search(r"\.(s?html?|jhtml)$", urlsplit(address).path)
        if named is not None:
            return named[1]
    linked = next((a.url for a in anchors(response) if re.search(r"/index_\d+\.\w+$", a.url)), "")
    return linked.rpartition(".")[2] or "html"
