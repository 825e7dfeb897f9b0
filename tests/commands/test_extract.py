"""``govreports extract`` as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import forked
import pytest

from govreports.replica.rendering import report_html, report_text
from govreports.replica.samples import Publisher, sample_reports
from govreports.replica.server import ReplicaServer

SHARED = Path(__file__).parents[3] / "shared"
REPORT = sample_reports(
    7, publishers=[Publisher(name="青石镇人民政府", credit_code="11370303004217004C")], years=[2022]
)[0]


def extract(*sources: str, folder: Path, hosts: str = "gov.cn") -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, records and stderr of one run."""
    done = forked.run(
        *("govreports.cli", "extract", *sources, "-s", "DOWNLOAD_DELAY=0.01"),
        folder=folder,
        environment={**os.environ, "GOVREPORTS_ALLOWED_HOSTS": hosts},
    )
    return done.returncode, [json.loads(line) for line in done.stdout.split("\n") if line], done.stderr


def test_one_record_a_file_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<html><body>{report_html(REPORT)}</body></html>", "utf-8")
    (tmp_path / "page.txt").write_text(report_text(REPORT, "pipes"), "utf-8")
    code, records, errors = extract("page.txt", "page.html", folder=tmp_path)
    assert (code, errors) == (0, "")
    assert [record["source"] for record in records] == ["page.txt", "page.html"]
    assert [record["title"] for record in records] == [REPORT.title, REPORT.title]
    assert {len(record["facts"]) for record in records} == {200}


def test_an_input_that_cannot_be_read_gets_an_error_record_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "page.txt").write_text(report_text(REPORT, "lines"), "utf-8")
    code, records, errors = extract("gone.html", "empty.html", "page.txt", folder=tmp_path)
    assert code == 1
    assert [record.get("error", {}).get("code") for record in records] == ["unreadable_file", "empty", None]
    assert len(errors.strip().splitlines()) == 2
    assert "Traceback" not in errors


def test_no_input_is_wrong_usage(tmp_path: Path) -> None:
    code, records, errors = extract(folder=tmp_path)
    assert (code, records) == (2, [])
    assert errors.startswith("govreports extract: extract needs at least one file or address, as in govreports ")
    assert len(errors.splitlines()) == 1


def test_an_address_is_fetched_and_nothing_is_stored(tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain"]) as server:
        portal = server.portal("trs_plain")
        item = next(item for item in portal.items if item.report is not None)
        url = server.url("trs_plain", portal.article_path(item))
        code, records, _ = extract(url, folder=tmp_path, hosts=",".join(server.hosts))
    assert code == 0
    assert item.report is not None
    assert records[0]["title"] == item.report.title
    assert list(tmp_path.iterdir()) == []


def test_an_address_outside_the_allowed_hosts_is_never_contacted(tmp_path: Path) -> None:
    code, records, _ = extract("http://127.0.0.1:9/report.html", folder=tmp_path)
    assert code == 1
    assert records[0]["error"]["code"] == "host_not_allowed"


def test_amounts_are_printed_digit_for_digit(tmp_path: Path) -> None:
    amount = "59237.24490000000000001"
    exact = REPORT.with_figures({("proactive", "administrative_fee", "amount"): amount})
    (tmp_path / "page.html").write_text(report_html(exact), "utf-8")
    done = forked.run("govreports.cli", "extract", "page.html", folder=tmp_path, environment=os.environ)
    assert f'"value":{amount}' in done.stdout


@pytest.mark.skipif(
    not (SHARED / "truth").is_dir(), reason="the hand-read reference reports are not beside this checkout"
)
def test_every_cell_of_the_reference_reports_is_right(tmp_path: Path) -> None:
    sources = [str(path) for path in sorted((SHARED / "reports").iterdir())]
    done = forked.run("govreports.cli", "extract", *sources, folder=tmp_path, environment=os.environ)
    compared = subprocess.run(
        [sys.executable, str(SHARED / "tools" / "compare_facts.py"), str(SHARED / "truth")],
        input=done.stdout.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert compared.returncode == 0, compared.stdout.decode()
