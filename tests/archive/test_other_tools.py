"""The archive of a crawl under warcio's own command line: it is sound, and replays what the portal sent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from collected import Collection
from crawled import served

NAME = "trs_gbk"


def warcio(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the ``warcio`` program."""
    return subprocess.run(
        [sys.executable, "-m", "warcio.cli", *arguments], capture_output=True, timeout=60, check=False
    )


def fetch(url: str) -> bytes:
    """What the portal sends."""
    content: bytes = build_opener(ProxyHandler({})).open(url, timeout=20).read()
    return content


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Collection, dict[str, bytes]]:
    """A crawl's collection, and the bytes that the portal sent, by address."""
    with served(tmp_path_factory.mktemp("crawled"), NAME) as site:
        # Twice: the second crawl writes revisit records.
        site.crawl(NAME)
        sent = {url: fetch(url) for (url,) in site.collection.ask("SELECT url FROM document")}
        site.crawl(NAME, "-a", "full=1")
        return site.collection, sent


def files(collection: Collection) -> list[Path]:
    return sorted(collection.archive.glob("*.warc.gz"))


def test_warcio_check_passes(crawled: tuple[Collection, dict[str, bytes]]) -> None:
    collection, _ = crawled
    done = warcio("check", *map(str, files(collection)))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_warcio_extract_gives_back_what_was_sent(crawled: tuple[Collection, dict[str, bytes]]) -> None:
    collection, sent = crawled
    rows = collection.ask("SELECT url, archive_file, archive_offset FROM document")
    assert len(rows) == 3
    for url, file, offset in rows:
        replayed = warcio("extract", "--payload", str(collection.archive / file), str(offset))
        assert replayed.stdout == sent[url]


def test_a_second_crawl_adds_revisits_only(crawled: tuple[Collection, dict[str, bytes]]) -> None:
    collection, sent = crawled
    listed = warcio("index", "-f", "warc-type", *map(str, files(collection))).stdout.decode()
    assert listed.count('"revisit"') == listed.count('"response"') == len(sent)
