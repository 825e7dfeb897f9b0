"""Lonsun: an organ's page of type 3, its list built by ``label/8888`` or one year's report inline."""

from __future__ import annotations

from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal


class LonsunPortal(Portal):
    """A Lonsun organ page.

    ``shows`` is what type 3 does: ``list`` names the label whose HTML fragment holds the rows, ``inline``
    prints one year's report in the column page and links to the other years. ``answers`` says how the label may be
    asked; another way gives an empty fragment. On some hosts all of it lies below a ``prefix``.
    """

    family = "lonsun"

    def __init__(
        self,
        portal_id: str,
        *,
        organ_id: int,
        shows: Literal["list", "inline"],
        answers: Literal["get", "post", "both"] = "both",
        prefix: str = "",
        **site: Any,
    ) -> None:
        self.organ_id = organ_id
        self.answers = answers
        self.prefix = prefix
        self.shows = shows
        super().__init__(portal_id, **site)
        self.column = (
            f"{self._organ_path}?type=3&action=list"
            if shows == "list"
            else self._year_path(max(report.year for report in self.reports))
        )

    @property
    def _organ_path(self) -> str:
        return f"{self.prefix}/public/column/{self.organ_id}"

    def _year_path(self, year: int) -> str:
        return f"{self._organ_path}?type=3&nav=5&sub=3&timeFrame={year}&hasContent=true"

    def article_path(self, item: Item) -> str:
        """``/public/<organ>/<id>.html``; the year's column page where reports stand inline."""
        if self.shows == "inline":
            return self._year_path(item.report.year if item.report else item.published.year - 1)
        return f"{self.prefix}/public/{self.organ_id}/{item.number}.html"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        query = parse_qs(ask.query)
        if ask.path == self._organ_path:
            if query.get("type") != ["3"]:
                return self.page(ask, title="政府信息公开指南", body=markup.platform_navigation(self.column))
            return self._list_shell(ask) if self.shows == "list" else self._inline(ask, query)
        if self.shows == "list" and ask.path == f"{self.prefix}/site/label/8888":
            return self._label(ask)
        for item in self.items:
            if self.shows == "list" and ask.path == self.article_path(item):
                return self._article(ask, item)
        return None

    def _column(self, ask: Ask, content: str) -> str:
        metas = [("ColumnName", "政府信息公开年报"), ("ColumnType", "信息公开年报")]
        body = markup.platform_navigation(self.column) + self.breadcrumb(self.column_name) + content
        return self.page(ask, title=self.column_name, metas=metas, body=body)

    def _list_shell(self, ask: Ask) -> str:
        script = (
            "<div id='xxgk_list' class='xxgk_nav_con'></div><script>\n"
            "Ls.ajax({url: 'site/label/8888', data: {labelName: 'columnTree', siteId: '49631471'}});\n"
            f"Ls.pagination({{url: '{self.prefix}/site/label/8888?IsAjax=1&dataType=html', "
            "data: {labelName: 'publicInfoList', siteId: '49631471', action: 'list', "
            f"isDate: 'true', dateFormat: 'yyyy-MM-dd', length: '80', pageSize: '{self.page_size}', "
            f"organId: '{self.organ_id}', type: '3', "
            "file: '/xxgk/publicInfoList_newest2020'}});\n</script>"
        )
        return self._column(ask, script)

    def _label(self, ask: Ask) -> Answer:
        query = {**parse_qs(ask.query), **parse_qs(ask.body.decode())}
        ours = query.get("organId") == [str(self.organ_id)] and query.get("siteId") == ["49631471"]
        ours = ours and query.get("labelName") == ["publicInfoList"] and query.get("type") == ["3"]
        ours = ours and self.answers in ("both", ask.method.lower())
        ours = ours and query.get("file") == ["/xxgk/publicInfoList_newest2020"]
        if not ours:
            return self.as_answer("<div>暂无相关信息</div>")
        items = self.newest_first()
        place = int(query.get("pageIndex", ["1"])[0])
        rows = "".join(
            f'<li class="odd"><a class="left" href="{ask.base}{self.article_path(item)}" '
            f'title="{escape(item.title)}"><span>{escape(item.title)}</span></a>'
            f'<span class="right date">{item.published_on}</span></li>'
            for item in self.on_page(items, place)
        )
        pages = self.page_count(items)
        return self.as_answer(
            f"<ul class='doc_list xxgk_nav_con'>{rows}</ul>"
            "<script>Ls.pagination("
            f"{{pageIndex: {place}, pageCount: {pages}, total: {len(items)}}});</script>"
        )

    def _inline(self, ask: Ask, query: dict[str, list[str]]) -> str:
        years = sorted({report.year for report in self.reports}, reverse=True)
        wanted = query.get("timeFrame", [str(years[0])])[0]
        choice = markup.links([(self._year_path(year), f"{year}年") for year in years])
        for item in self.items:
            if item.report is not None and str(item.report.year) == wanted:
                content = (
                    f"{self._metadata(item)}<h1 class='wztit'>{escape(item.title)}</h1>"
                    f"<span class='fbsj'>{item.published_on}</span><span class='res'>{item.source}</span>"
                    f"<div class='j-fontContent wzcon'>{item.body()}</div>"
                )
                return self._column(ask, choice + content)
        return self._column(ask, f"{choice}<div class='j-fontContent'>暂无相关信息</div>")

    def _metadata(self, item: Item) -> str:
        if item.report is None:
            return ""
        values = {label: escape(value) for label, value in markup.metadata_pairs(item.report)}
        rows = (
            ("索 引 号", values["索引号"], "组配分类", "政府信息公开年报"),
            ("发布机构", values["发布机构"], "发文日期", values["发文日期"]),
            ("信息来源", "", "关 键 词", ""),
            ("文 号", values["文号"], "有 效 性", "有效"),
        )
        cells = "".join(
            f"<tr><th>{row[0]}：</th><td>{row[1]}</td><th>{row[2]}：</th><td>{row[3]}</td></tr>" for row in rows
        )
        return f"<table class='ls-article-info'>{cells}</table>"

    def _article(self, ask: Ask, item: Item) -> str:
        body = (
            f"{self.breadcrumb(self.column_name)}{self._metadata(item)}"
            f"<h1 class='newstitle'>{escape(item.title)}</h1>"
            f"<span class='fbsj'>{item.published_on} 15:02</span><span class='res'>{item.source}</span>"
            f"<div class='j-fontContent newscontnet'>{item.body()}</div>"
        )
        return self.article_page(ask, item, body=body)
