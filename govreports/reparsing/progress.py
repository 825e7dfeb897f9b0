"""A progress bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def on_terminal(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while the block runs; what is yielded takes documents done and documents in all."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("documents"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
