"""Which files and pictures of a report's page are asked for."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from govreports.replica.catalogue import make_portal
from govreports.replica.rendering import Layout, report_html, with_glosses
from govreports.spiders.attachments import Attachment, attachments, lacks_tables
from govreports.spiders.listing import AttachedFile

URL = "http://www.a.gov.cn/zfxxgknb/202401/t20240131_1.html"
FOLDER = URL.rpartition("/")[0]
TITLE = "某区2023年政府信息公开工作年度报告"
REPORTS = make_portal("trs_plain").reports
WHOLE = report_html(REPORTS[-1])
BARE = "<h1>某区2023年政府信息公开工作年度报告</h1><p>本年新收政府信息公开申请24件，全文见附件。</p>"


def _response(body: str) -> HtmlResponse:
    return HtmlResponse(URL, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8")


def _found(body: str, *, year: int | None = 2023, listed: tuple[AttachedFile, ...] = ()) -> list[str]:
    return [file.url.removeprefix(FOLDER) for file in attachments(_response(body), year=year, listed=listed)]


@pytest.mark.parametrize("report", [REPORTS[0], REPORTS[-1]], ids=["v2019", "v2021"])
@pytest.mark.parametrize("layout", [Layout(), Layout(word_paste=True, split=True), Layout(nested=True)], ids=str)
def test_a_page_with_all_tables_lacks_none(report: object, layout: Layout) -> None:
    page = report_html(report, layout)  # type: ignore[arg-type]
    assert not lacks_tables(_response(page))
    assert not lacks_tables(_response(with_glosses(page)))


def test_a_page_with_two_tables_lacks_one() -> None:
    assert lacks_tables(_response(WHOLE.rpartition("<table")[0]))


@pytest.mark.parametrize("page", [WHOLE, BARE])
def test_what_is_named_as_the_report_is_asked_for_whatever_the_page_prints(page: str) -> None:
    assert _found(f'{page}<a href="./P0.pdf">{TITLE}.pdf</a>') == ["/P0.pdf"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="./P0.pdf">附件</a>',
        '<a href="./P0.pdf">P020240131000000001.pdf</a>',
        '<a href="./P0.pdf">2023年年报</a>',
        '<a href="./P0.pdf">收到和处理政府信息公开申请情况表</a>',
        '<iframe src="P0.pdf"></iframe>',
        "<script>var appLinkStr='./P0.pdf|';</script>",
    ],
)
def test_a_vague_name_counts_only_where_the_page_lacks_tables(link: str) -> None:
    assert (_found(BARE + link), _found(WHOLE + link)) == (["/P0.pdf"], [])


@pytest.mark.parametrize(
    "link",
    [
        '<a href="./P0.doc">政府信息公开申请表</a>',
        '<a href="./P0.pdf">某区2022年政府信息公开工作年度报告</a>',
        '<a href="./P0.pdf">一图读懂某区2023年政府信息公开工作年度报告</a>',
        '<a href="./P0.pdf">政府信息公开指南</a>',
        '<a href="./P0.pdf">领导简历</a>',
        '<iframe src="/nav.html"></iframe>',
        '<a href="t20240131_1.html" download="">附件</a>',
        '<a href="javascript:void(0)">附件</a>',
    ],
)
def test_what_cannot_be_this_report_is_left_alone(link: str) -> None:
    assert _found(BARE + link) == []


@pytest.mark.parametrize(
    ("picture", "taken"),
    [
        ("./W020240131.png", True),
        ("/__local/A/BC/x.jpg", True),
        ("/upload/2024/01/a.jpeg", True),
        ("/images/logo.png", False),
        ("/images/a.png", False),
        ("/2024/01/qrcode.png", False),
        ("data:image/png;base64,AAAA", False),
    ],
)
def test_pictures_of_the_article_count_where_tables_lack(picture: str, taken: bool) -> None:
    image = f'<img src="{picture}">'
    assert (len(_found(BARE + image)), _found(WHOLE + image)) == (int(taken), [])


def test_reports_from_before_the_tables_have_no_pictures_of_them() -> None:
    assert _found(f'{BARE}<img src="./W0.png">', year=2016) == []


def test_a_file_that_stands_there_twice_is_asked_for_once() -> None:
    links = f'<iframe src="P0.pdf"></iframe><a href="./P0.pdf">{TITLE}</a><a href="https://www.a.gov.cn/x.pdf">附件</a>'
    found = attachments(_response(BARE + links), year=2023)
    assert found == (
        Attachment(f"{FOLDER}/P0.pdf", TITLE, False, True, True, 2023),
        Attachment("https://www.a.gov.cn/x.pdf", "附件", False, False, True, None),
    )


def test_files_that_the_list_names_belong_to_the_report() -> None:
    listed = (AttachedFile(f"{FOLDER}/1.docx", "filename.docx"), AttachedFile(f"{FOLDER}/2.docx", "申请表.docx"))
    assert (_found(BARE, listed=listed), _found(WHOLE, listed=listed)) == (["/1.docx"], [])
