"""Which process this is, and whether another one still lives: for locks and records that outlive a process."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process on a host. ``start`` tells it from a later one of the same number; empty where that is not known."""

    host: str
    pid: int
    start: str

    def __str__(self) -> str:
        return f"{self.host} {self.pid} {self.start}".rstrip()

    @classmethod
    def parse(cls, text: str) -> ProcessId:
        """What ``str`` wrote. ValueError for anything else."""
        host, pid, *start = text.split(" ", 2)
        return cls(host, int(pid), start[0] if start else "")


def this_process() -> ProcessId:
    """The process that asks."""
    return ProcessId(socket.gethostname(), os.getpid(), _start_of(os.getpid()))


def is_dead(process: ProcessId) -> bool:
    """Whether a process has surely ended: it is of this host, and gone, or its number is another's now.

    False where that cannot be known from here.
    """
    if process.host != socket.gethostname():
        return False
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        # Somebody else's: it lives.
        pass
    start = _start_of(process.pid)
    return bool(process.start) and bool(start) and start != process.start


def _start_of(pid: int) -> str:
    """The boot and the clock tick at which a process began; empty where the system does not say (it is Linux's)."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        # The name of the program, in parentheses, may hold anything; the start is the 20th field after it.
        ticks = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
    return f"{boot}:{ticks}"
