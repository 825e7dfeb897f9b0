"""Anchors of a page with the words around them, and which of them lead to annual-report columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import JsonResponse, TextResponse

from govreports.documents.charset import without_controls
from govreports.registry.addresses import absolute, address_key, folder, is_folder
from govreports.reports.titles import column_name, judge_title
from govreports.spiders.listing import ColumnLink

_DATE = re.compile(r"(?<!\d)(20\d{2}|19\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_DATE_AT_END = re.compile(rf"[\[(（]?\s*{_DATE.pattern}\s*日?\s*[\])）]?$")
_ROWS = ("li", "tr", "dd", "p", "div", "td")
_ROW_LINKS_AT_MOST = 4
"""A container with more different links than this is the whole list, not one row of it."""
_ROW_LINKS_LOOKED_AT = 100
"""So is one with more links than this, be they the same."""
_REPORT_FOLDER = re.compile(
    r"/[a-z_]{0,40}(?:gkn|ndbg|nianb)[a-z]{0,40}(?:_?\d+n?)?/|/(?:20\d{2})?nb(?:_?\d+)?/|/20\d{2}n/|/c?20\d{2}(?:niandu|year)\d*/"
)
"""Pinyin names under which portals keep annual reports: zfxxgknb, ndbg, 2023nb, nb_2022, xxgknb2024n, c2025niandu5."""
_PLATFORM = re.compile(
    r"^(?:政府)?信息公[开開](?:专栏|平台|目录|專欄|平臺|目錄)?$|^政[务務]公[开開]$|^公[开開]$|^法定主[动動]公[开開](?:内容|內容)?$"
)
_GLOSS = re.compile(r"\s|[(（][a-zü\u0101-\u01dc]{1,7}[)）]")
"""White space, and the readings that some copies print in brackets after a character."""
_UNFILLED = frozenset(("", "网站名称", "政府网站标识码", "网站域名", "栏目名称", "栏目类型", "文章标题", "发布日期"))
"""What some templates put into the national meta tags in place of a value: the tag's own Chinese name."""
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar|jpe?g|png|gif|mp4|css|js|xml)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: absolute URL, whole title (attribute before text), and the selector of its element."""

    url: str
    title: str
    text: str
    element: Selector


def anchors(response: TextResponse) -> Iterator[Anchor]:
    """Every http(s) link of a page, and every choice of a list box that leads to a page; none of a JSON answer."""
    base = base_url(response)
    for element in tree(response).xpath("//a[@href] | //area[@href] | //option[contains(@value, '/')]"):
        url = absolute(base, attribute(element, "href") or attribute(element, "value"))
        if url is None:
            continue
        text = words(element)
        title = " ".join(attribute(element, "title").split())
        # Some links hold the row's date behind the title.
        name = _DATE_AT_END.sub("", text).rstrip() or text
        # A title attribute may say less than the text ("打开新窗口"); the longer of the two names the item.
        yield Anchor(url, title if len(title) >= len(name.rstrip(".…")) else name, text, element)


def tree(response: TextResponse) -> Selector:
    """The elements of a page; those of an empty page for an answer in JSON, which has none."""
    return Selector("<html></html>") if isinstance(response, JsonResponse) else response.selector


def base_url(response: TextResponse) -> str:
    """The address that relative links of the page start from."""
    declared = tree(response).xpath("//base/@href").get()
    return (absolute(response.url, declared) if declared else None) or response.url


def attribute(element: Selector, name: str) -> str:
    """One attribute of an element, empty where it has none.

    ``Selector.attrib`` reads all, and cannot where one is what a template left behind: ``<a {{class}} href=…>``.
    """
    return without_controls(element.root.get(name) or "").strip()


def words(element: Selector) -> str:
    """The visible text of an element, white space collapsed."""
    texts = element.xpath(".//text()[not(parent::script or parent::style)]").getall()
    return " ".join(without_controls("".join(texts)).split())


def row_date(anchor: Anchor) -> str | None:
    """The ISO date that stands in the same row as a link."""
    for container in reversed(anchor.element.xpath("ancestor::*")):
        if container.root.tag not in _ROWS:
            continue
        if _holds_many_links(container):
            break
        # The title may hold a date of its own; what is left of the row is about the item.
        if (found := find_date(words(container).replace(anchor.text, " "))) is not None:
            return found
    inside = _DATE_AT_END.search(anchor.text)
    return find_date(inside[0]) if inside else None


def _holds_many_links(container: Selector) -> bool:
    """Whether this is more than one row; a whole list is not read through for each of its items."""
    addresses = (link.get("href") for link in container.root.iter("a"))
    different: set[str] = set()
    for count, address in enumerate((address for address in addresses if address is not None), 1):
        different.add(address)
        if len(different) > _ROW_LINKS_AT_MOST or count > _ROW_LINKS_LOOKED_AT:
            return True
    return False


def find_date(text: str) -> str | None:
    """The first date in a text as ISO date."""
    for year, month, day in _DATE.findall(text):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return None


def column_links(response: TextResponse, *, is_column: Callable[[str], bool] = is_folder) -> tuple[ColumnLink, ...]:
    """Links to annual-report columns: by their name, a year's folder beside this one, and where the page is such
    a column itself, every folder below it. ``is_column`` tells columns from articles by their address."""
    own, own_folder = address_key(response.url), folder(response.url)
    # A page that is no folder's own has other columns beside it.
    below = names_report_column(response) and (is_folder(response.url) or _names_reports(own_folder))
    siblings = own_folder.rstrip("/").rpartition("/")[0] + "/"
    found: dict[str, ColumnLink] = {}
    for anchor in anchors(response):
        key = address_key(anchor.url)
        if key == own or key in found or _FILE.search(anchor.url):
            continue
        name = column_name(anchor.text)
        inside = key.startswith(own_folder) and key != own_folder
        if name is None:
            wanted = below and inside and is_column(anchor.url)
        elif anchor.text.strip()[:2].isdigit():
            # A bare year also labels news archives: it must lie beside or below an annual-report column.
            near = inside or key.startswith(siblings)
            wanted = is_column(anchor.url) and (inside or (near and below) or _names_reports(key))
        else:
            # The title of one report reads like the name of a column; only its address tells them apart.
            judged = judge_title(anchor.text)
            wanted = judged.kind != "report" or judged.year is None or is_column(anchor.url)
        if wanted:
            found[key] = ColumnLink(url=anchor.url, label=anchor.text, year=name.year if name else None)
    return tuple(found.values())


def frames(response: TextResponse) -> tuple[str, ...]:
    """Addresses of the pages of the same host that a column shows in frames; a home page frames other things."""
    if urlsplit(response.url).path in ("", "/", "/index.html", "/index.shtml"):
        return ()
    base = base_url(response)
    shown = (absolute(base, source) for source in tree(response).xpath("//iframe/@src | //frame/@src").getall())
    own = urlsplit(response.url).netloc
    return tuple(dict.fromkeys(url for url in shown if url and urlsplit(url).netloc == own and not _FILE.search(url)))


def names_report_column(response: TextResponse) -> bool:
    """Whether a page says by its address or its meta tags that it is an annual-report column."""
    return bool(column_signs(response))


def column_signs(response: TextResponse) -> tuple[str, ...]:
    """What says of a page that it is an annual-report column: its address, its meta tags."""
    own_folder = folder(response.url)
    named = _REPORT_FOLDER.search(own_folder[own_folder.find("/") :])
    signs = [f"address: {named[0]}"] if named else []
    said = meta_tags(response)
    for tag in ("ColumnName", "ColumnType"):
        if column_name(content := said.get(tag.lower(), "")) is not None:
            signs.append(f"{tag}: {content}")
    return tuple(signs)


def meta_tags(response: TextResponse) -> dict[str, str]:
    """The page's named meta tags, names in lower case; those that the template left unfilled are left out."""
    return {
        attribute(meta, "name").lower(): content
        for meta in tree(response).xpath("//meta[@name and @content]")
        if "${" not in (content := attribute(meta, "content")) and content not in _UNFILLED
    }


def _names_reports(address: str) -> bool:
    return _REPORT_FOLDER.search(address[address.find("/") :]) is not None


def platform_links(response: TextResponse) -> tuple[ColumnLink, ...]:
    """Links of a home page to the disclosure platform, where the annual-report column can be found."""
    own = address_key(response.url)
    found: dict[str, ColumnLink] = {}
    for anchor in anchors(response):
        key = address_key(anchor.url)
        if key != own and _PLATFORM.search(_GLOSS.sub("", anchor.text)):
            found.setdefault(key, ColumnLink(url=anchor.url, label=anchor.text))
    return tuple(found.values())
