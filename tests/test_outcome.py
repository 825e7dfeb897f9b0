"""How a crawl's state is told from its stats."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.statscollectors import StatsCollector
from scrapy.utils.test import get_crawler

from govreports.outcome import INCOMPLETE, Outcome, crawl_message, crawl_state


def _stats() -> StatsCollector:
    return StatsCollector(get_crawler())


@pytest.mark.parametrize(
    ("stats", "state"),
    [
        ({"finish_reason": "finished"}, "complete"),
        ({"govreports/incomplete": "page 2 is lost"}, "partial"),
        ({"finish_reason": "shutdown"}, "partial"),
        ({"spider_exceptions/count": 1}, "partial"),
        ({"govreports/blocked": "ruishu", "finish_reason": "blocked:ruishu"}, "blocked:ruishu"),
        ({"govreports/robots": True}, "robots"),
        ({"govreports/failed": "unreachable", "govreports/incomplete": "x"}, "failed:unreachable"),
    ],
)
def test_states_by_what_weighs_most(stats: dict[str, Any], state: str) -> None:
    assert crawl_state(stats) == state


def test_a_complete_crawl_has_no_message() -> None:
    assert crawl_message({"finish_reason": "finished"}) is None


def test_the_first_fatal_thing_gives_state_and_message() -> None:
    stats = _stats()
    outcome = Outcome(stats)
    outcome.blocked("ruishu", "It is blocked.")
    outcome.failed("empty_column", "It is empty.")
    assert crawl_state(stats.get_stats()) == "blocked:ruishu"
    assert crawl_message(stats.get_stats()) == "It is blocked."


def test_gaps_are_kept_once_each_and_many_are_summed_up() -> None:
    stats = _stats()
    outcome = Outcome(stats)
    for number in (*range(7), 0):
        outcome.incomplete(f"page {number} is lost")
    assert stats.get_value(INCOMPLETE).endswith("page 4 is lost; and 2 more")
    assert len(Outcome(stats).gaps) == 7


def test_a_remark_leaves_the_crawl_complete_and_is_told() -> None:
    stats = _stats()
    for _ in range(2):
        Outcome(stats).note("the certificate was not verified")
    assert crawl_state(stats.get_stats()) == "complete"
    assert crawl_message(stats.get_stats()) == "Note: the certificate was not verified."
