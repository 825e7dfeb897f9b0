"""A replica portal: what it has published, and how it answers a request, whatever its family."""

from __future__ import annotations

import gzip
import re
import threading
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import ClassVar
from urllib.parse import urljoin

from govreports.replica import markup
from govreports.replica.faults import Answer, Ask, Fault, challenge
from govreports.replica.files import PublishedFile
from govreports.replica.rendering import PLAIN, Layout, report_html, with_glosses
from govreports.replica.reports import FigureKey, ReportSpec

COVER = "<p>根据《中华人民共和国政府信息公开条例》，现公布本机关政府信息公开工作年度报告，全文见附件。</p>"
"""All that an article prints whose report is in its files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a column: a report, or something that only looks like one (``report`` is None).

    ``number`` is the running number that addresses are made of: republishing takes a new one.
    """

    number: int
    title: str
    published_on: str
    report: ReportSpec | None = None
    layout: Layout = PLAIN
    source: str = ""
    organ: str = ""
    """Slug of the body's directory, for portals that group by organ."""
    files: tuple[PublishedFile, ...] = ()
    """What the article links to or shows."""
    fragment: str | None = None
    """What the article prints in place of the whole report."""

    @property
    def published(self) -> date:
        """The day of publication."""
        return date.fromisoformat(self.published_on)

    def body(self) -> str:
        """The article's body as an HTML fragment."""
        if self.report is None:
            return f"<p>{escape(self.title)}，内容见附件。</p>"
        shown = "\n".join(file.markup() for file in self.files)
        printed = report_html(self.report, self.layout) if self.fragment is None else self.fragment
        return f"{printed}\n{shown}" if shown else printed


def look_alikes(publisher: str, year: int) -> list[str]:
    """Titles that stand in the same columns and are no annual report."""
    return [
        f"图解：{publisher}{year}年政府信息公开工作年度报告",
        f"文字解读：{publisher}{year}年政府信息公开工作年度报告",
        f"{publisher}{year}年政府网站工作年度报表",
        f"{publisher}{year}年法治政府建设年度报告",
        f"{publisher}政府信息公开工作年度报告制度",
        f"关于做好{year}年政府信息公开工作年度报告编制工作的通知",
        f"{publisher}{year}年度部门决算",
    ]


def _decoy_date(title: str) -> str:
    year = re.search(r"20\d\d", title)
    return f"{int(year[0]) + 1}-01-18" if year else "2023-01-18"


