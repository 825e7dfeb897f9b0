"""Which government site a page says it is of, and whether that can be the one that a registry entry means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from scrapy.http import TextResponse

from govreports.spiders.links import meta_tags

_SITE_CODE = re.compile(r"(\d{6})\d{4}$")
_IN_EVERY_NAME = re.compile(
    r"人民政府|政府|门户|网站|信息|公开|中国|委员会|办事处|办公室|街道|[省市区县州盟旗镇乡]|[^\u4e00-\u9fff]"
)


Likeness = Literal["same", "doubtful", "another"]


@dataclass(frozen=True, slots=True)
class Site:
    """What the national meta tags of a page say: ``SiteName``, ``SiteIDCode``, and the division in the code."""

    name: str | None
    code: str | None
    division: str | None
    """GB/T 2260, six digits; None for ministries, whose codes begin with letters."""

    def __str__(self) -> str:
        return ", ".join(
            f"{tag} {value}" for tag, value in (("SiteIDCode", self.code), ("SiteName", self.name)) if value
        )


def site_of(response: TextResponse) -> Site:
    """The site that a page says it is of; all None where it does not say."""
    said = meta_tags(response)
    code = said.get("siteidcode")
    division = _SITE_CODE.match(code) if code else None
    return Site(said.get("sitename"), code, division[1] if division else None)


def compare(site: Site, *, name: str, division_code: str) -> Likeness:
    """Whether a page can be of the body that an entry names.

    A city's site also holds the columns of its districts, and a district's entry may lead there: only places of
    which neither lies in the other differ. Names differ when no two characters in a row that belong to a place are
    in both. One of the two may be a slip of whoever filled in the template; both together are another site.
    """
    place, named = _place_differs(site, division_code), _name_differs(site, name)
    if place and named:
        return "another"
    return "doubtful" if place or (named and site.division is None) else "same"


def _place_differs(site: Site, division_code: str) -> bool:
    if site.division is None:
        return False
    ours, theirs = _significant(division_code), _significant(site.division)
    return not (ours.startswith(theirs) or theirs.startswith(ours))


def _name_differs(site: Site, name: str) -> bool:
    ours, theirs = _pairs(name), _pairs(site.name or "")
    return bool(ours and theirs) and not ours & theirs


def _significant(division: str) -> str:
    """``370300`` → ``3703``: the part that its districts share."""
    for end in (2, 4):
        if division[end:] == "0" * (6 - end):
            return division[:end]
    return division


def _pairs(name: str) -> set[str]:
    parts = _IN_EVERY_NAME.sub(" ", name).split()
    return {part[place : place + 2] for part in parts for place in range(len(part) - 1)}
