"""What is printed comes back: every figure of a form, through every dialect and disturbance.

``HYPOTHESIS_PROFILE=thorough`` runs thousands of examples instead of a few.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from layouts import LAYOUTS, laid_out
from printing import (
    BY_NAME,
    DIALECTS,
    LABEL_NOISE,
    TABLES,
    Dialect,
    Figure,
    Sheet,
    in_two_parts,
    keys_of,
    owners,
    sheet_of,
    with_label_noise,
    with_local_column,
    with_local_row,
    with_misprints,
    with_note_row,
    with_page_number,
    with_text,
    without_cell,
    without_column,
    without_row,
)

from govreports import documents
from govreports.documents.model import Document
from govreports.replica.reports import Edition, FigureKey, PrintedTable
from govreports.reports import Report, extract

Figures = Mapping[FigureKey, Figure]

# --- what is printed --------------------------------------------------------------------------------------------------

_COUNTS = st.integers(0, 99_999_999)


@st.composite
def _amounts(draw: st.DrawFn) -> Figure:
    whole, fraction = draw(st.integers(0, 10**9)), draw(st.integers(0, 9999))
    unit = draw(st.sampled_from(("", "万元", "元")))
    return f"{whole}.{fraction:04}{unit}", "reported", Decimal(f"{whole}.{fraction:04}"), unit or None


def _reported(text: Callable[[int], str], sign: int = 1) -> st.SearchStrategy[Figure]:
    return _COUNTS.map(lambda number: (text(number), "reported", sign * number, None))


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FIGURES: st.SearchStrategy[Figure] = st.one_of(
    st.just(("0", "reported", 0, None)),
    st.just(("", "blank", None, None)),
    st.sampled_from(("/", "-", "—", "无", "／")).map(lambda text: (text, "not_applicable", None, None)),
    _reported(str),
    _reported(lambda number: f"{number:,}"),
    _reported(lambda number: str(number).translate(_FULL_WIDTH)),
    _reported(lambda number: f"+{number}"),
    _reported(lambda number: f"-{number}", -1),
    _reported(lambda number: f"－{number}", -1),
    _reported(lambda number: f"? {number}"),
    _COUNTS.map(lambda number: (f"{number}元", "reported", number, "元")),
    _COUNTS.map(lambda number: (f"{number}件", "reported", number, "件")),
    _COUNTS.map(lambda number: (f"{number}（其中修订16件）", "reported", number, None)),
    _amounts(),
)
EDITIONS: st.SearchStrategy[Mapping[str, Edition]] = st.fixed_dictionaries(
    {name: st.sampled_from(("v2021", "v2019")) for name in TABLES}
)


class Form:
    """A sheet and its figures; a failing example shows only the figures that are not the usual ones."""

    def __init__(self, sheet: Sheet, figures: Figures, editions: Mapping[str, Edition], special: Figures) -> None:
        self.sheet, self.figures, self.editions, self.special = sheet, figures, editions, special

    def __repr__(self) -> str:
        return f"Form({self.editions}, {self.special})"


@st.composite
def filled_forms(draw: st.DrawFn) -> Form:
    """A filled form: mostly different figures, so that none can take another's place unnoticed."""
    editions = draw(EDITIONS)
    keys = keys_of(editions)
    base = draw(st.sampled_from(("different", "different", "zeros")))
    figures: dict[FigureKey, Figure] = {}
    for number, key in enumerate(keys, 1001):
        figures[key] = (str(number), "reported", number, None) if base == "different" else ("0", "reported", 0, None)
    special = draw(st.dictionaries(st.sampled_from(keys), FIGURES, max_size=40))
    figures.update(special)
    sheet = sheet_of({key: figure[0] for key, figure in figures.items()}, editions)
    return Form(sheet, figures, editions, special)


def read(body: bytes) -> tuple[Document, Report]:
    """Read a printed sheet."""
    document = documents.read(body)
    return document, extract(document)


# --- what must come back ----------------------------------------------------------------------------------------------


