"""docs/reliability.md is true: its faults, limits and accounts are those of the code and of the long runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

from faults.test_network_faults import STATES

from fuzz.corpus import ACCOUNT, FINDINGS, as_table
from fuzz.targets import TARGETS
from govreports import settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]


def test_every_fault_of_the_network_stands_there_with_its_state() -> None:
    told = {row[0].strip("`"): row[2].strip("`") for row in ROWS if len(row) == 3 and row[0].strip("`") in STATES}
    assert told == STATES


def test_every_test_that_is_named_is_one() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    found = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named - found == set()


def test_every_file_of_tests_that_is_named_is_there() -> None:
    assert [name for name in re.findall(r"`(tests/[\w/.]+)`", PAGE) if not (ROOT / name).exists()] == []


def test_every_limit_is_the_setting_s() -> None:
    told = {row[0].strip("`"): row[1] for row in ROWS if re.fullmatch(r"`[A-Z_]+`", row[0])}
    assert told == {name: f"{getattr(settings, name):,}" for name in told}
    limits = {name for name in vars(settings) if name.startswith("GOVREPORTS_MAX_") or name.endswith("_SECONDS")}
    assert limits - set(told) == set()


def test_the_account_of_fuzzing_is_the_one_that_was_kept() -> None:
    between = PAGE.partition("<!-- fuzzing -->")[2].partition("<!-- /fuzzing -->")[0]
    assert between.strip() == as_table(json.loads(ACCOUNT.read_text(encoding="utf-8")))


def test_the_account_covers_every_target_and_nothing_that_it_found_is_open() -> None:
    account = json.loads(ACCOUNT.read_text(encoding="utf-8"))
    assert {row["target"] for row in account} == set(TARGETS)
    assert {path.name for path in FINDINGS.iterdir()} <= set(TARGETS)
