"""Hanweb's jpaas lists: the page names units, and the publish server builds the HTML of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from govreports.registry.addresses import absolute
from govreports.spiders.calls import answer_json, as_page, call, called_from, fragment_items
from govreports.spiders.links import attribute, base_url, column_links, tree
from govreports.spiders.listing import Listing, PageAddress
from govreports.spiders.printed_count import printed_count

_UNIT_PATH = re.compile(r"jpaas-publish-server/.*/build/unit$")
_PAIR = re.compile(r"""['"](?P<name>\w+)['"]\s*:\s*(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<bare>[^\s,'"}]+))""")
_LIST_UNIT = re.compile(r"列表|list", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitPages:
    """The pages of one unit. The server heeds a page number inside ``paramJson`` only."""

    url: str
    query: tuple[tuple[str, str], ...]
    rows: int
    count: int
    referer: str

    @property
    def last(self) -> int:
        """Number of the last page, from the count that the portal claims."""
        return max(1, -(-self.count // self.rows))

    def candidates(self, number: int) -> Sequence[PageAddress]:
        """The call for page ``number``."""
        turn = json.dumps({"pageNo": number, "pageSize": self.rows}, separators=(",", ":"))
        return (_unit_call(self.url, (*self.query, ("paramJson", turn)), self.referer),)


def read_jpaas(response: TextResponse) -> Listing | None:
    """The units of a page, or the rows of a unit's answer; None for a page without units."""
    if _UNIT_PATH.search(urlsplit(response.url).path):
        return _answer(response)
    units = list(_units(response))
    if not units:
        return None
    named = [unit for unit, name in units if _LIST_UNIT.search(name)]
    readable = [unit for unit in (named or [unit for unit, _ in units]) if unit is not None]
    gap = None if readable else f"the units of {response.url} carry a queryData that cannot be read"
    return Listing(lists=tuple(readable), gap=gap)


def _units(response: TextResponse) -> Iterator[tuple[Request | None, str]]:
    """The call of each unit (None where its query cannot be read) and what names it."""
    for element in tree(response).xpath("//*[@url and @querydata]"):
        url = absolute(base_url(response), attribute(element, "url"))
        if url is None or not _UNIT_PATH.search(urlsplit(url).path):
            continue
        query = query_data(attribute(element, "querydata"))
        name = f"{query.get('tagId', '')} {query.get('tplName', '')}"
        yield (_unit_call(url, tuple(query.items()), response.url) if query else None), name


def query_data(text: str) -> dict[str, str]:
    """The values of a ``queryData`` attribute: an object as JSON, or with single quotes. Empty where it is neither."""
    return {
        pair["name"]: next(part for part in pair.group("single", "double", "bare") if part is not None)
        for pair in _PAIR.finditer(text)
    }


def _unit_call(url: str, query: Sequence[tuple[str, str]], referer: str) -> Request:
    return call(f"{url}?{urlencode(query)}", referer=referer)


def _answer(response: TextResponse) -> Listing:
    answer = answer_json(response)
    column = called_from(response)
    data = answer.get("data") if isinstance(answer, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        return Listing(gap=f"a unit of {column} answers {_what(answer)} in place of a list")
    page = as_page(column, html)
    rows, count = _totals(page)
    plan = None
    if rows and count and count > rows:
        parts = urlsplit(response.url)
        query = tuple(pair for pair in parse_qsl(parts.query) if pair[0] != "paramJson")
        plan = UnitPages(response.url.partition("?")[0], query, rows, count, column)
    return Listing(items=fragment_items(page), columns=column_links(page), plan=plan, items_claimed=count)


def _totals(page: HtmlResponse) -> tuple[int | None, int | None]:
    """Rows a page and rows in all, from the pager's attributes."""
    for pager in page.xpath("//*[contains(@class, 'pagination') or @querydata]"):
        said: Mapping[str, str] = query_data(attribute(pager, "querydata")) | {
            name: value for name in ("rows", "count") if (value := attribute(pager, name))
        }
        rows, count = printed_count(said.get("rows")), printed_count(said.get("count"))
        if rows is not None and count is not None:
            return rows, count
    return None, None


def _what(answer: Any) -> str:
    if not isinstance(answer, dict):
        return "something else than JSON"
    message = answer.get("message") or answer.get("msg")
    return f"with the message “{message}”" if message else "without data"
