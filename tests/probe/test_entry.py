"""A proposed entry: completed by a person, and put into its registry file."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import write_registry

from govreports.probe.entry import Proposal, with_given
from govreports.probe.writing import NotWritten, write_entry
from govreports.registry import Registry, load_registry
from govreports.registry.hosts import AllowedHosts

FOUND = Proposal(
    values={
        "id": "a",
        "name": "清岚区",
        "family": "trs",
        "start_urls": ["http://www.a.gov.cn/xxgk/"],
        "url_confidence": "seen",
        "checked": "2026-01-02",
    },
    missing={"division_code": "no page says it (SiteIDCode): fill in the six digits of GB/T 2260"},
    file=None,
    head="",
    already=None,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A registry with one portal of province 42."""
    entry = {"id": "other", "family": "trs", "start_urls": ["http://www.b.gov.cn/xxgk/"]}
    return write_registry(tmp_path / "portals", entry, prefix="42")


def registry(folder: Path) -> Registry:
    return load_registry(str(folder), families=["trs"], allowed=AllowedHosts.parse("gov.cn"))


def write(folder: Path, division: str, *, new_file: str | None = None, **given: str) -> Path:
    proposal = with_given(FOUND, registry(folder), {"division_code": division, **given})
    return write_entry(proposal, folder=folder, new_file=new_file, read=lambda: registry(folder))


def test_what_is_given_stands_in_the_order_of_the_registrys_entries(folder: Path) -> None:
    proposal = with_given(FOUND, registry(folder), {"division_code": "420111", "id": "qinglan"})
    assert list(proposal.values)[:4] == ["id", "name", "division_code", "family"]
    assert (proposal.values["id"], proposal.missing, proposal.file, proposal.head) == ("qinglan", {}, "trial.toml", "")


def test_what_is_not_given_stays_as_it_was_found(folder: Path) -> None:
    assert with_given(FOUND, registry(folder), {}) == replace(FOUND, head="")


def test_an_entry_goes_to_the_end_of_its_provinces_file(folder: Path) -> None:
    before = (folder / "trial.toml").read_text("utf-8")
    path = write(folder, "420111")
    assert path == folder / "trial.toml"
    assert path.read_text("utf-8").startswith(before)
    assert set(registry(folder).portals) == {"a", "other"}
    assert registry(folder).findings == ()


def test_a_province_without_a_file_gets_one_by_name(folder: Path) -> None:
    with pytest.raises(NotWritten, match="the registry has no file for this province: name one with --file"):
        write(folder, "370303")
    path = write(folder, "370303", new_file="shandong.toml")
    written = tomllib.loads(path.read_text("utf-8"))
    assert (written["province"], written["division_prefix"], len(written["portal"])) == ("山东省", "37", 1)
    assert registry(folder).findings == ()


@pytest.mark.parametrize(("division", "new_file"), [("420111", None), ("370303", "shandong.toml")])
def test_an_entry_with_mistakes_leaves_the_registry_as_it_was(
    folder: Path, division: str, new_file: str | None
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(NotWritten, match=r"because the entry has mistakes: .*: the id 'Üb' must be lower-case pinyin"):
        write(folder, division, new_file=new_file, id="Üb")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_division_of_no_province_is_a_mistake_of_the_new_file(folder: Path) -> None:
    with pytest.raises(NotWritten, match=r"new.toml: the head must say province"):
        write(folder, "990000", new_file="new.toml")
    assert not (folder / "new.toml").exists()


def test_a_file_that_cannot_be_written_is_said(folder: Path) -> None:
    proposal = with_given(FOUND, registry(folder), {"division_code": "370303"})
    (folder / "shandong.toml").mkdir()
    with pytest.raises(NotWritten, match=r"shandong.toml cannot be written \(Is a directory\); nothing was changed"):
        write_entry(proposal, folder=folder, new_file="shandong.toml", read=lambda: registry(folder))
