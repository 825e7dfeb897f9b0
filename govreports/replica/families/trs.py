"""TRS WCM and static sites like it: dated article names, pagers written by script, many list variants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal

Pager = Literal["createPageHTML", "createPageHTML_div", "createPageHTML_five", "createPage", "countPage", "text"]
Rows = Literal["plain", "script", "table"]
Metadata = Literal["list", "bold_table", "none"]
Shape = Literal["together", "years", "organs", "city"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrsHabits:
    """What differs between TRS sites."""

    extension: Literal["html", "shtml", "htm"] = "shtml"
    second_page: Literal[1, 2] = 1
    """Number in the name of the second page: ``index_1`` or ``index_2``."""
    first_again: bool = False
    """Where the second page is ``index_2``: ``index_1`` repeats the first page instead of answering 404."""
    pager: Pager = "createPageHTML"
    rows: Rows = "plain"
    metadata: Metadata = "list"
    shape: Shape = "together"
    """``city``: the city's own reports in the column, those of each district in a folder below ``gqnb/``."""
    stub_past_end: bool = True
    """Page numbers past the end answer 200 with a few hundred bytes, else 404."""


class TrsPortal(Portal):
    """A TRS site; ``habits`` says which of the family's variants it is."""

    family = "trs"

    def __init__(self, portal_id: str, *, habits: TrsHabits, column: str = "/zwgk/zfxxgknb/", **site: Any) -> None:
        self.habits = habits
        self.column = column
        self.articles_at = ""
        """Address of another site of the same government that holds the articles; empty for this one."""
        super().__init__(portal_id, **site)

    def article_path(self, item: Item) -> str:
        """``<column>/YYYYMM/tYYYYMMDD_<id>.<extension>``."""
        day = item.published
        name = f"t{day:%Y%m%d}_{item.number}.{self.habits.extension}"
        return f"{self._directory(item)}{day:%Y%m}/{name}"

    def _directory(self, item: Item) -> str:
        match self.habits.shape:
            case "together":
                return self.column
            case "years":
                year = item.report.year if item.report else item.published.year - 1
                return f"{self.column}zfxxgknb_{year}/"
            case "organs":
                return f"{self.column}{item.organ or next(iter(self.organs.values()))}/"
            case "city":
                return f"{self._districts}{item.organ}/" if item.organ else self.column

    @property
    def _districts(self) -> str:
        return f"{self.column}gqnb/"

    def _columns(self) -> Mapping[str, list[Item]]:
        columns: dict[str, list[Item]] = {self.column: []}
        for item in self.newest_first():
            columns.setdefault(self._directory(item), []).append(item)
        return columns

    def family_answer(self, ask: Ask) -> Answer | str | None:
        for item in self.items:
            if ask.path == self.article_path(item):
                return self._article(ask, item)
        columns = self._columns()
        if self.habits.shape == "city" and ask.path == self._districts:
            return self._column_of_columns(ask, columns)
        directory, _, name = ask.path.rpartition("/")
        path = f"{directory}/"
        if path not in columns:
            return None
        if self.habits.shape in ("years", "organs") and path == self.column:
            return self._column_of_columns(ask, columns) if name in ("", self._page_name(0)) else None
        return self._list_page(ask, path, columns[path], name)

    def _page_name(self, place: int) -> str:
        """File name of a list page, counted from 0."""
        if place == 0:
            return f"index.{self.habits.extension}"
        return f"index_{place + self.habits.second_page - 1}.{self.habits.extension}"

    def _list_page(self, ask: Ask, path: str, items: list[Item], name: str) -> Answer | str | None:
        count = self.page_count(items)
        pages = {self._page_name(place): place for place in range(count)} | {"": 0}
        if self.habits.second_page == 2 and self.habits.first_again:
            pages[f"index_1.{self.habits.extension}"] = 0
        if name not in pages:
            if self.habits.stub_past_end and name.startswith("index_"):
                return self.as_answer(f"<html><head><title></title></head><body>{'&nbsp;' * 40}</body></html>")
            return None
        place = pages[name]
        body = (
            markup.platform_navigation(self.column)
            + self.breadcrumb(self.column_name)
            + self._way_to_districts(path)
            + f"<ul class='list'>\n{self._rows(path, self.on_page(items, place + 1))}\n</ul>"
            + f"<div class='page'>{self._pager(count, place, len(items))}</div>"
        )
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _way_to_districts(self, path: str) -> str:
        leads_there = self.habits.shape == "city" and path == self.column
        return markup.links([("./gqnb/", "各区政府信息公开年报")]) if leads_there else ""

    def _column_of_columns(self, ask: Ask, columns: Mapping[str, list[Item]]) -> str:
        names = {slug: publisher for publisher, slug in self.organs.items()}
        entries = []
        for path in columns:
            if path == self.column:
                continue
            slug = path.removeprefix(f"{ask.path.rpartition('/')[0]}/").rstrip("/")
            label = names.get(slug, f"{slug.rpartition('_')[2]}年") + ("年报" if self.habits.shape == "years" else "")
            entries.append((f"./{slug}/", label))
        body = markup.platform_navigation(self.column) + self.breadcrumb(self.column_name)
        return self.page(
            ask,
            title=self.column_name,
            metas=markup.column_metas(self.column_name),
            body=f"{body}<div class='catalogue'>{markup.links(entries)}</div>",
        )

    def _rows(self, path: str, items: Sequence[Item]) -> str:
        def address(item: Item) -> str:
            article = self.article_path(item)
            return f"{self.articles_at}{article}" if self.articles_at else f"./{article.removeprefix(path)}"

        return "\n".join(self._row(address(item), item) for item in items)

    def _row(self, url: str, item: Item) -> str:
        # Anchor texts are cut; the whole title stands in the attribute.
        title, short = (
            escape(item.title),
            escape(item.title[:16] + "…" if len(item.title) > 16 else item.title),
        )
        match self.habits.rows:
            case "plain":
                return (
                    f'<li><a href="{url}" target="_blank" title="{title}">{short}</a>'
                    f"<span>{item.published_on}</span></li>"
                )
            case "script":
                return (
                    f'<li><script>\nvar url = "{url}";\n'
                    f'document.writeln(\'<a href="\'+url+\'" title="{title}">{short}</a>'
                    f"<span>{item.published_on}</span>');\n</script></li>"
                )
            case "table":
                number = item.report.document_number if item.report else ""
                return (
                    f'<table><tr class="zcwjk-list-c"><td><a href="{url}" title="{title}">{title}</a></td>'
                    f"<td>{number}</td><td>{item.published_on}</td></tr></table>"
                )

    def _pager(self, count: int, place: int, total: int) -> str:
        extension = self.habits.extension
        match self.habits.pager:
            case "createPageHTML":
                call = f'createPageHTML({count}, {place}, "index", "{extension}");'
            case "createPageHTML_div":
                call = f"createPageHTML('page_div',{count}, {place}, 'index', '{extension}');"
            case "createPageHTML_five":
                call = f'createPageHTML({count}, {place}, "index", "{extension}", {total});'
            case "createPage":
                call = f'createPage({count},{place},"index","{extension}");'
            case "countPage":
                call = f'var currentPage = {place};\nvar countPage = {count};\nvar dataCount="{total}";'
            case "text":
                # Older templates write the links out.
                anchors = "".join(f'<a href="{self._page_name(other)}">{other + 1}</a>' for other in range(count))
                return f"{anchors} 共 {count} 页 {total} 条"
        return f"<script>{call}</script>"

    def _article(self, ask: Ask, item: Item) -> str:
        parts = [self.breadcrumb(self.column_name)]
        if item.report is not None:
            parts.append(self._metadata(item))
        parts.append(f"<h1>{escape(item.title)}</h1>")
        parts.append(
            f'<div class="time">时间：{item.published_on} 10:25 <span class="source">来源：{item.source}</span></div>'
        )
        parts.append(f'<div class="trs_editor_view TRS_UEDITOR">{item.body()}</div>')
        metas = [
            ("Url", ask.base + ask.path),
            ("contentid", str(item.number)),
            ("publishdate", item.published_on),
            ("source", item.source),
        ]
        return self.article_page(ask, item, body="\n".join(parts), metas=metas)

    def _metadata(self, item: Item) -> str:
        report = item.report
        if report is None or self.habits.metadata == "none":
            return ""
        if self.habits.metadata == "list":
            labels = {"索引号": "索 引 号", "文号": "备注/文号", "发文日期": "公文生成日期"}
            rows = "".join(
                f"<li>{labels.get(label, label)}：{escape(value)}</li>"
                for label, value in markup.metadata_pairs(report)
            )
            return f'<ul class="xxgk_head">{rows}</ul>'
        day = report.issued_on.split("-")
        return (
            "<table border=0 cellspacing=0 cellpadding=0><tr>"
            f'<td width="50%"><B>索 引 号:</B> {escape(report.index_number)}</td>'
            '<td><B>主题分类:</B> <span id="lSubcat">综合政务</span></td></tr><tr>'
            f'<td width="50%"><B>发布机构:</B> <span>{escape(report.publisher)}</span></td>'
            f"<td><B>发文日期:</B> <span>{day[0]}年{day[1]}月{day[2]}日</span></td></tr><tr>"
            f'<td colspan="2"><B>名{"&nbsp;" * 8}称:</B> '
            f'<span id="lTitle">{escape(item.title)}</span></td></tr><tr>'
            f"<td><B>文　　号:</B> <span>{escape(report.document_number)}</span></td>"
            "<td><B>主 题 词:</B> <span></span></td></tr></table>"
        )
