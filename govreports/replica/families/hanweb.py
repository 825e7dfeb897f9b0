"""Hanweb's generations: jpage (records inside the page), jpaas (built units), xxgk (search form)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import md5
from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask
from govreports.replica.portal import Item, Portal
from govreports.replica.reports import ReportSpec

Metadata = Literal["four_columns", "header_row", "heads_and_cells"]


class _HanwebPortal(Portal):
    """What the three generations share: column address, article page with its content markers."""

    def __init__(self, portal_id: str, *, column_id: int, metadata: Metadata = "four_columns", **site: Any) -> None:
        self.column_id = column_id
        self.metadata = metadata
        self.column = f"/col/col{column_id}/index.html"
        super().__init__(portal_id, **site)

    def article_path(self, item: Item) -> str:
        """``/art/YYYY/M/D/art_<column>_<id>.html``, month and day without leading zeros."""
        day = item.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column_id}_{item.number}.html"

    def article(self, ask: Ask) -> str | None:
        """The article at the address that was asked for."""
        for item in self.items:
            if ask.path == self.article_path(item):
                return self._article_page(ask, item)
        return None

    def column_page(self, ask: Ask, listing: str) -> str:
        """The column page around ``listing``."""
        footer = "<div class='footer'>Produced By 大汉网络 大汉版通发布系统</div>"
        body = markup.platform_navigation(self.column) + self.breadcrumb(self.column_name) + listing + footer
        return self.page(ask, title=self.column_name, metas=markup.column_metas(self.column_name), body=body)

    def _article_page(self, ask: Ask, item: Item) -> str:
        metas = [
            ("i_columnid", str(self.column_id)),
            ("i_articleid", str(item.number)),
            ("Maketime", f"{item.published_on} 10:25:31"),
        ]
        body = (
            self.breadcrumb(self.column_name)
            + (self._metadata_table(item, item.report) if item.report else "")
            + f"<div class='title'>{escape(item.title)}</div>"
            + f"<div>信息来源：<!--<$[信息来源]>begin-->{item.source}<!--<$[信息来源]>end--> "
            + f"发布日期：{item.published_on} 浏览次数：次</div>"
            + '<div id=zoom><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">'
            + item.body()
            + '<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div>'
        )
        return self.article_page(ask, item, body=body, metas=metas)

    def _metadata_table(self, item: Item, report: ReportSpec) -> str:
        values = {label: escape(value) for label, value in markup.metadata_pairs(report)}
        match self.metadata:
            case "four_columns":
                rows = (
                    ("索 引 号", values["索引号"], "分 类", "政府信息公开年报 综合政务 其他"),
                    ("发布机构", values["发布机构"], "发文日期", values["发文日期"]),
                    ("文 号", values["文号"], "有 效 性", ""),
                )
                cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
                return f"<table class='xxgk'>{cells}</table>"
            case "header_row":
                return (
                    "<table><tr><td>索引号</td><td>公开方式</td><td>发布机构</td></tr>"
                    f"<tr><td>{values['索引号']}</td><td>主动公开</td><td>{values['发布机构']}</td></tr></table>"
                )
            case "heads_and_cells":
                cells = "".join(f"<th>{label}</th><td>{value}</td>" for label, value in values.items())
                return (
                    "<table class='xxgk_table'>"
                    f"<tr><th>名称</th><td colspan='7'>{escape(item.title)}</td></tr><tr>{cells}</tr></table>"
                )


class HanwebJpagePortal(_HanwebPortal):
    """Records as CDATA in a script of type text/xml; further ones from ``dataproxy.jsp``.

    ``call`` is how: ``get`` with the whole query of ``<nextgroup>``, or ``post`` with ``startrecord`` and
    ``endrecord``, three pages a group. ``framed`` columns hold nothing but a frame with the page of another
    column, which shows the newest of a third one in its margin.
    """

    family = "hanweb_jpage"
    _PROXY = "/module/web/jpage/dataproxy.jsp"

    def __init__(
        self,
        portal_id: str,
        *,
        call: Literal["get", "post"] = "get",
        framed: bool = False,
        **site: Any,
    ) -> None:
        self.call = call
        self.framed = framed
        super().__init__(portal_id, **site)
        self._list = f"/col/col{self.column_id + 1}/index.html" if framed else self.column

    @property
    def _group(self) -> int:
        """Records that one answer holds."""
        return self.page_size * (3 if self.call == "post" else 1)

    def family_answer(self, ask: Ask) -> Answer | str | None:
        items = self.newest_first()
        if ask.path == self._list:
            return self.column_page(ask, self._embedded(items) + (self._margin() if self.framed else ""))
        if ask.path == self.column:
            return self.page(ask, title=self.column_name, body=f"<iframe src='{self._list}' width='100%'></iframe>")
        if ask.path == self._PROXY:
            return self._proxy(ask, items)
        return self.article(ask)

    def _unit(self) -> dict[str, str]:
        return {
            "appid": "1",
            "webid": "3095",
            "path": "/",
            "columnid": re.sub(r"\D", "", self._list),
            "sourceContentType": "1",
            "unitid": "6101313",
            "webname": self.name,
            "permissiontype": "0",
        }

    def _embedded(self, items: Sequence[Item]) -> str:
        parameters = ",".join(f"{name}:'{value}'" for name, value in self._unit().items())
        # Links of the pager that only the browser heeds: the server answers each with the first page.
        turns = "".join(f"<a href='?uid=6101313&amp;pageNum={place}'>{place}</a>" for place in (1, 2, 3))
        return (
            f"<div id='6101313' class='default_pgContainer'></div>{turns}"
            f'<script type="text/xml">{self._datastore(items, 1, len(items))}</script>'
            f"<script>var param_6101313 = {{{parameters}}}; jQuery('#6101313').jpage({{"
            f"totalRecord:{len(items)},perPage:{self.page_size},groupSize:{self._group},"
            f"proxyUrl:'{self._PROXY}'}});</script>"
        )

    def _margin(self) -> str:
        """A list of another column, with more records than it shows."""
        record = (
            "<record><![CDATA[<li><a href='/art/2024/5/1/art_77_9.html' title='全区植树活动'>植树</a></li>]]></record>"
        )
        return (
            "<div id='77'></div><script type='text/xml'><datastore><totalrecord>6163</totalrecord>"
            f"<recordset>{record}</recordset></datastore></script>"
            f"<script>var param_77 = {{columnid:'77',unitid:'77'}}; jQuery('#77').jpage({{totalRecord:6163,"
            f"perPage:1,proxyUrl:'{self._PROXY}'}});</script>"
        )

    def _proxy(self, ask: Ask, items: Sequence[Item]) -> Answer:
        query = parse_qs(ask.query)
        form = parse_qs(ask.body.decode())
        asked_unit = {**query, **form}
        if asked_unit.get("columnid") != [self._unit()["columnid"]]:
            return self._xml("<datastore><recordset></recordset></datastore>")
        if self.call == "get":
            first = (int(query.get("page", ["1"])[0]) - 1) * self._group + 1
            last = first + self._group - 1
        else:
            if ask.method != "POST":
                return self._xml("<datastore><recordset></recordset></datastore>")
            first, last = int(query["startrecord"][0]), int(query["endrecord"][0])
        return self._xml(self._datastore(items, first, last))

    def _xml(self, text: str) -> Answer:
        return Answer(body=text.encode(self.charset), content_type="text/xml")

    def _datastore(self, items: Sequence[Item], first: int, last: int) -> str:
        """Records ``first`` to ``last`` (from 1), at most a group of them."""
        last = min(last, first + self._group - 1, len(items))
        shown = [item for place in range(1, self.page_count(items) + 1) for item in self.on_page(items, place)]
        records = "".join(f"<record><![CDATA[{self._record(item)}]]></record>" for item in shown[first - 1 : last])
        follow = ""
        if self.call == "get" and last < len(items):
            query = urlencode({"page": last // self._group + 1, **self._unit()}, safe="/", encoding="utf-8")
            follow = f'<nextgroup><![CDATA[<a href="./dataproxy.jsp?{query}"></a>]]></nextgroup>'
        pages = self.page_count(items)
        return (
            f"<datastore><totalrecord>{len(items)}</totalrecord><totalpage>{pages}</totalpage>"
            f"{follow}<recordset>{records}</recordset></datastore>"
        )

    def _record(self, item: Item) -> str:
        title = escape(item.title)
        # Some templates break the date over three lines.
        day = item.published_on.replace("-", "-\n") if item.number % 2 else item.published_on
        row = (
            f'<li><a href="{self.article_path(item)}" target="_blank" title="{title}">'
            f"<span>{title}</span><i>{day}</i></a></li>"
        )
        return f"<!-- {row} -->" if item.number % 3 == 0 else row


class HanwebJpaasPortal(_HanwebPortal):
    """The new generation: the page names a unit, the publish server builds its HTML.

    The unit answers 403 without a Referer, and ignores a page number outside ``paramJson``. Each page also has a
    unit for its navigation.
    """

    family = "hanweb_jpaas"
    _UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def page(self, ask: Ask, *, title: str, body: str, metas: Sequence[markup.Meta] = (), head: str = "") -> str:
        """A page with the unit of its navigation."""
        navigation = self._tag("导航栏")
        return super().page(ask, title=title, body=navigation + body, metas=metas, head=head)

    def article_path(self, item: Item) -> str:
        """``/art/YYYY/art_<32 hex>.html``."""
        name = md5(f"{self.id}:{item.number}".encode(), usedforsecurity=False).hexdigest()
        return f"/art/{item.published.year}/art_{name}.html"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if ask.path == self.column:
            return self.column_page(ask, f"<div class='list'>{self._tag('信息列表')}</div>")
        if ask.path == self._UNIT:
            return self._unit(ask)
        return self.article(ask)

    def _tag(self, name: str) -> str:
        unit = (
            "{'webId':'4b9c','pageId':'" + str(self.column_id) + "','parseType':'bulidstatic',"
            f"'pageType':'column','tagId':'{name}','tplSetId':'e0f1'}}"
        )
        return f'<script url="{self._UNIT}" queryData="{unit}"></script>'

    def _unit(self, ask: Ask) -> Answer:
        if "referer" not in ask.headers:
            return Answer(status=403, body=b"Forbidden")
        query = parse_qs(ask.query)
        if query.get("pageId") != [str(self.column_id)]:
            return self._json({"success": False, "message": "page not found"})
        if query.get("tagId") == ["导航栏"]:
            return self._json({"success": True, "data": {"html": markup.platform_navigation(self.column)}})
        place = int(json.loads(query.get("paramJson", ["{}"])[0]).get("pageNo", 1))
        items = self.newest_first()
        rows = "".join(
            f'<li class="clearfix"><a href="{self.article_path(item)}" title="{escape(item.title)}">'
            f"{escape(item.title[:14])}...</a><span>{item.published_on}</span></li>"
            for item in self.on_page(items, place)
        )
        pager = f'<div class="pagination" rows="{self.page_size}" count="{len(items)}" pageNo="{place}"></div>'
        return self._json(
            {"success": True, "data": {"html": f'<div class="page-content"><ul>{rows}</ul></div>{pager}'}}
        )

    def _json(self, content: dict[str, Any]) -> Answer:
        return Answer(
            body=json.dumps(content, ensure_ascii=False).encode(),
            content_type="application/json;charset=UTF-8",
        )


class HanwebXxgkPortal(_HanwebPortal):
    """The disclosure module: a search form that answers with table rows, and one page per organ and year.

    The column page only holds the form's parameters. ``/module/xxgk/xxgkAnnualReport.jsp`` serves the report
    of an organ (``area``) and year (``fbtime``) inline.
    """

    family = "hanweb_xxgk"
    _SEARCH = "/module/xxgk/search.jsp"
    _ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
    _AREA = "002510119"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if ask.path == self.column:
            return self.column_page(ask, self._form())
        if ask.path == self._SEARCH:
            return self._search(ask)
        if ask.path == self._ANNUAL:
            return self._annual_page(ask)
        return self.article(ask)

    def _form(self) -> str:
        return (
            f"<div id='div{self.column_id}'></div><script>\n"
            f"var infotypeId='B001AC001';var jdid='1756';var area='{self._AREA}';"
            f"var divid='div{self.column_id}';\n"
            f"$.post('{self._SEARCH}?standardXxgk=0&isAllList=1&texttype=0&fbtime=-1&vc_all=&vc_filenumber="
            "&vc_title=&vc_number=&currpage=1&sortfield=,compaltedate:0',"
            f"{{infotypeId:infotypeId,jdid:jdid,area:area,divid:divid}});\n</script>"
        )

    def _search(self, ask: Ask) -> Answer | None:
        if ask.method != "POST" or "referer" not in ask.headers:
            return Answer(status=403, body=b"Forbidden")
        form = {**parse_qs(ask.query), **parse_qs(ask.body.decode())}
        if form.get("divid") != [f"div{self.column_id}"]:
            return self.as_answer("<table></table>")
        place = int(form.get("currpage", ["1"])[0])
        items = self.newest_first()
        rows = "".join(
            f"<tr class='tr_main_value_{('odd', 'even')[line % 2]}'><td>"
            f"{escape(item.report.index_number) if item.report else ''}</td>"
            f"<td><a href='{self.article_path(item)}' title='{escape(item.title)}'>{escape(item.title)}</a>"
            f"</td><td>{item.published_on}</td></tr>"
            for line, item in enumerate(self.on_page(items, place))
        )
        pages = self.page_count(items)
        head = "<tr class='tr_main_title'><td>索 引 号</td><td>信息名称</td><td>发布日期</td></tr>"
        return self.as_answer(
            f"<table>{head}{rows}</table><div class='tr_main_page'>共{len(items)}条 共{pages}页 第{place}页</div>"
        )

    def _annual_page(self, ask: Ask) -> str | None:
        query = parse_qs(ask.query)
        year, area = query.get("fbtime", [""])[0], query.get("area", [""])[0]
        bodies = {self.area_of(report.publisher): report.publisher for report in self.reports}
        if area not in bodies or not re.fullmatch(r"\d{4}", year):
            return None
        mine = [item for item in self.items if item.report is not None and item.report.publisher == bodies[area]]
        years = sorted({item.report.year for item in mine if item.report is not None}, reverse=True)
        choice = self.year_choice(years, area)
        for item in mine:
            if item.report is not None and item.report.year == int(year):
                body = f"{choice}<h1>{escape(item.title)}</h1><div id='zoom'>{item.body()}</div>"
                return self.page(ask, title="政府信息公开年报", body=body)
        return self.page(ask, title="政府信息公开年报", body=f"{choice}<div id='zoom'>暂无内容</div>")

    def area_of(self, publisher: str) -> str:
        """The code of an organ."""
        return str(int(self._AREA) + self.bodies.index(publisher)).zfill(len(self._AREA))

    @property
    def bodies(self) -> list[str]:
        """Who publishes here, the government first."""
        return sorted({report.publisher for report in self.reports}, key=lambda name: ("人民政府" not in name, name))

    def year_choice(self, years: Sequence[int], area: str) -> str:
        """Links to the organ's reports of other years."""
        return markup.links([(f"{self._ANNUAL}?fbtime={year}&area={area}", f"{year}年") for year in years])


