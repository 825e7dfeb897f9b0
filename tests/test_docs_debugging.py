"""docs/debugging.md is true: names, uses of cells and commands are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from govreports.debugging.desk import HELP, empty_desk
from govreports.reports.explanation import USES

PAGE = (Path(__file__).parents[1] / "docs" / "debugging.md").read_text("utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose head begins so."""
    table = PAGE.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_use_of_a_cell_is_explained_as_the_program_explains_it() -> None:
    assert {row[0].strip("`"): row[1] for row in rows("use")} == dict(USES)


def test_every_name_of_the_shell_is_told_here_and_in_its_help() -> None:
    names = {name for name in empty_desk("").names() if name != "table"}
    told = {re.match(r"`(\w+)", row[0])[1] for row in rows("name")}  # type: ignore[index]
    assert told == names | {"fetch"}
    assert set(re.findall(r"^\[g\]   (\w+)", HELP, re.MULTILINE)) == told


def test_what_the_example_shows_is_what_is_told() -> None:
    from govreports.debugging.received import receive
    from govreports.debugging.specimen import examine
    from govreports.debugging.telling import tell

    page = Path(__file__).parent / "reports" / "variations" / "13_row_labels_lost.txt"
    specimen = examine(receive(str(page), database_url="sqlite:///none", archive=Path("none")))
    example = re.search(r'>>> explain\("部分公开"\)\n(.*?)```', PAGE, re.DOTALL)
    assert example is not None
    assert specimen.explanation is not None
    told = tell(specimen.explanation, "部分公开").splitlines()
    assert [line for line in example[1].splitlines() if line != "  …" and line not in told] == []


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`(govreports/[\w./*]+)`", PAGE)
    assert named
    assert [path for path in named if not list((Path(__file__).parents[1]).glob(path))] == []
