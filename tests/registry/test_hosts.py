"""Which hosts may be contacted."""

from __future__ import annotations

import pytest

from govreports.registry.hosts import AllowedHosts, HostListError, host_of

ALLOWED = AllowedHosts.parse("gov.cn, 127.0.0.1 ,[::1],example.test")


@pytest.mark.parametrize(
    "url",
    [
        "http://gov.cn/",
        "https://www.zibo.gov.cn/a/b.html",
        "http://WWW.GOV.CN./",
        "http://127.0.0.1:8080/x",
        "http://[::1]:8080/",
        "http://a.example.test/",
    ],
)
def test_hosts_below_a_suffix_and_listed_addresses_are_allowed(url: str) -> None:
    assert ALLOWED.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.lroj.cn/gongkai/",
        "http://evilgov.cn/",
        "http://gov.cn.example.com/",
        "http://www.gov.cn@evil.com/",
        "http://evil.com\\@www.gov.cn/",
        "http://127.0.0.2/",
        "http://127.1/",
        "http://2130706433/",
        "http://x127.0.0.1/",
        "ftp://www.gov.cn/",
        "file:///etc/passwd",
        "www.gov.cn",
        "http:///x",
        "http://[::1/",
    ],
)
def test_all_other_addresses_are_refused(url: str) -> None:
    assert not ALLOWED.allows(url)


@pytest.mark.parametrize("text", ["127.0.0.1:8080", "http://gov.cn", "gov.cn/a", "*.gov.cn", "", " , "])
def test_a_list_that_cannot_be_meant_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(HostListError, match=r"^GOVREPORTS_ALLOWED_HOSTS.*\.$"):
        AllowedHosts.parse(text)


def test_the_host_is_told_in_one_spelling() -> None:
    assert host_of("HTTP://WWW.Zibo.Gov.CN.:80/x") == "www.zibo.gov.cn"
