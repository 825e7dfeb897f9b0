"""README.md and CONTRIBUTING.md say what is true: commands, settings, files and views that they name exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from govreports import settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def shell_lines(text: str) -> list[str]:
    """Lines of the shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def govreports(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "govreports.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def documented_commands() -> list[tuple[str, ...]]:
    """Every ``govreports …`` call of both pages, as words."""
    calls = re.findall(r"govreports ([a-z].*)", "\n".join(shell_lines(README) + shell_lines(GUIDE)))
    calls += re.findall(r"`govreports ([a-z][^`]*)`", README + GUIDE)
    return sorted({tuple(shlex.split(call, comments=True)) for call in calls})


@pytest.fixture(scope="module")
def known_commands() -> set[str]:
    return set(re.findall(r"^  (\w+) ", govreports("-h").stdout, re.MULTILINE))


def test_every_documented_command_exists(known_commands: set[str]) -> None:
    assert {command for command, *_ in documented_commands()} <= known_commands


def test_every_portal_that_is_named_is_in_the_registry() -> None:
    named = {words[1] for words in documented_commands() if words[0] == "crawl" and words[1][0].isalpha()}
    assert named <= set(govreports("list").stdout.split())


def test_the_registry_check_of_the_readme_passes() -> None:
    assert govreports("checkportals").returncode == 0


def test_every_documented_make_target_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake (\w+)(?=\s+#|`)", README + GUIDE))
    assert named
    assert named <= targets


def test_every_documented_setting_has_the_documented_default() -> None:
    rows = re.findall(r"^\| `(GOVREPORTS_\w+)` \| (.+?) \|", README, re.MULTILINE)
    shown = {name: default.strip("`") for name, default in rows}
    actual = {name: getattr(settings, name) for name in shown}
    words = {"the package's registry": "", "none": "", "the first found": ""}
    assert {name: words.get(default, default) for name, default in shown.items()} == actual


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"\]\(([\w./]+)\)", README + GUIDE)
    named += re.findall(r"`((?:govreports|tests|docs)/[\w./*-]+)`", README + GUIDE)
    assert named
    assert [path for path in named if not list(ROOT.glob(path))] == []


def test_the_replica_example_of_the_guide_runs() -> None:
    example = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    done = subprocess.run([sys.executable, "-c", example[1]], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_registry_example_of_the_guide_is_one_of_the_registry() -> None:
    example = re.search(r"```toml\n\[\[portal\]\]\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    keys = re.findall(r"^(\w+) =", example[1], re.MULTILINE)
    registry = (ROOT / "govreports/registry/portals/hubei.toml").read_text(encoding="utf-8")
    entry = registry.split('id = "wuhan_hongshan"')[1].split("[[portal]]")[0]
    assert keys[0] == "id"
    assert all(f"\n{key} = " in entry for key in keys[1:])
