"""Answers of protection products are told from pages."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from govreports.middlewares.blocked import blocked_kind
from govreports.replica.faults import Ask, FaultKind, challenge

ASK = Ask(method="GET", path="/x/", query="", base="http://127.0.0.1", headers={})


def _page(body: str | bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> HtmlResponse:
    raw = body.encode() if isinstance(body, str) else body
    return HtmlResponse("http://a.gov.cn/x/", status=status, headers=headers or {}, body=raw, encoding="utf-8")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("ruishu", "ruishu"),
        ("jsluid", "jsluid"),
        ("script_stub", "script_stub"),
        ("geo_block", "geo"),
        ("slider", "slider"),
        ("waf_text", "waf"),
        ("wzws", "wzws"),
    ],
)
def test_each_protection_is_named(fault: FaultKind, kind: str) -> None:
    answer = challenge(fault, ASK)
    assert answer is not None
    assert blocked_kind(_page(answer.body, status=answer.status, headers=dict(answer.headers))) == kind


@pytest.mark.parametrize(
    ("status", "kind"), [(403, "forbidden"), (405, "refused"), (418, "refused"), (429, "rate_limit"), (567, "refused")]
)
def test_a_refusing_status_is_enough(status: int, kind: str) -> None:
    assert blocked_kind(_page("<html><body>no</body></html>", status=status)) == kind


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><ul><li>text</li></ul><script>var a=1</script></body></html>",
        "<script>window.location.href='/zwgk/zfxxgknb/';</script>",
        "<html><body><div id='app'></div><script src='/app.js'></script></body></html>",
        "<html><head><title></title></head><body>&nbsp;</body></html>",
        f"<html><head><script>$_ts=window['$_ts']</script></head><body>{'年度报告' * 2000}</body></html>",
    ],
)
def test_ordinary_pages_pass(body: str) -> None:
    assert blocked_kind(_page(body)) is None


@pytest.mark.parametrize("status", [404, 500, 302])
def test_ordinary_errors_are_no_protection(status: int) -> None:
    assert blocked_kind(_page("<html><body>x</body></html>", status=status)) is None


def test_an_empty_stub_past_the_end_of_a_list_is_the_sites_own() -> None:
    stub = _page("<html><head><script>var pages = 3;</script></head><body></body></html>")
    assert blocked_kind(stub) == "script_stub"
    assert blocked_kind(stub, past_end=True) is None
