"""What is fuzzed: each target takes bytes and raises where the code does what it must never do, whatever it reads.

The same targets are driven by atheris (``make fuzz``), by hypothesis and by the kept inputs (``tests/fuzzing``).
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

import docx
from scrapy import Request
from scrapy.http import HtmlResponse, JsonResponse, Response, TextResponse, XmlResponse

from govreports import documents
from govreports.archive import ArchiveError, iter_pages
from govreports.documents import charset, media
from govreports.documents.model import Document, Paragraph, UnreadableDocument
from govreports.importing import ImportProblem, found_in
from govreports.middlewares.blocked import blocked_kind
from govreports.middlewares.error_pages import is_error_page
from govreports.registry import load_registry
from govreports.registry.addresses import absolute, address_key, desktop_twin, is_folder
from govreports.registry.hosts import AllowedHosts, host_of
from govreports.reports import extract
from govreports.reports.labels import is_cut, label_tails, readings
from govreports.reports.metadata import is_unfilled, listed_metadata, normal_index_number, parse_date, read_metadata
from govreports.reports.model import Report
from govreports.reports.numbers import parse_value
from govreports.reports.record import encode, to_record
from govreports.reports.scope import scope_of
from govreports.reports.sections import section_heading
from govreports.reports.text import TextCleaner, to_simplified
from govreports.reports.titles import column_name, judge_title
from govreports.spiders.attachments import attachments
from govreports.spiders.detection import detect
from govreports.spiders.families import FAMILIES
from govreports.spiders.links import platform_links
from govreports.spiders.listing import Family, Listing
from govreports.spiders.own_title import own_judgement, report_title, speaks_of_a_report
from govreports.spiders.script_redirect import script_redirect
from govreports.spiders.script_values import objects_with, value_named
from govreports.spiders.site_identity import compare, site_of
from govreports.spiders.traits import column_of, known_families
from govreports.store import find_defect

CELLS_LIMIT = 2_000_000
"""Places of one document's expanded grids that a reader may hand on; the tables of a report have some hundreds."""


class Broken(AssertionError):
    """A promise was not kept; the message says which."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads bytes. ``longest`` is the length up to which inputs are made.

    ``shortest`` is the length of the inputs to begin with, where each takes so long that short ones are not worth it.
    """

    name: str
    run: Callable[[bytes], None]
    longest: int = 4096
    instrumented: tuple[str, ...] = ("govreports",)
    """Packages whose branches guide the fuzzer."""
    shortest: int = 0


# --- Documents ----------------------------------------------------------------------------------------------------


def _document(body: bytes) -> None:
    """A document of any format is read or refused; what is read of it is never invented."""
    try:
        document = documents.read(body)
    except UnreadableDocument as error:
        if not re.fullmatch(r"[a-z_]+(?::[a-z]+)?", error.code) or not error.message.endswith("."):
            raise Broken(f"a refusal without a code or sentence: {error.code!r}, {error.message!r}") from error
        return
    _check_document(document)
    report = extract(document)
    _check_report(report, document)


def _check_document(document: Document) -> None:
    places = sum(grid.width * len(grid.rows) for grid in document.grids())
    if places > CELLS_LIMIT:
        raise Broken(f"{places} places in the grids of one document")
    for grid in document.grids():
        for cell in grid.cells():
            if cell.row < 1 or cell.column < 1 or cell.row_span < 1 or cell.column_span < 1:
                raise Broken(f"a cell out of its grid: {cell}")


def _check_report(report: Report, document: Document) -> None:
    if (defect := find_defect(report)) is not None:
        raise Broken(f"a report that the store refuses: {defect}")
    scope_of(report)
    encode(to_record(report, document, source="fuzz"))
    printed = _plain(
        "\n".join(
            block.text if isinstance(block, Paragraph) else "\n".join(cell.text for cell in block.cells())
            for block in document.blocks
        )
    )
    for fact in report.facts:
        if fact.value is None:
            if fact.status == "reported":
                raise Broken(f"reported without a value: {fact}")
            continue
        if fact.status != "reported":
            raise Broken(f"a value that is not reported: {fact}")
        digits = re.sub(r"\D", "", f"{Decimal(fact.value):f}")
        if fact.value and digits.lstrip("0") not in re.sub(r"\D", "", _plain(fact.raw or "")):
            raise Broken(f"a number that its cell does not print: {fact}")
        if _plain(fact.raw or "") not in printed:
            raise Broken(f"a number that the document does not print: {fact}")


