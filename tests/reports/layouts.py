"""The three tables laid out in ways of the body's own: turned round, as lists, with columns in another order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from printing import Sheet

from govreports.replica.reports import PrintedCell, PrintedRow, PrintedTable
from govreports.reports.forms import load_forms

APPLICANTS = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_interest_organisation": "社会公益组织",
    "legal_service_organisation": "法律服务机构",
    "other_organisation": "其他",
    "total": "总计",
}
GROUPS = {"review": "行政复议", "litigation_direct": "未经复议直接起诉", "litigation_after_review": "复议后起诉"}
RESULTS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
OUTCOMES = {row.code: row.label for row in load_forms()["requests"].forms["v2021"].rows}

_Figures = Mapping[tuple[str, str], PrintedCell]


def _text(text: str, rows: int = 1, columns: int = 1) -> PrintedCell:
    return PrintedCell(text, row_span=rows, column_span=columns)


def _figures(sheet: Sheet, name: str) -> _Figures:
    return {
        (cell.key[1], cell.key[2]): PrintedCell(cell.text, key=cell.key)
        for part in sheet.tables[name]
        for row in part
        for cell in row
        if cell.key is not None
    }


def _head(labels: Sequence[str], title: str = "项目") -> PrintedRow:
    return (_text(title), *map(_text, labels))


def applicants_in_order(codes: Sequence[str]) -> Callable[[_Figures], PrintedTable]:
    """The requests table with a head of one line, its columns in this order."""

    def table(figures: _Figures) -> PrintedTable:
        rows = [(_text(label), *(figures[row, code] for code in codes)) for row, label in OUTCOMES.items()]
        return (_head([APPLICANTS[code] for code in codes]), *rows)

    return table


def applicants_as_rows(figures: _Figures) -> PrintedTable:
    """The requests table turned round; the title of a group stands above its outcomes."""
    upper: list[PrintedCell] = [_text("申请人", rows=2)]
    lower: list[PrintedCell] = []
    for code, label in OUTCOMES.items():
        if code.startswith("other_"):
            if not lower:
                upper.append(_text("（六）其他处理", columns=3))
            lower.append(_text(label))
        else:
            upper.append(_text(label, rows=2))
    rows = [
        (_text(label), *(figures[outcome, applicant] for outcome in OUTCOMES))
        for applicant, label in APPLICANTS.items()
    ]
    return (tuple(upper), tuple(lower), *rows)


def groups_as_rows(figures: _Figures) -> PrintedTable:
    """Disputes: a row a group."""
    rows = [(_text(label), *(figures[group, code] for code in RESULTS)) for group, label in GROUPS.items()]
    return (_head(list(RESULTS.values()), "类别"), *rows)


def groups_as_rows_with_titles(figures: _Figures) -> PrintedTable:
    """Disputes: a row a group, litigation's below a title of their own."""
    review, direct, after = ([figures[group, code] for code in RESULTS] for group in GROUPS)
    return (
        (_text("类别", columns=2), *map(_text, RESULTS.values())),
        (_text("行政复议", columns=2), *review),
        (_text("行政诉讼", rows=2), _text(GROUPS["litigation_direct"]), *direct),
        (_text(GROUPS["litigation_after_review"]), *after),
    )


def results_as_rows(figures: _Figures) -> PrintedTable:
    """Disputes: a row a result."""
    rows = [(_text(label), *(figures[group, code] for group in GROUPS)) for code, label in RESULTS.items()]
    return (_head(list(GROUPS.values()), "结果"), *rows)


def results_as_list(figures: _Figures) -> PrintedTable:
    """Disputes: a figure a row, the group's title beside the first."""
    return tuple(
        (*([_text(title, rows=len(RESULTS))] if code == "upheld" else []), _text(label), figures[group, code])
        for group, title in GROUPS.items()
        for code, label in RESULTS.items()
    )


def groups_below_each_other(figures: _Figures) -> PrintedTable:
    """Disputes: each group a small table of its own, one below the other."""
    rows: list[PrintedRow] = []
    for group, title in GROUPS.items():
        rows.append((_text(title, columns=len(RESULTS)),))
        rows.append(tuple(map(_text, RESULTS.values())))
        rows.append(tuple(figures[group, code] for code in RESULTS))
    return tuple(rows)


def litigation_first(figures: _Figures) -> PrintedTable:
    """Disputes: the form's own layout, but reconsideration behind litigation."""
    order = ("litigation_direct", "litigation_after_review", "review")
    return (
        (_text("行政诉讼", columns=10), _text("行政复议", columns=5)),
        (
            _text(GROUPS["litigation_direct"], columns=5),
            _text(GROUPS["litigation_after_review"], columns=5),
            *(_text(label, rows=2) for label in RESULTS.values()),
        ),
        tuple(_text(label) for _ in range(2) for label in RESULTS.values()),
        tuple(figures[group, code] for group in order for code in RESULTS),
    )


def total_first(figures: _Figures) -> PrintedTable:
    """Disputes: the form's own layout, but the total of each group before its parts."""
    codes = ("total", *list(RESULTS)[:-1])
    return (
        (_text("行政复议", columns=5), _text("行政诉讼", columns=10)),
        (
            *(_text(RESULTS[code], rows=2) for code in codes),
            _text(GROUPS["litigation_direct"], columns=5),
            _text(GROUPS["litigation_after_review"], columns=5),
        ),
        tuple(_text(RESULTS[code]) for _ in range(2) for code in codes),
        tuple(figures[group, code] for group in GROUPS for code in codes),
    )


LAYOUTS: Mapping[str, tuple[str, Callable[[_Figures], PrintedTable]]] = {
    "one line of labels": ("requests", applicants_in_order(list(APPLICANTS))),
    "applicants as rows": ("requests", applicants_as_rows),
    "groups as rows": ("disputes", groups_as_rows),
    "groups as rows with titles": ("disputes", groups_as_rows_with_titles),
    "results as rows": ("disputes", results_as_rows),
    "results as a list": ("disputes", results_as_list),
    "groups below each other": ("disputes", groups_below_each_other),
    "litigation first": ("disputes", litigation_first),
}
"""Name → the table laid out anew, and how."""

REARRANGED: Mapping[str, tuple[str, Callable[[_Figures], PrintedTable]]] = {
    "the total of all applicants first": ("requests", applicants_in_order(["total", *list(APPLICANTS)[:-1]])),
    "applicants from the last": ("requests", applicants_in_order(list(APPLICANTS)[::-1])),
    "the totals of disputes first": ("disputes", total_first),
}
"""The same for columns in another order. Whoever loses a label there cannot know it: 6 labels in the form's order."""


def laid_out(sheet: Sheet, layout: str) -> Sheet:
    """The sheet with one table laid out in this way."""
    name, table = {**LAYOUTS, **REARRANGED}[layout]
    return sheet.with_table(name, table(_figures(sheet, name)))
