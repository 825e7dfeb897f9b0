"""The portals as data: TOML files by province, read and validated."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from govreports.registry.addresses import address_key
from govreports.registry.hosts import AllowedHosts
from govreports.registry.portal import PROVINCES, Finding, Portal, read_entry

_HEAD_KEYS = ("province", "division_prefix", "portal")


class RegistryError(Exception):
    """The registry folder itself cannot be read."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All portals without mistakes by id, and the mistakes of the others."""

    portals: dict[str, Portal]
    findings: tuple[Finding, ...]

    def mistakes_of(self, portal_id: str) -> list[Finding]:
        """What is wrong with the entry of this id."""
        return [finding for finding in self.findings if finding.entry == portal_id]


def load_registry(folder: str | None, *, families: Collection[str], allowed: AllowedHosts) -> Registry:
    """Read every ``*.toml`` of ``folder``, or of the package when it is None or empty.

    Raises RegistryError when the folder is not there or holds no registry file.
    """
    portals: dict[str, Portal] = {}
    findings: list[Finding] = []
    columns: dict[str, Portal] = {}
    for source in _registry_files(folder):
        for portal, wrong in _read_file(source, families, allowed):
            findings += wrong
            if portal is None:
                continue
            if (first := portals.get(portal.id)) is not None:
                findings.append(Finding(portal.file, portal.id, f"the id stands in {first.file} already."))
                continue
            shared = {address_key(url): url for url in portal.start_urls if address_key(url) in columns}
            for key, url in shared.items():
                other = columns[key]
                findings.append(
                    Finding(portal.file, portal.id, f"{url} is a column of {other.id} ({other.file}) already.")
                )
            if shared:
                continue
            portals[portal.id] = portal
            columns |= {address_key(url): portal for url in portal.start_urls}
    return Registry(dict(sorted(portals.items())), tuple(findings))


def close_ids(portal_id: str, known: Collection[str]) -> list[str]:
    """Ids that a person may have meant, the likeliest first."""
    likely = get_close_matches(portal_id, known, n=3, cutoff=0.6)
    parts = [known_id for known_id in sorted(known) if portal_id in known_id.split("_")]
    return list(dict.fromkeys([*likely, *parts]))[:5]


def no_portal(portal_id: str, known: Collection[str]) -> str:
    """The sentence for an id that is none of ``known``: what is missing, and what may have been meant."""
    close = close_ids(portal_id, known)
    hint = f"did you mean {' or '.join(close)}?" if close else "govreports list shows them all."
    return f"there is no portal {portal_id!r}; {hint}"


def _registry_files(folder: str | None) -> list[Traversable]:
    root: Traversable
    if folder:
        root = Path(folder)
        if not root.is_dir():
            raise RegistryError(
                f"GOVREPORTS_PORTALS: there is no folder {folder}; leave it out for the registry of the package."
            )
    else:
        root = files("govreports.registry").joinpath("portals")
    found = sorted((entry for entry in root.iterdir() if entry.name.endswith(".toml")), key=lambda f: f.name)
    if not found:
        raise RegistryError(
            f"GOVREPORTS_PORTALS: {folder} holds no .toml file; leave it out for the registry of the package."
        )
    return found


def _read_file(
    source: Traversable, families: Collection[str], allowed: AllowedHosts
) -> Iterator[tuple[Portal | None, list[Finding]]]:
    name = source.name
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield None, [Finding(name, None, f"cannot be read as TOML: {error}.")]
        return
    wrong = [Finding(name, None, message) for message in _wrong_head(data)]
    if wrong:
        yield None, wrong
        return
    for place, entry in enumerate(data.get("portal", []), start=1):
        yield read_entry(
            entry,
            file=name,
            place=place,
            province=data["province"],
            division_prefix=data["division_prefix"],
            families=families,
            allowed=allowed,
        )


def _wrong_head(data: dict[str, Any]) -> list[str]:
    messages = [
        f"unknown key {key!r} in the head; known are {', '.join(_HEAD_KEYS)}." for key in data if key not in _HEAD_KEYS
    ]
    if not isinstance(data.get("province"), str):
        messages.append('the head must say province = "…", the Chinese name.')
    if data.get("division_prefix") not in PROVINCES:
        messages.append('the head must say division_prefix = "37", the first two digits of the province.')
    entries = data.get("portal", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        messages.append("portals must be written as [[portal]] tables.")
    return messages
