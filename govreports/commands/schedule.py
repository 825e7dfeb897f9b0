"""``govreports schedule``: ready crontab and systemd texts."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.schedules import Place, crontab_text, draw_times, environment_text, systemd_texts
from govreports.usage import complain, wrong_usage

_WAYS = ("cron", "systemd")


class Command(ScrapyCommand):
    """Thin: looks where it is, prints."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[cron|systemd]"

    def short_desc(self) -> str:
        return "Print crontab lines and systemd timers for this installation, with randomised minutes"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--folder", type=Path, metavar="DIR", help="where data/ is (default: the current folder)")
        parser.add_argument(
            "--write", type=Path, metavar="DIR", help="write the files there, in place of printing them"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0, 1 when the files cannot be written, 2 for wrong usage."""
        if len(args) > 1 or (args and args[0] not in _WAYS):
            wrong_usage(
                self,
                f"schedule prints for {' or '.join(_WAYS)}, not {' '.join(args)}; name one of them, or none for both",
            )
        folder = (opts.folder or Path.cwd()).absolute()
        place = Place(folder=str(folder), program=_program(), environment_file=str(folder / "govreports.env"))
        # Drawn anew at each call: whoever installs them keeps what was drawn.
        times = draw_times(Random())
        files = {"govreports.env": environment_text(os.environ)}
        if args in ([], ["cron"]):
            files["crontab"] = crontab_text(place, times)
        if args in ([], ["systemd"]):
            files |= systemd_texts(place, times)
        try:
            for name, text in files.items():
                if opts.write is None:
                    print(f"# ----- {name} -----\n{text}")
                else:
                    opts.write.mkdir(parents=True, exist_ok=True)
                    (opts.write / name).write_text(text, encoding="utf-8")
                    print(opts.write / name)
        except OSError as error:
            complain(self, f"{opts.write} cannot be written ({error.strerror}); name another folder")


def _program() -> str:
    """The path under which a timer finds this command: it has no shell's search path."""
    beside = Path(sys.executable).parent / "govreports"
    return str(beside) if beside.exists() else shutil.which("govreports") or str(Path(sys.argv[0]).absolute())
