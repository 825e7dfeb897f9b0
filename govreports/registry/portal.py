"""One entry of the registry, and the mistakes that an entry can have."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from govreports.registry.hosts import AllowedHosts, host_of
from govreports.registry.years import YearsError, parse_years

Confidence = Literal["seen", "derived", "unknown"]
Tls = Literal["standard", "permissive"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
PROVINCES = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}
"""Names by the first two digits of GB/T 2260."""
_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
RESERVED_IDS = frozenset({"column"})
"""Spiders of the project that are no portals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """A portal as its registry entry describes it; the entry's keys are the fields' names."""

    id: str
    """What the crawl is called: small letters, digits and single underscores."""
    name: str
    """Chinese name, with an English one in brackets."""
    division_code: str
    """GB/T 2260, six digits; a city's or province's code ends in zeros."""
    family: str
    """The CMS family that reads its lists."""
    start_urls: tuple[str, ...]
    """Annual-report columns; a home page where the column is not known yet."""
    url_confidence: Confidence
    """``seen``: the column's address stands in a source; ``derived``: made from an article's by a family rule."""
    checked: str
    """ISO date of the last check against the live portal, or ``never``."""
    documents: tuple[str, ...] = ()
    """Reports whose own addresses are known, for lists that are drawn by script."""
    years: str | None = None
    """Report years that the portal is known to hold, as in ``2014-2024``."""
    crawlable: bool = True
    """False for a portal that cannot be crawled yet; it stays in the registry with its ``reason``."""
    reason: str | None = None
    """Why the portal is not crawlable."""
    delay: float | None = None
    """Seconds between two requests, where the portal asks for more than the usual."""
    max_pages: int | None = None
    """List pages a column may have at most, where the usual guard is too small or too large."""
    tls: Tls = "standard"
    """``permissive``: a host with an old or wrong certificate is asked all the same, after a handshake error."""
    browser: bool = False
    """Whether its lists are drawn by script, so that a browser is needed to read them."""
    note: str | None = None
    """Whatever else the next person should know."""
    province: str = ""
    """Chinese name of the province, from the file's head."""
    file: str = ""
    """Name of the registry file."""

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that a crawl of it begins at."""
        return frozenset(host for url in (*self.start_urls, *self.documents) if (host := host_of(url)))


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in the registry."""

    file: str
    entry: str | None
    """The entry's id, or ``entry 3`` where it has none; None for a mistake of the file itself."""
    message: str

    def __str__(self) -> str:
        where = self.file if self.entry is None else f"{self.file}: {self.entry}"
        return f"{where}: {self.message}"


_REQUIRED = ("id", "name", "division_code", "family", "start_urls", "url_confidence", "checked")
_KINDS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "name": (str,),
    "division_code": (str,),
    "family": (str,),
    "start_urls": (list,),
    "url_confidence": (str,),
    "checked": (str,),
    "documents": (list,),
    "years": (str,),
    "crawlable": (bool,),
    "reason": (str,),
    "delay": (int, float),
    "max_pages": (int,),
    "tls": (str,),
    "browser": (bool,),
    "note": (str,),
}
_KIND_NAMES = {str: "text", list: "a list of URLs", bool: "true or false", int: "a number", float: "a number"}


def read_entry(
    entry: Mapping[str, Any],
    *,
    file: str,
    place: int,
    province: str,
    division_prefix: str,
    families: Collection[str],
    allowed: AllowedHosts,
) -> tuple[Portal | None, list[Finding]]:
    """The portal of one TOML table (None when it is unusable) and all that is wrong with it."""
    label = entry["id"] if isinstance(entry.get("id"), str) and entry["id"] else f"entry {place}"
    messages = [*_wrong_keys(entry)]
    if messages:
        return None, [Finding(file, label, message) for message in messages]
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    portal = Portal(**values, province=province, file=file)
    messages = [*_wrong_values(portal, division_prefix, families), *_wrong_urls(portal, allowed)]
    return (None if messages else portal), [Finding(file, label, message) for message in messages]


def _wrong_keys(entry: Mapping[str, Any]) -> list[str]:
    messages = [f"unknown key {key!r}; known are {', '.join(_KINDS)}." for key in entry if key not in _KINDS]
    messages += [f"the key {key!r} is missing." for key in _REQUIRED if key not in entry]
    for key, value in entry.items():
        kinds = _KINDS.get(key)
        if kinds is None:
            continue
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            messages.append(f"{key} must be {_KIND_NAMES[kinds[0]]}, not {value!r}.")
        elif isinstance(value, list) and not all(isinstance(part, str) for part in value):
            messages.append(f"{key} must hold URLs in quotes only.")
        elif isinstance(value, str) and not value.strip():
            messages.append(f"{key} is empty.")
    return messages


def _wrong_values(portal: Portal, division_prefix: str, families: Collection[str]) -> list[str]:
    messages = []
    if not _ID.fullmatch(portal.id):
        messages.append(f"the id {portal.id!r} must be lower-case pinyin with _ between the parts.")
    if portal.id in RESERVED_IDS:
        messages.append(f"the id {portal.id!r} is the name of another spider.")
    if not re.fullmatch(r"\d{6}", portal.division_code):
        messages.append(f"division_code {portal.division_code!r} is not a six-digit GB/T 2260 code.")
    elif not portal.division_code.startswith(division_prefix):
        messages.append(
            f"division_code {portal.division_code} does not begin with {division_prefix}, the file's province."
        )
    if portal.family not in families:
        messages.append(f"unknown family {portal.family!r}; known are {', '.join(sorted(families))}.")
    if portal.url_confidence not in CONFIDENCES:
        messages.append(f"url_confidence {portal.url_confidence!r} must be one of {', '.join(CONFIDENCES)}.")
    if portal.tls not in get_args(Tls):
        messages.append(f"tls {portal.tls!r} must be one of {', '.join(get_args(Tls))}.")
    if portal.checked != "never" and not _is_date(portal.checked):
        messages.append(f"checked {portal.checked!r} must be a date as 2024-05-31, or never.")
    if portal.years is not None:
        try:
            parse_years(portal.years)
        except YearsError as error:
            messages.append(str(error))
    if portal.crawlable and portal.reason is not None:
        messages.append("has a reason for not being crawlable, but no crawlable = false.")
    if not portal.crawlable and portal.reason is None:
        messages.append("crawlable = false needs a reason.")
    if portal.delay is not None and portal.delay <= 0:
        messages.append("delay must be above 0: a delay of 0 lifts the limit of one connection a host.")
    if portal.max_pages is not None and portal.max_pages < 1:
        messages.append("max_pages must be 1 or more.")
    return messages


def _wrong_urls(portal: Portal, allowed: AllowedHosts) -> list[str]:
    messages = []
    if portal.crawlable and not portal.start_urls and not portal.documents:
        messages.append("has neither start_urls nor documents; give one, or crawlable = false with a reason.")
    urls = (*portal.start_urls, *portal.documents)
    for url in urls:
        if host_of(url) is None:
            messages.append(f"{url!r} is no http(s) URL.")
        elif not allowed.allows(url):
            messages.append(f"the host of {url} is outside the allowed hosts ({allowed}).")
    for url in sorted({url for url in urls if urls.count(url) > 1}):
        messages.append(f"names {url} twice.")
    return messages


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
