"""``govreports browse`` as a user runs it."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from collected import Collection, run_govreports, sample_pages, start_govreports

from govreports.store import open_store


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """A store of a few reports."""
    found = Collection(tmp_path / "data")
    found.collect(sample_pages(2))
    return found


def test_it_says_where_it_serves_and_ends_with_an_interrupt(collection: Collection) -> None:
    process = start_govreports(collection, "browse", "--port", "0", "--no-open")
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said.startswith("The store can be browsed at http://127.0.0.1:")
    assert said.endswith("/ (Ctrl-C ends it)\n")
    with build_opener(ProxyHandler({})).open(said.split()[6], timeout=30) as answer:
        assert "港口区第0局" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert (process.returncode, stdout, stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["more"], "browse takes no argument, not more"), (["--port", "x"], "argument --port: invalid int value: 'x'")],
)
def test_wrong_usage_is_said(collection: Collection, arguments: list[str], said: str) -> None:
    ran = run_govreports(collection, "browse", *arguments)
    assert ran.code == 2
    assert said in ran.stdout + ran.stderr


def test_without_a_store_one_sentence_says_so(tmp_path: Path) -> None:
    nothing = Collection(tmp_path)
    ran = run_govreports(nothing, "browse", "--no-open")
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"govreports browse: there is no store at {nothing.database}; crawl first, or set GOVREPORTS_DATABASE_URL.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_reports_is_said_to_be_empty(tmp_path: Path) -> None:
    empty = Collection(tmp_path)
    open_store(empty.url).close()
    ran = run_govreports(empty, "browse", "--no-open")
    assert (ran.code, ran.stderr) == (
        1,
        f"govreports browse: the store {empty.url} holds no report yet; crawl first.\n",
    )


def test_a_file_without_tables_is_said_to_be_empty(tmp_path: Path) -> None:
    empty = Collection(tmp_path)
    empty.database.touch()
    ran = run_govreports(empty, "browse", "--no-open")
    assert ran.code == 1
    assert f"the store {empty.url} is empty; crawl first" in ran.stderr


def test_a_store_of_an_older_program_is_left_alone(collection: Collection) -> None:
    collection.change("UPDATE derived SET digest = 'of old' WHERE name = 'summary'")
    ran = run_govreports(collection, "browse", "--no-open")
    assert ran.code == 1
    assert "run 'govreports bodies' once, which brings it up to date" in ran.stderr
    assert collection.ask("SELECT digest FROM derived WHERE name = 'summary'") == [("of old",)]
    assert run_govreports(collection, "bodies").code == 0
    assert collection.ask("SELECT digest = 'of old' FROM derived WHERE name = 'summary'") == [(0,)]


def test_a_store_on_postgresql_is_to_be_exported_first(collection: Collection) -> None:
    url = "postgresql+psycopg://reader:secret@db.example/reports"
    ran = run_govreports(collection, "browse", "--no-open", environment={"GOVREPORTS_DATABASE_URL": url})
    assert ran.code == 1
    assert "postgresql+psycopg://reader:***@db.example/reports is PostgreSQL" in ran.stderr
    assert "govreports export --to DIR --format sqlite" in ran.stderr


def test_a_port_that_is_taken_is_said(collection: Collection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = run_govreports(collection, "browse", "--no-open", "--port", port)
    assert ran.code == 1
    assert ran.stderr.startswith(f"govreports browse: cannot listen on 127.0.0.1 port {port} (")


def test_an_export_can_be_browsed(collection: Collection, tmp_path: Path) -> None:
    assert run_govreports(collection, "export", "--to", str(tmp_path / "out"), "--format", "sqlite").code == 0
    (file,) = (tmp_path / "out").rglob("govreports.sqlite")
    before = file.read_bytes()
    environment = {"GOVREPORTS_DATABASE_URL": f"sqlite:///{file}"}
    process = start_govreports(collection, "browse", "--port", "0", "--no-open", environment=environment)
    assert process.stdout is not None
    address = process.stdout.readline().split()[6]
    with build_opener(ProxyHandler({})).open(f"{address}-/report/1", timeout=30) as answer:
        assert answer.status == 200
    process.terminate()
    process.communicate(timeout=30)
    assert file.read_bytes() == before
