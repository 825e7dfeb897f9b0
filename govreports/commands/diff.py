"""``govreports diff``: what changed between two versions of a report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, has_store, wrong_usage

if TYPE_CHECKING:
    from govreports.comparison import CellChange, Difference, TextChange
    from govreports.reports.model import Fact
    from govreports.store.versions import VersionHead

_LONGEST = 200
"""Characters of a section's text in the table; --json has all of it."""


class Command(ScrapyCommand):
    """Thin: looks up, compares, prints."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] REPORT"

    def short_desc(self) -> str:
        return "Show what changed between two versions of a report, cell by cell"

    def long_desc(self) -> str:
        """REPORT is a report_id of the view report_list."""
        return (
            "Show what changed between two versions of a report, cell by cell. REPORT is a report_id of the view "
            "report_list; by default its current version is compared with the one that it replaced."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--versions", nargs=2, type=int, metavar=("A", "B"), help="compare version A with version B"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 whether or not they differ, 1 when there is no such report or version, 2 for wrong usage."""
        if len(args) != 1 or not args[0].isdecimal():
            wrong_usage(self, "diff needs one report_id, as in govreports diff 1: the view report_list has them")
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.comparison import compare
        from govreports.store import StoreError, open_store
        from govreports.store.versions import read_version, versions_of

        assert self.settings is not None
        report_id = int(args[0])
        url = self.settings["GOVREPORTS_DATABASE_URL"]
        if not has_store(self, url):
            return
        try:
            with open_store(url) as store:
                chosen = choose(versions_of(store, report_id), opts.versions, report_id=report_id)
                reports = [read_version(store, head.version_id) for head in chosen]
        except (StoreError, LookupError) as error:
            complain(self, str(error.args[0]))
            return
        show = _print_json if opts.json else _print_table
        show(report_id, chosen, compare(*reports))


def choose(
    versions: Sequence[VersionHead], numbers: Sequence[int] | None, *, report_id: int
) -> tuple[VersionHead, VersionHead]:
    """The two versions to compare. LookupError with one sentence where they are not there."""
    by_number = {version.number: version for version in versions}
    if not versions:
        raise LookupError(f"there is no report {report_id}; the view report_list has the numbers")
    if numbers is not None:
        missing = [number for number in numbers if number not in by_number]
        if missing:
            known = ", ".join(map(str, by_number))
            raise LookupError(f"report {report_id} has no version {missing[0]}; it has {known}")
        return by_number[numbers[0]], by_number[numbers[1]]
    if len(versions) == 1:
        raise LookupError(
            f"report {report_id} has one version only: there is nothing to compare until a crawl finds it changed"
        )
    current = next(version for version in versions if version.is_current)
    before = by_number.get(current.replaces or 0)
    if before is None:
        before = max((other for other in versions if other is not current), key=lambda other: other.last_seen)
    return before, current


def _print_json(report_id: int, chosen: tuple[VersionHead, VersionHead], difference: Difference) -> None:
    from govreports.comparison import to_record
    from govreports.reports.record import encode

    record = {
        "report_id": report_id,
        "versions": [
            {
                "number": head.number,
                "is_current": head.is_current,
                "first_seen": head.first_seen.isoformat(),
                "last_seen": head.last_seen.isoformat(),
                "source_url": head.source_url,
                "replaces": head.replaces,
                "change": head.change,
            }
            for head in chosen
        ],
        **to_record(difference),
    }
    sys.stdout.buffer.write(encode(record) + b"\n")
    sys.stdout.buffer.flush()


def _print_table(report_id: int, chosen: tuple[VersionHead, VersionHead], difference: Difference) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True, markup=False)
    for head in chosen:
        console.print(f"Version {head.number} of report {report_id}{_how(head)}: {head.source_url}")
        console.print(f"  seen from {head.first_seen:%Y-%m-%d %H:%M} to {head.last_seen:%Y-%m-%d %H:%M} UTC")
    if not difference:
        console.print("They say the same.")
        return
    table = Table("", "", *(f"version {head.number}" for head in chosen), show_lines=False)
    rows = [
        *(("metadata", *_text(change)) for change in difference.metadata),
        *(("text", *_text(change)) for change in difference.sections),
        *(_cell(change) for change in difference.cells),
    ]
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _how(head: VersionHead) -> str:
    return f" ({head.change} of version {head.replaces})" if head.replaces is not None else ""


def _text(change: TextChange) -> tuple[str, str, str]:
    return change.name, _short(change.before), _short(change.after)


def _short(text: str | None) -> str:
    if text is None:
        return "–"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _cell(change: CellChange) -> tuple[str, str, str, str]:
    where = f"{change.row_label} / {change.column_label}"
    return change.key[0], where, _printed(change.before), _printed(change.after)


def _printed(fact: Fact | None) -> str:
    if fact is None:
        return "–"
    if fact.value is None:
        return f"({fact.status})" if not fact.raw else f"{fact.raw} ({fact.status})"
    return f"{fact.value:f}" if not isinstance(fact.value, int) else str(fact.value)
