"""How a page was read, as one HTML file: its tables coloured by what became of each cell, issues beside their places.

It is built as a tree of elements, so that nothing of the source can be markup; a policy in it allows its one stylesheet
and nothing else: no script, no address.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Final

from lxml import etree

from govreports.debugging.drawing import failed_in_words
from govreports.debugging.specimen import Specimen
from govreports.debugging.telling import tell_cell, value_in_words
from govreports.documents import Cell, Grid
from govreports.issues import Issue, Place
from govreports.reports import PARSER_VERSION
from govreports.reports.explanation import USES, CellUse, Explanation, Key
from govreports.reports.model import Report
from govreports.reports.record import encode, to_record

Element = etree._Element

_MOST_CELLS: Final = 30_000
"""Cells of one document that are shown."""
_WIDEST: Final = 200
"""Columns that one cell may span: enough for any form, too few to make a browser stall."""
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def explained_page(specimen: Specimen, *, marked: Place | None = None) -> str:
    """The page as HTML; the cell at ``marked`` is framed, and shown first when a browser opens the page."""
    style = (files("govreports.debugging") / "explain.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    report = specimen.report
    title = (report.title if report is not None else None) or specimen.received.source
    head = _element(
        "head",
        _element("meta", charset="utf-8"),
        _element("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        _element("meta", name="referrer", content="no-referrer"),
        _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _element("title", f"Explained: {title}"),
        _element("style", style),
    )
    main = _element("main", _element("h1", title), *_about(specimen))
    if specimen.explanation is not None and report is not None:
        main.extend(_read(specimen.explanation, report, specimen, marked))
    page = _element("html", head, _element("body", main), lang="en")
    return etree.tostring(page, method="html", encoding="unicode", doctype="<!doctype html>") + "\n"


def cell_name(place: Place) -> str:
    """The name of a cell within the page."""
    return f"t{place.table}r{place.row}c{place.column}"


def _about(specimen: Specimen) -> Iterator[Element]:
    received, document = specimen.received, specimen.document
    if specimen.problem is not None:
        yield _element("p", specimen.problem, **{"class": "problem"})
    yield _element("p", f"{received.source} · {received.url}", **{"class": "fine"})
    for note in received.notes:
        yield _element("p", note, **{"class": "fine"})
    if document is not None:
        said = (document.media_type, document.encoding or "no encoding", document.sha256, f"parser {PARSER_VERSION}")
        yield _element("p", " · ".join(said), **{"class": "fine"})


def _read(explanation: Explanation, report: Report, specimen: Specimen, marked: Place | None) -> Iterator[Element]:
    numbers = {id(issue): number for number, issue in enumerate(report.issues, 1)}
    yield _fields(report)
    yield _legend()
    cells = 0
    for grid in explanation.document.grids():
        cells += sum(1 for _ in grid.cells())
        if cells > _MOST_CELLS:
            yield _element("p", "The document has more cells than are shown here.", **{"class": "problem"})
            break
        yield _section(explanation, grid, report, numbers, marked)
    drawn = {grid.number for grid in explanation.document.grids()}
    rest = [issue for issue in report.issues if issue.at is None or issue.at.table not in drawn]
    yield _element("h2", "Issues of the whole document")
    yield _issues(rest, numbers, None) if rest else _element("p", "None.")
    yield _element("h2", "Checks that fail")
    failed = failed_in_words(report)
    yield _element("ul", *(_element("li", line) for line in failed)) if failed else _element("p", "None.")
    yield _element("h2", "The record")
    record = to_record(report, explanation.document, source=specimen.received.source)
    shown = json.dumps(json.loads(encode(record)), ensure_ascii=False, indent=1)
    yield _element("details", _element("summary", "As govreports extract prints it"), _element("pre", shown))


def _fields(report: Report) -> Element:
    fields = {
        "publisher": report.publisher,
        "report year": report.report_year,
        "index number": report.index_number,
        "document number": report.document_number,
        "issued on": report.issued_on,
        "published on": report.published_on,
        **{f"table {table}": f"form {edition}" if edition else "not found" for table, edition in report.forms.items()},
        "sections": " ".join(section.heading for section in report.sections) or None,
    }
    pairs = (
        (_element("dt", name), _element("dd", "–" if value is None else str(value))) for name, value in fields.items()
    )
    return _element("dl", *(part for pair in pairs for part in pair))


def _legend() -> Element:
    entries = (
        _element("li", _element("b", use, **{"class": _class(use)}), f" {meaning}") for use, meaning in USES.items()
    )
    return _element("ul", *entries, **{"class": "legend"})


def _section(
    explanation: Explanation, grid: Grid, report: Report, numbers: Mapping[int, int], marked: Place | None
) -> Element:
    uses = {use.key: use for use in explanation.cells if use.place.table == grid.number}
    tables = sorted({use.table for use in uses.values() if use.table})
    named = ", ".join(f"{table} ({report.forms[table]})" for table in tables) or "none of the three"
    page = f", page {grid.page}" if grid.page else ""
    spans = "" if grid.spans_known else "; spans unknown, a column is a cell's place in its row"
    own = [issue for issue in report.issues if issue.at is not None and issue.at.table == grid.number]
    issues = _issues(own, numbers, grid) if own else _element("p", "No issue in this table.", **{"class": "fine"})
    width = min(grid.width, _WIDEST)
    head = _element("tr", _element("th"), *(_element("th", str(column)) for column in range(1, width + 1)))
    body = [
        _element(
            "tr", _element("th", str(number)), *(_cell(explanation, uses, grid, cell, numbers, marked) for cell in row)
        )
        for number, row in enumerate(grid.rows, 1)
    ]
    table = _element("table", _element("thead", head), _element("tbody", *body))
    return _element(
        "section",
        _element("h2", f"Table {grid.number}{page}: {named}{spans}"),
        _element("div", _element("div", table, **{"class": "wide"}), _element("div", issues), **{"class": "beside"}),
        id=f"t{grid.number}",
    )


def _cell(
    explanation: Explanation,
    uses: Mapping[Key, CellUse],
    grid: Grid,
    cell: Cell,
    numbers: Mapping[int, int],
    marked: Place | None,
) -> Element:
    use = uses[grid.number, cell.row, cell.column]
    here = marked is not None and (marked.table, marked.row, marked.column) == use.key
    unread = any(fact.value is None for fact in use.facts)
    own = [issue for issue in use.issues if id(issue) in numbers and issue.at is not None]
    # An issue of a row is marked once, at the row's first cell.
    first = cell is grid.rows[cell.row - 1][0]
    shown = [issue for issue in own if issue.at is not None and (issue.at.column is not None or first)]
    return _element(
        "td",
        cell.text,
        *(_element("a", f"[{numbers[id(issue)]}]", href=f"#issue{numbers[id(issue)]}") for issue in shown),
        *([_element("small", *_breakable(note))] if (note := _note(use)) else []),
        **{
            "id": cell_name(use.place),
            "class": " ".join(part for part in (_class(use.use), "unread" * unread, "marked" * here) if part),
            "title": "\n".join(tell_cell(explanation, use)),
            "colspan": str(min(cell.column_span, _WIDEST)) if cell.column_span > 1 else None,
            "rowspan": str(min(cell.row_span, len(grid.rows) - cell.row + 1)) if cell.row_span > 1 else None,
            # Without a script, this is what makes a browser scroll there.
            "tabindex": "0" if here else None,
            "autofocus": "autofocus" if here else None,
        },
    )


def _note(use: CellUse) -> str:
    """What is written below a cell's text: what a label was read as, a figure's value where it is not as printed."""
    if use.facts:
        fact = use.facts[0]
        return "" if fact.value is not None and str(fact.value) == fact.raw else value_in_words(fact)
    if use.rule is not None and use.use in ("row label", "column label"):
        how = use.rule.reading.how
        return f"{use.rule.reading.code}{'' if how == 'exact' else f' ({how})'}"
    return use.use if use.use in ("left out", "unplaced", "unused") else ""


def _breakable(text: str) -> Iterator[Element | str]:
    """A text that a narrow column may break behind an underscore: codes are long."""
    *parts, last = text.split("_")
    for part in parts:
        yield f"{part}_"
        yield _element("wbr")
    yield last


def _issues(issues: Iterable[Issue], numbers: Mapping[int, int], grid: Grid | None) -> Element:
    return _element("ol", *(_issue(issue, numbers[id(issue)], grid) for issue in issues), **{"class": "issues"})


def _issue(issue: Issue, number: int, grid: Grid | None) -> Element:
    where: list[Element | str] = []
    at = issue.at
    if grid is not None and at is not None and at.row is not None:
        name = f"row {at.row}" + (f", column {at.column}" if at.column is not None else "")
        cells = grid.rows[at.row - 1]
        column = at.column or (cells[0].column if cells else 1)
        where = [" at ", _element("a", name, href=f"#{cell_name(Place(grid.number, at.row, column))}")]
    said = (f"{issue.severity} ", _element("code", issue.code), *where, f": {issue.message}")
    return _element("li", *said, value=str(number), id=f"issue{number}", **{"class": issue.severity})


def _class(use: str) -> str:
    return use.replace(" ", "-")


def _element(name: str, /, *children: Element | str, **attributes: str | None) -> Element:
    """An element of HTML; texts become texts, whatever they hold. Attributes without a value are left out."""
    made = etree.Element(name, {key: _printable(value) for key, value in attributes.items() if value is not None})
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _printable(child)
        else:
            made.text = (made.text or "") + _printable(child)
    return made


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("�", text)
