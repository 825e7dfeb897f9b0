"""Several processes on one store, and processes that die."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_reports import made_page, made_reading, made_report

from govreports.store import Store, StoreBusyError, open_store

pytestmark = pytest.mark.slow

Query = Callable[[str], list[dict[str, Any]]]

WRITER = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from itertools import count
from made_reports import URL, made_page, made_reading, made_report
from govreports.store import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
for number in range(int(sys.argv[3])) if len(sys.argv) > 3 else count():
    page = made_page(portal=sys.argv[2], url=f"{{URL}}?{{number}}")
    store.write(page, made_reading(page, made_report(report_year=1000 + number)))
    print(number, flush=True)
"""


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_processes_write_at_once_without_failing(url: str, store: Store, query: Query) -> None:
    runs = [start(url, portal, "60") for portal in ("east", "west")]
    assert [(run.communicate(timeout=120)[1], run.returncode) for run in runs] == [("", 0)] * 2
    assert query("SELECT portal, COUNT(*) AS reports FROM report_list GROUP BY 1 ORDER BY 1") == [
        {"portal": "east", "reports": 60},
        {"portal": "west", "reports": 60},
    ]
    # Both met the same forms and rules: each cell is there once.
    assert query("SELECT COUNT(*) AS facts, COUNT(DISTINCT cell_id) AS cells FROM fact") == [
        {"facts": 2 * 60 * 7, "cells": 7}
    ]


def test_threads_share_a_store(store: Store, query: Query) -> None:
    def work(portal: str) -> None:
        for number in range(15):
            page = made_page(portal=portal, url=f"http://{portal}/{number}")
            store.write(page, made_reading(page, made_report(report_year=1000 + number)))

    threads = [threading.Thread(target=work, args=(f"portal_{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert query("SELECT COUNT(*) AS reports FROM report_list") == [{"reports": 60}]


@pytest.mark.parametrize("told", [0, 1, 7, 23])
def test_a_killed_writer_leaves_whole_reports_only(url: str, store: Store, query: Query, told: int) -> None:
    with start(url, "east") as run:
        assert run.stdout is not None
        for _ in range(told + 1):
            run.stdout.readline()
        run.send_signal(signal.SIGKILL)
    counts = query(
        "SELECT (SELECT COUNT(*) FROM fact WHERE version_id = v.id) AS facts,"
        " (SELECT COUNT(*) FROM section WHERE version_id = v.id) AS sections,"
        " (SELECT COUNT(*) FROM check_result WHERE version_id = v.id) AS checks,"
        " (SELECT COUNT(*) FROM issue WHERE document_id = v.document_id) AS issues, v.is_current AS current"
        " FROM report_version AS v"
    )
    assert len(counts) >= told
    assert all(count == {"facts": 7, "sections": 2, "checks": 3, "issues": 1, "current": 1} for count in counts)
    assert query("SELECT COUNT(*) AS n FROM document") == query("SELECT COUNT(*) AS n FROM report")
    if store.engine.dialect.name == "sqlite":
        assert query("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


@pytest.mark.sqlite_only
def test_a_write_waits_for_another_process_to_finish(url: str, store: Store) -> None:
    page = made_page()
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.4, holder.execute, ("COMMIT",))
    timer.start()
    assert store.write(page, made_reading(page, made_report())).news == "new"
    timer.join()
    holder.close()


@pytest.mark.sqlite_only
def test_a_lock_that_stays_is_said_clearly_and_nothing_is_half_written(url: str, query: Query) -> None:
    page = made_page()
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with open_store(url, patience=0.05) as store, pytest.raises(StoreBusyError, match="held by another process"):
        store.write(page, made_reading(page, made_report()))
    holder.execute("COMMIT")
    holder.close()
    assert query("SELECT * FROM document") == []


@pytest.mark.sqlite_only
def test_a_reader_in_the_middle_of_its_work_does_not_stop_the_writer(url: str, store: Store) -> None:
    reader = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    reader.execute("BEGIN")
    before = reader.execute("SELECT COUNT(*) FROM report_list").fetchone()
    page = made_page()
    store.write(page, made_reading(page, made_report()))
    assert reader.execute("SELECT COUNT(*) FROM report_list").fetchone() == before == (0,)
    reader.close()
