"""The machine on which something was measured: what makes figures comparable, and nothing that names it."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_LIBRARIES = ("lxml", "parsel", "scrapy", "sqlalchemy", "msgspec", "pdfplumber", "pandas", "pyarrow", "duckdb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Cores, processor, memory, versions, day and commit; no name of the machine or of a user."""

    cores: int
    processor: str
    memory_gib: float
    system: str
    python: str
    libraries: dict[str, str]
    """Of the key libraries, and of SQLite."""
    date: str
    commit: str
    """What was measured; with a ``+`` where files had been changed since. Empty outside of a git checkout."""

    def sentence(self) -> str:
        """For people."""
        versions = ", ".join(f"{name} {number}" for name, number in self.libraries.items())
        of = f" of {self.processor}" if self.processor else ""
        return (
            f"{self.date}, commit {self.commit or 'unknown'}: {self.cores} cores{of}, {self.memory_gib:.0f} GiB, "
            f"{self.system}, Python {self.python}, {versions}."
        )


def this_machine() -> Machine:
    """The machine at hand, now."""
    return Machine(
        cores=os.cpu_count() or 1,
        processor=_processor(),
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        libraries={"sqlite": sqlite3.sqlite_version, **_versions()},
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        commit=_commit(),
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    """The model as the system names it."""
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text("utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor()


def _commit() -> str:
    folder = Path(__file__).parent
    git = ["git", "-C", str(folder)]
    try:
        commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True)
        changed = subprocess.run(
            [*git, "status", "--porcelain", "--untracked-files=no"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return commit.stdout.strip() + ("+" if changed.stdout.strip() else "")