def _plain(text: str) -> str:
    return "".join(to_simplified(unicodedata.normalize("NFKC", text)).split())


def _page(body: bytes) -> None:
    _document(b"<!doctype html>" + body)


def _text(body: bytes) -> None:
    if media.media_type(body) == "text/plain":
        _document(body)


def _rtf(body: bytes) -> None:
    _document(body if body.startswith(b"{\\rtf") else b"{\\rtf1\\ansi " + body)


def _word(body: bytes) -> None:
    """The beginning of an OLE file and its directory stay: without them it is no Word document."""
    magic, name = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WordDocument\0".encode("utf-16-le")
    body = magic + body[len(magic) :]
    _document(body if name in body else body + name)


def _workbook(body: bytes) -> None:
    """ZIP or OLE, as what it is named by its parts."""
    if not body.startswith(b"PK"):
        magic, name = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Workbook\0".encode("utf-16-le")
        body = magic + body[len(magic) :]
        body = body if name in body else body + name
    _document(body)


@cache
def _parts(kind: str) -> dict[str, bytes]:
    """The parts of an empty Word document or workbook."""
    if kind == "docx":
        stream = io.BytesIO()
        docx.Document().save(stream)
        with zipfile.ZipFile(stream) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    office = "http://schemas.openxmlformats.org"
    head = b'<?xml version="1.0" encoding="UTF-8"?>'
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": head
        + (
            f'<Types xmlns="{office}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": head
        + (
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ).encode(),
        "xl/workbook.xml": head
        + (
            f'<workbook xmlns="{office}/spreadsheetml/2006/main" xmlns:r="{office}/officeDocument/2006/relationships">'
            '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": head
        + (
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>"
        ).encode(),
        "xl/worksheets/sheet1.xml": b"",
    }


def packed(kind: str, part: str, content: bytes) -> bytes:
    """An office document with ``content`` as one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, body in (_parts(kind) | {part: content}).items():
            archive.writestr(name, body)
    return stream.getvalue()


def _office_part(kind: str, part: str, before: bytes, after: bytes, body: bytes) -> None:
    _document(packed(kind, part, before + body + after))


WORD_BODY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>',
    b"</w:body></w:document>",
)
SHEET_DATA = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    b"</worksheet>",
)


def drawn_pdf(content: bytes) -> bytes:
    """A PDF of one page with these drawing instructions."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 3 0 R >> >> >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def _pdf(body: bytes) -> None:
    """Without the reader of pictures, which takes seconds for each page; it has a target of its own."""
    ocr = "govreports.documents.ocr"
    known = sys.modules.get(ocr)
    sys.modules[ocr] = None  # type: ignore[assignment]  # what Python takes for a module that is not there
    try:
        _document(body if b"%PDF-" in body[:1024] else b"%PDF-1.4\n" + body)
    finally:
        del sys.modules[ocr]
        if known is not None:
            sys.modules[ocr] = known


def _drawn(body: bytes) -> None:
    _pdf(drawn_pdf(body))


def _charset(body: bytes) -> None:
    """The first line is the header's value, the rest the body."""
    header, _, text = body.partition(b"\n")
    decoded = charset.decode(text, content_type=header.decode("latin-1"))
    decoded.text.encode("utf-8", "replace")
    media.media_type(text)


def _warc(body: bytes) -> None:
    """A file of an archive, as it lies there and with each of its records packed anew."""
    packed_again = b"".join(gzip.compress(part, 1, mtime=0) for part in re.split(rb"(?=WARC/1)", body) if part)
    for content in (body, packed_again):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.warc.gz"
            path.write_bytes(content)
            with contextlib.suppress(ArchiveError):
                for _ in iter_pages(path):
                    pass
            # A file of somebody else's, as ``govreports import`` takes it.
            for taken in found_in(path, portal=None):
                if not isinstance(taken, ImportProblem) and not isinstance(taken.page.body, bytes):
                    raise Broken("a page without bytes")


# --- Reports ------------------------------------------------------------------------------------------------------


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _number(body: bytes) -> None:
    """A cell's number is one that it prints, exactly."""
    raw = _decoded(body)
    for signed in (False, True):
        for money in (False, True):
            cell = parse_value(raw, signed=signed, money=money)
            if (cell.value is None) != (cell.status != "reported"):
                raise Broken(f"{raw!r} gives {cell}")
            if cell.value:
                digits = re.sub(r"\D", "", f"{Decimal(cell.value):f}")
                printed = re.sub(r"\D", "", unicodedata.normalize("NFKC", raw))
                # Digits of other scripts are digits too, but none that a report prints.
                if not digits.isascii() or digits not in printed:
                    raise Broken(f"{raw!r} gives {cell.value}")


def _label(body: bytes) -> None:
    text = _decoded(body)
    found = readings(text)
    if any(not reading.editions for reading in found):
        raise Broken(f"{text!r} is a label of no edition")
    is_cut(text)
    list(label_tails(text))


def _title(body: bytes) -> None:
    text = _decoded(body)
    judged = judge_title(text)
    numerals = str.maketrans("〇○Ο零一二三四五六七八九", "0000123456789")
    printed = re.sub(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]", "", unicodedata.normalize("NFKC", text)).translate(
        numerals
    )
    if judged.year is not None and str(judged.year) not in printed:
        raise Broken(f"{text!r} is said to be of {judged.year}")
    column_name(text)
    section_heading(text)


