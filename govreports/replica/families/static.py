"""Static lists of no known system, and Xi'an's numbered pages: what differs is the second page's name."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from html import escape
from typing import Any, Literal

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal

SecondPage = Literal["index_1.html", "list_2.html", "list-2.html", "?page=2"]
Pager = Literal["links", "count", "none"]


class StaticPortal(Portal):
    """A column of a system that no family is made for.

    ``second_page`` names the second list page. ``pager`` says what a page shows of the others: links to all of
    them, their number only, or nothing. ``framed`` puts the list into a frame of the column's page. ``article`` is
    the path of an article with ``{day}``, ``{month}``, ``{hex}`` and ``{number}`` in it.
    """

    family = "generic"
    directory = "/gk/zfxxgknb/"

    def __init__(
        self,
        portal_id: str,
        *,
        second_page: SecondPage,
        pager: Pager = "links",
        framed: bool = False,
        article: str = "/gk/zfxxgknb/show-{number}.html",
        **site: Any,
    ) -> None:
        self.second_page = second_page
        self.pager_kind = pager
        self.article = article
        self.framed = framed
        self.column = self.directory + "column.html" if framed else self.page_path(1)
        super().__init__(portal_id, **site)

    def article_path(self, item: Item) -> str:
        """Where the system keeps its articles."""
        name = md5(f"{self.id}:{item.number}".encode(), usedforsecurity=False).hexdigest()
        month = item.published_on[:7].replace("-", "")
        return self.article.format(day=item.published_on, month=month, hex=name, number=item.number)

    def page_path(self, place: int) -> str:
        """Path and query of a list page, counted from 1."""
        match self.second_page:
            case "index_1.html":
                return self.directory + (f"index_{place - 1}.html" if place > 1 else "")
            case "list_2.html":
                return self.directory + (f"list_{place}.html" if place > 1 else "list.html")
            case "list-2.html":
                return f"{self.directory}list-{place}.html"
            case "?page=2":
                return self.directory + (f"?page={place}" if place > 1 else "")

    def pager(self, place: int, count: int) -> str:
        """The line below the list."""
        if self.pager_kind != "links":
            return f"共 {count} 页" if self.pager_kind == "count" else ""
        pages = [(self.page_path(other), str(other)) for other in range(1, count + 1)]
        turn = [(self.page_path(place + 1), "下一页")] if place < count else []
        return f"{markup.links([*pages, *turn])}共 {count} 页"

    def list_markup(self, rows: str) -> str:
        """The list around its rows."""
        return f"<div class='gk-list'><ul>{rows}</ul></div>"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        items = self.newest_first()
        asked = f"{ask.path}?{ask.query}" if ask.query else ask.path
        if self.framed and asked == self.column:
            return self._shell(ask, f"<iframe src='{self.page_path(1)}' width='100%'></iframe>")
        for place in range(1, self.page_count(items) + 1):
            if asked == self.page_path(place):
                return self._list_page(ask, items, place)
        for item in items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _list_page(self, ask: Ask, items: Sequence[Item], place: int) -> str:
        rows = "".join(
            f"<li><a href='{self.article_path(item)}'>{escape(item.title)}</a><em>[{item.published_on}]</em></li>"
            for item in self.on_page(items, place)
        )
        pager = f"<div class='pager'>{self.pager(place, self.page_count(items))}</div>"
        content = self.list_markup(rows) + pager
        return self.page(ask, title=self.column_name, body=content) if self.framed else self._shell(ask, content)

    def _shell(self, ask: Ask, content: str) -> str:
        news = [("/zwdt/show-1100001.html", "全区经济形势分析会召开"), ("/zwdt/show-1100002.html", "植树活动举行")]
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + content
            + markup.margin_news(news)
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _article(self, ask: Ask, item: Item) -> str:
        values = dict(markup.metadata_pairs(item.report)) if item.report else {}
        cells = (
            ("索 引 号", values.get("索引号", ""), "信息分类", "信息公开年报"),
            ("发布机构", values.get("发布机构", item.source), "发布日期", f"{item.published_on} 10:06:36"),
            ("信息来源", "", "关 键 词", ""),
            ("文 号", values.get("文号", ""), "信息格式/语种", ""),
        )
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
        body = (
            f"{self.breadcrumb(self.column_name)}<table>{rows}</table><h1>{escape(item.title)}</h1>"
            f"<div class='m-txt-article'>{item.body()}</div>"
        )
        return self.article_page(ask, item, body=body)


class XianPortal(StaticPortal):
    """Columns that begin at ``1.html`` and say their number of pages only in a script."""

    family = "xian"

    def __init__(self, portal_id: str, **site: Any) -> None:
        super().__init__(portal_id, second_page="list_2.html", **site)

    def article_path(self, item: Item) -> str:
        """``<19 digits>.html`` beside the list; older ones have 24 hex digits."""
        if item.published_on < "2022":
            return f"{self.directory}5bd8e1f5e8f30678{item.number:08x}.html"
        return f"{self.directory}188126834{item.number:010d}.html"

    def page_path(self, place: int) -> str:
        """``1.html``, ``2.html`` and so on."""
        return f"{self.directory}{place}.html"

    def pager(self, place: int, count: int) -> str:
        """A script that draws the links."""
        return f"<script>var total = parseInt('{count}'); makePager(total, {place});</script>"

    def list_markup(self, rows: str) -> str:
        """The list around its rows."""
        return f"<div class='m-lst'><ul>{rows}</ul></div>"
