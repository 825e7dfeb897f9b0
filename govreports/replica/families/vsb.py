"""Boda VSB: page numbers that run down, articles ``/info/<tree>/<id>.htm``."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal


class VsbPortal(Portal):
    """A VSB site. Page 2 of 5 is ``zfxxgknb/4.htm``, the last one ``zfxxgknb/1.htm``."""

    family = "vsb"
    column = "/zfxxgk/zfxxgknb.htm"
    _DIRECTORY = "/zfxxgk/"
    _TREE = 1066

    def article_path(self, item: Item) -> str:
        """``/info/<tree>/<id>.htm``."""
        return f"/info/{self._TREE}/{item.number}.htm"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        items = self.newest_first()
        count = self.page_count(items)
        for place in range(1, count + 1):
            if ask.path == self._page_path(place, count):
                return self._list_page(ask, items, place)
        for item in items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _page_path(self, place: int, count: int) -> str:
        return self.column if place == 1 else f"{self._DIRECTORY}zfxxgknb/{count - place + 1}.htm"

    def _list_page(self, ask: Ask, items: Sequence[Item], place: int) -> str:
        count = self.page_count(items)
        depth = "" if place == 1 else "../"
        rows = "".join(
            f"<li id='line_u8_{line}'><a href='{depth}..{self.article_path(item)}' "
            f"title='{escape(item.title)}'>{escape(item.title)}</a>"
            f"<span>{item.published_on.replace('-', '/')}</span></li>"
            for line, item in enumerate(self.on_page(items, place))
        )
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + f"<ul class='list'>{rows}</ul>{self._pager(place, count)}"
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _pager(self, place: int, count: int) -> str:
        def anchor(kind: str, label: str, target: int) -> str:
            if target == place or not 1 <= target <= count:
                return f'<span class="{kind}_d p_fun_d">{label}</span>'
            return f'<span class="{kind} p_fun"><a href="{self._page_path(target, count)}">{label}</a></span>'

        numbers = "".join(
            f'<span class="p_no_d">{other}</span>'
            if other == place
            else f'<span class="p_no"><a href="{self._page_path(other, count)}">{other}</a></span>'
            for other in range(1, count + 1)
        )
        return (
            '<span class="p_pages">'
            + anchor("p_first", "首页", 1)
            + anchor("p_prev", "上页", place - 1)
            + numbers
            + anchor("p_next", "下页", place + 1)
            + anchor("p_last", "尾页", count)
            + f'</span> <span class="p_t">{place}/{count}</span>'
        )

    def _article(self, ask: Ask, item: Item) -> str:
        number = item.report.index_number if item.report else ""
        body = (
            f"{self.breadcrumb(self.column_name)}<form name='_newscontent_fromname'>"
            f"<h2>{escape(item.title)}</h2>"
            f"<div>发布日期：{item.published_on}　来源：{item.source}　索引号：{escape(number)}</div>"
            f"<div id='vsb_content'><div class='v_news_content'>{item.body()}</div></div></form>"
        )
        return self.article_page(ask, item, body=body)
