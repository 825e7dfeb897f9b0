"""The Shandong ``gongkai`` system: documents are served whole, the list of a channel is drawn by script."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import md5
from html import escape
from typing import Any

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal

# Organs' annual-report channels of one district share this tail.
_CHANNEL_TAIL = "5fb3c2adca6492588cbb9ae0"


class GongkaiPortal(Portal):
    """A ``gongkai`` site: the district's own channel and one site per organ.

    The channel page holds no item: its script fetches them. Every document links to its neighbours in the
    channel and to the newest documents of the channel.
    """

    family = "gongkai"
    column_name = "政府信息公开年度报告"

    def __init__(self, portal_id: str, *, channel: str = "channel_c6437", **site: Any) -> None:
        self.channel = channel
        self.column = f"/gongkai/{channel}/"
        super().__init__(portal_id, **site)

    @property
    def known_documents(self) -> list[str]:
        """One document a channel; the others are found by the links from document to document."""
        first: dict[str, Item] = {}
        for item in self.items:
            if item.report is not None:
                first.setdefault(item.organ, item)
        return [self.article_path(item) for item in first.values()]

    def article_path(self, item: Item) -> str:
        """``/gongkai/[site_<organ>/]channel_…/doc_<24 hex>.html``; the id begins with the time in seconds."""
        day = item.published
        seconds = int(datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC).timestamp())
        tail = md5(f"{self.id}:{item.number}".encode(), usedforsecurity=False).hexdigest()[:16]
        return f"{self._channel_path(item.organ)}doc_{seconds:08x}{tail}.html"

    def _channel_path(self, organ: str) -> str:
        if not organ:
            return self.column
        node = md5(organ.encode(), usedforsecurity=False).hexdigest()[:24]
        return f"/gongkai/site_{organ}/channel_c_{node}_{_CHANNEL_TAIL}/"

    def _channels(self) -> dict[str, list[Item]]:
        channels: dict[str, list[Item]] = {self.column: []}
        for item in self.newest_first():
            channels.setdefault(self._channel_path(item.organ), []).append(item)
        return channels

    def family_answer(self, ask: Ask) -> Answer | str | None:
        channels = self._channels()
        directory, _, name = ask.path.rpartition("/")
        path = f"{directory}/"
        if path in channels:
            if name == "":
                return self._channel_page(ask)
            if name == "items.json":
                return self._channel_items(channels[path])
            for place, item in enumerate(channels[path]):
                if ask.path == self.article_path(item):
                    return self._document(ask, channels[path], place)
        for publisher, organ in self.organs.items():
            if ask.path == f"/gongkai/site_{organ}/":
                return self._organ_home(ask, publisher, organ)
        return None

    def _channel_page(self, ask: Ask) -> str:
        organs = [(f"/gongkai/site_{organ}/", publisher) for publisher, organ in self.organs.items()]
        script = (
            "<script>\nfetch('items' + '.json').then(function (r) { return r.json(); }).then(function (d) {\n"
            "  var ul = document.querySelector('#list ul');\n"
            "  d.forEach(function (i) {\n"
            "    var li = document.createElement('li'), a = document.createElement('a');\n"
            "    a.href = i.u; a.title = i.t; a.textContent = i.t;\n"
            "    li.appendChild(a); li.appendChild(document.createTextNode(i.d)); ul.appendChild(li);\n"
            "  });\n});\n</script>"
        )
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + f"<div class='organs'>{markup.links(organs)}</div><div id='list'><ul></ul></div>"
            + script
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _channel_items(self, items: list[Item]) -> Answer:
        rows = [{"u": self.article_path(item), "t": item.title, "d": item.published_on} for item in items]
        return Answer(
            body=json.dumps(rows, ensure_ascii=False).encode(), content_type="application/json; charset=utf-8"
        )

    def _organ_home(self, ask: Ask, publisher: str, organ: str) -> str:
        entries = [
            (f"/gongkai/site_{organ}/", "政府信息公开指南"),
            (self._channel_path(organ), "政府信息公开年报"),
        ]
        body = f"{markup.links(entries)}<h1>{escape(publisher)}政府信息公开指南</h1><div>时间:2024-03-01</div>"
        return self.page(ask, title=f"{publisher}政府信息公开指南", body=body)

    def _document(self, ask: Ask, channel: list[Item], place: int) -> str:
        item = channel[place]
        neighbours = []
        if place > 0:
            neighbours.append(("上一篇", channel[place - 1]))
        if place + 1 < len(channel):
            neighbours.append(("下一篇", channel[place + 1]))
        turn = "".join(
            f'<p>{label}：<a href="{self.article_path(other)}">{escape(other.title)}</a></p>'
            for label, other in neighbours
        )
        side = markup.links([(self.article_path(other), other.title) for other in channel[: self.page_size]])
        tabs = "".join(f"<li>{tab}</li>" for tab in ("标题", "正文", "手机", "附件"))
        body = "\n".join(
            (
                self.breadcrumb(self.column_name),
                self._metadata(item),
                f"<ul class='tabs'>{tabs}</ul>",
                f"<h1>{escape(item.title)}</h1>",
                f"<div>发布日期:{item.published_on}</div><ul><li>字号:</li><li>|</li><li>打印</li></ul>",
                f"<div class='doc-content'>{item.body()}</div>",
                f"<div class='turn'>{turn}</div>",
                f"<div class='side'><h3>本栏目最新</h3>{side}</div>",
            )
        )
        return self.article_page(ask, item, body=body)

    def _metadata(self, item: Item) -> str:
        report = item.report
        index, number, issued, publisher = (
            (report.index_number, report.document_number, report.issued_on, report.publisher)
            if report
            else ("", "〔〕号", item.published_on, item.source)
        )
        return (
            "<table class='doc-head'>"
            f"<tr><td>标题:</td><td colspan='3'>{escape(item.title)}</td></tr>"
            f"<tr><td>索引号:</td><td>{escape(index)}</td><td>文号:</td><td>{escape(number)}</td></tr>"
            f"<tr><td>发文日期:</td><td>{issued}</td><td>发布机构:</td><td>{escape(publisher)}</td></tr></table>"
        )
