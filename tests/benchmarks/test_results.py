"""Results are kept, read again and compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from results_of import comparison, results

from benchmarks.__main__ import main
from benchmarks.results import Change, Results, ResultsError, changes, only_in_one, read_results, write_results


def only_ratio(old: Results, new: Results) -> Change:
    return next(change for change in changes(old, new) if not change.unit)


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "build" / "results.json"
    written = results(comparison(), comparison("crawl", spread=None))
    write_results(written, path)
    assert read_results(path) == written


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"layout": 0}', '{"layout": 1}'])
def test_another_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ResultsError, match=r"other\.json"):
        read_results(path)


def test_a_missing_file_is_one_sentence_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "missing.json"
    assert main(["compare", str(path), str(path)]) == 1
    assert "missing.json cannot be read" in capsys.readouterr().err


def test_a_change_within_both_spreads_is_noise() -> None:
    change = only_ratio(results(comparison(ratio=3.0, spread=0.2)), results(comparison(ratio=3.3, spread=0.2)))
    assert change.percent == pytest.approx(10)
    assert not change.is_beyond_spreads


def test_a_change_beyond_both_spreads_is_marked() -> None:
    change = only_ratio(results(comparison(ratio=3.0, spread=0.2)), results(comparison(ratio=3.5, spread=0.2)))
    assert change.is_beyond_spreads


def test_of_a_single_run_no_change_is_marked() -> None:
    change = only_ratio(results(comparison(ratio=3.0, spread=None)), results(comparison(ratio=9.0, spread=0.1)))
    assert not change.is_beyond_spreads


def test_figures_are_compared_with_their_unit() -> None:
    found = list(changes(results(comparison(figure=4.0)), results(comparison(figure=5.0))))
    assert [(change.old, change.new, change.unit) for change in found if change.unit] == [(4.0, 5.0, "pages a second")]


def test_what_one_run_lacks_is_said() -> None:
    said = only_in_one(results(comparison("crawl")), results(comparison("extract")))
    assert said == ["Only in the old run: crawl, ours / theirs.", "Only in the new run: extract, ours / theirs."]


def test_the_command_prints_both_ratios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    write_results(results(comparison(ratio=3.0)), old)
    write_results(results(comparison(ratio=4.5)), new)
    assert main(["compare", str(old), str(new)]) == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("3.00", "4.50", "+50 %", "yes"))
