"""Page → record, against parsing alone (parsel) and against the usual table reader (pandas.read_html)."""

from __future__ import annotations

import io

import pandas
import parsel

from benchmarks.measure import Comparison, compare
from benchmarks.pages import page, record_of

SMALL = {"turns": 3}


def run(*, turns: int = 40) -> Comparison:
    """Compare on a page in Simplified and the same page as a Traditional copy."""
    simplified, traditional = page(), page(traditional=True)
    text = simplified.decode()
    return compare(
        "extract",
        {
            "parsel parse": lambda: parsel.Selector(text=text),
            "pandas.read_html (lxml)": lambda: pandas.read_html(io.StringIO(text), flavor="lxml"),
            "page to record": lambda: record_of(simplified),
            "Traditional page to record": lambda: record_of(traditional),
        },
        ratios={
            "page to record / parsel parse": ("page to record", "parsel parse"),
            "page to record / pandas.read_html": ("page to record", "pandas.read_html (lxml)"),
            "Traditional / Simplified": ("Traditional page to record", "page to record"),
        },
        aims={
            "page to record / parsel parse": "at most 4",
            "page to record / pandas.read_html": "below 1",
            "Traditional / Simplified": "at most 2",
        },
        turns=turns,
    )
