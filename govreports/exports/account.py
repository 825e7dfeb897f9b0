"""The account that goes with an export: source, date, coverage, known limits, how to cite."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from govreports.exports.datapackage import TITLE
from govreports.store.snapshot import Overview

_LIMITS: Final = (
    "空值表示原文该处没有数字（空白、斜杠、缺页或无法识别），绝不等于零。"
    " A missing value (blank, stroke, lost page, unreadable) is never 0; `status` in report_facts says which it is.",
    "数字照录，不作修正；不符的勾稽关系见 check_failures 与 cross_year_checks。"
    " Figures are as printed and never corrected; relations that do not hold are listed, not repaired.",
    "全区域汇总（scope 为 area_rollup）与单个机构的报告不可相加。"
    " Reports of whole areas (scope area_rollup) contain those of single bodies: never add the two.",
    "2014、2019、2021 年表格有变，2024 年起行政复议前置；跨断点比较须谨慎。"
    " Forms changed in 2014, 2019 and 2021; from 2024 on refusals go to reconsideration first (break_… in panel).",
    "尚未审结的案件次年重复计入，复议诉讼数不可跨年相加。"
    " Pending cases are counted again next year: do not add disputes over years.",
    "机构按名称与校验无误的机构代码归并，存疑者见 body_list 的 doubts。"
    " Bodies are matched by name and by codes whose check digit holds; doubts says what is uncertain.",
    "缺报不等于未发布：所及仅为采集到的网站。"
    " What is not here may yet have been published: the coverage is that of the portals crawled.",
    "CSV 中以 = + - @ 开头的文字前加了撇号，以免被当作公式。"
    " In CSV, text that begins with = + - or @ has an apostrophe in front, so that no spreadsheet runs it.",
    "XLSX 中超过 15 位有效数字的数以文本写入。"
    " In XLSX, a figure of more than 15 digits is a text cell, because a spreadsheet's numbers would alter it.",
)


def introduction(overview: Overview) -> list[str]:
    """A few plain lines: what this is and covers."""
    return [TITLE, *_coverage(overview), *_LIMITS]


def readme(overview: Overview, *, created: datetime, software: str, files: Iterable[Path], notes: Iterable[str]) -> str:
    """The README of an export, as Markdown."""
    day = f"{created:%Y-%m-%d}"
    lines = [f"# {TITLE}", "", f"{day} · {software}", ""]
    lines += ["## 来源 Source", ""]
    lines += [
        "各级政府及部门在政府网站（gov.cn）发布的政府信息公开工作年度报告，由程序采集并逐格识读；"
        "每个数字的网页与表内位置见 report_facts。",
        "",
        "Annual reports that Chinese government bodies publish on their portals (gov.cn), crawled and read cell by "
        "cell by a program; report_facts names the page of each figure and its place there.",
        "",
    ]
    lines += ["## 范围 Coverage", "", *(f"- {line}" for line in _coverage(overview)), ""]
    if overview.years:
        lines += ["| 报告年度 report year | 报告 reports |", "|---|---|"]
        lines += [f"| {year} | {count} |" for year, count in overview.years.items()]
        lines.append("")
    lines += ["## 文件 Files", ""]
    lines += [
        "- `data-dictionary.md`：数据字典 every table and column",
        "- `datapackage.json`：Frictionless data package",
    ]
    folders: dict[str, int] = {}
    for path in files:
        if path.parent == Path():
            lines.append(f"- `{path.name}`")
        else:
            folders[path.parent.as_posix()] = folders.get(path.parent.as_posix(), 0) + 1
    lines += [f"- `{folder}/`：{count} files" for folder, count in folders.items()]
    lines += ["", "## 已知局限 Known limits", "", *(f"- {limit}" for limit in _LIMITS), ""]
    said = list(notes)
    if said:
        lines += ["## 本次导出的说明 Notes on this export", "", *(f"- {note}" for note in said), ""]
    lines += ["## 引用 How to cite", ""]
    lines += [
        f"> Statistics of Chinese government information disclosure reports, export of {day}, written by {software}. "
        "Figures by the publishing bodies; see source_url for each.",
        "",
    ]
    return "\n".join(lines)


def _coverage(overview: Overview) -> list[str]:
    if not overview.reports:
        return ["没有报告。There are no reports in this export."]
    years = f"{overview.first_year}–{overview.last_year}" if overview.years else "年度不详 years unknown"
    return [
        f"报告 reports: {overview.reports:,}",
        f"报告年度 report years: {years}",
        f"机构 bodies: {overview.bodies:,}",
        f"网站 portals: {overview.portals:,}",
        f"数据单元格 cells: {overview.facts:,}",
    ]
