"""``govreports shell`` as a person uses it: typed into a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from collected import Collection, sample_pages

from govreports.replica.server import ReplicaServer

pytestmark = pytest.mark.slow

PROMPT = ">>> "
VARIATIONS = Path(__file__).parents[1] / "reports" / "variations"


class Terminal:
    """A shell on a page; ``ask`` types a line and gives back what was printed."""

    def __init__(
        self, *arguments: str, folder: Path, hosts: str = "gov.cn", collection: Collection | None = None
    ) -> None:
        environment = {
            **os.environ,
            **(collection.environment if collection is not None else {}),
            "SCRAPY_PYTHON_SHELL": "python",
            "GOVREPORTS_ALLOWED_HOSTS": hosts,
            "NO_PROXY": "*",
            "TERM": "dumb",
            # What a browser would be given is printed in its place.
            "BROWSER": "echo told-to-open %s",
        }
        command = ["-m", "govreports.cli", "shell", *arguments, "-s", "DOWNLOAD_DELAY=0.002", "-s", "RETRY_TIMES=0"]
        self.child = pexpect.spawn(
            sys.executable, command, cwd=folder, env=environment, encoding="utf-8", timeout=60, dimensions=(60, 200)
        )
        self.child.expect_exact(PROMPT)
        self.greeting = self.child.before.replace("\r\n", "\n")

    def ask(self, line: str) -> str:
        self.child.sendline(line)
        self.child.expect_exact(PROMPT)
        return self.child.before.replace("\r\n", "\n").partition("\n")[2].strip()

    def leave(self) -> None:
        self.child.sendeof()
        self.child.expect(pexpect.EOF)
        self.child.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*arguments: str, hosts: str = "gov.cn", collection: Collection | None = None) -> Terminal:
        opened.append(Terminal(*arguments, folder=tmp_path, hosts=hosts, collection=collection))
        return opened[-1]

    yield start
    for one in opened:
        one.child.close(force=True)


def test_on_a_portals_page_the_record_tables_and_reasons_follow_each_fetch(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        portal = server.portal("trs_plain")
        portal.robots = "User-agent: *\nDisallow: /secret\n"
        first, second = (item for item in portal.items if item.report is not None and item.report.year in (2023, 2024))
        assert first.report is not None
        assert second.report is not None
        urls = [server.url("trs_plain", portal.article_path(item)) for item in (first, second)]
        at = terminal(urls[0], hosts=",".join(server.hosts))
        assert f"Report: {first.report.title}; year {first.report.year}" in at.greeting
        assert 'explain("予以公开")' in at.greeting
        assert at.ask("report.title") == repr(first.report.title)
        assert at.ask('report["report_year"]') == str(first.report.year)
        assert at.ask("type(document).__name__, response.status") == "('Document', 200)"
        granted = first.report.figures["requests", "granted", "total"]
        assert f"  total: {granted} 件, at table 2, row 6, column 10, under “总计”" in at.ask('explain("予以公开")')
        assert "6 granted" in at.ask("table(2)")
        assert at.ask("tables()").startswith("table 1: proactive (v2021)\n")
        assert "the label “索引号” has" in at.ask("metadata()")
        assert at.ask("family()").startswith("Family: trs, ")
        assert "told-to-open file:///" in at.ask('view_cell("予以公开")')
        at.ask(f"fetch({urls[1]!r})")
        assert at.ask("report.title") == repr(second.report.title)
        assert f"is {second.report.publisher}" not in at.ask("metadata()")
        assert "could not be had: Forbidden by robots.txt" in at.ask(f"fetch({server.url('trs_plain', '/secret')!r})")
        assert at.ask("report is None and response is None") == "True"
        assert "could not be had: Connection was refused" in at.ask('fetch("http://127.0.0.2:9/")')
        assert "/secret" not in [one.target for one in server.served]
        at.leave()
    assert at.child.exitstatus == 0
    assert list(tmp_path.iterdir()) == []


def test_an_archived_page_is_opened_by_the_number_of_its_report_without_the_network(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    collection = Collection(tmp_path / "data")
    pages = sample_pages(2)
    collection.collect(pages)
    before = collection.dump()
    rows = collection.ask("SELECT report_id, title FROM report_list ORDER BY report_id")
    at = terminal(str(rows[0][0]), hosts="nobody.gov.cn", collection=collection)
    assert "From the archive, as received on 2024-03-01: http://harbour.gov.cn/" in at.greeting
    assert at.ask("report.title") == repr(rows[0][1])
    assert at.ask("response.url.split('/')[2]") == "'harbour.gov.cn'"
    assert "printed at table 2, row 6, column 2" in at.ask('explain("granted")')
    at.ask(f"fetch({rows[1][0]})")
    assert at.ask("report.title") == repr(rows[1][1])
    assert "there is no report 99; the view report_list has the numbers" in at.ask("fetch(99)")
    at.leave()
    assert collection.dump() == before


def test_on_a_broken_page_it_is_told_what_was_tried(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    (tmp_path / "damaged.html").write_bytes(b"%PDF-1.4 and no more")
    at = terminal(str(VARIATIONS / "13_row_labels_lost.txt"))
    said = at.ask('explain("partially_granted")')
    assert "No cell prints a label that is read so." in said
    assert "nearest: “（三）不予公开” at table 2, row 8, column 1, a heading; likeness 0.50" in said
    assert "label_missing: The row has lost its label; it stands where the form has partially_granted" in said
    assert "“0” is left out" in at.ask("explain(2, 7, 1)")
    assert "label_missing at table 2, row 6" in at.ask("issues()")
    at.ask('fetch("damaged.html")')
    assert at.ask("tables()").startswith("Nothing could be read: The PDF is cut short or broken")
    assert at.ask("report is None") == "True"
    assert "gone.html cannot be opened (No such file or directory)" in at.ask('fetch("gone.html")')
    at.leave()


def test_one_expression_is_evaluated_and_printed(tmp_path: Path) -> None:
    page = str(VARIATIONS / "13_row_labels_lost.txt")
    said, code = pexpect.run(
        f"{sys.executable} -m govreports.cli shell {page} -c report.report_year", withexitstatus=True, encoding="utf-8"
    )
    assert (said.strip(), code) == ("2023", 0)


def test_without_its_page_an_expression_is_not_evaluated(tmp_path: Path) -> None:
    said, code = pexpect.run(
        f"{sys.executable} -m govreports.cli shell gone.html -c report.report_year",
        withexitstatus=True,
        encoding="utf-8",
        cwd=str(tmp_path),
    )
    assert code == 1
    assert said.startswith("govreports shell: gone.html cannot be opened")
    assert "Traceback" not in said
