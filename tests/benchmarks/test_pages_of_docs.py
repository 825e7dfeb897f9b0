"""The tables in docs/ say what docs/benchmarks.json and docs/growth.json say, and nothing else does."""

from __future__ import annotations

import re

import pytest
from results_of import comparison, results

from benchmarks.growth import read_growth
from benchmarks.pages_of_docs import DOCS, GROWTH, RESULTS, with_parts
from benchmarks.results import read_results
from benchmarks.running import NAMES

PARTS = {"performance.md": ["ratios", "figures", "times", "store"], "scaling.md": ["growth", "limits"]}


@pytest.mark.parametrize("page", PARTS)
def test_a_page_is_as_it_would_be_written_now(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert text == with_parts(text, read_results(RESULTS), read_growth(GROWTH)), "run python -m benchmarks publish"


@pytest.mark.parametrize("page", PARTS)
def test_a_page_has_all_its_parts(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert re.findall(r"<!-- (\w+): made by python -m benchmarks publish -->", text) == PARTS[page]


def test_every_benchmark_was_published() -> None:
    assert [comparison.name for comparison in read_results(RESULTS).comparisons] == list(NAMES)


def test_every_benchmark_is_explained() -> None:
    explained = (DOCS / "performance.md").read_text("utf-8").partition("What the baselines are:")[2]
    assert re.findall(r"^\| `(\w+)` \|", explained.partition("## ")[0], re.MULTILINE) == list(NAMES)


def test_the_published_growth_has_the_sizes_that_the_page_names() -> None:
    assert [size.reports for size in read_growth(GROWTH).sizes] == [1_000, 10_000, 100_000]


def test_a_part_says_of_an_aim_whether_it_is_met() -> None:
    page = "<!-- ratios: made by python -m benchmarks publish --><!-- end -->"
    written = with_parts(page, results(comparison(ratio=5.0, aim="at most 4")), read_growth(GROWTH))
    assert "| `extract` | ours / theirs | 5.00 | 0.10 | at most 4: not met |" in written.splitlines()


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no marks"):
        with_parts("# A page", results(), read_growth(GROWTH))
