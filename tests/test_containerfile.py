"""The Containerfile says what is true of the project: what it copies, installs and runs is there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from govreports.cli import main

ROOT = Path(__file__).parents[1]
LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def words_of(instruction: str) -> list[str]:
    return [line.removeprefix(f"{instruction} ") for line in LINES if line.startswith(f"{instruction} ")]


def test_all_that_is_copied_exists_and_is_not_ignored() -> None:
    copied = [word for line in words_of("COPY") for word in line.split()[:-1]]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert copied
    assert [name for name in copied if not (ROOT / name).exists() or name in ignored] == []


def test_the_extras_that_are_installed_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'", " ".join(words_of("RUN")))
    assert set(extras.split(",")) <= set(project["optional-dependencies"])


def test_python_is_new_enough() -> None:
    (image,) = words_of("FROM")
    (major, minor) = re.findall(r"python:(\d+)\.(\d+)", image)[0]
    assert (int(major), int(minor)) >= (3, 11)


def test_what_it_runs_is_a_command_with_options_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    program = json.loads(words_of("ENTRYPOINT")[0])
    arguments = json.loads(words_of("CMD")[0])
    assert program == ["govreports"]
    with pytest.raises(SystemExit):
        main([arguments[0], "--help"])
    said = capsys.readouterr().out
    assert [option for option in arguments if option.startswith("--") and option not in said] == []