class Portal(ABC):
    """One government site on loopback.

    ``items`` is replaced as a whole by every mutation, so a request in flight sees one state or the other.
    """

    family: ClassVar[str]
    column: str
    """Path (and query) of the annual-report column: where a crawl starts."""
    column_name = "政府信息公开年报"
    platform = "/zwgk/"
    """Path of the disclosure platform, the page with the five entries."""

    def __init__(
        self,
        portal_id: str,
        *,
        name: str,
        division_code: str,
        reports: Sequence[ReportSpec] = (),
        decoys: Sequence[str] = (),
        layouts: Sequence[Layout] = (PLAIN,),
        organs: Mapping[str, str] | None = None,
        page_size: int = 15,
        charset: str = "utf-8",
        header_charset: bool = False,
        traditional: bool = False,
        gzip_unasked: bool = False,
        robots: str | None = None,
        fault: Fault | None = None,
    ) -> None:
        """``decoys`` are titles of look-alikes; ``layouts`` are taken in turn, one a report.

        ``organs`` maps publishers to the slug of their directory. ``robots`` is the text of robots.txt
        (None: there is none).
        """
        self.id = portal_id
        self.name = name
        self.division_code = division_code
        self.page_size = page_size
        self.charset = charset
        self.header_charset = header_charset
        self.traditional = traditional
        self.gzip_unasked = gzip_unasked
        self.robots = robots
        self.fault = fault
        self.validators = False
        """Whether pages carry an ETag, and are answered with 304 to whoever has them already."""
        self.counts_visits = False
        """Whether articles print how often they were visited, and when the page was made."""
        self._visits = 0
        self.organs = dict(organs or {})
        self._lock = threading.Lock()
        self._next_number = 1208001
        self.items: tuple[Item, ...] = ()
        for place, report in enumerate(reports):
            self.add(report, layout=layouts[place % len(layouts)])
        for title in decoys:
            self._append(Item(number=0, title=title, published_on=_decoy_date(title), source=name))

    # What is published, and changes between two crawls.

    @property
    def reports(self) -> list[ReportSpec]:
        """The annual reports that a crawl of this portal should find."""
        return [item.report for item in self.items if item.report is not None]

    def add(self, report: ReportSpec, *, layout: Layout = PLAIN) -> None:
        """Publish one more report."""
        self._append(
            Item(
                number=0,
                title=report.title,
                published_on=report.published_on,
                report=report,
                layout=layout,
                source=report.publisher,
                organ=self.organs.get(report.publisher, ""),
            )
        )

    def attach(self, report: ReportSpec, files: Sequence[PublishedFile], *, fragment: str | None = None) -> None:
        """Hang files on a published report's article, which prints ``fragment`` in place of the whole report."""
        self._swap(report, lambda item: replace(item, files=tuple(files), fragment=fragment))

    def edit(self, report: ReportSpec, figures: Mapping[FigureKey, str]) -> ReportSpec:
        """Print some cells of a published report differently, at the same address; the changed report."""
        changed = report.with_figures(figures)
        self._swap(report, lambda item: replace(item, report=changed))
        return changed

    def retitle(self, report: ReportSpec, heading: str) -> ReportSpec:
        """Print a published report under another title, at the same address; the changed report."""
        changed = replace(report, heading=heading)
        self._swap(report, lambda item: replace(item, title=heading, report=changed))
        return changed

    def remove(self, report: ReportSpec) -> None:
        """Take a report off the portal: gone from the list, its address answers 404."""
        self._swap(report, lambda item: None)

    def republish(self, report: ReportSpec) -> None:
        """The same report under a new address, the old one gone."""
        with self._lock:
            number = self._take_number()
        self._swap(report, lambda item: replace(item, number=number))

    def _append(self, item: Item) -> None:
        with self._lock:
            self.items = (*self.items, replace(item, number=self._take_number()))

    def _take_number(self) -> int:
        self._next_number += 7
        return self._next_number

    def _swap(self, report: ReportSpec, change: Callable[[Item], Item | None]) -> None:
        with self._lock:
            if all(item.report != report for item in self.items):
                raise LookupError(f"{self.id} has no report of {report.publisher} for {report.year}")
            changed = (change(item) if item.report == report else item for item in self.items)
            self.items = tuple(item for item in changed if item is not None)

    def newest_first(self) -> list[Item]:
        """The items in the order in which lists print them."""
        return sorted(self.items, key=lambda item: (item.published_on, item.number), reverse=True)

    # How it answers.

    @property
    def known_documents(self) -> list[str]:
        """Paths of documents that a registry entry names because no list shows them without a script."""
        return []

    @abstractmethod
    def article_path(self, item: Item) -> str:
        """Path of an item's own page."""

    @abstractmethod
    def family_answer(self, ask: Ask) -> Answer | str | None:
        """The family's own pages: HTML text or another kind of answer; None where there is no such page."""

    def answer(self, ask: Ask) -> Answer:
        """The reply to one request, misbehaviour included."""
        if ask.path == "/robots.txt":
            if self.robots is None:
                return Answer(status=404, body=b"not found")
            return Answer(body=self.robots.encode(), content_type="text/plain")
        if self.fault is None or not self.fault.strikes(ask):
            return self._honest_answer(ask)
        if (instead := challenge(self.fault.kind, ask)) is not None:
            return instead
        match self.fault.kind:
            case "slow":
                return replace(self._honest_answer(ask), delay=self.fault.seconds)
            case "cut_off":
                honest = self._honest_answer(ask)
                return replace(honest, cut_after=len(honest.body) // 2)
            case "home_page":
                return self.as_answer(self.home_page(ask))
            case _:
                return self._honest_answer(ask)

    def _honest_answer(self, ask: Ask) -> Answer:
        if ask.path in ("/", "/index.html"):
            return self.as_answer(self.home_page(ask))
        if ask.path == self.platform:
            return self.as_answer(self.platform_page(ask))
        if (file := self._file_at(ask)) is not None:
            return Answer(body=file.body, content_type=file.content_type)
        found = self.family_answer(ask)
        if found is None:
            return Answer(status=404, body=b"<html><body><h1>404 Not Found</h1></body></html>")
        answer = self.as_answer(found) if isinstance(found, str) else found
        return _on_condition(ask, answer) if self.validators else answer

    def _file_at(self, ask: Ask) -> PublishedFile | None:
        asked = f"{ask.path}?{ask.query}" if ask.query else ask.path
        for item in self.items:
            for file in item.files:
                if urljoin(self.article_path(item), file.address) == asked:
                    return file
        return None

    def as_answer(self, text: str) -> Answer:
        """An HTML page in the portal's charset, with the headers its server sends."""
        body = (with_glosses(text) if self.traditional else text).encode(self.charset)
        content_type = f"text/html; charset={self.charset}" if self.header_charset else "text/html"
        if self.gzip_unasked:
            return Answer(
                body=gzip.compress(body, mtime=0),
                content_type=content_type,
                headers=(("Content-Encoding", "gzip"),),
            )
        return Answer(body=body, content_type=content_type)

    def page(self, ask: Ask, *, title: str, body: str, metas: Sequence[markup.Meta] = (), head: str = "") -> str:
        """A page of this site with the tags that all of its pages carry."""
        site = markup.site_metas(self.name, self.division_code, ask.base.removeprefix("http://"))
        return markup.page(
            title=f"{title}_{self.name}", body=body, metas=[*site, *metas], charset=self.charset, head=head
        )

    def home_page(self, ask: Ask) -> str:
        """The home page: news, services, and the way to the disclosure platform."""
        navigation = markup.links(
            [("/", "首页"), ("/zwdt/", "政务动态"), (self.platform, "政府信息公开"), ("/bsfw/", "办事服务")]
        )
        news = markup.links([("/zwdt/1.html", "全区春季植树活动举行"), ("/zwdt/2.html", "重点项目集中开工")])
        footer = f"<div class='footer'>主办：{escape(self.name)}办公室 网站标识码：{self.division_code}0001</div>"
        return self.page(ask, title="首页", body=f"<div class='nav'>{navigation}</div>{news}{footer}")

    def platform_page(self, ask: Ask) -> str:
        """The disclosure platform with its five entries."""
        guide = "<div class='xxgk_con'><h2>政府信息公开指南</h2><p>本指南说明查阅和申请的办法。</p></div>"
        return self.page(
            ask,
            title="政府信息公开指南",
            metas=markup.column_metas("政府信息公开指南"),
            body=markup.platform_navigation(self.column) + guide,
        )

    def page_count(self, items: Sequence[Item]) -> int:
        """How many list pages ``items`` fill, at least one."""
        return max(1, -(-len(items) // self.page_size))

    def on_page(self, items: Sequence[Item], place: int) -> Sequence[Item]:
        """The items of a list page, counted from 1."""
        return items[(place - 1) * self.page_size : place * self.page_size]

    def breadcrumb(self, name: str) -> str:
        """The path line above a column or article."""
        return (
            f"<div class='position'>当前位置：<a href='/'>首页</a> &gt; "
            f"<a href='{self.platform}'>政府信息公开</a> &gt; "
            f"<a href='{escape(self.column)}'>{name}</a></div>"
        )

    def article_page(
        self, ask: Ask, item: Item, *, body: str, head: str = "", metas: Sequence[markup.Meta] = ()
    ) -> str:
        """An article page around ``body``."""
        if self.counts_visits:
            self._visits += 1
            made = f"<!-- made at {1700000000 + self._visits} -->"
            body = f"{made}<div class='visits'>浏览次数：<span>{self._visits}</span>次</div>{body}"
        article = markup.article_metas(item.title, f"{item.published_on} 10:25", item.source)
        column = markup.column_metas(self.column_name)
        return self.page(ask, title=item.title, metas=[*column, *article, *metas], body=body, head=head)


def _on_condition(ask: Ask, answer: Answer) -> Answer:
    """The answer with its ETag; without the body for a client that names it."""
    tag = f'"{zlib.crc32(answer.body):08x}"'
    headers = (*answer.headers, ("ETag", tag))
    if ask.headers.get("if-none-match") == tag:
        return Answer(status=304, body=b"", headers=headers)
    return replace(answer, headers=headers)
