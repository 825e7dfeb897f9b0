"""Static lists of no known system: the rows are told from the margin by their place, the pager is probed.

The addresses of systems that only one or a few places use stand in ``generic.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from govreports.registry.addresses import folder, is_folder
from govreports.reports.titles import judge_title
from govreports.spiders.links import column_links, frames, names_report_column
from govreports.spiders.list_rows import list_rows
from govreports.spiders.listing import Family, ListedItem, Listing
from govreports.spiders.pagers import (
    NumberedPages,
    items_claimed,
    learned_name,
    next_link,
    numbered_links,
    pages_claimed,
)
from govreports.spiders.printed_count import count_found

# The last part of an article's address tells it apart: a number, a hash or a uuid stands in it.
_ARTICLE_NAME = re.compile(r"(?<!\d)\d{4,}(?!\d)|[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_ARTICLE_QUERY = re.compile(r"(?:^|&)(?:\w*id|article|content)=\w*\d{2,}\w*", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:s?html?|jhtml|thtml|jspx?|php|aspx?|pdf|docx?|wps|ofd)$", re.IGNORECASE)
_PAGE_QUERY = re.compile(r"(?:^|&)(?:p|page|page_?no|page_?num|page_?index|cur_?page|curr_?page)=\d+", re.IGNORECASE)
_FULL_PAGE = 10
"""A page without any pager that lists at least this many items may still have a second one."""
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class System:
    """One static system as ``generic.toml`` describes it."""

    name: str
    title: str
    article: re.Pattern[str]
    list: re.Pattern[str] | None
    last: re.Pattern[str] | None


@cache
def static_systems() -> tuple[System, ...]:
    """The systems whose addresses are known."""
    with files("govreports.spiders.families").joinpath("generic.toml").open("rb") as source:
        rows = tomllib.load(source)["system"]
    return tuple(
        System(
            name=row["name"],
            title=row["title"],
            article=re.compile(row["article"]),
            list=re.compile(row["list"]) if "list" in row else None,
            last=re.compile(row["last"]) if "last" in row else None,
        )
        for row in rows
    )


class Generic(Family):
    """Any static list."""

    name: ClassVar[str] = "generic"

    def list_page(self, response: TextResponse) -> Listing:
        items = list_rows(response, is_article, date_in=date_in_address)
        following = next_link(response)
        return Listing(
            items=items,
            columns=column_links(response, is_column=_is_column),
            lists=() if items else frames(response),
            plan=_plan(response, items, following),
            next_page=following,
            items_claimed=items_claimed(response) if items else None,
        )


class Xian(Generic):
    """西安, 延安 and their districts, which the generic family reads by their addresses."""

    name: ClassVar[str] = "xian"


def lists_reports(response: TextResponse) -> bool:
    """Whether a page of no recognised family is an annual-report column with rows that can be read."""
    if urlsplit(response.url).path in ("", "/"):
        return False
    titles = [item.title or "" for item in list_rows(response, is_article)]
    named = sum(judge_title(title).kind == "report" for title in titles)
    return named > 1 or (named == 1 and names_report_column(response))


def is_article(url: str) -> bool:
    """Whether an address looks like an article's: of a known system, or with a number or hash in its last part."""
    parts = urlsplit(url)
    if _system_of_article(url) is not None:
        return True
    if is_folder(url) or not _PAGE.search(parts.path):
        return False
    return _ARTICLE_NAME.search(parts.path.rpartition("/")[2]) is not None or bool(_ARTICLE_QUERY.search(parts.query))


def date_in_address(url: str) -> str | None:
    """The ISO date (Chinese time) that an article's address holds in systems that write it there."""
    found = _system_of_article(url)
    groups = found.groupdict() if found is not None else {}
    try:
        if (day := groups.get("day")) is not None:
            return date.fromisoformat(re.sub(r"\D", "", day)).isoformat()
        if (seconds := groups.get("seconds")) is not None:
            return datetime.fromtimestamp(int(seconds) * 100, _CHINA).date().isoformat()
    except ValueError:
        return None
    return None


def _is_column(url: str) -> bool:
    """Whether an address is a folder's, or the first of numbered list pages."""
    target = _target(url)
    numbered = (system.list.search(target) for system in static_systems() if system.list is not None)
    if _PAGE_QUERY.search(urlsplit(url).query):
        return False
    return is_folder(url) or any(found is not None and found["n"] == "1" for found in numbered)


def _system_of_article(url: str) -> re.Match[str] | None:
    target = _target(url)
    return next((found for system in static_systems() if (found := system.article.search(target))), None)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _plan(response: TextResponse, items: Sequence[ListedItem], following: str | None) -> NumberedPages | None:
    linked = numbered_links(response)
    learned = learned_name(linked)
    system = _system_of_list(response)
    claimed = [number for number in (pages_claimed(response), _last_of(system, response)) if number is not None]
    if learned is not None:
        claimed.append(max(linked))
    last = max(claimed, default=None)
    if last is None and following is None and len(items) < _FULL_PAGE:
        return None
    if learned is not None:
        return NumberedPages((learned,), last)
    return NumberedPages(tuple(_probed_names(response, system, items)), last)


def _last_of(system: System | None, response: TextResponse) -> int | None:
    found = system.last.search(response.text) if system is not None and system.last is not None else None
    return count_found(found)


def _system_of_list(response: TextResponse) -> System | None:
    target = _target(response.url)
    return next((system for system in static_systems() if system.list is not None and system.list.search(target)), None)


def _probed_names(response: TextResponse, system: System | None, items: Sequence[ListedItem]) -> list[str]:
    """How the second page may be called, the likeliest first."""
    url = response.url
    start = url.find("/", url.find("//") + 2)
    if system is not None and system.list is not None and (numbered := system.list.search(url, start)):
        return [url[: numbered.start("n")] + "{n}" + url[numbered.end("n") :]]
    parts = urlsplit(url)
    here = f"{parts.scheme}://{folder(url)}"
    file_name = parts.path.rpartition("/")[2]
    if parts.query:
        return [f"{url}&page={{n}}"]
    stem, dot, ending = file_name.rpartition(".")
    endings = [ending] if dot else _endings(items)
    names = ("_{k}", "_{n}", "-{n}")
    return [
        *(f"{here}{stem or 'index'}{name}.{ending}" for ending in endings for name in names),
        f"{here}{{n}}.{endings[0]}",
        f"{url}?page={{n}}",
    ]


def _endings(items: Sequence[ListedItem]) -> list[str]:
    """Endings that the portal's pages may have: that of its articles, and the usual one."""
    named = (re.search(r"\.(s?html?|jhtml|thtml)$", urlsplit(item.url).path) for item in items)
    return list(dict.fromkeys([*(found[1] for found in named if found), "html"]))
