"""Boda VSB: page numbers that run down, articles ``/info/<tree>/<id>.htm``; and lists that a query asks for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal


class VsbPortal(Portal):
    """A VSB site; ``lists`` says how its column is paged.

    ``static``: page 2 of 5 is ``zfxxgknb/4.htm``, the last one ``zfxxgknb/1.htm``. ``tree``: ``list.jsp`` with
    ``PAGENUM``. ``module``: the disclosure module's ``ainfolist``, whose pager has numbers only.
    """

    family = "vsb"
    _DIRECTORY = "/zfxxgk/"
    _TREE = 1066

    def __init__(self, portal_id: str, *, lists: Literal["static", "tree", "module"] = "static", **site: Any) -> None:
        self.lists = lists
        super().__init__(portal_id, **site)
        self.column = self._page_path(1, self.page_count(self.items))

    def article_path(self, item: Item) -> str:
        """``/info/<tree>/<id>.htm``; a longer one in the disclosure module."""
        if self.lists == "module":
            return f"/info/egovinfo/zwgk/zwgk-nry/01606072-9-30/{item.published.year}-{item.number}.htm"
        return f"/info/{self._TREE}/{item.number}.htm"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        items = self.newest_first()
        count = self.page_count(items)
        place = self._place(ask, count)
        if place is not None:
            return self._list_page(ask, items, place)
        for item in items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _place(self, ask: Ask, count: int) -> int | None:
        if self.lists == "static":
            return next((place for place in range(1, count + 1) if ask.path == self._page_path(place, count)), None)
        if ask.path != self.column.partition("?")[0]:
            return None
        name = "PAGENUM" if self.lists == "tree" else "ainfolist1501p"
        return min(count, int(parse_qs(ask.query).get(name, ["1"])[0]))

    def _page_path(self, place: int, count: int) -> str:
        match self.lists:
            case "static":
                name = "zfxxgknb" if place == 1 else f"zfxxgknb/{count - place + 1}"
                return f"{self._DIRECTORY}{name}.htm"
            case "tree":
                turned = f"&PAGENUM={place}&totalpage={count}" if place > 1 else ""
                return f"/list.jsp?urltype=tree.TreeTempUrl&wbtreeid={self._TREE}{turned}"
            case "module":
                return (
                    f"/zwgk/xxgkml.jsp?ainfolist1501t={count}&ainfolist1501p={place}&ainfolist1501c={self.page_size}"
                    f"&urltype=egovinfo.EgovInfoList&wbtreeid={self._TREE}&sccode=zfxxgknb&gilevel=2"
                )

    def _list_page(self, ask: Ask, items: Sequence[Item], place: int) -> str:
        count = self.page_count(items)
        rows = "".join(
            f"<li id='line_u8_{line}'><a href='{self._relative(ask, self.article_path(item))}' "
            f"title='{escape(item.title)}'>{escape(item.title)}</a>"
            f"<span>{item.published_on.replace('-', '/')}</span></li>"
            for line, item in enumerate(self.on_page(items, place))
        )
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + f"<ul class='list'>{rows}</ul>{self._pager(place, count)}"
            + markup.margin_news(
                [("/info/1002/1100001.htm", "全市水利建设推进会召开"), ("/info/1002/1100002.htm", "植树活动举行")]
            )
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _relative(self, ask: Ask, path: str) -> str:
        """A path as the pages print it: up from their own folder."""
        return "../" * (ask.path.count("/") - 1) + path.removeprefix("/")

    def _pager(self, place: int, count: int) -> str:
        def anchor(kind: str, label: str, target: int) -> str:
            if target == place or not 1 <= target <= count:
                return f'<span class="{kind}_d p_fun_d">{label}</span>'
            return f'<span class="{kind} p_fun"><a href="{escape(self._page_path(target, count))}">{label}</a></span>'

        numbers = "".join(
            f'<span class="p_no_d">{other}</span>'
            if other == place
            else f'<span class="p_no"><a href="{escape(self._page_path(other, count))}">{other}</a></span>'
            for other in range(1, count + 1)
        )
        if self.lists == "module":
            return f'<span class="p_pages">{numbers}</span>'
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
