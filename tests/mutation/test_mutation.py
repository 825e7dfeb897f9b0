"""What a run of mutations left behind is set beside what is explained."""

from __future__ import annotations

import json
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from mutation.__main__ import PAGE, as_entries, as_table, main
from mutation.explained import Change, Explanation, Explanations, read_explained
from mutation.results import NotRun, Tried, change_in, read_results

CHECKOUT = Path(__file__).parents[2]
MODULE = "govreports/reports/numbers.py"
BELOW = Change(MODULE, "_parse", "if a < b:\nreturn 1", "if a <= b:\nreturn 1")
WIDER = Change(MODULE, "_parse", "if a < b:\nreturn 1", 'if a < "件":\nreturn 1')
NOWHERE = Change(MODULE, "_place", "return -1", "return -2")
REASONS = {"same": "it does the same", "outside": "any number will do"}


def run_of(folder: Path, codes: dict[str, int | None]) -> Path:
    meta = folder / "mutants" / f"{MODULE}.meta"
    meta.parent.mkdir(parents=True)
    meta.write_text(json.dumps({"exit_code_by_key": codes}), "utf-8")
    return folder / "mutants"


def test_what_made_a_test_fail_or_run_for_ever_was_noticed(tmp_path: Path) -> None:
    assert read_results(run_of(tmp_path, {"one": 1, "two": -24})) == (Tried(MODULE, 2, ()),)


def test_a_run_that_was_stopped_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(NotRun, match=r"1 changes of govreports/reports/numbers\.py were not tried yet"):
        read_results(run_of(tmp_path, {"one": 1, "two": None}))


def test_without_a_run_the_command_says_how_to_start_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--mutants", str(tmp_path / "mutants")]) == 2
    assert capsys.readouterr().err == f"mutation: there is no run in {tmp_path}/mutants; start it with make mutate.\n"


def test_a_change_is_the_lines_of_its_diff() -> None:
    lines = [
        "--- a",
        "+++ b",
        "@@ -1,2 +1,2 @@",
        "-    if a < b:",
        "-        return 1",
        "+    if a <= b:",
        "+        return 1",
    ]
    assert change_in("\n".join(lines), module=MODULE, function="_parse") == BELOW


def test_the_table_sets_explained_changes_apart_from_open_ones() -> None:
    explained = Explanations(REASONS, {NOWHERE: Explanation("outside", "Nowhere.")})
    assert as_table([Tried(MODULE, 1200, (BELOW, NOWHERE))], explained).splitlines() == [
        "| module | changes | noticed | explained | open |",
        "|---|---|---|---|---|",
        "| `reports/numbers.py` | 1,200 | 1,198 | 1 | 1 |",
        "| all | 1,200 | 1,198 | 1 | 1 |",
        "",
        "| not noticed because | changes |",
        "|---|---|",
        "| it does the same | 0 |",
        "| any number will do | 1 |",
    ]


def test_an_open_change_is_printed_as_the_entry_that_explains_it(tmp_path: Path) -> None:
    lines = as_entries([WIDER, NOWHERE, BELOW])
    text = "\n".join(["[reasons]", 'same = "it does the same"', *lines]).replace('reason = ""', 'reason = "same"')
    path = tmp_path / "explained.toml"
    path.write_text(text, "utf-8")
    assert dict(read_explained(path).changes) == dict.fromkeys((BELOW, WIDER, NOWHERE), Explanation("same", ""))


def test_a_reason_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "explained.toml"
    path.write_text("\n".join(["[reasons]", 'same = "it does the same"', *as_entries([NOWHERE])]), "utf-8")
    with pytest.raises(ValueError, match="'' in _place is none of same"):
        read_explained(path)


def test_explained_changes_are_of_lines_that_are_there() -> None:
    changes = read_explained().changes
    lines = {
        module: {line.strip() for line in (CHECKOUT / module).read_text("utf-8").splitlines()}
        for module in {change.module for change in changes}
    }
    gone = [change for change in changes if not set(change.was.splitlines()) <= lines[change.module]]
    assert gone == []


def test_explained_changes_are_of_modules_that_are_tried() -> None:
    patterns = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]["only_mutate"]
    modules = {change.module for change in read_explained().changes}
    assert [name for name in sorted(modules) if not any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_every_explanation_says_why() -> None:
    assert [change for change, why in read_explained().changes.items() if len(why.note) < 10] == []


def test_the_documentation_shows_a_run_that_left_nothing_open() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| all")]
    assert [row[-1] for row in rows] == ["0"]
