"""Document → Report: metadata, sections, facts, checks. Pure: no network, clock, settings or database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govreports.documents.model import Block, Document, Grid
from govreports.issues import Issue
from govreports.reports.checks import misfilling_signs, run_checks
from govreports.reports.forms import load_forms
from govreports.reports.identity import find_title, find_year
from govreports.reports.metadata import first_value, is_unfilled, listed_metadata, parse_date, read_metadata
from govreports.reports.model import Candidate, MetadataEntry, Report, Section, TableCode
from govreports.reports.narrative import FIRST_STATUTORY_YEAR, find_candidates, prose_section
from govreports.reports.sections import read_sections, section_heading
from govreports.reports.tables import Tables, read_tables
from govreports.reports.text import TextCleaner
from govreports.reports.titles import judge_title
from govreports.reports.version import PARSER_VERSION

__all__ = ["PARSER_VERSION", "Report", "cleaner_of", "extract"]


def extract(document: Document, *, listed: Mapping[str, str] | None = None) -> Report:
    """Read one document as an annual report.

    ``listed`` is what the portal's list said of it, label → value; it fills fields that the document leaves open.

    Never raises for what a document says: what could not be read is an issue, and cells that could not be placed
    are ``absent`` or ``unreadable``, never a number.
    """
    cleaner = cleaner_of(document)
    clean = cleaner.clean
    tables = read_tables(document.blocks, clean)
    metadata = (
        *read_metadata(_before_report(document.blocks, tables, cleaner), clean),
        *listed_metadata(listed or {}),
    )
    sections = read_sections(document.blocks, clean)
    title, title_issues = find_title(document, metadata, clean)
    paragraphs = tuple(document.paragraphs())
    year, year_issues = find_year(title, sections, paragraphs, clean)
    tags = {name.lower(): content for name, content in document.metas if not is_unfilled(content)}
    published = (
        first_value(metadata, "published_on")
        or parse_date(tags.get("pubdate", ""))
        or first_value(metadata, "published_on", weak=True)
    )
    narrative = year is not None and year < FIRST_STATUTORY_YEAR and not any(tables.forms.values())
    candidates: tuple[Candidate, ...] = ()
    if narrative:
        if not sections and judge_title(title or "").kind == "report":
            prose = prose_section(document.blocks, title, clean)
            sections = (prose,) if prose is not None else ()
        candidates = find_candidates(sections)
    checks = run_checks(tables.forms, tables.facts)
    lossy = (
        (Issue("text_lossy", "warning", "The text is damaged in places; look at the source before you quote it."),)
        if cleaner.lossy and not any(issue.code == "text_lossy" for issue in document.issues)
        else ()
    )
    return Report(
        title=title,
        publisher=(
            first_value(metadata, "publisher")
            or (judge_title(title).body if title else None)
            or first_value(metadata, "publisher", weak=True)
            or (clean(tags["contentsource"]) if "contentsource" in tags else None)
        ),
        report_year=year,
        index_number=first_value(metadata, "index_number"),
        document_number=first_value(metadata, "document_number"),
        # A block that has one date only, 公开日期, dates the document with it.
        issued_on=first_value(metadata, "issued_on") or _only_date(metadata),
        published_on=published,
        metadata=metadata,
        sections=sections,
        forms=tables.forms,
        facts=tables.facts,
        checks=checks,
        issues=(
            *document.issues,
            *lossy,
            *title_issues,
            *year_issues,
            *tables.issues,
            *misfilling_signs(tables.facts),
            *_missing_tables(document, tables, sections, narrative=narrative),
        ),
        candidates=candidates,
    )


def cleaner_of(document: Document) -> TextCleaner:
    """What turns this document's text into Simplified text."""
    return TextCleaner(_texts(document))


def _texts(document: Document) -> list[str]:
    texts = [document.page_title or ""]
    for block in document.blocks:
        if isinstance(block, Grid):
            texts.extend(cell.text for row in block.rows for cell in row if cell.text)
        else:
            texts.append(block.text)
    return texts


def _before_report(blocks: Sequence[Block], tables: Tables, cleaner: TextCleaner) -> list[Block]:
    """The blocks in which a metadata block may stand: not inside the report's own text and tables."""
    kept: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Grid):
            if block.number not in tables.grids:
                kept.append(block)
            continue
        if not inside and section_heading(cleaner.clean(block.text)) is not None:
            inside = True
        if not inside:
            kept.append(block)
    return kept


def _only_date(metadata: Sequence[MetadataEntry]) -> str | None:
    return next((entry.value for entry in metadata if entry.label == "公开日期" and entry.value), None)


def _missing_tables(document: Document, tables: Tables, sections: Sequence[Section], *, narrative: bool) -> list[Issue]:
    """Say what a report lacks: a table that is not there, or stands there as a picture."""
    definitions = load_forms()
    if "indicators" in tables.forms:
        # Its form has no other table.
        return []
    missing: list[TableCode] = (
        ["indicators"] if narrative else [table for table, edition in tables.forms.items() if edition is None]
    )
    titles = [definitions[table].title for table in missing]
    pictures = any(link.kind == "image" for link in document.links)
    if sections and pictures and tables.facts == ():
        said = "The table “{}” is not there as text; it may be one of the page's pictures."
        return [Issue("tables_as_image", "warning", said.format(title)) for title in titles]
    if narrative:
        return [Issue("narrative_only", "info", "The report has no table; numbers in its text are candidates only.")]
    return [Issue("table_missing", "warning", f"The document has no table “{title}”.") for title in titles]
