"""What a second crawl asks of a portal, and what it leaves in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from crawled import Site, served

NAME = "trs_plain"
SETTLED = datetime.now(UTC).year - 3
"""Report years before this one are not asked for again."""


@pytest.fixture(scope="module")
def crawled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal that was crawled once. Its tests run in their order, each a crawl further."""
    with served(tmp_path_factory.mktemp("second"), NAME) as site:
        assert site.crawl(NAME).code == 0
        site.asked(NAME)
        yield site


def articles(asked: list[str]) -> set[str]:
    return {target for target in asked if "/t20" in target}


def archived_bytes(site: Site) -> int:
    return sum(path.stat().st_size for path in site.collection.archive.iterdir())


def rows(site: Site) -> list[tuple[object, ...]]:
    return site.collection.ask("SELECT url, sha256, status, version FROM document_list ORDER BY 1, 2")


def test_an_unchanged_portal_is_asked_for_its_lists_and_the_last_years_only(crawled_once: Site) -> None:
    site = crawled_once
    before, dump = rows(site), site.collection.dump()
    done = site.crawl(NAME)
    asked = site.asked(NAME)
    recent = {r.published_on.replace("-", "") for r in site.portal(NAME).reports if r.year >= SETTLED}
    assert {day for target in articles(asked) for day in re.findall(r"/t(\d{8})_", target)} == recent
    assert len(asked) == len(recent) + 3
    assert (done.code, rows(site), site.collection.dump()) == (0, before, dump)
    assert site.collection.ask("SELECT new, changed, reports_seen FROM crawl_list WHERE crawl_id = 2") == [(0, 0, 7)]


def test_a_full_check_asks_for_every_page(crawled_once: Site) -> None:
    site = crawled_once
    dump = site.collection.dump()
    site.crawl(NAME, "-a", "full=1")
    assert len(articles(site.asked(NAME))) == len(site.portal(NAME).reports)
    site.crawl(NAME, "-s", "GOVREPORTS_FULL=1")
    assert len(articles(site.asked(NAME))) == len(site.portal(NAME).reports)
    assert site.collection.dump() == dump


def test_a_portal_with_etags_sends_changed_pages_only(crawled_once: Site) -> None:
    site = crawled_once
    site.portal(NAME).validators = True
    site.crawl(NAME, "-a", "full=1")
    before, size = rows(site), archived_bytes(site)
    # The first crawl brought no ETags: they came with the last one, but only a full record holds headers to ask with.
    site.collection.change("UPDATE document SET archive_file = NULL")
    site.crawl(NAME, "-a", "full=1")
    site.server.served.clear()
    size = archived_bytes(site)
    site.crawl(NAME)
    statuses = {one.status for one in site.server.served if "/t20" in one.target}
    assert (statuses, rows(site), archived_bytes(site)) == ({304}, before, size)
    site.portal(NAME).validators = False


def test_visit_counters_and_stamps_make_no_new_copy(crawled_once: Site) -> None:
    site = crawled_once
    site.portal(NAME).counts_visits = True
    site.crawl(NAME, "-a", "full=1")
    before, size = rows(site), archived_bytes(site)
    site.server.served.clear()
    done = site.crawl(NAME, "-a", "full=1")
    assert len(articles(site.asked(NAME))) == 7
    assert (done.code, rows(site), archived_bytes(site)) == (0, before, size)


def test_a_title_that_changes_in_the_list_is_looked_at_whatever_its_year(crawled_once: Site) -> None:
    site = crawled_once
    portal = site.portal(NAME)
    old = next(report for report in portal.reports if report.year == 2020)
    portal.retitle(old, f"{old.title}（更正）")
    site.asked(NAME)
    site.crawl(NAME)
    assert any(old.published_on.replace("-", "") in target for target in articles(site.asked(NAME)))


def test_nonsense_for_full_is_refused(crawled_once: Site) -> None:
    done = crawled_once.crawl(NAME, "-a", "full=perhaps")
    assert (done.code, "full=perhaps is neither yes nor no" in done.stderr) == (2, True)
