"""What each monitor calls good and bad, and when a state changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from govreports.monitors.errors import ThresholdsError
from govreports.monitors.rules import MONITORS, Change, Crawled, Past, Verdict, VerdictWord, judge
from govreports.monitors.thresholds import load_thresholds
from govreports.store import CrawlCounters

THRESHOLDS = load_thresholds()
COUNTERS = CrawlCounters(
    items_claimed=20,
    items_seen=20,
    reports_seen=10,
    reports_read=4,
    labels_unknown=4,
    checks_passed=95,
    checks_failed=5,
    cells_read=400,
    cells_reported=360,
)
WELL = Crawled(state="complete", finish_reason="finished", scope="", counters=COUNTERS)


def counted(**changes: int | None) -> Crawled:
    return replace(WELL, counters=replace(COUNTERS, **changes))


def ended(state: str, message: str = "It says so.") -> Crawled:
    return replace(WELL, state=state, finish_reason=state, message=message)


def past(*verdicts: VerdictWord, value: float | None = None, state: VerdictWord | None = None) -> list[Past]:
    """Earlier verdicts, the newest first."""
    return [Past(verdict=verdict, state=state or verdict, value=value) for verdict in verdicts]


def verdict_of(monitor: str, crawled: Crawled, history: list[Past] | None = None) -> Verdict | None:
    verdicts = judge(crawled, {monitor: history or []}, THRESHOLDS)
    return next((verdict for verdict in verdicts if verdict.monitor == monitor), None)


def test_a_good_crawl_is_good_to_every_monitor_and_changes_nothing() -> None:
    verdicts = list(judge(WELL, {}, THRESHOLDS))
    assert {verdict.monitor for verdict in verdicts} == set(MONITORS)
    assert {(verdict.judgement.verdict, verdict.change) for verdict in verdicts} == {("good", None)}


BAD = {
    "finish": ended("failed:unreachable"),
    "blocked": ended("blocked:ruishu"),
    "moved_column": ended("failed:column_gone"),
    "claimed_items": counted(items_seen=17),
    "fewer_reports": counted(reports_seen=8),
    "unknown_labels": counted(labels_unknown=21),
    "field_coverage": counted(cells_reported=60),
    "identities": counted(checks_failed=30, checks_passed=70),
}


@pytest.mark.parametrize(
    ("monitor", "crawled"),
    [
        *BAD.items(),
        ("finish", replace(WELL, errors=1)),
        ("blocked", ended("robots")),
        ("moved_column", ended("failed:other_site")),
        ("moved_column", ended("failed:empty_column")),
        ("moved_column", replace(WELL, state="partial", moved="http://x.gov.cn/nb/ answers 404")),
    ],
)
def test_a_portal_turns_bad_once_and_recovers_once(monitor: str, crawled: Crawled) -> None:
    history = past("good", value=10 if monitor == "fewer_reports" else None)
    changes: list[Change | None] = []
    for one in (crawled, crawled, WELL, WELL):
        verdict = verdict_of(monitor, one, history)
        assert verdict is not None
        judgement = verdict.judgement
        history = [Past(verdict=judgement.verdict, state=verdict.state, value=judgement.value), *history]
        changes.append(verdict.change)
    assert changes == ["turned_bad", None, "recovered", None]


@pytest.mark.parametrize("monitor", ["finish", "blocked", "moved_column"])
def test_a_portal_that_is_bad_from_the_first_is_told(monitor: str) -> None:
    verdict = verdict_of(monitor, BAD[monitor])
    assert verdict is not None
    assert (verdict.state, verdict.change) == ("bad", "turned_bad")


@pytest.mark.parametrize("state", ["blocked:ruishu", "robots", "failed:unreachable", "failed:column_gone"])
def test_one_trouble_is_the_matter_of_one_monitor(state: str) -> None:
    bad = [verdict.monitor for verdict in judge(ended(state), {}, THRESHOLDS) if verdict.state == "bad"]
    assert len(bad) == 1


def test_what_could_not_be_seen_changes_no_state() -> None:
    assert verdict_of("blocked", ended("failed:unreachable"), past("bad")) is None
    assert verdict_of("fewer_reports", ended("blocked:ruishu"), past("good", value=10)) is None


@pytest.mark.parametrize("reason", ["time_budget", "shutdown"])
def test_a_crawl_that_was_stopped_says_nothing_of_what_it_did_not_see(reason: str) -> None:
    stopped = replace(counted(items_seen=1, reports_seen=1), state="partial", finish_reason=reason)
    bad = [verdict for verdict in judge(stopped, {"fewer_reports": past("good", value=10)}, THRESHOLDS)
           if verdict.judgement.verdict == "bad"]  # fmt: skip
    assert bad == []


@pytest.mark.parametrize("scope", ["years=2023", "sample=1"])
def test_a_narrowed_crawl_is_not_compared_with_a_whole_one(scope: str) -> None:
    narrow = replace(counted(reports_seen=1, items_seen=1), scope=scope)
    assert verdict_of("fewer_reports", narrow, past("good", value=10)) is None
    assert verdict_of("claimed_items", narrow) is None


def test_one_missing_page_is_told_when_it_is_missing_again() -> None:
    partial = ended("partial", "Incomplete: the report of 2023 could not be had.")
    partial = replace(partial, finish_reason="finished")
    first = verdict_of("completeness", partial, past("good"))
    assert first is not None
    assert (first.judgement.verdict, first.state, first.change) == ("bad", "good", None)
    second = verdict_of("completeness", partial, [*past("bad", state="good"), *past("good")])
    assert second is not None
    assert (second.state, second.change) == ("bad", "turned_bad")
    assert second.judgement.message == "Incomplete: the report of 2023 could not be had"


def test_fewer_reports_are_compared_with_the_last_good_run() -> None:
    history = [*past("bad", value=3), *past("good", value=10), *past("good", value=2)]
    verdict = verdict_of("fewer_reports", counted(reports_seen=8), history)
    assert verdict is not None
    assert verdict.judgement.message == "8 reports are listed, 10 at the last good run"
    assert verdict.judgement.threshold == "at least 90% of the reports of the last good run are listed"


def test_a_lower_number_that_stays_becomes_the_new_normal() -> None:
    many = int(THRESHOLDS["fewer_reports"]["new_normal_after"])
    history = [*past(*["bad"] * (many - 1), value=6), *past("good", value=10)]
    still_bad = verdict_of("fewer_reports", counted(reports_seen=6), history)
    history = [*past("bad", value=6), *history]
    accepted = verdict_of("fewer_reports", counted(reports_seen=6), history)
    assert still_bad is not None
    assert accepted is not None
    assert (still_bad.state, accepted.change) == ("bad", "recovered")


def test_unknown_labels_are_compared_with_what_is_usual_here() -> None:
    verdict = verdict_of("unknown_labels", counted(labels_unknown=10), past("good", "good", value=0.0))
    assert verdict is not None
    assert verdict.change == "turned_bad"
    assert verdict.judgement.message == "2.5 unknown labels a report in 4 reports read"
    assert verdict.judgement.threshold == "at most 2 unknown labels a report (usual here: 0)"


def test_field_coverage_is_compared_with_what_is_usual_here() -> None:
    verdict = verdict_of("field_coverage", counted(cells_reported=200), past("good", value=0.9))
    assert verdict is not None
    assert (verdict.change, verdict.judgement.threshold) == (
        "turned_bad",
        "a number in at least 65% of the cells (usual here: 90%)",
    )


def test_bad_runs_are_no_measure_for_what_is_usual() -> None:
    verdict = verdict_of(
        "field_coverage", counted(cells_reported=200), [*past("bad", value=0.5), *past("good", value=0.9)]
    )
    assert verdict is not None
    assert (verdict.judgement.verdict, verdict.change) == ("bad", None)


def test_a_quiet_run_in_which_nothing_was_read_is_no_recovery() -> None:
    quiet = counted(reports_read=0, labels_unknown=0, checks_passed=0, checks_failed=0, cells_read=0, cells_reported=0)
    for monitor in ("unknown_labels", "field_coverage", "identities"):
        assert verdict_of(monitor, quiet, past("bad", value=9.0)) is None


def test_few_checks_say_nothing() -> None:
    assert verdict_of("identities", counted(checks_passed=0, checks_failed=19)) is None


def test_a_portal_that_claims_no_number_is_not_held_to_one() -> None:
    assert verdict_of("claimed_items", counted(items_claimed=None)) is None


def test_thresholds_can_be_changed_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[identities]\nmost_share = 0.5\n", "utf-8")
    changed = load_thresholds(str(file))
    assert changed["identities"] == {**THRESHOLDS["identities"], "most_share": 0.5}
    assert {name: limits for name, limits in changed.items() if name != "identities"} == {
        name: limits for name, limits in THRESHOLDS.items() if name != "identities"
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[identity]\nruns = 1", "speaks of 'identity'; the monitors are finish, blocked"),
        ("[blocked]\nmost = 1", "blocked has no 'most' but runs"),
        ("[blocked]\nruns = 'two'", r"blocked\.runs must be a number"),
        ("[blocked", "cannot be read"),
    ],
)
def test_a_thresholds_file_with_a_mistake_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ThresholdsError, match=said):
        load_thresholds(str(file))


def test_a_thresholds_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ThresholdsError, match="cannot be read"):
        load_thresholds(str(tmp_path / "none.toml"))


def test_every_monitor_has_thresholds() -> None:
    assert set(THRESHOLDS) == set(MONITORS)
