"""The page on what can be wrong: states of crawls, issues and checks, with cause and cure from their data files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govreports.markdown import code, table
from govreports.outcome import load_outcomes
from govreports.store.codes import load_codes

_HEAD = """\
# What can be wrong, and what helps

This page is made by `python -m govreports.reference docs/reference` from `govreports/store/labels/codes.toml` and
`govreports/outcome.toml`. Nothing here is ever repaired in the data: what a source prints is kept as it is.

## How a crawl ended

`state` in `crawl_list` is one of these; `message` beside it says in one sentence what happened.

"""
_ISSUES = """
## Issues of documents

One row each in the table `issue` of the store, in the `issues` of an extraction record, and in the browser beside the
report. An `error` says that something could not be read, a `warning` that a person should look, an `info` that it was
read all the same.
"""
_CHECKS = """
## Checks

Relations that the form itself asks for. `check_failures` lists those within a report that do not hold,
`cross_year_checks` those between two years.
"""


def page() -> str:
    """The whole page, as Markdown."""
    outcomes, codes = load_outcomes(), load_codes()
    rows = [(code(state), entry["cause"], entry["cure"]) for state, entry in outcomes["state"].items()]
    text = _HEAD + table(("state", "cause", "what helps"), rows)
    for state in ("blocked", "failed"):
        rows = [(code(f"{state}:{kind}"), e["cause"], e["cure"]) for kind, e in outcomes[state].items()]
        text += "\n" + table(("state", "cause", "what helps"), rows)
    text += _ISSUES + "".join(_section(name, entry) for name, entry in codes["issue"].items())
    text += _CHECKS + "".join(_section(name, entry) for name, entry in codes["check"].items())
    return text


def _section(name: str, entry: Mapping[str, Any]) -> str:
    number = f"{entry['number']}, " if "number" in entry else ""
    return (
        f"\n### `{name}`\n\n{number}{entry['severity']}: {entry['label_en']} · {entry['label']}\n\n"
        f"**Cause.** {entry['cause']}\n\n**What helps.** {entry['cure']}\n"
    )
