"""``govreports newportal``: the entry that it prints, and what it writes into the registry."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from crawling import Crawled, write_registry

from govreports.cli import main
from govreports.replica.server import ReplicaServer

Run = Callable[..., Crawled]
QUICK = (
    "-s",
    "DOWNLOAD_DELAY=0.002",
    "-s",
    "AUTOTHROTTLE_ENABLED=False",
    "-s",
    "RETRY_TIMES=0",
    "-s",
    "GOVREPORTS_CONTACT=tests",
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["newportal"], "newportal takes one address"),
        (["newportal", "www.a.gov.cn"], "www.a.gov.cn is no http(s) address"),
        (["newportal", "http://a.gov.cn/", "--family", "wordpress"], "unknown family 'wordpress'"),
        (["newportal", "http://a.gov.cn/", "--file", "../x.toml"], "write the province in pinyin, as hubei.toml"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr().err
    assert (ended.value.code, said in told, len(told.strip().splitlines())) == (2, True, 1)


def test_the_entry_is_printed_alone_and_written_into_its_provinces_file(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        home, column, hosts = server.home("trs_plain"), server.url("trs_plain"), server.hosts
        division = server.portal("trs_plain").division_code
        portals = write_registry(
            tmp_path / "portals",
            {"id": "other", "family": "trs", "start_urls": ["http://127.0.0.9/x/"]},
            prefix=division[:2],
        )
        before = (portals / "trial.toml").read_text("utf-8")
        allowed = [*hosts, "127.0.0.9"]
        done = run("newportal", home, "--write", "--id", "qinglan", *QUICK, portals=portals, hosts=allowed)
        assert (done.code, done.stderr) == (
            0,
            f"Written: {portals / 'trial.toml'}. Next: govreports crawl qinglan -a sample=1\n",
        )
        again = run("newportal", home, *QUICK, portals=portals, hosts=allowed)
    entry = tomllib.loads(done.stdout)["portal"][0]
    assert (entry["id"], entry["family"], entry["start_urls"]) == ("qinglan", "trs", [column])
    written = (portals / "trial.toml").read_text("utf-8")
    assert written == f"{before.rstrip()}\n\n{done.stdout}"
    assert (again.code, again.last_line) == (
        1,
        "govreports newportal: the registry has this column already: qinglan in trial.toml.",
    )
