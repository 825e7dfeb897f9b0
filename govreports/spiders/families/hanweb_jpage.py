"""Hanweb's jpage lists: records as CDATA inside the page's own source, further groups from ``dataproxy.jsp``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from scrapy.http import TextResponse

from govreports.reports.titles import judge_title
from govreports.spiders.calls import answer_text, as_page, call, called_from, fragment_items
from govreports.spiders.listing import ListedItem, Listing, PageAddress
from govreports.spiders.printed_count import count_found

_DATASTORE = re.compile(r"<datastore>([^<]*(?:<(?!/?datastore>)[^<]*)*)</datastore>", re.IGNORECASE | re.DOTALL)
_NEXT = re.compile(r"<nextgroup>([^<]*(?:<(?!/?nextgroup>)[^<]*)*)</nextgroup>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_RECORDS = re.compile(r"<recordset>(.*)</recordset>", re.IGNORECASE | re.DOTALL)
_RECORD = re.compile(r"<record>([^<]*(?:<(?!/?record>)[^<]*)*)</record>", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[((?:(?!<!\[CDATA\[).)*?)\]\]>", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--(.*)-->\s*", re.DOTALL)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|\btotalRecord['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"\bperPage['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PROXY = re.compile(r"""\bproxyUrl['"]?\s*[:=]\s*['"]([^'"]+)['"]|['"]([^'"\s]*dataproxy\.jsp)\b""", re.IGNORECASE)
_USUAL_PROXY = "/module/web/jpage/dataproxy.jsp"
_UNIT_FIELDS = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
)
_FIELD = re.compile(
    rf"""\b(?P<name>{"|".join(_UNIT_FIELDS)})['"]?\s*[:=]\s*(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<bare>[\w./%-]+))"""
)
_COLUMN = re.compile(r"/col/col(\d+)/")
_USUAL_GROUP = 60
_PER_CALL_AT_MOST = 100
"""Hosts cut longer answers off."""


