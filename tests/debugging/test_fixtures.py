"""Test cases made of pages, and their expectations made anew."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from collected import Collection, sample_pages
from scrapy.settings import Settings

from govreports.commands.rerun import Command as Rerun
from govreports.commands.savefixture import Command as SaveFixture
from govreports.debugging.expectation import differences
from govreports.debugging.fixture import expected_of, fixtures_in, read_anew, write_expected
from govreports.replica.catalogue import make_portal
from govreports.replica.server import ReplicaServer

ABOUT = "what is unusual"


def settings_of(collection: Collection | None = None) -> Settings:
    settings = Settings()
    settings.setmodule("govreports.settings")
    for name, value in (collection.environment if collection is not None else {}).items():
        settings.set(name, value)
    return settings


def save(
    source: str,
    to: Path | None,
    *,
    name: str = "99_trial",
    family: str | None = None,
    url: str | None = None,
    collection: Collection | None = None,
) -> int:
    """The exit code of ``savefixture``, run within this process."""
    command = SaveFixture()
    command.settings = settings_of(collection)
    command.run([source], argparse.Namespace(name=name, about=ABOUT, to=to, family=family, url=url))
    return command.exitcode


def rerun(*places: Path, check: bool = False) -> int:
    command = Rerun()
    command.settings = settings_of()
    command.run([str(place) for place in places], argparse.Namespace(check=check))
    return command.exitcode


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of a report, in the charset that many portals still have."""
    (found,) = sample_pages(1)
    path = tmp_path / "page.html"
    path.write_bytes(found.body.decode().replace("<head>", '<head><meta charset="gb2312">').encode("gb18030"))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases").mkdir()
    return tmp_path / "cases"


def test_a_page_becomes_a_case_with_what_is_read_of_it(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert save(str(page), folder) == 0
    (case,) = fixtures_in(folder)
    expected = expected_of(case)
    assert case.name == "99_trial.html"
    assert next(iter(expected.items())) == ("about", ABOUT)
    assert (expected["report_year"], expected["cells"], expected["failing_checks"]) == (2019, 198, [])
    assert "港口" not in case.read_bytes().decode("gb18030")
    assert differences(expected, read_anew(case)) == []
    assert "Look through both before you keep them" in capsys.readouterr().out


def test_a_stored_report_becomes_one_by_its_number(tmp_path: Path, folder: Path) -> None:
    collection = Collection(tmp_path / "data")
    collection.collect(sample_pages(1))
    assert save("1", folder, collection=collection) == 0
    (case,) = fixtures_in(folder)
    assert "harbour" not in case.read_text("utf-8")


def test_a_case_is_never_written_over(page: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(str(page), folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert save(str(page), folder) == 1
    assert "99_trial is there already: choose another name" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_list_becomes_a_case_with_its_items(folder: Path, tmp_path: Path) -> None:
    portal = make_portal("trs_plain")
    with ReplicaServer([portal]) as server:
        url = server.url("trs_plain")
        with build_opener(ProxyHandler({})).open(url, timeout=30) as answer:
            (tmp_path / "list.html").write_bytes(answer.read())
    assert save(str(tmp_path / "list.html"), folder, url=url) == 0
    (case,) = fixtures_in(folder)
    expected = expected_of(case)
    assert (expected["family"], expected["last_page"]) == ("trs", 3)
    assert 0 < len(expected["items"]) <= len(portal.items)
    assert all("清岚" not in item["title"] for item in expected["items"])
    assert differences(expected, read_anew(case)) == []


def test_a_page_that_is_neither_report_nor_list_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "news.html").write_text("<meta charset=utf-8><title>天气</title><p>晴。</p>", "utf-8")
    assert save(str(tmp_path / "news.html"), tmp_path) == 1
    said = capsys.readouterr().err
    assert "is no annual report (it has none of the statutory tables" in said
    assert "name it with --family (trs, " in said


@pytest.mark.parametrize(
    ("body", "said"), [(b"", "cannot be read: The document has no content"), (b"{\\rtf1 x}", "only")]
)
def test_what_cannot_be_made_anonymous_is_refused(
    body: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(body)
    assert save(str(tmp_path / "file"), tmp_path) == 1
    assert said in capsys.readouterr().err


def test_without_a_checkout_the_folder_must_be_named(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert save(str(page), None) == 1
    assert "there is no folder tests/reports/variations here" in capsys.readouterr().err
    assert rerun() == 1
    assert "there is no tests/reports/variations here: go to a checkout" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "family", "said"), [("Ä b", None, "needs --about, and --name"), ("a", "x", "unknown family 'x'")]
)
def test_wrong_usage_is_said(
    name: str, family: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        save("page.html", tmp_path, name=name, family=family)
    assert said in capsys.readouterr().err


def test_a_rerun_shows_what_changed_and_writes_it(page: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(str(page), folder)
    (case,) = fixtures_in(folder)
    right = expected_of(case)
    first = next(iter(right["facts"]))
    wrong = {
        **right,
        "report_year": 1999,
        "facts": {**right["facts"], first: "7 件"},
        "issues": ["error invented 1/1/1"],
    }
    write_expected(case, wrong)
    capsys.readouterr()
    assert rerun(folder, check=True) == 1
    said = capsys.readouterr().out
    assert said.splitlines() == [
        f"{case}:",
        "  report_year: 1999 → 2019",
        f"  facts.{first}: 7 件 → {right['facts'][first]}",
        "  issues: no longer error invented 1/1/1",
        "1 test pages, 1 read otherwise than expected.",
    ]
    assert expected_of(case) == wrong
    assert rerun(case) == 0
    assert expected_of(case) == right
    assert rerun(folder, check=True) == 0


def test_a_place_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rerun(tmp_path / "gone") == 1
    assert f"there is no {tmp_path / 'gone'}" in capsys.readouterr().err


def test_differences_name_the_part_and_both_values() -> None:
    before = {"a": {"b": 1, "c": [1, 2]}, "items": [{"url": "x"}], "same": []}
    after = {"a": {"b": None, "c": [2, 1]}, "items": [{"url": "y"}, {"url": "z"}], "same": []}
    assert differences(before, after) == [
        "a.b: 1 → null",
        "a.c: the same in another order or number",
        "items.0.url: x → y",
        "items.1.url: nothing → z",
    ]


def test_a_page_that_is_read_otherwise_when_it_is_anonymous_says_so(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Letters that show that the text is damaged are gone with the rest of the prose.
    page.write_bytes(page.read_bytes().replace(b"<body>", "<body><p>锟斤拷</p>".encode("gb18030")))
    assert save(str(page), folder) == 1
    assert capsys.readouterr().err.endswith("is not read as the one that was given; what differs: issues.\n")
    assert len(fixtures_in(folder)) == 1
