"""``govreports probe``: what it prints, its exit codes, and that it keeps the manners of a crawl."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from crawling import Crawled, write_registry

from govreports.cli import main
from govreports.replica.faults import Fault
from govreports.replica.server import ReplicaServer

Run = Callable[..., Crawled]
QUICK = ("-s", "DOWNLOAD_DELAY=0.002", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["probe"], "takes one address"),
        (["probe", "http://a.gov.cn/", "http://b.gov.cn/"], "takes one address"),
        (["probe", "www.a.gov.cn"], "www.a.gov.cn is no http(s) address"),
        (["probe", "http://a.gov.cn/", "--family", "wordpress"], "unknown family 'wordpress'"),
        (["probe", "http://a.gov.cn/", "--pages", "0"], "--pages must be 1 or more"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr().err
    assert (ended.value.code, said in told, len(told.strip().splitlines())) == (2, True, 1)


def test_a_home_page_ends_in_an_entry_that_checkportals_accepts(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["hanweb_jpaas"]) as server:
        done = run("probe", server.home("hanweb_jpaas"), *QUICK, hosts=server.hosts)
        column = server.url("hanweb_jpaas")
        hosts = server.hosts
    assert done.code == 0, done.stderr
    assert done.stdout.startswith(
        f"{column.partition('/col')[0]}/ is a home page.\nFamily: hanweb_jpaas, 大汉 jpaas.\n"
    )
    assert "  best guess: hanweb_jpaas, score 4\n    page: jpaas-publish-server\n" in done.stdout
    assert "  runner-up: hanweb_jpage, score 3\n    address: /col/col55714/\n" in done.stdout
    assert f'Column: {column}\n    linked as "政府信息公开年报" on ' in done.stdout
    assert "A crawl would fetch 6 reports (2020 to 2025)." in done.stdout
    entry = done.stdout[done.stdout.index("[[portal]]") :]
    assert tomllib.loads(entry)["portal"][0]["start_urls"] == [column]
    portals = tmp_path / "portals"
    portals.mkdir()
    (portals / "pasted.toml").write_text(f'province = "山东省"\ndivision_prefix = "37"\n\n{entry}', "utf-8")
    checked = run("checkportals", portals=portals, hosts=hosts)
    assert (checked.code, checked.stdout.startswith("1 portals without mistakes, 0 of them not crawlable")) == (0, True)


def test_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        done = run("probe", server.url("trs_plain"), *QUICK, hosts=server.hosts)
    assert done.code == 0
    assert list(tmp_path.iterdir()) == []


def test_json_is_one_object(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        done = run("probe", server.url("trs_plain"), "--json", *QUICK, hosts=server.hosts)
    found = json.loads(done.stdout)
    assert (found["family"], found["reports"], found["state"]) == ("trs", 7, "complete")
    assert found["guesses"][0]["evidence"] == ["page: createPageHTML(3", "page: /t20260116_1208050.shtml"]


def test_a_registered_column_is_named_and_another_family_is_doubted(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        entry = {"id": "qinglan", "family": "vsb", "start_urls": [server.url("trs_plain")]}
        portals = write_registry(tmp_path / "portals", entry)
        done = run("probe", server.home("trs_plain"), *QUICK, portals=portals, hosts=server.hosts)
    assert "# The registry has this column already: qinglan in trial.toml." in done.stdout
    assert "  in doubt: the registry's entry qinglan says vsb." in done.stdout


def test_a_bounded_probe_says_that_there_is_more(run: Run) -> None:
    with ReplicaServer(["trs_years"]) as server:
        done = run("probe", server.url("trs_years"), "--pages", "3", *QUICK, hosts=server.hosts)
        asked = [served.target for served in server.served if served.target != "/robots.txt"]
    assert (done.code, len(asked)) == (0, 3)
    assert "A crawl would fetch at least " in done.stdout


def test_robots_txt_is_obeyed(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        server.portal("trs_plain").robots = "User-agent: *\nDisallow: /\n"
        done = run("probe", server.url("trs_plain"), *QUICK, hosts=server.hosts)
        asked = [served.target for served in server.served]
    assert (done.code, done.stdout, asked) == (1, "", ["/robots.txt"])
    assert ": robots. " in done.last_line


def test_a_host_that_is_not_allowed_is_never_contacted(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        done = run("probe", server.url("trs_plain"), *QUICK, hosts=["gov.cn"])
        assert server.served == []
    assert (done.code, done.stdout, ": failed:host_not_allowed. " in done.last_line) == (1, "", True)


def test_a_protection_is_named_and_nothing_is_guessed(run: Run) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        server.portal("trs_plain").fault = Fault(kind="ruishu")
        done = run("probe", server.url("trs_plain"), *QUICK, hosts=server.hosts)
    assert (done.code, done.stdout, ": blocked:ruishu. " in done.last_line) == (1, "", True)
