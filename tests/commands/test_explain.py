"""``govreports explain``: what it prints, what it writes, its exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest
from collected import Collection, sample_pages
from crawling import Crawled
from scrapy.settings import Settings

from govreports.commands.explain import Command
from govreports.replica.server import ReplicaServer

PAGE = str(Path(__file__).parents[1] / "reports" / "variations" / "13_row_labels_lost.txt")


def explain(*arguments: str, html: Path | None = None, collection: Collection | None = None) -> int:
    """The exit code of the command, run within this process."""
    command = Command()
    command.settings = Settings()
    command.settings.setmodule("govreports.settings")
    for name, value in (collection.environment if collection is not None else {}).items():
        command.settings.set(name, value)
    command.run(list(arguments), argparse.Namespace(html=html))
    return command.exitcode


def test_a_page_is_told_with_its_tables_and_issues(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(PAGE) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Page: {PAGE}\n")
    assert "\ntable 3: disputes (v2021)" in said.out
    assert said.out.endswith("stands where the form has partially_granted and was read as that.\n")
    assert said.err == ""


def test_labels_are_explained_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(PAGE, "部分公开", "requests.granted.total") == 0
    said = capsys.readouterr().out
    assert said.startswith("requests row partially_granted, form v2021\n  No cell prints a label that is read so.\n")
    assert "\n\nrequests.granted.total = 5 件, at table 2, row 6, column 9\n" in said


def test_it_is_written_as_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(PAGE, html=tmp_path / "out.html") == 0
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out.endswith(f"Written: {tmp_path / 'out.html'}\n")


def test_a_stored_report_is_told_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collection = Collection(tmp_path)
    collection.collect(sample_pages(1))
    assert explain("1", collection=collection) == 0
    assert "From the archive, as received on 2024-03-01" in capsys.readouterr().out


def test_a_page_that_cannot_be_read_still_gives_a_file_that_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    assert explain(str(tmp_path / "empty.html"), html=tmp_path / "out.html") == 1
    assert "The document has no content" in (tmp_path / "out.html").read_text("utf-8")
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)


@pytest.mark.parametrize("html", [None, Path("/nowhere/out.html")])
def test_what_cannot_be_had_or_written_is_one_sentence(html: Path | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("gone.html" if html is None else PAGE, html=html) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("govreports explain: ")
    assert len(said.err.splitlines()) == 1


def test_without_a_page_it_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        explain()
    assert capsys.readouterr().err.startswith("govreports explain: explain takes a page")


def test_an_address_is_fetched_with_the_manners_of_a_crawl(run: Callable[..., Crawled], tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        portal = server.portal("trs_plain")
        item = next(item for item in portal.items if item.report is not None)
        url = server.url("trs_plain", portal.article_path(item))
        done = run("explain", url, "予以公开", hosts=server.hosts)
        asked = [served.target for served in server.served]
    assert done.code == 0, done.stderr
    assert done.stdout.startswith("requests row granted, form ")
    assert asked == ["/robots.txt", portal.article_path(item)]
    assert list(tmp_path.iterdir()) == []
