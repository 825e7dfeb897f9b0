"""The archived bytes of a document, shown safely: rebuilt from the paragraphs and grids that the reader finds.

Nothing of the page's own markup is passed on, so nothing in it can run, load or disguise itself; and every cell has the
place by which facts name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from govreports import documents
from govreports.archive import ArchiveError, read_known
from govreports.browse.site import NoSuchPage, Site
from govreports.documents import Cell, Grid, UnreadableDocument
from govreports.interpretation import content_type_of
from govreports.store import pages
from govreports.store.pages import SourceDocument

_MOST_CELLS: Final = 30_000
"""Cells of one document that are shown."""
_WIDEST: Final = 200
"""Columns that one cell may span: enough for any form, too few to make a browser stall."""
_KEPT: Final = 16
"""Documents whose reading is kept: going from figure to figure asks for the same one again and again."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with its name within the page and its spans."""

    name: str
    text: str
    colspan: int
    rowspan: int


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A paragraph (``rows`` is None) or a grid."""

    text: str = ""
    heading: bool = False
    number: int | None = None
    page: int | None = None
    rows: tuple[tuple[ShownCell, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a document; ``problem`` says in one sentence why that is nothing."""

    blocks: tuple[ShownBlock, ...] = ()
    cut: bool = False
    problem: str | None = None


def archived_page(site: Site, document_id: int) -> dict[str, Any]:
    """What the template of an archived document needs. NoSuchPage where there is no such document."""
    document = _known(site, document_id)
    shown, can_download = Shown(), False
    if document.archive_file is not None and document.archive_offset is not None:
        can_download = (site.archive / Path(document.archive_file).name).is_file()
        try:
            if not can_download:
                raise ArchiveError(f"the archive file {document.archive_file} is not there")
            shown = _shown(site.archive, document.archive_file, document.archive_offset, document.sha256)
        except (ArchiveError, UnreadableDocument) as error:
            shown = Shown(problem=str(error))
    return {
        "document": document,
        "shown": shown,
        "can_download": can_download,
        "carried": pages.carried_by(site.store, document_id),
    }


def archived_file(site: Site, document_id: int) -> tuple[str, bytes]:
    """A name to save the document under, and its bytes as received. NoSuchPage where they cannot be had."""
    document = _known(site, document_id)
    if document.archive_file is None or document.archive_offset is None:
        raise NoSuchPage("not_archived")
    try:
        file = site.archive / Path(document.archive_file).name
        page = read_known(file, document.archive_offset, sha256=document.sha256)
    except ArchiveError as error:
        raise NoSuchPage("not_readable") from error
    ending = Path(urlsplit(document.url).path).suffix.lower()
    safe = ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 6 else ""
    return f"document-{document_id}{safe or '.bin'}", page.body


def _known(site: Site, document_id: int) -> SourceDocument:
    document = pages.archived_document(site.store, document_id)
    if document is None:
        raise NoSuchPage("no_document", number=document_id)
    return document


@lru_cache(maxsize=_KEPT)
def _shown(archive: Path, file: str, offset: int, sha256: str) -> Shown:
    page = read_known(archive / Path(file).name, offset, sha256=sha256)
    document = documents.read(page.body, content_type=content_type_of(page))
    blocks: list[ShownBlock] = []
    left = _MOST_CELLS
    for block in document.blocks:
        if isinstance(block, Grid):
            left -= sum(1 for _ in block.cells())
            if left < 0:
                return Shown(tuple(blocks), cut=True)
            rows = tuple(_rows(block))
            blocks.append(ShownBlock(number=block.number, page=block.page, rows=rows))
        elif block.text.strip():
            left -= 1
            blocks.append(ShownBlock(block.text, block.heading))
    return Shown(tuple(blocks))


def _rows(grid: Grid) -> Iterator[tuple[ShownCell, ...]]:
    for number, row in enumerate(grid.rows, 1):
        yield tuple(_cell(grid, cell, rows_left=len(grid.rows) - number + 1) for cell in row)


def _cell(grid: Grid, cell: Cell, *, rows_left: int) -> ShownCell:
    name = f"t{grid.number}r{cell.row}c{cell.column}"
    return ShownCell(name, cell.text, min(cell.column_span, _WIDEST), min(cell.row_span, rows_left))
