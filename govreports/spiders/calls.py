"""The calls that a list's script makes: their requests, their answers, and the rows of an answered fragment."""

from __future__ import annotations

import json
import re
from typing import Any

from parsel import Selector
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from govreports.registry.addresses import is_folder
from govreports.spiders.links import anchors, row_date, words
from govreports.spiders.listing import ListedItem

_PAGER = re.compile(r"^(?:\d*|首页|上一?页|下一?页|尾页|末页|更多.*|[<>«».…]+)$")
_TAG = re.compile(r"<[^<>]*>")


def fragment_items(page: TextResponse) -> tuple[ListedItem, ...]:
    """Every row of a fragment that holds nothing but a list and its pager."""
    found: dict[str, ListedItem] = {}
    for anchor in anchors(page):
        if not is_folder(anchor.url) and not _PAGER.match(anchor.title):
            item = ListedItem(url=anchor.url, title=anchor.title or None, listed_on=row_date(anchor))
            known = found.get(item.key)
            # A picture or a cut title may link the same article first.
            if known is None or len(item.title or "") > len(known.title or ""):
                found[item.key] = item
    return tuple(found.values())


def as_page(url: str, fragment: str) -> HtmlResponse:
    """A fragment of HTML as a page at ``url``, which its relative links start from."""
    return HtmlResponse(url, body=f"<html><body>{fragment}</body></html>".encode(), encoding="utf-8")


def plain(text: str) -> str:
    """A title from JSON without the tags and entities that mark what was searched for."""
    return words(Selector(f"<p>{_TAG.sub('', text)}</p>"))


def called_from(response: Response) -> str:
    """The page whose script made the call that ``response`` answers; the response's own address for a page."""
    referer = response.request.headers.get("Referer") if response.request is not None else None
    return referer.decode("latin-1") if referer else response.url


def call(url: str, *, referer: str, form: str | None = None) -> Request:
    """The call that a page's script makes: a GET, or a POST of ``form`` (already encoded)."""
    headers = {"Referer": referer, "X-Requested-With": "XMLHttpRequest"}
    if form is None:
        return Request(url, headers=headers)
    headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
    return Request(url, method="POST", headers=headers, body=form)


def answer_text(response: TextResponse) -> str:
    """The text of an answer to a call: such answers seldom say their charset, and are UTF-8 or the site's GBK."""
    try:
        return response.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return response.body.decode("gb18030", "replace")


def answer_json(response: TextResponse) -> Any:
    """The JSON of an answer to a call, None where it is none or is nested without end."""
    try:
        return json.loads(answer_text(response))
    except (ValueError, RecursionError):
        return None
