"""Two years of scheduled crawls over a moved clock: what the coverage says, and what people are told of it.

Portals publish in time, late, correct, withdraw, move and are blocked. What is told is exactly that, once each; weeks
in which nothing happens are quiet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from collected import run_govreports
from crawled import Site, served
from receivers import Hook, MailBox, mail_server, webhook

from govreports.replica.families.static import StaticPortal
from govreports.replica.families.trs import TrsHabits, TrsPortal
from govreports.replica.faults import Fault
from govreports.replica.portal import Portal
from govreports.replica.registry_folder import write_registry
from govreports.replica.reports import FigureKey, ReportSpec
from govreports.replica.samples import Publisher, sample_reports

pytestmark = pytest.mark.slow

RECEIVED: FigureKey = ("requests", "new_received", "natural_person")
EAST = Publisher(name="东湾区人民政府", credit_code="11420191MB0000001A", document_prefix="东政")
WEST = Publisher(name="西岭区教育局", credit_code="11610192MB0000002A")
NORTH = Publisher(name="北塬镇人民政府", credit_code="11431201MB0000003A")
SOUTH = Publisher(name="南浦区人民政府", credit_code="11530193MB0000004A", document_prefix="南政")


@dataclass(slots=True)
class Run:
    """One scheduled run: the day, its exit code, and what it told."""

    day: str
    code: int
    alerts: list[tuple[str, str, str]]
    mails: int
    new: int
    changed: int
    stdout: str


@dataclass(slots=True)
class Years:
    """The portals, what was published when, and all runs so far."""

    site: Site
    hook: Hook
    box: MailBox
    runs: list[Run] = field(default_factory=list)
    coverage: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def environment(self, day: str) -> dict[str, str]:
        return {
            "GOVREPORTS_TODAY": day,
            "GOVREPORTS_WEBHOOK_URL": self.hook.url,
            "GOVREPORTS_MAIL_TO": "ops@example.org",
            "GOVREPORTS_SMTP_HOST": "127.0.0.1",
            "GOVREPORTS_SMTP_PORT": str(self.box.port),
            "GOVREPORTS_SMTP_SECURITY": "none",
        }

    def crawl(self, day: str, *options: str) -> Run:
        before, mails = len(self.hook.bodies), len(self.box.mails)
        done = self.site.crawl_all(*options, environment=self.environment(day))
        assert "Traceback" not in done.stderr, done.stderr
        told = [alert for body in self.hook.bodies[before:] for alert in body["alerts"]]
        ((new, changed),) = self.site.collection.ask("SELECT new, changed FROM run_list ORDER BY crawl_id DESC LIMIT 1")
        run = Run(
            day=day,
            code=done.code,
            alerts=[(alert["portal"], alert["monitor"], alert["change"]) for alert in told],
            mails=len(self.box.mails) - mails,
            new=new,
            changed=changed,
            stdout=done.stdout,
        )
        self.runs.append(run)
        return run

    def look(self, day: str) -> None:
        """Reckon the coverage of a day."""
        environment = {**self.site.environment, **self.environment(day)}
        assert run_govreports(self.site.collection, "coverage", environment=environment).code == 0
        self.coverage[day] = self.site.collection.ask(
            "SELECT portal, report_year, status, punctuality FROM coverage ORDER BY portal, report_year"
        )

    def of_day(self, day: str) -> Run:
        return next(run for run in self.runs if run.day == day)


def report(publisher: Publisher, year: int, published_on: str) -> ReportSpec:
    reports = sample_reports(11, publishers=[publisher], years=range(2022, year + 1))
    return replace(reports[-1], published_on=published_on, issued_on=published_on)


def portals() -> list[Portal]:
    def first(publisher: Publisher) -> list[ReportSpec]:
        return [report(publisher, year, f"{year + 1}-01-15") for year in (2022, 2023)]

    names = {"east": ("东湾区人民政府", "420191"), "west": ("西岭区", "610192"), "north": ("北塬镇", "431291"),
             "south": ("南浦区人民政府", "530193")}  # fmt: skip
    sites = {name: {"name": title, "division_code": code} for name, (title, code) in names.items()}
    return [
        TrsPortal("east", habits=TrsHabits(), reports=first(EAST), **sites["east"]),
        StaticPortal("west", second_page="index_1.html", reports=first(WEST), **sites["west"]),
        TrsPortal("north", habits=TrsHabits(extension="html"), reports=first(NORTH), **sites["north"]),
        TrsPortal("south", habits=TrsHabits(extension="htm"), reports=first(SOUTH), **sites["south"]),
    ]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Years]:
    folder = tmp_path_factory.mktemp("years")
    with mail_server() as box, webhook() as hook, served(folder, *portals()) as site:
        years = Years(site, hook, box)
        _first_year(years)
        _second_year(years)
        yield years


def _first_year(years: Years) -> None:
    east, west, north, south = (years.site.portal(name) for name in ("east", "west", "north", "south"))
    years.crawl("2025-01-06")
    years.look("2025-01-06")
    east.add(report(EAST, 2024, "2025-01-17"))
    north.add(report(NORTH, 2024, "2025-02-10"))
    years.crawl("2025-02-17")
    years.look("2025-02-17")
    west.add(report(WEST, 2024, "2025-03-03"))
    south.add(report(SOUTH, 2024, "2025-03-28"))
    years.crawl("2025-04-07")
    years.look("2025-04-07")
    years.crawl("2025-04-14")
    corrected = next(one for one in east.reports if one.year == 2024)
    east.edit(corrected, {RECEIVED: str(int(corrected.figures[RECEIVED]) + 2)})
    north.column = "/zwgk/xxgknb/"
    years.crawl("2025-06-02")
    years.crawl("2025-06-09")
    write_registry(years.site.server, years.site.registry)
    years.crawl("2025-06-16")
    south.fault = Fault(kind="ruishu")
    years.crawl("2025-09-01")
    years.crawl("2025-09-08")
    south.fault = None
    years.crawl("2025-10-06")


def _second_year(years: Years) -> None:
    east, west, _, south = (years.site.portal(name) for name in ("east", "west", "north", "south"))
    east.add(report(EAST, 2025, "2026-03-30"))
    west.add(report(WEST, 2025, "2026-01-31"))
    south.add(report(SOUTH, 2025, "2026-04-02"))
    years.crawl("2026-04-06")
    years.look("2026-04-06")
    east.remove(next(one for one in east.reports if one.year == 2022))
    years.crawl("2026-05-04")
    years.crawl("2026-05-11")
    # The machine's clock is put back, and forth again.
    years.crawl("2025-03-01")
    years.crawl("2026-12-28")
    years.look("2026-12-28")


TOLD = {
    "2025-06-02": [("north", "moved_column", "turned_bad")],
    "2025-06-16": [("north", "moved_column", "recovered")],
    "2025-09-01": [("south", "blocked", "turned_bad")],
    "2025-10-06": [("south", "blocked", "recovered")],
    "2026-05-04": [("east", "fewer_reports", "turned_bad")],
}


def test_people_are_told_exactly_what_changed_and_when(years: Years) -> None:
    assert {run.day: run.alerts for run in years.runs if run.alerts} == TOLD
    assert years.site.collection.ask("SELECT portal, monitor, change FROM alert_list ORDER BY alert_id") == [
        alert for alerts in TOLD.values() for alert in alerts
    ]


def test_a_run_fails_only_when_a_portal_turned_bad(years: Years) -> None:
    turned = {day for day, alerts in TOLD.items() if any(change == "turned_bad" for _, _, change in alerts)}
    assert {run.day for run in years.runs if run.code != 0} == turned


def test_there_is_one_mail_a_day_with_news_and_none_in_quiet_weeks(years: Years) -> None:
    assert {run.day: run.mails for run in years.runs} == {run.day: int(run.day in TOLD) for run in years.runs}
    text = " ".join(years.box.text(0).split())
    assert "north (北塬镇): moved_column turned bad: http://" in text
    assert "mend the registry entry. Threshold: the columns are where the registry says." in text


def test_every_run_found_exactly_what_was_published(years: Years) -> None:
    assert {run.day: (run.new, run.changed) for run in years.runs if run.new or run.changed} == {
        "2025-01-06": (8, 0),
        "2025-02-17": (2, 0),
        "2025-04-07": (2, 0),
        "2025-06-02": (0, 1),
        "2026-04-06": (3, 0),
    }


def statuses(years: Years, day: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for portal, year, status, punctuality in years.coverage[day]:
        assert year == 2022 + len(found.setdefault(portal, []))
        found[portal].append(
            status if status in (punctuality, "stored") or not punctuality else f"{status}/{punctuality}"
        )
    return found


def test_at_the_start_nothing_of_the_year_is_due_yet(years: Years) -> None:
    assert statuses(years, "2025-01-06") == {
        name: ["stored", "stored", "not_yet_due"] for name in ("east", "west", "north", "south")
    }


def test_after_its_day_a_department_s_report_is_missing_and_a_government_s_is_not(years: Years) -> None:
    assert statuses(years, "2025-02-17") == {
        "east": ["stored", "stored", "stored"],
        "north": ["stored", "stored", "stored"],
        "south": ["stored", "stored", "not_yet_due"],
        "west": ["stored", "stored", "missing"],
    }


def test_what_came_after_its_day_is_late(years: Years) -> None:
    assert statuses(years, "2025-04-07")["west"] == ["stored", "stored", "late"]
    assert statuses(years, "2025-04-07")["south"] == ["stored", "stored", "stored"]


def test_in_the_second_spring_all_is_in_its_place(years: Years) -> None:
    assert statuses(years, "2026-04-06") == {
        "east": ["stored", "stored", "checks_failed/on_time", "stored"],
        "north": ["stored", "stored", "stored", "missing"],
        "south": ["stored", "stored", "stored", "late"],
        "west": ["stored", "stored", "late", "stored"],
    }


def test_at_the_end_what_was_withdrawn_is_told_and_kept(years: Years) -> None:
    assert statuses(years, "2026-12-28") == {
        **statuses(years, "2026-04-06"),
        "east": ["withdrawn/on_time", "stored", "checks_failed/on_time", "stored"],
    }


def test_no_report_was_lost_or_doubled(years: Years) -> None:
    assert years.site.collection.ask(
        "SELECT portal, COUNT(*), SUM(versions) FROM report_list GROUP BY 1 ORDER BY 1"
    ) == [
        ("east", 4, 5),
        ("north", 3, 3),
        ("south", 4, 4),
        ("west", 4, 4),
    ]


def test_the_record_of_runs_is_whole(years: Years) -> None:
    rows = years.site.collection.ask("SELECT reason, portals, turned_bad, recovered FROM run_list ORDER BY crawl_id")
    assert [row[:2] for row in rows] == [("finished", 4)] * len(years.runs)
    assert (sum(row[2] for row in rows), sum(row[3] for row in rows)) == (3, 2)


@pytest.mark.parametrize(
    ("day", "asked"),
    [("2026-06-15", {"north"}), ("2026-12-28", set()), ("2027-01-04", {"east", "north", "south", "west"})],
)
def test_only_portals_with_something_to_expect_are_due(years: Years, day: str, asked: set[str]) -> None:
    years.site.server.served.clear()
    done = years.site.crawl_all("--due", "--sample", "1", environment=years.environment(day))
    assert (done.code, {one.portal for one in years.site.server.served}) == (0, asked)
    if not asked:
        assert "No portal is to be crawled." in done.stdout


def test_the_webhook_got_every_alert_once(years: Years) -> None:
    numbers = [alert["alert_id"] for body in years.hook.bodies for alert in body["alerts"]]
    assert numbers == sorted(set(numbers))
    assert json.dumps(years.hook.bodies, ensure_ascii=False).count("recovered") >= 2
