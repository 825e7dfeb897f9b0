"""Search and facets: the page on which the browser opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from govreports.browse.site import Site
from govreports.store.search import FACETS, PAGE, Search

_SHOWN: Final = 12
"""Values of a facet that stand open; the rest folds out."""


def search_page(site: Site, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the template of the search page needs; what is asked for amiss does not narrow."""
    year, page = asked.get("year", ""), asked.get("page", "")
    search = Search(
        query=asked.get("q", "").strip(),
        province=asked.get("province") or None,
        year=int(year) if year.isdecimal() and len(year) < 6 else None,
        form=asked.get("form") or None,
        level=asked.get("level") or None,
        page=max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1,
    )
    results = site.index.search(search)
    chosen = {name: str(getattr(search, name)) for name in FACETS if getattr(search, name) is not None}
    stated = {**({"q": search.query} if search.query else {}), **chosen}
    pages = max(-(-results.total // PAGE), 1)
    return {
        "search": search,
        "results": results,
        "pages": pages,
        "as_of": site.index.as_of,
        "progress": site.index.progress,
        "failure": site.index.failure,
        "facets": [
            {
                "name": name,
                "shown": _SHOWN,
                "values": [
                    {
                        "value": value,
                        "count": count,
                        "chosen": name in chosen,
                        "href": None if value is None else _href(stated, name, str(value), chosen),
                    }
                    for value, count in results.facets.get(name, [])
                ],
            }
            for name in FACETS
        ],
        "hidden": chosen,
        "previous": _at(stated, search.page - 1) if search.page > 1 else None,
        "next": _at(stated, search.page + 1) if search.page < pages else None,
    }


def _href(stated: dict[str, str], name: str, value: str, chosen: dict[str, str]) -> str:
    """The address with a facet's value chosen, or not chosen any more."""
    others = {key: one for key, one in stated.items() if key != name}
    return _address(others if name in chosen else {**others, name: value})


def _at(stated: dict[str, str], page: int) -> str:
    return _address({**stated, "page": str(page)})


def _address(values: dict[str, str]) -> str:
    return f"/?{urlencode(values)}" if values else "/"
