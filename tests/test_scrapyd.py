"""The project deployed as an egg to scrapyd, and jobs scheduled over its API: the reports end in the store."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from collected import Collection
from crawled import QUICK

from govreports.replica.registry_folder import write_registry
from govreports.replica.server import ReplicaServer

pytestmark = pytest.mark.slow

pytest.importorskip("scrapyd", reason="scrapyd is not installed: pip install 'govreports[scrapyd]'")

ROOT = Path(__file__).parents[1]
NAMES = ("trs_plain", "static_index")
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Scrapyd:
    """A scrapyd with the project deployed, and where its jobs store."""

    url: str
    egg: Path
    server: ReplicaServer
    collection: Collection

    def ask(self, service: str, **fields: str | list[str]) -> dict[str, Any]:
        """Call the API: GET without fields but ``project``, else POST."""
        data = urllib.parse.urlencode(fields, doseq=True)
        get = service.startswith("list")
        request = urllib.request.Request(
            f"{self.url}{service}.json" + (f"?{data}" if get else ""), data=None if get else data.encode()
        )
        with _OPENER.open(request, timeout=60) as answer:
            return dict(json.load(answer))

    def wait_for_jobs(self, count: int) -> None:
        deadline = time.monotonic() + _PATIENCE
        while len(self.ask("listjobs", project="govreports")["finished"]) < count and time.monotonic() < deadline:
            time.sleep(0.2)


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def project(folder: Path, server: ReplicaServer, url: str) -> Path:
    """A copy of the project whose registry holds the replica portals, ready to be deployed to ``url``."""
    folder.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "scrapy.cfg"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "govreports", folder / "govreports", ignore=shutil.ignore_patterns("__pycache__"))
    write_registry(server, folder / "govreports" / "registry" / "portals")
    with (folder / "scrapy.cfg").open("a", encoding="utf-8") as configuration:
        configuration.write(f"url = {url}\n")
    return folder


@contextmanager
def running(folder: Path, port: int, environment: dict[str, str]) -> Iterator[None]:
    folder.mkdir()
    (folder / "scrapyd.conf").write_text(
        f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {port}\npoll_interval = 0.2\nmax_proc = 2\n", "utf-8"
    )
    with (folder / "out").open("w") as out:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "scrapyd"], cwd=folder, env=environment, stdout=out, stderr=out
        )
        try:
            deadline = time.monotonic() + _PATIENCE
            while time.monotonic() < deadline:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scrapyd]:
    folder = tmp_path_factory.mktemp("scrapyd")
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    collection = Collection(folder / "data")
    (folder / "data").mkdir()
    with ReplicaServer(NAMES) as server:
        source = project(folder / "project", server, url)
        # The tree under test is not on the path: what runs is in the egg.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environment |= {**collection.environment, "GOVREPORTS_ALLOWED_HOSTS": f"gov.cn,{','.join(server.hosts)}"}
        environment |= {"NO_PROXY": "*", "GOVREPORTS_PORTALS": ""}
        with running(folder / "scrapyd", port, environment):
            deployed = subprocess.run(
                [Path(sys.executable).parent / "scrapyd-deploy"],
                cwd=source,
                env=environment,
                capture_output=True,
                text=True,
                timeout=200,
                check=False,
            )
            assert deployed.returncode == 0, deployed.stdout + deployed.stderr
            (egg,) = (folder / "scrapyd" / "eggs" / "govreports").glob("*.egg")
            yield Scrapyd(url, egg, server, collection)


def test_the_egg_is_a_zip_that_holds_the_registry_and_all_other_data(scrapyd: Scrapyd) -> None:
    held = set(zipfile.ZipFile(scrapyd.egg).namelist())
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "govreports").rglob("*")
        if path.suffix in (".toml", ".sql", ".py") and "__pycache__" not in path.parts
    }
    assert there - held == set()


def test_the_registry_is_found_inside_the_zip(scrapyd: Scrapyd) -> None:
    spiders = scrapyd.ask("listspiders", project="govreports")["spiders"]
    assert {*NAMES, "column", "wuhan_hongshan"} <= set(spiders)


def test_jobs_that_run_side_by_side_fill_one_store(scrapyd: Scrapyd) -> None:
    settings = [value for value in QUICK if value != "-s"]
    for name in NAMES:
        answer = scrapyd.ask("schedule", project="govreports", spider=name, setting=settings)
        assert answer["status"] == "ok"
    scrapyd.wait_for_jobs(len(NAMES))
    assert scrapyd.collection.ask("SELECT portal, state FROM crawl_list ORDER BY portal") == [
        ("static_index", "complete"),
        ("trs_plain", "complete"),
    ]
    stored = dict(scrapyd.collection.ask("SELECT portal, COUNT(*) FROM report_list GROUP BY portal"))
    assert stored == {name: len(scrapyd.server.portal(name).reports) for name in NAMES}
    scrapyd.collection.assert_whole()


def test_arguments_of_a_job_reach_the_spider(scrapyd: Scrapyd) -> None:
    before = len(scrapyd.ask("listjobs", project="govreports")["finished"])
    settings = [value for value in QUICK if value != "-s"]
    scrapyd.ask("schedule", project="govreports", spider="trs_plain", setting=settings, sample="1")
    scrapyd.wait_for_jobs(before + 1)
    assert scrapyd.collection.ask("SELECT scope FROM crawl_list ORDER BY crawl_id DESC LIMIT 1") == [("sample=1",)]