@dataclass(frozen=True, slots=True)
class RecordGroups:
    """The groups of a unit's records, called by their first and last number."""

    proxy: str
    unit: Mapping[str, str]
    total: int
    size: int
    """Records a group."""
    per_page: int
    referer: str

    @property
    def last(self) -> int:
        """Number of the last group, from the total that the portal claims."""
        return max(1, -(-self.total // self.size))

    def candidates(self, number: int) -> Sequence[PageAddress]:
        """Group ``number`` by POST; by GET for hosts that ignore the record numbers."""
        first, last = (number - 1) * self.size + 1, min(number * self.size, self.total)
        records = {"startrecord": first, "endrecord": last, "perpage": self.per_page}
        unit = {"col": "1", **self.unit}
        return (
            call(f"{self.proxy}?{urlencode(records)}", referer=self.referer, form=urlencode(unit, safe="/")),
            call(f"{self.proxy}?{urlencode({'page': number, **self.unit}, safe='/')}", referer=self.referer),
        )


@dataclass(frozen=True, slots=True)
class _Store:
    """One list of a page: what its datastore holds, and how its script asks for more."""

    items: tuple[ListedItem, ...]
    total: int | None
    next_link: str | None
    proxy: str
    unit: Mapping[str, str]
    per_page: int | None

    @property
    def whole(self) -> bool:
        return self.next_link is None and (self.total is None or len(self.items) >= self.total)

    def groups(self, referer: str) -> RecordGroups | None:
        """The plan of its groups, None where nothing says how to ask."""
        if self.whole or self.total is None or not {"columnid", "unitid"} <= self.unit.keys():
            return None
        size = min(len(self.items) or _USUAL_GROUP, _PER_CALL_AT_MOST)
        return RecordGroups(self.proxy, self.unit, self.total, size, min(self.per_page or size, size), referer)


def read_jpage(response: TextResponse) -> Listing | None:
    """The records of a column page or of an answer of its proxy; None for a page without such a list."""
    referer = called_from(response)
    if "dataproxy.jsp" in urlsplit(response.url).path:
        answered = _stores(response, answer_text(response))
        return _alone(answered[0], referer) if answered else Listing()
    stores = _stores(response, response.text)
    if not stores:
        return None
    column = _COLUMN.search(response.url)
    own = [store for store in stores if column and store.unit.get("columnid") == column[1]] or stores
    beside = [store for store in stores if store not in own]
    listing = _alone(own[0], response.url) if len(own) == 1 else _several(own, response.url)
    # Lists of other columns stand in the margin; of those only what is named as a report counts.
    reports = [item for store in beside for item in store.items if judge_title(item.title or "").kind == "report"]
    return Listing(
        items=(*listing.items, *reports),
        lists=listing.lists,
        plan=listing.plan,
        next_page=listing.next_page,
        items_claimed=listing.items_claimed,
    )


def _alone(store: _Store, referer: str) -> Listing:
    groups = store.groups(referer)
    if groups is not None and not store.items:
        return Listing(lists=(groups.candidates(1)[0],))
    following = call(store.next_link, referer=referer) if store.next_link else None
    return Listing(
        items=store.items,
        plan=None if following is not None else groups,
        next_page=following,
        items_claimed=store.total,
    )


def _several(stores: Sequence[_Store], referer: str) -> Listing:
    """Those that the page holds whole are read from it, each of the others is walked from its first group."""
    whole = [store for store in stores if store.groups(referer) is None]
    groups = [plan for store in stores if (plan := store.groups(referer)) is not None]
    totals = [store.total for store in whole if store.total is not None]
    return Listing(
        items=tuple(item for store in whole for item in store.items),
        lists=tuple(plan.candidates(1)[0] for plan in groups),
        items_claimed=sum(totals) if totals else None,
    )


def _stores(response: TextResponse, text: str) -> list[_Store]:
    found = list(_DATASTORE.finditer(text))
    if not found:
        return _undrawn(response, text)
    stores = []
    for place, data in enumerate(found):
        # A list's script follows its records; what stands before may belong to another list.
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        before = text[: data.start()] if len(found) == 1 else ""
        stores.append(_store(response, data[1], text[data.end() : end] + before))
    return stores


def _undrawn(response: TextResponse, text: str) -> list[_Store]:
    """A page that holds the script of a list, but none of its records."""
    if _PROXY.search(text) is None or _TOTAL.search(text) is None:
        return []
    return [_store(response, "", text)]


def _store(response: TextResponse, data: str, script: str) -> _Store:
    proxy_name = _PROXY.search(script)
    address = (proxy_name[1] or proxy_name[2]) if proxy_name else _USUAL_PROXY
    answers = "dataproxy.jsp" in urlsplit(response.url).path
    proxy = response.url.partition("?")[0] if answers else urljoin(response.url, address)
    following = _NEXT.search(data)
    link = _HREF.search(following[1]) if following else None
    next_link = urljoin(proxy, unescape(link[1])) if link else None
    counted = _TOTAL.search(data) or _TOTAL.search(script)
    per_page = _PER_PAGE.search(script)
    asked = response.request.body.decode() if answers and response.request is not None else ""
    return _Store(
        items=_items(response.url, data),
        total=count_found(counted),
        next_link=next_link,
        proxy=proxy,
        unit=_unit(f"{script} {asked}", next_link),
        per_page=count_found(per_page),
    )


def _unit(script: str, next_link: str | None) -> dict[str, str]:
    if next_link is not None:
        return {name: value for name, value in parse_qsl(urlsplit(next_link).query) if name != "page"}
    unit: dict[str, str] = {}
    for field in _FIELD.finditer(script):
        value = next((part for part in field.group("single", "double", "bare") if part is not None), "")
        unit.setdefault(field["name"], value)
    return unit


def _items(base: str, data: str) -> tuple[ListedItem, ...]:
    rows = _RECORDS.search(data)
    records = _RECORD.findall(rows[1]) if rows else []
    fragments = []
    for record in records:
        whole = _CDATA.search(record)
        text = whole[1] if whole else record
        # Some templates wrap each record in a comment.
        wrapped = _COMMENT.fullmatch(text)
        fragments.append(f"<div>{wrapped[1] if wrapped else text}</div>")
    return fragment_items(as_page(base, "".join(fragments))) if fragments else ()
