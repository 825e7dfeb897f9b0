"""The title that a report's own page gives itself, where the list did not say enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from scrapy.http import Response, TextResponse

from govreports.reports.titles import TitleJudgement, judge_title
from govreports.spiders.links import attribute, tree, words

_TITLE_META = "articletitle"
_TITLE_LABELS = ("标题", "標題", "名称", "名稱", "信息名称")
_PUNCTUATION = re.compile(r"[\s:：\u00a0\u3000]|[(（][^()（）]{0,20}[)）]")
_FIRST_LINES = 40
_LONGEST_TITLE = 100
_FILE_NAME = re.compile(r"""filename\*?=(?:UTF-8'')?["']?([^"';]+)""", re.IGNORECASE)
# What is not closed goes on to the end, as in a browser: a search from each beginning would take for ever.
_LINKS_AND_SCRIPTS = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<a\b[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a\s*>", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(r"<[^<>]*>|&nbsp;|\s+")
# Words of a report's page that also stand there when its tables are pictures.
_SUBJECT = re.compile(r"信息公[开開]|資訊公[开開]")
_REPORT = re.compile(r"[报報](?:[(（][^)）]{1,8}[)）])?告|年[报報]")


def own_judgement(response: Response) -> TitleJudgement | None:
    """The judgement on the first of the page's titles that says something, None when none does."""
    undecided = None
    for title in own_titles(response):
        judged = judge_title(title)
        if judged.kind in ("report", "lookalike"):
            return judged
        if judged.kind == "undecided" and undecided is None:
            undecided = judged
    return undecided


def own_titles(response: Response) -> Iterator[str]:
    """Titles of a page: meta tag, metadata table, headings, window title; a file's name for other documents."""
    if not isinstance(response, TextResponse):
        yield from _file_names(response)
        return
    for meta in tree(response).xpath("//meta[@name and @content]"):
        content = attribute(meta, "content")
        if attribute(meta, "name").lower() == _TITLE_META and "${" not in content:
            yield content
    for cell in tree(response).xpath("//td[not(.//td)] | //th[not(.//td)]"):
        if _PUNCTUATION.sub("", words(cell)) in _TITLE_LABELS:
            beside = cell.xpath("following-sibling::*[self::td or self::th][1]")
            yield from (words(value) for value in beside)
    for heading in tree(response).xpath("//h1 | //h2 | //h3 | //ucaptitle"):
        yield words(heading)
    yield from tree(response).xpath("//title/text()").getall()[:1]


def report_title(response: TextResponse) -> str | None:
    """The title of the report that a page prints in itself: named as its titles are, or in the first lines of its
    text outside links. None where none is named with its year."""
    lines = tree(response).xpath("//body//*[self::p or self::div or self::span or self::strong or self::b or self::td]")
    printed = (
        words(line)
        for line in lines
        if not line.xpath("ancestor-or-self::a | .//a | .//p | .//div | .//table | .//td").get()
    )
    for title in (*own_titles(response), *islice(printed, _FIRST_LINES)):
        if len(title) <= _LONGEST_TITLE:
            judged = judge_title(title)
            if judged.kind == "report" and judged.year is not None:
                return title
    return None


def speaks_of_a_report(response: TextResponse) -> bool:
    """Whether a page says outside its links that it is about disclosure and a report: a home page does not.

    Works on the source: a tree of each report would be built here only for this.
    """
    text = _MARKUP.sub("", _LINKS_AND_SCRIPTS.sub("", response.text))
    return _SUBJECT.search(text) is not None and _REPORT.search(text) is not None


def _file_names(response: Response) -> Iterator[str]:
    disposition = (response.headers.get("Content-Disposition") or b"").decode("utf-8", "replace")
    if (named := _FILE_NAME.search(disposition)) is not None:
        yield unquote(named[1])
    yield unquote(urlsplit(response.url).path.rpartition("/")[2])
