"""The command line: usage, exit codes, and the registry as spiders."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawling import Crawled, write_registry

from govreports.cli import main

Run = Callable[..., Crawled]
ENTRY: dict[str, Any] = {"id": "shi_yan", "family": "trs", "start_urls": ["http://127.0.0.1:9/zfxxgknb/"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl"], "needs a portal"),
        (["crawl", "a", "b"], "one portal, not a b"),
        (["crawl", "shi_yam"], "did you mean shi_yan?"),
        (["crawl", "nothing_like_it"], "govreports list"),
        (["crawl", "shi_yan", "-a", "colour=red"], "unknown argument 'colour'; shi_yan takes years, full, sample."),
        (["crawl", "shi_yan", "-a", "years=2024-2019"], "ends before it begins"),
        (["crawl", "shi_yan", "--colour"], "not shi_yan --colour"),
        (["crawl", "column"], "-a url="),
        (["crawl", "column", "-a", "url=www.a.gov.cn"], "no http(s) address"),
        (["crawl", "column", "-a", "url=file:///etc/passwd"], "no http(s) address"),
        (["crawl", "column", "-a", "url=http://127.0.0.1/", "-a", "family=wordpress"], "unknown family 'wordpress'"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    portals = write_registry(tmp_path / "portals", ENTRY)
    options = ["-s", f"GOVREPORTS_PORTALS={portals}", "-s", "GOVREPORTS_ALLOWED_HOSTS=127.0.0.1"]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, *options])
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in told
    assert len(told.strip().splitlines()) == 1


def test_wrong_allowed_hosts_are_wrong_usage(run: Run) -> None:
    done = run("list", hosts=["127.0.0.1:80"])
    assert (done.code, done.stderr.count("\n")) == (2, 1)
    assert "without scheme, port or path" in done.stderr


def test_a_registry_folder_that_is_missing_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    done = run("checkportals", portals=tmp_path / "none")
    assert (done.code, done.stderr.count("\n")) == (2, 1)


def test_list_shows_every_portal_and_the_column_spider(run: Run) -> None:
    done = run("list", hosts=["gov.cn"])
    names = done.stdout.split()
    assert done.code == 0
    assert {"zibo_zhangdian", "column", "beijing_dongcheng"} <= set(names)
    assert len(names) >= 72


def test_a_portal_that_is_not_crawlable_says_why_and_exits_1(run: Run, tmp_path: Path) -> None:
    entry = {**ENTRY, "crawlable": False, "reason": "its column is not known"}
    done = run("crawl", "shi_yan", portals=write_registry(tmp_path / "portals", entry))
    assert done.code == 1
    assert done.last_line.endswith("shi_yan cannot be crawled: its column is not known.")


def test_a_portal_with_a_mistake_in_its_entry_is_not_crawled(run: Run, tmp_path: Path) -> None:
    entry = {**ENTRY, "family": "wordpress"}
    done = run("crawl", "shi_yan", portals=write_registry(tmp_path / "portals", entry))
    assert done.code == 2
    assert "trial.toml: shi_yan: unknown family" in done.stderr


def test_checkportals_is_clean_for_the_packages_registry(run: Run) -> None:
    done = run("checkportals", hosts=["gov.cn"])
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.strip().endswith("0 mistakes.")


def test_checkportals_prints_each_mistake_and_exits_1(run: Run, tmp_path: Path) -> None:
    portals = write_registry(tmp_path / "portals", ENTRY, {**ENTRY, "colour": "red", "id": "other"}, ENTRY)
    done = run("checkportals", portals=portals)
    assert done.code == 1
    assert done.stdout.splitlines()[0].startswith("trial.toml: other: unknown key 'colour'")
    assert done.stdout.splitlines()[1] == "trial.toml: shi_yan: the id stands in trial.toml already."


def test_settings_of_a_scrapy_project_around_the_folder_do_not_leak_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = another.settings\n", "utf-8")
    done = run("settings", "--get", "BOT_NAME")
    assert (done.code, done.stdout.strip()) == (0, "govreports")


def test_scrapy_does_the_same_in_a_checkout() -> None:
    checkout = Path(__file__).parent.parent.parent
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "checkportals"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip().endswith("0 mistakes.")) == (0, True), done.stderr


def test_an_unknown_command_exits_2(run: Run) -> None:
    assert run("fly").code == 2
