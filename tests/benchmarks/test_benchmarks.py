"""Each benchmark can be run and gives what it promises; the quick ones are run, on sizes that say nothing."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from results_of import comparison, results

import benchmarks
import benchmarks.__main__ as command
from benchmarks import documents
from benchmarks.__main__ import main
from benchmarks.measure import Comparison, Unavailable
from benchmarks.pages_of_docs import RESULTS
from benchmarks.results import read_results, write_results
from benchmarks.running import NAMES, sizes_of

ROOT = Path(benchmarks.__file__).parents[1]
QUICK = ("extract", "stages", "store")
"""The others fill stores, start processes, a browser or crawls."""


@pytest.mark.parametrize("name", NAMES)
def test_small_sizes_are_some_of_those_that_a_benchmark_has(name: str) -> None:
    module = import_module(f"benchmarks.{name}")
    sizes = inspect.signature(module.run).parameters
    assert all(size.kind is size.KEYWORD_ONLY and size.default > 0 for size in sizes.values())
    assert set(module.SMALL) <= set(sizes)
    assert all(small <= sizes[key].default for key, small in module.SMALL.items())


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_a_benchmark_gives_times_and_a_ratio_to_a_baseline(name: str) -> None:
    module = import_module(f"benchmarks.{name}")
    least = {"turns": 2, "reports": 1}
    sizes = {key: least[key] for key in inspect.signature(module.run).parameters}
    found = module.run(**sizes)
    assert found.name == name
    assert all(timing.median > 0 and timing.peak_mib > 0 for timing in found.timings.values())
    assert found.ratios
    assert all(ratio.median > 0 for ratio in found.ratios.values())


def test_a_run_writes_its_results(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    assert main(["stages", "--size", "stages.turns=2", "--json", str(path)]) == 0
    found = read_results(path)
    assert [comparison.name for comparison in found.comparisons] == ["stages"]
    assert found.sizes == "other"
    assert found.machine.cores >= 1
    assert found.seconds["stages"] > 0


def test_sizes_are_named_after_their_benchmark() -> None:
    found = sizes_of(["extract", "reparse"], small=True, asked=["reparse.pages=6000"])
    assert found == {"extract": {"turns": 3}, "reparse": {"turns": 1, "pages": 6000}}


@pytest.mark.parametrize("asked", ["pages=3", "reparse.pages", "reparse.pages=0", "reparse.bodies=3", "crawl.turns=2"])
def test_other_sizes_are_refused(asked: str) -> None:
    with pytest.raises(ValueError, match=asked):
        sizes_of(["reparse"], small=False, asked=[asked])


def test_without_chromium_documents_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents.shutil, "which", lambda name: None)
    with pytest.raises(Unavailable, match="apt-get install chromium"):
        documents.run(turns=1, scans=1)


@pytest.mark.parametrize(("error", "code"), [(Unavailable("it is not here"), 0), (RuntimeError("it is broken"), 1)])
def test_what_cannot_be_run_is_said_and_the_rest_goes_on(
    error: Exception, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(name: str, sizes: dict[str, int]) -> Comparison:
        if name == "documents":
            raise error
        return comparison(name)

    monkeypatch.setattr(command, "in_a_process", run)
    assert main(["documents", "extract", "--json", str(tmp_path / "results.json")]) == code
    found = read_results(tmp_path / "results.json")
    assert [one.name for one in found.comparisons] == ["extract"]
    assert {**found.unavailable, **found.failed} == {"documents": str(error)}
    assert str(error) in capsys.readouterr().out


def test_only_a_run_of_everything_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "results.json"
    write_results(results(comparison("extract")), path)
    before = RESULTS.read_bytes()
    assert main(["publish", str(path)]) == 1
    assert "lacks stages, documents" in capsys.readouterr().err
    assert RESULTS.read_bytes() == before


def test_an_unknown_benchmark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["speed"])
    assert ended.value.code == 2
    assert "there is no benchmark speed" in capsys.readouterr().err


def test_every_module_that_can_be_run_is_named() -> None:
    modules = {path.stem for path in (ROOT / "benchmarks").glob("*.py") if "\ndef run(" in path.read_text("utf-8")}
    assert modules == set(NAMES)