def assert_exact(report: Report, document: Document, figures: Figures) -> None:
    """Every figure is there once, with its value, status and unit, and its place leads back to it."""
    found = {(fact.table, fact.row, fact.column): fact for fact in report.facts}
    assert len(found) == len(report.facts)
    assert {key for key in found if found[key].status != "absent"} == set(figures)
    places = {(grid.number, cell.row, cell.column): cell.text for grid in document.grids() for cell in grid.cells()}
    for key, (text, status, value, unit) in figures.items():
        fact = found[key]
        assert (fact.status, fact.value) == (status, value), (key, text, fact)
        assert unit is None or fact.unit == unit, (key, text, fact)
        assert fact.at is not None
        assert places[fact.at.table or 0, fact.at.row or 0, fact.at.column or 0] == fact.raw


def assert_nothing_wrong(report: Report, sheet: Sheet, figures: Figures) -> None:
    """Each figure is right, or there is none and the report says that something is amiss."""
    printed = sheet.keys()
    found = {(fact.table, fact.row, fact.column): fact for fact in report.facts}
    lost = 0
    for key, fact in found.items():
        text, _, value, _ = figures[key] if key in printed else ("", "absent", None, None)
        if fact.value is not None:
            assert fact.value == value, f"{key} is printed as {text!r} and was read as {fact.value}"
        elif value is not None:
            lost += 1
            assert fact.status in ("absent", "unreadable"), f"{key}, printed as {text!r}, came back as {fact.status}"
    lost += sum(figures[key][2] is not None and key not in found for key in printed)
    assert report.issues or not lost


def _dialects() -> st.SearchStrategy[Dialect]:
    return st.sampled_from(DIALECTS)


def _may_be_exact(dialect: Dialect, noise: str, figures: Figures) -> bool:
    """Whether a person could tell every cell of this printing apart."""
    if not dialect.keeps_blanks and any(status == "blank" for _, status, _, _ in figures.values()):
        return False
    # A wide space inside a label cannot be told from the gap behind it.
    return (dialect.name, noise) != ("wide gaps between cells", "wide spaces inside")


@given(filled_forms(), _dialects(), st.sampled_from(sorted(LABEL_NOISE)), st.integers(0, 99), st.booleans())
def test_what_was_printed_comes_back_exactly(
    form: Form, dialect: Dialect, noise: str, seed: int, in_traditional: bool
) -> None:
    sheet, figures = form.sheet, form.figures
    assume(_may_be_exact(dialect, noise, figures))
    document, report = read(dialect.body(with_label_noise(sheet, noise, seed), in_traditional=in_traditional))
    assert_exact(report, document, figures)


@given(filled_forms(), st.sampled_from([dialect for dialect in DIALECTS if not dialect.keeps_blanks]))
def test_dropped_empty_cells_never_move_a_figure(form: Form, dialect: Dialect) -> None:
    sheet, figures = form.sheet, form.figures
    _, report = read(dialect.body(sheet))
    assert_nothing_wrong(report, sheet, figures)


@given(filled_forms(), _dialects(), st.integers(4, 20), st.booleans(), st.booleans())
def test_tables_cut_in_two_come_back_exactly(
    form: Form, dialect: Dialect, at: int, repeat_head: bool, repeat_labels: bool
) -> None:
    sheet, figures = form.sheet, form.figures
    assume(_may_be_exact(dialect, "none", figures))
    (table,) = sheet.tables["requests"]
    parts = in_two_parts(table, at, head_rows=3 if repeat_head else 0, carry_text=repeat_labels)
    document, report = read(dialect.body(sheet.with_table("requests", *parts)))
    assert_exact(report, document, figures)


@given(filled_forms(), st.sampled_from([dialect for dialect in DIALECTS if not dialect.markup]), st.integers(4, 20))
def test_page_numbers_between_rows_are_no_figures(form: Form, dialect: Dialect, before: int) -> None:
    sheet, figures = form.sheet, form.figures
    assume(_may_be_exact(dialect, "none", figures))
    (table,) = sheet.tables["requests"]
    document, report = read(dialect.body(sheet.with_table("requests", with_page_number(table, before))))
    assert_exact(report, document, figures)


@given(filled_forms(), _dialects(), st.sampled_from(TABLES))
def test_footnote_rows_are_no_figures(form: Form, dialect: Dialect, name: str) -> None:
    sheet, figures = form.sheet, form.figures
    assume(_may_be_exact(dialect, "none", figures))
    (table,) = sheet.tables[name]
    noted = with_note_row(table, "注：以上数据截至2023年12月31日，共3类")
    document, report = read(dialect.body(sheet.with_table(name, noted)))
    assert_exact(report, document, figures)


