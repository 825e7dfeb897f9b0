"""Hanweb's disclosure module: a search form that answers with table rows, and a page for each organ's report a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from parsel import Selector
from scrapy.http import HtmlResponse, TextResponse

from govreports.registry.addresses import address_key
from govreports.spiders.calls import answer_text, as_page, call, called_from, fragment_items
from govreports.spiders.links import Anchor, anchors, tree, words
from govreports.spiders.listing import ColumnLink, ListedItem, Listing, PageAddress
from govreports.spiders.own_title import report_title
from govreports.spiders.printed_count import count_found, printed_count
from govreports.spiders.script_values import scripts_of

_SEARCH = re.compile(r"""["']([^"'\s]*/module/xxgk/search\.jsp[^"'\s]*)["']""")
_TREE = re.compile(r"""["']([^"'\s]*/module/xxgk/tree\.jsp[^"'\s]*)["']""")
_ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
_COLUMN = re.compile(r"/col/col(\d+)/")
_FORM_FIELDS = (
    "infotypeId",
    "jdid",
    "area",
    "divid",
    "vc_title",
    "vc_number",
    "sortfield",
    "currpage",
    "vc_filenumber",
    "vc_all",
    "texttype",
    "fbtime",
)
_PAGES = re.compile(r"共\s*(\d+)\s*页")
_ITEMS = re.compile(r"共\s*(\d+)\s*条")
_AREA_CODE = re.compile(r"""\barea\\?['"]?\s*[:=]\s*\\?['"]?([0-9A-Za-z]+)""")
_LABELS = re.compile(
    r"(?:信息)?索引号|文号|发文字号|发文日期|成文日期|生成日期|公开日期|发布日期|发布机构|发文机关|公开机构"
)
_BLANKS = re.compile(r"[\s\u00a0\u3000]+|[:：]$")


@dataclass(frozen=True, slots=True)
class SearchPages:
    """The pages of a search: the same form again with another ``currpage``, in the address and in the body."""

    url: str
    form: tuple[tuple[str, str], ...]
    last: int | None
    referer: str

    def candidates(self, number: int) -> Sequence[PageAddress]:
        """The call for page ``number``."""
        parts = urlsplit(self.url)
        query = _turned(parse_qsl(parts.query, keep_blank_values=True), number)
        form = _turned(self.form, number)
        address = parts._replace(query=urlencode(query, safe=",:")).geturl()
        return (call(address, referer=self.referer, form=urlencode(form, safe=",:")),)


def read_xxgk(response: TextResponse) -> Listing | None:
    """The search form of a page, the rows of its answer, or an annual-report page; None for other pages."""
    path = urlsplit(response.url).path
    if path.endswith("/module/xxgk/search.jsp"):
        return _answer(response)
    if path.endswith(_ANNUAL):
        return _annual_page(response)
    if path.endswith("/module/xxgk/tree.jsp"):
        return Listing(columns=tuple(_areas(response)))
    search = _search(response)
    columns = tuple(_annual_links(response, own_area=None))
    if search is None and not columns:
        return None
    return Listing(lists=search.candidates(1)[:1] if search else (), columns=columns)  # type: ignore[arg-type]


def is_annual_page(url: str) -> bool:
    """Whether an address is that of one organ's report of one year."""
    return urlsplit(url).path.endswith(_ANNUAL)


# The search.


def _search(response: TextResponse) -> SearchPages | None:
    scripts = "\n".join(scripts_of(response))
    address = _SEARCH.search(scripts) or _SEARCH.search(response.text)
    if address is None:
        return None
    column = _COLUMN.search(response.url)
    form = dict.fromkeys(_FORM_FIELDS, "")
    form |= {"texttype": "0", "fbtime": "-1", "currpage": "1", "divid": f"div{column[1]}" if column else ""}
    form |= {name: value for name, value in parse_qsl(urlsplit(address[1]).query) if name in form}
    form |= {name: value for name in _FORM_FIELDS if (value := _field(response, scripts, name)) is not None}
    return SearchPages(urljoin(response.url, address[1]), tuple(form.items()), None, response.url)


