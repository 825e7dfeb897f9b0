"""Which publications are one report, and which replace which."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from collected import FETCHED, Collection, report_page

from govreports.items import Page
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports

RECEIVED = ("requests", "new_received", "total")
GOVERNMENT = Publisher(name="清岚市人民政府办公室", credit_code="11370303004217001C")


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Collection(tmp_path)


def report() -> ReportSpec:
    return sample_reports(3, publishers=[GOVERNMENT], years=[2023])[0]


def published(spec: ReportSpec, *, number: int = 1, day: int = 0, **changes: object) -> Page:
    """The report on a page of the office, which the metadata block names as its publisher."""
    page = report_page(spec, url=f"http://harbour.gov.cn/xxgk/{number}.html", fetched_at=FETCHED + timedelta(days=day))
    head = f"<p>索引号：{spec.index_number}</p><p>发布机构：{GOVERNMENT.name}</p></head><body>"
    return replace(page, body=page.body.replace(b"</head><body>", head.encode()), **changes)  # type: ignore[arg-type]


def versions(collection: Collection) -> list[tuple[object, ...]]:
    return collection.ask("SELECT version, is_current, replaces, change FROM version_list ORDER BY 1")


def test_the_area_s_report_and_the_office_s_own_stay_two(collection: Collection) -> None:
    area = replace(report(), heading="清岚市2023年政府信息公开工作年度报告")
    collection.collect([published(area, number=1), published(report(), number=2)])
    assert collection.ask("SELECT publisher, report_year, scope, versions FROM report_list ORDER BY scope") == [
        (GOVERNMENT.name, 2023, "", 1),
        (GOVERNMENT.name, 2023, "area_rollup", 1),
    ]


@pytest.mark.parametrize("mark", ["（更正）", "（更正版）", "（重新发布）", "（修订版）"])
def test_a_title_that_says_so_makes_a_correction(collection: Collection, mark: str) -> None:
    corrected = replace(report().with_figures({RECEIVED: "77"}), heading=f"{report().title}{mark}")
    collection.collect([published(report(), number=1), published(corrected, number=2, day=9)])
    assert versions(collection) == [(1, 0, None, None), (2, 1, 1, "correction")]


def test_the_mark_may_stand_before_the_title(collection: Collection) -> None:
    corrected = replace(report().with_figures({RECEIVED: "77"}), heading=f"更正：{report().title}")
    collection.collect([published(report(), number=1), published(corrected, number=2, day=9)])
    assert versions(collection) == [(1, 0, None, None), (2, 1, 1, "correction")]


def test_another_address_with_other_figures_is_a_republication(collection: Collection) -> None:
    again = report().with_figures({RECEIVED: "77"})
    collection.collect([published(report(), number=1), published(again, number=2, day=9)])
    assert versions(collection) == [(1, 0, None, None), (2, 1, 1, "republished")]


def test_a_page_that_goes_back_to_what_it_said_replaces_nothing_anew(collection: Collection) -> None:
    other = report().with_figures({RECEIVED: "77"})
    collection.collect([published(report(), day=0), published(other, day=1), published(report(), day=2)])
    assert versions(collection) == [(1, 1, None, None), (2, 0, 1, "edited")]
