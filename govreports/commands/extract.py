"""``govreports extract``: files or addresses → extraction records, one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from govreports.unrecorded import leave_nothing
from govreports.usage import wrong_usage

if TYPE_CHECKING:
    from govreports.spiders.single import Fetched


class Command(ScrapyCommand):
    """Thin: fetches or reads, extracts, prints."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage as ``govreports extract -h`` shows it."""
        return "PATH_OR_URL..."

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Print the extraction record of each document as one line of JSON"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep stdout and stderr for records and errors; nothing is crawled in the sense of a run, or stored."""
        assert self.settings is not None
        leave_nothing(self.settings)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print a record per input; inputs that cannot be read get an error record and exit code 1."""
        if not args:
            wrong_usage(self, "extract needs at least one file or address, as in govreports extract report.html")
        from govreports.spiders.single import fetch_all, is_address

        addresses = [source for source in args if is_address(source)]
        fetched: dict[str, Fetched] = {}
        if addresses:
            # Files need neither a reactor nor a spider.
            from scrapy.crawler import AsyncCrawlerProcess

            fetched = fetch_all(AsyncCrawlerProcess(self.settings), addresses)
        for source in args:
            self._print_record(source, fetched.get(source) or _read_file(source))

    def _print_record(self, source: str, content: Fetched) -> None:
        from govreports.documents import UnreadableDocument, read
        from govreports.reports import extract
        from govreports.reports.record import encode, error_record, to_record

        error = content.error
        if error is None:
            try:
                document = read(content.body, content_type=content.content_type)
                record = to_record(extract(document), document, source=source)
            except UnreadableDocument as unreadable:
                error = (unreadable.code, unreadable.message)
        if error is not None:
            code, message = error
            record = error_record(source, code=code, message=message)
            self.exitcode = 1
            print(message if source in message else f"{source}: {message}", file=sys.stderr)
        sys.stdout.buffer.write(encode(record) + b"\n")
        sys.stdout.buffer.flush()


def _read_file(source: str) -> Fetched:
    from govreports.spiders.single import Fetched

    try:
        return Fetched(Path(source).read_bytes())
    except OSError as error:
        return Fetched(error=("unreadable_file", f"{source} cannot be opened ({error.strerror}): check the path."))