@given(filled_forms(), _dialects(), st.data())
def test_local_rows_are_kept_apart(form: Form, dialect: Dialect, data: st.DataObject) -> None:
    sheet, figures = form.sheet, form.figures
    assume(_may_be_exact(dialect, "none", figures))
    name = data.draw(st.sampled_from(("proactive", "requests")))
    (table,) = sheet.tables[name]
    valued = [number for number, row in enumerate(table) if any(cell.key for cell in row)]
    label, count = ("其他主动公开文件", 3) if name == "proactive" else ("其中：本级办理", 7)
    local = with_local_row(table, data.draw(st.sampled_from(valued)), label, [str(8000 + n) for n in range(count)])
    document, report = read(dialect.body(sheet.with_table(name, local)))
    assert_exact(report, document, figures)
    assert "local_row" in {issue.code for issue in report.issues}


@given(filled_forms(), _dialects(), st.integers(5, 9), st.sampled_from(("小计", "法人或其他组织小计", "港澳台居民")))
def test_local_columns_are_kept_apart(form: Form, dialect: Dialect, before: int, label: str) -> None:
    sheet, figures = form.sheet, form.figures
    assume(_may_be_exact(dialect, "none", figures))
    (table,) = sheet.tables["requests"]
    wider = with_local_column(table, before, label, head_rows=3)
    document, report = read(dialect.body(sheet.with_table("requests", wider)))
    assert_nothing_wrong(report, sheet, figures)
    if dialect.markup:
        assert_exact(report, document, figures)
        assert "local_column" in {issue.code for issue in report.issues}


# --- what must not come back ------------------------------------------------------------------------------------------


@given(filled_forms(), _dialects(), st.integers(0, 10_000))
def test_misprinted_labels_never_move_a_figure(form: Form, dialect: Dialect, seed: int) -> None:
    sheet, figures = form.sheet, form.figures
    _, report = read(dialect.body(with_misprints(sheet, seed)))
    assert_nothing_wrong(report, sheet, figures)


def _delete_row(table: PrintedTable, chance: random.Random) -> PrintedTable:
    return without_row(table, chance.randrange(len(table)))


def _cut_row(table: PrintedTable, chance: random.Random) -> PrintedTable:
    return without_row(table, chance.randrange(len(table)), mend_spans=False)


def _delete_column(table: PrintedTable, chance: random.Random) -> PrintedTable:
    return without_column(table, chance.randrange(len(owners(table)[0])))


def _delete_cell(table: PrintedTable, chance: random.Random) -> PrintedTable:
    row = chance.choice([number for number, cells in enumerate(table) if cells])
    return without_cell(table, row, chance.randrange(len(table[row])))


def _labels(table: PrintedTable) -> list[tuple[int, int]]:
    return [(number, index) for number, row in enumerate(table) for index, cell in enumerate(row) if cell.key is None]


def _overwrite_label(text: str) -> Callable[[PrintedTable, random.Random], PrintedTable]:
    return lambda table, chance: with_text(table, *chance.choice(_labels(table)), text)


def _cut_label(table: PrintedTable, chance: random.Random) -> PrintedTable:
    row, index = chance.choice(_labels(table))
    text = table[row][index].text
    return with_text(table, row, index, text[: chance.randrange(len(text) + 1)])


def _repeat_other_label(table: PrintedTable, chance: random.Random) -> PrintedTable:
    source = chance.choice(_labels(table))
    return with_text(table, *chance.choice(_labels(table)), table[source[0]][source[1]].text)


def _overwrite_figure(table: PrintedTable, chance: random.Random) -> PrintedTable:
    places = [(number, index) for number, row in enumerate(table) for index, cell in enumerate(row) if cell.key]
    return with_text(table, *chance.choice(places), chance.choice(("", "见附件", "详见说明")))


