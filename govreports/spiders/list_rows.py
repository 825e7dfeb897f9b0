"""Which links of a static page are rows of its list, told from the margin by where they stand in the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from govreports.registry.addresses import folder, is_folder
from govreports.registry.hosts import host_of
from govreports.reports.titles import judge_title
from govreports.spiders.links import Anchor, anchors, row_date
from govreports.spiders.listing import ListedItem

_ROW_TAGS = frozenset({"li", "tr", "td", "dd", "dt", "dl", "p", "span", "h3", "h4", "h5"})
_DIGITS = re.compile(r"\d+")
_PAGE_NAME = re.compile(r"/(?:index|list|page|default)?[-_]?\d{1,3}\.\w+$|/(?:index|list|default)\.\w+$", re.IGNORECASE)
_LIST_AT_LEAST = 3
"""Where no title tells the list from the margin, the largest group of so many articles in one place is the list."""

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A link that may be a row: where it stands, whether its address is an article's, how its title was judged."""

    anchor: Anchor
    place: Place
    article: bool
    kind: str


def list_rows(
    response: TextResponse,
    is_article: Callable[[str], bool],
    *,
    date_in: Callable[[str], str | None] = lambda url: None,
    metadata_of: Callable[[Anchor], dict[str, str]] = lambda anchor: {},
) -> tuple[ListedItem, ...]:
    """The items of a list page, each once.

    ``is_article`` judges addresses, ``date_in`` reads the ISO date that an address holds, ``metadata_of`` what a
    row says besides title and date.
    """
    found: dict[str, ListedItem] = {}
    for row in _of_the_list(response, _candidates(response, is_article)):
        anchor = row.anchor
        item = ListedItem(
            url=anchor.url,
            title=anchor.title or None,
            listed_on=row_date(anchor) or date_in(anchor.url),
            metadata=metadata_of(anchor),
        )
        known = found.get(item.key)
        # A picture or a cut title may link the same article first.
        if known is None or len(item.title or "") > len(known.title or ""):
            found[item.key] = item
    return tuple(found.values())


def _candidates(response: TextResponse, is_article: Callable[[str], bool]) -> list[_Row]:
    rows = []
    for anchor in anchors(response):
        if anchor.element.root.tag != "a":
            continue
        article = is_article(anchor.url)
        judged = judge_title(anchor.title)
        # Without a body's name it may be the title of a year's column.
        whole = judged.kind == "report" and judged.year is not None and judged.body is not None
        if article or (whole and _leads_to_one(anchor.url)):
            rows.append(_Row(anchor, _place(anchor), article, judged.kind))
    return rows


def _leads_to_one(url: str) -> bool:
    """Whether an address unlike an article's can still be a report's own: no folder's, and no list page's."""
    parts = urlsplit(url)
    return not is_folder(url) and (bool(parts.query) or _PAGE_NAME.search(parts.path) is None)


def _of_the_list(response: TextResponse, rows: Sequence[_Row]) -> list[_Row]:
    named = {row.place for row in rows if row.kind in ("report", "undecided")}
    named = named or {row.place for row in rows if row.kind == "lookalike"}
    own = folder(response.url)
    # Below a host's own folder lies the whole site.
    below = own if own.count("/") > 1 else None
    chosen = [
        row
        for row in rows
        if row.kind == "report"
        or row.place in named
        or (below is not None and row.article and folder(row.anchor.url).startswith(below))
    ]
    if chosen or below is None:
        return chosen
    host = host_of(response.url)
    places = Counter(row.place for row in rows if host_of(row.anchor.url) == host)
    place, count = next(iter(places.most_common(1)), ((), 0))
    return [row for row in rows if row.place == place] if count >= _LIST_AT_LEAST else []


def _place(anchor: Anchor) -> Place:
    """Tags, ids and classes from the link up; rows differ in theirs, so of a row only the tag counts."""
    place = []
    for element in anchor.element.root.iterancestors():
        tag = str(element.tag)
        if tag in _ROW_TAGS:
            place.append(tag)
        else:
            place.append(_DIGITS.sub("", f"{tag}#{element.get('id', '')}.{element.get('class', '')}"))
    return tuple(place)
