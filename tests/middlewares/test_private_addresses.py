"""No name and no link leads into the network that the crawler runs in, nor to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import hostile
import pytest
from crawling import Crawled, crawl_many, write_registry
from hostile import article, redirect, reports, title
from scrapy.settings import Settings

from govreports.middlewares.private_addresses import PublicAddresses
from govreports.registry.hosts import HostListError

PORTAL = "127.0.0.2"
"""Named among the allowed hosts; the names below lead to 127.0.0.1, which is not."""


@dataclass(frozen=True)
class Crawls:
    """What each crawl left, and what was asked of the site in the own network."""

    crawled: dict[str, Crawled]
    asked_inside: list[str]
    stderr: str


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawls]:
    folder = tmp_path_factory.mktemp("private")
    with ExitStack() as sites:
        inside = sites.enter_context(hostile.site(reports(2023)))
        name = inside.base.replace("127.0.0.1", "localhost")
        attached = f'<h1>{title(2023)}</h1><a href="{name}/x.pdf">{title(2023)}.pdf</a>'
        portals = {
            "redirected": {**reports(2023, 2022), article(2022): redirect(f"{name}{article(2023)}")},
            "attached": {**reports(2023), article(2023): hostile.answer(attached)},
            "to_a_file": {**reports(2023, 2022), article(2022): redirect("file:///etc/hostname")},
            "linked_file": {
                "/zfxxgknb/": hostile.answer(
                    f'<li><a href="{article(2023)}">{title(2023)}</a></li>'
                    f'<li><a href="file:///etc/hostname">{title(2022)}</a></li>'
                ),
                article(2023): reports(2023)[article(2023)],
            },
            "another_port": {**reports(2023, 2022), article(2022): redirect(f"http://127.0.0.1:22{article(2022)}")},
        }
        urls = {
            key: sites.enter_context(hostile.site(pages, address=PORTAL)).base + "/zfxxgknb/"
            for key, pages in portals.items()
        }
        urls["named"] = f"{name}/zfxxgknb/"
        entries = [{"id": key, "family": "trs", "start_urls": [url]} for key, url in urls.items()]
        registry = write_registry(folder / "portals", *entries)
        crawled, stderr = crawl_many(list(urls), folder=folder, portals=registry, hosts=[PORTAL, "localhost"])
        yield Crawls(crawled, inside.asked, stderr)


def test_nothing_inside_is_asked_for(crawls: Crawls) -> None:
    assert crawls.asked_inside == []


def test_a_column_whose_name_leads_inside_is_not_crawled(crawls: Crawls) -> None:
    assert crawls.crawled["named"].last_line.startswith("failed:address_not_allowed ")
    assert "localhost, which resolves to 127.0.0.1, no public address" in crawls.crawled["named"].last_line


@pytest.mark.parametrize("name", ["redirected", "attached"])
def test_what_leads_inside_is_missed_with_its_reason_and_the_rest_is_had(crawls: Crawls, name: str) -> None:
    crawled = crawls.crawled[name]
    assert crawled.titles == [title(2023)]
    assert crawled.last_line.startswith("partial Incomplete: ")
    assert "no public address" in crawled.last_line


def test_a_redirect_to_a_literal_address_inside_is_refused_as_any_other_host(crawls: Crawls) -> None:
    crawled = crawls.crawled["another_port"]
    assert crawled.titles == [title(2023)]
    assert "leads to 127.0.0.1, which is outside the allowed hosts" in crawled.last_line


def test_a_redirect_to_a_file_is_not_followed(crawls: Crawls) -> None:
    crawled = crawls.crawled["to_a_file"]
    assert crawled.titles == [title(2023)]
    assert crawled.last_line.startswith(f"partial Incomplete: the report {title(2022)} could not be had")


def test_a_link_to_a_file_is_none(crawls: Crawls) -> None:
    assert (crawls.crawled["linked_file"].code, crawls.crawled["linked_file"].titles) == (0, [title(2023)])


def test_refusals_are_told_without_a_traceback(crawls: Crawls) -> None:
    assert "Traceback" not in crawls.stderr
    assert crawls.stderr.count("Not asked: localhost resolves to 127.0.0.1") == 3


# Which addresses are public.


def _addresses(*, hosts: str = "gov.cn", networks: str = "") -> PublicAddresses:
    return PublicAddresses.of(Settings({"GOVREPORTS_ALLOWED_HOSTS": hosts, "GOVREPORTS_ALLOWED_NETWORKS": networks}))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"],
)
def test_addresses_of_no_public_host_are_refused(address: str) -> None:
    assert not _addresses().allow("www.a.gov.cn", address)


def test_public_addresses_are_allowed() -> None:
    assert _addresses().allow("www.a.gov.cn", "8.8.8.8")


def test_an_address_that_is_an_allowed_host_may_be_resolved_to() -> None:
    assert _addresses(hosts="gov.cn,127.0.0.1").allow("www.a.gov.cn", "127.0.0.1")


def test_a_network_that_is_allowed_may_be_resolved_into() -> None:
    allowed = _addresses(networks="198.18.0.0/15")
    assert (allowed.allow("a.gov.cn", "198.19.0.7"), allowed.allow("a.gov.cn", "10.0.0.1")) == (True, False)


def test_the_proxy_of_the_environment_is_reached_wherever_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.home:3128")
    assert (_addresses().allow("proxy.home", "10.0.0.1"), _addresses().allow("a.gov.cn", "10.0.0.1")) == (True, False)


def test_a_network_that_is_none_is_named() -> None:
    with pytest.raises(HostListError, match=r"GOVREPORTS_ALLOWED_NETWORKS: '10\.0\.0\.300/8' is no IPv4 network"):
        _addresses(networks="10.0.0.300/8")
