"""The two systems of Guangdong's portals: the gkmlpt catalogue and NFCMS columns."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal

_CHINA = timezone(timedelta(hours=8))
_CATEGORY = 20765


def _unix(day: str) -> int:
    parts = date.fromisoformat(day)
    return int(datetime(parts.year, parts.month, parts.day, tzinfo=_CHINA).timestamp())


class GkmlptPortal(Portal):
    """The catalogue: a category tree in the page, items as JSON with times in Unix seconds.

    Page 0 and page 1 of the API are the same. A department's catalogue lies below a ``prefix``. The newest item has
    a file attached.
    """

    family = "gkmlpt"
    _SID = "755001"

    def __init__(self, portal_id: str, *, prefix: str = "", **site: Any) -> None:
        self.prefix = prefix
        self.column = f"{prefix}/gkmlpt/index"
        super().__init__(portal_id, **site)

    def article_path(self, item: Item) -> str:
        """``/gkmlpt/content/<a>/<b>/post_<id>.html``, a and b cut from the id."""
        number = str(item.number)
        return f"{self.prefix}/gkmlpt/content/{number[:2]}/{number[:5]}/post_{number}.html"

    def attachment_path(self, item: Item) -> str:
        """Path of the file that hangs on the newest item."""
        number = str(item.number)
        return f"/attachment/1/{number[:4]}/{number}/12541123.txt"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if ask.path == self.column:
            return self._index(ask)
        if ask.path.startswith(f"{self.prefix}/gkmlpt/api/all/"):
            return self._api(ask)
        for item in self.items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        if ask.path == self.attachment_path(self.newest_first()[0]):
            return Answer(body="统计口径说明。".encode(), content_type="text/plain; charset=utf-8")
        return None

    def _index(self, ask: Ask) -> str:
        tree = [
            {"id": 20760, "name": "机构职能", "children": []},
            {
                "id": 20761,
                "name": "政府信息公开",
                "children": [
                    {"id": 20764, "name": "政府信息公开制度", "children": []},
                    {"id": _CATEGORY, "name": "政府信息公开年报", "children": []},
                ],
            },
        ]
        # A script's object rather than JSON: keys without quotes.
        printed = re.sub(r'"(\w+)":', r"\1:", json.dumps(tree, ensure_ascii=False))
        config = f"window._CONFIG = {{SID: '{self._SID}', HOST: location.host, TREE: {printed}}};"
        return self.page(ask, title="政府信息公开目录", body="<div id='app'></div>", head=f"<script>{config}</script>")

    def _api(self, ask: Ask) -> Answer:
        query = parse_qs(ask.query)
        category = ask.path.rpartition("/")[2]
        known = query.get("sid") == [self._SID] and category in (str(_CATEGORY), "0")
        items = self.newest_first() if known else []
        place = max(1, int(query.get("page", ["1"])[0]))
        content = {
            "classify": {"id": int(category) if category.isdigit() else 0, "post_count": len(items)},
            "total": len(items),
            "articles": [self._listed(ask, item) for item in self.on_page(items, place)],
        }
        return Answer(body=json.dumps(content, ensure_ascii=False).encode(), content_type="application/json")

    def _listed(self, ask: Ask, item: Item) -> dict[str, Any]:
        report = item.report
        url = ask.base + self.article_path(item)
        return {
            "id": item.number,
            "title": item.title,
            "document_number": report.document_number if report else "",
            "identifier": report.index_number if report else "",
            "publisher": item.source,
            "keywords": "",
            "date": _unix(report.issued_on if report else item.published_on),
            "created_at": f"{item.published_on} 00:00:00",
            "display_publish_time": _unix(item.published_on),
            "first_publish_time": _unix(item.published_on),
            "abstract": "",
            "classify_main": _CATEGORY,
            "classify_main_name": self.column_name,
            "is_expired": 0,
            "is_abolished": 0,
            "url": url,
            "post_url": url,
            "attachment": self._attached(ask, item),
        }

    def _attached(self, ask: Ask, item: Item) -> list[dict[str, Any]]:
        if item != self.newest_first()[0]:
            return []
        url = ask.base + self.attachment_path(item)
        return [{"id": item.number, "name": "统计口径说明.txt", "type": "txt", "mime": "text/plain", "url": url}]

    def _article(self, ask: Ask, item: Item) -> str:
        report = item.report
        values = dict(markup.metadata_pairs(report)) if report else {}
        rows = (
            ("索引号", values.get("索引号", ""), "分类", self.column_name),
            ("发布机构", item.source, "成文日期", values.get("发文日期", "")),
            ("名称", item.title, "", ""),
            ("文号", values.get("文号", ""), "发布日期", item.published_on),
            ("主题词", "", "", ""),
        )
        cells = "".join(
            "<tr>"
            + "".join(
                f"<td>{escape(cell)}{':' if place % 2 == 0 and cell else ''}</td>" for place, cell in enumerate(row)
            )
            + "</tr>"
            for row in rows
        )
        detail = json.dumps({"id": item.number, "content": item.body()}, ensure_ascii=False).replace("</", "<\\/")
        body = (
            f"<div class='classify'><table>{cells}</table></div><h1 class='title'>{escape(item.title)}</h1>"
            f"<div class='article-content'>{item.body()}</div>"
            f"<script>window._CONFIG = {{SID: '{self._SID}', DETAIL: {detail}}};</script>"
        )
        return self.article_page(ask, item, body=body)


class NfcmsPortal(Portal):
    """A normal column of the same hosts: page 2 is ``index_2.html``, articles ``content/post_<id>.html``.

    Every fourth article lies in the host's gkmlpt, and every fifth is linked by its mobile address. ``pager`` is
    ``links``, or ``script`` where the page names no other page.
    """

    family = "nfcms"
    column = "/zwgk/xxgknb/index.html"
    _DIRECTORY = "/zwgk/xxgknb/"

    def __init__(self, portal_id: str, *, pager: Literal["links", "script"] = "links", **site: Any) -> None:
        self.pager = pager
        super().__init__(portal_id, **site)

    def article_path(self, item: Item) -> str:
        """``content/post_<id>.html`` below the column, or in gkmlpt."""
        if self.items.index(item) % 4 == 3:
            return f"/gkmlpt/content/12/{item.number // 100}/post_{item.number}.html"
        return f"{self._DIRECTORY}content/post_{item.number}.html"

    def _listed_path(self, item: Item) -> str:
        path = self.article_path(item)
        mobile = self.items.index(item) % 5 == 2 and path.startswith(self._DIRECTORY)
        return path.replace("/post_", "/mpost_") if mobile else path

    def family_answer(self, ask: Ask) -> Answer | str | None:
        items = self.newest_first()
        for place in range(1, self.page_count(items) + 1):
            names = {"index.html", ""} if place == 1 else {f"index_{place}.html"}
            if ask.path.removeprefix(self._DIRECTORY) in names:
                return self._list_page(ask, items, place)
        for item in items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _list_page(self, ask: Ask, items: Sequence[Item], place: int) -> str:
        rows = "".join(
            f'<li><a href="{ask.base}{self._listed_path(item)}" title="{escape(item.title)}">'
            f"{escape(item.title)}</a>"
            f"<span class='wh'>{item.report.document_number if item.report else ''}</span>"
            f"<span class='date'>{item.published_on}</span></li>"
            for item in self.on_page(items, place)
        )
        count = self.page_count(items)
        pages = [("index.html" if n == 1 else f"index_{n}.html", str(n)) for n in range(1, count + 1)]
        turn = [(pages[place][0], "下一页")] if place < count else []
        pager = markup.links([*pages, *turn]) if self.pager == "links" else "<script>initPager();</script>"
        news = [
            ("/zwdt/content/post_1100001.html", "全县春耕生产现场会召开"),
            ("/zwdt/content/post_1100002.html", "防汛演练举行"),
        ]
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + f"<div class='viewList'><ul>{rows}</ul></div>"
            + f"<div class='page'>{pager}</div>"
            + markup.margin_news(news)
        )
        return self.page(
            ask,
            title=self.column_name,
            metas=markup.column_metas(self.column_name),
            body=body,
            head="<script>var NFCMS_SITE_ID = '755058';</script>",
        )

    def _article(self, ask: Ask, item: Item) -> str:
        body = (
            f"{self.breadcrumb(self.column_name)}<h1>{escape(item.title)}</h1>"
            f"<div class='source'>来源：{item.source} 时间：{item.published_on} 09:12:40</div>"
            f"<div class='news_cont_d_wrap'><div class='article-content'>{item.body()}</div></div>"
        )
        return self.article_page(
            ask,
            item,
            body=body,
            metas=[("ArticleId", str(item.number))],
            head=f"<script>var NFCMS_SITE_ID = '755058'; var NFCMS_POST_ID = '{item.number}';</script>",
        )