class HanwebInlinePortal(HanwebXxgkPortal):
    """A disclosure module without articles: the column is the annual-report page of the newest year.

    The organs stand in a tree that the page calls. With ``years_linked`` false no page links another year.
    """

    _TREE = "/module/xxgk/tree.jsp"

    def __init__(self, portal_id: str, *, years_linked: bool = True, **site: Any) -> None:
        self.years_linked = years_linked
        super().__init__(portal_id, **site)
        newest = max(report.year for report in self.reports)
        self.column = f"{self._ANNUAL}?fbtime={newest}&area={self._AREA}"

    def article_path(self, item: Item) -> str:
        """``xxgkAnnualReport.jsp`` with the report's year and the organ's code."""
        if item.report is None:
            return f"{self._ANNUAL}?fbtime={item.published.year - 1}&area="
        return f"{self._ANNUAL}?fbtime={item.report.year}&area={self.area_of(item.report.publisher)}"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        if ask.path == self._TREE:
            nodes = "".join(
                f"d.add({place},0,'{body}','javascript:show({{area:\\'{self.area_of(body)}\\'}})');\n"
                for place, body in enumerate(self.bodies, start=1)
            )
            return self.page(ask, title="机构", body=f"<div class='dtree'></div><script>{nodes}</script>")
        return super().family_answer(ask)

    def year_choice(self, years: Sequence[int], area: str) -> str:
        """Links to other years, where the portal has them, and the call of the tree."""
        tree = f"<script>$('#tree').load('{self._TREE}?area=');</script>"
        return tree + (super().year_choice(years, area) if self.years_linked else "")
