"""pc-list: every item of the column in a script of the list page, addresses as JSON inside JSON."""

from __future__ import annotations

import json
from html import escape

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal


class PcListPortal(Portal):
    """A pc-list site: ``/<site>/<column>/pc/list.html``."""

    family = "pc_list"
    _DIRECTORY = "/qlqrmzf/c00145/pc/"
    column = f"{_DIRECTORY}list.html"

    def article_path(self, item: Item) -> str:
        """``content/content_<19 digits>.html`` beside the list."""
        return f"{self._DIRECTORY}content/content_{self._id(item)}.html"

    def _id(self, item: Item) -> str:
        return f"188126834{item.number:010d}"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if ask.path == self.column:
            return self._list_page(ask)
        for item in self.items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _list_page(self, ask: Ask) -> str:
        articles = [
            {
                "id": self._id(item),
                "title": item.title,
                "pubDate": f"{item.published_on} 10:00:00",
                "urls": json.dumps({"pc": self.article_path(item)}),
                "articleFiles": [],
            }
            for item in self.newest_first()
        ]
        data = f"articleList: {json.dumps(articles, ensure_ascii=False)}, total: {len(articles)}"
        script = f"<script>new Vue({{data: {{{data}}}}});</script>"
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + f"<div id='app'><ul></ul></div>{script}"
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _article(self, ask: Ask, item: Item) -> str:
        pairs = markup.metadata_pairs(item.report) if item.report else []
        cells = "".join(f"<div>{label}</div><div>{escape(value)}</div>" for label, value in pairs)
        body = (
            f"{self.breadcrumb(self.column_name)}<div class='table'>{cells}</div>"
            f"<h1>{escape(item.title)}</h1>"
            f"<div>发布时间：{item.published_on} 10:00</div><div class='content'>{item.body()}</div>"
        )
        return self.article_page(ask, item, body=body)
