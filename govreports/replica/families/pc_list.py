"""pc-list: every item of the column in a script of the list page, addresses as JSON inside JSON."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal


class PcListPortal(Portal):
    """A pc-list site: ``/<site>/<column>/pc/list.html``, a column an organ. Rows past the first page are not had."""

    family = "pc_list"
    _DIRECTORY = "/qlqrmzf/c00145/pc/"
    column = f"{_DIRECTORY}list.html"

    def article_path(self, item: Item) -> str:
        """``content/content_<19 digits>.html`` beside the list."""
        return f"{self._directory(item.organ)}content/content_{self._id(item)}.html"

    def _directory(self, organ: str) -> str:
        return f"/{organ}/c00145/pc/" if organ else self._DIRECTORY

    def _id(self, item: Item) -> str:
        return f"188126834{item.number:010d}"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        for organ in ("", *self.organs.values()):
            if ask.path == f"{self._directory(organ)}list.html":
                return self._list_page(ask, organ)
        for item in self.items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _list_page(self, ask: Ask, organ: str) -> str:
        items = [item for item in self.newest_first() if item.organ == organ]
        articles = [
            {
                "id": self._id(item),
                "title": item.title,
                "pubDate": f"{item.published_on} 10:00:00",
                "urls": json.dumps({"pc": self.article_path(item)}),
                "articleFiles": [self._file(ask, item)] if item.report else [],
            }
            for item in self.on_page(items, 1)
        ]
        data = f"articleList: {json.dumps(articles, ensure_ascii=False)}, total: {len(items)}"
        choice = () if organ else self.organs.items()
        script = f"<script>new Vue({{data: {{{data}}}}});</script>"
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + f"<div id='app'><ul></ul></div>{script}"
            + markup.links([(f"{self._directory(slug)}list.html", f"{name}信息公开年报") for name, slug in choice])
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _file(self, ask: Ask, item: Item) -> dict[str, Any]:
        return {
            "fileId": f"f{item.number}",
            "fileName": f"{item.title}.zip",
            "filePath": f"/files/{item.number}.zip",
            "domainName": ask.base,
            "totalSize": 123,
        }

    def _article(self, ask: Ask, item: Item) -> str:
        pairs = markup.metadata_pairs(item.report) if item.report else []
        cells = "".join(f"<div>{label}</div><div>{escape(value)}</div>" for label, value in pairs)
        body = (
            f"{self.breadcrumb(self.column_name)}<div class='table'>{cells}</div>"
            f"<h1>{escape(item.title)}</h1>"
            f"<div>发布时间：{item.published_on} 10:00</div><div class='content'>{item.body()}</div>"
        )
        return self.article_page(ask, item, body=body)
