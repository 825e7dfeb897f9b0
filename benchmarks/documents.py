"""PDF → record, against what pdfplumber needs for the tables of the same file; and a scanned page by OCR."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pdfplumber
import pypdfium2 as pdfium

from benchmarks.measure import Comparison, Figure, Unavailable, compare
from govreports.documents import read
from govreports.replica.rendering import report_html
from govreports.replica.samples import Publisher, sample_reports
from govreports.reports import extract
from govreports.reports.record import encode, to_record

SMALL = {"turns": 1, "scans": 1}
_SCAN_DPI = 150
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def printed() -> bytes:
    """A report printed to PDF by Chromium, about three pages."""
    chromium = next((found for name in _CHROMIUMS if (found := shutil.which(name))), None)
    if chromium is None:
        raise Unavailable("it prints its PDF with Chromium, which is not installed: apt-get install chromium")
    publisher = Publisher(name="青石县人民政府办公室", credit_code="11370303004217004C")
    report = sample_reports(1, publishers=[publisher], years=[2023])[0]
    style = "<style>table{border-collapse:collapse;width:100%}</style>"
    with TemporaryDirectory() as folder:
        page, made = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(f'<meta charset="utf-8">{style}{report_html(report)}', "utf-8")
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return made.read_bytes()


def scanned_page(body: bytes) -> bytes:
    """The second page, which is all table, as a picture."""
    document = pdfium.PdfDocument(body)
    stream = io.BytesIO()
    document[1].render(scale=_SCAN_DPI / 72).to_pil().save(stream, "PNG")
    return stream.getvalue()


def record_of(body: bytes) -> bytes:
    """What ``govreports extract`` does with one file."""
    document = read(body)
    return encode(to_record(extract(document), document, source="report.pdf"))


def tables_of(body: bytes) -> int:
    """The baseline: pdfplumber's own tables of all pages."""
    with pdfplumber.open(io.BytesIO(body)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def run(*, turns: int = 7, scans: int = 3) -> Comparison:
    """Compare on one printed report; the scanned page has a time of its own and no baseline."""
    body = printed()
    picture = scanned_page(body)
    ours, theirs = "PDF to record", "pdfplumber, tables of the PDF"
    label = "PDF to record / pdfplumber's tables"
    # A recogniser works on all cores at once, and what counts is how long one waits for a page.
    clock = time.perf_counter
    printed_ones = compare(
        "documents",
        {ours: lambda: record_of(body), theirs: lambda: tables_of(body)},
        ratios={label: (ours, theirs)},
        aims={label: "at most 1.2"},
        turns=turns,
        clock=clock,
    )
    scan = "a scanned page to record, by OCR"
    scanned = compare(
        "documents", {scan: lambda: record_of(picture)}, ratios={}, turns=scans, clock=clock, memory="resident"
    )
    return replace(
        printed_ones,
        timings=printed_ones.timings | scanned.timings,
        figures={"one scanned page by OCR": Figure(scanned.timings[scan].median, "s")},
    )
