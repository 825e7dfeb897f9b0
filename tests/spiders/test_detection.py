"""Families are told by addresses and source."""

from __future__ import annotations

import pytest

from govreports.registry import load_registry
from govreports.registry.hosts import AllowedHosts
from govreports.replica.catalogue import make_portal, portal_names
from govreports.replica.faults import Ask
from govreports.spiders.detection import detect_family
from govreports.spiders.families import FAMILIES, known_families


def test_no_address_of_the_registry_is_given_a_wrong_family() -> None:
    portals = load_registry(None, families=known_families(), allowed=AllowedHosts.parse("gov.cn")).portals
    wrong = {}
    for portal in portals.values():
        for url in (*portal.start_urls, *portal.documents):
            guesses = detect_family(url, "")
            if guesses and guesses[0].family != portal.family:
                wrong[portal.id] = guesses[0]
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in portal_names() if make_portal(name).family in FAMILIES])
def test_a_supported_familys_pages_are_recognised(name: str) -> None:
    portal = make_portal(name)
    item = portal.items[0]
    path = portal.article_path(item)
    page = portal.answer(Ask(method="GET", path=path, query="", base="http://127.0.0.1", headers={}))
    assert detect_family(f"http://127.0.0.1{path}", page.body.decode("utf-8", "replace"))[0].family == portal.family


@pytest.mark.parametrize(
    ("html", "family"),
    [
        ('<div id="UCAP-CONTENT">x</div>', "ucap"),
        ('<div id="UCAP-CONTENT"><div class="trs_editor_view">x</div></div>', "trs"),
        ("<script>createPageHTML(3, 0, 'index', 'html')</script>", "trs"),
        ('<script type="text/xml"><datastore></datastore></script>', "hanweb_jpage"),
        ('<a href="/gongkai/channel_c6437/doc_5fdb3fbcdc6ea741963db177.html">x</a>', "gongkai"),
    ],
)
def test_tokens_of_the_source_decide_where_the_address_says_nothing(html: str, family: str) -> None:
    assert detect_family("http://a.gov.cn/x/", html)[0].family == family


def test_the_evidence_is_named() -> None:
    (guess,) = detect_family("http://a.gov.cn/202401/t20240130_23.html", "")
    assert guess.evidence == ("address: /t20240130_23.html",)


def test_a_page_without_any_sign_is_left_undecided() -> None:
    assert detect_family("http://a.gov.cn/x/", "<html><body>hello</body></html>") == []
