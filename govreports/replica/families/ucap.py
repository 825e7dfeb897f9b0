"""UCAP: a channel read from a JSON search that carries metadata and body, or a static ``list_2.shtml``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import md5
from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal


class UcapPortal(Portal):
    """A UCAP site; ``lists`` says how its column is drawn.

    ``json``: the page holds no item, ``/common/search/<channel>`` answers with all of them, ``page_size`` at once
    whatever is asked for. ``years``: the same in a directory a year, whose name has ``{}`` for the year.
    ``static``: ``list.shtml``, then ``list_2.shtml``.
    """

    family = "ucap"

    def __init__(
        self,
        portal_id: str,
        *,
        lists: Literal["json", "years", "static"],
        site_name: str,
        channel: str,
        **site: Any,
    ) -> None:
        self.lists = lists
        self.site_name = site_name
        self.channel = channel
        self._page_name = "list.shtml" if lists == "static" else "zfxxgk_gknbz.shtml"
        self.column = ""
        super().__init__(portal_id, **site)
        self.column = self._column_path(max(self._year(item) for item in self.items))

    def article_path(self, item: Item) -> str:
        """``/<site>/<channel>/YYYYMM/<32 hex>.shtml``."""
        return f"{self._directory(self._year(item))}{item.published:%Y%m}/{_hex(f'{self.id}:{item.number}')}.shtml"

    def _year(self, item: Item) -> int:
        return item.report.year if item.report else item.published.year - 1

    def _directory(self, year: int) -> str:
        return f"/{self.site_name}/{self.channel.format(year)}/"

    def _column_path(self, year: int) -> str:
        return self._directory(year) + self._page_name

    def _channel_id(self, year: int) -> str:
        return _hex(f"{self.id}:{self.channel.format(year)}")

    def family_answer(self, ask: Ask) -> Answer | str | None:
        items = self.newest_first()
        years = sorted({self._year(item) for item in items}, reverse=True)
        for year in years if self.lists != "static" else []:
            mine = [item for item in items if self.lists == "json" or self._year(item) == year]
            if ask.path == self._column_path(year):
                choice = markup.links([(self._column_path(other), f"{other}年") for other in years])
                choice = choice if self.lists == "years" else ""
                return self._column(ask, f"{choice}<ul class='list' id='list'></ul>", year)
            if ask.path == f"/common/search/{self._channel_id(year)}":
                return self._search(ask, mine, year)
        directory = self._directory(years[0])
        if self.lists == "static" and ask.path.startswith(directory):
            name = re.fullmatch(r"list(?:_(\d+))?\.shtml", ask.path.removeprefix(directory))
            place = int(name[1] or 1) if name else 0
            if 1 <= place <= self.page_count(items):
                return self._static_list(ask, items, place, years[0])
        for item in items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _column(self, ask: Ask, listing: str, year: int) -> str:
        body = markup.platform_navigation(self.column) + self.breadcrumb(self.column_name) + listing
        metas = [*markup.column_metas(self.column_name), ("channelId", self._channel_id(year))]
        return self.page(ask, title=self.column_name, metas=metas, body=body)

    def _static_list(self, ask: Ask, items: Sequence[Item], place: int, year: int) -> str:
        rows = "".join(
            f'<li><a href="{self.article_path(item)}" title="{escape(item.title)}">{escape(item.title)}</a>'
            f"<span>{item.published_on}</span></li>"
            for item in self.on_page(items, place)
        )
        pager = f"createPageHTML('page_div',{self.page_count(items)}, {place},'list','shtml',{len(items)});"
        listing = f"<ul class='list'>{rows}</ul><div id='page_div'></div><script>{pager}</script>"
        return self._column(ask, listing, year)

    def _search(self, ask: Ask, items: Sequence[Item], year: int) -> Answer:
        query = parse_qs(ask.query)
        place = int(query.get("page", ["1"])[0])
        results = [self._result(ask, item) for item in self.on_page(items, place)]
        data = {
            "page": place,
            "rows": int(query["_pageSize"][0]),
            "total": len(items),
            "channelId": self._channel_id(year),
            "results": results,
        }
        return Answer(
            body=json.dumps({"data": data}, ensure_ascii=False).encode(),
            content_type="application/json;charset=UTF-8",
        )

    def _result(self, ask: Ask, item: Item) -> dict[str, Any]:
        report = item.report
        metadata = (
            {
                "indexnumber": report.index_number,
                "refno": report.document_number,
                "writedate": report.issued_on,
                "pubdate": report.published_on,
                "theme": "",
                "source": report.publisher,
            }
            if report
            else {"indexnumber": "", "refno": "", "source": item.source}
        )
        # Some results leave the scheme out.
        base = ask.base if item.number % 2 else ask.base.removeprefix("http:")
        return {
            "title": item.title.replace("年度报告", "<em>年度报告</em>"),
            "url": f"{base}{self.article_path(item)}",
            "publishedTimeStr": f"{item.published_on} 10:25:00",
            "channelName": self.column_name,
            "channelCodeName": self.channel.format(self._year(item)),
            "subTitle": "",
            "memo": "",
            "content": item.title,
            "contentHtml": item.body(),
            "domainMetaList": [{"resultList": [{"key": key, "value": value} for key, value in metadata.items()]}],
        }

    def _article(self, ask: Ask, item: Item) -> str:
        report = item.report
        pairs = markup.metadata_pairs(report) if report else []
        labels = {"文号": "发文字号", "发布机构": "发文机构"}
        entries = [("主题分类", ""), *((labels.get(label, label), value) for label, value in pairs)]
        entries += [
            ("有效性", ""),
            ("发布日期", f"{item.published_on.replace('-', '年', 1).replace('-', '月')}日 16:34"),
        ]
        rows = "".join(f"<li>{label}:\n<span>\n{escape(value)}\n</span></li>" for label, value in entries)
        # The template's title tag was never filled in.
        metas = [("ArticleTitle", "${title}"), ("PubDate", f"{item.published_on} 16:34")]
        body = (
            f"{self.breadcrumb(self.column_name)}<ul class='meta'>{rows}</ul>"
            f"<h1><UCAPTITLE>{escape(item.title)}</UCAPTITLE></h1>"
            f"<div class='article_content' id='zoomcon'><UCAPCONTENT>{item.body()}</UCAPCONTENT></div>"
        )
        column = markup.column_metas(self.column_name)
        return self.page(ask, title=item.title, metas=[*column, *metas], body=body)


def _hex(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
