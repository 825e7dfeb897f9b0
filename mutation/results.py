"""What mutmut left behind: every change that it tried, and how that ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mutation.explained import Change

_NOT_TRIED = None
_UNNOTICED = frozenset({0, 5, 33})
"""Exit codes of tests that all pass (0), or that are none: the line is run by no test (5 and 33)."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The changes of one module."""

    module: str
    changes: int
    unnoticed: tuple[Change, ...]
    """Those that no test noticed, in the order of the source."""

    @property
    def noticed(self) -> int:
        """How many made a test fail, or run for ever."""
        return self.changes - len(self.unnoticed)


class NotRun(Exception):
    """There is no whole run to read."""


def read_results(folder: Path) -> tuple[Tried, ...]:
    """The run whose folder ``mutants`` is. NotRun where there is none, or it was stopped before its end."""
    found = sorted(folder.rglob("*.meta"))
    if not found:
        raise NotRun(f"there is no run in {folder}; start it with make mutate")
    tried = (_tried(folder, path) for path in found)
    return tuple(one for one in tried if one.changes)


def _tried(folder: Path, path: Path) -> Tried:
    codes: dict[str, int | None] = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    module = path.relative_to(folder).with_suffix("")
    waiting = sum(code is _NOT_TRIED for code in codes.values())
    if waiting:
        raise NotRun(f"{waiting} changes of {module} were not tried yet; mutmut run goes on where it was stopped")
    names = [name for name, code in codes.items() if code in _UNNOTICED]
    return Tried(str(module), len(codes), tuple(_changes(module, names)))


def _changes(module: Path, names: list[str]) -> Iterator[Change]:
    if not names:
        return
    # Only where make mutate was run.
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    for name in names:
        function, of_class = orig_function_and_class_names_from_key(name)
        qualified = function.rpartition(".")[2] if of_class is None else f"{of_class}.{function.rpartition('.')[2]}"
        yield change_in(get_diff_for_mutant(name, path=module), module=str(module), function=qualified)


def change_in(diff: str, *, module: str, function: str) -> Change:
    """The change that a unified diff of one function shows; lines are joined without what they are indented by."""
    lines = [line for line in diff.splitlines() if not line.startswith(("+++", "---"))]
    was = "\n".join(line[1:].strip() for line in lines if line.startswith("-"))
    now = "\n".join(line[1:].strip() for line in lines if line.startswith("+"))
    return Change(module, function, was, now)
