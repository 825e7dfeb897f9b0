"""docs/reference is what the program says, and nothing that it can say is missing there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import govreports
from govreports import settings
from govreports.outcome import load_outcomes
from govreports.reference import PAGES
from govreports.reference.commands import own_commands, own_options
from govreports.reference.settings import read_settings
from govreports.store.codes import load_codes

PACKAGE = Path(govreports.__file__).parent
DOCS = PACKAGE.parent / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_up_to_date(name: str) -> None:
    written = (DOCS / "reference" / name).read_text("utf-8")
    assert written == PAGES[name](), "run: python -m govreports.reference docs/reference"


def test_there_is_no_page_that_nothing_makes() -> None:
    assert {path.name for path in (DOCS / "reference").iterdir()} == set(PAGES)


@pytest.mark.parametrize("kind", ["issue", "check"])
def test_every_issue_and_check_has_a_cause_and_a_cure(kind: str) -> None:
    entries = load_codes()[kind]
    assert [code for code, entry in entries.items() if not (entry.get("cause") and entry.get("cure"))] == []


def test_every_kind_of_blocked_answer_has_a_cause_and_a_cure() -> None:
    answers = tomllib.loads((PACKAGE / "middlewares" / "blocked.toml").read_text("utf-8"))["answer"]
    kinds = {answer["kind"] for answer in answers} | _named_in_sources(r"\.blocked\(\s*\"(\w+)\"")
    assert set(load_outcomes()["blocked"]) == kinds


def test_every_kind_of_failure_has_a_cause_and_a_cure() -> None:
    kinds = _named_in_sources(r"\.(?:failed|stop)\(\s*\"(\w+)\"", r"\bkind(?:: str)? ?= ?\"(\w+)\"")
    # What one request can end with, and the two ends of the line on the archive.
    problem = (PACKAGE / "spiders" / "problems.py").read_text("utf-8")
    everywhere = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    kinds |= set(re.findall(r"\"failed:(\w+)\"", everywhere))
    kinds |= set(re.findall(r"return \(?\"(\w+)\"", problem)) | {"http", "archive"}
    assert set(load_outcomes()["failed"]) == kinds - {"robots"}


def _named_in_sources(*patterns: str) -> set[str]:
    rooms = [
        path
        for room in ("spiders", "extensions", "middlewares", "pipelines")
        for path in (PACKAGE / room).rglob("*.py")
    ]
    texts = [path.read_text("utf-8") for path in rooms]
    return {name for text in texts for pattern in patterns for name in re.findall(pattern, text)}


def test_every_outcome_says_cause_and_cure() -> None:
    entries = [entry for kinds in load_outcomes().values() for entry in kinds.values()]
    assert [entry for entry in entries if set(entry) != {"cause", "cure"}] == []


def test_every_setting_of_the_module_is_found_with_a_reason() -> None:
    found = {setting.name: setting.about for setting in read_settings()}
    assert set(found) == {name for name in vars(settings) if name.isupper()}
    assert [name for name, about in found.items() if not about] == []


def test_the_default_of_a_setting_is_the_one_that_the_program_has() -> None:
    shown = {one.name: one.default for one in read_settings() if one.from_environment}
    assert shown["GOVREPORTS_DATABASE_URL"] == "sqlite:///data/govreports.sqlite"
    assert {one.name: one.default for one in read_settings()}["RETRY_PRIORITY_ADJUST"] == str(
        settings.RETRY_PRIORITY_ADJUST
    )


def test_every_option_says_what_it_does() -> None:
    silent = [
        (name, action.dest) for name, command in own_commands() for action in own_options(command) if not action.help
    ]
    assert silent == []
