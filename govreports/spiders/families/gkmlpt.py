"""Guangdong's disclosure catalogue: a tree of categories in the page, the items of a category as JSON with metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter

from govreports.registry.addresses import absolute
from govreports.reports.titles import column_name
from govreports.spiders.calls import answer_json, call, called_from
from govreports.spiders.links import column_links, find_date
from govreports.spiders.listing import AttachedFile, Family, ListedItem, Listing, PageAddress
from govreports.spiders.printed_count import printed_count
from govreports.spiders.script_values import scripts_of, value_named

_SYSTEM = "/gkmlpt/"
_API = "/gkmlpt/api/all/"
_SID = re.compile(r"""(?<![\w$])SID["']?\s*[:=]\s*["']?(\w+)""")
_CHINA = timezone(timedelta(hours=8))
_LABELS = {
    "identifier": "索引号",
    "document_number": "文号",
    "publisher": "发布机构",
    "classify_main_name": "分类",
    "classify_genre_name": "体裁分类",
    "classify_theme_name": "主题分类",
    "keywords": "主题词",
}
_STATES = {"is_abolished": "废止", "is_expired": "失效"}


@dataclass(frozen=True, slots=True)
class CategoryPages:
    """A page plan: pages of a category are called by number, from 1 (page 0 is page 1 again)."""

    url: str
    referer: str
    last: int

    def candidates(self, number: int) -> Sequence[PageAddress]:
        return [call(add_or_replace_parameter(self.url, "page", str(number)), referer=self.referer)]


class Gkmlpt(Family):
    """广东省政府信息公开目录平台."""

    name: ClassVar[str] = "gkmlpt"

    def list_page(self, response: TextResponse) -> Listing:
        if _API in urlsplit(response.url).path:
            return _category_page(response)
        scripts = "\n".join(scripts_of(response))
        sid, tree = _SID.search(scripts), value_named(scripts, "TREE")
        if sid is None or not isinstance(tree, list):
            return Listing(columns=column_links(response))
        categories = list(_report_categories(tree))
        if not categories:
            return Listing(gap=f"the catalogue {response.url} names no category of annual reports")
        return Listing(lists=tuple(_category_call(response.url, category, sid[1]) for category in categories))


def _report_categories(nodes: Sequence[Any]) -> Iterator[int]:
    """Ids of the categories called annual reports, with those below them."""
    for node in nodes:
        if not isinstance(node, dict):
            continue
        children = node.get("children")
        below = children if isinstance(children, list) else []
        if column_name(str(node.get("name") or "")) is not None:
            yield from _ids([node])
        else:
            yield from _report_categories(below)


def _ids(nodes: Sequence[Any]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, dict) and re.fullmatch(r"[0-9]{1,18}", str(node.get("id"))):
            yield int(node["id"])
            children = node.get("children")
            yield from _ids(children if isinstance(children, list) else [])


def _category_call(page: str, category: int, sid: str) -> Request:
    """The call for a category's first page, below the same department's prefix as the catalogue."""
    parts = urlsplit(page)
    prefix = parts.path.partition(_SYSTEM)[0]
    query = urlencode({"page": 1, "sid": sid})
    return call(f"{parts.scheme}://{parts.netloc}{prefix}{_API}{category}?{query}", referer=page)


def _category_page(response: TextResponse) -> Listing:
    answer = answer_json(response)
    articles = answer.get("articles") if isinstance(answer, dict) else None
    if not isinstance(articles, list):
        return Listing(gap=f"{response.url} answers with something else than the list of a category")
    items = tuple(_items(response, articles))
    unnamed = len(articles) - len(items)
    claimed = printed_count(answer.get("total"))
    plan = None
    if claimed is not None and articles:
        plan = CategoryPages(response.url, called_from(response), -(-claimed // len(articles)))
    return Listing(
        items=items,
        plan=plan,
        items_claimed=claimed,
        gap=f"{unnamed} items of {response.url} have no address" if unnamed else None,
    )


def _items(response: TextResponse, articles: Sequence[Any]) -> Iterator[ListedItem]:
    for article in articles:
        if not isinstance(article, dict):
            continue
        url = absolute(response.url, str(article.get("url") or article.get("post_url") or ""))
        if url is not None:
            published = _published(article)
            title = " ".join(str(article.get("title") or "").split())
            files = tuple(_attachments(response.url, article.get("attachment")))
            yield ListedItem(
                url=url,
                title=title or None,
                listed_on=published,
                metadata=_metadata(article, published, files),
                attachments=files,
            )


def _metadata(article: Mapping[str, Any], published: str | None, files: Sequence[AttachedFile]) -> dict[str, str]:
    values = {label: str(article.get(key) or "").strip() for key, label in _LABELS.items()}
    values["成文日期"] = _day(article.get("date")) or ""
    values["发布日期"] = published or ""
    values["有效性"] = next((state for key, state in _STATES.items() if article.get(key) in (1, True, "1")), "")
    values["附件"] = "; ".join(f"{file.name} {file.url}".strip() for file in files)
    return {label: value for label, value in values.items() if value}


def _attachments(page: str, listed: Any) -> Iterator[AttachedFile]:
    for file in listed if isinstance(listed, list) else ():
        url = absolute(page, str(file.get("url") or "")) if isinstance(file, dict) else None
        if url is not None:
            yield AttachedFile(url, str(file.get("name") or ""))


def _published(article: Mapping[str, Any]) -> str | None:
    moments = (article.get("display_publish_time"), article.get("first_publish_time"))
    return next((day for moment in moments if (day := _day(moment))), None) or find_date(
        str(article.get("created_at") or "")
    )


def _day(seconds: Any) -> str | None:
    """The ISO date in China at a moment in Unix seconds."""
    if not re.fullmatch(r"[1-9][0-9]{0,9}", str(seconds)) or int(seconds) >= 2**32:
        return None
    return datetime.fromtimestamp(int(seconds), _CHINA).date().isoformat()
