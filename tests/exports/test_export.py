"""Exports: whole, exact, harmless, and never in the place of another."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from frictionless import validate
from hard_store import FORMULA, LONG, NOW, fill
from python_calamine import CalamineWorkbook

from govreports.exports import FORMATS, Exported, ExportError, export
from govreports.exports.dictionary_page import dictionary_page
from govreports.process import ProcessId, this_process
from govreports.store import Store, StoreError, open_store
from govreports.store.dictionary import load_views
from govreports.store.snapshot import Snapshot

ROOT = Path(__file__).parents[2]
csv.field_size_limit(sys.maxsize)


def csv_rows(folder: Path, view: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{view}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def jsonl_rows(folder: Path, view: str) -> list[dict[str, Any]]:
    lines = (folder / "jsonl" / f"{view}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line, parse_float=Decimal) for line in lines if line]


def parquet_rows(folder: Path, view: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / "parquet" / f"{view}.parquet").to_pylist()


def xlsx_rows(folder: Path, view: str) -> list[dict[str, Any]]:
    names, _, _, *rows = CalamineWorkbook.from_path(folder / "govreports.xlsx").get_sheet_by_name(view).to_python()
    return [dict(zip(names, row, strict=True)) for row in rows]


def figures(rows: list[dict[str, Any]], column: str) -> list[Decimal | None]:
    """A column as exact numbers; spreadsheets have doubles, whose shortest text is what was written."""
    return [None if row[column] in (None, "") else Decimal(str(row[column])) for row in rows]


@pytest.fixture(scope="module")
def stored(whole: Store) -> list[Decimal | None]:
    """All figures of the store as they are kept, in the order of report_facts."""
    with whole.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT value_text FROM report_facts ORDER BY report_id, table_code, cell_position"
        ).scalars()
        return [None if text is None else Decimal(text) for text in rows]


READERS = {"csv": csv_rows, "jsonl": jsonl_rows, "xlsx": xlsx_rows}


@pytest.mark.parametrize("kind", READERS)
def test_figures_come_back_to_the_last_decimal(exported: Exported, stored: list[Decimal | None], kind: str) -> None:
    assert figures(READERS[kind](exported.folder, "report_facts"), "value") == stored


@pytest.mark.parametrize("kind", [*READERS, "parquet"])
def test_the_exact_text_is_in_every_format(exported: Exported, stored: list[Decimal | None], kind: str) -> None:
    rows = {**READERS, "parquet": parquet_rows}[kind](exported.folder, "report_facts")
    assert figures(rows, "value_text") == stored


def test_parquet_holds_exact_decimals_and_says_what_does_not_fit(
    exported: Exported, stored: list[Decimal | None]
) -> None:
    values = figures(parquet_rows(exported.folder, "report_facts"), "value")
    assert values == [None if value == LONG else value for value in stored]
    (note,) = [note for note in exported.notes if note.startswith("parquet/report_facts.parquet")]
    assert "1 figures have more digits" in note


@pytest.mark.parametrize("kind", READERS)
def test_wide_tables_are_exact_too(exported: Exported, kind: str) -> None:
    rows = READERS[kind](exported.folder, "proactive_table")
    fees = dict(
        zip(
            (int(row["report_year"]) for row in rows),
            figures(rows, "administrative_fee__amount__wan_yuan"),
            strict=True,
        )
    )
    assert fees == {2023: Decimal("59237.2449"), 2024: 0, 2022: LONG}


def test_the_copied_store_says_the_same(exported: Exported, whole: Store) -> None:
    with (
        whole.engine.connect() as here,
        closing(sqlite3.connect(f"file:{exported.folder}/govreports.sqlite?mode=ro", uri=True)) as there,
    ):
        for view in load_views().values():
            query = f"SELECT * FROM {view.name} ORDER BY {', '.join(view.order)}"
            assert there.execute(query).fetchall() == [tuple(row) for row in here.exec_driver_sql(query)], view.name


def test_the_copied_store_has_no_readings_of_single_files(exported: Exported) -> None:
    with closing(sqlite3.connect(exported.folder / "govreports.sqlite")) as connection:
        assert connection.execute("SELECT COUNT(*) FROM kept_reading").fetchall() == [(0,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_copied_store_can_be_opened_by_the_program(exported: Exported, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite"
    file.write_bytes((exported.folder / "govreports.sqlite").read_bytes())
    with open_store(f"sqlite:///{file}") as store, store.engine.connect() as connection:
        indices = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1"
        found = connection.exec_driver_sql(indices).all()
        with open_store(f"sqlite:///{tmp_path}/fresh.sqlite") as fresh, fresh.engine.connect() as other:
            assert found == other.exec_driver_sql(indices).all()


def test_missing_values_stay_missing(exported: Exported) -> None:
    rows = [row for row in csv_rows(exported.folder, "report_facts") if row["status"] == "blank"]
    assert [(row["value"], row["value_text"], row["raw"]) for row in rows] == [("", "", "")]
    (json_row,) = [row for row in jsonl_rows(exported.folder, "report_facts") if row["status"] == "blank"]
    assert (json_row["value"], json_row["raw"]) == (None, "")


def test_no_text_of_a_csv_file_runs_as_a_formula(exported: Exported) -> None:
    (title,) = [row["title"] for row in csv_rows(exported.folder, "report_list") if "HYPERLINK" in row["title"]]
    assert title == f"'{FORMULA}"
    suspects = [
        text
        for view in load_views()
        for row in csv_rows(exported.folder, view)
        for text in row.values()
        if text.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]
    # A negative number is no formula.
    assert suspects
    assert [text for text in suspects if not re.fullmatch(r"-\d+(\.\d+)?", text)] == []


def test_no_text_of_the_workbook_is_a_formula(exported: Exported) -> None:
    with zipfile.ZipFile(exported.folder / "govreports.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > len(load_views())
        assert not [name for name in sheets if b"<f>" in book.read(name) or b"<hyperlink" in book.read(name)]


@pytest.mark.parametrize("kind", [*READERS, "parquet"])
def test_hostile_text_is_text(exported: Exported, kind: str) -> None:
    rows = {**READERS, "parquet": parquet_rows}[kind](exported.folder, "section_list")
    assert [row["heading"].lstrip("'") for row in rows] == ["@SUM(1)"]
    assert "<b>粗</b>" in rows[0]["text"]
    assert "“引号”,逗号 \U0001f600" in rows[0]["text"]


def test_the_workbook_has_frozen_heads_with_units(exported: Exported) -> None:
    book = CalamineWorkbook.from_path(exported.folder / "govreports.xlsx")
    assert book.sheet_names[:2] == ["README", "report_list"]
    head = book.get_sheet_by_name("requests_table").to_python()[:3]
    place = head[0].index("granted__total__n")
    assert (head[1][place], head[2][place]) == ("予以公开：总计（件）", "granted: all applicants [件]")
    with zipfile.ZipFile(exported.folder / "govreports.xlsx") as opened:
        assert b'ySplit="3"' in opened.read("xl/worksheets/sheet2.xml")


def test_the_data_package_is_valid(exported: Exported) -> None:
    report = validate(str(exported.folder / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == 3 * len(load_views()) + 2


def test_the_data_package_describes_every_column(exported: Exported) -> None:
    package = json.loads((exported.folder / "datapackage.json").read_text("utf-8"))
    described = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
        if "schema" in resource
    }
    assert described == {
        f"{view.name.replace('_', '-')}-csv": [column.name for column in view.columns] for view in load_views().values()
    }


def test_the_folder_explains_itself(exported: Exported) -> None:
    assert exported.folder.name == "govreports-2026-11-22"
    assert (exported.folder / "data-dictionary.md").read_text("utf-8") == dictionary_page()
    page = (exported.folder / "README.md").read_text("utf-8")
    for part in ("2026-11-22", "报告 reports: 3", "2022–2024", "| 2023 | 1 |", "Known limits", "How to cite"):
        assert part in page
    assert all(note in page for note in exported.notes)
    files = {path.relative_to(exported.folder).parts[0] for path in exported.folder.iterdir()}
    assert files == {
        *("README.md", "data-dictionary.md", "datapackage.json"),
        *("csv", "jsonl", "parquet", "govreports.sqlite", "govreports.xlsx"),
    }


def test_the_dictionary_of_the_documentation_is_the_present_one() -> None:
    # When this fails: python -m govreports.exports docs/data-dictionary.md
    assert (ROOT / "docs" / "data-dictionary.md").read_text("utf-8") == dictionary_page()


def test_a_byte_order_mark_is_for_excel(whole: Store, tmp_path: Path) -> None:
    folder = export(whole, tmp_path, formats=["csv"], bom=True, now=NOW).folder
    assert (folder / "csv" / "panel.csv").read_bytes().startswith(b"\xef\xbb\xbfbody_id,")
    assert validate(str(folder / "datapackage.json")).valid


def test_an_export_never_takes_the_place_of_another(whole: Store, tmp_path: Path) -> None:
    places = [export(whole, tmp_path, formats=["jsonl"], now=NOW).folder.name for _ in range(3)]
    assert places == ["govreports-2026-11-22", "govreports-2026-11-22-2", "govreports-2026-11-22-3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == places


def test_only_the_formats_asked_for_are_written(whole: Store, tmp_path: Path) -> None:
    folder = export(whole, tmp_path, formats=["jsonl"], now=NOW).folder
    assert {path.name for path in folder.iterdir()} == {"README.md", "data-dictionary.md", "datapackage.json", "jsonl"}


@pytest.mark.parametrize(("kind", "package"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_format_whose_package_is_missing_is_said_and_the_rest_written(
    whole: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Any, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    exported = export(whole, tmp_path, formats=[kind, "csv"], now=NOW)
    (sentence,) = exported.left_out
    assert sentence.startswith(f"{kind} was left out, because {package} is not installed: pip install")
    assert (exported.folder / "csv" / "panel.csv").exists()
    assert sentence in (exported.folder / "README.md").read_text("utf-8")


def test_an_empty_store_gives_empty_tables(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/empty.sqlite") as store:
        exported = export(store, tmp_path / "out", formats=FORMATS, now=NOW)
    assert csv_rows(exported.folder, "report_facts") == []
    assert pq.read_table(exported.folder / "parquet" / "panel.parquet").num_rows == 0
    assert "没有报告" in (exported.folder / "README.md").read_text("utf-8")
    assert validate(str(exported.folder / "datapackage.json")).valid


def test_an_export_that_fails_leaves_nothing(whole: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Snapshot, view: Any) -> Iterator[Any]:
        raise StoreError("the store went away")

    monkeypatch.setattr(Snapshot, "rows", fail)
    with pytest.raises(StoreError):
        export(whole, tmp_path, formats=["csv"], now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_export_left_goes_with_the_next_and_one_under_way_stays(whole: Store, tmp_path: Path) -> None:
    left = {"dead": replace(this_process(), pid=2**22 + 1), "elsewhere": ProcessId("other.host", 1, "")}
    for name, process in left.items():
        folder = tmp_path / f".govreports-export-{name}"
        folder.mkdir()
        (folder / ".writer").write_text(json.dumps(asdict(process)))
    folder = export(whole, tmp_path, formats=["jsonl"]).folder
    assert sorted(path.name for path in tmp_path.iterdir()) == [".govreports-export-elsewhere", folder.name]
    assert not list(folder.glob(".*"))


def test_no_file_of_the_workbook_is_left_in_the_place_for_temporary_ones(
    whole: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no-such-folder"))
    assert (export(whole, tmp_path, formats=["xlsx"]).folder / "govreports.xlsx").is_file()


def test_a_place_that_is_no_folder_is_refused(whole: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ExportError, match=r"cannot be written to .* name another folder"):
        export(whole, tmp_path / "file", now=NOW)


def test_an_export_shows_one_moment(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/busy.sqlite") as store:
        fill(store)
        written: list[str] = []

        def meanwhile(step: str) -> None:
            if not written:
                written.append(step)
                with open_store(f"sqlite:///{tmp_path}/busy.sqlite") as other, other.engine.begin() as connection:
                    connection.exec_driver_sql("UPDATE report SET report_year = 1999")

        folder = export(store, tmp_path / "out", formats=["csv"], now=NOW, progress=meanwhile).folder
    assert {row["report_year"] for row in csv_rows(folder, "report_list")} == {"2022", "2023", "2024"}
