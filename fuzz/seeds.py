"""Where fuzzing begins: reports, pages and lists of the replica portals, made anew each time."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image, ImageDraw
from scrapy import Request
from scrapy.http import HtmlResponse

from fuzz.targets import SHEET_DATA, WORD_BODY, drawn_pdf, packed
from govreports import documents
from govreports.archive import ArchiveWriter
from govreports.items import Page
from govreports.replica.catalogue import make_portal, portal_names
from govreports.replica.faults import Ask
from govreports.replica.files import report_docx
from govreports.replica.rendering import Layout, report_html, report_text
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports
from govreports.spiders.families import FAMILIES
from govreports.spiders.listing import PageAddress
from govreports.spiders.traits import known_families

_BODY = Publisher(name="青禾县人民政府", credit_code="113700000000000000", requests=60)
_BASE = "http://www.a.gov.cn"


def seeds_of(name: str) -> Iterator[bytes]:
    """The first inputs of a target, by its name."""
    reports = sample_reports(3, publishers=[_BODY], years=[2020, 2023])
    if name.startswith("list_"):
        yield from _lists(name.removeprefix("list_"))
    elif (make := _MAKERS.get(name)) is not None:
        yield from make(reports)


def _html(reports: list[ReportSpec]) -> Iterator[bytes]:
    for report in reports:
        for layout in (Layout(), Layout(word_paste=True), Layout(nested=True), Layout(split=True)):
            whole = report_html(report, layout)
            yield whole.encode()
            # Short inputs are mutated, and read, many times as often.
            yield from (f"<table{table}".encode() for table in whole.split("<table")[1:])
    title = reports[0].title
    yield (
        f"<title>{title}</title><meta name=x content=y><h1>{title}</h1><h2>a&#27;&#x1;&nbsp;b</h2><pre>1\n2</pre>"
        "<a href='x.pdf'>附件</a><img src=y.jpg><td><s>3</s><del>4</del><sup>5</sup></td><ucaptitle>z</ucaptitle>"
    ).encode()
    yield '<meta charset="gbk"><p style="display:none">1</p><td><input value="3">'.encode("gbk")


def _plain(reports: list[ReportSpec]) -> Iterator[bytes]:
    for report in reports:
        for style in ("pipes", "lines"):
            text = report_text(report, style)
            yield text.encode()
            yield from (part.encode() for part in text.split("\n\n") if len(part) > 40)
    yield "|项目|数量|\n|---|---|\n|规章|3|\n".encode()
    yield "\t规章\n\t3\n\t4\n\n\t行政许可\n\t5\n".encode("utf-16")


def _rtf(reports: list[ReportSpec]) -> Iterator[bytes]:
    gbk = "".join(f"\\'{byte:02x}" for byte in "三、收到和处理".encode("gb18030"))
    yield rf"{{\rtf1\ansi\ansicpg936{{\fonttbl{{\f0\fcharset134 SimSun;}}}}\f0 {gbk}\par}}".encode()
    yield rb"{\rtf1\ansi\uc1 \u25919?\u24220?\uc2\u20449\'d0\'c5\u24687\'cf\'a22023\par}"
    row = r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl a\cell 1\cell 2\cell\row "
    yield ("{\\rtf1 " + row * 3 + r"\pard end\par}").encode()
    yield rb"{\rtf1{\stylesheet{\s1 heading 1;}}{\pntext\'a1\'a2}\s1 x\par{\field{\*\fldinst Y}{\fldrslt 3}}\bin3 abc}"


def _docx(reports: list[ReportSpec]) -> Iterator[bytes]:
    yield report_docx(reports[0])
    yield packed("docx", "word/document.xml", _word_body(reports[0]).join(WORD_BODY))


def _word_body(report: ReportSpec) -> bytes:
    with zipfile.ZipFile(io.BytesIO(report_docx(report))) as archive:
        content = archive.read("word/document.xml")
    return content.partition(b"<w:body>")[2].rpartition(b"</w:body>")[0]


def _docx_body(reports: list[ReportSpec]) -> Iterator[bytes]:
    for report in reports:
        body = _word_body(report)
        yield body
        yield from (b"<w:tbl>" + part.partition(b"</w:tbl>")[0] + b"</w:tbl>" for part in body.split(b"<w:tbl>")[1:])
    yield (
        b'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        b"<w:r><w:t>1</w:t><w:tab/><w:br/></w:r><w:ins><w:r><w:t>2</w:t></w:r></w:ins><w:del><w:r/></w:del></w:p>"
        b"<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    )
    yield (
        b'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="3"/>'
        b'<w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr>'
        b'<w:gridSpan w:val="3"/><w:vMerge/></w:tcPr><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>'
    )


def _docx_numbering(reports: list[ReportSpec]) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(report_docx(reports[0]))) as archive:
        yield from (archive.read(name)[:4000] for name in archive.namelist() if name.endswith("numbering.xml"))
    yield (
        b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum '
        b'w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        b'<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        b"</w:numbering>"
    )


def _sheet(reports: list[ReportSpec]) -> Iterator[bytes]:
    rows = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="B1"><v>3</v></c><c r="C1"><v>1.5</v></c></row>'
        b'<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><v>#REF!</v></c><c r="C2" s="1"><v>45000</v></c></row>'
    )
    yield b"<sheetData>" + rows + b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    yield from map(_sheet_of, reports[:3])
    yield b'<dimension ref="A1:XFD1048576"/><sheetData><row r="9"><c r="D9"><f>1+1</f><v>2</v></c></row></sheetData>'


def _sheet_of(report: ReportSpec) -> bytes:
    """All tables of a report, one below the other, with their spans."""
    rows: list[str] = []
    merged: list[str] = []
    above = 0
    for grid in documents.read(f"<html>{report_html(report)}</html>".encode()).grids():
        for number, row in enumerate(grid.rows, above + 1):
            cells = "".join(
                f'<c r="{_column(cell.column)}{number}"><v>{cell.text}</v></c>'
                if cell.text.isdigit()
                else f'<c r="{_column(cell.column)}{number}" t="inlineStr"><is><t>{cell.text}</t></is></c>'
                for cell in row
            )
            rows.append(f'<row r="{number}">{cells}</row>')
            merged.extend(
                f'<mergeCell ref="{_column(cell.column)}{number}:'
                f'{_column(cell.column + cell.column_span - 1)}{number + cell.row_span - 1}"/>'
                for cell in row
                if cell.column_span > 1 or cell.row_span > 1
            )
        above += len(grid.rows)
    return f"<sheetData>{''.join(rows)}</sheetData><mergeCells>{''.join(merged)}</mergeCells>".encode()


def _column(number: int) -> str:
    return chr(ord("A") + number - 1)


def _workbook(reports: list[ReportSpec]) -> Iterator[bytes]:
    for content in _sheet(reports):
        yield packed("xlsx", "xl/worksheets/sheet1.xml", content.join(SHEET_DATA))


def _pdf_page(reports: list[ReportSpec]) -> Iterator[bytes]:
    lines = b"".join(b"60 %d m 500 %d l S " % (y, y) for y in (700, 670, 640))
    lines += b"".join(b"%d 640 m %d 700 l S " % (x, x) for x in (60, 200, 350, 500))
    words = b"".join(b"BT /F 12 Tf %d %d Td (%d) Tj ET " % (x, y, x + y) for x in (70, 210, 360) for y in (680, 650))
    yield lines + words
    yield b"60 640 440 60 re S 1 0 0 1 5 5 cm q 0.5 g 60 640 100 20 re f Q BT /F 9 Tf [(a)-200(b)] TJ T* (c) ' ET"
    yield b"BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI 10 10 m 20 20 30 30 40 10 c h B"


def _pdf(reports: list[ReportSpec]) -> Iterator[bytes]:
    yield from map(drawn_pdf, _pdf_page(reports))


def _zip(reports: list[ReportSpec]) -> Iterator[bytes]:
    table = "<table" + report_html(reports[0]).split("<table")[-1]
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", compression) as archive:
            archive.writestr("年报.html", table)
            archive.writestr("a/b.txt", "1")
        yield stream.getvalue()


def _picture(reports: list[ReportSpec]) -> Iterator[bytes]:
    for width, height in ((60, 40), (110, 80)):
        image = Image.new("RGB", (width, height), "white")
        draw = ImageDraw.Draw(image)
        draw.rectangle((5, 5, width - 5, height - 5), outline="black")
        draw.text((12, 12), "12", fill="black")
        for form in ("PNG", "BMP", "GIF", "JPEG", "TIFF", "WEBP"):
            stream = io.BytesIO()
            image.save(stream, form)
            yield stream.getvalue()
    # Noise is packed into little less than it is, so that these are about as long as inputs may be.
    for width, height in ((120, 180), (150, 150), (200, 130), (170, 170)):
        grain = Image.effect_noise((width, height), 80)
        for form in ("PNG", "BMP", "GIF", "JPEG", "TIFF", "WEBP"):
            stream = io.BytesIO()
            grain.save(stream, form)
            yield stream.getvalue()


def _charset(reports: list[ReportSpec]) -> Iterator[bytes]:
    for encoding in ("utf-8", "gb18030", "utf-16", "big5"):
        yield f"text/html; charset={encoding}\n".encode() + '<meta charset="gb2312">政府信息公開'.encode(encoding)


def _warc(reports: list[ReportSpec]) -> Iterator[bytes]:
    page = Page(
        portal="x",
        url=f"{_BASE}/1.html",
        request_url=f"{_BASE}/1.html",
        status=200,
        headers=[("Content-Type", "text/html")],
        body=b"<p>1</p>",
        fetched_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    with tempfile.TemporaryDirectory() as folder, ArchiveWriter(Path(folder), name="x", software="x") as writer:
        writer.write(page)
        whole = next(Path(folder).iterdir()).read_bytes()
    yield whole
    yield gzip.decompress(whole)


def _numbers(reports: list[ReportSpec]) -> Iterator[bytes]:
    texts = (
        "0",
        "12",
        "1,234",
        "１２",
        "增加3",
        "-5",
        "3件",
        "13.56万元",
        "5（其中修订16件）",
        "/",
        "无",
        "①3",
        "1 234",
        "12,34",
    )
    yield from (text.encode() for text in texts)


def _labels(reports: list[ReportSpec]) -> Iterator[bytes]:
    for name in ("proactive", "requests", "disputes"):
        text = files("govreports.reports").joinpath(f"forms/{name}.toml").read_text("utf-8")
        yield from (line.split('"')[1].encode() for line in text.splitlines() if line.startswith("label = "))


def _titles(reports: list[ReportSpec]) -> Iterator[bytes]:
    for name in portal_names()[:6]:
        yield from (item.title.encode() for item in make_portal(name).items)
    yield "二〇二三年政府信息公开年报".encode()


def _metadata(reports: list[ReportSpec]) -> Iterator[bytes]:
    yield "索引号\t11370303/2024-5424910\n发文字号\t无文号\n成文日期：2024年1月18日\n发布日期\t20240118\n".encode()
    yield "发布机构: 某局 主题分类: 政务公开\n公开日期\t2024-01-18\n有效性\t有效".encode()


def _addresses(reports: list[ReportSpec]) -> Iterator[bytes]:
    yield from (
        b"./202401/t20240130_1_wap.html",
        b"http://www.a.gov.cn/gate/big5/b.gov.cn/x",
        b"//user:pw@b.gov.cn:8080/x?y#z",
        b"http://[::1]/x",
        b"javascript:x",
        b"/col/col12/index.html?uid=3&pageNum=2",
        b"http://127.0.0.1\\@gov.cn/",
    )


def _registry(reports: list[ReportSpec]) -> Iterator[bytes]:
    portals = sorted(files("govreports.registry").joinpath("portals").iterdir(), key=lambda source: source.name)
    yield from (source.read_bytes()[:4000] for source in portals[:5])


def _pages(reports: list[ReportSpec]) -> Iterator[bytes]:
    for name in known_families():
        yield from _lists(name)
    yield b"<script>window.location.href='/zfxxgknb/';</script>"


def _lists(family: str) -> Iterator[bytes]:
    """The column, platform, home page and an article of each replica of the family, and what its column calls."""
    for name in portal_names():
        portal = make_portal(name)
        if portal.family != family:
            continue
        articles = [portal.article_path(item) for item in portal.items[:1]]
        column = f"{_BASE}{portal.column}"
        asked: list[PageAddress] = [
            column,
            f"{_BASE}{portal.platform}",
            f"{_BASE}/",
            *(_BASE + path for path in articles),
        ]
        answer = _answer(name, column)
        listing = FAMILIES[family]().list_page(_response(answer, column)) if family in FAMILIES else None
        if listing is not None:
            asked += [*listing.lists, *([listing.next_page] if listing.next_page else [])]
            asked += [*(listing.plan.candidates(2) if listing.plan is not None else ())][:1]
        yield from dict.fromkeys(_answer(name, address) for address in asked)


def _answer(name: str, address: PageAddress) -> bytes:
    request = Request(address) if isinstance(address, str) else address
    parts = urlsplit(request.url)
    headers = {key.decode().lower(): request.headers[key].decode() for key in request.headers}
    ask = Ask(method=request.method, path=parts.path, query=parts.query, base=_BASE, headers=headers, body=request.body)
    return make_portal(name).answer(ask).body


def _response(body: bytes, url: str) -> HtmlResponse:
    return HtmlResponse(url, body=body, encoding="utf-8", request=Request(url))


_MAKERS = {
    "html": _html,
    "plain": _plain,
    "rtf": _rtf,
    "docx": _docx,
    "docx_body": _docx_body,
    "docx_numbering": _docx_numbering,
    "workbook": _workbook,
    "sheet": _sheet,
    "pdf": _pdf,
    "pdf_page": _pdf_page,
    "zip": _zip,
    "picture": _picture,
    "charset": _charset,
    "warc": _warc,
    "number": _numbers,
    "label": _labels,
    "title": _titles,
    "metadata": _metadata,
    "address": _addresses,
    "registry": _registry,
    "page": _pages,
}
