"""The log: one line a page, JSON on request, sums that add up, and no secrets."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from collected import Collection
from crawled import Site, served
from scrapy.settings import Settings

from govreports import logs
from govreports.replica.faults import Fault

NAME = "trs_plain"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("site"), NAME) as site:
        yield site


@pytest.fixture
def put_back() -> Iterator[None]:
    """Leaves the root logger as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def written(put_back: None, monkeypatch: pytest.MonkeyPatch, **values: object) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    settings = Settings()
    settings.setmodule("govreports.settings", priority="project")
    settings.setdict(values, priority="cmdline")
    logs.install(settings)
    return stream


SECRETS = {
    "GOVREPORTS_DATABASE_URL": "postgresql+psycopg://crawler:p%40ssw0rd@db/reports",
    "GOVREPORTS_REDIS_URL": "redis://:r%40d1s@queue:6379/0",
    "GOVREPORTS_SMTP_PASSWORD": "hush-hush",
    "GOVREPORTS_WEBHOOK_URL": "https://hooks.example.org/services/T0KEN/abc",
}


@pytest.mark.parametrize("as_json", [False, True])
def test_no_secret_comes_into_the_log(put_back: None, monkeypatch: pytest.MonkeyPatch, as_json: bool) -> None:
    stream = written(put_back, monkeypatch, GOVREPORTS_LOG_JSON=as_json, **SECRETS)
    logger = logging.getLogger("some.library")
    logger.warning("cannot open %s", SECRETS["GOVREPORTS_DATABASE_URL"])
    logger.warning("cannot reach %s, decoded r@d1s", SECRETS["GOVREPORTS_REDIS_URL"])
    logger.warning("login with %s, decoded p@ssw0rd", "hush-hush", extra={"given": "hush-hush"})
    logger.warning("posting to %(url)s", {"url": SECRETS["GOVREPORTS_WEBHOOK_URL"]})
    logger.warning("POST /services/T0KEN/abc refused; proxy http://me:proxy-pass@proxy:3128 too")
    try:
        raise ValueError("hush-hush")
    except ValueError:
        logger.exception("failed")
    text = stream.getvalue()
    assert len(text) > 200
    found = [
        one for one in ("p%40ssw0rd", "p@ssw0rd", "r%40d1s", "r@d1s", "hush-hush", "T0KEN", "proxy-pass") if one in text
    ]
    assert (found, logs.HIDDEN in text) == ([], True)


def test_a_title_cannot_write_a_line_of_its_own_or_command_the_terminal(
    put_back: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = written(put_back, monkeypatch)
    logging.getLogger("x").warning("the report %s is new", "a\n2024-01-01 00:00:00 [x] ERROR: \x1b[31mb\r\u2028c\x9b1m")
    first, *further = stream.getvalue().rstrip("\n").split("\n")
    assert first.endswith("WARNING: the report a")
    assert [line[:4] for line in further] == ["    "] * len(further)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028]", stream.getvalue())


def test_json_lines_carry_what_a_record_carries(put_back: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written(put_back, monkeypatch, GOVREPORTS_LOG_JSON=True)
    logging.getLogger("x").info("seen %d\nlines", 2, extra={"portal": "harbour", "page": {"year": 2024}})
    said = json.loads(stream.getvalue())
    assert {key: said[key] for key in ("level", "logger", "message", "portal", "page")} == {
        "level": "INFO",
        "logger": "x",
        "message": "seen 2\nlines",
        "portal": "harbour",
        "page": {"year": 2024},
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", said["at"])


def test_a_program_with_handlers_of_its_own_keeps_them(put_back: None) -> None:
    before = list(logging.getLogger().handlers)
    settings = Settings()
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="project")
    logs.Logs.update_pre_crawler_settings(settings)
    assert logging.getLogger().handlers == before


def item_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if "[govreports.pipelines.store] INFO" in line]


def test_each_page_has_one_line_and_the_last_line_adds_up(site: Site, tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    first = site.crawl(NAME, collection=collection)
    second = site.crawl(NAME, collection=collection)
    many = len(site.portal(NAME).reports)
    assert (len(item_lines(first.stderr)), len(item_lines(second.stderr))) == (many, many)
    assert f"{NAME} is done (finished): {many} pages = {many} new; 0 issues, 0 of " in first.stderr
    assert f"{NAME} is done (finished): {many} pages = {many} unchanged; " in second.stderr
    assert [line for line in first.stderr.splitlines() if "scrapy.middleware" in line] == []


def test_every_line_of_a_json_log_is_an_object(site: Site, tmp_path: Path) -> None:
    site.portal(NAME).fault = Fault(kind="not_found", paths="t2024")
    done = site.crawl(NAME, "--log-json", "--logfile", str(tmp_path / "log"), collection=Collection(tmp_path))
    site.portal(NAME).fault = None
    said = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    pages = [one["page"] for one in said if "page" in one]
    (end,) = [one for one in said if "stats" in one and "is done" in one["message"]]
    assert (done.code, len(pages)) == (1, end["stats"]["item_scraped_count"])
    assert {page["report_year"] for page in pages} == {r.year for r in site.portal(NAME).reports} - {2023}
    assert {one["portal"] for one in said if "page" in one} == {NAME}
