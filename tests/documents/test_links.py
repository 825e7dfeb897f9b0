"""What a page refers to: every form in which portals hang files on an article, with the name that people see."""

from __future__ import annotations

import pytest

from govreports.documents import read
from govreports.documents.links import is_generic_name, page_links, visible_name

NAME = "某区2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f'<a href="./P020240131.pdf" oldsrc="/protect/P.pdf">{NAME}</a>', ("./P020240131.pdf", NAME, "anchor")),
        (
            f'<a href="./P020260521595406680195.pdf" download="{NAME}.pdf">P020260521595406680195.pdf</a>',
            ("./P020260521595406680195.pdf", f"{NAME}.pdf", "anchor"),
        ),
        (f'<a href="./a.docx" title="{NAME}">点击下载</a>', ("./a.docx", NAME, "anchor")),
        (f"<script>var appLinkStr='./P0.xlsx|{NAME}.xlsx';</script>", ("./P0.xlsx", f"{NAME}.xlsx", "script")),
        ('<script>var files=["\\/attachment\\/1\\/2.docx"]</script>', ("/attachment/1/2.docx", "", "script")),
        ('<p class="insertfileTag"><a href="./file">附件</a></p>', ("./file", "附件", "anchor")),
        (
            f'<a href="/module/download/downfile.jsp?classid=0&filename=ab12.pdf">{NAME}</a>',
            ("/module/download/downfile.jsp?classid=0&filename=ab12.pdf", NAME, "anchor"),
        ),
        ('<a href="/attachment/1/1658/12541123">附件2</a>', ("/attachment/1/1658/12541123", "附件2", "anchor")),
        ('<a href="/group6/M00/0B/22/wKg">下载</a>', ("/group6/M00/0B/22/wKg", "下载", "anchor")),
        (
            '<a href="/system/_content/download.jsp?owner=1&wbfileid=2">年报</a>',
            ("/system/_content/download.jsp?owner=1&wbfileid=2", "年报", "anchor"),
        ),
        (
            '<a href="doc_5fdb3fbcdc6ea741963db177_0123456789abcdef0123456789abcdef.pdf">PDF</a>',
            ("doc_5fdb3fbcdc6ea741963db177_0123456789abcdef0123456789abcdef.pdf", "PDF", "anchor"),
        ),
        ('<iframe src="/pdfjs/web/viewer.html?file=%2Fupload%2Fa.pdf"></iframe>', ("/upload/a.pdf", "", "frame")),
        ('<iframe src="/pdfjs/web/viewer.html?file=..%2F..%2Fa.pdf"></iframe>', ("/a.pdf", "", "frame")),
        (f'<a href="/pdf/viewer.html?file=/upload/b.pdf">{NAME}</a>', ("/upload/b.pdf", NAME, "anchor")),
        (f'<embed src="b.pdf" title="{NAME}">', ("b.pdf", NAME, "frame")),
        ('<object data="c.pdf"></object>', ("c.pdf", "", "frame")),
        ('<img src="/__local/A/B/C.png" alt="">', ("/__local/A/B/C.png", "", "image")),
        ('<img src="" data-src="./W0.png">', ("./W0.png", "", "image")),
        ('<a href="javascript:void(0)" onclick="window.open(\'./P0.pdf\')">查看</a>', ("./P0.pdf", "查看", "anchor")),
    ],
)
def test_each_form_is_found_with_its_name(markup: str, found: tuple[str, str, str]) -> None:
    (link,) = page_links(f"<html><body>{markup}</body></html>")
    assert (link.url, link.name, link.kind) == found
    assert read(f"<html><body><p>正文</p>{markup}</body></html>".encode()).links == (link,)


@pytest.mark.parametrize("markup", ['<a href="/zwgk/">政务公开</a>', "<a>无</a>", '<img alt="x">', "plain", ""])
def test_other_links_are_left_out(markup: str) -> None:
    assert page_links(markup) == ()


@pytest.mark.parametrize(
    "name", ["附件", "附件1", "点击下载", "PDF版", "", "下载 Word 版", "image.png", "附件：1.docx"]
)
def test_a_generic_name_says_nothing(name: str) -> None:
    assert is_generic_name(name)


@pytest.mark.parametrize("name", ["2023年报", "附件：统计表", "收到和处理情况"])
def test_a_telling_name_does(name: str) -> None:
    assert not is_generic_name(name)


def test_a_file_name_that_a_machine_made_up_is_no_name() -> None:
    assert visible_name("P020240131595406680195.pdf", None, "0123456789abcdef0123.docx") == ""
