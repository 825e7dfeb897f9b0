"""开普云 UCAP: a column is static pages, or drawn from a JSON search that carries the metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin, urlsplit

from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter

from govreports.registry.addresses import absolute, is_folder
from govreports.spiders.calls import answer_json, call, called_from, plain
from govreports.spiders.links import attribute, base_url, column_links, find_date, frames, tree, words
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import Family, ListedItem, Listing, PageAddress
from govreports.spiders.printed_count import items_printed, pages_printed, printed_count

_ARTICLE = re.compile(
    r"/\d{6}/(?:[0-9a-f]{32}|c\d+_\d+)\.shtml$|/cols/\d{4}/\d{1,2}/\d{1,2}/[0-9a-f]{32}\.shtml$|/[0-9a-f]{32}\.shtml$"
)
_LIST = re.compile(r"/(?:\w*list|zfxxgk\w*|xxgk\w*|newxxgk\w*|gknb\w*|redirect_\w+)\.shtml$", re.IGNORECASE)
_SEARCH_PATH = re.compile(r"/(?:common/)?search(?:List)?/[0-9a-f]{32}$")
_SEARCH_NAMED = re.compile(r"""["']([^"'\s]*/(?:common/)?search(?:List)?/)([0-9a-f]{32})?""")
_CHANNEL = re.compile(r"""\bchannelId["']?\s*[:=]\s*["']([0-9a-f]{32})["']""", re.IGNORECASE)
_PAGER = re.compile(
    r"""\bcreatePage(?:HTML)?\s*\(\s*(?:["'][^"']*["']\s*,\s*)?(?P<pages>\d+)\s*,\s*\d+\s*,"""
    r"""\s*["'](?P<name>[^"']+)["']\s*,\s*["'](?P<ending>\w+)["']\s*(?:,\s*(?P<items>\d+))?"""
)
_FULL_PAGE = 10
"""A static page without any pager that lists at least this many items may still have a second one."""
_ASKED_AT_ONCE = 100
"""Results a page. Hosts that give fewer say how many by what they give."""
_LABELS = {
    "indexnumber": "索引号",
    "refno": "文号",
    "writedate": "发文日期",
    "pubdate": "发布日期",
    "publisher": "发布机构",
    "theme": "主题分类",
    "source": "来源",
}
_IN_THE_LIST = "the list carries its text, which is no page as published and was not taken"


@dataclass(frozen=True, slots=True)
class SearchPages:
    """The pages of a channel's search."""

    url: str
    last: int | None
    referer: str

    def candidates(self, number: int) -> Sequence[PageAddress]:
        """The call for page ``number``."""
        return (call(add_or_replace_parameter(self.url, "page", str(number)), referer=self.referer),)


@dataclass(frozen=True, slots=True)
class ShtmlPages:
    """``list.shtml``, then ``list_2.shtml`` and so on."""

    base: str
    names: tuple[str, ...]
    """File names with ``{}`` for the number, the likeliest first."""
    last: int | None

    def candidates(self, number: int) -> Sequence[str]:
        """Page ``number`` under each name."""
        return [urljoin(self.base, name.format(number)) for name in self.names]


class Ucap(Family):
    """开普云: 黑龙江, 新疆, 西藏, and many in 湖南, 四川, 江西."""

    name: ClassVar[str] = "ucap"

    def list_page(self, response: TextResponse) -> Listing:
        if _SEARCH_PATH.search(urlsplit(response.url).path):
            return _answer(response)
        items = list_rows(response, _is_article)
        columns = column_links(response, is_column=_is_column)
        pager = _PAGER.search(response.text)
        search = _search(response)
        if not items and pager is None and search is not None:
            return Listing(columns=columns, lists=(call(search, referer=response.url),))
        if not items:
            return Listing(columns=columns, lists=() if columns else frames(response))
        text = words(tree(response))
        return Listing(
            items=items,
            columns=columns,
            plan=_plan(response, pager, text, len(items)),
            items_claimed=printed_count(pager["items"] if pager else None, items_printed(text)),
        )


def _is_article(url: str) -> bool:
    return _ARTICLE.search(urlsplit(url).path) is not None


def _is_column(url: str) -> bool:
    path = urlsplit(url).path
    return is_folder(url) or (_LIST.search(path) is not None and not _is_article(url))


# Static lists.


def _plan(response: TextResponse, pager: re.Match[str] | None, text: str, listed: int) -> ShtmlPages | None:
    base = base_url(response)
    if pager is not None:
        return ShtmlPages(base, (f"{pager['name']}_{{}}.{pager['ending']}",), printed_count(pager["pages"]))
    last = pages_printed(text)
    if last is None and listed < _FULL_PAGE:
        return None
    own = urlsplit(response.url).path.rpartition("/")[2].removesuffix(".shtml")
    names = [f"{own}_{{}}.shtml"] if own else ["list_{}.shtml", "index_{}.shtml", "xxgk_list_{}.shtml"]
    return ShtmlPages(base, tuple(names), last)


# Lists drawn from the search.


def _search(response: TextResponse) -> str | None:
    """Address of the search that the page draws its list from."""
    named = _SEARCH_NAMED.search(response.text)
    channel = named[2] if named else None
    if channel is None:
        metas = tree(response).xpath("//meta[@name and @content]")
        stated = {attribute(meta, "name").lower(): attribute(meta, "content") for meta in metas}
        inline = _CHANNEL.search(response.text)
        channel = stated.get("channelid") or (inline[1] if inline else "")
    if not re.fullmatch(r"[0-9a-f]{32}", channel):
        return None
    query = {
        "_isAgg": "true",
        "_isJson": "true",
        "_pageSize": _ASKED_AT_ONCE,
        "_template": "index",
        "_rangeTimeGte": "",
        "_channelName": "",
        "page": 1,
    }
    path = urljoin(response.url, named[1] if named else "/common/search/")
    return f"{path}{channel}?{urlencode(query)}"


def _answer(response: TextResponse) -> Listing:
    column = called_from(response)
    answer = answer_json(response)
    data = answer.get("data") if isinstance(answer, dict) else None
    results = data.get("results") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(results, list):
        return Listing(gap=f"the search of {column} answers without results that can be read")
    items = tuple(_items(results, response.url))
    gap = None
    if len(items) < len(results):
        gap = f"{len(results) - len(items)} rows of the search of {column} carry no address"
    total = printed_count(data.get("total"))
    plan = None
    if total is not None and 0 < len(results) < total:
        plan = SearchPages(response.url, -(-total // len(results)), column)
    return Listing(items=items, plan=plan, items_claimed=total, gap=gap)


def _items(results: Sequence[Any], base: str) -> Iterator[ListedItem]:
    for result in results:
        url = absolute(base, str(result.get("url") or "")) if isinstance(result, dict) else None
        if url is None:
            continue
        yield ListedItem(
            url=url,
            title=plain(str(result.get("title") or "")) or None,
            listed_on=find_date(str(result.get("publishedTimeStr") or "")),
            metadata=_metadata(result),
            without_page=_IN_THE_LIST if result.get("contentHtml") else None,
        )


def _metadata(result: Mapping[str, Any]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for domain in _dicts(result.get("domainMetaList")):
        for pair in _dicts(domain.get("resultList")):
            key, value = str(pair.get("key") or ""), plain(str(pair.get("value") or ""))
            if key and value:
                pairs.setdefault(_LABELS.get(key.lower(), key), value)
    return pairs


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (part for part in value if isinstance(part, dict)) if isinstance(value, list) else iter(())
