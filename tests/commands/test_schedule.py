"""``govreports schedule``: the lines that it prints do what they say when cron or systemd runs them."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from collected import Collection, Ran, run_govreports
from crawled import Site, served

from govreports.replica.families.trs import TrsHabits, TrsPortal
from govreports.replica.faults import Fault
from govreports.replica.samples import Publisher, sample_reports
from govreports.schedules import Place, crontab_text, draw_times, systemd_texts

NAME = "small"
PUBLISHER = Publisher(name="清岚区人民政府", credit_code="11420191MB0000001A")
PLACE = Place(folder="/srv/gov reports", program="/opt/venv/bin/govreports", environment_file="/srv/gov reports/env")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal with one report: the crawls here keep their pauses."""
    reports = sample_reports(1, publishers=[PUBLISHER], years=[2024])
    portal = TrsPortal(NAME, habits=TrsHabits(), name="清岚区人民政府", division_code="420191", reports=reports)
    with served(tmp_path_factory.mktemp("site"), portal) as site:
        yield site


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """Where the crawls run, with the files that the command wrote."""
    collection = Collection(tmp_path / "data")
    environment = {**site.environment, **collection.environment, "GOVREPORTS_CONTACT": "Ops <ops@example.org>"}
    (tmp_path / "data").mkdir()
    done = run_govreports(
        collection, "schedule", "--folder", str(tmp_path), "--write", str(tmp_path), environment=environment
    )
    assert done.code == 0, done.stderr
    # What is started there must be the tree that is under test, too.
    with (tmp_path / "govreports.env").open("a", encoding="utf-8") as target:
        target.write(f"PYTHONPATH={shlex.quote(os.environ.get('PYTHONPATH', ''))}\nNO_PROXY=*\n")
    return tmp_path


def by_cron(folder: Path, word: str) -> Ran:
    """What cron does with the line that has this word: /bin/sh, and next to nothing in the environment."""
    lines = (folder / "crontab").read_text("utf-8").splitlines()
    (line,) = [line for line in lines if word in line and not line.startswith("#")]
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=environment, cwd="/", capture_output=True, text=True, timeout=100, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def states(folder: Path) -> list[tuple[str]]:
    return Collection(folder / "data").ask("SELECT state FROM crawl_list ORDER BY crawl_id")


@pytest.mark.slow
def test_the_lines_of_the_crontab_crawl_and_say_nothing_while_all_is_well(folder: Path) -> None:
    assert by_cron(folder, "data/weekly.log") == Ran(0, "", "")
    assert by_cron(folder, "--due") == Ran(0, "", "")
    assert states(folder)[0] == ("complete",)
    assert "new: 1" in (folder / "data" / "weekly.last").read_text("utf-8")


@pytest.mark.slow
def test_cron_has_something_to_mail_when_a_portal_turned_bad_and_only_then(site: Site, folder: Path) -> None:
    site.portal(NAME).fault = Fault(kind="ruishu")
    first = by_cron(folder, "data/weekly.log")
    second = by_cron(folder, "data/weekly.log")
    site.portal(NAME).fault = None
    assert (f"{NAME} (清岚区人民政府): blocked turned bad" in first.stdout, second.stdout) == (True, "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["govreports", "govreports-due"])
def test_the_services_crawl(folder: Path, name: str) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(folder / f"{name}.service", "utf-8")
    service = unit["Service"]
    words = Path(service["EnvironmentFile"]).read_text("utf-8").splitlines()
    environment = dict(shlex.split(word)[0].split("=", 1) for word in words if not word.startswith("#"))
    done = subprocess.run(
        shlex.split(service["ExecStart"]),
        env={"PATH": "/usr/bin:/bin", **environment},
        cwd=service["WorkingDirectory"],
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, states(folder)) == (0, [("complete",)])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_no_mistake_in_the_units(folder: Path) -> None:
    (folder / "mistaken.service").write_text("[Service]\nExecStart=/bin/true\nWhenever=now\n", "utf-8")
    units = [str(path) for pattern in ("*.service", "*.timer") for path in folder.glob(pattern)]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60, check=False
    )
    # It looks at units of the machine, too, and complains of those.
    named = [line for line in done.stderr.splitlines() if str(folder) in line]
    assert (len(units), len(named), "mistaken.service" in named[0]) == (5, 1, True)


def test_minutes_are_drawn_and_never_on_the_hour() -> None:
    drawn = [draw_times(Random(seed)) for seed in range(200)]
    minutes = {time.weekly_minute for time in drawn} | {time.daily_minute for time in drawn}
    assert (len(minutes) > 40, min(minutes) > 0, max(minutes) < 60) == (True, True, True)
    assert {time.weekday for time in drawn} == set(range(7))


def test_a_folder_with_a_blank_is_quoted_everywhere() -> None:
    times = draw_times(Random(1))
    assert crontab_text(PLACE, times).count("cd '/srv/gov reports' && ") == 2
    assert "WorkingDirectory=/srv/gov reports\n" in systemd_texts(PLACE, times)["govreports.service"]


def test_secrets_are_left_to_be_written_in(tmp_path: Path) -> None:
    secrets = {
        "GOVREPORTS_DATABASE_URL": "postgresql+psycopg://crawler:hush@db/reports",
        "GOVREPORTS_REDIS_URL": "redis://:hush@queue:6379/0",
        "GOVREPORTS_SMTP_PASSWORD": "hush-hush",
        "GOVREPORTS_WEBHOOK_URL": "https://hooks.example.org/T0KEN",
    }
    done = run_govreports(Collection(tmp_path), "schedule", environment=secrets)
    assert [name for name in secrets if f"# {name}=…" not in done.stdout] == []
    assert ("hush" in done.stdout, "T0KEN" in done.stdout) == (False, False)


@pytest.mark.parametrize("arguments", [["anacron"], ["cron", "systemd"]])
def test_another_way_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    done = run_govreports(Collection(tmp_path), "schedule", *arguments)
    assert (done.code, "schedule prints for cron or systemd, not" in done.stderr) == (2, True)
