"""Documents of every format, made of our own reports with the programs that people make them with."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from govreports.documents import Document
from govreports.replica.rendering import PLAIN, Layout, report_html
from govreports.replica.reports import FigureKey, ReportSpec
from govreports.replica.samples import Publisher, sample_reports
from govreports.reports import Report, extract

BODY = Publisher(name="青禾县人民政府", credit_code="113700000000000000", requests=60)
REPORTS: Mapping[int, ReportSpec] = {
    report.year: report for report in sample_reports(3, publishers=[BODY], years=[2020, 2023])
}
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
LIBREOFFICE = shutil.which("soffice")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed, so no PDF can be printed")
needs_libreoffice = pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed, so it cannot convert")

WIDE = "table{width:100%} td{font-size:12pt}"
NARROW = "table{width:100%;table-layout:fixed} td{font-size:15pt;padding:0 1px;word-break:break-all}"
SMALL = "body{font-size:9pt} table{width:100%} td{font-size:9pt;padding:1px} p{margin:2px}"


def page(report: ReportSpec, *, css: str = WIDE, layout: Layout = PLAIN) -> str:
    """The report as a page of its own."""
    style = f"table{{border-collapse:collapse}} {css}"
    head = f'<head><meta charset="utf-8"><style>{style}</style></head>'
    return f"<html>{head}<body>{report_html(report, layout)}</body></html>"


def _kept(folder: Path, name: str, make: list[str], made: str) -> bytes:
    """What a program makes, made once per run: the workers of one test run share the folder."""
    target = folder / name
    if not target.exists():
        subprocess.run(make, check=True, capture_output=True, timeout=120)
        # Two workers may make the same file; each puts it there in one step.
        Path(made).replace(target)
    return target.read_bytes()


def printed(html: str, folder: Path, name: str) -> bytes:
    """A page printed to PDF by Chromium."""
    own = folder / f"{os.getpid()}-{name}"
    source = own.with_suffix(".html")
    source.write_text(html, "utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / f'chromium-{os.getpid()}'}", f"--print-to-pdf={own}.pdf", str(source)]
    return _kept(folder, name, command, f"{own}.pdf")


def converted(html: str, folder: Path, name: str, *, to: str, program: str = "Writer") -> bytes:
    """A page converted by LibreOffice; ``to`` is its filter: ``doc:MS Word 97``."""
    own = folder / str(os.getpid())
    own.mkdir(exist_ok=True)
    source = own / f"{name}.html"
    source.write_text(html, "utf-8")
    made = source.with_suffix(f".{to.partition(':')[0]}")
    profile = f"-env:UserInstallation={(folder / f'libreoffice-{os.getpid()}').as_uri()}"
    command = [str(LIBREOFFICE), profile, "--headless", f"--infilter=HTML (Star{program})", "--convert-to", to]
    return _kept(folder, name, [*command, "--outdir", str(own), str(source)], str(made))


def expected(report: ReportSpec) -> dict[FigureKey, Decimal | None]:
    """The report's figures as numbers; None for an empty cell."""
    return {key: Decimal(text.removesuffix("元")) if text else None for key, text in report.figures.items()}


def misread(document: Document, report: ReportSpec) -> list[tuple[FigureKey, Decimal | None, object]]:
    """Every cell that was not read as it was printed: key, printed, read."""
    return list(_misread(extract(document), report))


def _misread(read: Report, report: ReportSpec) -> Iterator[tuple[FigureKey, Decimal | None, object]]:
    found = {(fact.table, fact.row, fact.column): fact for fact in read.facts}
    for key, number in expected(report).items():
        fact = found.pop(key, None)  # type: ignore[call-overload]  # a key is any triple of strings
        if fact is None or fact.value != number:
            yield key, number, fact
    for key, fact in found.items():
        yield key, None, fact
