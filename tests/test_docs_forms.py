"""docs/forms.md is true: forms, figures, names and files that it names are those of the program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import govreports.reports.forms as forms
from govreports import documents
from govreports.reports import extract
from govreports.reports.indicator_labels import form_labels
from govreports.store.codes import load_codes
from govreports.store.dictionary import load_views

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
ROWS = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if "| `" in line]


def test_every_form_stands_there_with_its_years_and_figures() -> None:
    figures: dict[str, int] = {}
    for definition in forms.load_forms().values():
        for edition, form in definition.forms.items():
            count = sum(1 for row in form.rows for column in row.columns if not column.optional)
            figures[edition] = figures.get(edition, 0) + count
    figures["s2008_fujian"] //= 2
    assert {row[1]: int(row[3]) for row in ROWS if row[3]} == figures
    assert {row[1] for row in ROWS} == set(load_codes()["forms"])
    for years, form, *_ in ROWS:
        first, *last = load_codes()["forms"][form]["years"]
        assert years in (f"{first}–{last[0]}" if last else f"since {first}", "before 2019")


def test_codes_columns_and_files_that_are_named_exist() -> None:
    known = {column.name for view in load_views().values() for column in view.columns} | set(load_views())
    known |= {*load_codes()["issue"], "row_label", "column_label"}
    known |= {column.code for _, column in forms.load_forms()["indicators"].columns}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PAGE)) - {row[1] for row in ROWS}
    assert named - known == {"not_assessable"}
    paths = re.findall(r"`(govreports/[\w./]+)`", PAGE)
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.fixture
def with_example(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The form of the page, beside the others."""
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    files = [*forms.load_folder("forms/indicators"), tomllib.loads(example)]
    monkeypatch.setattr(forms, "load_folder", lambda _: files)
    forms.load_forms.cache_clear()
    form_labels.cache_clear()
    yield
    monkeypatch.undo()
    forms.load_forms.cache_clear()
    form_labels.cache_clear()


@pytest.mark.usefixtures("with_example")
def test_a_form_is_a_file_and_no_code() -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>件</td><td>{number}</td></tr>"
        for label, number in (
            *(("一、受理申请总件数", 5), ("1．当面受理", 2), ("2．网上受理", 3)),
            *(("二、答复总件数", 4), ("其中：准予公开", 1)),
        )
    )
    report = extract(documents.read(f"<html><body><table>{rows}</table></body></html>".encode()))
    assert report.forms["indicators"] == "s2010_example"
    assert {fact.row: fact.value for fact in report.facts} == {
        "requests_received": 5,
        "received_in_person": 2,
        "received_online": 3,
        "replies": 4,
        "reply_granted": 1,
    }
    assert [(check.rule, check.status) for check in report.checks] == [
        ("indicators_sum", "pass"),
        ("value_domain", "pass"),
    ]
