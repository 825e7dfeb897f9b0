"""The replica portals as a registry folder, so that a crawl finds them as it finds real ones."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from govreports.registry.portal import PROVINCES
from govreports.replica.portal import Portal
from govreports.replica.server import ReplicaServer


def write_registry(server: ReplicaServer, folder: Path) -> Path:
    """Write one TOML file per province for the portals that ``server`` serves; the folder.

    The files of an earlier call go: their portals are served no more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob("replica_*.toml"):
        earlier.unlink()
    by_province: dict[str, list[Portal]] = defaultdict(list)
    for portal in server.portals.values():
        by_province[portal.division_code[:2]].append(portal)
    for prefix, portals in by_province.items():
        head = f"province = {_quoted(PROVINCES[prefix])}\ndivision_prefix = {_quoted(prefix)}\n"
        entries = "".join(_entry(server, portal) for portal in portals)
        (folder / f"replica_{prefix}.toml").write_text(head + entries, encoding="utf-8")
    return folder


def _entry(server: ReplicaServer, portal: Portal) -> str:
    values: dict[str, str | list[str]] = {
        "id": portal.id,
        "name": portal.name,
        "division_code": portal.division_code,
        "family": portal.family,
        "start_urls": [server.url(portal.id)],
        "url_confidence": "seen",
        "checked": "never",
    }
    if portal.known_documents:
        values["documents"] = [server.url(portal.id, path) for path in portal.known_documents]
    lines = "".join(f"{key} = {_quoted(value)}\n" for key, value in values.items())
    return f"\n[[portal]]\n{lines}"


def _quoted(value: str | list[str]) -> str:
    # A JSON string, or list of strings, is one of TOML too.
    return json.dumps(value, ensure_ascii=False)
