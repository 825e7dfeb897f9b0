"""The monitors: each judges one thing about one crawl of one portal, where it can. Pure: no store, clock, network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from govreports.monitors.thresholds import Thresholds
from govreports.store import CrawlCounters
from govreports.store.run_log import CUT_SHORT

VerdictWord = Literal["good", "bad"]
Change = Literal["turned_bad", "recovered"]

_REMEMBERED: Final = 10
"""Good runs whose mean a value is compared with."""
_MOVED: Final = frozenset(("failed:column_gone", "failed:other_site", "failed:empty_column"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """One crawl of a portal, as far as monitors look at it."""

    state: str
    finish_reason: str
    scope: str
    """Empty for the whole portal."""
    counters: CrawlCounters
    message: str | None = None
    moved: str | None = None
    """What is wrong with the address of a column, as one clause."""
    errors: int = 0
    """Pages that were lost to an error of the program."""

    @property
    def was_let_in(self) -> bool:
        """Whether the portal was seen: neither blocked, nor failed."""
        return self.state in ("complete", "partial")

    @property
    def ran_out(self) -> bool:
        """Whether the crawl came to its own end, so that what is missing is the portal's matter."""
        return self.finish_reason not in CUT_SHORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a monitor said of the portal in an earlier run."""

    verdict: VerdictWord
    state: VerdictWord
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a monitor says of a crawl. ``threshold`` is what it applied, in words."""

    verdict: VerdictWord
    threshold: str
    message: str
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A judgement, the state that holds after it, and the change that this is, if any."""

    monitor: str
    judgement: Judgement
    state: VerdictWord
    change: Change | None


_Limits = Mapping[str, float]
_Monitor = Callable[[Crawled, Sequence[Past], _Limits], Judgement | None]


def judge(crawled: Crawled, history: Mapping[str, Sequence[Past]], thresholds: Thresholds) -> Iterator[Verdict]:
    """What every monitor says that has something to judge; ``history`` by monitor, the newest first."""
    for monitor, rule in MONITORS.items():
        past = history.get(monitor, ())
        limits = thresholds[monitor]
        judgement = rule(crawled, past, limits)
        if judgement is None:
            continue
        before = past[0].state if past else None
        state = _state(judgement.verdict, past, runs=int(limits["runs"]))
        change: Change | None = None
        if state == "bad" and before != "bad":
            change = "turned_bad"
        elif state == "good" and before == "bad":
            change = "recovered"
        yield Verdict(monitor=monitor, judgement=judgement, state=state, change=change)


def _state(verdict: VerdictWord, past: Sequence[Past], *, runs: int) -> VerdictWord:
    if verdict == "good":
        return "good"
    if past and past[0].state == "bad":
        return "bad"
    in_a_row = 1
    for earlier in past:
        if earlier.verdict == "good":
            break
        in_a_row += 1
    return "bad" if in_a_row >= runs else "good"


def _finish(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    threshold = "a crawl ends without an error"
    if crawled.errors:
        return _bad(threshold, f"{crawled.errors} pages were lost to an error in the program, see the log")
    if crawled.state.startswith("failed:") and crawled.state not in _MOVED:
        return _bad(threshold, _said(crawled))
    if crawled.was_let_in and crawled.ran_out:
        return _good(threshold, "the crawl came to its end")
    return None


def _blocked(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    threshold = "a portal lets the crawl in"
    if crawled.state.startswith("blocked:") or crawled.state == "robots":
        return _bad(threshold, _said(crawled))
    # One that was stopped early has been let in all the same.
    if crawled.was_let_in and (crawled.ran_out or crawled.counters.reports_seen):
        return _good(threshold, "the portal lets the crawl in")
    return None


def _moved_column(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    threshold = "the columns are where the registry says"
    if crawled.moved is not None:
        return _bad(threshold, f"{crawled.moved}; mend the registry entry")
    if crawled.state in _MOVED:
        return _bad(threshold, _said(crawled))
    if crawled.was_let_in and crawled.ran_out:
        return _good(threshold, "the columns are where the registry says")
    return None


def _completeness(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    if not crawled.was_let_in or not crawled.ran_out or crawled.moved is not None:
        return None
    threshold = f"everything listed is had, or is again within {limits['runs']:g} runs"
    if crawled.state == "partial":
        return _bad(threshold, _said(crawled))
    return _good(threshold, "everything listed was had")


def _claimed_items(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    claimed, seen = crawled.counters.items_claimed, crawled.counters.items_seen
    if not claimed or crawled.scope or not crawled.was_let_in or not crawled.ran_out:
        return None
    share = seen / claimed
    threshold = f"at least {limits['least_share']:.0%} of the items that the portal claims are listed"
    message = f"{seen} of {claimed} items that the portal claims are listed"
    return (_bad if share < limits["least_share"] else _good)(threshold, message, value=share)


def _fewer_reports(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    if crawled.scope or not crawled.was_let_in or not crawled.ran_out:
        return None
    seen = crawled.counters.reports_seen
    threshold = f"at least {limits['least_share']:.0%} of the reports of the last good run are listed"
    before = _last_normal(past, accepted_after=int(limits["new_normal_after"]))
    if before is None:
        return _good(threshold, f"{seen} reports are listed", value=seen)
    message = f"{seen} reports are listed, {before:g} at the last good run"
    return (_bad if seen < before * limits["least_share"] else _good)(threshold, message, value=seen)


def _unknown_labels(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    read = crawled.counters.reports_read
    if not read:
        return None
    rate = crawled.counters.labels_unknown / read
    usual = _mean(past)
    most = limits["most"] if usual is None else min(limits["most"], usual + limits["most_rise"])
    threshold = f"at most {most:.2g} unknown labels a report{_compared(usual, '.2g')}"
    message = f"{rate:.2g} unknown labels a report in {read} reports read"
    return (_bad if rate > most else _good)(threshold, message, value=rate)


def _field_coverage(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    cells, reported = crawled.counters.cells_read, crawled.counters.cells_reported
    if not cells:
        return None
    share = reported / cells
    usual = _mean(past)
    least = limits["least_share"] if usual is None else max(limits["least_share"], usual - limits["most_fall"])
    threshold = f"a number in at least {least:.0%} of the cells{_compared(usual, '.0%')}"
    message = f"a number was read in {share:.0%} of {cells} cells"
    return (_bad if share < least else _good)(threshold, message, value=share)


def _identities(crawled: Crawled, past: Sequence[Past], limits: _Limits) -> Judgement | None:
    failed = crawled.counters.checks_failed
    checks = failed + crawled.counters.checks_passed
    if not checks or checks < limits["least_checks"]:
        return None
    share = failed / checks
    threshold = f"at most {limits['most_share']:.0%} of the sums do not add up"
    message = f"{failed} of {checks} sums do not add up ({share:.0%})"
    return (_bad if share > limits["most_share"] else _good)(threshold, message, value=share)


MONITORS: Final[Mapping[str, _Monitor]] = {
    "finish": _finish,
    "blocked": _blocked,
    "moved_column": _moved_column,
    "completeness": _completeness,
    "claimed_items": _claimed_items,
    "fewer_reports": _fewer_reports,
    "unknown_labels": _unknown_labels,
    "field_coverage": _field_coverage,
    "identities": _identities,
}


def _good(threshold: str, message: str, *, value: float | None = None) -> Judgement:
    return Judgement(verdict="good", threshold=threshold, message=message, value=value)


def _bad(threshold: str, message: str, *, value: float | None = None) -> Judgement:
    return Judgement(verdict="bad", threshold=threshold, message=message, value=value)


def _said(crawled: Crawled) -> str:
    message = (crawled.message or "no reason was given").removesuffix(".")
    return message if crawled.state in ("complete", "partial") else f"{crawled.state}: {message}"


def _mean(past: Sequence[Past]) -> float | None:
    """The mean of the last good runs: bad ones are no measure for what is usual."""
    values = [one.value for one in past if one.verdict == "good" and one.value is not None][:_REMEMBERED]
    return sum(values) / len(values) if values else None


def _last_normal(past: Sequence[Past], *, accepted_after: int) -> float | None:
    lately = past[:accepted_after]
    if len(lately) == accepted_after and all(one.verdict == "bad" for one in lately):
        return lately[0].value
    return next((one.value for one in past if one.verdict == "good"), None)


def _compared(usual: float | None, form: str) -> str:
    return "" if usual is None else f" (usual here: {usual:{form}})"
