"""Following a guide: its fenced blocks, in their order, in a copy of the package.

What the title of a block says is done with it: ``new file PATH`` writes it, ``at the end of PATH`` appends it,
``in PATH`` is a ``diff`` block whose lines without ``+`` must be there once. Shell lines must end well, except those
with a comment ``# fails: …``, which must not.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "contributing"
_BLOCK = re.compile(r"^```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_COPIED = ("govreports", "tests", "docs", "pyproject.toml", "mkdocs.yml")
_NOT_COPIED = shutil.ignore_patterns("images", "variations")


@dataclass(frozen=True, slots=True)
class Step:
    """One block of a guide: what is done, with which file, and the block's text."""

    what: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the project in which a guide is followed."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """One line of a shell block, as the guide's reader would run it."""
        words = shlex.split(line, comments=True)
        program = {"govreports": ("-m", "govreports.cli"), ".venv/bin/python": ()}[words[0]]
        return subprocess.run(
            [sys.executable, *program, *words[1:]],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), **self.environment},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )


def copy_of_the_project(folder: Path, **environment: str) -> Copy:
    """What a guide may change, copied, with an empty store of its own."""
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_NOT_COPIED)
        else:
            shutil.copy(source, folder)
    own = {"GOVREPORTS_DATABASE_URL": f"sqlite:///{folder}/data/govreports.sqlite", "GOVREPORTS_DATA_DIR": "data"}
    return Copy(folder, {**own, **environment})


def steps_of(guide: str) -> Iterator[Step]:
    """The blocks of a guide that are to be followed; those of other kinds without a title only show something."""
    for block in _BLOCK.finditer((GUIDES / guide).read_text("utf-8")):
        title, kind, text = block["title"], block["kind"], block["text"]
        if title is None and kind == "sh":
            yield Step("run", "", text)
        elif title is not None:
            what, _, path = title.rpartition(" ")
            yield Step(what, path, text)


def follow(guide: str, copy: Copy, *, adapt: Callable[[str], str] = lambda text: text) -> None:
    """Do what the guide says, from its first block to its last; ``adapt`` changes what a block says beforehand."""
    for step in steps_of(guide):
        text = adapt(step.text)
        match step.what:
            case "new file":
                assert not (copy.folder / step.path).exists()
                (copy.folder / step.path).parent.mkdir(parents=True, exist_ok=True)
                (copy.folder / step.path).write_text(text, "utf-8")
            case "at the end of":
                with (copy.folder / step.path).open("a", encoding="utf-8") as file:
                    file.write(text)
            case "in":
                _change(copy.folder / step.path, text)
            case "run":
                for line in text.splitlines():
                    _run(copy, line)
            case _:
                raise AssertionError(f"{guide}: nobody knows how to do “{step.what} {step.path}”")


def _change(path: Path, diff: str) -> None:
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name} has {text.count(old)} times, not once:\n{old}"
    path.write_text(text.replace(old, new), "utf-8")


def _run(copy: Copy, line: str) -> None:
    if line.startswith("sqlite3 "):
        _, file, query = shlex.split(line)
        with closing(sqlite3.connect(copy.folder / file)) as connection:
            assert connection.execute(query).fetchall(), line
        return
    ran = copy.run(line)
    assert (ran.returncode != 0) == ("# fails: " in line), f"{line}\n{ran.stdout}{ran.stderr}"
