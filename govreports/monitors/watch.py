"""After a crawl: the monitors judge it by what the store remembers, and changes of state become alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from govreports.monitors.rules import Crawled, Past, Verdict, VerdictWord, judge
from govreports.monitors.thresholds import Thresholds
from govreports.store import CrawlRun, Store
from govreports.store.alerts import VerdictRow, keep_verdicts, verdict_history


def watch(
    store: Store, run: CrawlRun, portal: str, crawled: Crawled, *, thresholds: Thresholds, at: datetime
) -> list[Verdict]:
    """Judge a crawl, and keep the verdicts and the alerts; the verdicts."""
    verdicts = list(judge(crawled, _past(verdict_history(store, portal)), thresholds))
    changes = {verdict.monitor: verdict.change for verdict in verdicts if verdict.change is not None}
    keep_verdicts(store, run, [_row(verdict) for verdict in verdicts], dict(changes), at=at)
    return verdicts


def _past(history: Mapping[str, Sequence[VerdictRow]]) -> dict[str, list[Past]]:
    return {
        monitor: [
            Past(
                verdict=cast(VerdictWord, row.verdict),
                state=cast(VerdictWord, row.state),
                value=None if row.value is None else float(row.value),
            )
            for row in rows
        ]
        for monitor, rows in history.items()
    }


def _row(verdict: Verdict) -> VerdictRow:
    judgement = verdict.judgement
    return VerdictRow(
        monitor=verdict.monitor,
        verdict=judgement.verdict,
        state=verdict.state,
        value=None if judgement.value is None else repr(judgement.value),
        threshold=judgement.threshold,
        message=judgement.message,
    )
