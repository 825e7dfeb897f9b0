"""What the gongkai family reads from channels and documents."""

from __future__ import annotations

from scrapy.http import HtmlResponse

from govreports.spiders.families.gongkai import Gongkai, document_date

HOST = "http://www.zhangdian.gov.cn"
KIND = "5fb3c2adca6492588cbb9ae0"
CHANNEL = f"/gongkai/site_a/channel_c_5f9f6cc17f98afa2038372ee_{KIND}/"
SISTER = f"/gongkai/site_b/channel_c_5f9f6cc17f98afa2038372ed_{KIND}/"
OTHER = "/gongkai/site_b/channel_c_5f9f6cc17f98afa2038372ed_5fb3c2adca6492588cbb9ae1/"


def _page(path: str, body: str) -> HtmlResponse:
    return HtmlResponse(HOST + path, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8")


def test_a_channel_without_rows_cannot_claim_to_be_complete() -> None:
    listing = Gongkai().list_page(_page(CHANNEL, "<ul id='list'></ul>"))
    assert listing.items == ()
    assert listing.gap is not None


def test_a_channel_that_prints_its_total_can_be_measured() -> None:
    listing = Gongkai().list_page(_page(CHANNEL, "<div>共 12 条</div>"))
    assert (listing.items_claimed, listing.gap) == (12, None)


def test_sister_channels_are_told_by_the_second_half_of_their_id() -> None:
    body = f'<a href="{SISTER}">和平街道</a><a href="{OTHER}">和平街道</a>'
    assert [link.url for link in Gongkai().list_page(_page(CHANNEL, body)).columns] == [HOST + SISTER]


def test_organ_homes_are_followed_for_their_own_channels() -> None:
    body = '<a href="/gongkai/site_zdqhpjdbsc/">和平街道办事处</a>'
    assert [link.url for link in Gongkai().list_page(_page(CHANNEL, body)).columns] == [
        f"{HOST}/gongkai/site_zdqhpjdbsc/"
    ]


def test_documents_beside_a_document_are_items_when_they_are_of_its_channel_or_named_as_reports() -> None:
    body = (
        f'<a href="{CHANNEL}doc_6973270dc57810dabdc7a6bc.html">公园街道2025年政府信息公开工作年度报告</a>'
        f'<a href="{SISTER}doc_6978682e3dc79e8438c7a6db.html">和平街道2025年政府信息公开工作年度报告</a>'
        f'<a href="{OTHER}doc_6978682e3dc79e8438c7a6dc.html">关于春节放假的公告</a>'
    )
    listing = Gongkai().beside_document(_page(f"{CHANNEL}doc_61e4cd8e91b9b931d743a66e.html", body))
    assert [item.listed_on for item in listing.items] == ["2026-01-23", "2026-01-27"]


def test_the_time_in_an_id_is_the_documents_unless_it_was_migrated() -> None:
    assert document_date(f"{HOST}{CHANNEL}doc_67c969128940ec8b68717498.html") == "2025-03-06"
    assert document_date(f"{HOST}{CHANNEL}doc_5fdb3fbcdc6ea741963db177.html") is None
    assert document_date(f"{HOST}{CHANNEL}") is None
