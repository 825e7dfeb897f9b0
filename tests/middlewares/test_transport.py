"""Crawls of sites whose scheme or certificate is not what the registry says, over real TLS on loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawling import Crawled, write_registry
from tls_site import CertificateKind, make_certificate, site

from govreports.middlewares.scheme import other_scheme

Run = Callable[..., Crawled]
TITLE = "某区2023年政府信息公开工作年度报告"
PAGES = {
    "/zfxxgknb/": f'<html><body><ul><li><a href="./202401/t20240130_1.html">{TITLE}</a></li></ul></body></html>',
    "/zfxxgknb/202401/t20240130_1.html": f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1></body></html>",
}


def _crawl(run: Run, folder: Path, url: str, **entry: Any) -> Crawled:
    portals = write_registry(folder / "portals", {"id": "qu", "family": "trs", "start_urls": [url], **entry})
    return run("crawl", "qu", portals=portals, settings={"RETRY_TIMES": "0"})


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[CertificateKind], Path]:
    """Makes a certificate of a kind whose issuer the crawl trusts."""

    def make(kind: CertificateKind) -> Path:
        certificate, issuer = make_certificate(tmp_path, kind)
        monkeypatch.setenv("SSL_CERT_FILE", str(issuer))
        return certificate

    return make


@pytest.mark.parametrize("kind", ["self_signed", "expired", "other_host", "weak_key"])
def test_a_bad_certificate_passes_where_the_registry_allows_it_and_is_told(
    run: Run, tmp_path: Path, trusted: Callable[[CertificateKind], Path], kind: CertificateKind
) -> None:
    with site(PAGES, certificate=trusted(kind)) as there:
        crawled = _crawl(run, tmp_path, f"https://{there.address}/zfxxgknb/", tls="permissive")
    assert (crawled.code, crawled.titles) == (0, [TITLE]), crawled.stderr
    assert f"Note: the connection to {there.address} was not verified: " in crawled.last_line


@pytest.mark.parametrize("kind", ["self_signed", "expired", "other_host"])
def test_a_bad_certificate_is_refused_otherwise_and_the_portal_says_why(
    run: Run, tmp_path: Path, trusted: Callable[[CertificateKind], Path], kind: CertificateKind
) -> None:
    with site(PAGES, certificate=trusted(kind)) as there:
        crawled = _crawl(run, tmp_path, f"https://{there.address}/zfxxgknb/")
    assert (crawled.code, crawled.pages, there.asked) == (1, [], [])
    assert crawled.last_line.startswith("qu: failed:tls ")
    assert 'tls = "permissive"' in crawled.last_line


def test_a_good_certificate_is_checked_even_where_a_bad_one_would_pass(
    run: Run, tmp_path: Path, trusted: Callable[[CertificateKind], Path]
) -> None:
    with site(PAGES, certificate=trusted("valid")) as there:
        crawled = _crawl(run, tmp_path, f"https://{there.address}/zfxxgknb/", tls="permissive")
    assert (crawled.code, crawled.titles, "Note" in crawled.last_line) == (0, [TITLE], False), crawled.stderr


def test_https_is_asked_where_http_does_not_answer(
    run: Run, tmp_path: Path, trusted: Callable[[CertificateKind], Path]
) -> None:
    with site(PAGES, certificate=trusted("valid")) as there:
        crawled = _crawl(run, tmp_path, f"http://{there.address}/zfxxgknb/")
    assert (crawled.code, crawled.titles) == (0, [TITLE]), crawled.stderr
    assert "does not answer under http, so https://" in crawled.last_line
    assert {page["url"].partition(":")[0] for page in crawled.pages} == {"https"}


def test_http_is_asked_where_https_does_not_answer(run: Run, tmp_path: Path) -> None:
    with site(PAGES) as there:
        crawled = _crawl(run, tmp_path, f"https://{there.address}/zfxxgknb/")
    assert (crawled.code, crawled.titles) == (0, [TITLE]), crawled.stderr
    assert "does not answer under https, so http://" in crawled.last_line


def test_a_host_that_answers_under_no_scheme_is_unreachable_under_the_one_asked_for(run: Run, tmp_path: Path) -> None:
    with site({}) as there:
        pass
    crawled = _crawl(run, tmp_path, f"http://{there.address}/zfxxgknb/")
    assert crawled.last_line.startswith(f"qu: failed:unreachable (reports: 0, items listed: 0). http://{there.address}")


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("http://a.gov.cn/x?y=1", "https://a.gov.cn/x?y=1"),
        ("https://a.gov.cn:443/x", "http://a.gov.cn/x"),
        ("http://a.gov.cn:8080/x", "https://a.gov.cn:8080/x"),
    ],
)
def test_the_other_scheme_is_asked_of_the_same_host(url: str, other: str) -> None:
    assert other_scheme(url) == other
