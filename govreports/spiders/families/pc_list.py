"""pc-list: the list page's script holds every item, each address as JSON inside JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy.http import TextResponse

from govreports.registry.addresses import absolute, is_folder
from govreports.reports.titles import judge_title
from govreports.spiders.calls import plain
from govreports.spiders.links import column_links, find_date
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import AttachedFile, Family, ListedItem, Listing
from govreports.spiders.printed_count import count_found
from govreports.spiders.script_values import scripts_of, value_named

_ARTICLE = re.compile(r"/pc/content/content_\d{15,}\.html$")
_LIST = re.compile(r"/pc/list(?:_\d+)?\.html$")
_TOTAL = re.compile(r"""\btotal(?:Count)?["']?\s*[:=]\s*["']?(\d+)""")


@dataclass(frozen=True, slots=True)
class NumberedLists:
    """``list_2.html`` for the second page: inferred, as no list of more than one page is on record."""

    base: str
    last: None = None
    """Not claimed: a list may show fewer rows than it counts without having a second page."""

    def candidates(self, number: int) -> Sequence[str]:
        """Page ``number``."""
        return [urljoin(self.base, f"list_{number}.html")]


class PcList(Family):
    """江西省, 宜春, 自贡, 铜陵, 开封 and places in 云南."""

    name: ClassVar[str] = "pc_list"

    def list_page(self, response: TextResponse) -> Listing:
        columns = column_links(response, is_column=_is_column)
        scripts = "\n".join(scripts_of(response))
        rows = value_named(scripts, "articleList")
        if not isinstance(rows, list):
            shown = list_rows(response, _is_article)
            gap = None
            if "articleList" in scripts and not shown:
                gap = f"the articleList of {response.url} cannot be read"
            return Listing(items=shown, columns=columns, gap=gap)
        read = [_item(row, response.url) for row in rows]
        items = tuple(item for item in read if item is not None)
        lost = len(rows) - len(items)
        total = count_found(_TOTAL.search(scripts))
        return Listing(
            items=items,
            columns=columns,
            plan=NumberedLists(response.url) if total and 0 < len(rows) < total else None,
            items_claimed=total,
            gap=f"{lost} rows of {response.url} carry no address" if lost else None,
        )


def _is_article(url: str) -> bool:
    return _ARTICLE.search(urlsplit(url).path) is not None


def _is_column(url: str) -> bool:
    return is_folder(url) or _LIST.search(urlsplit(url).path) is not None


def _item(row: Any, base: str) -> ListedItem | None:
    """The item of one row: its page, or the report's file where it has no page. None for one without address."""
    if not isinstance(row, dict):
        return None
    title = plain(str(row.get("title") or ""))
    files = dict(_files(row.get("articleFiles"), base))
    url = _page_address(row.get("urls"), base)
    if url is None:
        named = [address for address, name in files.items() if judge_title(name).kind == "report"]
        url = next(iter([*named, *files]), None)
    if url is None:
        return None
    attached = "; ".join(f"{name} {address}" for address, name in files.items())
    return ListedItem(
        url=url,
        title=title or None,
        listed_on=find_date(str(row.get("pubDate") or "")),
        metadata={"附件": attached} if attached else {},
        attachments=tuple(AttachedFile(address, name) for address, name in files.items() if address != url),
    )


def _page_address(urls: Any, base: str) -> str | None:
    addresses = urls
    if isinstance(urls, str):
        try:
            addresses = json.loads(urls)
        except (ValueError, RecursionError):
            return absolute(base, urls)
    if not isinstance(addresses, Mapping):
        return None
    address = addresses.get("pc") or next(iter(addresses.values()), None)
    return absolute(base, str(address)) if address else None


def _files(rows: Any, base: str) -> list[tuple[str, str]]:
    """Address and name of each attached file."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        path = str(row.get("filePath") or "") if isinstance(row, dict) else ""
        if path:
            url = absolute(base, urljoin(str(row.get("domainName") or base), path))
            if url is not None:
                found.append((url, str(row.get("fileName") or "")))
    return found
