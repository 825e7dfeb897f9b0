"""README.md, its Chinese sister and CONTRIBUTING.md say what is true: what they name exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import forked
import pytest

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in (*READMES, "CONTRIBUTING.md")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def shell_lines(page: str) -> list[str]:
    """Lines of the shell blocks of a page, without comments."""
    lines = [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    return [shlex.join(shlex.split(line, comments=True)) for line in lines]


def govreports(*arguments: str) -> subprocess.CompletedProcess[str]:
    return forked.run("govreports.cli", *arguments, folder=ROOT, environment=os.environ)


def documented_commands() -> set[tuple[str, ...]]:
    """Every ``govreports …`` call of the pages, as words."""
    everything = "\n".join(PAGES.values())
    calls = re.findall(r"govreports ([a-z].*)", "\n".join(shell_lines(everything)))
    calls += re.findall(r"`govreports ([a-z][^`]*)`", everything)
    return {tuple(shlex.split(call)) for call in calls}


def test_every_documented_command_exists() -> None:
    known = set(re.findall(r"^  (\w+) ", govreports("-h").stdout, re.MULTILINE))
    assert {command for command, *_ in documented_commands()} <= known


def test_every_portal_that_is_named_is_in_the_registry() -> None:
    named = {words[1] for words in documented_commands() if words[0] == "crawl" and words[1][0].isalpha()}
    assert named <= set(govreports("list").stdout.split())


def test_the_registry_check_of_the_readme_passes() -> None:
    assert govreports("checkportals").returncode == 0


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_is_linked_or_named_exists(name: str) -> None:
    named = [path.partition("#")[0] for path in re.findall(r"\]\(([\w./#-]+)\)", PAGES[name])]
    named += re.findall(r"`((?:govreports|tests|docs)/[\w./*-]+)`", PAGES[name])
    assert named
    assert [path for path in named if not list(ROOT.glob(path))] == []


def test_both_readmes_run_the_same_commands_and_lead_to_the_same_pages() -> None:
    english, chinese = (PAGES[name] for name in READMES)
    assert shell_lines(english) == shell_lines(chinese)
    links = [set(re.findall(r"\]\(([^)]+)\)", page)) - set(READMES) for page in (english, chinese)]
    assert links[0] == links[1]


def test_the_readmes_lead_to_each_other() -> None:
    assert "[中文](README.zh.md)" in PAGES["README.md"]
    assert "[English](README.md)" in PAGES["README.zh.md"]


def test_every_documented_make_target_exists() -> None:
    named = set(re.findall(r"\bmake (\w+)(?=\s+#|`|$)", "\n".join(PAGES.values()), re.MULTILINE))
    assert {"demo", "test"} < named <= set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))


def test_make_without_a_target_says_what_each_does() -> None:
    said = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, timeout=20, check=True).stdout
    targets = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert targets is not None
    assert re.findall(r"^  make (\w+) +\S", said, re.MULTILINE) == targets[1].split()
