"""The code tables: every code that the program uses has its meaning, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import govreports
from govreports.bodies import Level
from govreports.bodies.matching import Doubt
from govreports.interpretation import UNEXPECTED_TYPE
from govreports.reports.checks import RELATIONS
from govreports.reports.forms import load_forms
from govreports.reports.scope import Scope
from govreports.store import Store, open_store
from govreports.store.codes import KINDS, load_codes
from govreports.store.renditions import DISAGREE

Query = Callable[[str], list[dict[str, Any]]]
ROOT = Path(govreports.__file__).parent
EXTRAS = {"needs:documents", "needs:ocr"}


def codes_in_sources() -> Iterator[str]:
    """Codes that stand as text where issues and refusals are made."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in ("Issue", "UnreadableDocument", "say"):
                    yield str(node.args[0].value)


def test_every_issue_has_a_meaning_and_every_meaning_an_issue() -> None:
    assert set(load_codes()["issue"]) == {*codes_in_sources(), *EXTRAS, UNEXPECTED_TYPE, DISAGREE}


def test_every_relation_has_a_meaning_and_its_number() -> None:
    assert {code: entry["number"] for code, entry in load_codes()["check"].items()} == RELATIONS


def test_levels_doubts_and_scopes_are_those_of_the_program() -> None:
    assert set(load_codes()["level"]) == set(get_args(Level))
    assert set(load_codes()["doubt"]) == set(get_args(Doubt))
    assert set(load_codes()["scope"]) == set(get_args(Scope)) - {""}


def test_every_edition_is_explained() -> None:
    editions = {edition for table in load_forms().values() for edition in table.editions}
    assert editions <= set(load_codes()["forms"])


def test_every_legal_basis_is_said_in_chinese() -> None:
    named = {
        row.legal for table in load_forms().values() for form in table.forms.values() for row in form.rows if row.legal
    }
    assert named == set(load_codes()["legal"])


def test_the_tables_hold_all_codes(store: Store, query: Query) -> None:
    assert query(
        "SELECT label, legal_basis, legal_basis_en FROM code_row WHERE row_code = 'granted' AND form = 'v2021'"
    ) == [
        {
            "label": "予以公开",
            "legal_basis": "《政府信息公开条例》第三十六条第（一）、（二）项",
            "legal_basis_en": "Art. 36(1),(2)",
        }
    ]
    kinds = {row["kind"] for row in query("SELECT DISTINCT kind FROM code_name")}
    assert kinds == set(KINDS)
    assert query("SELECT unit FROM code_column WHERE column_code = 'amount' AND form = 'v2021'") == [{"unit": "万元"}]


def test_every_fact_has_its_row_and_column_in_the_code_tables(store: Store, query: Query) -> None:
    missing = query(
        "SELECT * FROM cell LEFT JOIN code_column USING (table_code, form, row_code, column_code)"
        " WHERE code_column.label IS NULL"
    )
    assert missing == []


def test_code_tables_follow_the_package(store: Store, query: Query, url: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE code_row SET label = 'old'")
        connection.exec_driver_sql("UPDATE derived SET digest = 'older' WHERE name = 'codes'")
    store.close()
    with open_store(url):
        assert query("SELECT COUNT(*) AS n FROM code_row WHERE label = 'old'") == [{"n": 0}]
