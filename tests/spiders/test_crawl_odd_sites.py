"""Crawls of sites that no family's replica plays: a hand-written server answers path by path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from crawling import Crawled

Run = Callable[..., Crawled]
Pages = dict[str, str | tuple[int, dict[str, str], str]]

REPORT = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>一、总体情况</p></body></html>"


def _title(year: int) -> str:
    return f"某区{year}年政府信息公开工作年度报告"


@contextmanager
def _site(pages: Pages) -> Iterator[tuple[str, list[str]]]:
    """Serves ``pages`` by path on 127.0.0.1; yields the address and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        # Headers and body are two small packets: with Nagle's algorithm the second waits for the first's receipt.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = unquote(self.path)
            asked.append(path)
            answer = pages.get(path, (404, {}, "<html><body>404</body></html>"))
            status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
            raw = body.encode()
            self.send_response(status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def _row(path: str, title: str) -> str:
    return f'<li><a href="{path}" title="{title}">{title}</a><span>2024-01-30</span></li>'


def _list(*rows: str, pager: str = "") -> str:
    return f"<html><body><ul>{''.join(rows)}</ul>{pager}</body></html>"


def _crawl(run: Run, base: str, *arguments: str) -> Crawled:
    return run("crawl", "column", "-a", f"url={base}/zfxxgknb/", "-a", "family=trs", *arguments)


def test_redirects_to_hosts_that_are_not_allowed_are_not_followed(run: Run) -> None:
    with _site({"/stolen.html": REPORT.format(_title(2022))}) as (elsewhere, elsewhere_asked):
        outside = elsewhere.replace("127.0.0.1", "localhost")
        pages: Pages = {
            "/zfxxgknb/": _list(
                _row("./202401/t20240130_1.html", _title(2023)), _row("./202301/t20230130_2.html", _title(2022))
            ),
            "/zfxxgknb/202401/t20240130_1.html": REPORT.format(_title(2023)),
            "/zfxxgknb/202301/t20230130_2.html": (302, {"Location": f"{outside}/stolen.html"}, ""),
        }
        with _site(pages) as (base, _):
            crawled = _crawl(run, base)
        assert elsewhere_asked == []
    assert crawled.titles == [_title(2023)]
    assert (crawled.code, crawled.stats["govreports/hosts_refused"]) == (1, 1)
    assert "localhost" in crawled.last_line


def test_cut_titles_are_fetched_and_the_page_decides(run: Run) -> None:
    pages: Pages = {
        "/zfxxgknb/": _list(
            '<li><a href="./202401/t20240130_1.html">某区人民政府某街道办事处2023年政府…</a></li>',
            '<li><a href="./202401/t20240130_2.html">某区人民政府某街道办事处2023年政府信…</a></li>',
        ),
        "/zfxxgknb/202401/t20240130_1.html": REPORT.format(_title(2023)),
        "/zfxxgknb/202401/t20240130_2.html": REPORT.format("某区人民政府某街道办事处2023年政府信息公开指南"),
    }
    with _site(pages) as (base, _):
        crawled = _crawl(run, base)
    assert [page["url"].rpartition("/")[2] for page in crawled.pages] == ["t20240130_1.html"]
    assert crawled.pages[0]["listed_year"] == 2023
    assert crawled.code == 0


def test_the_wap_page_stands_in_where_the_desktop_page_is_missing(run: Run) -> None:
    pages: Pages = {
        "/zfxxgknb/": _list(_row("./202401/t20240130_1_wap.html", _title(2023))),
        "/zfxxgknb/202401/t20240130_1_wap.html": REPORT.format(_title(2023)),
    }
    with _site(pages) as (base, _):
        crawled = _crawl(run, base)
    assert [page["url"].rpartition("/")[2] for page in crawled.pages] == ["t20240130_1_wap.html"]
    assert crawled.code == 0


def test_a_list_that_claims_more_than_it_shows_is_partial(run: Run) -> None:
    pages: Pages = {
        "/zfxxgknb/": _list(
            _row("./202401/t20240130_1.html", _title(2023)), pager='<script>var countPage=1;var dataCount="3";</script>'
        ),
        "/zfxxgknb/202401/t20240130_1.html": REPORT.format(_title(2023)),
    }
    with _site(pages) as (base, _):
        crawled = _crawl(run, base)
    assert (crawled.code, "claims 3 items and listed 1" in crawled.last_line) == (1, True)


def test_paging_that_ends_before_the_claimed_end_is_partial(run: Run) -> None:
    pages: Pages = {
        "/zfxxgknb/": _list(
            _row("./202401/t20240130_1.html", _title(2023)),
            pager='<script>createPageHTML(3, 0, "index", "html")</script>',
        ),
        "/zfxxgknb/index_1.html": _list(_row("./202301/t20230130_2.html", _title(2022))),
        "/zfxxgknb/index_2.html": "<html><body>&nbsp;</body></html>",
        "/zfxxgknb/202401/t20240130_1.html": REPORT.format(_title(2023)),
        "/zfxxgknb/202301/t20230130_2.html": REPORT.format(_title(2022)),
    }
    with _site(pages) as (base, _):
        crawled = _crawl(run, base)
    assert crawled.titles == [_title(2022), _title(2023)]
    assert (crawled.code, "page 3 of" in crawled.last_line) == (1, True)


def test_a_pager_that_never_ends_is_cut_by_the_guard(run: Run) -> None:
    rows = {n: _row(f"./202401/t20240130_{n}.html", "某局工作动态") for n in range(1, 9)}
    endless = '<script>createPageHTML(100000, 0, "index", "html")</script>'
    pages: Pages = {f"/zfxxgknb/index_{n}.html": _list(rows[n], pager=endless) for n in range(1, 9)}
    pages["/zfxxgknb/"] = _list(_row("./202401/t20240130_99.html", _title(2023)), pager=endless)
    pages["/zfxxgknb/202401/t20240130_99.html"] = REPORT.format(_title(2023))
    with _site(pages) as (base, asked):
        crawled = _crawl(run, base, "-s", "GOVREPORTS_MAX_PAGES=4")
    assert "has more than 4 pages" in crawled.last_line
    assert "/zfxxgknb/index_4.html" not in asked


def test_an_organs_column_on_another_allowed_host_is_taken(run: Run) -> None:
    title = "某局2023年政府信息公开工作年度报告"
    organ: Pages = {
        "/zfxxgknb/": _list(_row("./202401/t20240130_5.html", title)),
        "/zfxxgknb/202401/t20240130_5.html": REPORT.format(title),
    }
    with _site(organ) as (organ_base, _):
        outside = organ_base.replace("127.0.0.1", "localhost")
        pages: Pages = {
            "/zfxxgknb/": _list(
                _row("./202401/t20240130_1.html", _title(2023)),
                f'<li><a href="{outside}/zfxxgknb/">某局信息公开年报</a></li>',
            ),
            "/zfxxgknb/202401/t20240130_1.html": REPORT.format(_title(2023)),
        }
        with _site(pages) as (base, _):
            url = f"url={base}/zfxxgknb/"
            crawled = run("crawl", "column", "-a", url, "-a", "family=trs", hosts=["127.0.0.1", "localhost"])
    assert crawled.titles == sorted([_title(2023), title])
    assert crawled.code == 0


def test_a_page_that_leads_on_by_script_is_followed(run: Run) -> None:
    pages: Pages = {
        "/": "<html><head><script>window.location.href='/zfxxgknb/';</script></head></html>",
        "/zfxxgknb/": _list(_row("./202401/t20240130_1.html", _title(2023))),
        "/zfxxgknb/202401/t20240130_1.html": REPORT.format(_title(2023)),
    }
    with _site(pages) as (base, _):
        crawled = run("crawl", "column", "-a", f"url={base}/")
    assert (crawled.code, crawled.titles) == (0, [_title(2023)])
