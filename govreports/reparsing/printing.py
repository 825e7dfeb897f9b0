"""What reading again would change, for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from govreports.reparsing.changes import Summary
from govreports.reports import PARSER_VERSION


def print_summary(summary: Summary) -> None:
    """Print counts, and the documents that change, those that lose something first."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Read again by parser {PARSER_VERSION}: {summary.read} documents.")
    console.print(f"As before: {summary.same}. Otherwise than before: {summary.changed}.")
    console.print(f"Facts: {summary.facts_new} new, {summary.facts_changed} changed, {summary.facts_lost} lost.")
    reports = summary.reports
    console.print(f"Reports: {reports['new']} new, {reports['moved']} moved, {reports['lost']} lost.")
    for code, documents in sorted(summary.waiting.items()):
        extra = code.removeprefix("needs:")
        console.print(f"Still waiting for the extra govreports[{extra}]: {documents} documents.", markup=False)
    if changes := summary.weightiest():
        table = Table("document", "report", "facts new", "changed", "lost", title="What changes")
        for change in changes:
            who = f"{change.publisher or '?'} {change.report_year or '?'}"
            numbers = (str(number) for number in (change.facts.new, change.facts.changed, change.facts.lost))
            fate = "" if change.report in ("kept", "none") else f" ({change.report})"
            table.add_row(change.url, who + fate, *numbers)
        console.print(table)
    if summary.changed > len(changes):
        console.print(f"… and {summary.changed - len(changes)} more documents.")
