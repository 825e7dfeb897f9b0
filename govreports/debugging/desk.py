"""What the shell offers for the page at hand."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapy.http import Response

from govreports.debugging.drawing import LEGEND, draw_issues, draw_summary, draw_table, draw_tables
from govreports.debugging.explained_page import explained_page
from govreports.debugging.received import Received
from govreports.debugging.specimen import Specimen
from govreports.debugging.telling import cells_named, tell, tell_cell, tell_family, tell_metadata
from govreports.reports.explanation import CellUse, Explanation
from govreports.reports.record import to_record
from govreports.spiders.detection import detect_family

HELP = """\
[g] For this page (all of it is made anew by fetch):
[g]   report            the extraction record, as govreports extract prints it: report["title"] or report.title
[g]   document          what was read of the bytes, before any table was looked for
[g]   tables()          every table as it was understood, with coordinates; table(2) is one of them
[g]   explain("予以公开")  which cells print a label, by which rule it was read, and why each value is what it is;
[g]                     also for codes (granted, requests.granted.total), fields (published_on) and texts of cells
[g]   explain(2, 4, 3)  what became of one cell: table, row, column
[g]   issues()          issues and failing checks
[g]   metadata()        the metadata block, and what was made of it
[g]   family()          the CMS family, with what speaks for it
[g]   view_cell(2, 4, 3)  opens the page in a browser with that cell framed; also view_cell("予以公开")
[g]   fetch(…)          an address, a file, a report_id (12) or an archived document ("document:57")
"""


class Told(str):
    """A text that a console shows as it is, without quotes and escapes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Record(dict[str, Any]):
    """An extraction record, whose parts are attributes, too; a console shows what matters of it."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the record has no {name}; it has {', '.join(self)}") from None

    def __repr__(self) -> str:
        short = {name: value for name, value in self.items() if not isinstance(value, list)}
        counts = {name: f"{len(value)} of them" for name, value in self.items() if isinstance(value, list)}
        return "\n".join(f"{name}: {value}" for name, value in (short | counts).items())


class Desk:
    """A page and the functions that ask about it."""

    def __init__(self, specimen: Specimen) -> None:
        self.specimen = specimen

    def names(self) -> dict[str, Any]:
        """What the shell is to know by name."""
        return {
            "report": self.record(),
            "document": self.specimen.document,
            **{
                name: getattr(self, name)
                for name in ("tables", "table", "explain", "issues", "metadata", "family", "view_cell")
            },
        }

    def record(self) -> Record | None:
        """The extraction record; None where nothing could be read."""
        report, document = self.specimen.report, self.specimen.document
        if report is None or document is None:
            return None
        return Record(to_record(report, document, source=self.specimen.received.source))

    def summary(self) -> Told:
        """What was read, in a few lines."""
        return Told(draw_summary(self.specimen))

    def tables(self) -> Told:
        """Every table as it was understood."""
        explanation = self.specimen.explanation
        return Told(draw_tables(explanation)) if explanation is not None else self._nothing()

    def table(self, number: int) -> Told:
        """One table as it was understood."""
        explanation = self.specimen.explanation
        if explanation is None:
            return self._nothing()
        grids = {grid.number: grid for grid in explanation.document.grids()}
        if number not in grids:
            return Told(f"There is no table {number}; the document has {len(grids)}.")
        return Told(f"{draw_table(explanation, grids[number])}{LEGEND}")

    def explain(self, what: str | int | Mapping[str, int], row: int | None = None, column: int | None = None) -> Told:
        """Why a label, a code or a cell was read as it was."""
        explanation = self.specimen.explanation
        if explanation is None:
            return self._nothing()
        if isinstance(what, str):
            return Told(tell(explanation, what))
        cell = _cell_at(explanation, what, row, column)
        return Told("\n".join(tell_cell(explanation, cell))) if cell is not None else Told("There is no such cell.")

    def issues(self) -> Told:
        """Issues and failing checks."""
        report = self.specimen.report
        return Told(draw_issues(report)) if report is not None else self._nothing()

    def metadata(self) -> Told:
        """The metadata block, and what was made of it."""
        report = self.specimen.report
        return Told(tell_metadata(report)) if report is not None else self._nothing()

    def family(self) -> Told:
        """The CMS family of the page, with what speaks for it."""
        return Told(tell_family(detect_family(self.specimen.received.url, self._source())))

    def view_cell(self, what: str | int | Mapping[str, int], row: int | None = None, column: int | None = None) -> Told:
        """Open the page in a browser with one cell framed: its place, a fact's ``at``, or what ``explain`` takes."""
        explanation = self.specimen.explanation
        if explanation is None:
            return self._nothing()
        if isinstance(what, str):
            cell = next(iter(cells_named(explanation, what)), None)
        else:
            cell = _cell_at(explanation, what, row, column)
        if cell is None:
            return Told("There is no such cell.")
        page = explained_page(self.specimen, marked=cell.place)
        with tempfile.NamedTemporaryFile(
            "w", suffix=".html", prefix="govreports-", encoding="utf-8", delete=False
        ) as file:
            file.write(page)
        address = Path(file.name).as_uri()
        webbrowser.open(address)
        return Told(f"Opened {address}")

    def _source(self) -> str:
        document = self.specimen.document
        encoding = document.encoding if document is not None else None
        return self.specimen.received.body.decode(encoding or "utf-8", "replace")

    def _nothing(self) -> Told:
        return Told(f"Nothing could be read: {self.specimen.problem}")


def empty_desk(why: str) -> Desk:
    """A desk without a page; ``why`` is one clause or sentence."""
    return Desk(Specimen(Received(source="", url="", body=b""), problem=why))


def _cell_at(
    explanation: Explanation, what: int | Mapping[str, int], row: int | None, column: int | None
) -> CellUse | None:
    place = (
        (what, row, column) if isinstance(what, int) else tuple(what.get(name) for name in ("table", "row", "column"))
    )
    table, row, column = place
    return explanation.at(table, row, column or 1) if table is not None and row is not None else None


def received_from(response: Response, source: str) -> Received:
    """What an answer from the network carried."""
    header = response.headers.get("Content-Type")
    return Received(
        source=source,
        url=response.url,
        body=response.body,
        status=response.status,
        content_type=header.decode("latin-1") if header else None,
    )
