"""Each guide of docs/contributing, followed to the letter in a copy of the project."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from following import GUIDES, copy_of_the_project, follow, steps_of

from govreports.replica.server import ReplicaServer

QUICK = " -s DOWNLOAD_DELAY=0.002 -s AUTOTHROTTLE_ENABLED=False -s GOVREPORTS_CONTACT=tests"
DATA = (".toml", ".md")
"""Files that a portal, a label or a form may touch besides tests: no code."""


def test_every_guide_is_followed() -> None:
    assert {path.name for path in GUIDES.glob("add-*.md")} == {
        name.removeprefix("test_").replace("_", "-") + ".md" for name in globals() if name.startswith("test_add_")
    }


@pytest.mark.parametrize("guide", ["add-portal.md", "add-label.md", "add-form.md"])
def test_what_is_data_needs_no_code(guide: str) -> None:
    touched = {step.path for step in steps_of(guide) if step.path and not step.path.startswith("tests/")}
    assert touched
    assert [path for path in touched if not path.endswith(DATA)] == []


@pytest.mark.slow
def test_add_portal(tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        copy = copy_of_the_project(tmp_path, GOVREPORTS_ALLOWED_HOSTS=",".join(["gov.cn", *server.hosts]), NO_PROXY="*")
        home = server.home("trs_plain").rstrip("/")

        def adapt(text: str) -> str:
            lines = text.replace("https://www.example.gov.cn", home).splitlines(keepends=True)
            return "".join(
                line.replace("\n", f"{QUICK}\n") if line.startswith(("govreports crawl", "govreports probe")) else line
                for line in lines
            )

        follow("add-portal.md", copy, adapt=adapt)
    with closing(sqlite3.connect(tmp_path / "data" / "govreports.sqlite")) as store:
        stored = store.execute("SELECT portal, publisher, report_year FROM report_list").fetchall()
    assert stored == [("wuhan_qinglan", "清岚区人民政府", 2023)]


@pytest.mark.slow
def test_add_label(tmp_path: Path) -> None:
    follow("add-label.md", copy_of_the_project(tmp_path))


@pytest.mark.slow
def test_add_form(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    follow("add-form.md", copy)
    assert "`v2027` | 2027 |" in (tmp_path / "docs/reference/codes.md").read_text("utf-8")
    assert "`review__mediated__n`" in (tmp_path / "docs/data-dictionary.md").read_text("utf-8")


@pytest.mark.slow
def test_add_family(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    follow("add-family.md", copy)
    assert "| `lanting` 兰亭 Lanting | one list |" in (tmp_path / "docs/portals.md").read_text("utf-8")


@pytest.mark.slow
def test_add_format(tmp_path: Path) -> None:
    follow("add-format.md", copy_of_the_project(tmp_path))