DAMAGE: Mapping[str, Callable[[PrintedTable, random.Random], PrintedTable]] = {
    "row deleted": _delete_row,
    "row cut from the markup": _cut_row,
    "column deleted": _delete_column,
    "cell deleted": _delete_cell,
    "label emptied": _overwrite_label(""),
    "label overwritten by 0": _overwrite_label("0"),
    "label overwritten by 5": _overwrite_label("5"),
    "label overwritten by a word": _overwrite_label("其他"),
    "label overwritten by the total's": _overwrite_label("总计"),
    "label overwritten by another": _repeat_other_label,
    "label cut": _cut_label,
    "figure overwritten": _overwrite_figure,
}


@given(filled_forms(), _dialects(), st.sampled_from(TABLES), st.sampled_from(sorted(DAMAGE)), st.integers(0, 10_000))
def test_damage_never_moves_or_invents_a_figure(
    form: Form, dialect: Dialect, name: str, damage: str, seed: int
) -> None:
    sheet, figures = form.sheet, form.figures
    # Where empty cells leave nothing behind, a number in a label's place may stand for one.
    blanks_lost = not dialect.keeps_blanks and any(status == "blank" for _, status, _, _ in figures.values())
    assume(not (blanks_lost and damage in ("label overwritten by 0", "label overwritten by 5")))
    (table,) = sheet.tables[name]
    bent = sheet.with_table(name, DAMAGE[damage](table, random.Random(seed)))
    _, report = read(dialect.body(bent))
    assert_nothing_wrong(report, bent, figures)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("name", ["requests", "disputes"])
def test_no_lost_cell_of_a_head_moves_or_invents_a_figure(name: str, dialect: Dialect) -> None:
    editions: Mapping[str, Edition] = dict.fromkeys(TABLES, "v2021")
    figures: dict[FigureKey, Figure] = {
        key: (str(number), "reported", number, None) for number, key in enumerate(keys_of(editions), 1001)
    }
    sheet = sheet_of({key: figure[0] for key, figure in figures.items()}, editions)
    (table,) = sheet.tables[name]
    places = [(number, index) for number, row in enumerate(table[:3]) for index in range(len(row))]
    for row, index in places:
        bent = sheet.with_table(name, without_cell(table, row, index))
        _, report = read(dialect.body(bent))
        assert_nothing_wrong(report, bent, figures)


DAMAGE_OF_LAYOUTS = (
    "cell deleted",
    "column deleted",
    "label emptied",
    "label overwritten by 0",
    "label overwritten by a word",
)
"""Where a whole row went, or a label was replaced by another, what is left may be a layout that somebody meant."""


@given(st.sampled_from(sorted(LAYOUTS)), _dialects(), st.sampled_from(DAMAGE_OF_LAYOUTS), st.integers(0, 10_000))
def test_damage_in_another_layout_never_moves_or_invents_a_figure(
    layout: str, dialect: Dialect, damage: str, seed: int
) -> None:
    editions: Mapping[str, Edition] = dict.fromkeys(TABLES, "v2021")
    figures: dict[FigureKey, Figure] = {
        key: (str(number), "reported", number, None) for number, key in enumerate(keys_of(editions), 1001)
    }
    sheet = laid_out(sheet_of({key: figure[0] for key, figure in figures.items()}, editions), layout)
    name, _ = LAYOUTS[layout]
    (table,) = sheet.tables[name]
    bent = sheet.with_table(name, DAMAGE[damage](table, random.Random(seed)))
    _, report = read(dialect.body(bent))
    assert_nothing_wrong(report, bent, figures)


def test_markup_keeps_figures_of_rows_whose_label_was_emptied() -> None:
    """A person reads such a row by its neighbours; so does extraction, and says so."""
    editions: Mapping[str, Edition] = dict.fromkeys(TABLES, "v2021")
    figures = {key: str(number) for number, key in enumerate(keys_of(editions), 1001)}
    sheet = sheet_of(figures, editions)
    (table,) = sheet.tables["requests"]
    row = next(number for number, cells in enumerate(table) if any("重复申请" in cell.text for cell in cells))
    bent = sheet.with_table("requests", with_text(table, row, 0, ""))
    _, report = read(BY_NAME["html"].body(bent))
    assert {(fact.table, fact.row, fact.column): str(fact.value) for fact in report.facts} == figures
    assert [issue.code for issue in report.issues] == ["label_missing"]
