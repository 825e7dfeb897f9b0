"""``govreports crawlall`` over real HTTP: one run over many portals, and what may happen to it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from collected import Collection
from crawled import QUICK, Site, served

from govreports.cli import main
from govreports.replica.faults import Fault

NAMES = ("static_index", "trs_offset", "trs_plain")
SLOW = ("-s", "DOWNLOAD_DELAY=0.4", "-s", "DOWNLOAD_DELAY_JITTER=0")


@pytest.fixture(scope="module")
def served_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("site"), *NAMES) as site:
        yield site


@pytest.fixture
def site(served_once: Site, tmp_path: Path) -> Iterator[Site]:
    """The served portals with an empty collection, and without faults."""
    served_once.server.served.clear()
    yield Site(served_once.server, served_once.registry, Collection(tmp_path))
    for name in NAMES:
        served_once.portal(name).fault = None


def reports(site: Site) -> int:
    return sum(len(site.portal(name).reports) for name in NAMES)


def wait_for(site: Site, requests: int) -> None:
    """Until the portals have answered so many requests."""
    deadline = time.monotonic() + 60
    while len(site.server.served) < requests and time.monotonic() < deadline:
        time.sleep(0.01)


def finish(run: subprocess.Popen[str]) -> tuple[int, str, str]:
    stdout, stderr = run.communicate(timeout=100)
    return run.returncode, stdout, stderr


def test_all_portals_end_in_one_run_that_adds_them_up(site: Site) -> None:
    done = site.crawl_all()
    assert done.code == 0, done.stderr
    assert re.match(rf"3 of 3 portals: 3 complete\. Reports seen: {reports(site)}, new: {reports(site)},", done.stdout)
    assert site.collection.ask("SELECT COUNT(*) FROM report_list") == [(reports(site),)]
    sums = "SUM(items_seen), SUM(reports_seen), SUM(new), SUM(requests), SUM(bytes), SUM(issues)"
    (of_portals,) = site.collection.ask(f"SELECT {sums} FROM crawl_list")
    (of_run,) = site.collection.ask("SELECT items_seen, reports_seen, new, requests, bytes, issues FROM run_list")
    assert of_run == of_portals
    assert site.collection.ask("SELECT command, reason, portals_planned, complete FROM run_list") == [
        ("crawlall", "finished", 3, 3)
    ]


def test_a_portal_that_fails_does_not_cost_the_others_theirs(site: Site) -> None:
    site.portal("trs_offset").fault = Fault(kind="ruishu")
    done = site.crawl_all()
    assert (done.code, "trs_offset: blocked:ruishu. " in done.stdout) == (1, True)
    assert "trs_offset (南屿区人民政府): blocked turned bad: blocked:ruishu: http://" in done.stdout
    assert site.collection.ask("SELECT portal, state FROM crawl_list ORDER BY 1") == [
        ("static_index", "complete"),
        ("trs_offset", "blocked:ruishu"),
        ("trs_plain", "complete"),
    ]
    assert site.collection.ask("SELECT complete, blocked, turned_bad FROM run_list") == [(2, 1, 1)]
    assert site.crawl_all().code == 0


def test_without_monitors_nothing_is_judged_and_nobody_told(site: Site) -> None:
    site.portal("trs_offset").fault = Fault(kind="ruishu")
    assert site.crawl_all("-s", "GOVREPORTS_MONITORS=0").code == 0
    assert site.collection.ask("SELECT COUNT(*) FROM monitor_verdict") == [(0,)]


def test_a_sample_is_one_report_of_each_portal(site: Site) -> None:
    done = site.crawl_all("--sample", "1")
    assert done.code == 0, done.stderr
    assert site.collection.ask("SELECT portal, state, scope, reports_seen FROM crawl_list ORDER BY 1") == [
        (name, "complete", "sample=1", 1) for name in NAMES
    ]
    assert len(site.server.served) == 3 * 3


@pytest.mark.slow
def test_a_run_whose_time_is_up_stops_and_the_next_ones_go_on_from_there(site: Site) -> None:
    first = site.crawl_all("--minutes", "0.05", "--parallel", "1", *SLOW)
    ((reason, planned),) = site.collection.ask("SELECT reason, portals_planned FROM run_list")
    assert (first.code, reason, planned, "Traceback" in first.stderr) == (0, "time_budget", 3, False)
    assert "The time was up; the next run of the same selection goes on with the 3 portals left." in first.stdout
    site.collection.assert_whole()
    second = site.crawl_all("--minutes", "10")
    assert second.code == 0
    assert site.collection.ask("SELECT COUNT(*) FROM report_list") == [(reports(site),)]
    assert site.collection.ask("SELECT reason, portals FROM run_list WHERE crawl_id = 2") == [("finished", 3)]


@pytest.mark.slow
def test_what_a_stopped_run_has_done_is_not_done_again(site: Site) -> None:
    run = site.start_all("--parallel", "1", *SLOW)
    wait_for(site, len(site.portal("static_index").reports) + 8)
    run.send_signal(signal.SIGINT)
    code, stdout, stderr = finish(run)
    assert (code, "Traceback" in stderr) == (1, False)
    assert "The run was stopped; the next run of the same selection goes on with the 2 portals left." in stdout
    assert site.collection.ask("SELECT reason FROM run_list") == [("shutdown",)]
    site.server.served.clear()
    second = site.crawl_all()
    assert "Going on with run 1: 2 of 3 portals are left." in second.stdout
    assert {one.portal for one in site.server.served} == {"trs_offset", "trs_plain"}
    assert site.collection.ask("SELECT COUNT(*) FROM report_list") == [(reports(site),)]


@pytest.mark.slow
def test_a_second_run_says_who_holds_the_store_or_waits(site: Site) -> None:
    first = site.start_all("--parallel", "1", "-s", "DOWNLOAD_DELAY=2", "-s", "DOWNLOAD_DELAY_JITTER=0")
    wait_for(site, 1)
    refused = site.crawl_all()
    assert refused.code == 1
    assert re.search(
        rf"another run holds the store: process {first.pid} on \S+, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC;",
        refused.stderr,
    )
    waiting = site.start_all("--wait", "--sample", "1")
    assert waiting.stderr is not None
    assert f"waiting for process {first.pid}" in waiting.stderr.readline()
    first.send_signal(signal.SIGINT)
    finish(first)
    assert finish(waiting)[0] == 0
    assert site.collection.ask("SELECT reason FROM run_list") == [("shutdown",), ("finished",)]
    assert site.collection.ask("SELECT * FROM run_lock") == []


@pytest.mark.slow
def test_the_lock_of_a_killed_run_is_taken_over_and_its_work_continued(site: Site) -> None:
    first = site.start_all("--parallel", "1", *SLOW)
    wait_for(site, 6)
    first.kill()
    finish(first)
    second = site.crawl_all()
    assert (second.code, "run 1 was killed; its lock is taken over" in second.stderr) == (0, True)
    assert site.collection.ask("SELECT reason FROM run_list") == [("killed",), ("finished",)]
    assert site.collection.ask("SELECT state FROM crawl_list WHERE crawl_id = 1") == [("failed:killed",)]
    assert site.collection.ask("SELECT COUNT(*) FROM report_list") == [(reports(site),)]
    site.collection.assert_whole()


def test_portals_on_one_host_are_not_asked_at_the_same_time(site: Site, tmp_path: Path) -> None:
    registry = tmp_path / "two"
    registry.mkdir()
    head = 'province = "湖北省"\ndivision_prefix = "42"\n'
    entry = (
        '\n[[portal]]\nid = "{}"\nname = "清岚区"\ndivision_code = "420191"\nfamily = "trs"\nstart_urls = ["{}"]\n'
        'url_confidence = "seen"\nchecked = "never"\n'
    )
    addresses = {"column": site.server.url("trs_plain"), "home": site.server.home("trs_plain")}
    entries = "".join(entry.format(f"by_{name}", url) for name, url in addresses.items())
    (registry / "two.toml").write_text(head + entries, "utf-8")
    assert Site(site.server, registry, site.collection).crawl_all().code == 0
    targets = [one.target for one in site.server.served]
    articles = [target for target in targets[: targets.index("/")] if "/t20" in target]
    assert len(set(articles)) == len(articles) == len(site.portal("trs_plain").reports)


@pytest.mark.slow
def test_on_a_terminal_there_is_a_bar_and_no_line_a_page(site: Site) -> None:
    terminal, its_end = pty.openpty()
    # Wide enough for one line.
    fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    environment = {**os.environ, **site.environment, **site.collection.environment, "TERM": "xterm"}
    run = subprocess.Popen(
        [sys.executable, "-m", "govreports.cli", "crawlall", *QUICK],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=its_end,
        text=True,
    )
    os.close(its_end)
    shown = b""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            shown += part
    os.close(terminal)
    stdout, _ = run.communicate(timeout=60)
    assert (run.returncode, "3 of 3 portals: 3 complete" in stdout) == (0, True)
    assert (b"3/3" in shown, f"{reports(site)} pages".encode() in shown, b"INFO" in shown) == (True, True, False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shard", "3/2"], "--shard 3/2 is no part"),
        (["--queue", "march"], "--queue needs GOVREPORTS_REDIS_URL"),
        (["--queue", "march", "--shard", "1/2"], "--queue and --shard are two ways"),
        (["--queue", "März", "-s", "GOVREPORTS_REDIS_URL=redis://localhost"], "--queue März is no name"),
        (["--province", "Atlantis"], "--province Atlantis is no province"),
        (["--parallel", "0"], "--parallel 0"),
        (["--minutes", "0"], "--minutes 0"),
        (["wuhan"], "crawlall takes no argument"),
        (["-s", "GOVREPORTS_TODAY=tomorrow"], "GOVREPORTS_TODAY=tomorrow is no date"),
        (["-s", "GOVREPORTS_MAIL_TO=ops@example.org"], "alerts by e-mail need GOVREPORTS_SMTP_HOST"),
        (["-s", "GOVREPORTS_THRESHOLDS=/nowhere.toml"], "GOVREPORTS_THRESHOLDS: /nowhere.toml cannot be read"),
    ],
)
def test_wrong_usage_is_one_sentence(capsys: pytest.CaptureFixture[str], options: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["crawlall", *options])
    assert (ended.value.code, said in capsys.readouterr().err) == (2, True)
