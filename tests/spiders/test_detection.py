"""Families are told by addresses and source; what does not suffice is left undecided, with the reason."""

from __future__ import annotations

from collections import Counter

import pytest

from govreports.replica.matrix import DetectionCase, detection_cases
from govreports.spiders.detection import detect_family
from govreports.spiders.traits import column_of

COLUMN_TELLS = "its column tells which"


@pytest.fixture(scope="module")
def cases() -> list[DetectionCase]:
    """Every page of every replica, and every address of the registry."""
    return list(detection_cases())


def test_no_page_of_a_replica_and_no_address_of_the_registry_is_given_a_wrong_family(
    cases: list[DetectionCase],
) -> None:
    assert [(case.url, case.family, case.verdict.guesses) for case in cases if case.judged == "wrong"] == []


def test_all_that_is_not_right_says_why_it_is_undecided(cases: list[DetectionCase]) -> None:
    assert [case.url for case in cases if (case.judged == "undecided") != (case.verdict.doubt is not None)] == []


def test_enough_is_decided_by_one_page_alone(cases: list[DetectionCase]) -> None:
    counted = Counter((case.pages, case.judged) for case in cases)
    shares = {
        pages: counted[pages, "right"] / sum(counted[pages, judged] for judged in ("right", "undecided"))
        for pages in {case.pages for case in cases}
    }
    assert shares["replicas: column"] >= 0.75
    assert shares["replicas: article"] >= 0.65
    assert counted["registry: addresses alone", "right"] >= 37


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
    assert detect_family("http://a.gov.cn/x/", html).family == family


def test_a_decisive_token_weighs_more_than_an_address_that_sisters_share() -> None:
    html = "<script url='/api-gateway/jpaas-publish-server/front/page/build/unit'></script>"
    assert detect_family("http://a.gov.cn/col/col1/index.html", html).family == "hanweb_jpaas"


def test_the_evidence_is_named() -> None:
    (guess,) = detect_family("http://a.gov.cn/202401/t20240130_23.html", "").guesses
    assert guess.evidence == ("address: /t20240130_23.html",)


def test_a_page_without_any_sign_is_undecided() -> None:
    verdict = detect_family("http://a.gov.cn/x/", "<html><body>hello</body></html>")
    assert (verdict.family, verdict.best, verdict.doubt) == (None, None, "nothing in it is a sign of a known family")


def test_equal_scores_are_undecided_and_name_both() -> None:
    verdict = detect_family("http://a.gov.cn/x/", "<div id='vsb_content'></div><script>var countPage = 3;</script>")
    assert verdict.family is None
    assert verdict.doubt == "vsb (page: vsb_content) and trs (page: countPage) are equally likely"


def test_an_article_that_sister_systems_print_alike_is_undecided_until_its_column_is_seen() -> None:
    verdict = detect_family("http://a.gov.cn/art/2021/1/11/art_14_12.html", "<!--ZJEG_RSS.content.begin-->")
    assert (verdict.family, verdict.one_of_sisters, COLUMN_TELLS in (verdict.doubt or "")) == (None, True, True)


@pytest.mark.parametrize(
    ("article", "column"),
    [
        ("/x/zfxxgknb/202401/t20240130_1_wap.html", "/x/zfxxgknb/"),
        ("/gongkai/site_a/channel_c6437/doc_5fdb3fbcdc6ea741963db177.html", "/gongkai/site_a/channel_c6437/"),
        ("/art/2021/1/2/art_55_66.html", "/col/col55/index.html"),
        ("/col/col55/art/2021/art_0b80457a0ed144fbc07956e7f0b80457.html", "/col/col55/index.html"),
        ("/rsj/gkmlpt/content/1/2/post_3.html", "/rsj/gkmlpt/index"),
        ("/zwgk/xxgknb/content/post_3.html", "/zwgk/xxgknb/"),
        ("/gk/zfxxgknb/1881268340001208008.html", "/gk/zfxxgknb/1.html"),
        ("/openness/public/6596211/22.html", "/openness/public/column/6596211?type=3&action=list"),
        ("/x/c00145/pc/content/content_1881268340001208008.html", "/x/c00145/pc/list.html"),
        ("/info/1066/1208008.htm", None),
        ("/zwgk/zfxxgknb/", None),
    ],
)
def test_an_articles_address_tells_its_column_in_most_families(article: str, column: str | None) -> None:
    host = "http://www.a.gov.cn"
    assert column_of(host + article) == (None if column is None else host + column)