def _field(response: TextResponse, scripts: str, name: str) -> str | None:
    field: str | None = tree(response).xpath("//input[@name=$name]/@value", name=name).get()
    if field is not None:
        return field
    # Inside the search's own address names stand without quotes around the values.
    stated = re.search(rf"""(?<![?&\w]){name}['"]?\s*[:=]\s*(?:'([^']*)'|"([^"]*)"|(-?\d+))""", scripts)
    return next((part for part in stated.groups() if part is not None), "") if stated else None


def _turned(pairs: Sequence[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    return [(name, str(number) if name == "currpage" else value) for name, value in pairs]


def _answer(response: TextResponse) -> Listing:
    column = called_from(response)
    page = as_page(column, answer_text(response))
    text = words(page.selector)
    pages = count_found(_PAGES.search(text))
    plan = None
    if pages is not None and pages > 1 and response.request is not None:
        form = parse_qsl(response.request.body.decode(), keep_blank_values=True)
        plan = SearchPages(response.request.url, tuple(form), pages, column)
    return Listing(items=tuple(_rows(page)), plan=plan, items_claimed=count_found(_ITEMS.search(text)))


def _rows(page: HtmlResponse) -> Iterator[ListedItem]:
    listed = {item.key: item for item in fragment_items(page)}
    labels: list[str] = []
    for row in page.xpath("//tr"):
        cells = row.xpath("./td | ./th")
        links = [address_key(anchor.url) for anchor in _anchors_of(row, page)]
        item = next((listed.pop(key) for key in links if key in listed), None)
        if item is not None:
            yield ListedItem(
                url=item.url, title=item.title, listed_on=item.listed_on, metadata=_metadata(labels, cells)
            )
        elif not links:
            labels = [_BLANKS.sub("", words(cell)) for cell in cells]
    yield from listed.values()


def _anchors_of(row: Selector, page: HtmlResponse) -> Iterator[Anchor]:
    hrefs = set(row.xpath(".//a/@href").getall())
    return (anchor for anchor in anchors(page) if anchor.element.root.get("href") in hrefs)


def _metadata(labels: Sequence[str], cells: Sequence[Selector]) -> dict[str, str]:
    if len(labels) != len(cells):
        return {}
    values = ((label, words(cell)) for label, cell in zip(labels, cells, strict=True) if _LABELS.fullmatch(label))
    return {label: value for label, value in values if value}


# The annual-report pages.


def _annual_page(response: TextResponse) -> Listing:
    query = dict(parse_qsl(urlsplit(response.url).query))
    title = report_title(response)
    columns = tuple(_annual_links(response, own_area=query.get("area")))
    lists: tuple[PageAddress, ...] = ()
    probes: tuple[str, ...] = ()
    if (tree := _TREE.search(response.text)) is not None:
        lists = (call(urljoin(response.url, tree[1]), referer=response.url),)
    year = printed_count(query.get("fbtime"))
    if title is not None and year is not None and not any(link.year for link in columns):
        probes = tuple(_annual_address(response.url, str(year + step)) for step in (-2, -1, 1, 2))
    return Listing(
        columns=columns,
        lists=lists,
        probes=probes,
        inline=ListedItem(url=response.url, title=title) if title is not None else None,
    )


def _annual_links(response: TextResponse, *, own_area: str | None) -> Iterator[ColumnLink]:
    """Links to reports of other years and organs. A year narrows the crawl only within one organ: an organ's
    page of the newest year is the way to its others."""
    for anchor in anchors(response):
        if is_annual_page(anchor.url) and address_key(anchor.url) != address_key(response.url):
            query = dict(parse_qsl(urlsplit(anchor.url).query))
            same = own_area is not None and query.get("area") == own_area
            year = printed_count(query.get("fbtime")) if same else None
            yield ColumnLink(url=anchor.url, label=anchor.text, year=year)


def _areas(response: TextResponse) -> Iterator[ColumnLink]:
    """The organs of the tree: the page that called it, with each one's code in place of its own."""
    calling = called_from(response)
    if is_annual_page(calling):
        for area in dict.fromkeys(_AREA_CODE.findall(answer_text(response))):
            yield ColumnLink(url=_annual_address(calling, None, area), label=area)


def _annual_address(url: str, year: str | None, area: str | None = None) -> str:
    """An annual-report page of another year or organ, spelled as ``url`` is."""
    parts = urlsplit(url)
    changed = {"fbtime": year, "area": area}
    query = [(name, changed.get(name) or value) for name, value in parse_qsl(parts.query)]
    return parts._replace(query=urlencode(query)).geturl()
