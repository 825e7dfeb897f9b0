"""The replica's registry folder is one that the registry itself reads without findings."""

from __future__ import annotations

from pathlib import Path

from govreports.registry import load_registry
from govreports.registry.hosts import AllowedHosts
from govreports.replica.catalogue import portal_names
from govreports.replica.registry_folder import write_registry
from govreports.replica.server import ReplicaServer


def test_every_replica_portal_is_a_valid_entry(tmp_path: Path) -> None:
    with ReplicaServer(portal_names()) as server:
        folder = write_registry(server, tmp_path / "portals")
        registry = load_registry(
            str(folder),
            families={portal.family for portal in server.portals.values()},
            allowed=AllowedHosts.parse(",".join(server.hosts)),
        )
    assert registry.findings == ()
    assert set(registry.portals) == set(portal_names())


def test_a_folder_written_again_names_only_the_new_portals(tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain", "vsb"]) as server:
        write_registry(server, tmp_path)
    with ReplicaServer(["vsb"]) as server:
        write_registry(server, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["replica_53.toml"]
