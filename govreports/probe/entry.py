"""The registry entry that a probe proposes."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from govreports.registry import Registry
from govreports.registry.addresses import address_key, folder, is_folder
from govreports.registry.portal import PROVINCES, Portal
from govreports.reports.text import TextCleaner
from govreports.spiders.probe import Findings, SeenPage

_ID_PART = re.compile(r"[a-z0-9]+")
Value = str | list[str]
_FIRST = ("id", "name", "division_code", "family")
"""Keys in the order in which the registry's own entries begin."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Keys and values of an entry; keys that the probe could not fill are in ``missing`` with what to do."""

    values: dict[str, Value]
    missing: dict[str, str]
    file: str | None
    """The registry file of its province, None where the division is not known."""
    head: str
    """The head of that file, where the registry has no such file yet."""
    already: Portal | None
    """The entry that has one of the columns already."""

    def toml(self) -> str:
        """The entry as it is pasted. What is missing stands in comments: ``checkportals`` then names it."""
        lines = [f"{key} = {_quoted(value)}" for key, value in self.values.items()]
        lines += [f'# {key} = ""  {what}' for key, what in self.missing.items()]
        return "\n".join(["[[portal]]", *lines]) + "\n"


def with_given(proposal: Proposal, registry: Registry, given: Mapping[str, str]) -> Proposal:
    """The proposal with values that a person gave in place of those that were found, or missing."""
    values = dict(proposal.values)
    values.update({key: given[key] for key in _FIRST if key in given})
    ordered = {key: values[key] for key in (*_FIRST, *values) if key in values}
    missing = {key: what for key, what in proposal.missing.items() if key not in given}
    file, head = _file_of(str(values.get("division_code", "")), registry)
    return Proposal(ordered, missing, file, head, proposal.already)


def _file_of(division: str, registry: Registry) -> tuple[str | None, str]:
    """The registry file of a division's province; where there is none, None and the head of a new one."""
    prefix = division[:2]
    file = next((portal.file for portal in registry.portals.values() if portal.division_code[:2] == prefix), None)
    return file, _head(prefix) if file is None else ""


def columns_found(findings: Findings) -> list[SeenPage]:
    """The annual-report columns nearest to the address that was given: what hangs on them a crawl finds itself.

    In place of a year's or an organ's folder stands the column above it, where that was met as well.
    """
    columns = [page for page in findings.pages if page.kind == "annual-report column"]
    nearest = min((page.depth for page in columns), default=0)
    found = {(above := _above(page, columns)).url: above for page in columns if page.depth == nearest}
    return list(found.values())


def _above(page: SeenPage, columns: Iterable[SeenPage]) -> SeenPage:
    own = folder(page.url)
    holding = [other for other in columns if is_folder(other.url) and own.startswith(folder(other.url))]
    return min(holding, key=lambda other: len(folder(other.url)), default=page)


def propose(url: str, findings: Findings, registry: Registry, *, today: str) -> Proposal:
    """The entry for what was found from ``url``; ``today`` is the ISO date that the probe was made on."""
    columns = columns_found(findings)
    pages = columns or findings.pages
    site_name = next((page.site.name for page in pages if page.site.name), None)
    division = next((page.site.division for page in pages if page.site.division), None)
    values: dict[str, Value] = {"id": _new_id(url, registry.portals), "name": _name(site_name, url)}
    missing: dict[str, str] = {}
    if division is not None and division[:2] in PROVINCES:
        values["division_code"] = division
    else:
        missing["division_code"] = "no page says it (SiteIDCode): fill in the six digits of GB/T 2260"
    if findings.family is not None:
        values["family"] = findings.family
    else:
        missing["family"] = "not decided, see above"
    values["start_urls"] = [page.url for page in columns] or [url]
    if all(page.reports == 0 for page in findings.pages):
        known = [page.url for page in findings.pages if page.kind == "report"]
        values |= {"documents": known} if known else {}
    values["url_confidence"] = "seen" if columns else "unknown"
    values["checked"] = today if columns else "never"
    file, head = _file_of(division or "", registry)
    taken = {address_key(column) for column in values["start_urls"]}
    already = next((p for p in registry.portals.values() if taken & {address_key(u) for u in p.start_urls}), None)
    return Proposal(values, missing, file, head, already)


def _name(said: str | None, url: str) -> str:
    """The site's name in Simplified, as registry entries have it; the host where no page says one."""
    return TextCleaner((said,)).clean(said) if said else urlsplit(url).netloc


def _head(prefix: str) -> str:
    if prefix not in PROVINCES:
        return ""
    return f"province = {_quoted(PROVINCES[prefix])}\ndivision_prefix = {_quoted(prefix)}\n"


def _new_id(url: str, taken: Collection[str]) -> str:
    """An id from the host's name, as the registry makes them: ``jyj.yanan.gov.cn`` → ``yanan_jyj``."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    try:
        parts = ["site", *_ID_PART.findall(ip_address(host).compressed)]
    except ValueError:
        labels = reversed(host.removesuffix(".gov.cn").split("."))
        parts = [part for label in labels for part in _ID_PART.findall(label)]
    if not parts or not parts[0][0].isalpha():
        parts = ["site", *parts]
    name, number = "_".join(parts), 2
    while name in taken:
        name, number = f"{'_'.join(parts)}_{number}", number + 1
    return name


def _quoted(value: Value) -> str:
    # A JSON string, or list of strings, is one of TOML too.
    if isinstance(value, list) and len(value) > 1:
        return "[\n" + "".join(f"    {json.dumps(part, ensure_ascii=False)},\n" for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)
