"""Lonsun: an organ's page of type 3 calls its list as a fragment, or prints one year's report itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, add_or_replace_parameters, url_query_parameter

from govreports.registry.addresses import address_key
from govreports.reports.titles import judge_title
from govreports.spiders.calls import answer_text, as_page, call, called_from, fragment_items
from govreports.spiders.links import anchors, column_links, tree, words
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import ColumnLink, Family, ListedItem, Listing, PageAddress
from govreports.spiders.printed_count import count_found
from govreports.spiders.script_values import objects_with, scripts_of

_LABEL = "/site/label/8888"
_LABEL_ADDRESS = re.compile(r"""["']([^"']*/site/label/\d+)""")
_QUERY_CALL = re.compile(r"""["']([^"']*\blabelName=publicInfoList[^"']*)["']""")
_POSTS = re.compile(r"""\b(?:type|method)["']?\s*:\s*["']post["']|\$\.post\(""", re.IGNORECASE)
_PREFIXED = re.compile(r"^(?P<prefix>(?:/\w+)*?)/public/(?:column/)?(?P<organ>\d+)")
_ARTICLE = re.compile(r"/public/\d+/\d+\.html$|/content/article/\d+$|/\d{5,}\.html$")
_PAGES = re.compile(r"\bpageCount\s*:\s?['\"]?(\d+)")
_TOTAL = re.compile(r"\b(?:total|rowCount|recordCount)\s*:\s?['\"]?(\d+)")
_STAY_IN_QUERY = frozenset({"IsAjax", "dataType"})
_TITLES = "h1.wztit, .newstitle, .gk_title, h1"
_BODY = ".j-fontContent"
_SUBSTANCE = 100
"""Characters that a body printed inline has at least; a message that there is nothing has fewer."""


@dataclass(frozen=True, slots=True)
class LabelPages:
    """A page plan: the label's call with another ``pageIndex``."""

    request: Request
    referer: str
    last: int

    def candidates(self, number: int) -> Sequence[PageAddress]:
        if self.request.method == "GET":
            return [call(add_or_replace_parameter(self.request.url, "pageIndex", str(number)), referer=self.referer)]
        form = dict(parse_qsl(self.request.body.decode(), keep_blank_values=True))
        return [call(self.request.url, referer=self.referer, form=urlencode({**form, "pageIndex": str(number)}))]


class Lonsun(Family):
    """龙讯: organ pages ``/public/column/<organ>?type=3``, below a prefix on some hosts."""

    name: ClassVar[str] = "lonsun"

    def list_page(self, response: TextResponse) -> Listing:
        if _LABEL_ADDRESS.search(f'"{urlsplit(response.url).path}'):
            return _fragment(response)
        year = url_query_parameter(response.url, "timeFrame")
        columns = (*_years(response), *_report_pages(response), *column_links(response))
        inline = _inline(response)
        if inline is not None and (year is not None or not any(link.year for link in columns)):
            return Listing(inline=inline, columns=columns)
        items = list_rows(response, _is_article)
        request = _label_call(response)
        if not items and request is not None:
            return Listing(lists=(request,), columns=columns)
        last = count_found(_PAGES.search(response.text))
        return Listing(
            items=items,
            columns=columns,
            plan=LabelPages(request, response.url, last) if request is not None and last is not None else None,
            items_claimed=count_found(_TOTAL.search(response.text)) if items else None,
        )


def _is_article(url: str) -> bool:
    return _ARTICLE.search(urlsplit(url).path) is not None


# The list that the page calls.


def _fragment(response: TextResponse) -> Listing:
    text = answer_text(response)
    items = fragment_items(as_page(response.url, text))
    request = response.request or call(response.url, referer=response.url)
    if not items and request.method == "GET":
        # Some sites answer only the form that their own page posts.
        return Listing(lists=(_posted(request.url, called_from(response)),))
    last = count_found(_PAGES.search(text))
    return Listing(
        items=items,
        plan=LabelPages(request, called_from(response), last) if last is not None else None,
        items_claimed=count_found(_TOTAL.search(text)),
    )


def _label_call(response: TextResponse) -> Request | None:
    """The call of the first page as the page's own script makes it, None where it makes none."""
    scripts = "\n".join(scripts_of(response))
    parameters = next(_calls(scripts), None)
    if parameters is None:
        return None
    organ = _PREFIXED.match(urlsplit(response.url).path)
    whole = {
        "IsAjax": "1",
        "dataType": "html",
        "pageSize": "15",
        "action": "list",
        "organId": organ["organ"] if organ else "",
        "type": url_query_parameter(response.url, "type") or "3",
        **parameters,
        "pageIndex": "1",
    }
    named = _LABEL_ADDRESS.search(scripts)
    address = named[1] if named else f"{organ['prefix'] if organ else ''}{_LABEL}"
    url = f"{urljoin(response.url, address)}?{urlencode(whole)}"
    return _posted(url, response.url) if _POSTS.search(scripts) else call(url, referer=response.url)


def _calls(scripts: str) -> Iterator[dict[str, str]]:
    """Parameters of each call of ``publicInfoList``: an object in the script, or a query."""
    for named in objects_with(scripts, "labelName"):
        if named["labelName"] == "publicInfoList":
            yield {key: _text(value) for key, value in named.items() if isinstance(value, str | int | bool)}
    for query in _QUERY_CALL.findall(scripts):
        yield dict(parse_qsl(query.rpartition("?")[2], keep_blank_values=True))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _posted(url: str, referer: str) -> Request:
    """The same call with its parameters in the body, as the sites post it."""
    parts = urlsplit(url)
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([pair for pair in parameters if pair[0] in _STAY_IN_QUERY])
    form = urlencode([pair for pair in parameters if pair[0] not in _STAY_IN_QUERY])
    return call(parts._replace(query=query).geturl(), referer=referer, form=form)


# Reports in the column page itself, and the way to other pages.


def _inline(response: TextResponse) -> ListedItem | None:
    bodies = [words(body) for body in tree(response).css(_BODY)]
    if not any(len(body) >= _SUBSTANCE for body in bodies):
        return None
    titles = [words(title) for title in tree(response).css(_TITLES)]
    named = next((title for title in titles if judge_title(title).kind == "report"), None)
    printed = tree(response).css("span.fbsj")
    day = re.search(r"\d{4}-\d{2}-\d{2}", words(printed[0])) if printed else None
    return ListedItem(url=response.url, title=named or next(iter(titles), None), listed_on=day[0] if day else None)


def _years(response: TextResponse) -> Iterator[ColumnLink]:
    """Pages of the other years. Their addresses are made from this one's, so that each year has one address."""
    own = url_query_parameter(response.url, "timeFrame")
    seen = {own}
    for anchor in anchors(response):
        year = url_query_parameter(anchor.url, "timeFrame") or ""
        same_organ = _organ(anchor.url) is not None and _organ(anchor.url) == _organ(response.url)
        if not re.fullmatch(r"20\d{2}", year) or year in seen or not same_organ:
            continue
        seen.add(year)
        if url_query_parameter(anchor.url, "hasContent") != "false":
            parameters = {"timeFrame": year, "hasContent": "true"}
            url = add_or_replace_parameters(response.url, parameters)
            yield ColumnLink(url=url, label=anchor.text, year=int(year))


def _report_pages(response: TextResponse) -> Iterator[ColumnLink]:
    """Type-3 pages of organs that the page links to, and this organ's own where the page is of another type."""
    own = _organ(response.url)
    seen: set[str] = set()
    for anchor in anchors(response):
        organ = _organ(anchor.url)
        if organ is None or organ == own or url_query_parameter(anchor.url, "type") != "3" or organ in seen:
            continue
        seen.add(organ)
        yield ColumnLink(url=anchor.url, label=anchor.text)
    if own is not None and url_query_parameter(response.url, "type") != "3":
        url = response.urljoin(f"{urlsplit(response.url).path}?type=3&action=list")
        if address_key(url) not in {address_key(link.url) for link in column_links(response)}:
            yield ColumnLink(url=url, label="政府信息公开年报")


def _organ(url: str) -> str | None:
    """The organ whose column page an address is."""
    path = urlsplit(url).path
    found = _PREFIXED.match(path)
    return found["organ"] if found and "/public/column/" in path else None
