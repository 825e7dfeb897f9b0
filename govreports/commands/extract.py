"""``govreports extract``: files or addresses → extraction records, one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand

from govreports.documents import UnreadableDocument, read
from govreports.reports import extract
from govreports.reports.record import encode, error_record, to_record


class Command(ScrapyCommand):
    """Thin: reads, extracts, prints."""

    requires_project = False
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012  # Scrapy's own class attribute

    def syntax(self) -> str:
        """Usage as ``govreports extract -h`` shows it."""
        return "PATH_OR_URL..."

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Print the extraction record of each document as one line of JSON"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print a record per input; inputs that cannot be read get an error record and exit code 1."""
        if not args:
            print("govreports extract: name at least one file or address.", file=sys.stderr)
            self.exitcode = 2
            return
        for source in args:
            try:
                document = read(Path(source).read_bytes())
            except OSError as error:
                self._fail(source, "unreadable_file", f"{source}: {error.strerror or error}. Check the path.")
            except UnreadableDocument as error:
                self._fail(source, error.code, error.message)
            else:
                self._print(encode(to_record(extract(document), document, source=source)))

    def _fail(self, source: str, code: str, message: str) -> None:
        self.exitcode = 1
        print(f"{source}: {message}", file=sys.stderr)
        self._print(encode(error_record(source, code=code, message=message)))

    @staticmethod
    def _print(line: bytes) -> None:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
