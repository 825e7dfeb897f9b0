"""A government's report for its area is told from that of its office."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govreports.reports.model import Report
from govreports.reports.scope import scope_of

EMPTY = Report(None, None, None, None, None, None, None, (), (), {}, (), (), ())


@pytest.mark.parametrize(
    ("title", "publisher", "scope"),
    [
        ("清岚市2023年政府信息公开工作年度报告", "清岚市人民政府办公室", "area_rollup"),
        ("清岚市人民政府2023年政府信息公开工作年度报告", "清岚市人民政府办公室", "area_rollup"),
        ("清岚市人民政府办公室2023年政府信息公开工作年度报告", "清岚市人民政府办公室", ""),
        ("2023年政府信息公开工作年度报告", "清岚县人民政府", "area_rollup"),
        ("2023年政府信息公开工作年度报告", "清岚市政府办公室", ""),
        ("清岚区教育局2023年政府信息公开工作年度报告", "清岚区教育局", ""),
        ("南屿镇人民政府2023年政府信息公开工作年度报告", "南屿镇人民政府", ""),
        ("云汀社区2023年政府信息公开工作年度报告", None, ""),
        (None, None, ""),
    ],
)
def test_scope(title: str | None, publisher: str | None, scope: str) -> None:
    assert scope_of(replace(EMPTY, title=title, publisher=publisher)) == scope
