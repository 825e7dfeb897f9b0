"""Cost against size: what was measured is kept and drawn, and not measured twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from results_of import MACHINE, results

from benchmarks.growth import PANELS, Growth, Size, grow, main, plot, read_growth, write_growth
from benchmarks.limits import limits, reached
from benchmarks.results import ResultsError
from govreports.store.queries import canned_queries


@pytest.fixture(scope="module")
def measured() -> Size:
    return grow(7)


def sizes(measured: Size) -> tuple[Size, Size]:
    """Two sizes whose queries take as long as there are reports, and whose other costs are flat."""
    few = replace(measured, reports=100, queries=dict.fromkeys(measured.queries, 1.0))
    return few, replace(few, reports=1000, queries=dict.fromkeys(measured.queries, 10.0))


def test_a_size_has_all_its_costs(measured: Size) -> None:
    assert measured.reports == 7
    assert measured.facts > 7 * 100
    assert set(measured.queries) == {query.name for query in canned_queries()}
    assert measured.megabytes > 1
    assert measured.exported_megabytes > 0
    assert 0 < sum(measured.by_table.values()) < measured.megabytes


def test_a_size_that_is_kept_is_not_measured_again(tmp_path: Path, measured: Size) -> None:
    kept = tmp_path / "growth.json"
    write_growth(Growth(MACHINE, (measured,)), kept)
    before = kept.read_bytes()
    main(["7", "--json", str(kept)])
    assert kept.read_bytes() == before


def test_every_cost_has_its_picture(tmp_path: Path, measured: Size) -> None:
    plot(sizes(measured), tmp_path / "growth.svg")
    drawn = (tmp_path / "growth.svg").read_text("utf-8")
    assert [title for _, title in PANELS if f">{title}</text>" not in drawn] == []


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("[]", "utf-8")
    with pytest.raises(ResultsError, match=r"other\.json"):
        read_growth(other)


def test_a_limit_lies_on_the_line_through_the_two_largest_sizes(measured: Size) -> None:
    growth = Growth(MACHINE, sizes(measured))
    assert reached(growth, lambda size: size.queries["applicants"], 1000) == pytest.approx(100_000)


def test_what_is_flat_is_never_reached_and_not_listed(measured: Size) -> None:
    found = [limit.what for limit in limits(results(), Growth(MACHINE, sizes(measured)))]
    assert "one search in the full text" not in found
    assert "the end of each crawl" not in found
