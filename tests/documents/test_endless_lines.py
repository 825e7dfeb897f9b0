"""Texts that repeat one line tens of thousands of times are read in a time that their length asks for."""

from __future__ import annotations

import time

import pytest

from govreports.documents import read
from govreports.reports import extract

HEAD = "青禾县2023年政府信息公开工作年度报告\n\n一、总体情况\n"
LINES = {
    "a letter": "字\n",
    "a rule": "-----\n",
    "a metadata line": "索引号：1\n",
    "the title": "2023年政府信息公开工作年度报告\n",
    "a heading of table 1": "第二十条第（一）项\n",
    "a page number": "- 1 -\n",
    "a page number of pages": "第 1 页 共 2 页\n",
    "a line of a list": "（一）收到申请数  件  3\n",
}
SECONDS = 5
"""Of the processor: each takes less than one. Where the square of their number counted, they took a quarter of a minute
and more."""


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_repeated_takes_no_more_than_its_length(line: str) -> None:
    text = HEAD + line * (150_000 // len(line.encode()))
    begun = time.process_time()
    extract(read(text.encode()))
    assert time.process_time() - begun < SECONDS


def test_numbers_in_a_paragraph_each_are_found_behind_many_lines_that_are_none() -> None:
    prose = "字\n\n" * 100
    column = "\n\n".join(["规章", "1", "2", "3", "行政规范性文件", "4", "5", "6", "行政许可", "7", "8", "9"])
    (grid,) = read(f"{HEAD}{prose}。\n{column}\n".encode()).grids()
    assert [cell.text for cell in list(grid.cells())[:4]] == ["规章", "1", "2", "3"]
