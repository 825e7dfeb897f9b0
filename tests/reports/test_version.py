"""The parser's version changes with everything that decides what is read, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import govreports
from govreports.reports.version import digest_of_parser

PACKAGE = Path(govreports.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's sources elsewhere."""
    shutil.copytree(PACKAGE, tmp_path / "govreports", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "govreports"


def test_it_does_not_depend_on_the_place(copy: Path) -> None:
    version = digest_of_parser(copy)
    assert version == digest_of_parser(PACKAGE)
    assert len(version) == 12


@pytest.mark.parametrize(
    "source",
    [
        "reports/numbers.py",
        "reports/titles.toml",
        "reports/forms/requests.toml",
        "documents/html.py",
        "issues.py",
        "interpretation.py",
    ],
)
def test_it_changes_with_a_source_or_its_data(copy: Path, source: str) -> None:
    before = digest_of_parser(copy)
    (copy / source).write_bytes((copy / source).read_bytes() + b"\n# another word\n")
    assert digest_of_parser(copy) != before


@pytest.mark.parametrize("source", ["spiders/portal.py", "store/models.py", "settings.py", "reports/explanation.py"])
def test_it_stays_when_something_else_changes(copy: Path, source: str) -> None:
    before = digest_of_parser(copy)
    (copy / source).write_bytes((copy / source).read_bytes() + b"\n# another word\n")
    assert digest_of_parser(copy) == before


def test_it_stays_when_a_file_appears_that_is_no_source(copy: Path) -> None:
    before = digest_of_parser(copy)
    (copy / "reports" / "forms" / "requests.toml.orig").write_text("# left by an editor\n")
    assert digest_of_parser(copy) == before


def test_line_ends_of_a_checkout_do_not_matter(copy: Path) -> None:
    before = digest_of_parser(copy)
    for path in (copy / "reports").rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of_parser(copy) == before