def _metadata(body: bytes) -> None:
    """Lines with tabs between label and value, as paragraphs, list data and table cells."""
    text = _decoded(body)
    cleaner = TextCleaner([text])
    lines = text.splitlines()
    read_metadata([Paragraph(line) for line in lines], cleaner.clean)
    pairs = dict(line.partition("\t")[::2] for line in lines)
    listed_metadata(pairs)
    for value in pairs.values():
        is_unfilled(value)
        parse_date(value)
        normal_index_number(value)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>" for line in lines)
    _document(f"<html><table>{rows}</table></html>".encode("utf-8", "replace"))


# --- Lists and pages ----------------------------------------------------------------------------------------------

ADDRESSES = {
    "trs": "http://www.a.gov.cn/zwgk/zfxxgknb/",
    "gongkai": "http://www.a.gov.cn/gongkai/site_a/channel_c_1/",
    "gkmlpt": "http://www.a.gov.cn/gkmlpt/annual",
    "nfcms": "http://www.a.gov.cn/zwgk/zfxxgknb/index.html",
    "lonsun": "http://www.a.gov.cn/public/column/1?type=4&catId=2&action=list",
    "vsb": "http://www.a.gov.cn/zwgk/nb.htm",
    "hanweb_jpage": "http://www.a.gov.cn/col/col1/index.html",
    "hanweb_jpaas": "http://www.a.gov.cn/col/col1/index.html",
    "hanweb_xxgk": "http://www.a.gov.cn/xxgk/jcms_files/jcms1/web1/site/zfxxgk/search.html",
    "ucap": "http://www.a.gov.cn/a/xxgknb/zfxxgk_gknbz.shtml",
}


def _response(body: bytes, url: str) -> TextResponse:
    kind: type[TextResponse] = HtmlResponse
    if body.lstrip()[:1] in (b"{", b"["):
        kind = JsonResponse
    elif body.startswith(b"<?xml"):
        kind = XmlResponse
    headers = {"Content-Type": {JsonResponse: "application/json", XmlResponse: "text/xml"}.get(kind, "text/html")}
    return kind(url, body=body, headers=headers, encoding="utf-8", request=Request(url))


def _list(family: type[Family], body: bytes) -> None:
    """What a page lists are addresses that can be asked, whatever stands there."""
    url = ADDRESSES.get(family.name, "http://www.a.gov.cn/zwgk/zfxxgknb/")
    response = _response(body, url)
    for listing in (family().list_page(response), family().beside_document(response)):
        for address in _addresses(listing):
            _check_address(address)
        for item in listing.items:
            judge_title(item.title or "")
            if not all(isinstance(part, str) for pair in item.metadata.items() for part in pair):
                raise Broken(f"metadata that are no text: {dict(item.metadata)}")
            if item.title is not None and not isinstance(item.title, str):
                raise Broken(f"a title that is no text: {item.title!r}")
        if listing.items_claimed is not None and not 0 <= listing.items_claimed < 10**9:
            raise Broken(f"a claim of {listing.items_claimed} items")


