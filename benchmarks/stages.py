"""Where the time of one page goes, from its bytes to its record: public steps timed apart, and their differences."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from benchmarks.measure import Comparison, Figure, compare
from benchmarks.pages import page, record_of
from govreports.documents import read
from govreports.documents.charset import decode
from govreports.reports import cleaner_of, extract
from govreports.reports.record import encode, to_record
from govreports.reports.tables import read_tables
from govreports.reports.tables.segments import find_segments

SMALL = {"turns": 3}
_DECODE, _TREE, _READ = "bytes to text", "text to tree, by libxml2 alone", "bytes to document"
_SEGMENTS, _TABLES, _EXTRACT = "lines of the tables found", "tables read", "document to report"
_RECORD, _ALL = "report to record", "bytes to record"


def run(*, turns: int = 40) -> Comparison:
    """Each step begins anew from what the step before it gives."""
    body = page()
    source = decode(body).text.encode()
    document = read(body)
    report = extract(document)

    # A cleaner remembers what it has cleaned, so each run has its own.
    comparison = compare(
        "stages",
        {
            _DECODE: lambda: decode(body),
            _TREE: lambda: etree.fromstring(source, etree.HTMLParser(encoding="utf-8")),
            _READ: lambda: read(body),
            _SEGMENTS: lambda: find_segments(document.blocks, cleaner_of(document).clean),
            _TABLES: lambda: read_tables(document.blocks, cleaner_of(document).clean),
            _EXTRACT: lambda: extract(document),
            _RECORD: lambda: encode(to_record(report, document, source="page.html")),
            _ALL: lambda: record_of(body),
        },
        ratios={"bytes to record / text to tree": (_ALL, _TREE)},
        turns=turns,
    )
    took = {step: timing.median for step, timing in comparison.timings.items()}
    parts = {
        "bytes to text": took[_DECODE],
        "text to tree": took[_TREE],
        "tree to paragraphs and grids": took[_READ] - took[_TREE] - took[_DECODE],
        "text cleaned, lines of the tables found": took[_SEGMENTS],
        "figures placed": took[_TABLES] - took[_SEGMENTS],
        "title, metadata, sections, checks": took[_EXTRACT] - took[_TABLES],
        "record encoded": took[_RECORD],
    }
    figures = {step: Figure(max(0.0, seconds) * 1000, "ms a page") for step, seconds in parts.items()}
    return replace(comparison, figures={**figures, "all": Figure(took[_ALL] * 1000, "ms a page")})
