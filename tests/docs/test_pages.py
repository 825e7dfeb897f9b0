"""What the pages of docs/ tell to run can be run, and what they show of Python is what Python says."""

from __future__ import annotations

import argparse
import ast
import io
import re
import shlex
import tomllib
from contextlib import redirect_stdout
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from scrapy.commands import ScrapyCommand

from govreports.reference.commands import own_commands
from govreports.reference.settings import read_settings

ROOT = Path(__file__).parents[2]
PAGES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ARCHITECTURE = "docs/architecture.md"
OF_SCRAPY = ("list", "shell", "parse", "check", "settings")
LINES = sorted(
    {
        line
        for page in PAGES.values()
        for block in re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
    }
)


@cache
def commands() -> dict[str, ScrapyCommand]:
    return dict(own_commands())


@pytest.mark.parametrize("line", LINES)
def test_every_line_for_the_shell_can_be_run(line: str) -> None:
    program, *words = shlex.split(line, comments=True)
    match program.removeprefix(".venv/bin/"):
        case "govreports":
            assert takes(*words)
        case "make":
            assert re.search(rf"^{words[0]}:", MAKEFILE, re.MULTILINE)
        case "python":
            assert words[0] == "-m"
            assert find_spec(words[1]) is not None
        case "pip":
            extras = re.fullmatch(r"govreports\[([\w,]+)\]", words[-1])
            assert extras is not None
            assert set(extras[1].split(",")) <= set(PROJECT["optional-dependencies"])
        case "export":
            assert words[0].partition("=")[0] in {one.name for one in read_settings() if one.from_environment}
        case other:
            assert other in ("sqlite3", "warcio")


def takes(name: str, *words: str) -> bool:
    """Whether the project has the command, with these options."""
    if name in OF_SCRAPY and name not in commands():
        return True
    parser = argparse.ArgumentParser(conflict_handler="resolve", exit_on_error=False)
    commands()[name].add_options(parser)
    _, unknown = parser.parse_known_args(words)
    return not [word for word in unknown if word.startswith("-")]


def printed_by(source: str) -> str:
    """What a block of Python prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(source, "the example", "exec"), {})
    return printed.getvalue()


def test_the_walk_of_one_page_prints_what_it_shows() -> None:
    shown = re.search(
        r"^```python\n([^`]*make_portal[^`]*)```\n\n```text\n([^`]*)```", PAGES[ARCHITECTURE], re.MULTILINE
    )
    assert shown is not None
    assert printed_by(shown[1]) == shown[2]


def test_the_replica_example_runs() -> None:
    example = re.search(r"^```python\n([^`]*ReplicaServer[^`]*)```", PAGES["docs/contributing/index.md"], re.MULTILINE)
    assert example is not None
    assert "2025年政府信息公开工作年度报告" in printed_by(example[1])


@pytest.mark.parametrize("page", PAGES)
def test_every_python_block_is_python(page: str) -> None:
    for block in re.findall(r"^```python[^\n]*\n(.*?)^```$", PAGES[page], re.DOTALL | re.MULTILINE):
        ast.parse(block)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_of_the_project_that_is_named_exists(page: str) -> None:
    named = set(re.findall(r"`((?:govreports|tests|docs)/[\w./*-]+)`", PAGES[page]))
    assert [path for path in named if not list(ROOT.glob(path))] == []


def test_every_extra_that_no_make_target_installs_is_told() -> None:
    told = re.findall(r"^\| `([^|]+)` \|", PAGES["docs/installing.md"], re.MULTILINE)
    names = {name for cell in told for name in cell.split("`, `")}
    extras = set(PROJECT["optional-dependencies"])
    by_make = set(re.findall(r"'\.\[(\w+)\]'", MAKEFILE)) | {"bench"}
    assert extras - by_make <= names <= extras


def test_hooks_before_a_commit_need_no_network() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    hooks = {hook["id"]: hook for repository in config["repos"] for hook in repository["hooks"]}
    assert {hook["language"] for hook in hooks.values()} == {"system"}
    assert list(hooks) == ["ruff", "ruff-format", "mypy", "checkportals"]