def _addresses(listing: Listing) -> Iterator[str | Request]:
    for item in listing.items:
        yield item.url
        address_key(item.url)
        if item.fallback_url is not None:
            yield item.fallback_url
        yield from (file.url for file in item.attachments)
    yield from (column.url for column in listing.columns)
    yield from listing.lists
    yield from listing.probes
    if listing.next_page is not None:
        yield listing.next_page
    if listing.plan is not None:
        yield from listing.plan.candidates(2)
        yield from listing.plan.candidates(3)


def _check_address(address: str | Request) -> None:
    url = address if isinstance(address, str) else address.url
    if not url.startswith(("http://", "https://")):
        raise Broken(f"an address of another scheme: {url!r}")
    # As the spider asks for it.
    Request(url)
    address_key(url)
    host_of(url)


def _any_page(body: bytes) -> None:
    """All that is asked of a page beside its lists."""
    response = _response(body, "http://www.a.gov.cn/zwgk/t20240101_1.html")
    blocked_kind(response)
    is_error_page(response)
    detect(response)
    for link in platform_links(response):
        _check_address(link.url)
    own_judgement(response)
    report_title(response)
    speaks_of_a_report(response)
    compare(site_of(response), name="某市人民政府", division_code="370300")
    if (target := script_redirect(response)) is not None and (url := absolute(response.url, target)) is not None:
        _check_address(url)
    for year in (None, 2023):
        for file in attachments(response, year=year):
            _check_address(file.url)
            address_key(file.url)
    text = response.text
    for name in ("data", "list"):
        value_named(text, name)
        list(objects_with(text, name))
    as_file = Response(response.url, body=body, headers={"Content-Disposition": body[:200].replace(b"\n", b" ")})
    own_judgement(as_file)


def _address(body: bytes) -> None:
    """What a page says is an address."""
    link = _decoded(body)
    url = absolute("http://www.a.gov.cn/zwgk/nb/", link)
    allowed = AllowedHosts.parse("gov.cn,127.0.0.1")
    allowed.allows(link)
    host_of(link)
    if url is None:
        return
    _check_address(url)
    is_folder(url)
    desktop_twin(url)
    column_of(url)
    if allowed.allows(url) and not re.fullmatch(
        r"https?://(?:[^/?#\\]*@)?(?:[a-z0-9_.-]*\.)?(?:gov\.cn|127\.0\.0\.1)\.?(?::\d*)?(?:[/?#].*)?",
        url,
        re.DOTALL | re.I,
    ):
        raise Broken(f"{url!r} counts as allowed")


def _registry(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "x.toml").write_bytes(body)
        registry = load_registry(folder, families=list(known_families()), allowed=AllowedHosts.parse("gov.cn"))
        for finding in registry.findings:
            str(finding).encode("utf-8", "replace")


_PDF_LIBRARIES = ("govreports", "pdfplumber", "pdfminer")

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("html", _page, 16_384),
        Target("plain", _text, 8192),
        Target("rtf", _rtf),
        Target("docx", _document, 16_384),
        Target("docx_body", partial(_office_part, "docx", "word/document.xml", *WORD_BODY)),
        Target("docx_numbering", partial(_office_part, "docx", "word/numbering.xml", b"", b"")),
        Target("workbook", _workbook, 16_384),
        Target("sheet", partial(_office_part, "xlsx", "xl/worksheets/sheet1.xml", *SHEET_DATA), 32_768, shortest=8000),
        Target("pdf", _pdf, 20_000, _PDF_LIBRARIES),
        Target("pdf_page", _drawn, 4096, _PDF_LIBRARIES),
        Target("zip", _document, 8192),
        Target("word", _word, 32_768),
        Target("picture", _document, 32_768),
        Target("charset", _charset),
        Target("warc", _warc),
        Target("number", _number, 64),
        Target("label", _label, 300),
        Target("title", _title, 300),
        Target("metadata", _metadata),
        *(Target(f"list_{name}", partial(_list, family), 16_384) for name, family in FAMILIES.items()),
        Target("page", _any_page, 16_384),
        Target("address", _address, 300),
        Target("registry", _registry),
    )
}
