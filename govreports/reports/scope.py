"""Whether a report speaks for a whole area or for one body.

A government reports for all bodies of its area, and the office that writes that report files one of its own; both are
often published as the office's. They must not be taken for two versions of one report, nor be added up.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from govreports.reports.model import Report
from govreports.reports.titles import judge_title

Scope = Literal["area_rollup", ""]
"""``area_rollup``: a province's, city's, county's or district's whole area; empty: one body, towns included."""

_AREA: Final = re.compile(r".*(?:省|市|县|区|旗|州|盟)(?:人民政府|政府)?$")
_NO_AREA: Final = re.compile(r"(?:社区|小区|校区|院区|库区|景区|服务区|保护区)(?:人民政府|政府)?$")


def scope_of(report: Report) -> Scope:
    """The scope by the body that the title names, else by the publisher."""
    body = judge_title(report.title or "").body or report.publisher or ""
    compact = "".join(body.split())
    return "area_rollup" if _AREA.fullmatch(compact) and not _NO_AREA.search(compact) else ""
