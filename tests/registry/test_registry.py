"""Registry files: what they may say, and how their mistakes are told."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from crawling import write_registry

import govreports
from govreports.registry import Registry, RegistryError, close_ids, load_registry
from govreports.registry.hosts import AllowedHosts
from govreports.spiders.traits import known_families

GOV = AllowedHosts.parse("gov.cn")
GOOD: dict[str, Any] = {"id": "shi_yan", "family": "trs", "start_urls": ["http://www.a.gov.cn/zfxxgknb/"]}


def _load(folder: Path) -> Registry:
    return load_registry(str(folder), families=known_families(), allowed=GOV)


def test_an_entry_is_read_with_its_province(tmp_path: Path) -> None:
    registry = _load(write_registry(tmp_path, GOOD))
    portal = registry.portals["shi_yan"]
    assert (portal.family, portal.province, portal.start_urls) == ("trs", "试验省", ("http://www.a.gov.cn/zfxxgknb/",))
    assert registry.findings == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"family": "wordpress"}, "unknown family 'wordpress'"),
        ({"division_code": "3703"}, "not a six-digit"),
        ({"division_code": "440103"}, "does not begin with 37"),
        ({"start_urls": ["http://www.lroj.cn/x/"]}, "outside the allowed hosts"),
        ({"start_urls": ["www.a.gov.cn"]}, "no http(s) URL"),
        ({"start_urls": "http://www.a.gov.cn/"}, "must be a list of URLs"),
        ({"start_urls": []}, "neither start_urls nor documents"),
        ({"start_urls": ["http://www.a.gov.cn/"] * 2}, "twice"),
        ({"documents": ["http://www.b.com/1.html"]}, "outside the allowed hosts"),
        ({"url_confidence": "sure"}, "url_confidence 'sure'"),
        ({"checked": "2024-13-01"}, "checked '2024-13-01'"),
        ({"years": "2024-2019"}, "ends before it begins"),
        ({"crawlable": False}, "needs a reason"),
        ({"reason": "gone"}, "no crawlable = false"),
        ({"delay": 0}, "delay must be above 0"),
        ({"tls": "none"}, "tls 'none' must be one of standard, permissive"),
        ({"id": "Zibo"}, "lower-case pinyin"),
        ({"id": "column"}, "another spider"),
        ({"name": " "}, "name is empty"),
    ],
)
def test_each_mistake_names_file_and_entry(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    registry = _load(write_registry(tmp_path, {**GOOD, **change}))
    assert registry.portals == {}
    assert len(registry.findings) == 1
    finding = str(registry.findings[0])
    assert finding.startswith(f"trial.toml: {change.get('id', 'shi_yan')}: ")
    assert said in finding


def test_a_missing_key_and_a_nameless_entry_are_told_by_place(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('province = "甲省"\ndivision_prefix = "37"\n[[portal]]\nname = "x"\n', "utf-8")
    told = [str(finding) for finding in _load(tmp_path).findings]
    assert "a.toml: entry 1: the key 'id' is missing." in told


def test_a_doubled_id_is_found_across_files(tmp_path: Path) -> None:
    write_registry(tmp_path, GOOD)
    (tmp_path / "trial.toml").rename(tmp_path / "first.toml")
    write_registry(tmp_path, {**GOOD, "start_urls": ["http://www.b.gov.cn/"]})
    registry = _load(tmp_path)
    assert [str(finding) for finding in registry.findings] == [
        "trial.toml: shi_yan: the id stands in first.toml already."
    ]
    assert registry.portals["shi_yan"].file == "first.toml"


def test_two_entries_for_one_column_are_found_in_any_spelling(tmp_path: Path) -> None:
    twin = {**GOOD, "id": "twin", "start_urls": ["https://www.a.gov.cn/zfxxgknb/index.html"]}
    registry = _load(write_registry(tmp_path, GOOD, twin))
    assert len(registry.findings) == 1
    assert "twin: https://www.a.gov.cn/zfxxgknb/index.html is a column of shi_yan" in str(registry.findings[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("portal = ", "cannot be read as TOML"),
        ('division_prefix = "37"\n', "province"),
        ('province = "甲省"\ndivision_prefix = "99"\n', "division_prefix"),
        ('province = "甲省"\ndivision_prefix = "37"\nportal = 1\n', "[[portal]]"),
        ('province = "甲省"\ndivision_prefix = "37"\ncolour = 1\n', "unknown key 'colour'"),
    ],
)
def test_mistakes_of_the_file_itself_are_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.toml").write_text(text, "utf-8")
    findings = _load(tmp_path).findings
    assert len(findings) == 1
    assert str(findings[0]).startswith("a.toml: ")
    assert said in str(findings[0])


def test_a_folder_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="there is no folder"):
        _load(tmp_path / "none")
    with pytest.raises(RegistryError, match=r"no \.toml file"):
        _load(tmp_path)


def test_the_packages_own_registry_has_no_mistake() -> None:
    registry = load_registry(None, families=known_families(), allowed=GOV)
    assert [str(finding) for finding in registry.findings] == []
    assert len(registry.portals) >= 71


def test_a_district_with_several_organs_is_one_portal() -> None:
    portal = load_registry(None, families=known_families(), allowed=GOV).portals["zibo_zhangdian"]
    assert (portal.division_code, portal.province, portal.family) == ("370303", "山东省", "gongkai")
    assert len(portal.start_urls) == 7


def test_spiders_are_made_from_a_zipped_package(tmp_path: Path) -> None:
    root = Path(govreports.__file__).parent
    archive = tmp_path / "deployed.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for source in root.rglob("*"):
            if source.suffix in (".py", ".toml"):
                target.write(source, source.relative_to(root.parent))
    script = (
        "import govreports, govreports.settings; from scrapy.settings import Settings;"
        "from govreports.registry.spider_loader import RegistrySpiderLoader as Loader;"
        "settings = Settings(); settings.setmodule('govreports.settings');"
        "print(govreports.__file__, Loader.from_settings(settings).load('zibo_zhangdian').entry.division_code)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GOVREPORTS_")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(archive)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == [str(archive / "govreports" / "__init__.py"), "370303"], done.stderr


def test_close_ids_are_offered() -> None:
    known = ["zibo", "zibo_linzi", "zibo_zhangdian", "jinan"]
    assert close_ids("zibo_zangdian", known)[0] == "zibo_zhangdian"
    assert close_ids("zhangdian", known) == ["zibo_zhangdian"]
    assert close_ids("xyz", known) == []
