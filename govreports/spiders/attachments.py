"""Which of the files and pictures that a report's page refers to can be the report, or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapy.http import JsonResponse, TextResponse

from govreports.documents.links import is_generic_name, page_links
from govreports.documents.model import Link
from govreports.registry.addresses import absolute, address_key, folder
from govreports.reports.titles import judge_title
from govreports.spiders.links import base_url
from govreports.spiders.listing import AttachedFile

_FIRST_FORM_YEAR = 2019
"""Reports of earlier years have no statutory tables that a picture could hold."""

_CANDIDATE = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar)\b|downfile|download|/group\d+/M\d\d/|/attachment/|/__local/"
    r"|insertfiletag|viewer\.html|<(?:embed|object)\b",
    re.IGNORECASE,
)
# What is not closed goes on to the end, as in a browser: a search from each beginning would take for ever.
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>|&nbsp;|\s+")
_GLOSS = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]", re.IGNORECASE)
# Labels of the three tables that do not stand in sentences, in Simplified and Traditional.
_TABLE_SIGNS = (
    re.compile(
        r"[处處]理[决決]定[数數]量|本年制[发發][文件]*[件数數]|本年新制作[数數]量|[对對]外公[开開][总總][数數]量"
    ),
    re.compile(r"本年度[办辦]理[结結]果"),
    re.compile(r"尚未[审審][结結]"),
)
_OTHER_FILE = re.compile(
    r"申请表|申請表|指南|目录|目錄|流程|制度|规定|規定|办法|辦法|条例|條例|须知|通知|方案|手册|批复"
)
_TABLE_NAME = re.compile(
    r"收到和[处處]理|主[动動]公[开開].{0,6}情[况況]|行政[复復][议議]|行政[诉訴][讼訟]|[统統][计計]表|情[况況]表"
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)(?:$|\?)", re.IGNORECASE)
_PICTURE_TAG = re.compile(r"<img\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar)(?:$|[?&#])", re.IGNORECASE)
_CONTENT_PICTURE = re.compile(
    r"/[PW]0\d{9,}|/__local/|/group\d+/M\d\d/|/attachment|/upload|/20\d{2}(?:[/-]?\d{2})?/|/[0-9a-f]{24,}",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"logo|banner|icon|qr_?code|ewm|weixin|wechat|beian|gongan|jubao|jiucuo|dzjg|red\.png|share|print|arrow|close|btn"
    r"|button|background|/bg|skin|template|theme",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or picture to be fetched. ``name`` is what people see of it, empty where they see none."""

    url: str
    name: str
    is_picture: bool
    is_named_report: bool
    is_needed: bool
    """Whether the page itself lacks figures that may stand here."""
    year: int | None
    """The report year that the name says."""

    @property
    def key(self) -> str:
        """Equal for links to one file."""
        return address_key(self.url)


def lacks_tables(response: TextResponse) -> bool:
    """Whether a page does not print all three statutory tables as text.

    Works on the source, like everything that is asked of each page.
    """
    text = _MARKUP.sub("", _HIDDEN.sub("", response.text))
    if "(" in text or "（" in text:
        text = _GLOSS.sub("", text)
    return not all(sign.search(text) for sign in _TABLE_SIGNS)


def attachments(
    response: TextResponse, *, year: int | None, listed: Sequence[AttachedFile] = ()
) -> tuple[Attachment, ...]:
    """The files and pictures of a report's page that can be the report, in the order of the page, each once.

    ``listed`` are those that the list named, ``year`` is the report's. What is named as a report of that year is one
    whatever the page prints; a generic or vague name counts only where the page lacks tables, a picture likewise.
    """
    if not listed and not _CANDIDATE.search(response.text) and not _PICTURE_TAG.search(response.text):
        return ()
    found: dict[str, Attachment] = {}
    tables_lacking = lacks_tables(response)
    own = address_key(response.url)
    for url, name, kind in _candidates(response, listed, tables_lacking=tables_lacking):
        chosen = _judged(url, name, kind, response, year=year, tables_lacking=tables_lacking)
        if chosen is None or chosen.key == own:
            continue
        known = found.get(chosen.key)
        # The same file may stand there twice, as a bare frame and with its name.
        if known is None or (chosen.is_named_report and not known.is_named_report):
            found[chosen.key] = chosen
    return tuple(found.values())


def _candidates(
    response: TextResponse, listed: Sequence[AttachedFile], *, tables_lacking: bool
) -> Iterator[tuple[str, str, str]]:
    """Address, visible name and kind of each link."""
    for file in listed:
        yield file.url, file.name, "listed"
    if isinstance(response, JsonResponse) or not (tables_lacking or _CANDIDATE.search(response.text)):
        return
    base = base_url(response)
    for link in page_links(response.text):
        url = absolute(base, link.url)
        if url is not None:
            yield url, link.name, _kind(link, url)


def _kind(link: Link, url: str) -> str:
    return "image" if link.kind == "image" or _PICTURE.search(url) else link.kind


def _judged(
    url: str, name: str, kind: str, response: TextResponse, *, year: int | None, tables_lacking: bool
) -> Attachment | None:
    if kind == "image":
        wanted = tables_lacking and (year is None or year >= _FIRST_FORM_YEAR) and _is_content(url, response.url)
        return Attachment(url, name, True, False, True, None) if wanted else None
    # A frame may show any page, navigation for example; only a file is an attachment.
    if kind in ("frame", "script") and not _DOCUMENT.search(url):
        return None
    judged = judge_title(name)
    if judged.year is not None and year is not None and judged.year != year:
        return None
    if judged.kind == "report":
        return Attachment(url, name, False, True, tables_lacking, judged.year)
    if not tables_lacking or _OTHER_FILE.search(name):
        return None
    # What the list names as an attachment of this very report needs no telling name.
    part = _TABLE_NAME.search(name) is not None or (kind == "listed" and judged.kind != "lookalike")
    vague = judged.kind == "undecided" or is_generic_name(name)
    return Attachment(url, name, False, False, True, judged.year) if part or vague else None


def _is_content(url: str, page: str) -> bool:
    """Whether a picture belongs to the article and not to the site's looks."""
    if not _PICTURE.search(url) or _DECORATION.search(url):
        return False
    return _CONTENT_PICTURE.search(url) is not None or folder(url) == folder(page)
